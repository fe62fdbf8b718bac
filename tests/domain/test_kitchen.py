"""What the kitchen hears of a ticket: only what is new, and what is not wanted any more."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from omsdesk.domain.catalogue import Article
from omsdesk.domain.customer import Buyer
from omsdesk.domain.goods_policy import GoodsPolicy
from omsdesk.domain.kitchen import (
    Kitchen,
    KitchenRow,
    KitchenSent,
    SendToKitchen,
    decide,
    evolve,
    kitchen_of,
    slip_named,
    slip_of,
)
from omsdesk.domain.line import Line
from omsdesk.domain.sale import Sale
from omsdesk.domain.traits import Traits
from omsdesk.domain.values import ONE, Quantity

GOODS = GoodsPolicy(kitchen=("Hot drinks", "Food"))
COFFEE = Line("l1", Article("flat", "Flat white", category="hot drinks"), ONE)
OAT = Line("l2", Article("oat", "Oat milk", category="Extras"), ONE, parent="l1")
CUP = Line("l3", Article("cup", "Cup, lent", traits=Traits(is_deposit=True)), ONE, parent="l1")
SOUP = Line("l4", Article("soup", "Soup", category="Food"), Quantity.of(2), note="no bread")
MUG = Line("l5", Article("mug", "Mug", category="Equipment"), ONE)
SALE = Sale("sale-1", "t1", "EUR", lines=(COFFEE, OAT, CUP, SOUP, MUG))


def told(sale: Sale | None, known: Kitchen | None = None, slip: str = "s1") -> tuple[KitchenRow, ...]:
    facts = decide(SendToKitchen(slip, "sale-1", "t1"), sale, known, GOODS)
    return facts[0].rows if facts else ()


def after(*sales: Sale) -> Kitchen:
    known = None
    for number, sale in enumerate(sales):
        for fact in decide(SendToKitchen(f"old-{number}", sale.sale, "t1"), sale, known, GOODS):
            known = evolve(known, fact)
    return known or Kitchen()


def test_the_kitchen_hears_of_its_categories_with_what_goes_with_them() -> None:
    assert told(SALE) == (
        KitchenRow("l1", "Flat white", ONE, ("Oat milk",)),
        KitchenRow("l4", "Soup", Quantity.of(2), ("no bread",)),
    )


def test_only_what_is_new_is_sent() -> None:
    more = replace(SALE, lines=(replace(COFFEE, quantity=Quantity.of(3)), OAT, SOUP, replace(SOUP, line="l6")))
    assert told(SALE, after(SALE)) == ()
    assert told(more, after(SALE)) == (
        KitchenRow("l1", "Flat white", Quantity.of(2), ("Oat milk",)),
        KitchenRow("l6", "Soup", Quantity.of(2), ("no bread",)),
    )


def test_what_is_not_wanted_any_more_is_cancelled() -> None:
    less = replace(SALE, lines=(COFFEE, OAT, replace(SOUP, quantity=ONE)))
    assert told(less, after(SALE)) == (KitchenRow("l4", "Soup", ONE, ("no bread",), is_cancelled=True),)
    gone = replace(SALE, lines=(SOUP,))
    assert told(gone, after(SALE)) == (KitchenRow("l1", "Flat white", ONE, ("Oat milk",), is_cancelled=True),)
    assert [row.is_cancelled for row in told(replace(SALE, is_voided=True), after(SALE))] == [True, True]
    assert told(replace(SALE, is_voided=True)) == (), "what it never heard of it need not forget"


def test_another_wish_takes_the_place_of_the_first() -> None:
    without_oat = replace(SALE, lines=(COFFEE, SOUP))
    assert told(without_oat, after(SALE)) == (
        KitchenRow("l1", "Flat white", ONE, ("Oat milk",), is_cancelled=True),
        KitchenRow("l1", "Flat white", ONE),
    )
    assert told(without_oat, after(SALE, without_oat)) == ()


def test_a_slip_says_whose_it_is_and_remembers_it() -> None:
    (first,) = decide(SendToKitchen("s1", "sale-1", "t1"), replace(SALE, held_as="Table 4"), None, GOODS)
    (last,) = decide(
        SendToKitchen("s2", "sale-1", "t1"), replace(SALE, lines=(SOUP,), number="1A-7"), evolve(None, first), GOODS
    )
    assert [(fact.name, fact.number) for fact in (first, last)] == [("Table 4", ""), ("Table 4", "1A-7")]
    (named,) = decide(SendToKitchen("s", "sale-1", "t1"), replace(SALE, customer=Buyer("c1", "Ida")), None, GOODS)
    assert named.name == "Ida"
    assert slip_named(slip_of(first)) == (kitchen_of("sale-1"), "s1")


def test_nothing_is_sent_twice_in_training_or_of_a_ticket_that_nobody_knows() -> None:
    known = after(SALE)
    assert told(replace(SALE, lines=()), known, slip="old-0") == ()
    assert told(replace(SALE, is_training=True)) == ()
    assert told(None) == ()


def test_what_comes_back_or_pays_in_is_not_made() -> None:
    back = replace(SOUP, quantity=Quantity.of(-1))
    assert told(replace(SALE, lines=(back, replace(SOUP, loads="gift:1")))) == ()


def test_without_categories_there_is_no_kitchen() -> None:
    assert decide(SendToKitchen("s1", "sale-1", "t1"), SALE, None, GoodsPolicy()) == ()


@given(
    st.lists(st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 4), st.sampled_from(["", "hot"])), max_size=3))
)
def test_whatever_happens_to_a_ticket_the_kitchen_makes_in_the_end_what_is_on_it(
    turns: list[list[tuple[str, int, str]]],
) -> None:
    known: Kitchen | None = None
    for number, rows in enumerate(turns):
        lines = {name: replace(SOUP, line=name, quantity=Quantity.of(count), note=note) for name, count, note in rows}
        sale = replace(SALE, lines=tuple(lines.values()))
        for fact in decide(SendToKitchen(f"s{number}", "sale-1", "t1"), sale, known, GOODS):
            assert isinstance(fact, KitchenSent)
            known = evolve(known, fact)
        made = {row.line: (row.quantity, row.notes) for row in (known or Kitchen()).rows}
        assert made == {row.line: (row.quantity, (row.note,) if row.note else ()) for row in sale.lines}
