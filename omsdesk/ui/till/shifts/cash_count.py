"""Counting a drawer: a total, or how many of each coin and note there are."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from omsdesk.domain.values import Money
from omsdesk.ui.theme import Tone
from omsdesk.ui.till.amount_field import AmountField, TextField
from omsdesk.ui.till.state import TillState
from omsdesk.ui.widgets.key_button import Face, KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import column

_COLUMNS = 2
_COINS = {"USD": (1, 5, 10, 25, 50, 100), "CAD": (5, 10, 25, 100, 200)}


def coins_of(currency: str, smallest_note: int, step: int) -> tuple[int, ...]:
    """List the coins of a currency in minor units: 1, 2, 5, 10… below the smallest note, none below the cash step."""
    usual = tuple(digit * 10**zeros for zeros in range(6) for digit in (1, 2, 5))
    return tuple(coin for coin in _COINS.get(currency, usual) if step <= coin < smallest_note)


class CashCount(QWidget):
    """Emits ``changed``; ``amount`` is what was counted."""

    changed = Signal()
    confirmed = Signal()

    def __init__(self, state: TillState) -> None:
        """Begin with an empty total."""
        super().__init__()
        self.state = state
        self.total = AmountField(state.counter, 32)
        self.total.setAccessibleName("Counted cash")
        self.total.changed.connect(self.changed)
        self.total.returnPressed.connect(self.confirmed)
        self.by_pieces = KeyButton("Count coins and notes", "coins", face=Face.QUIET)
        self.by_pieces.clicked.connect(self.open_pieces)
        self.pieces: dict[int, QLineEdit] = {}
        self._sums: dict[int, Label] = {}
        self._column = column(self.total, self.by_pieces, spacing=12)
        self.setLayout(self._column)

    def amount(self) -> Money | None:
        """What was counted; None while nothing was."""
        return self.total.amount()

    def asks(self) -> bool:
        """Ask about what is typed if it is not clear; tells whether that was so."""
        return self.total.asks()

    def denominations(self) -> tuple[int, ...]:
        """Notes and coins of the shop's currency in minor units, the largest first."""
        checkout = self.state.checkout
        step = checkout.cash.rounding_step if checkout.cash else 1
        notes = checkout.notes
        coins = coins_of(self.state.counter.shop.currency, min(notes, default=1), step)
        return tuple(sorted((*notes, *coins), reverse=True))

    def open_pieces(self) -> None:
        """Show a field per coin and note; the total follows them."""
        if self.pieces:
            return
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        values = self.denominations()
        rows = -(-len(values) // _COLUMNS)
        for number, value in enumerate(values):
            across, down = divmod(number, rows)
            self._add(grid, value, (down, 4 * across))
            grid.setColumnStretch(4 * across + 2, 1)
            grid.setColumnMinimumWidth(4 * across + 3, 16)
        self.by_pieces.hide()
        self._column.addLayout(grid)
        self.pieces[values[0]].setFocus()

    def _add(self, grid: QGridLayout, value: int, place: tuple[int, int]) -> None:
        counter = self.state.counter
        field = TextField(44)
        field.setValidator(QRegularExpressionValidator(QRegularExpression("\\d{0,5}"), field))
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        field.setFixedWidth(84)
        name = counter.money(Money(value, counter.shop.currency))
        field.setAccessibleName(f"How many of {name}")
        field.textChanged.connect(self._add_up)
        field.returnPressed.connect(self.confirmed)
        self.pieces[value], self._sums[value] = field, Label("", 16, 500, Tone.NEUTRAL)
        label = Label(f"{name} ×")
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for offset, part in enumerate((label, field, self._sums[value])):
            grid.addWidget(part, place[0], place[1] + offset)

    def _add_up(self) -> None:
        counter = self.state.counter
        counts = {value: int(field.text() or 0) for value, field in self.pieces.items()}
        for value, label in self._sums.items():
            label.setText(counter.money(Money(value * counts[value], counter.shop.currency)) if counts[value] else "")
        self.total.set_amount(Money(sum(value * count for value, count in counts.items()), counter.shop.currency))
