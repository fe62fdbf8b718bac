"""Prices that a cashier changes, how far she may, and what the receipt says of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.domain.approval import ApprovalNeeded, Grant
from omsdesk.domain.discount import BY_HAND, OF_TICKET, Discount
from omsdesk.domain.messages import Refusal
from omsdesk.domain.people import Person, Role
from omsdesk.domain.price_override import Taken, taken_by_hand
from omsdesk.domain.sale import SaleStarted
from omsdesk.domain.sale_command import ChangePrice, ChangeQuantity, DiscountLine, DiscountSale, RemoveLine
from omsdesk.domain.tax import TaxRounding, TaxTerms
from omsdesk.domain.values import MICRO, ONE, Money, Quantity, Stamp, divide
from tests.domain.corner_shop import APPLES, CARDS, COFFEE, DESK, NOON, REPAIR, TEA, gbp
from tests.domain.ticket_story import Story, add, priced, sum_of

S = "sale-1"
CARA = Person("cara", "Cara", Role.CASHIER)
SUE = Person("sue", "Sue", Role.SUPERVISOR)
MAX = Person("max", "Max", Role.MANAGER)
CARAS = replace(DESK, author=CARA)
TENTH, FIFTH, HALF = Discount(ppm=100_000), Discount(ppm=200_000), Discount(ppm=500_000)


def off(amount: str, reason: str = "") -> Discount:
    return Discount(amount=gbp(amount), reason=reason)


# ---- what it comes to


def test_something_off_a_line_and_back_on_it() -> None:
    story = Story(add("a", COFFEE), add("b", TEA), DiscountLine(S, "a", TENTH))
    assert story.ticket.amounts() == (gbp("2.88"), gbp("2.50"))
    story.do(DiscountLine(S, "a", None))
    assert story.ticket.total == gbp("5.70")


@given(st.integers(1, 100), st.integers(1, 10_000))
def test_whoever_is_asked_hears_the_per_cent_that_was_typed(percent: int, price: int) -> None:
    taken = Taken(divide(price * percent, 100), price)
    assert taken.percent == f"{percent} %" or divide(price * int(taken.percent.removesuffix(" %")), 100) == taken.off


def test_what_is_no_whole_per_cent_is_told_by_its_tenth() -> None:
    assert Taken(125, 1000).percent == "12.5 %"
    assert Taken(149, 495).percent == "30 %", "1.485 off 4.95, rounded to the penny"
    assert Taken(333, 1000).percent == "33.3 %"


def test_something_off_a_line_follows_its_quantity() -> None:
    story = Story(add("a", COFFEE), DiscountLine(S, "a", TENTH), ChangeQuantity(S, "a", Quantity.of(3)))
    assert story.ticket.total == gbp("8.64")


def test_the_next_of_the_same_goods_begins_a_line_of_its_own() -> None:
    story = Story(add("a", COFFEE), DiscountLine(S, "a", HALF), add("b", COFFEE))
    assert story.ticket.amounts() == (gbp("1.60"), gbp("3.20"))


def test_an_amount_off_the_ticket_is_shared_by_its_lines_to_the_penny() -> None:
    story = Story(add("a", COFFEE), add("b", TEA), add("c", TEA), DiscountSale(S, off("1.00")))
    assert story.ticket.total == gbp("7.20")
    assert sum_of(story.ticket.amounts()) == 720
    story.do(RemoveLine(S, "a"))
    assert story.ticket.total == gbp("4.00")


def test_an_amount_off_a_ticket_that_became_smaller_takes_all_of_it_and_no_more() -> None:
    story = Story(add("a", COFFEE), add("b", TEA), DiscountSale(S, off("5.00")), RemoveLine(S, "a"))
    assert story.ticket.total == gbp("0.00")


def test_another_price_and_the_ordinary_one_again() -> None:
    story = Story(add("a", COFFEE, ONE + ONE), ChangePrice(S, "a", gbp("2.00"), "damaged box"))
    assert story.ticket.total == gbp("4.00")
    story.do(ChangePrice(S, "a", None))
    assert story.ticket.total == gbp("6.40")


def test_the_receipt_says_what_was_taken_off_each_line_and_why() -> None:
    story = Story(
        add("a", COFFEE), add("b", TEA), DiscountLine(S, "a", replace(TENTH, reason="regular")),
        DiscountSale(S, off("1.00", "opening day")),
    )  # fmt: skip
    sold = story.pay()
    first, second = sold.lines
    assert [(row.source, row.name, row.amount) for row in first.reductions] == [
        (BY_HAND, "regular", gbp("0.32")),
        (OF_TICKET, "opening day", gbp("0.54")),
    ]
    assert [(row.source, row.amount) for row in second.reductions] == [(OF_TICKET, gbp("0.46"))]
    for row in sold.lines:
        assert row.unit_price.times(row.quantity) - Money(sum_of(r.amount for r in row.reductions), "GBP") == row.amount
    assert sold.total == gbp("4.38")


# ---- how far somebody may go


def test_a_cashier_gives_a_tenth_and_asks_for_more() -> None:
    story = Story(add("a", COFFEE), desk=CARAS)
    story.is_refused(ApprovalNeeded, "Cara may not take 20 % off “Coffee”. Ask", DiscountLine(S, "a", FIFTH))
    needed = story.refusal
    assert isinstance(needed, ApprovalNeeded)
    assert (needed.right, needed.size) == ("sale.discount", 196_876)
    assert story.do(DiscountLine(S, "a", TENTH))


def test_the_rounding_of_a_tenth_is_nobodys_fault() -> None:
    for price in range(1, 200):
        article = replace(COFFEE, prices=(replace(COFFEE.prices[0], price=Money(price, "GBP")),))
        assert Story(add("a", article), DiscountLine(S, "a", TENTH), desk=CARAS)


def test_many_small_ones_are_not_a_way_round_the_limit() -> None:
    story = Story(add("a", COFFEE), DiscountLine(S, "a", TENTH), desk=CARAS)
    story.is_refused(ApprovalNeeded, "take 10 % off this sale, 19 % in all.", DiscountSale(S, TENTH))
    story.is_refused(ApprovalNeeded, "sell “Coffee” for 3.00 GBP, 15.6 % less", ChangePrice(S, "a", gbp("3.00")))


def test_an_amount_that_stays_off_less_goods_is_held_to_the_limit_as_well() -> None:
    ten = Story(add("a", COFFEE, Quantity.of(10)), DiscountLine(S, "a", off("3.20")), desk=CARAS)
    ten.is_refused(ApprovalNeeded, "may not take 100 % off this sale in all.", ChangeQuantity(S, "a", ONE))
    assert ten.do(ChangeQuantity(S, "a", Quantity.of(20))), "more goods for the same amount need nobody"
    assert ten.do(ChangeQuantity(S, "a", Quantity.of(10))), "nor as many as it was taken off"
    two = Story(add("a", COFFEE, Quantity.of(10)), add("b", TEA), DiscountSale(S, off("3.45")), desk=CARAS)
    two.is_refused(ApprovalNeeded, "take 100 % off this sale in all", RemoveLine(S, "a"))
    assert two.do(RemoveLine(S, "a"), replace(CARAS, author=MAX)), "a manager takes it off as far as he likes"
    one = Story(add("a", COFFEE), DiscountLine(S, "a", off("0.32")), desk=CARAS)
    assert one.do(RemoveLine(S, "a")), "what is off the ticket was given to nobody"


def test_a_price_that_was_typed_for_many_is_held_to_the_limit_when_they_become_few() -> None:
    story = Story(add("a", CARDS, Quantity.of(10)), ChangePrice(S, "a", gbp("0.72")), desk=CARAS)
    story.is_refused(ApprovalNeeded, "take 28 % off this sale in all", ChangeQuantity(S, "a", ONE))


def test_a_dearer_price_needs_nobody_and_a_cheaper_one_does() -> None:
    story = Story(add("a", COFFEE), desk=CARAS)
    assert story.do(ChangePrice(S, "a", gbp("4.00")))
    story.is_refused(ApprovalNeeded, "sell “Coffee” for 0.00 GBP, 100 % less", ChangePrice(S, "a", gbp("0.00")))


def test_what_has_no_price_of_its_own_is_typed_without_a_limit() -> None:
    assert Story(replace(add("a", REPAIR), open_price=gbp("5.00")), ChangePrice(S, "a", gbp("1.00")), desk=CARAS)


def test_a_supervisor_goes_further_and_a_manager_as_far_as_she_likes() -> None:
    sue, max_ = replace(DESK, author=SUE), replace(DESK, author=MAX)
    story = Story(add("a", COFFEE), desk=sue)
    assert story.do(DiscountLine(S, "a", FIFTH))
    story.is_refused(ApprovalNeeded, "Sue may not take 50 % off “Coffee”", DiscountLine(S, "a", HALF))
    assert story.do(DiscountLine(S, "a", HALF), max_)


def test_what_was_approved_stays_and_may_be_made_less() -> None:
    grant = Grant("g1", "sale.discount", "max", most=500_000, sale=S)
    story = Story(add("a", COFFEE), desk=replace(CARAS, grants=(grant,)))
    assert story.do(DiscountLine(S, "a", HALF))
    story.desk = CARAS
    assert story.do(DiscountLine(S, "a", FIFTH)), "less than was approved before"
    story.is_refused(ApprovalNeeded, "50 %", DiscountLine(S, "a", HALF))


@pytest.mark.parametrize(
    "grant",
    [
        Grant("g1", "sale.discount", "max", sale="another"),
        Grant("g1", "sale.discount", "max", most=100_000, sale=S),
        Grant("g1", "sale.void", "max", sale=S),
        Grant("g1", "sale.discount", "max", until=Stamp(NOON.utc_ms - 1, 0)),
    ],
)
def test_an_approval_of_something_else_helps_nobody(grant: Grant) -> None:
    story = Story(add("a", COFFEE), desk=replace(CARAS, grants=(grant,)))
    story.is_refused(ApprovalNeeded, "may not", DiscountLine(S, "a", FIFTH))


# ---- what cannot have been meant


def test_what_makes_no_sense_is_refused_with_what_to_do() -> None:
    story = Story(add("a", COFFEE))
    for discount, said in (
        (Discount(ppm=0), "above zero"),
        (Discount(ppm=1_000_001), "100 at most"),
        (off("0.00"), "above zero"),
        (off("3.21"), "3.20 GBP at most"),
        (Discount(amount=Money(100, "EUR")), "in GBP"),
    ):
        story.is_refused(Refusal, said, DiscountLine(S, "a", discount))
    story.is_refused(Refusal, "not on the ticket", DiscountLine(S, "z", TENTH))
    story.is_refused(Refusal, "below zero", ChangePrice(S, "a", gbp("-1.00")))
    story.is_refused(Refusal, "in GBP", ChangePrice(S, "a", Money(100, "EUR")))
    story.is_refused(Refusal, "too much", ChangePrice(S, "a", Money(4_006_381_333_931, "GBP")))


def test_a_price_that_was_typed_for_want_of_one_cannot_be_taken_away() -> None:
    story = Story(replace(add("a", REPAIR), open_price=gbp("5.00")))
    story.is_refused(Refusal, "no price of its own", ChangePrice(S, "a", None))


def test_nothing_is_taken_off_an_empty_ticket() -> None:
    story = Story(add("a", COFFEE), RemoveLine(S, "a"))
    story.is_refused(Refusal, "nothing on this ticket", DiscountSale(S, TENTH))


# ---- laws

goods = st.sampled_from([COFFEE, TEA, APPLES, CARDS])
discounts = st.one_of(
    st.none(),
    st.integers(1, 1_000_000).map(lambda ppm: Discount(ppm=ppm)),
    st.integers(1, 5_000).map(lambda minor: Discount(amount=Money(minor, "GBP"))),
)
rows = st.lists(st.tuples(goods, st.integers(1, 9_000_000).map(Quantity), discounts), min_size=1, max_size=6)
terms = st.builds(TaxTerms, is_inclusive=st.booleans(), rounding=st.sampled_from(TaxRounding))


@given(rows, discounts, terms)
def test_however_it_is_taken_off_the_parts_are_the_whole_and_never_below_zero(
    sold: list[tuple[object, Quantity, Discount | None]], whole: Discount | None, terms: TaxTerms
) -> None:
    story = Story(desk=replace(DESK, shop=replace(DESK.shop, tax_terms=terms)))
    for number, (article, quantity, discount) in enumerate(sold):
        # Pieces stay whole.
        amount = quantity if article is APPLES else Quantity((quantity.micro // MICRO + 1) * MICRO)
        story.do(add(f"l{number}", article, amount))
        story.do(DiscountLine(S, f"l{number}", discount))
    before = priced(story.ticket)
    story.do(DiscountSale(S, whole))
    ticket = story.ticket
    assert all(amount.minor >= 0 for amount in ticket.amounts())
    if ticket.discount is not None:
        assert priced(ticket) == before - ticket.discount.off(before)
    document = story.pay()
    assert isinstance(story.facts[0], SaleStarted)
    assert sum_of(row.amount for row in document.lines) == priced(ticket).minor
    assert document.net + Money(sum_of(row.amount for row in document.taxes), "GBP") == document.total
    by_lines = sum(sum_of(row.tax_amounts) for row in document.lines)
    assert by_lines == sum_of(row.amount for row in document.taxes)
    for row in document.lines:
        taken = Money(sum_of(reduction.amount for reduction in row.reductions), "GBP")
        assert row.unit_price.times(row.quantity) - taken == row.amount
    assert 0 <= taken_by_hand(ticket, DESK).size <= 1_000_000
