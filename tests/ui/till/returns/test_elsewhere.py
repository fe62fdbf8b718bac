"""A receipt of another store is scanned at a till: the service is asked, and the goods come back here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from omsdesk.domain.sale import SaleCompleted
from omsdesk.domain.values import NONE, ONE
from omsdesk.store import journal
from omsdesk.store.queries.ticket import completed_sale, receipt_of
from omsdesk.ui import theme
from omsdesk.ui.till.returns.return_sheet import ReturnSheet
from omsdesk.ui.till.screen import Mode
from tests.domain.corner_shop import NOON, gbp
from tests.store.station import EAN
from tests.stories.business import Business
from tests.ui.back_office import take_pictures
from tests.ui.till.harbour import HarbourTill
from tests.ui.till.shop import Station

K = Qt.Key


@pytest.fixture
def business(tmp_path: Path) -> Iterator[Business]:
    made = Business(tmp_path, has_tables=True)
    made.corner.open_till("t1", NOON)
    made.harbour.open_till("h1", NOON)
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


def sold(business: Business) -> SaleCompleted:
    """Sell coffee and tea in the corner shop, and tell the service."""
    sale = business.corner.sell_at(NOON, ["coffee", "tea"])
    business.corner.turn()
    found = completed_sale(business.corner.database.writer, sale)
    assert found is not None
    return found[0]


def last_sale(till: Station) -> SaleCompleted:
    return [entry.fact for entry in journal.since(till.reader, 0) if isinstance(entry.fact, SaleCompleted)][-1]


def shown(till: Station) -> str:
    """What the head of the receipt says that is shown for a return."""
    return till.sheet(ReturnSheet).head.text()


def test_the_code_of_its_receipt_is_enough_and_money_is_given_back_here(till: HarbourTill, business: Business) -> None:
    ticket = sold(business)
    till.press(K.Key_F7)
    till.scan(ticket.sale)
    till.until(lambda: ticket.number in shown(till))
    assert " · Corner Shop · " in shown(till)
    take_pictures(till.window, "return-of-another-store")
    till.scan(EAN)
    till.press(K.Key_Return)
    till.until(lambda: till.lines == [("-1", "Coffee")])
    till.press(K.Key_F12)
    till.press(K.Key_Return)
    till.until(lambda: till.is_in(Mode.DONE))
    back = last_sale(till)
    assert back.total == gbp("-3.20")
    assert {(row.returned.store, row.returned.number) for row in back.lines if row.returned} == {
        ("Corner Shop", ticket.number)
    }
    business.harbour.turn()
    business.corner.turn()
    known = receipt_of(business.corner.database.writer, ticket.sale)
    assert known is not None
    assert [known.back[row.line] for row in ticket.lines] == [ONE, NONE]


def test_its_number_can_be_typed_and_the_store_is_named_first(till: HarbourTill, business: Business) -> None:
    ticket = sold(business)
    till.press(K.Key_F7)
    till.type_in(ticket.number)
    sheet = till.sheet(ReturnSheet)
    till.until(lambda: sheet.put.label == "Ask the other stores")
    assert f"Receipt {ticket.number} is of Corner Shop." in sheet.empty.sentence.text()
    take_pictures(till.window, "return-ask-the-others")
    till.press(K.Key_Return)
    till.until(lambda: " · Corner Shop · " in shown(till))


def test_one_that_nobody_told_of_is_said_to_be_unknown(till: HarbourTill, business: Business) -> None:
    till.press(K.Key_F7)
    till.scan("1A-000999")
    till.until(lambda: "was told of by no store" in till.said)
    assert till.said.startswith("Receipt 1A-000999")


def test_without_the_service_that_is_said_and_nobody_waits(till: HarbourTill, business: Business) -> None:
    ticket = sold(business)
    business.served.begin_to_stop()
    business.served.thread.join(40)
    till.press(K.Key_F7)
    till.scan(ticket.number)
    till.bot.waitUntil(lambda: "The service cannot be asked now" in till.said, timeout=20_000)
    assert till.said.startswith("This receipt is of Corner Shop.")
    take_pictures(till.window, "return-service-away")
    till.press(K.Key_Escape)
    till.scan(EAN)
    till.until(lambda: len(till.lines) == 1)


def test_a_receipt_that_was_fetched_once_is_known_without_the_service(till: HarbourTill, business: Business) -> None:
    ticket = sold(business)
    till.press(K.Key_F7)
    till.scan(ticket.sale)
    till.until(lambda: ticket.number in shown(till))
    till.press(K.Key_Escape)
    till.press(K.Key_Escape)
    business.served.begin_to_stop()
    business.served.thread.join(40)
    till.press(K.Key_F7)
    till.scan(ticket.number)
    till.bot.waitUntil(lambda: till.said.startswith("This is how it stood"), timeout=20_000)
    till.until(lambda: ticket.number in shown(till))
