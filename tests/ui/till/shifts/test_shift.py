"""Opening, counting and closing."""

from __future__ import annotations

from pathlib import Path

from omsdesk.domain.cash import CashMoved, CashReason, Counted, DrawerOpened, ShiftClosed, XReportTaken
from tests.ui.till.bench import Bench, euros
from tests.ui.till.shop import code_of, set_up


def test_nothing_is_sold_before_the_drawer_was_counted(tmp_path: Path) -> None:
    bench = Bench(set_up(tmp_path), is_open=False)
    assert not bench.state.shift.is_open
    bench.session.intake.scanned(code_of("oat"))
    assert bench.said == "Open the shift first: count the money in the drawer."
    bench.state.shift.open(euros("150.00"))
    assert bench.state.shift.is_open
    bench.session.intake.scanned(code_of("oat"))
    assert bench.lines == [("1", "Oat milk 1 L")]
    bench.close()


def test_money_in_and_out_is_in_the_figures(bench: Bench) -> None:
    bench.state.shift.pay_in(euros("20.00"), "change from the bank")
    bench.state.shift.pay_out(euros("5.00"), "window cleaner")
    figures = bench.state.shift.figures()
    assert figures is not None
    assert (figures.pay_in, figures.pay_out) == (euros("20.00"), euros("-5.00"))
    assert figures.tenders[0].expected == euros("165.00")


def test_a_movement_needs_a_reason(bench: Bench) -> None:
    bench.state.shift.pay_out(euros("5.00"), " ")
    assert bench.said == "Say why the money moves."


def test_the_drawer_opens_without_a_sale_and_that_is_counted(bench: Bench) -> None:
    bench.state.shift.open_drawer()
    assert [fact.reason for fact in bench.facts(DrawerOpened)] == ["No sale"]
    figures = bench.state.shift.figures()
    assert figures is not None
    assert figures.no_sale_count == 1


def test_an_x_report_closes_nothing(bench: Bench) -> None:
    bench.state.shift.x_report()
    assert len(bench.facts(XReportTaken)) == 1
    assert bench.state.shift.is_open


def test_a_close_cannot_fail_and_its_report_waits_to_be_seen(bench: Bench) -> None:
    bench.session.intake.scanned(code_of("guji"))
    bench.checkout.pay_exactly()
    bench.state.shift.close((Counted("cash", euros("100.00")),))
    closed = bench.state.shift.closed
    assert isinstance(closed, ShiftClosed)
    assert closed.figures.tenders[0].difference == euros("-62.90")
    assert not bench.state.shift.is_open
    bench.state.shift.begin_next()
    assert bench.state.shift.closed is None


def test_z_numbers_have_no_gap(bench: Bench) -> None:
    for _ in range(3):
        bench.state.shift.close(())
        bench.state.shift.open(euros("0.00"))
    assert [fact.number for fact in bench.facts(ShiftClosed)] == [1, 2, 3]


def test_a_cashier_takes_no_money_out_before_somebody_agrees(tmp_path: Path) -> None:
    bench = Bench(set_up(tmp_path), person="ben")
    bench.state.shift.pay_out(euros("5.00"), "coffee")
    assert bench.state.approvals.sentence == "Ben Okafor wants to pay money in and out: €5.00."
    bench.state.approvals.give_up()
    assert all(fact.reason is CashReason.FLOAT for fact in bench.facts(CashMoved))
    bench.close()
