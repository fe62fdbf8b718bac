"""The life of a gift card, through the real screen: sold, spent, topped up, given back onto, spent at another till."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from omsdesk.domain.account import AccountMoved, AccountOpened, owner_of
from omsdesk.domain.cash import OpenShift
from omsdesk.domain.returns import ReturnGoods
from omsdesk.domain.sale import SaleCompleted
from omsdesk.domain.sale_command import AddLine, CompleteSale, TakeTender
from omsdesk.domain.shop import SaveTill, Till
from omsdesk.domain.values import ONE, Money
from omsdesk.store import journal
from omsdesk.store.queries import account as queries
from omsdesk.store.queries import till as till_queries
from omsdesk.sync.turn import take_turn
from omsdesk.ui import theme
from omsdesk.ui.till.approvals.approval_sheet import ApprovalSheet
from omsdesk.ui.till.cards.card_payment_sheet import CardPaymentSheet
from omsdesk.ui.till.cards.card_sheet import CardSheet
from omsdesk.ui.till.screen import Mode
from tests.sync.stations import Cloud, Line, Member
from tests.ui.till.bench import euros
from tests.ui.till.card_shop import BY_CARD, OPEN_FOR_CARDS
from tests.ui.till.shop import PINS, Station, code_of, set_up

ALT = Qt.KeyboardModifier.AltModifier
STORE = "s1"


@pytest.fixture
def till(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Station]:
    theme.apply(theme.load("light"), qapp)
    made = Station(set_up(tmp_path), qtbot).start()
    made.do(OPEN_FOR_CARDS, SaveTill(Till("t2", "s1", "2", "Till 2")))
    made.settle()
    yield made
    made.stop()


@pytest.fixture
def cloud(tmp_path: Path) -> Iterator[Cloud]:
    service = Cloud(tmp_path / "service.db")
    yield service
    service.close()


@pytest.fixture
def other(tmp_path: Path, cloud: Cloud, till: Station) -> Iterator[Member]:
    """A second till of the shop, that heard what the first one told."""
    member = Member(tmp_path / "till-2.db", 2)
    exchange(cloud, till)
    cloud.let_in(member)
    cloud.turn(member)
    member.database.become_till("t2")
    member.do(OpenShift(member.clock.new_id(), euros("100.00")))
    yield member
    member.close()


def exchange(cloud: Cloud, till: Station) -> None:
    """Let the till on the screen exchange with the service, on its thread that writes."""
    device = till.database.station.device
    if not till.database.writer.rows("SELECT 1 FROM acknowledged"):
        cloud.let_in(_Letter(till))  # type: ignore[arg-type]
    take_turn(till.database, Line(cloud, device), STORE)
    till.settle()


class _Letter:
    """What the service asks of whoever is let in."""

    def __init__(self, till: Station) -> None:
        self.database = till.database


def facts(till: Station, kind: type) -> list[object]:
    return [entry.fact for entry in journal.since(till.reader, 0) if isinstance(entry.fact, kind)]


def enter(till: Station, text: str = "") -> None:
    till.type_in(text)
    till.bot.wait(60)
    till.press(Qt.Key.Key_Return)


def sell_a_card(till: Station, amount: str) -> str:
    """Sell a card for cash, by keys alone; gives its account."""
    till.press(Qt.Key.Key_F10)
    sheet = till.screen.sheet
    assert sheet is not None
    sheet.content.cards["cards"].click()  # type: ignore[attr-defined]
    till.settle()
    till.sheet(CardSheet)
    enter(till)
    enter(till, amount)
    till.press(Qt.Key.Key_F5)
    assert till.is_in(Mode.DONE)
    opened = facts(till, AccountOpened)[-1]
    assert isinstance(opened, AccountOpened)
    return opened.id


def balance(till: Station, account: str) -> Money:
    found = queries.account(till.reader, account)
    assert found is not None
    return Money(found.balance, "EUR")


def pay_at(other: Member, account: str, amount: Money) -> None:
    """Pay with a card at the other till, for whatever costs so much."""
    sale, shop = other.clock.new_id(), till_queries.shop_of(other.database.writer, "t2")
    assert shop is not None
    found = till_queries.product_by_id(other.database.writer, "open", shop, "2026-11-23")
    assert found is not None
    other.do(AddLine(sale, "l", found.article, ONE, amount))
    other.do(TakeTender(sale, "t", BY_CARD, amount, account=account), CompleteSale(sale))


def test_the_life_of_a_card(till: Station, cloud: Cloud, other: Member) -> None:
    card = sell_a_card(till, "50")
    assert balance(till, card) == euros("50.00")
    spends_twenty(till, card)
    is_looked_at_and_topped_up(till, card)
    gets_money_back_on_a_note(till)
    exchange(cloud, till)
    cloud.turn(other)
    pay_at(other, card, euros("10.00"))
    cloud.turn(other)
    exchange(cloud, till)
    assert balance(till, card) == euros("52.20")
    assert queries.overspent(till.reader) == []


def spends_twenty(till: Station, card: str) -> None:
    """A cart of 17.80; the card pays all of it in the payment, by a scan."""
    for product in ("guji", "oat", "oat", "croissant"):
        till.scan(code_of(product))
    assert till.total == "€20.90"
    till.press(Qt.Key.Key_F12)
    till.scan(owner_of(card))
    assert till.is_in(Mode.DONE)
    assert balance(till, card) == euros("29.10")


def is_looked_at_and_topped_up(till: Station, card: str) -> None:
    till.scan(owner_of(card))
    assert till.sheet(CardSheet).balance.text() == "€29.10"
    enter(till, "33.10")
    till.press(Qt.Key.Key_F5)
    assert balance(till, card) == euros("62.20")


def gets_money_back_on_a_note(till: Station) -> None:
    sold = next(fact for fact in facts(till, SaleCompleted) if isinstance(fact, SaleCompleted) and fact.net)
    sale = till.clock.new_id()
    till.do(ReturnGoods(sale, till.clock.new_id(), sold.sale, sold.lines[0].line, ONE))
    till.state.checkout.next_customer()
    till.state.session.take_up(till_queries.sale_state(till.reader, sale))
    till.state.checkout.open()
    till.settle()
    till.state.checkout.pay(BY_CARD)
    till.settle()
    till.sheet(CardPaymentSheet)
    till.press(Qt.Key.Key_Return)
    assert till.is_in(Mode.DONE)
    moved = facts(till, AccountMoved)[-1]
    assert isinstance(moved, AccountMoved)
    assert (moved.id.partition(":")[0], moved.amount) == ("store_credit", 1_290)


def test_an_overspend_while_apart_is_bounded_and_shown(till: Station, cloud: Cloud, other: Member) -> None:
    card = sell_a_card(till, "50")
    exchange(cloud, till)
    cloud.turn(other)
    pay_at(other, card, euros("45.00"))
    for product in ("guji", "guji", "oat"):
        till.scan(code_of(product))
    till.press(Qt.Key.Key_F12)
    till.scan(owner_of(card))
    assert till.is_in(Mode.DONE), "the other till cannot be heard, and the card was good as far as anybody knew"
    cloud.turn(other)
    exchange(cloud, till)
    cloud.turn(other)
    assert balance(till, card) == euros("-23.60")
    for reader in (till.reader, other.database.writer):
        (found,) = queries.overspent(reader)
        assert {row.till for row in found.movements} == {"t1", "t2"}


def test_beyond_what_a_till_may_give_out_by_itself_somebody_agrees(till: Station, cloud: Cloud) -> None:
    card = sell_a_card(till, "200")
    exchange(cloud, till)
    till.state.counter.person = till_queries.person(till.reader, "ben")
    for product in ("grinder", "mug"):
        till.scan(code_of(product))
    till.press(Qt.Key.Key_F12)
    till.scan(owner_of(card))
    till.until(lambda: till.screen.sheet is not None and isinstance(till.screen.sheet.content, ApprovalSheet))
    sheet = till.sheet(ApprovalSheet)
    assert "while the other tills cannot hear of it" in sheet.sentence.text()
    assert balance(till, card) == euros("200.00")
    till.press(Qt.Key.Key_Right)
    till.type_in(PINS["anna"])
    till.press(Qt.Key.Key_Return)
    till.until(lambda: till.is_in(Mode.DONE))
    assert balance(till, card) == euros("87.00")
