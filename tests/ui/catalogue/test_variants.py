"""Variants made from the values of attributes."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from omsdesk.domain.catalogue import ProductEdit
from omsdesk.domain.values import Money
from omsdesk.store.queries.till import variants_of
from omsdesk.ui.catalogue.variants import MOST, beginning, edits, fault, made_words, names, proposed, values
from tests.ui.back_office import BackOffice, until
from tests.ui.catalogue.conftest import Form, kept

SHIRT = ProductEdit("shirt", 3, name="Shirt", category="Shirts", price=Money(1900, "GBP"))


def made(known: ProductEdit, wanted: tuple[str, ...], *there: str) -> tuple[ProductEdit, ...]:
    numbers = count(1)
    return edits(known, wanted, there, lambda: f"new{next(numbers)}")


def test_every_size_comes_in_every_colour() -> None:
    assert names("S, M", "red, blue") == ("S, red", "S, blue", "M, red", "M, blue")
    assert names(" S ,, S", "") == ("S",)
    assert values("") == ()


@given(
    st.lists(st.text("abc", min_size=1, max_size=3), unique=True),
    st.lists(st.text("xyz", min_size=1, max_size=3), unique=True),
)
def test_so_many_are_made_as_there_are_pairs(one: list[str], two: list[str]) -> None:
    made = names(",".join(one), ",".join(two))
    assert len(made) == len(set(made)) == len(one) * max(len(two), 1)


def test_the_product_becomes_the_first_and_the_others_are_like_it() -> None:
    first, second = made(SHIRT, ("S", "M"))
    assert (first.product, first.variant, first.family, first.base) == ("shirt", "S", "shirt", 3)
    assert (second.product, second.variant, second.family) == ("new1", "M", "shirt")
    assert (second.name, second.category, second.price) == ("Shirt", "Shirts", Money(1900, "GBP"))


def test_what_is_there_is_not_made_again() -> None:
    known = ProductEdit("shirt", 4, name="Shirt", variant="S", family="shirt")
    assert [edit.variant for edit in made(known, ("S", "M"), "S")] == ["M"]
    assert made(known, ("S",), "S") == ()
    alone = ProductEdit("shirt", 4, name="Shirt", variant="S")
    assert [edit.family for edit in made(alone, ("M",))] == ["shirt", "shirt"]


def test_skus_are_proposed_that_nobody_has() -> None:
    taken = {"TEE-RED-M", "TEE-RED-M-2"}
    found = proposed(("red, S", "red, M", "dark blue", "Größe L"), "TEE", taken.__contains__)
    assert list(found.values()) == ["TEE-RED-S", "TEE-RED-M-3", "TEE-DARKBLUE", "TEE-GROSSEL"]
    assert proposed(("S",), " ", taken.__contains__) == {}


@given(st.lists(st.text(min_size=1, max_size=20), unique=True, max_size=20))
def test_no_two_variants_are_proposed_one_sku(wanted: list[str]) -> None:
    found = proposed(wanted, "A", lambda _: False)
    assert len(set(found.values())) == len(found) == len(wanted)


def test_skus_begin_as_the_product_or_its_name_does() -> None:
    assert beginning(ProductEdit("p", name="T-shirt", sku="TEE")) == "TEE"
    assert beginning(ProductEdit("p", name="T-shirt", sku="TEE-RED-M", variant="red, M")) == "TEE"
    assert beginning(ProductEdit("p", name="Shirt heavy")) == "SHIRT"
    assert beginning(ProductEdit("p")) == ""


def test_an_sku_that_is_on_labels_stays() -> None:
    skus = {"S": "TEE-S", "M": "TEE-M"}
    assert [edit.sku for edit in edits(SHIRT, ("S", "M"), (), lambda: "new", skus)] == ["TEE-S", "TEE-M"]
    old = replace(SHIRT, sku="TEE")
    assert [edit.sku for edit in edits(old, ("S", "M"), (), lambda: "new", skus)] == [None, "TEE-M"]


def test_it_is_said_how_many_variants_there_are_more() -> None:
    assert made_words(made(SHIRT, ("S", "M", "L", "XL"))) == "Made 4 variants"
    assert made_words(made(replace(SHIRT, variant="S"), ("M",))) == "Made a variant"


def test_too_many_and_none_are_asked_about() -> None:
    assert "Type the values" in fault(())
    assert str(MOST) in fault(tuple(str(number) for number in range(MOST + 1)))
    assert fault(("S",)) == ""


def test_a_family_is_made_in_the_form_and_taken_back(shop: BackOffice, form: Form) -> None:
    session = form.open("bag")
    session.set("name", "Bag")
    assert not session.make_variants("small, large", "")
    assert "Save the product first" in session.errors["variants"]
    form.save()
    before = len(form.told)
    assert session.skus("small, large", "", "BAG") == {"small": "BAG-SMALL", "large": "BAG-LARGE"}
    assert session.make_variants("small, large", "", "BAG")
    until(lambda: len(form.told) > before)
    assert form.told[-1] is not None
    assert form.told[-1].sentence == "Made 2 variants"
    family = variants_of(shop.reader, "bag", session.shop, "2026-01-01")
    assert [kept(shop, row.product).sku for row in family] == ["BAG-SMALL", "BAG-LARGE"]
    assert session.variants() == ["small", "large"]
    assert kept(shop, "bag").variant == "small"
    undo = form.told[-1]
    assert undo is not None
    form.take_back(undo)  # type: ignore[arg-type]  # it was saved
    assert session.variants() == []
    assert kept(shop, "bag").variant == ""
