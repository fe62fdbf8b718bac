"""What is known here of tickets of other stores, and what the service tells of a receipt."""

from __future__ import annotations

from collections.abc import Iterator

from omsdesk.domain.body import to_json
from omsdesk.domain.messages import UnknownEvent
from omsdesk.domain.other_store import CameBack, ReceiptCopied, ReturnTold, came_back, copy_of, returns_of
from omsdesk.domain.receipt_code import number_in, sale_in
from omsdesk.domain.sale import SaleCompleted
from omsdesk.domain.values import Money
from omsdesk.store import doubles
from omsdesk.store.engine import Connection
from omsdesk.store.queries.receipts import Receipt
from omsdesk.store.queries.ticket import completed_sale, documents
from omsdesk.store.sql import Statements

_sql = Statements("other_store")
_sale = Statements("sale")


def as_told(connection: Connection, number: str = "", sale: str = "") -> list[ReceiptCopied]:
    """Find receipts by number or by the sale's id, with what came back of each, as another store keeps them.

    A ticket that two tills completed has two.

    Raises:
        UnknownEvent: a newer program wrote one of them.

    """
    asked = {"number": number} if number else {"document": sale}
    rows = connection.rows(_sale.BY_NUMBER if number else _sale.COMPLETED_AS, **asked) if number or sale else []
    return [_told(connection, row) for row, *_ in rows]


def _told(connection: Connection, row: str) -> ReceiptCopied:
    found = completed_sale(connection, doubles.exactly(row))
    if found is None:
        message = f"Ticket {row} has no document that this program knows."
        raise UnknownEvent(message)
    sold = found[0]
    return ReceiptCopied(
        copy_of(sold.sale), sold.version, to_json(sold).decode(), tuple(_returns(connection, sold).values())
    )


def _returns(connection: Connection, sold: SaleCompleted) -> dict[tuple[str, str], CameBack]:
    """Gather what came back of a receipt, by the ids and numbers of the tickets on which it did."""
    found = {(back.sale, back.number): back for back in _told_of(connection, sold.sale)}
    rows = {row for line in sold.lines for (row,) in connection.rows(_sql.RETURNED_ON, sold_line=line.line)}
    for row in sorted(rows):
        ticket = completed_sale(connection, doubles.exactly(row))
        back = came_back(ticket[0]).get(sold.sale) if ticket else None
        if back is not None:
            found[back.sale, back.number] = back
    return found


def _told_of(connection: Connection, sold: str) -> Iterator[CameBack]:
    for _, told, _ in documents(connection, returns_of(sold), ReturnTold):
        yield told.back
    for _, copied, _ in documents(connection, copy_of(sold), ReceiptCopied):
        yield from copied.back


def copies(connection: Connection, text: str) -> list[Receipt]:
    """Find receipts of other stores that were copied here, by what somebody typed or scanned; a ticket may have two."""
    number, sale = number_in(text), sale_in(text)
    rows = connection.rows(_sql.BY_SALE, document=sale) if sale else []
    rows = connection.rows(_sql.BY_NUMBER, number=number) if number else rows
    return [
        Receipt(doubles.row_of(document, place), number, at_ms, count, Money(total, currency), till=till)
        for document, number, at_ms, count, total, currency, till, place in rows
    ]


def is_news(connection: Connection, receipt: ReceiptCopied) -> bool:
    """Tell whether anything of it is not known here."""
    sold = receipt.sold
    ticket = {"sale": sold.sale, "number": sold.number}
    if not connection.value(_sql.IS_HEARD, **ticket) and not connection.value(_sql.IS_COPIED, **ticket):
        return True
    return any(
        not connection.value(_sql.IS_HEARD, sale=back.sale, number=back.number)
        and not connection.value(_sql.IS_TOLD, sale=back.sale, number=back.number, sold_sale=sold.sale)
        for back in receipt.back
    )


def untold(connection: Connection, till: str) -> list[ReturnTold]:
    """List what came back at a till of receipts that goods came back of in another store, too, and nobody told of."""
    found = []
    for (row,) in connection.rows(_sql.UNTOLD, till=till):
        ticket = completed_sale(connection, doubles.exactly(row))
        found += [
            ReturnTold(returns_of(sold), sold, back)
            for sold, back in (came_back(ticket[0]) if ticket else {}).items()
            if not connection.value(_sql.IS_TOLD, sale=back.sale, number=back.number, sold_sale=sold)
        ]
    return found
