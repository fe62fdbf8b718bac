"""A till in training does everything, and nothing of it counts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from omsdesk.domain.cash import CashMoved, CashReason
from omsdesk.domain.printing import PrintAsked
from omsdesk.domain.receipt_policy import Paper
from omsdesk.domain.sale import SaleCompleted
from omsdesk.domain.shop import SaveTill, Till
from omsdesk.domain.stock import GoodsMoved
from omsdesk.store.queries import till as queries
from tests.ui.till.bench import Bench, euros
from tests.ui.till.shop import CARD, CASH, code_of, set_up

REAL, TRAINING = Till("t1", "s1", "1", "Till 1"), Till("t1", "s1", "1", "Till 1", is_training=True)


@pytest.fixture
def trainee(tmp_path: Path) -> Iterator[Bench]:
    """A till in training with an open shift."""
    bench = Bench(set_up(tmp_path, is_training=True))
    yield bench
    bench.close()


def sell(bench: Bench, *, paper: Paper = Paper.PRINT) -> SaleCompleted:
    bench.checkout.paper = paper
    bench.session.intake.scanned(code_of("guji"))
    bench.checkout.pay(CASH, euros("20.00"))
    return bench.facts(SaleCompleted)[-1]


def test_a_sale_is_rung_up_and_paid_as_ever_and_marked(trainee: Bench) -> None:
    sale = sell(trainee)
    assert sale.is_training
    assert trainee.checkout.change == euros("7.10")
    assert trainee.checkout.completed == sale


def test_no_goods_and_no_cash_move(trainee: Bench) -> None:
    before = queries.on_hand(trainee.reader, "guji", trainee.counter.shop)
    goods = len(trainee.facts(GoodsMoved))
    sell(trainee)
    assert queries.on_hand(trainee.reader, "guji", trainee.counter.shop) == before
    assert len(trainee.facts(GoodsMoved)) == goods
    assert [fact for fact in trainee.facts(CashMoved) if fact.reason is CashReason.SALE] == []
    figures = trainee.state.shift.figures()
    assert figures is not None
    assert figures.tenders[0].expected == euros("150.00")


@pytest.mark.parametrize("paper", Paper)
def test_the_drawer_stays_shut(trainee: Bench, paper: Paper) -> None:
    sell(trainee, paper=paper)
    asked = trainee.facts(PrintAsked)
    assert [fact.opens_drawer for fact in asked] == ([] if paper in {Paper.PDF, Paper.NONE} else [False])


def test_money_by_hand_is_practised_and_not_booked(trainee: Bench) -> None:
    shift = trainee.state.shift
    for act in (
        partial(shift.pay_in, euros("20.00"), "change"),
        partial(shift.pay_out, euros("5.00"), "cleaner"),
        partial(shift.open_drawer, "change"),
    ):
        act()
        assert trainee.said == "In training nothing is booked, and the drawer stays shut."
        trainee.counter.hush()
    assert [fact.reason for fact in trainee.facts(CashMoved)] == [CashReason.FLOAT]
    assert trainee.facts(PrintAsked) == []


def test_a_card_is_taken_in_training_too(trainee: Bench) -> None:
    trainee.session.intake.scanned(code_of("mug"))
    trainee.checkout.pay(CASH, euros("4.00"))
    trainee.checkout.pay(CARD)
    assert [row.method for row in trainee.facts(SaleCompleted)[0].tenders] == ["cash", "card"]


def test_tickets_are_held_taken_up_and_voided(trainee: Bench) -> None:
    trainee.session.intake.scanned(code_of("mug"))
    trainee.session.hold()
    trainee.session.recall(trainee.session.held()[0].sale)
    assert trainee.lines == [("1", "Travel mug 350 ml")]
    trainee.session.void()
    assert trainee.lines == []


def change_to(bench: Bench, till: Till) -> None:
    bench.do(SaveTill(till))
    bench.counter.refresh()


def test_a_ticket_of_training_cannot_be_paid_for_real(trainee: Bench) -> None:
    trainee.session.intake.scanned(code_of("mug"))
    trainee.do(*())
    training = trainee.session.sale
    assert training is not None
    assert training.is_training
    # A shift is open, so the till cannot change over: the ticket is taken up after the next one began.
    trainee.session.hold()
    trainee.state.shift.close(())
    change_to(trainee, REAL)
    trainee.state.shift.open(euros("150.00"))
    trainee.session.recall(training.sale)
    trainee.checkout.pay_exactly()
    assert trainee.said == "This ticket was begun in training. Void it, or change the till back to end it."
    assert trainee.facts(SaleCompleted) == []
    trainee.session.void()
    assert trainee.lines == []


def test_a_real_ticket_cannot_be_practised_on(bench: Bench) -> None:
    bench.session.intake.scanned(code_of("mug"))
    bench.session.hold()
    (held,) = bench.session.held()
    bench.state.shift.close(())
    change_to(bench, TRAINING)
    bench.state.shift.open(euros("0.00"))
    bench.session.recall(held.sale)
    bench.checkout.pay_exactly()
    assert bench.said == "This ticket was begun before training. Void it, or change the till back to end it."
    assert bench.lines == [("1", "Travel mug 350 ml")]


def test_the_numbers_of_training_are_told_apart_on_paper(trainee: Bench) -> None:
    sale = sell(trainee)
    assert trainee.state.receipts.last()[0].number == sale.number
    trainee.state.receipts.print_receipt(sale.sale)
    assert trainee.said == "The copy is printing."
