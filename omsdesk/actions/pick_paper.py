"""The slip that goods of an order are fetched by, made from what of it is not handed over yet."""

from __future__ import annotations

from omsdesk.actions.order_paper import TITLES
from omsdesk.actions.paper import NoDocument, shop_here
from omsdesk.documents.pick_slip import PickRow, PickSlip
from omsdesk.store.engine import Connection
from omsdesk.store.queries import orders as queries


def pick_slip_of(connection: Connection, wanted: str, *, is_copy: bool = False) -> PickSlip:
    """Compose a slip.

    Raises:
        NoDocument: nothing is known of the order here.

    """
    known = queries.order(connection, wanted)
    shop = shop_here(connection, known.order.store) if known else None
    if known is None or shop is None:
        message = "This order is not in the database."
        raise NoDocument(message)
    order = known.order
    open_rows = ((row, order.open_quantity(row)) for row in order.rows)
    return PickSlip(
        title=TITLES[order.purpose],
        number=order.number,
        at=order.head.at,
        rows=tuple(PickRow(row.name, left, row.sku, row.unit) for row, left in open_rows if left),
        customer=tuple(filter(None, (order.party.name, order.party.phone))),
        until=order.terms.until,
        note=order.head.note,
        is_copy=is_copy,
        locale=shop.locale,
    )
