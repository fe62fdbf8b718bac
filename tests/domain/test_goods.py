"""What may be sold, and to whom."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from omsdesk.domain.approval import ApprovalNeeded, Grant
from omsdesk.domain.discount import Discount, Reduction
from omsdesk.domain.goods import (
    BELOW_MINIMUM,
    EXPIRED,
    NEGATIVE_STOCK,
    SERIAL_AGAIN,
    AgeUnchecked,
    NotWhole,
    SerialWanted,
    days_left,
)
from omsdesk.domain.goods_policy import GoodsPolicy
from omsdesk.domain.people import Person, Role
from omsdesk.domain.sale import AgeChecked, LineAdded, SaleStarted
from omsdesk.domain.sale_command import (
    AddLine,
    ChangePrice,
    ChangeQuantity,
    CheckAge,
    DiscountLine,
    DiscountSale,
    VoidSale,
)
from omsdesk.domain.shop import Desk
from omsdesk.domain.stock import Shelf
from omsdesk.domain.traits import StockPolicy, Traits
from omsdesk.domain.values import ONE, Money, Quantity
from tests.domain.corner_shop import APPLES, COFFEE, DESK, TWO, article, gbp
from tests.domain.ticket_story import Story, add

S = "sale-1"
CARA, MAX = Person("cara", "Cara", Role.CASHIER), Person("max", "Max", Role.MANAGER)
CASHIER, MANAGER = replace(DESK, author=CARA), replace(DESK, author=MAX)
BEER = article("Beer", "2.00", traits=Traits(age=16))
RUM = article("Rum", "20.00", traits=Traits(age=18))
CAKE = article("Cake", "10.00", traits=Traits(is_divisible=True))
PHONE = article("Phone", "300.00", traits=Traits(asks_serial=True))
BOOK = article("Book", "10.00", traits=Traits(minimum_price=gbp("9.00")))
FISH = article("Fish", None, unit="kg", traits=Traits(asks_price=True, minimum_price=gbp("5.00")))


def allowed(right: str, desk: Desk = CASHIER) -> Desk:
    """A desk where a manager agreed to something."""
    return replace(desk, grants=(Grant("g", right, "max", sale=S),))


# ---- units


def test_a_piece_stays_whole_unless_it_may_be_broken() -> None:
    Story().is_refused(NotWhole, "whole pieces", add("a", COFFEE, Quantity.of("0.5")))
    story = Story(add("a", CAKE, Quantity.of("0.5")), add("b", APPLES, Quantity.of("0.350")))
    story.is_refused(NotWhole, "whole pieces", add("c", COFFEE, Quantity.of("1.5")))
    assert [amount.minor for amount in story.ticket.amounts()] == [500, 105]


def test_a_piece_is_not_broken_later_either() -> None:
    Story(add("a", COFFEE)).is_refused(NotWhole, "whole pieces", ChangeQuantity(S, "a", Quantity.of("2.5")))


# ---- age


def test_the_age_is_checked_once_and_only_that_is_kept() -> None:
    story = Story()
    story.is_refused(AgeUnchecked, "from 16 on", add("a", BEER))
    started, checked = story.do(CheckAge(S, 16))
    assert (type(started), checked) == (SaleStarted, AgeChecked(S, 16))
    assert story.do(add("a", BEER))
    assert story.do(add("b", BEER, TWO))
    story.is_refused(AgeUnchecked, "from 18 on", add("c", RUM))
    assert isinstance(story.refusal, AgeUnchecked)
    assert story.refusal.age == 18
    assert story.do(CheckAge(S, 18))
    assert story.do(add("c", RUM))


def test_who_is_old_enough_for_more_is_not_asked_again() -> None:
    story = Story(CheckAge(S, 18), add("a", RUM), add("b", BEER))
    assert story.do(CheckAge(S, 16)) == (), "what is known is no fact"
    assert story.ticket.age_checked == 18


def test_a_ticket_on_which_only_an_age_was_seen_can_be_left() -> None:
    story = Story(CheckAge(S, 18))
    assert story.do(VoidSale(S))


# ---- serial numbers


def phone(line: str, *serials: str, quantity: Quantity = ONE) -> AddLine:
    """Scan a phone with its serial numbers."""
    return AddLine(S, line, PHONE, quantity, serials=serials)


def test_every_unit_has_its_number() -> None:
    story = Story(phone("a", "X1"))
    story.is_refused(SerialWanted, "each “Phone”", phone("b"))
    story.is_refused(SerialWanted, "each “Phone”", phone("b", "X2", quantity=TWO))
    story.is_refused(SerialWanted, "on this ticket already", phone("b", "X1"))
    story.is_refused(SerialWanted, "on this ticket already", phone("b", "X2", "X2", quantity=TWO))
    assert story.do(phone("b", "X2", "X3", quantity=TWO))
    story.is_refused(SerialWanted, "each “Phone”", ChangeQuantity(S, "b", ONE))
    sold = story.pay().lines
    assert [row.serials for row in sold] == [("X1",), ("X2", "X3")]


def test_a_number_that_was_sold_before_needs_somebody_to_agree() -> None:
    known = replace(CASHIER, shelf=Shelf(sold_serials=frozenset({"X1"})))
    story = Story(desk=known)
    story.is_refused(ApprovalNeeded, "X1, which was sold before", phone("a", "X1"))
    assert isinstance(story.refusal, ApprovalNeeded)
    assert story.refusal.right == SERIAL_AGAIN
    assert story.do(phone("a", "X1"), allowed(SERIAL_AGAIN, known))


# ---- lots


def test_what_has_expired_is_not_sold_without_leave() -> None:
    milk = AddLine(S, "a", COFFEE, ONE, lot="L7", expiry="2026-11-22")
    story = Story(desk=CASHIER)
    story.is_refused(ApprovalNeeded, "expired on 2026-11-22", milk)
    assert story.do(replace(milk, line="b", expiry=DESK.at.day)), "the last day is a good day"
    assert story.do(milk, allowed(EXPIRED))
    assert [(row.lot, row.expiry) for row in story.pay().lines] == [("L7", DESK.at.day), ("L7", "2026-11-22")]


def test_other_lots_are_other_lines() -> None:
    row = AddLine(S, "a", COFFEE, ONE, lot="L7")
    story = Story(row, replace(row, line="b"), replace(row, line="c", lot="L8"))
    assert [(line.lot, line.quantity) for line in story.ticket.lines] == [("L7", TWO), ("L8", ONE)]


def test_days_are_counted_to_the_last_one() -> None:
    assert (days_left("2026-12-02", "2026-11-30"), days_left("2026-11-30", "2026-11-30")) == (2, 0)
    assert days_left("2026-11-29", "2026-11-30") == -1


# ---- least prices


def test_nobody_sells_below_the_least_price_without_the_right() -> None:
    story = Story(add("a", BOOK), desk=replace(DESK, author=replace(CARA, role=Role.SUPERVISOR)))
    story.is_refused(ApprovalNeeded, "below its least price", ChangePrice(S, "a", gbp("8.99")))
    assert isinstance(story.refusal, ApprovalNeeded)
    assert story.refusal.right == BELOW_MINIMUM
    assert story.do(ChangePrice(S, "a", gbp("9.00")))
    story.is_refused(ApprovalNeeded, "least price", DiscountLine(S, "a", Discount(ppm=10_000)))
    story.is_refused(ApprovalNeeded, "least price", DiscountSale(S, Discount(ppm=10_000)))
    assert story.do(ChangePrice(S, "a", gbp("8.50")), allowed(BELOW_MINIMUM, MANAGER))
    assert story.do(ChangePrice(S, "a", gbp("8.80"))), "dearer than what was agreed to needs nobody again"
    story.is_refused(ApprovalNeeded, "least price", ChangePrice(S, "a", gbp("8.00")))


def test_several_that_come_to_less_are_one_question() -> None:
    story = Story(add("a", BOOK), add("b", replace(BOOK, product="p-other", name="Other")), desk=CASHIER)
    story.is_refused(
        ApprovalNeeded, "sell “Book” and 1 more below their least prices", DiscountSale(S, Discount(ppm=110_000)),
        allowed("sale.discount"),
    )  # fmt: skip


def test_who_may_is_told_and_says_yes_once_per_ticket() -> None:
    story = Story(add("a", BOOK), desk=replace(DESK, author=replace(MAX, role=Role.OWNER)))
    story.is_refused(ApprovalNeeded, "Say yes first to sell “Book” below", ChangePrice(S, "a", gbp("8.50")))
    assert isinstance(story.refusal, ApprovalNeeded)
    assert (story.refusal.is_own, story.refusal.right) == (True, BELOW_MINIMUM)
    meant = replace(story.desk, grants=(Grant("g", BELOW_MINIMUM, "max", sale=S),))
    assert story.do(ChangePrice(S, "a", gbp("8.50")), meant)
    assert story.do(DiscountSale(S, Discount(ppm=10_000)), meant)
    assert Story(add("a", BOOK), ChangePrice(S, "a", gbp("8.50"))), "a program is asked nothing"


def test_a_price_that_is_typed_when_it_is_scanned_is_held_too() -> None:
    scan = AddLine(S, "a", FISH, Quantity.of("0.5"), gbp("4.00"))
    story = Story(desk=CASHIER)
    story.is_refused(ApprovalNeeded, "below its least price", scan)
    assert story.do(scan, allowed(BELOW_MINIMUM))
    assert story.do(replace(scan, line="b", open_price=gbp("5.00")))


def test_what_the_shop_itself_asks_may_be_less() -> None:
    cheap = replace(BOOK, prices=article("Book", "7.00").prices)
    story = Story(add("a", cheap), desk=CASHIER)
    row = replace(story.ticket.lines[0], reductions=(Reduction("p1", "Happy hour", gbp("1.00")),))
    story.sale = replace(story.ticket, lines=(row,))
    story.is_refused(ApprovalNeeded, "least price", DiscountLine(S, "a", Discount(ppm=10_000)))


@given(price=st.integers(1, 5_000), least=st.integers(0, 5_000), off=st.integers(1, 5_000), ppm=st.integers(1, 100_000))
def test_however_a_cashier_tries_nothing_is_sold_below_its_least_price(
    price: int, least: int, off: int, ppm: int
) -> None:
    goods = replace(article("Book", "1.00"), prices=(), traits=Traits(minimum_price=Money(least, "GBP")))
    story = Story(desk=CASHIER)
    story.do(AddLine(S, "a", goods, TWO, Money(price, "GBP")))
    if story.sale is None:
        assert price < least
        return
    story.do(DiscountLine(S, "a", Discount(amount=Money(off, "GBP"))))
    story.do(DiscountSale(S, Discount(ppm=ppm)))
    story.do(ChangePrice(S, "a", Money(off, "GBP")))
    assert story.ticket.amounts()[0].minor >= 2 * least


# ---- stock


def test_more_than_there_is_needs_somebody_to_agree_where_the_shop_wants_it() -> None:
    shop = replace(DESK.shop, goods=GoodsPolicy(stock=StockPolicy.APPROVE))
    desk = replace(CASHIER, shop=shop, shelf=Shelf(available=TWO))
    story = Story(add("a", COFFEE), add("b", COFFEE), desk=desk)
    story.is_refused(ApprovalNeeded, "than is in stock (2)", add("c", COFFEE))
    assert isinstance(story.refusal, ApprovalNeeded)
    assert story.refusal.right == NEGATIVE_STOCK
    assert story.do(add("c", COFFEE), allowed(NEGATIVE_STOCK, desk))
    free = replace(COFFEE, traits=Traits(stock_policy=StockPolicy.ALLOW))
    assert any(isinstance(fact, LineAdded) for fact in story.do(add("d", free, Quantity.of(50))))


def test_what_nobody_counted_is_there() -> None:
    shop = replace(DESK.shop, goods=GoodsPolicy(stock=StockPolicy.APPROVE))
    assert Story(desk=replace(CASHIER, shop=shop)).do(add("a", COFFEE, Quantity.of(50)))
