"""One code, two products: both keep it, every station finds the same one, and it can be given up."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from omsdesk.domain.catalogue import BarcodeTaken, PackCode, ProductEdit, SaveProducts
from omsdesk.store import exchange
from omsdesk.store.queries.catalogue import claims, owners
from omsdesk.store.queries.till import product_by_barcode
from tests.domain.corner_shop import NOON, SHOP
from tests.stories.master_data import Office, exchange_all, picture, three_offices


@pytest.fixture
def offices(tmp_path: Path) -> list[Office]:
    """Two stations gave the code 555 to two products, and all three heard of it."""
    made = three_offices(tmp_path)
    for office, product in zip(made, ("tea", "coffee"), strict=False):
        office.do(save(office, product, "555"))
    exchange_all(made, random.Random(1))
    return made


def save(office: Office, product: str, *codes: str) -> SaveProducts:
    edit = ProductEdit(product, barcodes=tuple(PackCode(code) for code in codes))
    return SaveProducts(office.clock.new_id(), (edit,))


def found_by(office: Office, code: str) -> str:
    found = product_by_barcode(office.database.writer, code, SHOP, NOON.day)
    return found.article.product if found else ""


def test_nothing_is_refused_and_everybody_finds_the_same_one(offices: list[Office]) -> None:
    for office in offices:
        assert exchange.set_aside(office.database.writer) == []
        assert found_by(office, "555") == "coffee"
        assert claims(office.database.writer, ["555"]) == {"555": ["coffee", "tea"]}
        assert owners(office.database.writer, ["555"]) == {"555": "coffee"}
        assert [(row.noun, row.subject) for row in office.conflicts()] == [("barcode", "555")]


def test_who_gives_it_up_lets_the_other_have_it(offices: list[Office]) -> None:
    offices[2].do(save(offices[2], "coffee"))
    exchange_all(offices, random.Random(2))
    assert [found_by(office, "555") for office in offices] == ["tea"] * 3
    assert [office.conflicts() for office in offices] == [[]] * 3
    assert picture(offices[0].database.writer) == picture(offices[2].database.writer)


def test_both_may_be_saved_with_what_they_have_and_a_third_may_not_have_it(offices: list[Office]) -> None:
    here = offices[0]
    here.do(save(here, "tea", "555", "666"))
    here.do(save(here, "coffee", "555", "777"))
    assert isinstance(here.refusal(save(here, "apples", "555")), BarcodeTaken)
    assert (found_by(here, "666"), found_by(here, "777")) == ("tea", "coffee")


def test_both_may_give_it_up(offices: list[Office]) -> None:
    offices[0].do(save(offices[0], "tea"))
    offices[1].do(save(offices[1], "coffee"))
    exchange_all(offices, random.Random(3))
    assert [found_by(office, "555") for office in offices] == [""] * 3
    assert [office.conflicts() for office in offices] == [[]] * 3
