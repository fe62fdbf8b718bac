"""A manager says what is usual for orders, and the till proposes it."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from omsdesk.domain.shop import Shop
from omsdesk.store.queries.till import shop_of
from omsdesk.ui.settings.orders_view import OrdersView
from omsdesk.ui.settings.screen import SettingsScreen
from tests.ui.back_office import BEN, BackOffice, Stage, press, take_pictures, type_into


def kept(shop: BackOffice) -> Shop:
    found = shop_of(shop.reader, "t1")
    assert found is not None
    return found


@pytest.fixture
def view(settings: SettingsScreen, stage: Stage) -> OrdersView:
    settings.show_part("orders")
    assert isinstance(settings.part, OrdersView)
    return settings.part


def test_rules_are_set_saved_and_taken_back(qtbot: QtBot, shop: BackOffice, view: OrdersView, stage: Stage) -> None:
    type_into(view.layaway.editor("layaway_share"), "30 %", stage)
    type_into(view.layaway.editor("layaway_parts"), "4", stage)
    type_into(view.kept.editor("pick_up_days"), "", stage)
    type_into(view.fee.editor("cancel_share"), "12,5", stage)
    take_pictures(stage, "settings-orders")
    press("Ctrl+S")
    qtbot.waitUntil(lambda: kept(shop).layaway_ppm == 300_000)
    made = kept(shop)
    assert (made.layaway_parts, made.pick_up_days, made.cancel_ppm) == (4, 0, 125_000)
    press("Ctrl+Z")
    qtbot.waitUntil(lambda: kept(shop).layaway_ppm == 200_000)
    assert kept(shop).pick_up_days == 14


def test_a_mistake_is_said_here_and_named_elsewhere(
    shop: BackOffice, view: OrdersView, settings: SettingsScreen, stage: Stage
) -> None:
    type_into(view.fee.editor("cancel_share"), "all", stage)
    press("Ctrl+S")
    assert kept(shop).cancel_ppm == 100_000
    settings.show_part("shop")
    assert settings.part.banner.text() == "Under “Orders”: Type a percentage from 0 to 100."


def test_who_may_not_edit_the_shop_only_reads(shop: BackOffice, view: OrdersView) -> None:
    shop.person = BEN
    view.arrived()
    assert not view.save.isVisible()
    assert not view.fee.editor("cancel_share").isEnabled()
    assert view.banner.isVisible()
