"""Before the count: a ticket that is paid in part comes first, one key away from being finished or given back."""

from __future__ import annotations

from PySide6.QtCore import Qt

from omsdesk.domain.cash import ShiftClosed
from omsdesk.domain.sale_command import AddLine, HoldSale, RecallSale
from omsdesk.domain.values import ONE
from omsdesk.store.queries import till as queries
from omsdesk.ui.till.screen import Mode
from omsdesk.ui.till.shifts.close_sheet import CloseSheet
from omsdesk.ui.till.shifts.paid_in_part_sheet import PaidInPartSheet
from tests.ui.till.bench import Bench, euros
from tests.ui.till.shop import CASH, Station, code_of


def pay_in_part(till: Station, product: str, amount: str) -> str:
    till.scan(code_of(product))
    till.state.checkout.pay(CASH, euros(amount))
    till.settle()
    assert till.state.session.sale is not None
    return till.state.session.sale.sale


def closing(till: Station) -> None:
    till.screen.errands.close_shift()
    till.settle()


def test_the_ticket_in_work_is_shown_before_the_count_and_taken_up_by_f12(till: Station) -> None:
    pay_in_part(till, "mug", "5.00")
    till.press(Qt.Key.Key_Escape)
    closing(till)
    sheet = till.sheet(PaidInPartSheet)
    assert sheet.words.text().startswith("Money was taken for this ticket, and it is not finished.")
    assert sheet.list.name_of(0).startswith("€5.00 taken of €24.00")
    assert "In work · 1 item: Travel mug 350 ml" in sheet.list.name_of(0)
    till.press(Qt.Key.Key_F12)
    assert till.screen.sheet is None
    assert till.is_in(Mode.PAYING)


def test_a_held_one_is_found_and_once_the_money_is_given_back_the_drawer_is_counted(till: Station) -> None:
    sale = pay_in_part(till, "mug", "5.00")
    # Another window begins a ticket at this till: this one waits, with its money in the drawer.
    other = till.do(RecallSale(_held_elsewhere(till)))
    assert other.entries
    till.settle()
    closing(till)
    sheet = till.sheet(PaidInPartSheet)
    assert "Held · 1 item: Travel mug 350 ml" in sheet.list.name_of(0)
    sheet.confirm()
    till.settle()
    assert till.is_in(Mode.PAYING)
    ticket = till.state.session.sale
    assert ticket is not None
    assert ticket.sale == sale
    till.state.checkout.give_back(ticket.tenders[0])
    till.settle()
    closing(till)
    assert isinstance(till.sheet(CloseSheet), CloseSheet)


def _held_elsewhere(till: Station) -> str:
    found = queries.product_by_id(till.reader, "oat", till.state.counter.shop, till.state.counter.day)
    assert found is not None
    sale = till.clock.new_id()
    till.do(AddLine(sale, till.clock.new_id(), found.article, ONE), HoldSale(sale, "Ann"))
    return sale


def test_the_count_is_refused_where_the_money_came_while_it_went_on(bench: Bench) -> None:
    bench.session.intake.scanned(code_of("mug"))
    bench.checkout.pay(CASH, euros("5.00"))
    bench.state.shift.close(())
    assert bench.facts(ShiftClosed) == []
    assert bench.said == "Money was taken for a ticket that is not finished. Finish it, or give the money back."
