"""Bundles, as the till asks for them: what they cost, and what of them lies on a shelf."""

from __future__ import annotations

import pytest

from omsdesk.domain.catalogue import ProductEdit, SaveProducts
from omsdesk.domain.traits import Component
from omsdesk.domain.values import Quantity
from omsdesk.store.queries import till as ask
from tests.domain.corner_shop import SHOP, gbp
from tests.store.station import Station

DAY = "2026-11-23"


@pytest.fixture
def sets(till: Station) -> Station:
    """A till with a set of coffee and two teas, and one that contains a repair."""
    parts = (Component("coffee"), Component("tea", Quantity.of(2)))
    till.do(
        SaveProducts(
            "sets",
            (
                ProductEdit("set", name="Set", components=parts),
                ProductEdit("dear", name="Dear set", price=gbp("9.00"), components=(*parts, Component("repair"))),
            ),
        )
    )
    return till


def test_a_bundle_costs_what_its_parts_cost_unless_it_has_a_price(sets: Station) -> None:
    reader = sets.database.writer
    found, dear = (ask.product_by_id(reader, name, SHOP, DAY) for name in ("set", "dear"))
    assert found is not None
    assert dear is not None
    assert [step.price for step in found.article.prices] == [gbp("8.20")]
    assert [step.price for step in dear.article.prices] == [gbp("9.00")]
    assert [part.product for part in dear.article.traits.components] == ["coffee", "tea"], "a repair lies on no shelf"


def test_a_part_without_a_price_leaves_the_bundle_without_one(sets: Station) -> None:
    sets.do(SaveProducts("b", (ProductEdit("odd", name="Odd", components=(Component("coffee"), Component("repair"))),)))
    found = ask.product_by_id(sets.database.writer, "odd", SHOP, DAY)
    assert found is not None
    assert found.article.prices == ()


def test_the_variants_of_a_family_are_one_tile_of_their_category(sets: Station) -> None:
    shirts = tuple(
        ProductEdit(f"s{at}", name="Shirt", variant=size, family="shirt", category="Shirts", price=gbp("9.00"))
        for at, size in enumerate(("S", "M"))
    )
    alone = ProductEdit("belt", name="Belt", variant="90 cm", family="belt", category="Shirts")
    sets.do(SaveProducts("shirts", (*shirts, alone)))
    reader = sets.database.writer
    family, belt = ask.category_tiles(reader, "Shirts", SHOP, DAY)
    assert (family.product, family.name, family.variants, family.price) == ("family:shirt", "Shirt", 2, gbp("9.00"))
    assert (belt.product, belt.name, belt.variants) == ("belt", "Belt, 90 cm", 0), "one of a family is itself"
    assert [tile.variant for tile in ask.variants_of(reader, "shirt", SHOP, DAY)] == ["S", "M"]
    assert ask.variants_of(reader, "", SHOP, DAY) == []
