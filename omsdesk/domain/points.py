"""Points of customers: earned by what they buy, by line, so that what comes back takes back exactly what it earned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from omsdesk.domain.account import AccountKind, AccountMoved, MoveReason, account_id
from omsdesk.domain.customer import PPM
from omsdesk.domain.line import SoldLine
from omsdesk.domain.messages import Refusal
from omsdesk.domain.records import record
from omsdesk.domain.tender import Tender, TenderKind
from omsdesk.domain.values import Quantity, divide, share_minor

if TYPE_CHECKING:
    from omsdesk.domain.sale import Sale, SaleCompleted


@record
class PointsRule:
    """How customers earn points. What a point is worth stands at the way to pay with them (``tender.py``)."""

    per: int = 0
    """For how much money there is one point, in minor units; 0 where none are given."""
    without: tuple[str, ...] = ()
    """The categories of goods that earn none."""
    least: int = 0
    """How many have to be spent at once, at least."""


def with_points(lines: tuple[SoldLine, ...], sale: Sale, rule: PointsRule) -> tuple[SoldLine, ...]:
    """Write down what each line earns its customer.

    Points are for whole amounts of the ticket, not of each line, and not for what is paid with points. The lines share
    them by what they come to.
    """
    if sale.customer is None or rule.per <= 0 or sale.is_training:
        return lines
    weights = tuple(row.amount.minor if _earns(row, rule) else 0 for row in lines)
    with_money = max(sum(weights) - _by_points(sale.tenders), 0)
    earned = with_money * sale.customer.points_ppm // (rule.per * PPM)
    shares = share_minor(earned, weights)
    return tuple(replace(row, points=share) if share else row for row, share in zip(lines, shares, strict=True))


def _earns(row: SoldLine, rule: PointsRule) -> bool:
    is_sold = row.returned is None and not row.loads and not row.is_deposit
    return is_sold and row.amount.minor > 0 and row.category not in rule.without


def _by_points(tenders: tuple[Tender, ...]) -> int:
    return sum(row.amount.minor for row in tenders if row.kind is TenderKind.POINTS)


def taken_back(row: SoldLine, before: Quantity, now: Quantity) -> int:
    """Tell how many points of a sold line go when so many come back: all returns together take all that it earned."""
    after, whole = before + now, row.quantity.micro
    return divide(row.points * after.micro, whole) - divide(row.points * before.micro, whole)


def burn_fault(tender: Tender, rule: PointsRule) -> Refusal | None:
    """Say why so few points are not taken."""
    if tender.kind is TenderKind.POINTS and 0 < tender.points < rule.least:
        return Refusal(f"At least {rule.least} points are spent at once. Take the money in another way.")
    return None


def earned_on(sale: SaleCompleted) -> int:
    """Add up what a ticket earned its customer."""
    return sum(row.points for row in sale.lines)


def movements(sale: SaleCompleted) -> Iterator[AccountMoved]:
    """List what a completed ticket does to points: those of its customer, and of whoever bought what comes back."""
    base = AccountMoved("", "", 0, "", MoveReason.EARNED, sale.till, sale.sale, sale.number)
    earned = earned_on(sale)
    if sale.customer is not None and earned:
        account = account_id(AccountKind.POINTS, sale.customer.id)
        yield replace(base, id=account, movement=f"{sale.sale}:points", amount=earned)
    back: dict[str, int] = {}
    for row in sale.lines:
        if row.returned is not None and row.returned.points:
            back[row.returned.customer] = back.get(row.returned.customer, 0) + row.returned.points
    for customer, points in back.items():
        account = account_id(AccountKind.POINTS, customer)
        movement = f"{sale.sale}:points:{customer}"
        yield replace(base, id=account, movement=movement, amount=-points, reason=MoveReason.UNEARNED)
