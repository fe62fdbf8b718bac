"""The goods of an order are others now: its lines as a ticket, at the till."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from shiboken6 import isValid

from omsdesk.ui.order_change import OrderChange
from omsdesk.ui.order_editor import OrderEditor
from omsdesk.ui.till.sheets import Body
from omsdesk.ui.till.state import TillState
from omsdesk.ui.widgets.layouts import column

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class ChangeGoodsSheet(Body):
    """F12 writes the change down, and shows the order with what is to be done next."""

    needs_width = 560
    help_page = "change_goods"

    def __init__(
        self, state: TillState, change: OrderChange, show_orders: Callable[[], None], act: Callable[[Body], None]
    ) -> None:
        """Show the goods as they are; ``show_orders`` goes back to the list of orders, ``act`` opens a sheet."""
        super().__init__()
        self.state, self._show_orders, self._open = state, show_orders, act
        self.title = f"Goods of {change.order.number}"
        counter = state.counter
        self.editor = OrderEditor(change, counter.reader, counter.shop.locale, counter.money)
        self.editor.save.clicked.connect(self.confirm)
        self.setLayout(column(self.editor))

    def buttons(self) -> Sequence[QWidget]:
        """Write it down."""
        return (self.editor.save,)

    def typing_place(self) -> QWidget:
        """Type what is wanted, too."""
        return self.editor.field

    def begin(self) -> None:
        """Wait for typing."""
        self.editor.field.setFocus()

    def scanned(self, code: str) -> bool:
        """Put on what was scanned: it is the order's, not the ticket's."""
        self.editor.field.clear()
        self.editor.take(code)
        return True

    def confirm(self) -> None:
        """Write the change down; what is refused stays here to be put right."""
        if not self.editor.save.isEnabled():
            return
        state, change, show_orders, act = self.state, self.editor.change, self._show_orders, self._open

        def refused() -> None:
            # Somebody was asked to agree, in the place of this sheet, and that question is still being put away.
            if not isValid(self) or not self.isVisible():
                QTimer.singleShot(0, lambda: act(ChangeGoodsSheet(state, change, show_orders, act)))

        state.orders.change(change, show_orders, refused)
