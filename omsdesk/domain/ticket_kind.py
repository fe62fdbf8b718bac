"""What a ticket is to whoever reads a report: a sale, a refund, an exchange, or money that is no sale."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from omsdesk.domain.line import Line, SoldLine


class TicketKind(StrEnum):
    """Every ticket is one of these, in the order of a report."""

    SALE = "sale"
    """Goods were sold; empties may have come back beside them."""
    REFUND = "refund"
    """Goods came back, and none were sold."""
    EXCHANGE = "exchange"
    """Goods came back, and others were sold."""
    EMPTIES = "empties"
    """Only empties came back."""
    LOAD = "load"
    """No goods: money was only paid in to an account, or back from one."""


def kind_of(lines: Sequence[Line | SoldLine]) -> TicketKind:
    """Tell what a ticket with these lines is."""
    goods = [row for row in lines if not row.loads]
    back = [row for row in goods if row.returned is not None]
    is_sold = len(back) < len(goods)
    if not all(map(is_empties, back)):
        return TicketKind.EXCHANGE if is_sold else TicketKind.REFUND
    if is_sold:
        return TicketKind.SALE
    return TicketKind.EMPTIES if back else TicketKind.LOAD


def is_empties(row: Line | SoldLine) -> bool:
    """Tell whether a line gives a deposit back for what somebody brings, and not for goods on a receipt."""
    return row.is_deposit and row.returned is not None and not row.returned.sale
