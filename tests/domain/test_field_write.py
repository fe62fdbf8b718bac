"""Writes that did not know of each other: one is shown, all are kept, and it is told when they differ."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.domain.field_write import MERGED_BY_KEY, Write, changed, merged, rank
from omsdesk.domain.people import Person, Role
from omsdesk.domain.shop import Shop

ANN = Person("ann", "Ann", Role.CASHIER)


def codes(*pairs: tuple[str, int]) -> list[Any]:
    return [{"code": code, "quantity": quantity} for code, quantity in pairs]


def test_one_write_is_what_holds() -> None:
    assert merged("name", [Write("a", 1, "Tea")]) == ("Tea", False)


def test_of_several_the_one_whose_author_had_seen_most_is_shown() -> None:
    assert merged("name", [Write("f", 2, "Chai"), Write("a", 3, "Tea")]) == ("Tea", True)
    assert merged("name", [Write("f", 3, "Chai"), Write("a", 3, "Tea")]) == ("Chai", True)


def test_two_who_say_the_same_do_not_differ() -> None:
    assert merged("name", [Write("a", 1, "Tea"), Write("b", 7, "Tea")]) == ("Tea", False)


def test_barcodes_add_up_and_differ_only_where_one_code_means_two_quantities() -> None:
    one, other = Write("a", 1, codes(("111", 1), ("BOX", 6))), Write("b", 1, codes(("222", 1), ("111", 1)))
    assert merged("barcodes", [one, other]) == (codes(("222", 1), ("111", 1), ("BOX", 6)), False)
    third = Write("c", 1, codes(("BOX", 12)))
    assert merged("barcodes", [one, other, third]) == (codes(("BOX", 12), ("222", 1), ("111", 1)), True)


def test_a_list_that_is_no_set_is_taken_whole() -> None:
    assert merged("tax_rates", [Write("a", 1, ["one"]), Write("b", 1, ["two"])]) == (["two"], True)


values = st.lists(st.tuples(st.sampled_from("ABC"), st.integers(1, 2)), max_size=3, unique_by=lambda pair: pair[0])
refs, ages = st.integers(0, 99).map("{:04x}".format), st.integers(1, 3)
write = st.builds(lambda ref, age, pairs: Write(ref, age, codes(*pairs)), refs, ages, values)
writes = st.lists(write, min_size=1, max_size=5, unique_by=lambda write: write.ref)


@given(writes, st.sampled_from(["barcodes", "name"]), st.randoms(use_true_random=False))
def test_the_order_in_which_they_were_heard_says_nothing(found: list[Write], field: str, chance: random.Random) -> None:
    shuffled = chance.sample(found, len(found))
    assert merged(field, shuffled) == merged(field, found)
    shown: Any = merged(field, found).value
    if field in MERGED_BY_KEY:
        assert {pack["code"] for pack in shown} == {pack["code"] for write in found for pack in write.value}  # type: ignore[union-attr,index,call-overload]
    else:
        assert shown == max(found, key=rank).value


@pytest.mark.parametrize(("field", "key"), MERGED_BY_KEY.items())
def test_every_list_that_is_a_set_has_elements_with_that_key(field: str, key: str) -> None:
    from omsdesk.domain.catalogue import ProductEdit

    owner = ProductEdit if field == "barcodes" else Shop
    hint = str(owner.__annotations__[field]).removesuffix(" | None")
    assert hint.startswith("tuple[")
    element = hint.removeprefix("tuple[").partition(",")[0]
    names = {"PackCode": "code", "TenderMethod": "code", "PriceList": "id", "TaxWord": "word", "ModifierGroup": "name"}
    assert names[element] == key


def test_the_fields_in_which_two_differ_are_named() -> None:
    assert changed(ANN, ANN) == ()
    assert changed(ANN, Person("ann", "Anna", Role.CASHIER, is_active=False)) == ("name", "is_active")
