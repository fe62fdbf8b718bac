"""The sheet of a gift card: a new one, one that is topped up, one that is only looked at."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from omsdesk.domain.account import AccountKind, AccountMoved, account_id
from omsdesk.domain.catalogue import ProductEdit, SaveProducts
from omsdesk.domain.sale_command import CompleteSale
from omsdesk.store import journal
from omsdesk.ui.till.cards.card_sheet import CardSheet
from omsdesk.ui.till.done_view import DoneView
from omsdesk.ui.till.goods.price_sheets import PriceCheckSheet
from tests.ui.till.bench import euros
from tests.ui.till.card_shop import A_CUSTOMER, ANNA, GIFT, NUMBER, OPEN_FOR_CARDS, balance, heard
from tests.ui.till.shop import Station, code_of


@pytest.fixture
def till(till: Station) -> Station:
    till.do(OPEN_FOR_CARDS, *A_CUSTOMER)
    till.settle()
    return till


def opened(till: Station) -> CardSheet:
    till.press(Qt.Key.Key_F10)
    assert till.screen.sheet is not None
    cards = till.screen.sheet.content.cards["cards"]  # type: ignore[attr-defined]
    cards.click()
    till.settle()
    return till.sheet(CardSheet)


def enter(till: Station, text: str = "") -> None:
    till.type_in(text)
    till.bot.wait(60)
    till.press(Qt.Key.Key_Return)


def test_a_new_card_is_sold_by_amount_alone(till: Station) -> None:
    sheet = opened(till)
    assert sheet.name.text() == "New gift card"
    enter(till)
    enter(till, "50")
    assert till.screen.sheet is None
    (line,) = till.lines
    assert line[1].startswith("Gift card …")
    assert till.total == "€50.00"


def a_product_for_cards(till: Station, price: str = "") -> None:
    amount = euros(price) if price else None
    made = ProductEdit(
        "gift", name="Gift voucher", sku="GIFT", category="Bags", price=amount, is_gift_card=True, is_tracked=False
    )
    till.do(SaveProducts("gift", (made,)))
    till.settle()


def test_a_tile_of_the_grid_begins_a_gift_card(till: Station) -> None:
    a_product_for_cards(till)
    till.state.session.intake.chosen("gift")
    till.settle()
    sheet = till.sheet(CardSheet)
    assert sheet.name.text() == "New gift card"
    enter(till)
    enter(till, "30")
    till.scan(code_of("guji"))
    assert [line[1].partition(" …")[0] for line in till.lines] == ["Gift card", "Ethiopia Guji 250 g"]
    assert till.total == "€42.90"
    till.press(Qt.Key.Key_F5)
    assert till.view(DoneView).isVisible()


def test_a_card_that_is_scanned_for_it_gets_its_usual_amount(till: Station) -> None:
    a_product_for_cards(till, "25.00")
    till.type_in("GIFT")
    till.until(till.screen.sell.results.isVisible)
    till.press(Qt.Key.Key_Return)
    sheet = till.sheet(CardSheet)
    assert sheet.amount.amount() == euros("25.00")
    till.scan("GIFT2026000417")
    assert "is sold as a new one" in sheet.facts.text()
    till.press(Qt.Key.Key_Return)
    till.press(Qt.Key.Key_F5)
    assert balance(till.database, account_id(AccountKind.GIFT_CARD, "GIFT2026000417")) == 2_500


def test_giving_the_card_up_lets_the_till_go_on(till: Station) -> None:
    a_product_for_cards(till)
    till.type_in("3*")
    till.settle()
    till.state.session.intake.chosen("gift")
    till.settle()
    till.press(Qt.Key.Key_Escape)
    assert till.lines == []
    till.scan(code_of("guji"))
    assert till.lines == [("1", "Ethiopia Guji 250 g")]


def test_an_amount_can_be_tapped(till: Station) -> None:
    sheet = opened(till)
    sheet.quick[1].click()
    assert sheet.amount.amount() == euros("20.00")
    till.press(Qt.Key.Key_Return)
    assert till.total == "€20.00"


def test_without_an_amount_nothing_is_sold(till: Station) -> None:
    opened(till)
    enter(till)
    enter(till)
    assert "how much" in till.said
    assert not till.lines


def test_a_preprinted_card_is_activated(till: Station) -> None:
    sheet = opened(till)
    till.scan("GIFT2026000417")
    assert "not in use yet" in sheet.facts.text()
    enter(till, "25")
    assert till.state.session.lines[0].loads == account_id(AccountKind.GIFT_CARD, "GIFT2026000417")


def test_a_wrong_number_and_a_strange_one_sell_nothing(till: Station) -> None:
    sheet = opened(till)
    for text, said in ((NUMBER[:-1] + str((int(NUMBER[-1]) + 1) % 10), "no card's number"), (NUMBER, "Nobody knows")):
        sheet.number.setText(text)
        assert said in sheet.facts.text()
        assert not sheet.save.isEnabled()


def test_a_scanned_card_shows_what_is_on_it_and_is_topped_up(till: Station) -> None:
    heard(till.database, GIFT, 3_000)
    till.scan(NUMBER)
    sheet = till.sheet(CardSheet)
    assert (sheet.balance.text(), sheet.save.label) == ("€30.00", "Top up")
    assert not sheet.spend.isVisible()
    enter(till, "20")
    assert till.total == "€20.00"
    sale = till.state.session.sale
    assert sale is not None
    till.state.checkout.pay_exactly()
    till.settle()
    assert balance(till.database) == 5_000
    moved = [entry.fact for entry in journal.since(till.reader, 0) if isinstance(entry.fact, AccountMoved)]
    assert len(moved) == 2
    assert CompleteSale(sale.sale).sale == moved[-1].document


def test_a_scanned_card_pays_for_what_is_in_the_cart(till: Station) -> None:
    heard(till.database, GIFT, 3_000)
    till.scan(code_of("guji"))
    till.scan(NUMBER)
    assert till.sheet(CardSheet).spend.isVisible()
    till.press(Qt.Key.Key_F12)
    assert balance(till.database) == 3_000 - 1_290


def test_an_article_goes_on_the_ticket_though_a_card_is_looked_at(till: Station) -> None:
    heard(till.database, GIFT, 3_000)
    till.scan(NUMBER)
    till.sheet(CardSheet)
    till.scan(code_of("guji"))
    assert till.screen.sheet is None
    assert [name for _, name in till.lines] == ["Ethiopia Guji 250 g"]


def test_a_lost_card_is_blocked_with_a_tap(till: Station) -> None:
    heard(till.database, GIFT, 3_000)
    till.scan(NUMBER)
    sheet = till.sheet(CardSheet)
    sheet.block.click()
    till.settle()
    assert "Blocked" in sheet.facts.text()
    assert not sheet.save.isEnabled()
    sheet.block.click()
    till.settle()
    assert "Blocked" not in sheet.facts.text()


def test_the_customers_debt_is_paid_with_a_tap(till: Station) -> None:
    heard(till.database, account_id(AccountKind.CREDIT, ANNA.id), -1_250)
    till.scan(code_of("bag"))
    till.state.customers.attach(ANNA.id)
    till.settle()
    sheet = opened(till)
    button = sheet.theirs.itemAt(0)
    assert button is not None
    widget = button.widget()
    assert widget is not None
    widget.click()  # type: ignore[attr-defined]
    assert sheet.amount.amount() == euros("12.50")
    assert sheet.save.label == "Pay the debt"
    till.press(Qt.Key.Key_Return)
    assert till.total == "€12.70"


def test_the_price_check_shows_what_is_on_a_card(till: Station) -> None:
    heard(till.database, GIFT, 3_000)
    till.press(Qt.Key.Key_F3)
    sheet = till.sheet(PriceCheckSheet)
    till.scan(NUMBER)
    assert "€30.00 on it" in sheet.empty.sentence.text()
    assert till.screen.sheet is not None
    assert not till.lines
