"""Whether another store has it: asked at the till while the price is looked at, and while an order is written down."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from omsdesk.domain.order import OrderPlaced
from omsdesk.domain.stock import SUPPLIER, Move, MoveGoods
from omsdesk.domain.values import Quantity
from omsdesk.store import journal
from omsdesk.store.queries.in_stores import InStore
from omsdesk.ui import theme
from omsdesk.ui.till.goods.other_stores import share_words
from omsdesk.ui.till.goods.price_sheets import PriceCheckSheet
from omsdesk.ui.till.orders.order_sheet import OrderSheet
from tests.domain.corner_shop import NOON
from tests.store.station import EAN
from tests.stories.business import Branch, Business
from tests.ui.back_office import take_pictures
from tests.ui.till.harbour import HarbourTill

K, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def business(tmp_path: Path) -> Iterator[Business]:
    made = Business(tmp_path, has_tables=True)
    made.corner.open_till("t1", NOON)
    made.harbour.open_till("h1", NOON)
    receive(made.corner, "s1", "coffee", 5)
    receive(made.corner, "s1", "tea", 1)
    receive(made.harbour, "s2", "tea", 9)
    made.turn()
    yield made
    made.close()


@pytest.fixture
def till(business: Business, tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[HarbourTill]:
    theme.apply(theme.load("light"), qapp)
    made = HarbourTill(tmp_path / "harbour" / "shop.db", qtbot)
    made.start()
    made.reach(business.harbour)
    yield made
    made.stop()


def receive(branch: Branch, shop: str, product: str, count: int) -> None:
    """Take goods from a supplier into a store."""
    move = Move(product, Quantity.of(count), SUPPLIER, f"shop:{shop}")
    branch.do(MoveGoods(branch.clock.new_id(), "delivery", (move,)), actor="max")


def stores(sheet: OrderSheet) -> list[str]:
    return [sheet.store.itemText(at) for at in range(sheet.store.count())]


def test_a_price_check_says_what_other_stores_have(till: HarbourTill) -> None:
    till.press(K.Key_F3)
    till.scan(EAN)
    sheet = till.sheet(PriceCheckSheet)
    assert sheet.stock.text() == "Not counted yet"
    till.until(lambda: sheet.elsewhere.text() == "Other stores: Corner Shop 5")
    take_pictures(till.window, "price-check-other-stores")


def test_what_a_service_that_is_away_cannot_say_is_said_beside_the_price(till: HarbourTill, business: Business) -> None:
    business.served.begin_to_stop()
    business.served.thread.join(40)
    till.press(K.Key_F3)
    till.scan(EAN)
    sheet = till.sheet(PriceCheckSheet)
    assert sheet.price.text().endswith("3.20")
    till.bot.waitUntil(lambda: sheet.elsewhere.text().startswith("Other stores: 127.0.0.1"), timeout=20_000)


def test_who_goes_on_hears_no_late_answer(till: HarbourTill) -> None:
    till.press(K.Key_F3)
    till.scan(EAN)
    till.press(K.Key_Escape)
    till.scan(EAN)
    till.until(lambda: len(till.lines) == 1)
    till.bot.wait(300)
    assert till.screen.sheet is None


def test_an_order_says_which_store_has_the_goods_and_is_fetched_there(till: HarbourTill, business: Business) -> None:
    till.scan(EAN)
    till.type_in("Tea")
    till.press(K.Key_Return)
    till.until(lambda: len(till.lines) == 2)
    till.press(K.Key_O, CTRL)
    sheet = till.sheet(OrderSheet)
    till.until(lambda: stores(sheet) == ["Harbour Shop · 1 of 2 there", "Corner Shop · all there"])
    till.press(K.Key_O, CTRL)
    till.type_in("Ann")
    sheet.store.setCurrentIndex(1)
    sheet.deposit.clear()
    take_pictures(till.window, "order-from-another-store")
    till.press(K.Key_F12)
    till.until(lambda: bool(placed(till)))
    assert placed(till)[-1].store == "s1"
    business.harbour.turn()
    business.corner.turn()


def placed(till: HarbourTill) -> list[OrderPlaced]:
    return [entry.fact for entry in journal.since(till.reader, 0) if isinstance(entry.fact, OrderPlaced)]


def test_a_share_is_counted_by_what_is_free() -> None:
    two, three = Quantity.of(2), Quantity.of(3)
    found = [InStore("a", "s1", three, two), InStore("b", "s1", three, Quantity(0)), InStore("b", "s2", two, three)]
    wanted = {"a": two, "b": three}
    assert [share_words(wanted, found, store) for store in ("s1", "s2", "s3")] == [
        "1 of 2 there",
        "not there",
        "not there",
    ]
    assert share_words({"b": three}, found, "s1") == "all there"
    assert found[2].free == Quantity(0), "more is kept than there is"
