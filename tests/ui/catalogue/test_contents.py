"""Which products a bundle can contain."""

from __future__ import annotations

import pytest

from omsdesk.domain.catalogue import ProductEdit, SaveProducts
from omsdesk.domain.traits import Component
from omsdesk.domain.values import Quantity
from omsdesk.ui.catalogue.contents import Contents
from tests.ui.back_office import BackOffice
from tests.ui.catalogue.conftest import office_of


@pytest.fixture
def contents(shop: BackOffice) -> Contents:
    """A shop that has a bundle."""
    bundle = ProductEdit("set", name="Set", sku="SET", components=(Component("oat"),))
    shop.writer.submit("system", SaveProducts("sets", (bundle,))).result()
    return Contents(office_of(shop))


def test_a_product_is_found_by_barcode_or_sku(contents: Contents) -> None:
    assert contents.read("OAT-1", "2", (), "new") == Component("oat", Quantity.of(2))
    assert contents.read(" 4006381333931 ", "", (), "new") == Component("guji")
    assert contents.name_of("oat") == "Oat milk, 1 L"
    assert "not known" in contents.name_of("nobody")


@pytest.mark.parametrize(
    ("text", "count", "said"),
    [
        ("nothing", "1", "Nobody knows"),
        (" ", "1", "Scan or type"),
        ("OAT-1", "1", "on the list already"),
        ("TM-350", "1", "cannot contain itself"),
        ("SET", "1", "is a bundle itself"),
        ("S2", "-1", "how many"),
        ("S2", "x", "x"),
    ],
)
def test_what_cannot_be_in_it_is_told(contents: Contents, text: str, count: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        contents.read(text, count, (Component("oat"),), "mug")
