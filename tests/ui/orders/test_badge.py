"""The rail tells how many orders are open."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from omsdesk.domain.order import Purpose
from omsdesk.domain.order_command import CancelOrder
from omsdesk.ui.orders.badge import OrderBadge
from omsdesk.ui.widgets.rail import Rail, RailEntry
from tests.ui.back_office import BackOffice
from tests.ui.orders.test_screen import place, shop

__all__ = ["shop"]


def test_the_count_follows_what_is_ordered_and_given_up(qtbot: QtBot, shop: BackOffice) -> None:
    rail = Rail([RailEntry("orders", "clipboard-list", "Orders")])
    qtbot.addWidget(rail)
    badge = OrderBadge(shop.feed, shop.reader, rail)
    entry = rail._entries["orders"]
    assert entry.accessibleName() == "Orders, 2", "quotations are not waited for"
    place(shop, "more", Purpose.DELIVERY, "mug")
    shop.feed.look()
    qtbot.waitUntil(lambda: entry.accessibleName() == "Orders, 3")
    shop.do(*(CancelOrder(order) for order in ("more", "kept", "old")))
    shop.feed.look()
    qtbot.waitUntil(lambda: entry.accessibleName() == "Orders")
    badge.deleteLater()
