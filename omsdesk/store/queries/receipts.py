"""Which receipts there are: the newest ones, those with a number or a code, and tickets that have two."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from omsdesk.domain.receipt_code import is_number_of, number_in, sale_in
from omsdesk.domain.records import record
from omsdesk.domain.values import Money
from omsdesk.store.doubles import exactly, parts
from omsdesk.store.engine import Connection
from omsdesk.store.queries import till as tills
from omsdesk.store.queries.trace import where_is
from omsdesk.store.sql import Statements

_sql = Statements("sale")
_receipts = Statements("receipts")
_END_MS = 1 << 60


@record
class Receipt:
    """A completed ticket in a list."""

    sale: str
    number: str
    at_ms: int
    item_count: int
    total: Money
    is_double: bool = False
    """Whether its ticket has another receipt, too: two tills took it up without hearing of each other."""
    till: str = ""


@record
class Wanted:
    """What somebody remembers of a receipt; what is not said is left open."""

    first_ms: int = 0
    last_ms: int = _END_MS
    """Completed between these moments, both inclusive."""
    total: int | None = None
    """What it came to, in minor units."""
    near: int = 0
    """How far from that it may be: where cash is rounded, nobody paid the very total."""
    product: str = ""
    """An article on it."""
    reference: str = ""
    """The last digits of the card, or what else its payment is known by."""
    customer: str = ""
    """Whose it is, by the customer's id."""

    @property
    def is_anything(self) -> bool:
        """Whether anything is known of it."""
        return self != Wanted()


def remembered(connection: Connection, places: Iterable[str], wanted: Wanted, most: int = 50) -> list[Receipt]:
    """List the newest receipts that fit all that is known; by day alone those of some tills, given by their ids."""
    between = {
        "first_ms": wanted.first_ms, "last_ms": wanted.last_ms, "most": most, "customer": wanted.customer
    }  # fmt: skip
    product, reference = wanted.product, wanted.reference
    if wanted.total is not None:
        low, high = wanted.total - wanted.near, wanted.total + wanted.near
        rows = connection.rows(_receipts.BY_TOTAL, low=low, high=high, product=product, reference=reference, **between)
    elif reference:
        rows = connection.rows(_receipts.BY_CARD, reference=reference, product=product, **between)
    elif wanted.customer:
        rows = connection.rows(_receipts.BY_CUSTOMER, product=product, **between)
    elif product:
        rows = connection.rows(_receipts.BY_PRODUCT, product=product, **between)
    else:
        rows = [row for till in places for row in connection.rows(_receipts.BY_TIME, till=till, **between)]
    found = [receipt_from(row) for row in rows]
    return sorted(found, key=lambda row: (row.at_ms, row.number), reverse=True)[:most]


def newest(connection: Connection, places: Iterable[str], most: int = 20) -> list[Receipt]:
    """List the newest completed tickets of some tills, given by their ids."""
    found = (receipt_from(row) for till in places for row in connection.rows(_sql.LAST_COMPLETED, till=till, most=most))
    return sorted(found, key=lambda row: (row.at_ms, row.number), reverse=True)[:most]


def by_number(connection: Connection, number: str) -> list[Receipt]:
    """Find the completed tickets of any till with a number; two only where a copied disk went on counting."""
    return [receipt_from(row) for row in connection.rows(_sql.BY_NUMBER, number=number)]


def by_code(connection: Connection, text: str) -> list[Receipt]:
    """Find the receipts that somebody typed the number of, or scanned the code of; a ticket may have two."""
    number, sale = number_in(text), sale_in(text)
    if sale:
        return [receipt_from(row) for row in connection.rows(_sql.COMPLETED_AS, document=sale)]
    return by_number(connection, number) if number else []


def find(connection: Connection, places: Iterable[str], text: str, most: int = 1000) -> list[Receipt]:
    """Find receipts by what somebody types of a number: all of it at any till, else part of it among the newest.

    What fits no receipt may be the serial number or the lot of goods that are on one.
    """
    typed = text.strip().upper()
    found = by_code(connection, typed) or [row for row in newest(connection, places, most) if _fits(row.number, typed)]
    return found or by_goods(connection, text)


def by_goods(connection: Connection, code: str) -> list[Receipt]:
    """Find the receipts of goods by a serial number or a lot, the last time first."""
    numbers = dict.fromkeys(row.number for row in where_is(connection, code))
    return [row for number in numbers for row in by_number(connection, number)]


def _fits(number: str, typed: str) -> bool:
    return number.rpartition("-")[2].lstrip("0") == typed.lstrip("0") or typed in number


def is_of_receipt(connection: Connection, text: str) -> bool:
    """Tell whether a text can only mean a receipt, be it known here or not."""
    number = number_in(text)
    return bool(sale_in(text)) or bool(number and is_number_of(number, tills.tills(connection)))


def double(connection: Connection, most: int = 100) -> list[Receipt]:
    """List the receipts of tickets that have more than one, the newest tickets first: somebody has to look at them."""
    found = sorted((receipt_from(row) for row in connection.rows(_sql.DOUBLES, most=most)), key=lambda row: row.number)
    return sorted(found, key=lambda row: parts(row.sale)[0], reverse=True)


def receipt_from(row: tuple[Any, ...]) -> Receipt:
    """Make a receipt of a row that has its columns."""
    sale, number, at_ms, count, total, currency, is_double, till = row
    document = exactly(sale) if is_double else sale
    return Receipt(document, number, at_ms, count, Money(total, currency), bool(is_double), till)
