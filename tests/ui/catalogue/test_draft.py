"""A form's texts become an edit of what was changed, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.domain.catalogue import PackCode, PriceRow, ProductEdit, SaveProducts, SetPrices
from omsdesk.domain.modifier import ModifierGroup
from omsdesk.domain.pricing import RETAIL, Price, PriceList
from omsdesk.domain.shop import Shop
from omsdesk.domain.traits import StockPolicy
from omsdesk.domain.values import Money, Quantity
from omsdesk.ui.catalogue.draft import (
    WITHDRAWN,
    Draft,
    PriceDraft,
    based_on,
    by_base,
    commands_of,
    draft_of,
    edit_of,
    mark_of,
    opposite_of,
    price_changes,
    problems,
)

BRITISH = Shop("s1", "Corner Coffee", "GBP", locale="en-GB")
GERMAN = Shop("s1", "Kaffee Eck", "EUR", locale="de-DE")
LISTS = [PriceList(RETAIL, "Retail"), PriceList("staff", "Staff", 5)]
MUG = ProductEdit(
    "mug", 3, name="Mug", variant="blue", family="", brand="Nord", sku="M-1", category="Mugs", unit="piece",
    tax_category="standard", description="", image="", source_key="", price=Money(950, "GBP"),
    barcodes=(PackCode("04006381333931"),), favourite=2, is_sold=True, is_tracked=True,
)  # fmt: skip
NEW = ProductEdit("new")


def shown(shop: Shop = BRITISH, known: ProductEdit = MUG) -> Draft:
    """Write a product as its form shows it."""
    return draft_of(known, [], LISTS, shop)


def test_what_is_shown_and_not_touched_changes_nothing() -> None:
    assert edit_of(shown(), MUG, BRITISH).said == ()


@given(
    name=st.text(min_size=1).filter(lambda text: bool(text.strip())),
    minor=st.integers(0, 10**9),
    favourite=st.integers(0, 999),
    is_sold=st.booleans(),
    shop=st.sampled_from([BRITISH, GERMAN]),
)
def test_any_product_goes_through_its_form_unharmed(
    name: str, minor: int, favourite: int, is_sold: bool, shop: Shop
) -> None:
    known = replace(MUG, name=name.strip(), price=Money(minor, shop.currency), favourite=favourite, is_sold=is_sold)
    draft = shown(shop, known)
    assert problems(draft, shop) == {}
    assert edit_of(draft, known, shop).said == ()


def test_an_edit_is_parted_by_what_was_shown_when_each_field_was_typed() -> None:
    edit = ProductEdit("mug", 7, name="Mug", brand="", is_sold=False)
    assert by_base(edit, {"brand": 3, "sku": 2}) == (
        ProductEdit("mug", 3, brand=""), ProductEdit("mug", 7, name="Mug", is_sold=False),
    )  # fmt: skip
    assert by_base(ProductEdit("mug", 7), {}) == ()


def test_what_takes_back_is_made_from_the_revision_that_was_left() -> None:
    edit, row = ProductEdit("mug", 1, name="Mug"), PriceRow("mug", Money(100, "GBP"))
    save, prices = based_on(5, (SaveProducts("b", (edit,)), SetPrices("b", LISTS[0], (row,))))
    assert save == SaveProducts("b", (replace(edit, base=5),))
    assert prices == SetPrices("b", LISTS[0], (replace(row, base=5),))


@given(before=st.integers(0, 10**7), after=st.integers(0, 10**7))
def test_an_edit_and_its_opposite_meet_where_they_began(before: int, after: int) -> None:
    known = replace(MUG, price=Money(before, "GBP"))
    draft = replace(shown(known=known), price=str(Money(after, "GBP").decimal), brand="Süd")
    edit = edit_of(draft, known, BRITISH)
    back = opposite_of(edit, known, 4)
    assert back.base == 4
    assert back.said == edit.said
    assert all(getattr(back, name) == getattr(known, name) for name in back.said)


def test_only_what_was_changed_is_said() -> None:
    draft = replace(shown(), brand=" Süd ", is_tracked=False, favourite="")
    edit = edit_of(draft, MUG, BRITISH)
    assert edit.said == ("brand", "favourite", "is_tracked")
    assert (edit.brand, edit.favourite, edit.is_tracked, edit.base) == ("Süd", 0, False, 3)


def test_a_new_product_says_what_was_typed_and_no_defaults() -> None:
    edit = edit_of(Draft(name="Tea", price="2.50", tax_category="standard"), NEW, BRITISH)
    assert set(edit.said) == {"name", "unit", "tax_category", "price"}
    back = opposite_of(edit, NEW, 1)
    assert back.is_sold is False, "what was made cannot go again, but it is not sold"
    assert back.barcodes is None


def test_a_new_product_that_is_taken_back_lets_go_of_its_barcodes() -> None:
    edit = edit_of(Draft(name="Tea", barcodes=(PackCode("1234"),)), NEW, BRITISH)
    assert opposite_of(edit, NEW, 1).barcodes == ()


@pytest.mark.parametrize(
    ("shop", "typed", "minor"),
    [(BRITISH, "1,234.50", 123450), (GERMAN, "1.234,50", 123450), (GERMAN, "2,5", 250), (BRITISH, "£3", 300)],
)
def test_amounts_are_read_as_people_here_write_them(shop: Shop, typed: str, minor: int) -> None:
    edit = edit_of(Draft(name="Tea", price=typed), NEW, shop)
    assert edit.price == Money(minor, shop.currency)


def test_marks_of_locales() -> None:
    assert (mark_of(BRITISH), mark_of(GERMAN)) == (".", ",")


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"name": "  "}, "name", "A product needs a name."),
        ({"price": "-1"}, "price", "The price -1 is negative."),
        ({"price": "1.234567"}, "price", "The price 1.234567 has more decimals than GBP has."),
        ({"favourite": "first"}, "favourite", "Type a place such as 1, 2 or 3, or nothing."),
        ({"prices": (PriceDraft(),)}, "prices.0", "Type a price."),
        ({"prices": (PriceDraft(price="1", list_name=" "),)}, "prices.0", "Choose a price list."),
        ({"prices": (PriceDraft(price="1", from_quantity="few"),)}, "prices.0", "The quantity “few” is not a number."),
        (
            {"prices": (PriceDraft(price="1", valid_from="2027-02-01", valid_to="2027-01-01"),)},
            "prices.0",
            "The last day comes before the first day.",
        ),
    ],
)
def test_mistakes_have_a_field_and_a_sentence(change: dict[str, object], field: str, sentence: str) -> None:
    draft = replace(shown(), **change)  # type: ignore[arg-type]  # each case names one field
    assert problems(draft, BRITISH) == {field: sentence}


# --- further prices ---------------------------------------------------------------------------------------------------

TEN = Price("staff", "mug", Money(800, "GBP"), Quantity.of(10), "2026-01-01", "")


def with_ten() -> Draft:
    """Show a product with one further price."""
    return draft_of(MUG, [TEN], LISTS, BRITISH)


def test_a_further_price_is_shown_and_not_set_again() -> None:
    draft = with_ten()
    assert draft.prices == (PriceDraft("Staff", "10", "01/01/2026", "", "8.00", TEN),)
    assert price_changes("mug", draft, draft.prices, BRITISH, LISTS) == ({}, {})


def test_another_amount_replaces_the_price_and_undo_brings_it_back() -> None:
    start = with_ten()
    draft = replace(start, prices=(replace(start.prices[0], price="7.50"),))
    todo, undo = price_changes("mug", draft, start.prices, BRITISH, LISTS)
    assert [row.price for row in todo[LISTS[1]]] == [Money(750, "GBP")]
    assert [row.price for row in undo[LISTS[1]]] == [Money(800, "GBP")]


def test_a_price_that_moves_leaves_nothing_behind() -> None:
    start = with_ten()
    draft = replace(start, prices=(replace(start.prices[0], from_quantity="12", list_name="Retail"),))
    todo, undo = price_changes("mug", draft, start.prices, BRITISH, LISTS)
    assert [row.from_quantity for row in todo[LISTS[0]]] == [Quantity.of(12)]
    assert [row.valid_to for row in todo[LISTS[1]]] == [WITHDRAWN]
    assert [row.valid_to for row in undo[LISTS[0]]] == [WITHDRAWN]
    assert [row.valid_to for row in undo[LISTS[1]]] == [""]


def test_a_price_that_is_taken_off_holds_on_no_day() -> None:
    start = with_ten()
    todo, undo = price_changes("mug", replace(start, prices=()), start.prices, BRITISH, LISTS)
    assert [row.valid_to for row in todo[LISTS[1]]] == [WITHDRAWN]
    assert [row.valid_to for row in undo[LISTS[1]]] == [""]
    gone = replace(TEN, valid_to=WITHDRAWN)
    assert draft_of(MUG, [gone], LISTS, BRITISH).prices == ()


def test_a_list_is_made_by_typing_its_name() -> None:
    draft = replace(
        shown(), prices=(PriceDraft("Club  Night", "", "", "", "5"), PriceDraft("club night", "5", price="4"))
    )
    todo, _ = price_changes("mug", draft, (), BRITISH, LISTS)
    made = PriceList("club-night", "Club Night", 10)
    assert list(todo) == [made]
    commands = commands_of("batch", todo)
    assert [(command.batch, len(command.rows)) for command in commands] == [("batch-club-night", 2)]


def test_what_the_till_has_to_know_goes_through_the_form_and_back() -> None:
    beer = replace(MUG, age=16, minimum_price=Money(80, "GBP"), deposit="bottle", stock_policy=StockPolicy.WARN)
    draft = shown(known=beer)
    assert (draft.age, draft.minimum_price, draft.deposit, draft.stock_policy) == ("16", "0.80", "bottle", "warn")
    assert edit_of(draft, beer, BRITISH).said == ()
    changed = replace(draft, age="18", minimum_price="", deposit="", asks_serial=True, stock_policy="")
    edit = edit_of(changed, beer, BRITISH)
    assert (edit.age, edit.minimum_price, edit.deposit, edit.asks_serial) == (18, Money(0, "GBP"), "", True)
    back = opposite_of(edit, beer, 4)
    assert (back.age, back.minimum_price, back.deposit) == (16, Money(80, "GBP"), "bottle")
    assert (back.asks_serial, back.stock_policy) == (False, StockPolicy.WARN)
    first = opposite_of(edit_of(replace(shown(), minimum_price="1"), MUG, BRITISH), MUG, 4)
    assert first.minimum_price == Money(0, "GBP"), "no minimum is a minimum of nothing"


def test_an_age_and_a_minimum_price_are_asked_about_when_they_are_none() -> None:
    found = problems(replace(shown(), age="old", minimum_price="much"), BRITISH)
    assert set(found) == {"age", "minimum_price"}


def test_extras_that_nobody_made_are_asked_about_and_those_that_went_stay() -> None:
    milk = replace(BRITISH, modifiers=(ModifierGroup("Milk", ("OAT",)), ModifierGroup("Size", ("BIG",))))
    latte = replace(shown(), modifiers="milk, Toppings")
    assert problems(latte, milk)["modifiers"] == (
        "There are no extras called “Toppings” yet: make them in the settings, at Goods, first. There are: Milk, Size."
    )
    assert "There are:" not in problems(latte, BRITISH)["modifiers"]
    assert problems(latte, milk, ("Toppings",)) == {}
    assert edit_of(replace(latte, modifiers="size, milk, Size"), MUG, milk).modifiers == ("Size", "Milk")
