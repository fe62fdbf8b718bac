"""A manager says what holds for goods, and tries a barcode of the scale."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from omsdesk.domain.embedded_code import EmbeddedCode
from omsdesk.domain.shop import Shop
from omsdesk.domain.traits import StockPolicy
from omsdesk.store.queries.till import shop_of
from omsdesk.ui.settings.goods_view import GoodsView
from omsdesk.ui.settings.screen import SettingsScreen
from tests.ui.back_office import BackOffice, Stage, press, take_pictures, type_into


def kept(shop: BackOffice) -> Shop:
    found = shop_of(shop.reader, "t1")
    assert found is not None
    return found


@pytest.fixture
def view(settings: SettingsScreen, stage: Stage) -> GoodsView:
    settings.show_part("goods")
    assert isinstance(settings.part, GoodsView)
    return settings.part


def test_rules_and_masks_are_set_tried_and_saved(qtbot: QtBot, shop: BackOffice, view: GoodsView, stage: Stage) -> None:
    sold_out = view.rules.editor("sold_out")
    assert isinstance(sold_out, QComboBox)
    sold_out.setCurrentIndex(sold_out.findData("approve"))
    type_into(view.rules.editor("clearly_over"), "25", stage)
    type_into(view.codes.editor("masks"), "22IIIIIWWWWW 3", stage)
    type_into(view.trial, "2200123003508", stage)
    assert "Item 00123, 0.35 kg" in view.outcome.text()
    take_pictures(stage, "settings-goods")
    press("Ctrl+S")
    qtbot.waitUntil(lambda: kept(shop).goods.clearly_over == 25)
    assert kept(shop).goods.stock is StockPolicy.APPROVE
    assert kept(shop).embedded_codes == (EmbeddedCode("22IIIIIWWWWW", 3),)
    press("Ctrl+Z")
    qtbot.waitUntil(lambda: kept(shop).goods.clearly_over == 0)
