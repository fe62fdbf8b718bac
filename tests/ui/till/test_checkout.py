"""Paying: tender by tender, until nothing is due."""

from __future__ import annotations

from omsdesk.domain.cash import CashMoved, CashReason
from omsdesk.domain.printing import PrintAsked
from omsdesk.domain.receipt_policy import Paper
from omsdesk.domain.returns import ReturnGoods
from omsdesk.domain.sale import SaleCompleted
from omsdesk.domain.tender import TenderMethod
from tests.ui.till.bench import Bench, euros
from tests.ui.till.shop import CARD, CASH, code_of


def ring_up(bench: Bench, *products: str) -> None:
    for product in products or ("guji",):
        bench.session.intake.scanned(code_of(product))


def paid(bench: Bench) -> SaleCompleted:
    (sale,) = bench.facts(SaleCompleted)
    return sale


def test_one_tap_takes_exact_cash_and_ends_the_sale(bench: Bench) -> None:
    ring_up(bench)
    bench.checkout.pay_exactly()
    assert paid(bench).total == euros("12.90")
    assert bench.checkout.completed == paid(bench)
    assert not bench.checkout.change
    assert bench.lines == []


def test_the_change_is_told(bench: Bench) -> None:
    ring_up(bench)
    bench.checkout.pay(CASH, euros("50.00"))
    assert bench.checkout.change == euros("37.10")
    moved = [fact for fact in bench.facts(CashMoved) if fact.reason is CashReason.SALE]
    assert [fact.amount for fact in moved] == [euros("12.90")]


def test_a_sale_is_paid_in_parts(bench: Bench) -> None:
    ring_up(bench, "mug")
    bench.checkout.open()
    bench.checkout.pay(CASH, euros("10.00"))
    assert bench.checkout.is_open
    assert bench.checkout.due == euros("14.00")
    bench.checkout.pay(CARD)
    assert not bench.checkout.is_open
    assert [(row.method, row.amount) for row in paid(bench).tenders] == [
        ("cash", euros("10.00")),
        ("card", euros("14.00")),
    ]


def test_a_part_is_given_back(bench: Bench) -> None:
    ring_up(bench, "mug")
    bench.checkout.pay(CASH, euros("10.00"))
    assert bench.checkout.sale is not None
    bench.checkout.give_back(bench.checkout.sale.tenders[0])
    assert bench.checkout.due == euros("24.00")
    assert bench.facts(SaleCompleted) == []


def test_a_card_gives_no_change(bench: Bench) -> None:
    ring_up(bench)
    bench.checkout.pay(CARD, euros("50.00"))
    assert bench.said.startswith("Card cannot give change")
    assert bench.facts(SaleCompleted) == []
    assert bench.lines == [("1", "Ethiopia Guji 250 g")]


def test_nothing_is_not_paid(bench: Bench) -> None:
    bench.checkout.open()
    bench.checkout.pay_exactly()
    assert not bench.checkout.is_open
    assert bench.facts(SaleCompleted) == []


def test_the_next_round_amounts_are_offered(bench: Bench) -> None:
    assert bench.checkout.quick_cash() == ()
    ring_up(bench)
    assert bench.checkout.quick_cash() == (euros("15.00"), euros("20.00"), euros("50.00"))


def test_a_shop_may_take_no_cash_at_all(bench: Bench) -> None:
    cards: tuple[TenderMethod, ...] = (CARD,)
    bench.counter.shop = type(bench.counter.shop)("s1", "Kontor", "EUR", tender_methods=cards)
    ring_up(bench)
    assert bench.checkout.cash is None
    assert bench.checkout.quick_cash() == ()
    bench.checkout.pay_exactly()
    assert bench.facts(SaleCompleted) == []


def test_goods_that_come_back_right_after_a_payment_are_the_next_customers(bench: Bench) -> None:
    ring_up(bench, "oat")
    bench.checkout.pay_exactly()
    sold = bench.checkout.completed
    assert sold is not None
    line = sold.lines[0]
    back = ReturnGoods(bench.session.ticket(), "back", sold.sale, line.line, line.quantity)
    bench.session.submit(back, then=bench.session.follow)
    assert bench.lines == [("-1", "Oat milk 1 L")]
    assert bench.checkout.completed is None, "the view of the last sale makes room"


def test_what_is_scanned_after_payment_belongs_to_the_next_customer(bench: Bench) -> None:
    ring_up(bench)
    bench.checkout.pay_exactly()
    ring_up(bench, "oat")
    bench.checkout.next_customer()
    assert bench.checkout.completed is None
    assert bench.lines == [("1", "Oat milk 1 L")]
    assert len(paid(bench).lines) == 1


def test_the_receipt_is_printed_unless_nobody_wants_it(bench: Bench) -> None:
    ring_up(bench)
    bench.checkout.paper = Paper.NONE
    bench.checkout.pay(CARD)
    assert bench.facts(PrintAsked) == []
    ring_up(bench)
    bench.checkout.paper = Paper.PRINT
    bench.checkout.pay(CARD)
    assert len(bench.facts(PrintAsked)) == 1


def test_going_back_keeps_what_was_paid(bench: Bench) -> None:
    ring_up(bench, "mug")
    bench.checkout.open()
    bench.checkout.pay(CASH, euros("10.00"))
    bench.checkout.close()
    assert not bench.checkout.is_open
    assert bench.checkout.due == euros("14.00")
