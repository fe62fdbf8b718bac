"""Scans and keys faster than the disk: the real thread writes, and its answers come late."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omsdesk.domain.sale import SaleCompleted, SaleHeld, SaleStarted
from omsdesk.domain.sale_command import VoidSale
from omsdesk.domain.sale_refusal import PaymentsTaken
from omsdesk.domain.values import MOST_MICRO, Quantity
from omsdesk.ui.till.counter import Aspect, Tone
from omsdesk.ui.till.goods.incoming import PriceWanted
from tests.ui.till.bench import Bench, euros
from tests.ui.till.shop import CARD, CASH, code_of, set_up


def scan(bench: Bench, *products: str) -> None:
    for product in products:
        bench.session.intake.scanned(code_of(product))


def durable(bench: Bench) -> list[tuple[str, str]]:
    """What the ticket in work is on the disk."""
    again = Bench(bench.database.path)
    lines = again.lines
    again.close()
    return lines


# --- one ticket -------------------------------------------------------------------------------------------------------


def test_nothing_is_shown_before_it_is_durable(slow: Bench) -> None:
    scan(slow, "oat")
    assert slow.lines == []
    assert Aspect.RUNG not in slow.told
    assert slow.slow.answer() == 1
    assert slow.lines == durable(slow) == [("1", "Oat milk 1 L")]
    assert Aspect.RUNG in slow.told


def test_an_article_scanned_twice_before_the_first_is_durable_is_one_line(slow: Bench) -> None:
    scan(slow, "oat", "oat")
    slow.slow.answer(1)
    assert slow.lines == [("1", "Oat milk 1 L")]
    slow.slow.answer()
    assert slow.lines == durable(slow) == [("2", "Oat milk 1 L")]
    assert len(slow.facts(SaleStarted)) == 1


def test_a_burst_of_many_articles_is_one_ticket_in_its_order(slow: Bench) -> None:
    scan(slow, "mug", "oat", "guji", "oat", "bag", "mug")
    slow.slow.answer()
    assert slow.lines == [
        ("2", "Travel mug 350 ml"),
        ("2", "Oat milk 1 L"),
        ("1", "Ethiopia Guji 250 g"),
        ("1", "Paper bag"),
    ]
    assert durable(slow) == slow.lines


def test_the_last_scan_is_the_chosen_line(slow: Bench) -> None:
    scan(slow, "mug", "oat", "mug")
    slow.slow.answer()
    assert slow.session.selected_line is not None
    assert slow.session.selected_line.article.product == "mug"


def test_a_quantity_is_for_the_next_article_alone_however_soon_another_comes(slow: Bench) -> None:
    slow.session.intake.entered("12*")
    scan(slow, "croissant", "cookie")
    assert slow.session.intake.multiplier is None
    slow.slow.answer()
    assert slow.lines == [("12", "Butter croissant"), ("1", "Almond cookie")]


def test_plus_pressed_while_the_disk_works_acts_on_what_is_seen(slow: Bench) -> None:
    scan(slow, "oat")
    slow.slow.answer()
    scan(slow, "mug")
    slow.session.change_quantity(1)
    slow.slow.answer()
    assert slow.lines == [("2", "Oat milk 1 L"), ("1", "Travel mug 350 ml")]


def test_plus_before_anything_is_seen_does_nothing(slow: Bench) -> None:
    scan(slow, "oat")
    slow.session.change_quantity(1)
    slow.session.remove_selected()
    slow.session.note_selected("lost")
    slow.slow.answer()
    assert slow.lines == [("1", "Oat milk 1 L")]


def test_a_line_that_is_removed_twice_is_removed_once_and_said_once(slow: Bench) -> None:
    scan(slow, "oat", "mug")
    slow.slow.answer()
    slow.session.remove_selected()
    slow.session.remove_selected()
    slow.slow.answer()
    assert slow.lines == [("1", "Oat milk 1 L")]
    assert slow.said == "This line is not on the ticket any more."


def test_undo_pressed_twice_takes_back_once(slow: Bench) -> None:
    scan(slow, "oat", "mug")
    slow.slow.answer()
    slow.session.take_back()
    slow.session.take_back()
    slow.slow.answer()
    assert slow.lines == durable(slow) == [("1", "Oat milk 1 L")]


# --- tickets that change over -----------------------------------------------------------------------------------------


def test_what_is_scanned_right_after_hold_begins_the_next_ticket(slow: Bench) -> None:
    scan(slow, "oat")
    slow.slow.answer()
    slow.session.hold("Mr Brown")
    scan(slow, "mug")
    slow.slow.answer()
    assert slow.lines == durable(slow) == [("1", "Travel mug 350 ml")]
    assert [(row.name, row.total) for row in slow.session.held()] == [("Mr Brown", euros("2.80"))]


def test_hold_pressed_twice_holds_one_ticket(slow: Bench) -> None:
    scan(slow, "oat")
    slow.slow.answer()
    slow.session.hold()
    slow.session.hold()
    slow.slow.answer()
    assert len(slow.facts(SaleHeld)) == 1
    assert slow.lines == []


def test_hold_tapped_again_after_the_next_scan_leaves_that_scan_in_sight(slow: Bench) -> None:
    scan(slow, "oat")
    slow.slow.answer()
    slow.session.hold()
    scan(slow, "mug")
    slow.session.hold()
    slow.slow.answer()
    assert slow.lines == durable(slow) == [("1", "Travel mug 350 ml")]
    assert slow.said == ""


def test_hold_before_the_first_line_is_seen_holds_nothing(slow: Bench) -> None:
    scan(slow, "oat")
    slow.session.hold()
    slow.slow.answer()
    assert slow.lines == [("1", "Oat milk 1 L")]
    assert slow.session.held() == []


def test_what_is_scanned_right_after_payment_is_the_next_customers(slow: Bench) -> None:
    scan(slow, "guji")
    slow.slow.answer()
    slow.checkout.pay_exactly()
    scan(slow, "oat", "oat")
    slow.slow.answer()
    (sale,) = slow.facts(SaleCompleted)
    assert [row.product for row in sale.lines] == ["guji"]
    assert slow.lines == durable(slow) == [("2", "Oat milk 1 L")]


def test_exact_cash_pressed_twice_takes_the_money_once(slow: Bench) -> None:
    scan(slow, "guji")
    slow.slow.answer()
    slow.checkout.pay_exactly()
    slow.checkout.pay_exactly()
    slow.slow.answer()
    (sale,) = slow.facts(SaleCompleted)
    assert [row.amount for row in sale.tenders] == [euros("12.90")]
    assert slow.checkout.completed == sale


def test_a_scan_on_its_way_when_the_money_is_taken_keeps_the_sale_open(slow: Bench) -> None:
    """The cashier paid what was on the screen: the article that came in between is not paid, and nothing is lost."""
    scan(slow, "guji")
    slow.slow.answer()
    scan(slow, "oat")
    slow.checkout.pay_exactly()
    slow.slow.answer()
    assert slow.facts(SaleCompleted) == []
    assert slow.said == "€2.80 is still due."
    assert durable(slow) == [("1", "Ethiopia Guji 250 g"), ("1", "Oat milk 1 L")]
    assert slow.lines == durable(slow)
    slow.checkout.pay_exactly()
    slow.slow.answer()
    assert slow.facts(SaleCompleted)[0].total == euros("15.70")


def test_what_is_scanned_after_a_payment_that_is_refused_comes_on_the_ticket_that_stayed(slow: Bench) -> None:
    """Nothing goes to the held tickets behind the cashier's back, and the reason is there to be read."""
    scan(slow, "guji")
    slow.slow.answer()
    scan(slow, "oat")
    slow.checkout.pay_exactly()
    scan(slow, "mug", "mug")
    slow.session.intake.chosen("bag")
    slow.slow.answer()
    assert slow.session.held() == []
    assert slow.lines == durable(slow)
    assert [name for _, name in slow.lines] == ["Ethiopia Guji 250 g", "Oat milk 1 L", "Travel mug 350 ml", "Paper bag"]
    assert slow.said == "€2.80 is still due."
    slow.checkout.pay_exactly()
    slow.slow.answer()
    assert slow.facts(SaleCompleted)[0].total == euros("63.90")


def test_what_is_scanned_after_a_ticket_that_another_window_ended_begins_the_next(slow: Bench) -> None:
    scan(slow, "mug")
    slow.slow.answer()
    assert slow.session.sale is not None
    slow.do(VoidSale(slow.session.sale.sale))
    slow.checkout.pay_exactly()
    scan(slow, "oat")
    slow.slow.answer()
    assert slow.said == "This ticket is closed. Start a new one."
    assert slow.lines == durable(slow) == [("1", "Oat milk 1 L")]


def test_a_hold_that_is_refused_leaves_the_ticket_where_it_was(slow: Bench) -> None:
    scan(slow, "mug")
    slow.slow.answer()
    slow.checkout.pay(CASH, euros("5.00"))
    slow.slow.answer()
    slow.session.hold()
    slow.slow.answer()
    assert slow.said == "A payment was taken already. Finish the sale or give the payment back."
    slow.checkout.pay(CARD)
    slow.slow.answer()
    assert len(slow.facts(SaleCompleted)) == 1


def test_recall_pressed_twice_says_that_it_was_done(slow: Bench) -> None:
    scan(slow, "oat")
    slow.slow.answer()
    slow.session.hold()
    slow.slow.answer()
    (held,) = slow.session.held()
    slow.session.recall(held.sale)
    slow.session.recall(held.sale)
    slow.slow.answer()
    assert slow.lines == [("1", "Oat milk 1 L")]
    assert slow.said == "This ticket is not on hold any more."


# --- refusals in the middle -------------------------------------------------------------------------------------------


def test_a_refusal_in_a_burst_loses_none_of_the_others(slow: Bench) -> None:
    scan(slow, "oat")
    scan(slow, "open")
    slow.session.intake.price_typed(euros("9999999999.99"))
    slow.session.intake.entered(f"9999*{code_of('open')}")
    slow.session.intake.price_typed(euros("9999999999.99"))
    scan(slow, "mug", "bag")
    slow.slow.answer()
    assert [name for _, name in slow.lines] == ["Oat milk 1 L", "Open item", "Travel mug 350 ml", "Paper bag"]
    assert slow.lines == durable(slow)


def test_a_quantity_that_nobody_sells_is_said(bench: Bench) -> None:
    most = MOST_MICRO // 1_000_000
    bench.session.intake.scanned(code_of("bag"))
    bench.session.set_quantity(bench.session.selected, Quantity.of(most + 1))
    assert bench.lines == [("1", "Paper bag")]
    assert bench.said.startswith("This is too much for one line.")


def test_scans_after_a_payment_are_refused_one_by_one_and_come_in_after_it_is_given_back(slow: Bench) -> None:
    scan(slow, "mug")
    slow.slow.answer()
    slow.checkout.pay(CASH, euros("5.00"))
    scan(slow, "oat", "bag")
    slow.slow.answer()
    assert slow.said == "A payment was taken already. Remove it to change the ticket."
    assert slow.lines == [("1", "Travel mug 350 ml")]
    assert slow.checkout.sale is not None
    slow.checkout.give_back(slow.checkout.sale.tenders[0])
    slow.slow.answer()
    scan(slow, "oat")
    slow.slow.answer()
    assert slow.lines == [("1", "Travel mug 350 ml"), ("1", "Oat milk 1 L")]


def test_the_refusal_stays_to_be_read_until_something_succeeds(slow: Bench) -> None:
    scan(slow, "mug")
    slow.slow.answer()
    slow.checkout.pay(CASH, euros("5.00"))
    slow.slow.answer()
    scan(slow, "oat")
    slow.slow.answer()
    notice = slow.counter.notice
    assert notice is not None
    assert notice.tone is Tone.BAD
    assert notice.sentence == PaymentsTaken("A payment was taken already. Remove it to change the ticket.").sentence
    slow.checkout.pay(CARD)
    slow.slow.answer()
    assert slow.counter.notice is None


def test_an_unknown_code_in_a_burst_is_said_and_the_others_come_in(slow: Bench) -> None:
    scan(slow, "oat")
    slow.session.intake.scanned("4099999999991")
    assert slow.said == "Nobody knows “4099999999991”."
    scan(slow, "mug")
    slow.slow.answer()
    assert [name for _, name in slow.lines] == ["Oat milk 1 L", "Travel mug 350 ml"]


# --- a price is wanted while scans come in ----------------------------------------------------------------------------


def test_scans_queue_behind_a_price_and_keep_their_order(slow: Bench) -> None:
    scan(slow, "oat", "card", "mug", "bag", "mug")
    assert slow.session.intake.waiting == [code_of("mug"), code_of("bag"), code_of("mug")]
    slow.slow.answer()
    assert slow.lines == [("1", "Oat milk 1 L")]
    slow.session.intake.price_typed(euros("25.00"))
    assert slow.session.intake.waiting == []
    slow.slow.answer()
    assert slow.lines == [
        ("1", "Oat milk 1 L"),
        ("1", "Gift card"),
        ("2", "Travel mug 350 ml"),
        ("1", "Paper bag"),
    ]


def test_one_price_after_the_other_is_asked(slow: Bench) -> None:
    scan(slow, "card", "open", "oat")
    slow.session.intake.price_typed(euros("25.00"))
    wanted = slow.session.intake.demand
    assert isinstance(wanted, PriceWanted)
    assert wanted.coming.found.article.product == "open"
    assert slow.session.intake.waiting == [code_of("oat")]
    slow.session.intake.price_given_up()
    slow.slow.answer()
    assert slow.lines == [("1", "Gift card"), ("1", "Oat milk 1 L")]


def test_a_quantity_that_waits_in_the_queue_is_for_its_own_article(slow: Bench) -> None:
    scan(slow, "card")
    slow.session.intake.scanned(f"3*{code_of('oat')}")
    scan(slow, "oat")
    slow.session.intake.price_typed(euros("10.00"))
    slow.slow.answer()
    assert slow.lines == [("1", "Gift card"), ("4", "Oat milk 1 L")]


def test_an_unknown_code_in_the_queue_is_said_when_its_turn_comes(slow: Bench) -> None:
    scan(slow, "card")
    slow.session.intake.scanned("4099999999991")
    assert slow.said == ""
    slow.session.intake.price_typed(euros("10.00"))
    assert slow.said == "Nobody knows “4099999999991”."


def test_a_price_typed_after_everything_was_answered_counts_once(slow: Bench) -> None:
    scan(slow, "card")
    slow.session.intake.price_typed(euros("10.00"))
    slow.session.intake.price_typed(euros("10.00"))
    slow.slow.answer()
    assert slow.lines == [("1", "Gift card")]


# --- whatever the order -----------------------------------------------------------------------------------------------

STEPS = ["oat", "mug", "bag", "+", "-", "remove", "undo", "hold", "recall", "pay", "part", "void", "answer"]


def take(bench: Bench, step: str) -> None:
    session = bench.session
    match step:
        case "+" | "-":
            session.change_quantity(1 if step == "+" else -1)
        case "remove":
            session.remove_selected()
        case "undo":
            session.take_back()
        case "hold":
            session.hold()
        case "void":
            session.void()
        case "recall":
            for row in session.held()[:1]:
                session.recall(row.sale)
        case "pay":
            bench.checkout.pay_exactly()
        case "part":
            bench.checkout.pay(CASH, euros("1.00"))
        case "answer":
            bench.slow.answer(1)
        case product:
            session.intake.scanned(code_of(product))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(STEPS), max_size=16))
def test_whatever_is_pressed_before_the_disk_answers_the_screen_ends_with_the_truth(
    tmp_path_factory: pytest.TempPathFactory, steps: list[str]
) -> None:
    bench = Bench(set_up(tmp_path_factory.mktemp("shop")), is_slow=True)
    for step in steps:
        take(bench, step)
    bench.slow.answer()
    assert bench.lines == durable(bench)
    for sale in bench.facts(SaleCompleted):
        assert sum((row.amount for row in sale.tenders), start=euros("0.00")) == sale.total
    bench.close()
