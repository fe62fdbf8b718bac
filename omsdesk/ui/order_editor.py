"""The goods of an order as a ticket that can be changed: scanned and typed in, more and less of each, the new total."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from omsdesk.documents.formats import format_quantity
from omsdesk.domain.order import Purpose
from omsdesk.domain.values import ONE, Money, Quantity
from omsdesk.store.engine import Connection
from omsdesk.store.queries import till as queries
from omsdesk.store.queries.search import prices, search
from omsdesk.ui.goods_by_code import by_code
from omsdesk.ui.order_change import OrderChange, Wanted
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.key_button import Face, KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import column, row
from omsdesk.ui.widgets.primary_button import PrimaryButton
from omsdesk.ui.widgets.result_list import Result, ResultList
from omsdesk.ui.widgets.search_field import CartField

_TIMES = re.compile(r"\s*(\d{1,6}(?:[.,]\d{1,6})?)\s*[*×]\s*(.*)\Z")
_MOST = 30


class OrderEditor(QWidget):
    """Plus, minus and Delete change the marked line; what is typed or scanned is put on. ``save`` is for the owner."""

    said = Signal(str)
    """Why something could not be done; empty once something was."""

    def __init__(self, change: OrderChange, reader: Connection, locale: str, write: Callable[[Money], str]) -> None:
        """Show an order as it is."""
        super().__init__()
        self.change, self._reader, self._locale, self._write = change, reader, locale, write
        self.field = CartField("Scan or type what is wanted, too")
        self.lines, self.found = ResultList("Goods of the order"), ResultList("Found products")
        self.fewer = KeyButton("One less", "minus", "-")
        self.more = KeyButton("One more", "plus", "+")
        self.remove = KeyButton("Remove", "trash-2", "Del", Face.DANGER)
        self.problem, self.note = Label("", 16, 600, Tone.BAD), Label("", 16, 500, Tone.WARN)
        self.total_name, self.total = Label("", 16, 400, Tone.NEUTRAL), Label("", 28, 600)
        self.due_name, self.due = Label("", 16, 400, Tone.NEUTRAL), Label("", 18, 600)
        self.save = PrimaryButton("Write the change down", "check", "F12")
        self._middle = QStackedWidget()
        self._middle.addWidget(self.lines)
        self._middle.addWidget(self.found)
        self._wire()
        self._lay_out()
        self._say("")

    def _wire(self) -> None:
        self.field.textChanged.connect(self._typed)
        self.field.returnPressed.connect(self.enter)
        self.field.stepped.connect(self.found.step)
        self.field.line_stepped.connect(self.lines.step)
        self.field.quantity_stepped.connect(self.step)
        self.field.removed.connect(self.take_off)
        self.found.chosen.connect(lambda product: self._add(str(product), ONE))
        self.more.clicked.connect(lambda: self.step(1))
        self.fewer.clicked.connect(lambda: self.step(-1))
        self.remove.clicked.connect(self.take_off)

    def _lay_out(self) -> None:
        for label in (self.problem, self.note):
            label.setWordWrap(True)
        for label in (self.total, self.due):
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        keys = row(self.fewer, self.more, self.remove)
        for at in range(keys.count()):
            keys.setStretch(at, 1)
        for button in (self.fewer, self.more, self.remove):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        sums = column(
            row(self.total_name, 1, self.total), row(self.due_name, 1, self.due), self.note, spacing=2
        )  # fmt: skip
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        made = column(self.field, self._middle, self.problem, keys, sums, spacing=12)
        made.setStretch(1, 1)
        self.setLayout(made)

    def sizeHint(self) -> QSize:
        """Room for some lines."""
        return QSize(520, 520)

    # ------------------------------------------------------------------------------ what comes in

    def take(self, code: str) -> bool:
        """Put on what a scanned code stands for; tells whether it was understood."""
        times, wanted = self._split(code)
        shop = self.change.shop
        found = by_code(self._reader, wanted, shop, self.change.day)
        if found is None:
            self._say(f"Nothing is known of “{wanted}”.")
            return False
        self._add(found.article.product, found.pack.times(times))
        return True

    def enter(self) -> None:
        """Take what was typed: a code if it is one, else the product that is marked."""
        text = self.field.text().strip()
        if not text:
            return
        times, wanted = self._split(text)
        if self.found.count():
            self._add(str(self.found.key_at(self.found.currentIndex().row())), times)
        elif wanted:
            self.take(text)

    def _split(self, text: str) -> tuple[Quantity, str]:
        parts = _TIMES.match(text)
        return (Quantity.of(parts[1].replace(",", ".")), parts[2]) if parts else (ONE, text.strip())

    def _typed(self, text: str) -> None:
        _, wanted = self._split(text)
        hits = search(self._reader, wanted, _MOST) if wanted.strip() else []
        costs = prices(self._reader, hits, self.change.day)
        results = [
            Result(
                hit.product, "package", queries.full_name(hit.name, hit.variant), hit.sku,
                self._write(costs[hit.product]) if hit.product in costs else "",
            )
            for hit in hits
        ]  # fmt: skip
        self.found.show_results(results, wanted)
        self._middle.setCurrentWidget(self.found if text.strip() else self.lines)

    def _add(self, product: str, times: Quantity) -> None:
        before = {wanted.row.line: wanted.row.quantity for wanted in self.change.lines}
        sentence = self.change.add(product, times)
        self.field.clear()
        self._say(sentence)
        if not sentence:
            after = [wanted.row for wanted in self.change.lines]
            other = next((at for at, line in enumerate(after) if before.get(line.line) != line.quantity), 0)
            self.lines.move_to(other)

    # ------------------------------------------------------------------------------ the marked line

    @property
    def marked(self) -> str:
        """The line that the keys act on."""
        at = self.lines.currentIndex().row()
        return str(self.lines.key_at(at)) if 0 <= at < self.lines.count() else ""

    def step(self, count: int) -> None:
        """Want one more or one less of the marked line."""
        self._say(self.change.step(self.marked, count))

    def take_off(self) -> None:
        """Want nothing of the marked line any more."""
        self._say(self.change.remove(self.marked))

    # ------------------------------------------------------------------------------ what is shown

    def _say(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        self._show()
        self.said.emit(sentence)

    def _show(self) -> None:
        change, at = self.change, self.lines.currentIndex().row()
        self.lines.show_results([self._line(wanted) for wanted in change.lines])
        if self.lines.count():
            self.lines.move_to(max(0, min(at, self.lines.count() - 1)))
        for button in (self.fewer, self.more, self.remove):
            button.setEnabled(bool(self.lines.count()))
        is_other = change.total != change.order.total
        self.total_name.setText(f"In all, before {self._write(change.order.total)}" if is_other else "In all")
        self.total.setText(self._write(change.total))
        is_order = change.order.purpose is not Purpose.QUOTATION
        is_back = change.due.minor < 0
        self.due_name.setText("Goes back to the customer" if is_back else "Still to be paid")
        self.due.setText(self._write(-change.due if is_back else change.due))
        for label in (self.due_name, self.due):
            label.setVisible(is_order)
        self.note.setText(change.sentence)
        self.note.setVisible(bool(change.sentence))
        self.save.setEnabled(change.has_changes and bool(change.lines))

    def _line(self, wanted: Wanted) -> Result:
        line = wanted.row
        said = ["new" if wanted.is_new else "", f"{self._count(wanted.given)} handed over" if wanted.given else ""]
        said += [reduction.name for reduction in line.reductions if reduction.name]
        return Result(
            line.line, "plus" if wanted.is_new else "package", f"{self._count(line.quantity)} × {line.name}",
            " · ".join(filter(None, (self._write(line.unit_price) + " each", *said))), self._write(line.amount),
        )  # fmt: skip

    def _count(self, quantity: Quantity) -> str:
        return format_quantity(quantity, self._locale)
