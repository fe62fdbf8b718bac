"""The report of a shift that was closed: it can be read to its end without a mouse."""

from __future__ import annotations

from PySide6.QtCore import Qt

from omsdesk.ui.till.screen import Mode
from omsdesk.ui.till.shifts.report_view import ReportView
from tests.ui.till.shop import Station, code_of


def test_the_paper_is_leafed_through_by_keys(till: Station) -> None:
    till.scan(code_of("guji"))
    till.state.checkout.pay_exactly()
    till.settle()
    till.state.checkout.next_customer()
    till.state.shift.close(())
    till.until(lambda: till.is_in(Mode.REPORT))
    view = till.view(ReportView)
    bar = view.paper.verticalScrollBar()
    till.until(lambda: bar.maximum() > 0)
    assert view.next_button.hasFocus()
    till.press(Qt.Key.Key_PageDown)
    assert bar.value() > 0
    till.press(Qt.Key.Key_PageUp)
    assert bar.value() == 0
