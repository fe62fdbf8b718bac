"""Undo instead of “are you sure”: every step a cashier takes has a way back, once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from omsdesk.domain.discount import Discount
from omsdesk.domain.returns import ReturnGoods
from omsdesk.domain.sale import SaleCompleted, SaleVoided, VoidTakenBack
from omsdesk.domain.values import ONE, Quantity
from omsdesk.store.queries import till as queries
from omsdesk.ui.till.prices.reductions import Way
from tests.ui.till.bench import Bench, euros
from tests.ui.till.shop import CASH, code_of

Step = Callable[[Bench], object]


def line(bench: Bench, product: str) -> str:
    return next(row.line for row in bench.session.lines if row.article.product == product)


def removes_the_middle(bench: Bench) -> None:
    bench.session.select(line(bench, "guji"))
    bench.session.remove_selected()


def minus_on_the_last_one(bench: Bench) -> None:
    bench.session.select(line(bench, "oat"))
    bench.session.change_quantity(-1)


STEPS: list[tuple[Step, str]] = [
    (lambda bench: bench.session.intake.scanned(code_of("bag")), "Paper bag added"),
    (lambda bench: bench.session.intake.scanned(code_of("mug")), "Travel mug 350 ml: 1 → 2"),
    (lambda bench: bench.session.intake.entered(f"2*{code_of('mug')}"), "Travel mug 350 ml: 1 → 3"),
    (lambda bench: bench.session.change_quantity(1), "Travel mug 350 ml: 1 → 2"),
    (lambda bench: bench.session.change_quantity(-1), "Travel mug 350 ml removed"),
    (lambda bench: bench.session.set_quantity(line(bench, "guji"), Quantity.of(7)), "Ethiopia Guji 250 g: 1 → 7"),
    (lambda bench: bench.session.set_quantity(line(bench, "guji"), Quantity(0)), "Ethiopia Guji 250 g removed"),
    (removes_the_middle, "Ethiopia Guji 250 g removed"),
    (minus_on_the_last_one, "Oat milk 1 L removed"),
    (lambda bench: bench.session.hold(), "Ticket held"),
    (lambda bench: bench.session.hold("Mr Brown"), "Ticket held"),
    (lambda bench: bench.session.void(), "Sale voided"),
]


@pytest.fixture
def rung_up(bench: Bench) -> Bench:
    """A ticket of three articles."""
    for product in ("oat", "guji", "mug"):
        bench.session.intake.scanned(code_of(product))
    return bench


@pytest.mark.parametrize(("step", "sentence"), STEPS, ids=[sentence for _, sentence in STEPS])
def test_a_step_is_told_and_taken_back(rung_up: Bench, step: Step, sentence: str) -> None:
    before = rung_up.lines
    total = rung_up.session.sale.total if rung_up.session.sale else None
    step(rung_up)
    assert rung_up.lines != before
    assert rung_up.session.undo is not None
    assert rung_up.session.undo.sentence == sentence
    rung_up.session.take_back()
    assert rung_up.lines == before
    assert rung_up.session.sale is not None
    assert rung_up.session.sale.total == total


@pytest.mark.parametrize(("step", "sentence"), STEPS, ids=[sentence for _, sentence in STEPS])
def test_what_was_taken_back_is_durable(rung_up: Bench, step: Step, sentence: str) -> None:
    step(rung_up)
    rung_up.session.take_back()
    again = Bench(rung_up.database.path)
    assert again.lines == rung_up.lines, sentence
    again.close()


def test_an_undone_quantity_is_the_one_before_and_not_the_first(bench: Bench) -> None:
    for quantity in (2, 5, 9):
        bench.session.intake.scanned(code_of("oat")) if not bench.lines else None
        bench.session.set_quantity(line(bench, "oat"), Quantity.of(quantity))
    bench.session.take_back()
    assert bench.lines == [("5", "Oat milk 1 L")]


def test_an_undo_can_be_undone(rung_up: Bench) -> None:
    rung_up.session.change_quantity(1)
    for shown in ("1", "2", "1"):
        rung_up.session.take_back()
        assert rung_up.lines[2] == (shown, "Travel mug 350 ml")


def test_a_line_that_comes_back_brings_its_note_and_its_price(bench: Bench) -> None:
    bench.session.intake.scanned(code_of("card"))
    bench.session.intake.price_typed(euros("25.00"))
    bench.session.note_selected("for Mia")
    bench.session.remove_selected()
    assert bench.lines == []
    bench.session.take_back()
    (row,) = bench.session.lines
    assert (row.note, row.open_price) == ("for Mia", euros("25.00"))


def test_a_voided_sale_comes_back_with_notes_and_prices_as_a_new_ticket(rung_up: Bench) -> None:
    rung_up.session.select(line(rung_up, "oat"))
    rung_up.session.note_selected("cold")
    rung_up.session.intake.scanned(code_of("oat"))
    rung_up.session.intake.scanned(code_of("open"))
    rung_up.session.intake.price_typed(euros("3.30"))
    before = [(row.article.product, row.quantity, row.note, row.open_price) for row in rung_up.session.lines]
    voided = rung_up.session.sale
    rung_up.session.void()
    rung_up.session.take_back()
    after = [(row.article.product, row.quantity, row.note, row.open_price) for row in rung_up.session.lines]
    assert after == before
    assert rung_up.session.sale is not None
    assert voided is not None
    assert rung_up.session.sale.sale != voided.sale
    assert [fact.sale for fact in rung_up.facts(SaleVoided)] == [voided.sale]
    assert [fact.sale for fact in rung_up.facts(VoidTakenBack)] == [voided.sale], "a manager is told of no void"


def test_a_voided_sale_whose_first_line_had_a_note_comes_back(bench: Bench) -> None:
    bench.session.intake.scanned(code_of("mug"))
    bench.session.note_selected("engrave: M")
    bench.session.void()
    bench.session.take_back()
    assert [(row.article.product, row.note) for row in bench.session.lines] == [("mug", "engrave: M")]
    bench.checkout.pay_exactly()
    assert bench.facts(SaleCompleted)[0].lines[0].note == "engrave: M"


def test_after_the_next_scan_the_voided_sale_is_gone_for_good(rung_up: Bench) -> None:
    rung_up.session.void()
    rung_up.session.intake.scanned(code_of("bag"))
    rung_up.session.take_back()
    assert rung_up.lines == []


def test_what_nothing_was_rung_up_for_cannot_be_voided(bench: Bench) -> None:
    bench.session.void()
    assert bench.session.undo is None
    assert bench.facts(SaleVoided) == []


def test_a_sale_that_is_paid_has_no_way_back(rung_up: Bench) -> None:
    rung_up.checkout.pay_exactly()
    assert rung_up.session.undo is None
    rung_up.session.take_back()
    assert len(rung_up.facts(SaleCompleted)) == 1


def test_a_payment_ends_the_way_back_of_the_line_before_it(rung_up: Bench) -> None:
    rung_up.checkout.pay(CASH, euros("5.00"))
    assert rung_up.session.undo is None
    assert rung_up.checkout.sale is not None
    rung_up.checkout.give_back(rung_up.checkout.sale.tenders[0])
    assert rung_up.session.undo is None
    assert len(rung_up.lines) == 3


def test_a_ticket_taken_up_offers_nothing_of_the_one_before(rung_up: Bench) -> None:
    rung_up.session.hold()
    (held,) = rung_up.session.held()
    rung_up.session.intake.scanned(code_of("bag"))
    rung_up.session.recall(held.sale)
    assert rung_up.session.undo is None


def test_the_undone_hold_takes_the_ticket_up_though_another_one_was_begun(rung_up: Bench) -> None:
    before = rung_up.lines
    rung_up.session.hold()
    undo = rung_up.session.undo
    assert undo is not None
    rung_up.session.intake.scanned(code_of("bag"))
    undo.act()
    assert rung_up.lines == before
    assert [row.item_count for row in rung_up.session.held()] == [1]


def test_the_chance_is_over_after_a_while(rung_up: Bench) -> None:
    rung_up.session.forget_undo()
    rung_up.session.forget_undo()
    rung_up.session.take_back()
    assert len(rung_up.lines) == 3


def test_a_voided_return_is_put_back_as_it_was(bench: Bench) -> None:
    bench.session.intake.entered(code_of("mug"))
    bench.checkout.pay_exactly()
    sold = bench.facts(SaleCompleted)[-1]
    bench.checkout.next_customer()
    bench.do(ReturnGoods("back", "r", sold.sale, sold.lines[0].line, ONE, reason="Damaged"))
    bench.session.take_up(queries.sale_state(bench.reader, "back"))
    bench.session.intake.entered(code_of("oat"))
    before = bench.session.lines
    bench.session.void()
    assert bench.lines == []
    bench.session.take_back()
    assert bench.said == ""
    assert [replace(row, line="") for row in bench.session.lines] == [replace(row, line="") for row in before]


def test_what_was_taken_off_by_hand_is_back_with_a_voided_ticket(bench: Bench) -> None:
    bench.session.intake.entered(code_of("mug"))
    reductions = bench.state.reductions
    reductions.do(reductions.offer(is_whole=False, way=Way.PERCENT, text="10", reason="Damaged"))
    reductions.do(reductions.offer(is_whole=True, way=Way.AMOUNT, text="1", reason=""))
    bench.session.void()
    bench.session.take_back()
    sale = bench.session.sale
    assert sale is not None
    assert sale.lines[0].discount == Discount(100_000, None, "Damaged")
    assert sale.discount == Discount(amount=euros("1.00"))
