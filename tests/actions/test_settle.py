"""A conflict is settled by an ordinary edit, and then it is settled everywhere."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from omsdesk.actions.settle import SOURCE, settlement
from omsdesk.domain.catalogue import PackCode, PriceRow, ProductEdit, SaveProducts, SetPrices
from omsdesk.domain.messages import Command
from omsdesk.domain.people import Role, SavePerson
from omsdesk.domain.pricing import PriceList
from omsdesk.domain.shop import SaveShop, SaveTill, TaxWord
from omsdesk.domain.values import Quantity
from omsdesk.store.queries.catalogue import product_as_edit
from tests.domain.corner_shop import SHOP, TILL, gbp
from tests.store.station import PEOPLE
from tests.stories.master_data import Office, exchange_all, picture, three_offices

CARA = PEOPLE[3]


@pytest.fixture
def offices(tmp_path: Path) -> list[Office]:
    return three_offices(tmp_path)


def save(batch: str, **said: object) -> SaveProducts:
    return SaveProducts(batch, (ProductEdit("coffee", **said),))  # type: ignore[arg-type]


def prices(batch: str, amount: str, priority: int = 0) -> SetPrices:
    return SetPrices(batch, PriceList("club", "Club", priority), (PriceRow("coffee", gbp(amount)),))


def pack(*quantities: int) -> tuple[PackCode, ...]:
    return tuple(PackCode(f"BOX{at}", Quantity.of(units)) for at, units in enumerate(quantities))


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize(
    ("one", "other"),
    [
        (save("a", name="Espresso"), save("b", name="Lungo")),
        (save("a", price=gbp("1.00")), save("b", price=gbp("2.00"))),
        (save("a", is_sold=False), save("b", is_sold=True)),
        (prices("a", "1.00"), prices("b", "2.00")),
        (prices("a", "1.00", 1), prices("b", "1.00", 2)),
        (save("a", barcodes=pack(6, 1)), save("b", barcodes=pack(12))),
        (SavePerson(replace(CARA, role=Role.CLERK)), SavePerson(replace(CARA, role=Role.SUPERVISOR))),
        (SaveShop(replace(SHOP, name="A")), SaveShop(replace(SHOP, name="B"))),
        (SaveShop(replace(SHOP, tax_rates=())), SaveShop(replace(SHOP, tax_rates=SHOP.tax_rates * 2))),
        (
            SaveShop(replace(SHOP, tax_words=(TaxWord("vat", "standard"),))),
            SaveShop(replace(SHOP, tax_words=(TaxWord("vat", "food"), TaxWord("nil", "zero")))),
        ),
        (SaveTill(replace(TILL, name="A")), SaveTill(replace(TILL, name="B"))),
    ],
    ids=lambda command: type(command).__name__ if isinstance(command, Command) else None,
)
def test_whichever_value_is_chosen_holds_everywhere(
    offices: list[Office], one: Command, other: Command, which: int
) -> None:
    offices[0].do(one)
    offices[1].do(other)
    exchange_all(offices, random.Random(1))
    (found,) = offices[2].conflicts()
    done = offices[2].do(settlement(found, found.values[which].value, "settled"))
    assert done.facts, "it is recorded, though it may be what is shown already"
    exchange_all(offices, random.Random(2))
    assert [office.conflicts() for office in offices] == [[]] * 3
    shown = [picture(office.database.writer) for office in offices]
    assert shown[0] == shown[1] == shown[2]


def test_of_two_sets_of_barcodes_the_choice_says_only_what_differs(offices: list[Office]) -> None:
    offices[0].do(save("a", barcodes=pack(6, 1)))
    offices[1].do(save("b", barcodes=(*pack(12), PackCode("OTHER"))))
    exchange_all(offices, random.Random(1))
    (found,) = offices[0].conflicts()
    chosen = next(said.value for said in found.values if PackCode("OTHER") in said.value)
    offices[0].do(settlement(found, chosen, "settled"))
    kept = product_as_edit(offices[0].database.writer, "coffee")
    assert kept is not None
    assert set(kept.barcodes or ()) == {*pack(12), PackCode("OTHER"), PackCode("BOX1", Quantity.of(1))}


def test_a_third_value_may_be_chosen(offices: list[Office]) -> None:
    offices[0].do(save("a", name="Espresso"))
    offices[1].do(save("b", name="Lungo"))
    exchange_all(offices, random.Random(1))
    (found,) = offices[0].conflicts()
    command = settlement(found, "Coffee, long or short", "settled")
    assert isinstance(command, SaveProducts)
    assert command.source == SOURCE
    offices[0].do(command)
    kept = product_as_edit(offices[0].database.writer, "coffee")
    assert kept is not None
    assert (kept.name, offices[0].conflicts()) == ("Coffee, long or short", [])


@pytest.mark.parametrize("owner", ["coffee", "tea"])
def test_a_code_of_two_products_goes_to_the_one_that_is_chosen(offices: list[Office], owner: str) -> None:
    offices[0].do(save("a", barcodes=(PackCode("555"), PackCode("777"))))
    offices[1].do(SaveProducts("b", (ProductEdit("tea", barcodes=(PackCode("555"),)),)))
    exchange_all(offices, random.Random(1))
    (found,) = offices[2].conflicts()
    offices[2].do(settlement(found, owner, "settled"))
    exchange_all(offices, random.Random(2))
    for office in offices:
        assert office.conflicts() == []
        codes = office.database.writer.rows(
            "SELECT id, code FROM barcode JOIN product ON no = product_no ORDER BY code"
        )
        assert (owner, "555") in codes
        assert ("coffee", "777") in codes, "what is not contested stays"
        assert len([code for _, code in codes if code == "555"]) == 1


def test_two_who_settle_it_differently_have_it_before_them_again(offices: list[Office]) -> None:
    offices[0].do(save("a", name="Espresso"))
    offices[1].do(save("b", name="Lungo"))
    exchange_all(offices, random.Random(1))
    for office, choice in zip(offices, ("Espresso", "Lungo"), strict=False):
        (found,) = office.conflicts()
        office.do(settlement(found, choice, f"settled as {choice}"))
    exchange_all(offices, random.Random(2))
    assert [len(office.conflicts()) for office in offices] == [1, 1, 1]


def test_an_edit_that_comes_after_the_list_was_read_is_not_settled_with_it(offices: list[Office]) -> None:
    offices[0].do(save("a", name="Espresso"))
    offices[1].do(save("b", name="Lungo"))
    exchange_all(offices, random.Random(1))
    (found,) = offices[0].conflicts()
    offices[0].do(save("late", name="Ristretto"))
    offices[0].do(settlement(found, "Lungo", "settled"))
    (again,) = offices[0].conflicts()
    assert {said.value for said in again.values} == {"Ristretto", "Lungo"}
