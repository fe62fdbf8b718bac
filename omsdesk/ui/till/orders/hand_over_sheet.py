"""Which goods of an order are handed over now: not everything has to be fetched at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from omsdesk.domain.line import SoldLine
from omsdesk.domain.values import ONE, Money, Quantity
from omsdesk.store.queries.orders import Known
from omsdesk.ui.theme import Tone
from omsdesk.ui.till.orders.handing import whole
from omsdesk.ui.till.sheets import Body
from omsdesk.ui.till.state import TillState
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import column, row
from omsdesk.ui.widgets.primary_button import PrimaryButton
from omsdesk.ui.widgets.result_list import Result, ResultList
from omsdesk.ui.widgets.search_field import CartField

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class HandOverSheet(Body):
    """Plus and minus say how much of the marked line is fetched, Delete that none of it is; F12 hands it over."""

    needs_width = 560
    help_page = "hand_over"

    def __init__(self, state: TillState, known: Known) -> None:
        """Propose all that is still to be handed over."""
        super().__init__()
        self.state, self.known = state, known
        self.title = f"Hand over of {known.order.number}"
        self.wanted = whole(known)
        self.field, self.list = CartField("Scan what is fetched, or use + and -"), ResultList("Goods to hand over")
        self.fewer, self.more = KeyButton("One less", "minus", "-"), KeyButton("One more", "plus", "+")
        self.none = KeyButton("Not today", "x", "Del")
        self.note = Label("", 16, 500, Tone.NEUTRAL)
        self.save = PrimaryButton("Hand over", "package-check", "F12")
        self._is_begun = False
        self._wire()
        keys = row(self.fewer, self.more, self.none)
        for at in range(keys.count()):
            keys.setStretch(at, 1)
        made = column(self.field, self.list, self.note, keys, spacing=12)
        made.setStretch(1, 1)
        self.setLayout(made)
        self._show()

    def _wire(self) -> None:
        self.field.line_stepped.connect(self.list.step)
        self.field.stepped.connect(self.list.step)
        self.field.quantity_stepped.connect(self.step)
        self.field.removed.connect(lambda: self._want(0))
        self.field.returnPressed.connect(self._entered)
        self.fewer.clicked.connect(lambda: self.step(-1))
        self.more.clicked.connect(lambda: self.step(1))
        self.none.clicked.connect(lambda: self._want(0))
        self.save.clicked.connect(self.confirm)

    def buttons(self) -> Sequence[QWidget]:
        """Hand them over."""
        return (self.save,)

    def typing_place(self) -> QWidget:
        """Type a code."""
        return self.field

    def begin(self) -> None:
        """Wait for keys."""
        self.field.setFocus()

    # ------------------------------------------------------------------------------ how much

    @property
    def _rows(self) -> list[SoldLine]:
        """What is chosen from: what goes with another line goes with it."""
        lines = {row.line for row in self.known.order.rows}
        open_ones = whole(self.known)
        return [row for row in self.known.order.rows if row.line in open_ones and row.parent not in lines]

    @property
    def marked(self) -> SoldLine | None:
        """The line that the keys act on."""
        at, rows = self.list.currentIndex().row(), self._rows
        return rows[at] if 0 <= at < len(rows) else None

    def scanned(self, code: str) -> bool:
        """Count what is scanned: the first scan begins at nothing, so that what lies on the counter is what goes."""
        found = self.state.session.intake.look_up(code)
        at = next((at for at, row in enumerate(self._rows) if found and row.product == found.article.product), -1)
        if at < 0 or found is None:
            self._say("This is not on the order.")
            return True
        if not self._is_begun:
            self._is_begun, self.wanted = True, {}
        self.list.move_to(at)
        self._change(found.pack.micro)
        return True

    def _entered(self) -> None:
        text = self.field.text().strip()
        self.field.clear()
        if text:
            self.scanned(text)

    def step(self, count: int) -> None:
        """Hand over one more or one less of the marked line."""
        self._change(count * ONE.micro)

    def _change(self, micro: int) -> None:
        marked = self.marked
        if marked is not None:
            self._want(self.wanted.get(marked.line, Quantity(0)).micro + micro)

    def _want(self, micro: int) -> None:
        marked = self.marked
        if marked is None:
            return
        left = self.known.order.open_quantity(marked)
        is_too_many = micro > left.micro
        self.wanted[marked.line] = Quantity(max(0, min(micro, left.micro)))
        self._show()
        if is_too_many:
            self._say(f"Only {self.state.counter.quantity(left)} of it is still to be handed over.")

    # ------------------------------------------------------------------------------ what is shown

    def _say(self, sentence: str) -> None:
        self.note.setText(sentence)
        self.note.set_tone(Tone.WARN)

    def _show(self) -> None:
        at, money = max(0, self.list.currentIndex().row()), self.state.counter.money
        self.list.show_results([self._line(row) for row in self._rows])
        self.list.move_to(min(at, self.list.count() - 1))
        worth = sum(map(self._worth, self.known.order.rows), start=Money(0, self.known.order.currency))
        due = max(worth - max(self.known.held, Money(0, worth.currency)), Money(0, worth.currency))
        self.note.set_tone(Tone.NEUTRAL)
        self.note.setText(f"{money(due)} is to be paid now." if due else "It is paid.")
        self.save.setEnabled(any(self.wanted.values()))

    def _amount(self, row: SoldLine) -> Quantity:
        """How much of a line goes: of what goes with another line, as much as of that."""
        head = row.parent if row.parent in self.wanted else row.line
        return min(self.wanted.get(head, Quantity(0)), self.known.order.open_quantity(row))

    def _worth(self, row: SoldLine) -> Money:
        now = self._amount(row)
        order = self.known.order
        return order.part(order.gross(row), row, now) if now else Money(0, order.currency)

    def _line(self, row: SoldLine) -> Result:
        counter, left = self.state.counter, self.known.order.open_quantity(row)
        now = self._amount(row)
        rest = Quantity(left.micro - now.micro)
        said = f"{counter.quantity(rest)} stays here" if rest else "all of it"
        icon = "check" if now else "package"
        title = f"{counter.quantity(now)} × {row.name}"
        return Result(row.line, icon, title, said, counter.money(self._worth(row)))

    def confirm(self) -> None:
        """Hand over what was chosen."""
        if self.save.isEnabled():
            lines = {row.line for row in self._rows}
            chosen = {line: quantity for line, quantity in self.wanted.items() if line in lines and quantity}
            self.done.emit()
            self.state.orders.hand_over(self.known, chosen)
