"""What a person takes off prices, worked out before it is done."""

from __future__ import annotations

import pytest

from omsdesk.domain.discount import Discount
from omsdesk.domain.sale_command import ChangePrice, DiscountLine, DiscountSale
from omsdesk.ui.till.prices.reductions import Way, discount_title, discount_words, reduction_words
from tests.ui.till.bench import Bench, euros
from tests.ui.till.shop import code_of


@pytest.fixture
def ringing(bench: Bench) -> Bench:
    """Coffee for 12.90 and three oat milks for 8.40, which are chosen."""
    for product in ("guji", "oat", "oat", "oat"):
        bench.session.intake.entered(code_of(product))
    return bench


def offer(bench: Bench, text: str, way: Way = Way.PERCENT, *, is_whole: bool = False) -> tuple[str, object]:
    found = bench.state.reductions.offer(is_whole=is_whole, way=way, text=text, reason="why")
    return str(found.after.decimal), found.command or found.question


def test_a_share_an_amount_and_a_price_of_a_line(ringing: Bench) -> None:
    sale, line = ringing.session.lines[0].line, ringing.session.selected
    assert sale
    ticket = ringing.session.sale
    assert ticket is not None
    assert offer(ringing, "12,5") == ("7.35", DiscountLine(ticket.sale, line, Discount(125_000, None, "why")))
    assert offer(ringing, "1", Way.AMOUNT) == (
        "7.40",
        DiscountLine(ticket.sale, line, Discount(0, euros("1.00"), "why")),
    )
    assert offer(ringing, "2.50", Way.PRICE) == ("7.50", ChangePrice(ticket.sale, line, euros("2.50"), "why"))


def test_a_share_and_a_new_total_of_everything(ringing: Bench) -> None:
    ticket = ringing.session.sale
    assert ticket is not None
    assert offer(ringing, "10", is_whole=True) == ("19.17", DiscountSale(ticket.sale, Discount(100_000, None, "why")))
    wanted = DiscountSale(ticket.sale, Discount(0, euros("1.30"), "why"))
    assert offer(ringing, "20", Way.PRICE, is_whole=True) == ("20.00", wanted)


@pytest.mark.parametrize(
    ("text", "way", "said"),
    [
        ("", Way.PERCENT, ""),
        ("0", Way.PERCENT, ""),
        ("100.01", Way.PERCENT, "100 % at most"),
        ("12.345", Way.PERCENT, ""),
        ("9", Way.AMOUNT, "8.40 at most"),
        ("1.2345", Way.AMOUNT, "not clear"),
        ("1.2345", Way.PRICE, "not clear"),
    ],
)
def test_what_is_no_discount_is_no_command(ringing: Bench, text: str, way: Way, said: str) -> None:
    after, question = offer(ringing, text, way)
    assert after == "8.40"
    assert isinstance(question, str)
    assert said in question
    assert bool(said) is bool(question)


def test_without_a_ticket_there_is_nothing_to_take_off(bench: Bench) -> None:
    assert offer(bench, "10") == ("0.00", "")
    assert bench.state.reductions.sold == euros("0.00")
    assert not bench.state.reductions.has_any(is_whole=True)
    bench.state.reductions.take_off_again(is_whole=False)
    assert bench.said == ""


def test_what_was_done_by_hand_is_undone_in_one_go(ringing: Bench) -> None:
    reductions = ringing.state.reductions
    reductions.do(reductions.offer(is_whole=False, way=Way.PRICE, text="2", reason=""))
    reductions.do(reductions.offer(is_whole=False, way=Way.PERCENT, text="10", reason="Damaged"))
    row = ringing.session.selected_line
    assert row is not None
    assert reduction_words(ringing.counter, row) == "Instead of €2.80 · 10 % Damaged -€0.60"
    assert reductions.has_any(is_whole=False)
    reductions.take_off_again(is_whole=False)
    row = ringing.session.selected_line
    assert row is not None
    assert reduction_words(ringing.counter, row) == ""
    assert not reductions.has_any(is_whole=False)


@pytest.mark.parametrize(
    ("discount", "words", "title"),
    [
        (Discount(ppm=100_000), "10 %", "Discount 10 %"),
        (Discount(ppm=125_000, reason="Staff"), "12.5 %", "Discount 12.5 % · Staff"),
        (Discount(amount=euros("3.00"), reason="Damaged"), "€3.00", "Discount · Damaged"),
    ],
)
def test_discounts_in_words(bench: Bench, discount: Discount, words: str, title: str) -> None:
    assert discount_words(bench.counter, discount) == words
    assert discount_title(bench.counter, discount) == title
