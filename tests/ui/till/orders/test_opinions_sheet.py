"""Two tills did different things with one order while they could not hear each other: somebody settles it here."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt

from omsdesk.domain.order import Status
from omsdesk.domain.order_change import kept
from omsdesk.domain.order_command import CancelOrder, ChangeOrder, HandedPortion, HandOver
from omsdesk.domain.order_dispute import dispute
from omsdesk.domain.order_terms import Terms
from omsdesk.domain.sale_command import CompleteSale, TakeTender
from omsdesk.domain.values import Quantity
from omsdesk.store.queries.till import sale_state
from omsdesk.ui.till.orders.opinions_sheet import OpinionsSheet
from omsdesk.ui.till.orders.orders_sheet import OrdersSheet
from tests.ui.till.bench import euros
from tests.ui.till.neighbour import Neighbour, hear
from tests.ui.till.orders.test_orders import known, listed, new_order
from tests.ui.till.shop import CASH, Station


@pytest.fixture
def two(till: Station) -> Iterator[tuple[Station, Neighbour]]:
    """Two tills that know of an order of two coffees, of which nothing is paid."""
    sheet = new_order(till, "guji", "guji", kind="Pick-up")
    sheet.deposit.set_amount(euros("0.00"))
    till.press(Qt.Key.Key_F12)
    till.settle()
    made = Neighbour(till.path.parent, till.database)
    yield till, made
    made.database.close()


def hand_over(there: Neighbour, till: Station) -> None:
    order, sale = known(till).order, there.clock.new_id()
    there.do(HandOver(sale, order.order, (HandedPortion(there.clock.new_id(), order.rows[0].line, Quantity.of(2)),)))
    ticket = sale_state(there.database.writer, sale)
    assert ticket is not None
    there.do(TakeTender(sale, there.clock.new_id(), CASH, ticket.due), CompleteSale(sale))


def settling(till: Station) -> OpinionsSheet:
    assert listed(till).next.label == "Two opinions: settle"
    till.press(Qt.Key.Key_Return)
    return till.sheet(OpinionsSheet)


def test_given_up_here_and_handed_over_there(two: tuple[Station, Neighbour]) -> None:
    till, there = two
    order = known(till).order.order
    hand_over(there, till)
    till.do(CancelOrder(order, reason="nobody came"))
    hear(till.database, there.database)
    till.feed.look()
    sheet = settling(till)
    first, second = sheet.view.cards
    assert (first.key, second.key) == ("1", "2")
    till.press(Qt.Key.Key_Return)
    assert till.sheet(OpinionsSheet) is sheet, "one Enter too many chooses nothing"
    assert "It was wanted after all" in first.label
    assert "handed over, receipt 2A-" in first.label
    assert "It stays given up" in second.label
    assert any("at another computer" in words for _, words in first.lines)
    till.type_in("1")
    till.until(lambda: dispute(known(till).order) is None)
    till.until(lambda: till.screen.sheet is not None and isinstance(till.screen.sheet.content, OrdersSheet))
    assert "Settled" in till.said
    assert known(till).status(till.state.counter.day) is Status.HANDED_OVER
    assert not known(till).is_to_settle


def test_lines_that_were_changed_at_both(two: tuple[Station, Neighbour]) -> None:
    till, there = two
    order = known(till).order
    line = order.rows[0].line
    there.do(ChangeOrder(order.order, kept(order, {line: Quantity.of(5)}), Terms(until="2026-12-31"), order.revision))
    till.do(ChangeOrder(order.order, kept(order, {line: Quantity.of(1)}), order.terms, order.revision))
    hear(till.database, there.database)
    till.feed.look()
    sheet = settling(till)
    five = next(at for at, card in enumerate(sheet.view.cards) if card.label.startswith("5 × "))
    assert "€64.50 in all, kept until 31/12/2026" in sheet.view.cards[five].label
    sheet.view.cards[five].click()
    till.until(lambda: dispute(known(till).order) is None)
    assert known(till).order.total == euros("64.50")


def test_escape_leaves_it_to_somebody_else(two: tuple[Station, Neighbour]) -> None:
    till, there = two
    hand_over(there, till)
    hand_over_here = known(till).order
    sale = till.clock.new_id()
    portion = HandedPortion(till.clock.new_id(), hand_over_here.rows[0].line, Quantity.of(2))
    till.do(HandOver(sale, hand_over_here.order, (portion,)))
    till.do(TakeTender(sale, till.clock.new_id(), CASH, euros("25.80")), CompleteSale(sale))
    hear(till.database, there.database)
    till.feed.look()
    sheet = settling(till)
    (card,) = sheet.view.cards
    assert card.label.startswith("Both happened")
    till.press(Qt.Key.Key_Escape)
    assert dispute(known(till).order) is not None
    assert settling(till).view.why.text().startswith("Two places handed over the same")
    till.type_in("1")
    till.until(lambda: dispute(known(till).order) is None)
