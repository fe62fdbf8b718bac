"""The running sums of a shift, kept with every fact: closing is as quick after ten thousand tickets as after ten."""

from __future__ import annotations

from omsdesk.domain.account import kind_of as account_kind_of
from omsdesk.domain.cash import CashMoved, CashReason, DrawerOpened
from omsdesk.domain.sale import SaleCompleted, SaleVoided, VoidTakenBack
from omsdesk.domain.ticket_kind import kind_of as ticket_kind_of
from omsdesk.store.engine import Connection
from omsdesk.store.sql import Statements

_sql = Statements("cash")

SALES, ROUNDING, VOIDS, NO_SALES, CASH, TENDER, TAX = "sales", "rounding", "voids", "no_sales", "cash", "tender", "tax"
REFUNDS, DISCOUNTS = "refunds", "discounts"
LOADS = "loads"
"""What was paid in to accounts, by their kind: no sale, but what the shop owes now."""
TICKETS = "tickets"
"""What was turned over, by what kind of ticket it was (``ticket_kind.py``)."""
EXEMPT = "exempt"
"""What was turned over without any tax."""
BY_GOODS, BY_NUMBER = "goods", "number"
"""Why: the goods have none, or the customer showed the number of an exemption."""


def add_sale(connection: Connection, fact: SaleCompleted) -> None:
    """Add a completed ticket to its shift."""
    rounding = sum(tender.rounding.minor for tender in fact.tenders)
    rows = [
        _row(fact.shift, SALES, amount=fact.turnover.minor),
        _row(fact.shift, TICKETS, str(ticket_kind_of(fact.lines)), amount=fact.turnover.minor),
    ]
    exempt = sum(row.amount.minor for row in fact.lines if not row.loads and not row.taxes)
    if exempt:
        is_by_number = fact.customer is not None and bool(fact.customer.exemption)
        rows.append(_row(fact.shift, EXEMPT, BY_NUMBER if is_by_number else BY_GOODS, amount=exempt))
    rows += [
        _row(fact.shift, LOADS, str(account_kind_of(row.loads)), amount=row.amount.minor)
        for row in fact.lines
        if row.loads
    ]
    if any(row.returned is not None for row in fact.lines):
        rows.append(_row(fact.shift, REFUNDS, amount=fact.refunded.minor))
    if fact.discounted:
        rows.append(_row(fact.shift, DISCOUNTS, amount=fact.discounted.minor))
    if rounding:
        rows.append(_row(fact.shift, ROUNDING, amount=rounding))
    for tender in fact.tenders:
        key = f"{tender.kind}:{tender.method}"
        taken = tender.given.minor - tender.change.minor
        rows.append(_row(fact.shift, TENDER, key, tender.name, amount=taken))
    rows += [
        _row(fact.shift, TAX, f"{row.tax.code}|{row.tax.percent}", row.tax.name, row.amount.minor, row.net.minor)
        for row in fact.taxes
    ]
    connection.many(_sql.ADD_UP, rows)
    connection.run(_sql.NUMBER, shift=fact.shift, number=fact.number)


def add_void(connection: Connection, fact: SaleVoided) -> None:
    """Count a ticket that was given up; between two shifts there is nothing to count it in."""
    if fact.shift and not fact.is_training:
        connection.many(_sql.ADD_UP, [_row(fact.shift, VOIDS, amount=fact.total.minor)])


def take_void_back(connection: Connection, fact: VoidTakenBack) -> None:
    """Take a ticket out of those that were given up."""
    if not fact.is_training:
        connection.many(_sql.ADD_UP, [_row(fact.shift, VOIDS, amount=-fact.total.minor) | {"count": -1}])


def add_cash(connection: Connection, fact: CashMoved) -> None:
    """Add money that went in or out; money of sales comes with its ticket."""
    if fact.reason is not CashReason.SALE:
        connection.many(_sql.ADD_UP, [_row(fact.shift, CASH, str(fact.reason), amount=fact.amount.minor)])


def add_no_sale(connection: Connection, fact: DrawerOpened) -> None:
    """Count a drawer that was opened without a sale."""
    connection.many(_sql.ADD_UP, [_row(fact.shift, NO_SALES)])


def _row(shift: str, measure: str, key: str = "", name: str = "", amount: int = 0, base: int = 0) -> dict[str, object]:
    return {
        "shift": shift, "measure": measure, "key": key, "name": name, "count": 1, "amount": amount, "base": base,
    }  # fmt: skip
