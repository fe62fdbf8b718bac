"""What follows from a fact: goods leave, cash moves, paper comes out, the drawer opens."""

from __future__ import annotations

from dataclasses import replace

import pytest

from omsdesk.domain.cash import CashMoved, CashReason, DrawerOpened, ShiftClosed, ShiftOpened, XReportTaken
from omsdesk.domain.consequences import consequences
from omsdesk.domain.kitchen import KitchenRow, KitchenSent
from omsdesk.domain.line import SoldLine
from omsdesk.domain.messages import Event
from omsdesk.domain.printing import PaperKind, PrintAsked
from omsdesk.domain.receipt_policy import Paper
from omsdesk.domain.sale import SaleCompleted, SaleVoided
from omsdesk.domain.stock import CUSTOMER, GoodsMoved, Move
from omsdesk.domain.tender import Tender, TenderKind
from omsdesk.domain.values import ONE, Quantity
from tests.domain.corner_shop import NOON, TWO, gbp
from tests.domain.test_cash import figures


def tender(kind: TenderKind, given: str, change: str = "0", name: str = "x") -> Tender:
    """A payment."""
    return Tender(name, str(kind), str(kind), kind, gbp(given) - gbp(change), gbp(given), gbp(change), gbp("0"))


SALE = SaleCompleted(
    "sale-1", "1A-000001", "t1", "s1", "shift-1", NOON,
    lines=(
        SoldLine("a", "p-coffee", "Coffee", TWO, gbp("3.20"), gbp("6.40")),
        SoldLine("b", "p-apples", "Apples", Quantity.of("0.5"), gbp("2.00"), gbp("1.00"), unit="kg"),
        SoldLine("c", "p-repair", "Repair", ONE, gbp("5.00"), gbp("5.00"), is_tracked=False),
    ),
    tenders=(tender(TenderKind.CARD, "2.40"), tender(TenderKind.CASH, "20.00", "10.00")),
    net=gbp("10.34"), taxes=(), total=gbp("12.40"), item_count=4,
)  # fmt: skip
BY_CARD = replace(SALE, tenders=(tender(TenderKind.CARD, "12.40"),))


def kinds(fact: Event) -> list[str]:
    """The kinds of what follows, in order."""
    return [follows.kind for follows in consequences(fact)]


def test_a_sale_moves_goods_and_cash_and_prints() -> None:
    goods, cash, paper = consequences(SALE)
    assert goods == GoodsMoved(
        "sale-1:goods",
        "sale",
        (Move("p-coffee", TWO, "shop:s1", CUSTOMER), Move("p-apples", Quantity.of("0.5"), "shop:s1", CUSTOMER)),
    ), "a repair lies on no shelf"
    assert cash == CashMoved("sale-1:cash", "shift-1", "t1", gbp("10.00"), CashReason.SALE, "1A-000001")
    assert paper == PrintAsked("sale-1:receipt", "t1", PaperKind.RECEIPT, "sale-1", opens_drawer=True)


def test_the_cash_that_moved_is_what_stays_in_the_drawer() -> None:
    twice = replace(SALE, tenders=(tender(TenderKind.CASH, "5.00"), tender(TenderKind.CASH, "10.00", "2.60")))
    moved = consequences(twice)[1]
    assert isinstance(moved, CashMoved)
    assert moved.amount == gbp("12.40")


def test_by_card_no_cash_moves_and_the_drawer_stays_shut() -> None:
    assert kinds(BY_CARD) == ["stock.goods_moved", "print.asked"]
    assert consequences(BY_CARD)[-1] == PrintAsked("sale-1:receipt", "t1", PaperKind.RECEIPT, "sale-1")


@pytest.mark.parametrize("paper", [Paper.PDF, Paper.NONE])
def test_without_paper_the_drawer_opens_all_the_same(paper: Paper) -> None:
    drawer = consequences(replace(SALE, paper=paper))[-1]
    assert drawer == PrintAsked("sale-1:drawer", "t1", PaperKind.DRAWER, "sale-1", opens_drawer=True)
    assert kinds(replace(BY_CARD, paper=paper)) == ["stock.goods_moved"]


def test_training_moves_nothing_and_keeps_the_drawer_shut_but_shows_the_paper() -> None:
    practice = replace(SALE, is_training=True)
    assert consequences(practice) == (PrintAsked("sale-1:receipt", "t1", PaperKind.RECEIPT, "sale-1"),)
    assert consequences(replace(practice, paper=Paper.NONE)) == ()


def test_a_sale_of_nothing_that_lies_on_a_shelf_moves_no_goods() -> None:
    assert kinds(replace(BY_CARD, lines=SALE.lines[2:])) == ["print.asked"]


def test_reports_and_openings_go_to_the_printer_of_their_till() -> None:
    opening = DrawerOpened("o1", "shift-1", "t1", "change")
    assert consequences(opening) == (PrintAsked("o1:drawer", "t1", PaperKind.DRAWER, "o1", opens_drawer=True),)
    x_report = XReportTaken("x1", "shift-1", "t1", NOON, figures())
    assert consequences(x_report) == (PrintAsked("x1:report", "t1", PaperKind.SHIFT_REPORT, "x1"),)
    z_report = ShiftClosed("shift-1", "t1", NOON, 1, figures())
    assert consequences(z_report) == (PrintAsked("shift-1:report", "t1", PaperKind.SHIFT_REPORT, "shift-1"),)


@pytest.mark.parametrize(
    ("reason", "opens"),
    [
        (CashReason.PAY_IN, True),
        (CashReason.PAY_OUT, True),
        (CashReason.FLOAT, False),
        (CashReason.SALE, False),
    ],
)
def test_money_that_goes_in_or_out_by_hand_opens_the_drawer(reason: CashReason, *, opens: bool) -> None:
    moved = CashMoved("m1", "shift-1", "t1", gbp("-20.00"), reason, "window cleaner")
    kick = PrintAsked("m1:drawer", "t1", PaperKind.DRAWER, "m1", opens_drawer=True)
    assert consequences(moved) == ((kick,) if opens else ())


@pytest.mark.parametrize(
    "fact",
    [ShiftOpened("s", "t", NOON, gbp("1")), SaleVoided("s", "t", "sh", "", gbp("1")), *consequences(SALE)],
)
def test_from_most_facts_nothing_follows(fact: Event) -> None:
    assert consequences(fact) == ()


def test_what_follows_has_an_identity_of_its_own_that_comes_from_its_cause() -> None:
    follows = consequences(SALE)
    assert len({fact.subject for fact in follows}) == len(follows)
    assert all(fact.subject.startswith("sale-1:") for fact in follows)
    assert consequences(SALE) == follows


def test_what_the_kitchen_is_told_comes_out_at_its_own_printer() -> None:
    sent = KitchenSent("sale-1:kitchen", "k1", "sale-1", "t1", (KitchenRow("l1", "Soup", ONE),))
    (asked,) = consequences(sent)
    assert asked == PrintAsked("sale-1:kitchen:k1", "t1", PaperKind.KITCHEN, "sale-1:kitchen:k1", role="kitchen")
