"""The power fails in every state of the till: the next start shows what was durable, and nothing was lost."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from omsdesk.domain.cash import Counted
from omsdesk.domain.printing import PrintState
from omsdesk.domain.sale import SaleCompleted
from omsdesk.store.queries.printing import unsettled
from omsdesk.ui.till.screen import Mode
from tests.ui.till.bench import Bench, euros
from tests.ui.till.shop import CARD, CASH, Station, code_of, set_up


@contextmanager
def after_a_cut(bench: Bench, folder: Path) -> Iterator[Bench]:
    """Start again on the files as they lie on the disk now, while the first program still has them open."""
    folder.mkdir()
    for file in bench.database.path.parent.glob("shop.db*"):
        # The index of the log is memory that a cut of the power takes away.
        if not file.name.endswith("-shm"):
            shutil.copyfile(file, folder / file.name)
    again = Bench(folder / "shop.db", person="anna", is_open=False)
    try:
        yield again
    finally:
        again.close()


def ring_up(bench: Bench, *products: str) -> None:
    for product in products:
        bench.session.intake.scanned(code_of(product))


def test_lines_notes_and_typed_prices_are_there(bench: Bench, tmp_path: Path) -> None:
    ring_up(bench, "oat", "oat", "mug")
    bench.session.note_selected("for Mia")
    ring_up(bench, "open")
    bench.session.intake.price_typed(euros("3.30"))
    with after_a_cut(bench, tmp_path / "again") as again:
        assert again.session.lines == bench.session.lines
        assert again.session.sale == bench.session.sale
        assert again.session.selected == bench.session.selected
        assert again.session.undo is None
        again.session.intake.scanned(code_of("oat"))
        assert again.lines[0] == ("3", "Oat milk 1 L")


def test_a_payment_that_was_taken_stays_taken(bench: Bench, tmp_path: Path) -> None:
    ring_up(bench, "mug")
    bench.checkout.open()
    bench.checkout.pay(CASH, euros("10.00"))
    with after_a_cut(bench, tmp_path / "again") as again:
        assert again.checkout.due == euros("14.00")
        again.checkout.pay(CARD)
        (sale,) = again.facts(SaleCompleted)
        assert [row.method for row in sale.tenders] == ["cash", "card"]


def test_a_sale_that_was_paid_is_paid_and_its_receipt_still_to_come(bench: Bench, tmp_path: Path) -> None:
    ring_up(bench, "guji")
    bench.checkout.pay(CASH, euros("20.00"))
    with after_a_cut(bench, tmp_path / "again") as again:
        assert again.lines == []
        assert again.checkout.completed is None
        (receipt,) = again.state.receipts.last()
        assert receipt.total == euros("12.90")
        assert [job.state for job in unsettled(again.reader)] == [PrintState.QUEUED]


def test_held_tickets_wait_on(bench: Bench, tmp_path: Path) -> None:
    ring_up(bench, "oat")
    bench.session.hold("Mr Brown")
    ring_up(bench, "mug")
    with after_a_cut(bench, tmp_path / "again") as again:
        assert again.lines == [("1", "Travel mug 350 ml")]
        (held,) = again.session.held()
        assert (held.name, held.total) == ("Mr Brown", euros("2.80"))


def test_a_ticket_that_was_taken_up_is_in_work(bench: Bench, tmp_path: Path) -> None:
    ring_up(bench, "oat")
    bench.session.hold()
    bench.session.recall(bench.session.held()[0].sale)
    with after_a_cut(bench, tmp_path / "again") as again:
        assert again.lines == [("1", "Oat milk 1 L")]
        assert again.session.held() == []


def test_a_voided_ticket_stays_voided(bench: Bench, tmp_path: Path) -> None:
    ring_up(bench, "oat")
    bench.session.void()
    with after_a_cut(bench, tmp_path / "again") as again:
        assert again.lines == []


def test_a_price_that_was_not_typed_yet_is_asked_by_the_next_scan_alone(bench: Bench, tmp_path: Path) -> None:
    ring_up(bench, "oat", "card", "mug")
    assert bench.session.intake.waiting
    with after_a_cut(bench, tmp_path / "again") as again:
        assert again.session.intake.demand is None
        assert again.session.intake.waiting == []
        assert again.lines == [("1", "Oat milk 1 L")]


def test_money_and_openings_of_the_drawer_are_in_the_figures(bench: Bench, tmp_path: Path) -> None:
    bench.state.shift.pay_in(euros("20.00"), "change")
    bench.state.shift.pay_out(euros("5.00"), "cleaner")
    bench.state.shift.open_drawer()
    with after_a_cut(bench, tmp_path / "again") as again:
        assert again.state.shift.figures() == bench.state.shift.figures()


def test_a_shift_that_was_closed_is_closed_and_the_next_z_follows(bench: Bench, tmp_path: Path) -> None:
    bench.state.shift.close((Counted("cash", euros("150.00")),))
    with after_a_cut(bench, tmp_path / "again") as again:
        assert not again.state.shift.is_open
        assert again.state.shift.closed is None
        again.state.shift.open(euros("100.00"))
        again.state.shift.close(())
        assert again.state.shift.closed is not None
        assert again.state.shift.closed.number == 2


def test_nothing_of_a_burst_that_was_not_answered_is_shown_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "first").mkdir()
    bench = Bench(set_up(tmp_path / "first"), is_slow=True)
    ring_up(bench, "oat", "mug", "bag")
    bench.slow.answer(2)
    with after_a_cut(bench, tmp_path / "again") as again:
        assert again.lines[: len(bench.lines)] == bench.lines
    bench.close()


def is_opening(bench: Bench) -> None:
    bench.state.shift.close(())
    bench.state.shift.begin_next()


def is_paying(bench: Bench) -> None:
    ring_up(bench, "oat")
    bench.checkout.open()


def is_done(bench: Bench) -> None:
    ring_up(bench, "oat")
    bench.checkout.pay_exactly()


STATES: dict[str, tuple[Callable[[Bench], None], Mode]] = {
    "locked": (lambda bench: bench.state.sign_in.lock(), Mode.LOCKED),
    "opening": (is_opening, Mode.OPENING),
    "report": (lambda bench: bench.state.shift.close(()), Mode.OPENING),
    "selling": (lambda bench: ring_up(bench, "oat"), Mode.SELLING),
    "paying": (is_paying, Mode.SELLING),
    "done": (is_done, Mode.SELLING),
}


@pytest.mark.parametrize("name", STATES)
def test_the_screen_comes_up_where_work_goes_on(tmp_path: Path, qtbot: QtBot, name: str) -> None:
    act, mode = STATES[name]
    bench = Bench(set_up(tmp_path))
    act(bench)
    bench.close()
    till = Station(tmp_path / "shop.db", qtbot).start(is_signed_in=mode is not Mode.LOCKED, is_open=False)
    assert till.is_in(mode)
    if mode is Mode.SELLING:
        till.scan(code_of("mug"))
        assert till.lines[-1] == ("1", "Travel mug 350 ml")
    till.stop()
