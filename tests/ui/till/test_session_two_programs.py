"""Two programs on one file, as when a second window is opened: what one holds the other takes up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from omsdesk.domain.sale import SaleCompleted
from omsdesk.ui.till.screen import Mode
from omsdesk.ui.till.sell_view import HOLD
from tests.ui.till.bench import Bench, euros
from tests.ui.till.shop import PRODUCTS, Station, code_of, set_up


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Bench, Bench]]:
    """Two programs."""
    first = Bench(set_up(tmp_path))
    second = Bench(tmp_path / "shop.db", person="ben")
    yield first, second
    second.close()
    first.close()


def test_held_here_taken_up_there(pair: tuple[Bench, Bench]) -> None:
    here, there = pair
    here.session.intake.scanned(code_of("oat"))
    here.session.hold("Mr Brown")
    (held,) = there.session.held()
    assert held.name == "Mr Brown"
    there.session.recall(held.sale)
    assert there.lines == [("1", "Oat milk 1 L")]
    assert here.session.held() == []
    there.checkout.pay_exactly()
    assert [row.total for row in here.state.receipts.last()] == [euros("2.80")]


def test_only_one_of_two_takes_a_ticket_up(pair: tuple[Bench, Bench]) -> None:
    here, there = pair
    here.session.intake.scanned(code_of("oat"))
    here.session.hold()
    (held,) = here.session.held()
    there.session.recall(held.sale)
    here.session.recall(held.sale)
    assert here.said == "This ticket is not on hold any more."
    assert here.lines == []
    assert there.lines == [("1", "Oat milk 1 L")]


def test_a_ticket_that_was_set_aside_there_leaves_the_screen_here_with_a_word(pair: tuple[Bench, Bench]) -> None:
    here, there = pair
    here.session.intake.scanned(code_of("oat"))
    there.session.intake.scanned(code_of("mug"))
    assert [row.total for row in there.session.held()] == [euros("2.80")]
    here.session.intake.scanned(code_of("bag"))
    assert here.said == "In another window this ticket was put aside. F6 shows what waits."
    assert here.lines == []
    here.session.intake.scanned(code_of("bag"))
    assert here.lines == [("1", "Paper bag")]
    assert {row.total for row in here.session.held()} == {euros("2.80"), euros("24.00")}


def test_a_ticket_that_was_set_aside_there_is_taken_up_again_here(pair: tuple[Bench, Bench]) -> None:
    here, there = pair
    here.session.intake.scanned(code_of("oat"))
    there.session.intake.scanned(code_of("mug"))
    here.session.look_again()
    (held,) = here.session.held()
    here.session.recall(held.sale)
    assert here.lines == [("1", "Oat milk 1 L")]
    there.session.look_again()
    assert there.lines == []


def test_what_is_added_there_to_the_same_ticket_is_seen_here(tmp_path: Path) -> None:
    here = Bench(set_up(tmp_path))
    here.session.intake.scanned(code_of("oat"))
    there = Bench(tmp_path / "shop.db", person="ben")
    assert there.lines == here.lines
    there.session.intake.scanned(code_of("mug"))
    here.session.look_again()
    assert here.lines == [("1", "Oat milk 1 L"), ("1", "Travel mug 350 ml")]
    here.checkout.pay_exactly()
    assert [fact.total for fact in here.facts(SaleCompleted)] == [euros("26.80")]
    there.session.remove_selected()
    assert there.said == "In another window this ticket was ended."
    assert there.lines == []
    there.close()
    here.close()


def test_money_for_a_ticket_that_grew_there_is_asked_again(tmp_path: Path) -> None:
    here = Bench(set_up(tmp_path))
    here.session.intake.scanned(code_of("oat"))
    there = Bench(tmp_path / "shop.db", person="ben")
    there.session.intake.scanned(code_of("mug"))
    here.checkout.pay_exactly()
    assert here.said == "€24.00 is still due."
    assert here.checkout.due == euros("26.80")
    here.checkout.pay_exactly()
    assert here.checkout.completed is not None
    there.close()
    here.close()


def test_looking_again_at_nothing_or_at_what_is_the_same_changes_nothing(bench: Bench) -> None:
    bench.session.look_again()
    bench.session.intake.scanned(code_of("oat"))
    undo = bench.session.undo
    bench.session.look_again()
    assert bench.session.undo is undo
    assert bench.lines == [("1", "Oat milk 1 L")]


def test_what_is_on_its_way_is_not_mistaken_for_somebody_elses(slow: Bench) -> None:
    slow.session.intake.scanned(code_of("oat"))
    slow.slow.answer()
    slow.session.intake.scanned(code_of("mug"))
    slow.session.look_again()
    assert slow.lines == [("1", "Oat milk 1 L")]
    slow.slow.answer()
    assert slow.lines == [("1", "Oat milk 1 L"), ("1", "Travel mug 350 ml")]


def test_receipt_numbers_have_no_gap_and_no_twin(pair: tuple[Bench, Bench]) -> None:
    priced = [name for name, _, price, *_ in PRODUCTS if price]
    for number, product in enumerate(priced):
        bench = pair[number % 2]
        bench.session.intake.scanned(code_of(product))
        bench.checkout.pay_exactly()
    numbers = [fact.number for fact in pair[0].facts(SaleCompleted)]
    assert numbers == [f"1A-{count:06d}" for count in range(1, len(priced) + 1)]


def test_a_shift_closed_there_is_closed_here(pair: tuple[Bench, Bench]) -> None:
    here, there = pair
    there.state.shift.close(())
    here.session.intake.scanned(code_of("oat"))
    assert here.said == "Open the shift first: count the money in the drawer."
    here.counter.refresh()
    assert not here.state.shift.is_open


def test_the_screen_hears_of_tickets_and_shifts_of_the_other_program(tmp_path: Path, qtbot: QtBot) -> None:
    till = Station(set_up(tmp_path), qtbot).start()
    other = Bench(tmp_path / "shop.db", person="ben")
    hold = till.screen.sell.bar.buttons[HOLD]
    assert not hold.isEnabled()
    other.session.intake.scanned(code_of("oat"))
    other.session.hold()
    till.settle()
    assert (hold.label, hold.isEnabled()) == ("Held (1)", True)
    other.state.shift.close(())
    till.settle()
    assert till.is_in(Mode.OPENING)
    other.close()
    till.stop()
