"""The key of the payment that comes before the disk has answered the first scan."""

from __future__ import annotations

from tests.ui.till.bench import Bench, euros
from tests.ui.till.shop import code_of


def scan(bench: Bench, *products: str) -> None:
    for product in products:
        bench.session.intake.scanned(code_of(product))


def test_pay_is_heard_before_the_first_article_is_on_the_disk(slow: Bench) -> None:
    scan(slow, "oat")
    slow.checkout.open()
    assert not slow.checkout.is_open
    slow.slow.answer()
    assert slow.checkout.is_open
    assert slow.checkout.due == euros("2.80")


def test_pay_waits_for_all_that_was_scanned(slow: Bench) -> None:
    scan(slow, "oat", "mug")
    slow.checkout.open()
    slow.slow.answer(1)
    assert not slow.checkout.is_open
    slow.slow.answer()
    assert slow.checkout.due == euros("26.80")


def test_pay_with_nothing_on_the_ticket_means_nothing_later(slow: Bench) -> None:
    slow.checkout.open()
    scan(slow, "oat")
    slow.slow.answer()
    assert not slow.checkout.is_open


def test_pay_while_a_ticket_is_being_paid_does_not_open_the_next_one(slow: Bench) -> None:
    scan(slow, "oat")
    slow.slow.answer()
    slow.checkout.pay_exactly()
    scan(slow, "mug")
    assert not slow.session.waits_for(slow.checkout.open)
    slow.slow.answer()
    slow.slow.answer()
    assert (slow.checkout.is_open, slow.lines) == (False, [("1", "Travel mug 350 ml")])
