"""What a shop takes back, by its own rules."""

from __future__ import annotations

from dataclasses import replace

import pytest

from omsdesk.domain.approval import ApprovalNeeded, Grant
from omsdesk.domain.messages import Refusal
from omsdesk.domain.people import Person, Role
from omsdesk.domain.return_policy import ReturnPolicy, WithoutReceipt, days_late
from omsdesk.domain.returns import ReturnGoods, ReturnWithoutReceipt
from omsdesk.domain.sale import SaleCompleted
from omsdesk.domain.shop import Desk
from omsdesk.domain.values import ONE, Quantity
from tests.domain.corner_shop import COFFEE, DESK, TWO
from tests.domain.test_returns import B, bought, counter

DAY_MS = 24 * 60 * 60 * 1000
CARA = replace(DESK, author=Person("cara", "Cara", Role.CASHIER))


def desk_of(policy: ReturnPolicy, desk: Desk = CARA) -> Desk:
    return replace(desk, shop=replace(desk.shop, returns=policy))


def after(sold: SaleCompleted, days: int) -> SaleCompleted:
    """The same receipt, so many days old."""
    return replace(sold, at=replace(sold.at, utc_ms=sold.at.utc_ms - days * DAY_MS))


@pytest.mark.parametrize(
    ("days", "sold_on", "late"), [(0, "2020-01-01", 0), (30, "2026-10-24", 0), (30, "2026-10-23", 1)]
)
def test_days_are_counted_after_the_day_of_the_sale(days: int, sold_on: str, late: int) -> None:
    assert days_late(ReturnPolicy(days), sold_on, "2026-11-23") == late


def test_what_comes_back_late_needs_somebody_who_agrees() -> None:
    desk = desk_of(ReturnPolicy(days=30))
    wanted = ReturnGoods(B, "r", "sale-1", "a", ONE)
    story = counter(after(bought(), 30))
    assert story.do(wanted, desk)
    story = counter(after(bought(), 33))
    story.is_refused(ApprovalNeeded, "take goods back after 30 days", wanted, desk)
    refusal = story.refusal
    assert isinstance(refusal, ApprovalNeeded)
    assert (refusal.right, refusal.size) == ("return.late", 3)
    assert story.do(wanted, replace(desk, grants=(Grant("g", "return.late", "sue", 3, B),)))


def test_a_shop_may_take_nothing_back_without_a_receipt() -> None:
    never = desk_of(ReturnPolicy(without_receipt=WithoutReceipt.NEVER))
    story = counter(bought())
    story.is_refused(Refusal, "nothing back without a receipt", ReturnWithoutReceipt(B, "r", COFFEE, ONE), never)


def test_up_to_a_limit_on_a_ticket_nobody_has_to_agree() -> None:
    desk = desk_of(ReturnPolicy(without_receipt=WithoutReceipt.LIMIT, limit=1000))
    story = counter(bought())
    assert story.do(ReturnWithoutReceipt(B, "r1", COFFEE, TWO), desk)
    more = ReturnWithoutReceipt(B, "r2", COFFEE, TWO)
    story.is_refused(ApprovalNeeded, "without a receipt", more, desk)
    assert isinstance(story.refusal, ApprovalNeeded)
    assert story.refusal.size == 1280, "all of the ticket is looked at, not each line"
    assert story.do(ReturnGoods(B, "r3", "sale-1", "a", TWO), desk), "what has a receipt is not counted"
    assert story.do(ReturnWithoutReceipt(B, "r4", COFFEE, Quantity.of("1")), desk)
