"""The paper of an order, made from what the database knows of it by now."""

from __future__ import annotations

from dataclasses import replace

from omsdesk.actions import receipt_lines
from omsdesk.actions.paper import NoDocument, letterhead, shop_here
from omsdesk.documents.formats import format_money
from omsdesk.documents.order import OrderDocument, PlanRow
from omsdesk.documents.tax_rows import TaxRow
from omsdesk.domain.line import SoldLine
from omsdesk.domain.order import ENDED, Order, Purpose
from omsdesk.domain.shop import Shop
from omsdesk.domain.tax import TaxTerms, summarise
from omsdesk.domain.values import Money
from omsdesk.store.engine import Connection
from omsdesk.store.queries import orders as queries
from omsdesk.store.queries.orders import Known
from omsdesk.store.queries.till import shop_by_id

TITLES = {
    Purpose.QUOTATION: "Quotation",
    Purpose.LAYAWAY: "Layaway",
    Purpose.PICK_UP: "Order to fetch",
    Purpose.DELIVERY: "Order to deliver",
}


def order_document_of(connection: Connection, wanted: str, *, is_copy: bool = False) -> OrderDocument:
    """Compose the paper of an order.

    Raises:
        NoDocument: nothing is known of it here.

    """
    known = queries.order(connection, wanted)
    shop = shop_here(connection, known.order.store) if known else None
    if known is None or shop is None:
        message = "This order is not in the database."
        raise NoDocument(message)
    order = known.order
    rows = tuple(_left_of(order, row) for row in order.rows)
    rows = tuple(row for row in rows if row.quantity)
    is_quotation = order.purpose is Purpose.QUOTATION
    return OrderDocument(
        letterhead=letterhead(shop),
        title=TITLES[order.purpose],
        number=order.number,
        at=order.head.at,
        lines=tuple(receipt_lines.line(row, shop.locale) for row in rows),
        reductions=receipt_lines.of_ticket(rows),
        total=order.total,
        customer=tuple(filter(None, (order.party.name, order.party.phone, order.party.email))),
        place=_place(connection, order),
        taxes=_taxes(rows, order.head.tax_terms, order.currency),
        prices_include_tax=order.head.tax_terms.is_inclusive,
        fee=sum((fact.fee for fact in order.cancelled), start=Money(0, order.currency)) or None,
        paid=known.paid or None,
        due=None if is_quotation else known.due,
        plan=() if is_quotation else _plan(known),
        until=order.terms.until if order.has_open_rows else "",
        is_quotation=is_quotation,
        terms=_terms(order, shop),
        note=order.head.note,
        is_copy=is_copy,
        locale=shop.locale,
    )


def _left_of(order: Order, row: SoldLine) -> SoldLine:
    """Show a line without what was cancelled of it."""
    cancelled = order.done(row.line) - order.given(row.line)
    if not cancelled:
        return row
    left = row.quantity - cancelled
    taxes = tuple(order.share(tax, row, left) for tax in row.tax_amounts)
    return replace(
        row, quantity=left, amount=order.share(row.amount, row, left), tax_amounts=taxes, reductions=()
    )  # fmt: skip


def _place(connection: Connection, order: Order) -> tuple[str, ...]:
    if order.purpose is Purpose.DELIVERY:
        return ("To be sent to", *order.party.address, order.party.country) if order.party.address else ()
    shop = shop_by_id(connection, order.store)
    if shop is None or order.purpose is Purpose.QUOTATION:
        return ()
    return (f"To be fetched at {shop.name}", *shop.address)


def _taxes(rows: tuple[SoldLine, ...], terms: TaxTerms, currency: str) -> tuple[TaxRow, ...]:
    settled = ((row.amount, row.taxes, row.tax_amounts) for row in rows if row.tax_amounts)
    summary = summarise((), terms, currency, settled)
    return receipt_lines.tax_rows(summary.taxes, rows, currency)


def _plan(known: Known) -> tuple[PlanRow, ...]:
    order, before = known.order, Money(0, known.order.currency)
    rows = []
    for day, until_then in order.terms.steps(order.currency):
        rows.append(PlanRow(day, until_then - before, known.paid >= until_then))
        before = until_then
    return tuple(rows)


def _terms(order: Order, shop: Shop) -> tuple[str, ...]:
    fee = order.terms.fee.of(order.total)
    if order.purpose is Purpose.QUOTATION or not fee or order.status(Money(0, order.currency), "") in ENDED:
        return ()
    return (f"If this order is given up, {format_money(fee, shop.locale)} of what was paid is kept.",)
