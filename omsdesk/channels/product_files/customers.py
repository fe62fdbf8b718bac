"""Customers in a file like those of products: what the columns are called, what a row says, and the way back."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from omsdesk.channels.product_files.layout import unused
from omsdesk.channels.product_files.layouts.synonyms import folded
from omsdesk.channels.product_files.reader import Sheet
from omsdesk.channels.product_files.rows import RowProblem
from omsdesk.channels.product_files.source import UnreadableFile
from omsdesk.domain.customer import Customer
from omsdesk.domain.values import Stamp

COLUMNS = (
    "Name", "Company", "Phone", "E-mail", "Address", "Country", "Card", "Tax number", "Note", "Groups",
    "Receipts by e-mail since", "Offers since",
)  # fmt: skip
"""What a file that is written has, and is read again by."""

_NAMES = {
    "name": "name;full name;customer;customer name;display name;kunde;kundenname;nom complet;nombre completo",
    "first": "first name;firstname;given name;vorname;prenom;nombre",
    "last": "last name;lastname;surname;family name;nachname;familienname;nom;apellido;apellidos",
    "company": "company;company name;organisation;organization;business;firma;unternehmen;societe;empresa",
    "phone": "phone;phone number;telephone;mobile;mobile phone;tel;telefon;telefonnummer;handy;mobil;telefono;portable",
    "email": "e mail;email;email address;e mail address;mail;courriel;correo;correo electronico",
    "card": "card;card number;loyalty card;loyalty number;customer code;customer number;membership;kundenkarte;"
    "kundennummer;carte;tarjeta",
    "tax_number": "tax number;tax id;vat;vat number;vat id;ust id;ustid;steuernummer;tva;nif;cif",
    "country": "country;country code;land;pays;pais",
    "note": "note;notes;comment;comments;remark;remarks;bemerkung;notiz;nota",
    "groups": "groups;group;customer group;customer groups;kundengruppe;groupe;grupo",
    "receipts": "receipts by e mail since",
    "offers": "offers since",
}
_ADDRESS = frozenset(
    [
        "address",
        "address 1",
        "address 2",
        "address1",
        "address2",
        "street",
        "street address",
        "strasse",
        "adresse",
        "rue",
        "direccion",
        "postcode",
        "post code",
        "postal code",
        "zip",
        "zip code",
        "plz",
        "city",
        "town",
        "ort",
        "stadt",
        "ville",
        "ciudad",
        "state",
        "province",
    ]
)
_BY_NAME = {name: field for field, names in _NAMES.items() for name in names.split(";")}


class CustomerRow(NamedTuple):
    """A customer as a row says it; what it leaves empty says nothing."""

    line: int
    customer: Customer
    """Without an id: whom it means is found out by card, address or number."""
    groups: tuple[str, ...]
    """By their names."""
    values: tuple[str, ...]
    """As they stand in the file."""


def rows(sheet: Sheet) -> Iterator[CustomerRow | RowProblem]:
    """Read the rows of a file.

    Raises:
        UnreadableFile: no column says who anybody is, or the file breaks off.

    """
    fields = [_field(header) for header in sheet.headers]
    if not {"name", "first", "last", "company", "phone", "email"} & set(fields):
        message = f"No column of “{sheet.path.name}” says who the customers are. Name one “Name”, “Phone” or “E-mail”."
        raise UnreadableFile(message)
    for row in sheet.rows():
        yield row if isinstance(row, RowProblem) else _row(fields, *row)


def unused_columns(sheet: Sheet) -> tuple[str, ...]:
    """Name the columns of a file that say nothing of customers, as far as we know."""
    return unused(sheet.headers, [at for at, header in enumerate(sheet.headers) if _field(header)])


def _field(header: str) -> str:
    name = folded(header)
    return "address" if name in _ADDRESS else _BY_NAME.get(name, "")


def _row(fields: Sequence[str], line: int, values: Sequence[str]) -> CustomerRow | RowProblem:
    said: dict[str, str] = {}
    address: list[str] = []
    for field, value in zip(fields, values, strict=True):
        text = value.strip()
        if field == "address":
            address += [part.strip() for part in text.splitlines() if part.strip()]
        elif field and text and field not in said:
            said[field] = text
    since = {name: _moment(said.get(name, "")) for name in ("receipts", "offers")}
    if any(name in said and since[name] is None for name in since):
        return RowProblem(
            line, "Write the day of a leave like 2026-11-23: without a day it is no leave.", tuple(values)
        )
    name = said.get("name") or " ".join(filter(None, (said.get("first"), said.get("last"))))
    customer = Customer(
        "", name, said.get("company", ""), said.get("phone", ""), said.get("email", ""), tuple(address),
        said.get("country", ""), said.get("tax_number", ""), said.get("card", ""), said.get("note", ""),
        since["receipts"], since["offers"],
    )  # fmt: skip
    if not customer.title:
        return RowProblem(line, "This row names nobody.", tuple(values))
    groups = tuple(part.strip() for part in said.get("groups", "").split(";") if part.strip())
    return CustomerRow(line, customer, groups, tuple(values))


def _moment(text: str) -> Stamp | None:
    try:
        return Stamp(int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)) if text else None
    except ValueError:
        return None


def write(path: Path, customers: Iterable[tuple[Customer, Sequence[str]]]) -> int:
    """Write customers with the names of their groups; gives how many.

    Raises:
        OSError: the disk does not take it.

    """
    count = 0
    # Excel needs the mark to see UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for count, (row, groups) in enumerate(customers, 1):  # noqa: B007 - how many there were
            writer.writerow(
                (
                    row.name, row.company, row.phone, row.email, "\n".join(row.address), row.country, row.card,
                    row.tax_number, row.note, "; ".join(groups), _day(row.receipts_by_email), _day(row.marketing),
                )
            )  # fmt: skip
    return count


def _day(stamp: Stamp | None) -> str:
    return f"{stamp.local:%Y-%m-%dT%H:%M:%S}" if stamp else ""
