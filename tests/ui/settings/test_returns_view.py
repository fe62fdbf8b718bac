"""A manager says what the shop takes back."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QCheckBox, QComboBox
from pytestqt.qtbot import QtBot

from omsdesk.domain.return_policy import WithoutReceipt
from omsdesk.domain.shop import Shop
from omsdesk.store.queries.till import shop_of
from omsdesk.ui.settings.returns_view import ReturnsView
from omsdesk.ui.settings.screen import SettingsScreen
from tests.ui.back_office import BackOffice, Stage, press, take_pictures, type_into


def kept(shop: BackOffice) -> Shop:
    found = shop_of(shop.reader, "t1")
    assert found is not None
    return found


@pytest.fixture
def view(settings: SettingsScreen, stage: Stage) -> ReturnsView:
    settings.show_part("returns")
    assert isinstance(settings.part, ReturnsView)
    return settings.part


def test_rules_are_set_and_saved(qtbot: QtBot, shop: BackOffice, view: ReturnsView, stage: Stage) -> None:
    without = view.without.editor("without_receipt")
    assert isinstance(without, QComboBox)
    assert not view.without.editor("return_limit").isVisible()
    without.setCurrentIndex(without.findData("limit"))
    assert view.without.editor("return_limit").isVisible()
    type_into(view.receipts.editor("return_days"), "30", stage)
    press("Ctrl+S")
    assert kept(shop).returns.days == 0, "the amount is missing"
    type_into(view.without.editor("return_limit"), "25", stage)
    credit = view.without.editor("is_credit_only")
    assert isinstance(credit, QCheckBox)
    credit.click()
    take_pictures(stage, "settings-returns")
    press("Ctrl+S")
    qtbot.waitUntil(lambda: kept(shop).returns.days == 30)
    rules = kept(shop).returns
    assert (rules.without_receipt, rules.limit, rules.is_credit_only) == (WithoutReceipt.LIMIT, 2500, True)
    press("Ctrl+Z")
    qtbot.waitUntil(lambda: kept(shop).returns.days == 0)


def test_a_mistake_here_is_named_on_the_other_pages(view: ReturnsView, settings: SettingsScreen, stage: Stage) -> None:
    type_into(view.receipts.editor("return_days"), "a month", stage)
    settings.show_part("shop")
    press("Ctrl+S")
    assert settings.part.banner.text().startswith("Under “Returns”: Type a number of days")
