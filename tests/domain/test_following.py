"""Lines that go with another one."""

from __future__ import annotations

from dataclasses import replace

from omsdesk.domain.discount import Discount
from omsdesk.domain.messages import Refusal
from omsdesk.domain.sale import LineRemoved
from omsdesk.domain.sale_command import (
    AddLine,
    ChangePrice,
    ChangeQuantity,
    DiscountLine,
    DiscountSale,
    NoteLine,
    Part,
    RemoveLine,
    RestoreLine,
)
from omsdesk.domain.traits import Traits
from omsdesk.domain.values import ONE, Quantity
from tests.domain.corner_shop import COFFEE, TEA, TWO, article, gbp
from tests.domain.ticket_story import Story, add

S = "sale-1"
BOTTLE = article("Bottle", "0.25", traits=Traits(is_deposit=True))
SHOT = article("Extra shot", "0.50")
COLA = article("Cola", "1.50", traits=Traits(deposit="p-bottle"))


def cola(line: str, quantity: Quantity = ONE) -> AddLine:
    return AddLine(S, line, COLA, quantity, parts=(Part(f"{line}-deposit", BOTTLE),))


def coffee(line: str, *extras: Part) -> AddLine:
    return AddLine(S, line, COFFEE, ONE, parts=extras)


def quantities(story: Story) -> list[tuple[str, int]]:
    return [(row.line, row.quantity.micro // 1_000_000) for row in story.ticket.lines]


def test_a_deposit_follows_its_bottle_in_quantity_and_fate() -> None:
    story = Story(cola("a"), add("b", TEA))
    assert quantities(story) == [("a", 1), ("a-deposit", 1), ("b", 1)]
    assert story.do(cola("c", TWO)), "more of the same is counted on the same line"
    assert quantities(story) == [("a", 3), ("a-deposit", 3), ("b", 1)]
    assert story.do(ChangeQuantity(S, "a", Quantity.of(6)))
    assert story.ticket.total == gbp("13.00")
    assert story.ticket.item_count == 7, "a deposit is no article"
    gone = story.do(RemoveLine(S, "a"))
    assert [fact.line for fact in gone if isinstance(fact, LineRemoved)] == ["a-deposit", "a"]
    assert quantities(story) == [("b", 1)]


def test_what_was_taken_off_comes_back_with_what_went_with_it() -> None:
    story = Story(cola("a"))
    rows = story.ticket.lines
    story.do(RemoveLine(S, "a"))
    for at, row in enumerate(rows):
        assert story.do(RestoreLine(S, row, at))
    assert story.ticket.lines == rows


def test_a_deposit_is_not_changed_by_itself() -> None:
    story = Story(cola("a"))
    for command in (ChangeQuantity(S, "a-deposit", TWO), RemoveLine(S, "a-deposit")):
        story.is_refused(Refusal, "goes with “Cola”", command)
    assert story.do(NoteLine(S, "a-deposit", "brown"))


def test_nothing_is_taken_off_a_deposit() -> None:
    story = Story(cola("a", Quantity.of(10)))
    tenth = Discount(ppm=100_000)
    story.is_refused(Refusal, "given back in full", DiscountLine(S, "a-deposit", tenth))
    story.is_refused(Refusal, "given back in full", ChangePrice(S, "a-deposit", gbp("0.10")))
    assert story.do(DiscountSale(S, tenth))
    assert [amount.minor for amount in story.ticket.amounts()] == [1350, 250]


def test_an_extra_is_another_coffee_and_can_be_left_out_again() -> None:
    story = Story(coffee("a", Part("a1", SHOT)), coffee("b"), coffee("c", Part("c1", SHOT)))
    assert quantities(story) == [("a", 2), ("a1", 2), ("b", 1)]
    assert story.do(RemoveLine(S, "a1"))
    assert quantities(story) == [("a", 2), ("b", 1)]


def test_an_extra_may_have_a_price_of_its_own_here() -> None:
    story = Story(coffee("a", Part("a1", SHOT, gbp("0.20"))), coffee("b", Part("b1", SHOT)))
    assert [amount.minor for amount in story.ticket.amounts()] == [320, 20, 320, 50]


def test_the_document_says_what_went_with_what() -> None:
    sold = Story(cola("a"), add("b", TEA)).pay().lines
    assert [(row.line, row.parent, row.is_deposit) for row in sold] == [
        ("a", "", False), ("a-deposit", "a", True), ("b", "", False),
    ]  # fmt: skip


def test_a_part_that_cannot_be_sold_leaves_the_whole_off() -> None:
    priceless = replace(BOTTLE, prices=())
    story = Story(add("b", TEA))
    assert story.do(AddLine(S, "a", COLA, ONE, parts=(Part("d", priceless),))) == ()
    assert story.refusal is not None
    assert "has no price" in story.refusal.sentence
