"""What the shift screens ask: the running sums, and the reports made of them."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from omsdesk.domain.account import AccountKind
from omsdesk.domain.cash import (
    LoadTotal,
    ShiftClosed,
    ShiftFigures,
    TaxTotal,
    TenderTotal,
    TicketTotal,
    XReportTaken,
    z_series,
)
from omsdesk.domain.hands import OWN
from omsdesk.domain.records import record
from omsdesk.domain.shop import Shop
from omsdesk.domain.tender import TenderKind
from omsdesk.domain.ticket_kind import TicketKind
from omsdesk.domain.values import Money
from omsdesk.store.doubles import exactly, parts
from omsdesk.store.engine import Connection
from omsdesk.store.projections import shift_sums
from omsdesk.store.queries.ticket import documents
from omsdesk.store.sql import Statements

_sql = Statements("cash")
_shop = Statements("shop")
_sale = Statements("sale")


class _Sum(NamedTuple):
    key: str
    name: str
    times: int
    amount: int
    base: int


@record
class ShiftHead:
    """The head of a shift, for its report."""

    shift: str
    till: str
    opened_ms: int
    opened_by: str
    float_counted: Money
    closed_ms: int | None
    z_number: int | None


def shift_head(connection: Connection, shift: str) -> ShiftHead | None:
    """Find a shift."""
    row = connection.row(_sql.SHIFT, shift=shift)
    if row is None:
        return None
    _, till, opened_ms, opened_by, float_counted, currency, _, _, closed_ms, z_number = row
    return ShiftHead(shift, till, opened_ms, opened_by, Money(float_counted, currency), closed_ms, z_number)


def figures(connection: Connection, shift: str, shop: Shop) -> ShiftFigures | None:
    """Read the running sums of a shift; the work is the same after ten tickets or ten thousand."""
    shift, _ = parts(shift)
    row = connection.row(_sql.SHIFT, shift=shift)
    if row is None:
        return None
    sums: dict[str, list[_Sum]] = defaultdict(list)
    for measure, *rest in connection.rows(_sql.SUMS, shift=shift):
        sums[measure].append(_Sum(*rest))
    cash = {entry.key: entry for entry in sums[shift_sums.CASH]}

    def money(entries: list[_Sum]) -> Money:
        return Money(sum(entry.amount for entry in entries), shop.currency)

    def moved(reason: str) -> list[_Sum]:
        return [cash[reason]] if reason in cash else []

    return ShiftFigures(
        sale_count=_count(sums[shift_sums.SALES]),
        total=money(sums[shift_sums.SALES]),
        rounding=money(sums[shift_sums.ROUNDING]),
        void_count=_count(sums[shift_sums.VOIDS]),
        void_total=money(sums[shift_sums.VOIDS]),
        no_sale_count=_count(sums[shift_sums.NO_SALES]),
        pay_in=money(moved("pay_in")),
        pay_out=money(moved("pay_out")),
        tenders=_tenders(sums[shift_sums.TENDER], sums[shift_sums.CASH], shop),
        taxes=(*_taxes(sums[shift_sums.TAX], shop.currency), *_exempt(sums[shift_sums.EXEMPT], shop.currency)),
        first_number=row[6],
        last_number=row[7],
        loads=tuple(
            LoadTotal(AccountKind(entry.key), entry.times, Money(entry.amount, shop.currency))
            for entry in sums[shift_sums.LOADS]
        ),
        held_count=connection.value(_sale.HELD_COUNT, till=row[1]),
        refund_count=_count(sums[shift_sums.REFUNDS]),
        refunded=money(sums[shift_sums.REFUNDS]).minor,
        discounted=money(sums[shift_sums.DISCOUNTS]).minor,
        tickets=_tickets(sums[shift_sums.TICKETS], shop.currency),
    )


def _count(entries: list[_Sum]) -> int:
    return sum(entry.times for entry in entries)


def _tenders(taken: list[_Sum], moved: list[_Sum], shop: Shop) -> tuple[TenderTotal, ...]:
    by_key = {entry.key: entry for entry in taken}
    in_drawer = sum(entry.amount for entry in moved)
    rows: list[TenderTotal] = []
    for method in shop.tender_methods:
        entry = by_key.pop(f"{method.kind}:{method.code}", _Sum("", "", 0, 0, 0))
        # Float, pay-ins and pay-outs lie in the drawer of the shop's first kind of cash.
        extra = in_drawer if method.kind is TenderKind.CASH else 0
        in_drawer -= extra
        if entry.times or method.kind is TenderKind.CASH:
            expected = Money(entry.amount + extra, shop.currency)
            rows.append(TenderTotal(method.code, method.name, entry.times, expected))
    rows += [
        TenderTotal(key.partition(":")[2], entry.name, entry.times, Money(entry.amount, shop.currency))
        for key, entry in by_key.items()
    ]
    return tuple(rows)


def _taxes(sums: list[_Sum], currency: str) -> tuple[TaxTotal, ...]:
    return tuple(
        TaxTotal(entry.name, entry.key.rpartition("|")[2], Money(entry.base, currency), Money(entry.amount, currency))
        for entry in sums
    )


def _exempt(sums: list[_Sum], currency: str) -> tuple[TaxTotal, ...]:
    names = {shift_sums.BY_GOODS: "Exempt", shift_sums.BY_NUMBER: "Exempt by number"}
    nothing = Money(0, currency)
    return tuple(TaxTotal(names[entry.key], "", Money(entry.amount, currency), nothing) for entry in sums)


def _tickets(sums: list[_Sum], currency: str) -> tuple[TicketTotal, ...]:
    by_kind = {entry.key: entry for entry in sums}
    return tuple(
        TicketTotal(kind, entry.times, Money(entry.amount, currency))
        for kind, entry in ((kind, by_kind.get(str(kind))) for kind in TicketKind)
        if entry is not None
    )


def next_z_number(connection: Connection, series: str) -> int:
    """The number that the next Z report of a series has."""
    return int(connection.value(_shop.LAST_COUNT, series=z_series(series)) or 0) + 1


def report(connection: Connection, document: str) -> tuple[XReportTaken | ShiftClosed, str] | None:
    """Find an X or Z report as it was taken, and the id of who took it.

    Of a shift that was closed twice the id alone means this station's report, if there is one.
    """
    shift, place = parts(document)
    found: list[tuple[str, XReportTaken | ShiftClosed, str]] = [
        *documents(connection, shift, XReportTaken),
        *documents(connection, shift, ShiftClosed),
    ]
    own = next(((fact, who) for hand, fact, who in found if hand == OWN), None)
    if own is not None and not place:
        return own
    ranked = sorted(found, key=lambda row: (getattr(row[1], "number", 0), row[1].at.utc_ms))
    at = max(place - 1, 0)
    return ranked[at][1:] if at < len(ranked) else None


def movements(connection: Connection, shift: str) -> list[tuple[str, str, int]]:
    """List pay-ins and pay-outs: reason, note and minor units."""
    return [(reason, note, amount) for reason, note, amount in connection.rows(_sql.MOVEMENTS, shift=shift)]


@record
class ClosedShift:
    """A closed shift in a list."""

    shift: str
    number: int
    at_ms: int
    is_double: bool = False
    """Whether it was closed twice: at a till and at a copy of its disk."""


def closed_shifts(connection: Connection, till: str, most: int = 50) -> list[ClosedShift]:
    """List the newest closed shifts of a till: a shift that was closed twice with each of its reports."""
    rows = connection.rows(_sql.CLOSED_AT, till=till, most=most)
    doubles = {document for document, place in (parts(shift) for shift, *_ in rows) if place}
    return [
        ClosedShift(exactly(shift), number, at_ms, is_double=True)
        if parts(shift)[0] in doubles
        else ClosedShift(shift, number, at_ms)
        for shift, number, at_ms in rows
    ]
