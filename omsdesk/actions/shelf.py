"""What a decision about goods looks at beside the ticket: the stock, and the serial numbers that were sold."""

from __future__ import annotations

from omsdesk.domain.goods import policy_of
from omsdesk.domain.line import Line
from omsdesk.domain.returns import Receipts, ReturnGoods
from omsdesk.domain.sale import Sale
from omsdesk.domain.sale_command import AddLine, ChangeQuantity, RestoreLine, ReturnDeposit, SaleCommand
from omsdesk.domain.shop import Desk
from omsdesk.domain.stock import Shelf
from omsdesk.domain.traits import PLAIN, StockPolicy
from omsdesk.store.engine import Connection
from omsdesk.store.queries.orders import available
from omsdesk.store.queries.trace import sold_serials


def is_held(sale: Sale | None, command: SaleCommand, desk: Desk) -> bool:
    """Tell whether somebody may have to agree to what a command does with goods: with ordinary ones nobody has."""
    row = _concerned(sale, command)
    if row is None:
        return isinstance(command, ReturnDeposit)
    return row.article.traits is not PLAIN or bool(row.expiry) or policy_of(row, desk) is StockPolicy.APPROVE


def shelf_of(connection: Connection, sale: Sale | None, command: SaleCommand, desk: Desk, receipts: Receipts) -> Shelf:
    """Read what is known of the goods that a command is about, as far as the decision asks."""
    if isinstance(command, ReturnGoods):
        receipt = receipts.get(command.receipt)
        sold = receipt.row(command.sold_line) if receipt else None
        return (
            Shelf(sold_serials=sold_serials(connection, sold.product, sold.serials))
            if sold and sold.serials
            else Shelf()
        )
    row = _concerned(sale, command)
    if row is None:
        return Shelf()
    article = row.article
    is_counted = article.is_tracked and policy_of(row, desk) is StockPolicy.APPROVE
    return Shelf(
        available(connection, article.product, desk.shop) if is_counted else None,
        sold_serials(connection, article.product, row.serials) if row.serials else frozenset(),
    )


def _concerned(sale: Sale | None, command: SaleCommand) -> Line | None:
    """Give the line that a command puts on a ticket or makes larger."""
    match command:
        case AddLine():
            return Line(command.line, command.article, command.quantity, serials=command.serials, expiry=command.expiry)
        case RestoreLine(row=row):
            return row
        case ChangeQuantity(line=line) if sale is not None:
            return sale.line(line)
    return None
