"""Tickets of other stores as rows: receipts that were copied here, and what came back elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from omsdesk.domain.other_store import CameBack, ReceiptCopied, ReturnTold
from omsdesk.domain.sale import SaleCompleted
from omsdesk.domain.values import MICRO
from omsdesk.store.engine import Connection
from omsdesk.store.journal import Entry
from omsdesk.store.projections.registry import on
from omsdesk.store.sql import Statements

_sql = Statements("other_store")


@on(ReceiptCopied)
def receipt_copied(connection: Connection, _: Entry, fact: ReceiptCopied) -> None:
    """Keep the head of a receipt of another store, its serial numbers, and what came back of it."""
    sold = fact.sold
    connection.run(
        _sql.COPY, sale=sold.sale, number=sold.number, shop=sold.shop, till=sold.till, completed_ms=sold.at.utc_ms,
        item_count=sold.item_count, total=sold.total.minor, currency=sold.total.currency,
    )  # fmt: skip
    if not sold.is_training:
        connection.many(_sql.TRACE, _traces_of(sold))
    for back in fact.back:
        _keep(connection, sold.sale, back)


@on(ReturnTold)
def return_told(connection: Connection, _: Entry, fact: ReturnTold) -> None:
    """Keep what came back elsewhere."""
    _keep(connection, fact.sold, fact.back)


def _keep(connection: Connection, sold: str, back: CameBack) -> None:
    ticket = {"sale": back.sale, "number": back.number}
    where = {"sold_sale": sold, "shop": back.shop, "till": back.till, "completed_ms": back.at.utc_ms}
    for row in back.lines:
        connection.run(_sql.RETURN, **ticket, **where, sold_line=row.line, quantity=row.quantity.micro)
    for part in back.refunds:
        connection.run(_sql.REFUND, **ticket, sold_sale=sold, method=part.method, amount=part.amount.minor)
    connection.many(_sql.TRACE, _traces_back(ticket, back))


def _traces_of(sold: SaleCompleted) -> list[dict[str, object]]:
    """List what a receipt says of serial numbers and lots: what came back on it, too, counts below zero."""
    found: dict[tuple[str, str, bool], int] = {}
    for row in sold.lines:
        sign = 1 if row.returned is None else -1
        for serial in row.serials:
            _count(found, row.product, serial, sign * MICRO)
        if row.lot:
            _count(found, row.product, row.lot, row.quantity.micro, is_lot=True)
    return list(_rows({"sale": sold.sale, "number": sold.number}, found))


def _traces_back(ticket: dict[str, str], back: CameBack) -> list[dict[str, object]]:
    found: dict[tuple[str, str, bool], int] = {}
    for row in back.lines:
        for serial in row.serials:
            _count(found, row.product, serial, -MICRO)
        if row.lot:
            _count(found, row.product, row.lot, -row.quantity.micro, is_lot=True)
    return list(_rows(ticket, found))


def _count(
    found: dict[tuple[str, str, bool], int], product: str, code: str, micro: int, *, is_lot: bool = False
) -> None:
    key = (product, code, is_lot)
    found[key] = found.get(key, 0) + micro


def _rows(ticket: dict[str, str], found: dict[tuple[str, str, bool], int]) -> Iterator[dict[str, object]]:
    for (product, code, is_lot), micro in found.items():
        yield {**ticket, "product": product, "code": code, "is_lot": int(is_lot), "quantity": micro}
