"""The ticket in work: scans and typing, lines, held tickets, undo; without a widget."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omsdesk.ui.till.counter import Aspect
from tests.ui.till.bench import Bench, euros
from tests.ui.till.shop import PRODUCTS, code_of, set_up


def test_a_scan_puts_an_article_on_the_ticket_and_chooses_its_line(bench: Bench) -> None:
    bench.session.intake.scanned(code_of("oat"))
    assert bench.lines == [("1", "Oat milk 1 L")]
    assert bench.session.selected_line is not None
    assert bench.session.selected_line.article.product == "oat"
    assert Aspect.RUNG in bench.told


def test_the_same_article_again_is_the_same_line(bench: Bench) -> None:
    for _ in range(3):
        bench.session.intake.scanned(code_of("oat"))
    assert bench.lines == [("3", "Oat milk 1 L")]


def test_a_tile_or_a_result_is_chosen_by_its_product(bench: Bench) -> None:
    bench.session.intake.chosen("mug")
    bench.session.intake.chosen("no such product")
    assert bench.lines == [("1", "Travel mug 350 ml")]


def test_plus_and_minus_change_the_chosen_line_and_the_last_minus_takes_it_off(bench: Bench) -> None:
    bench.session.intake.scanned(code_of("oat"))
    bench.session.change_quantity(1)
    assert bench.lines == [("2", "Oat milk 1 L")]
    bench.session.change_quantity(-1)
    bench.session.change_quantity(-1)
    assert bench.lines == []


def test_the_arrows_walk_the_lines_and_stop_at_the_ends(bench: Bench) -> None:
    for product in ("oat", "guji", "mug"):
        bench.session.intake.scanned(code_of(product))
    walked = []
    for step in (-1, -1, -1, 1, 1, 1):
        bench.session.select_step(step)
        assert bench.session.selected_line is not None
        walked.append(bench.session.selected_line.article.product)
    assert walked == ["guji", "oat", "oat", "guji", "mug", "mug"]


def test_a_removed_line_comes_back_to_its_place(bench: Bench) -> None:
    for product in ("oat", "guji", "mug"):
        bench.session.intake.scanned(code_of(product))
    before = bench.lines
    bench.session.select_step(-1)
    bench.session.remove_selected()
    assert bench.session.undo is not None
    assert bench.session.undo.sentence == "Ethiopia Guji 250 g removed"
    bench.session.take_back()
    assert bench.lines == before


def test_an_added_line_is_taken_back(bench: Bench) -> None:
    bench.session.intake.scanned(code_of("oat"))
    bench.session.take_back()
    assert bench.lines == []


def test_the_chance_to_undo_passes(bench: Bench) -> None:
    bench.session.intake.scanned(code_of("oat"))
    bench.session.forget_undo()
    bench.session.take_back()
    assert bench.lines == [("1", "Oat milk 1 L")]


def test_a_note_stays_with_its_line(bench: Bench) -> None:
    bench.session.intake.scanned(code_of("mug"))
    bench.session.note_selected(" for Mia ")
    assert bench.session.lines[0].note == "for Mia"


def test_a_ticket_is_held_and_taken_up_again(bench: Bench) -> None:
    bench.session.intake.scanned(code_of("oat"))
    bench.session.hold("Mr Brown")
    assert bench.lines == []
    (held,) = bench.session.held()
    assert (held.name, held.item_count, held.total) == ("Mr Brown", 1, euros("2.80"))
    bench.session.recall(held.sale)
    assert bench.lines == [("1", "Oat milk 1 L")]
    assert bench.session.held() == []


def test_taking_a_ticket_up_holds_the_one_in_work(bench: Bench) -> None:
    bench.session.intake.scanned(code_of("oat"))
    bench.session.hold()
    first = bench.session.held()[0].sale
    bench.session.intake.scanned(code_of("mug"))
    bench.session.recall(first)
    assert bench.lines == [("1", "Oat milk 1 L")]
    assert [row.total for row in bench.session.held()] == [euros("24.00")]


def test_holding_is_undone(bench: Bench) -> None:
    bench.session.intake.scanned(code_of("oat"))
    bench.session.hold()
    bench.session.take_back()
    assert bench.lines == [("1", "Oat milk 1 L")]


def test_nothing_is_not_held(bench: Bench) -> None:
    bench.session.hold()
    assert bench.session.held() == []


def test_a_voided_ticket_is_gone(bench: Bench) -> None:
    bench.session.intake.scanned(code_of("oat"))
    bench.session.void("the customer left")
    assert bench.lines == []
    bench.session.intake.scanned(code_of("mug"))
    assert bench.lines == [("1", "Travel mug 350 ml")]


def test_a_refusal_is_a_sentence_and_changes_nothing(bench: Bench) -> None:
    bench.session.intake.scanned(code_of("mug"))
    assert bench.checkout.cash is not None
    bench.checkout.pay(bench.checkout.cash, euros("5.00"))
    bench.session.hold()
    assert bench.said == "A payment was taken already. Finish the sale or give the payment back."
    assert bench.lines == [("1", "Travel mug 350 ml")]
    bench.session.change_quantity(1)
    assert bench.lines == [("1", "Travel mug 350 ml")]


def test_the_ticket_in_work_is_there_after_a_restart(bench: Bench) -> None:
    for product in ("oat", "mug"):
        bench.session.intake.scanned(code_of(product))
    again = Bench(bench.database.path)
    assert again.lines == bench.lines
    assert again.session.selected_line is not None
    again.close()


def take(bench: Bench, step: str) -> None:
    session = bench.session
    match step:
        case "+" | "-":
            session.change_quantity(1 if step == "+" else -1)
        case "remove":
            session.remove_selected()
        case "undo":
            session.take_back()
        case "up":
            session.select_step(-1)
        case "hold":
            session.hold()
        case "recall":
            for row in session.held()[:1]:
                session.recall(row.sale)
        case product:
            session.intake.scanned(code_of(product))


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from(["oat", "guji", "mug", "+", "-", "remove", "undo", "up", "hold", "recall"]), max_size=14)
)
def test_what_is_shown_is_always_what_is_durable(tmp_path_factory: pytest.TempPathFactory, steps: list[str]) -> None:
    bench = Bench(set_up(tmp_path_factory.mktemp("shop")))
    for step in steps:
        take(bench, step)
    again = Bench(bench.database.path)
    assert again.lines == bench.lines
    assert [row.total for row in again.session.held()] == [row.total for row in bench.session.held()]
    again.close()
    bench.close()


def test_every_priced_product_can_be_scanned(bench: Bench) -> None:
    priced = [product for product, _, price, *_ in PRODUCTS if price]
    for product in priced:
        bench.session.intake.scanned(code_of(product))
    assert len(bench.lines) == len(priced)
