"""Two opinions on an order, settled at the till."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from omsdesk.domain.order_command import OrderCommand
from omsdesk.store.queries.orders import Known
from omsdesk.ui.opinions_view import OpinionsView
from omsdesk.ui.order_opinions import Opinions
from omsdesk.ui.till.sheets import Body
from omsdesk.ui.till.state import TillState
from omsdesk.ui.widgets.layouts import column

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget


class OpinionsSheet(Body):
    """1 to 4 choose; every station follows."""

    needs_width = 560
    help_page = "order_opinions"

    def __init__(self, state: TillState, known: Known, show_orders: Callable[[], None]) -> None:
        """Show both sides; ``show_orders`` goes back to the list."""
        super().__init__()
        self.state, self._show_orders = state, show_orders
        self.title = f"Two opinions on {known.order.number}"
        counter = state.counter
        self.view = OpinionsView()
        self.view.show_opinions(
            Opinions(counter.reader, known, counter.clock.now(), counter.shop.locale, counter.money)
        )  # fmt: skip
        self.view.chosen.connect(self._chosen)
        self._number = known.order.number
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setLayout(column(self.view))

    def typing_place(self) -> QWidget | None:
        """Keys choose; nothing is typed."""
        return self

    def begin(self) -> None:
        """Hear the numbers; no card has the focus, so that an Enter too many chooses nothing."""
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by number."""
        if event.text().isdecimal():
            self.view.choose(int(event.text()) - 1)
        else:
            super().keyPressEvent(event)

    def _chosen(self, command: OrderCommand) -> None:
        self.state.orders.settle_opinions(command, self._number, self._show_orders)
