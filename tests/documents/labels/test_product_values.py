"""A product's label speaks the language of the shop's country."""

from __future__ import annotations

import base64

import pytest

from omsdesk.documents.labels.product_values import LabelGoods, product_values, shop_values
from omsdesk.documents.labels.values import SAMPLE
from omsdesk.documents.letterhead import Letterhead
from omsdesk.domain.values import Money

HONEY = LabelGoods("Blossom honey", "500 g", sku="HON-500", code="4006381333931", price=Money.of("7.95", "EUR"))


@pytest.mark.parametrize(
    ("locale", "price", "per_unit", "sign"),
    [
        ("en-IE", "€7.95", "€15.90 / kg", "€"),
        ("de-DE", "7,95\u00a0€", "15,90\u00a0€ / kg", "€"),
        ("nl-NL", "€\u00a07,95", "€\u00a015,90 / kg", "€"),
    ],
)
def test_prices_are_written_as_people_there_do(locale: str, price: str, per_unit: str, sign: str) -> None:
    values = product_values(HONEY, locale)
    assert (values["price"], values["price_per_unit"], values["currency"]) == (price, per_unit, sign)
    assert (values["price_whole"], values["price_cents"]) == ("7", "95")
    assert values["net_content"] == "500 g"


def test_a_currency_without_cents_has_none() -> None:
    values = product_values(LabelGoods("Tea", price=Money.of("1200", "JPY")), "ja-JP")
    assert (values["price_whole"], values["price_cents"]) == ("1,200", "")


def test_what_is_sold_by_weight_has_its_price_for_a_kilogram() -> None:
    values = product_values(LabelGoods("Apples", price=Money.of("2.49", "EUR"), unit="kg"), "en-IE")
    assert values["price_per_unit"] == "€2.49 / kg"
    assert values["net_content"] == ""


def test_what_is_not_known_is_empty() -> None:
    values = product_values(LabelGoods("Mug"), "en-GB")
    assert not any(value for name, value in values.items() if name not in {"name", "unit"})
    assert "price" not in values


def test_days_are_written_for_people_and_for_scanners() -> None:
    values = product_values(LabelGoods("Honey", lot="L1", expiry="2027-12-31", packed="2026-07-01"), "en-GB")
    assert (values["expiry"], values["expiry_gs1"], values["packed"]) == ("31 Dec 2027", "271231", "1 Jul 2026")


def test_the_shop_is_the_sender() -> None:
    values = shop_values(
        Letterhead("Corner Shop", ("12 Station Road", "Springfield"), logo=b"PNG"), "en-GB", "2026-11-23"
    )
    assert values["ship_from"] == "Corner Shop\n12 Station Road\nSpringfield"
    assert base64.b64decode(values["logo"]) == b"PNG"
    assert values["today"] == "23 Nov 2026"


def test_every_name_is_one_that_the_designer_offers() -> None:
    names = product_values(HONEY, "en-GB").keys() | shop_values(Letterhead("A"), "en-GB", "2026-11-23").keys()
    assert names <= SAMPLE.keys()
