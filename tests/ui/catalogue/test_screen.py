"""A manager keeps the catalogue: finds, changes and makes products, by mouse, keys and scanner."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from omsdesk.ui.catalogue.screen import ProductsScreen
from tests.ui.back_office import BackOffice, Stage, click, press, scan, take_pictures, type_into


def test_pictures(qtbot: QtBot, shop: BackOffice, products: ProductsScreen, stage: Stage) -> None:
    take_pictures(stage, "products-list", settle=lambda: qtbot.wait(50))
    type_into(qtbot, products.list.search, "coffee nowhere", stage)
    qtbot.wait(100)
    take_pictures(stage, "products-not-found")
    products.open("guji")
    take_pictures(stage, "product-form")
