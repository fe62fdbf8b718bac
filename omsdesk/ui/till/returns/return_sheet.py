"""F7: the receipt is scanned or looked for, what comes back is counted on it, and Enter puts it on the ticket."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from omsdesk.documents.formats import format_moment
from omsdesk.domain.line import per_unit
from omsdesk.domain.values import Quantity
from omsdesk.store.queries.receipts import Receipt, is_of_receipt
from omsdesk.store.queries.search import search
from omsdesk.store.queries.till import product_by_id
from omsdesk.ui.theme import Tone
from omsdesk.ui.till import models
from omsdesk.ui.till.counter import Tone as NoticeTone
from omsdesk.ui.till.returns.elsewhere import called
from omsdesk.ui.till.returns.return_desk import Row
from omsdesk.ui.till.sell_view import MOST_RESULTS
from omsdesk.ui.till.sheets import Body, while_alive
from omsdesk.ui.till.state import TillState
from omsdesk.ui.widgets.action_bar import Action
from omsdesk.ui.widgets.chips import Chips
from omsdesk.ui.widgets.empty_state import EmptyState
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import column, row
from omsdesk.ui.widgets.line_list import FEWER, MORE, Line, LineList
from omsdesk.ui.widgets.primary_button import PrimaryButton
from omsdesk.ui.widgets.result_list import ResultList
from omsdesk.ui.widgets.search_field import CartField

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

ALL, SCRAP = "all", "scrap"
_COUNT = re.compile(r"\d{1,4}([.,]\d{1,3})?\Z")
_FIND = "Receipt number, day, amount, article, customer or card digits"
_COUNTING = "Scan what comes back, or type how many"
_WITHOUT = "Scan or type the article that comes back"


class ReturnField(CartField):
    """While it is empty, keys beside the digits act on the lines: plus, minus, all, scrap; the sides give reasons."""

    all_wanted = Signal()
    scrap_wanted = Signal()
    reason_stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand keys of the lines on."""
        sides = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if self.text():
            super().keyPressEvent(event)
        elif event.text() == "*":
            self.all_wanted.emit()
        elif event.text() == "/":
            self.scrap_wanted.emit()
        elif event.key() in sides:
            self.reason_stepped.emit(sides[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


class ReturnSheet(Body):
    """First a list of receipts, then the lines of one; F7 goes on to goods without a receipt, and back to the list."""

    title = "Return"
    help_page = "returns"

    def __init__(self, state: TillState, sale: str = "") -> None:
        """Look for a receipt, or begin with one that is known."""
        super().__init__()
        self.state, self.desk = state, state.returns
        self.desk.begin()
        self.field = ReturnField(_FIND)
        self.other = KeyButton("Without a receipt", "receipt", "F7", height=52)
        self.list, self.lines = ResultList("Receipts"), LineList("What comes back", _ACTIONS)
        self.articles = ResultList("Found products")
        self.empty = EmptyState("receipt", "")
        self.head = Label("", 18, 600)
        self.reasons = Chips("Reason", state.counter.shop.returns.reasons)
        self.put = PrimaryButton("Take back", "undo-2", "Enter")
        self._is_counting, self._asked, self._is_showing, self._listed = False, 0, False, ""
        self._counting = self._counting_room()
        middle = QWidget()
        self._middle = QStackedLayout(middle)
        for part in (self.list, self.empty, self.articles, self._counting):
            self._middle.addWidget(part)
        made = column(row(self.field, self.other), middle, spacing=12)
        made.setStretch(1, 1)
        self.setLayout(made)
        self._wire()
        if not sale or not self.show_receipt(sale):
            self.look_for()

    def left(self) -> None:
        """Wait for no answer of the service."""
        self.desk.others.cancel()

    def _counting_room(self) -> QWidget:
        self.hint = Label("", 14, 400, Tone.NEUTRAL)
        why: QHBoxLayout = row(Label("Why it comes back", 14, 600), 1, self.hint)
        made = column(self.head, self.lines, why, self.reasons, spacing=10)
        made.setStretch(1, 1)
        room = QWidget()
        room.setLayout(made)
        return room

    def _wire(self) -> None:
        self.field.textChanged.connect(self._typed)
        self.field.returnPressed.connect(self.confirm)
        self.field.stepped.connect(self._stepped)
        self.field.line_stepped.connect(self._stepped)
        self.field.quantity_stepped.connect(self._counted)
        self.field.removed.connect(self._none_of_it)
        self.field.all_wanted.connect(self._all_of_it)
        self.field.scrap_wanted.connect(self._turn_scrap)
        self.field.reason_stepped.connect(self.reasons.step)
        self.reasons.changed.connect(self._say_why)
        self.list.chosen.connect(lambda key: self.show_receipt(str(key)))
        self.articles.chosen.connect(self._add_article)
        self.lines.line_selected.connect(self._selected)
        self.lines.action_chosen.connect(self._acted)
        self.other.clicked.connect(self.once_more)
        self.put.clicked.connect(self.confirm)

    def buttons(self) -> Sequence[QWidget]:
        """Put it on the ticket."""
        return (self.put,)

    def typing_place(self) -> QWidget:
        """Type into the field."""
        return self.field

    def begin(self) -> None:
        """Wait for a scan."""
        self.field.setFocus()

    # ------------------------------------------------------------------------------ which receipt

    def look_for(self) -> None:
        """Look for a receipt: the newest are listed from the start."""
        self._is_counting = False
        self.field.clear()
        self.field.setPlaceholderText(_FIND)
        self.other.set_label("Without a receipt")
        self.other.setVisible(self.desk.takes_without_receipt)
        self._find()
        self._show_button()

    def _find(self) -> None:
        self._asked += 1
        asked, text = self._asked, self.field.text()

        def found(receipts: list[Receipt]) -> None:
            if asked == self._asked and not self._is_counting:
                self._list(receipts, text.strip())

        self.desk.find(text, while_alive(self, found))

    def _is_missing(self, text: str) -> bool:
        """Tell whether what is typed is a receipt that others may have; what is listed may be of what stood before."""
        is_listed = self._listed == text and bool(self.list.count())
        return not is_listed and self.desk.others.may_have(text)

    def _list(self, receipts: list[Receipt], text: str) -> None:
        self._listed = text
        self.list.show_results(models.receipts(self.state.counter, receipts), text)
        self.empty.set_content("search", self._nothing_fits(text))
        self._middle.setCurrentWidget(self.list if receipts else self.empty)
        self._show_button()

    def _nothing_fits(self, text: str) -> str:
        if not text:
            return _NONE
        others = self.desk.others
        if not others.may_have(text):
            return f"No receipt fits “{text}”."
        store, name = others.store_of(text), called(text)
        return f"{name} is of {store}." if store else f"{name} is not known in this store."

    def ask_elsewhere(self, code: str) -> None:
        """Ask the service for a receipt that is not known here; meanwhile the button cancels."""
        others = self.desk.others
        self._asked += 1

        def known(receipts: list[Receipt]) -> None:
            if len(receipts) != 1 or not self.show_receipt(receipts[0].sale):
                self._list(receipts, code)

        others.ask(code, while_alive(self, known))
        self.empty.set_content("refresh-cw", f"Asking {others.store_of(code) or 'the other stores'} for this receipt…")
        self._middle.setCurrentWidget(self.empty)
        self._show_button()

    def show_receipt(self, sale: str) -> bool:
        """Show the lines of a receipt; tells whether anything on it can come back."""
        if not self.desk.show(sale):
            return False
        receipt = self.desk.receipt
        if receipt is not None:
            sold, counter = receipt.sold, self.state.counter
            by = ", ".join(tender.name for tender in sold.tenders)
            when = format_moment(sold.at, counter.shop.locale)
            store = receipt.store if sold.shop != counter.shop.id else ""
            parts = (f"Receipt {sold.number}", store, when, counter.money(sold.total), by)
            self.head.setText(" · ".join(filter(None, parts)))
        self._count(_COUNTING, "Another receipt")
        return True

    def once_more(self) -> None:
        """Go on to goods without a receipt; from what is counted, back to the list."""
        if self._is_counting or not self.desk.takes_without_receipt:
            self.look_for()
        else:
            self.desk.begin_without_receipt()
            self.head.setText("Without a receipt")
            self._count(_WITHOUT, "With a receipt")
        self.field.setFocus()

    def _count(self, placeholder: str, other: str) -> None:
        self._is_counting = True
        self.field.clear()
        self.field.setPlaceholderText(placeholder)
        self.other.set_label(other)
        self.other.show()
        self._show_lines()

    # ------------------------------------------------------------------------------ what comes back

    def scanned(self, code: str) -> bool:
        """Take the code of a receipt, or an article that is counted; nothing is sold meanwhile."""
        if self.desk.scanned_receipt(code):
            if self.desk.receipt is not None:
                self.show_receipt(self.desk.receipt.sold.sale)
            return True
        if self.desk.others.may_have(code) and self._is_receipt(code):
            if self._is_counting:
                self.look_for()
            self.field.setText(code)
            self.ask_elsewhere(code)
            return True
        if not self._is_counting:
            # Before a receipt is shown, an article tells which one: those that it stands on.
            found = self.state.session.intake.look_up(code)
            if found is not None:
                self.field.setText(found.article.sku or found.article.name)
            return found is not None
        if not self.desk.scanned_article(code):
            return False
        self._show_lines()
        return True

    def _is_receipt(self, code: str) -> bool:
        """Tell whether a code can only mean a receipt: there are articles that are called like one."""
        return is_of_receipt(self.state.counter.reader, code)

    def _typed(self, text: str) -> None:
        wanted = text.strip()
        self.desk.others.cancel()
        if not self._is_counting:
            self._find()
        elif self.desk.has_receipt:
            if wanted and not _COUNT.match(wanted):
                self.desk.named(wanted)
                self._show_lines()
        else:
            counter = self.state.counter
            found = search(counter.reader, wanted, MOST_RESULTS) if wanted else []
            self.articles.show_results(models.hits(counter, found), wanted)
            self._middle.setCurrentWidget(self.articles if found else self._counting)

    def _add_article(self, product: object) -> None:
        counter = self.state.counter
        found = product_by_id(counter.reader, str(product), counter.shop, counter.day)
        self.field.clear()
        if found is not None:
            self.desk.without_receipt(found)
            self._show_lines()

    def confirm(self) -> None:
        """Open the marked receipt; count what was typed; with nothing typed, put all of it on the ticket."""
        text = self.field.text().strip()
        if self.desk.others.asked:
            self.desk.others.cancel()
            self._find()
        elif not self._is_counting and self._is_missing(text):
            self.ask_elsewhere(text)
        elif not self._is_counting:
            self.list.choose_current()
        elif text and not self.desk.has_receipt:
            if not self.articles.choose_current():
                self.scanned(text)
        elif text:
            self._count_typed(text)
        elif self.desk.put():
            self.done.emit()

    def _count_typed(self, text: str) -> None:
        if _COUNT.match(text):
            self.desk.set_now(Quantity.of(text.replace(",", ".")))
        elif self.desk.named(text):
            self.desk.step(1)
        elif not self.scanned(text):
            self.state.counter.say(NoticeTone.WARN, f"Nothing on this receipt is called “{text}”.")
        self.field.clear()
        self._show_lines()

    def _stepped(self, step: int) -> None:
        if self._is_counting and not self.articles.isVisible():
            self.desk.select_step(step)
            self._show_lines()
        else:
            (self.articles if self._is_counting else self.list).step(step)

    def _counted(self, step: int) -> None:
        if self._is_counting:
            self.desk.step(step)
            self._show_lines()

    def _none_of_it(self) -> None:
        if self._is_counting:
            self.desk.set_now(Quantity(0))
            self._show_lines()

    def _all_of_it(self) -> None:
        if self._is_counting and self.desk.has_receipt:
            self.desk.all_of_it()
            self._show_lines()

    def _turn_scrap(self) -> None:
        if self._is_counting:
            self.desk.turn_scrap()
            self._show_lines()

    def _say_why(self) -> None:
        if self._is_counting and not self._is_showing:
            self.desk.say_why(self.reasons.chosen)
            self._show_lines()

    def _selected(self, key: object) -> None:
        if key is not None and not self._is_showing:
            self.desk.selected = str(key)
            self._show_lines()

    def _acted(self, key: object, action: str) -> None:
        self.desk.selected = str(key)
        acts = {ALL: self._all_of_it, SCRAP: self._turn_scrap}
        if action in {FEWER, MORE}:
            self._counted(1 if action == MORE else -1)
        else:
            acts[action]()

    # ------------------------------------------------------------------------------ what is shown

    def _show_lines(self) -> None:
        """Show what was bought, what came back and what comes back now."""
        self._is_showing = True
        try:
            self._sync_lines()
        finally:
            self._is_showing = False
        self._middle.setCurrentWidget(self._counting)
        self._show_button()

    def _sync_lines(self) -> None:
        wanted = [self._line(row) for row in self.desk.shown]
        if [line.key for line in self.lines.lines()] == [line.key for line in wanted]:
            for line in wanted:
                self.lines.replace(line)
        else:
            self.lines.set_lines(wanted)
        if self.lines.selected_key() != (self.desk.selected or None) and wanted:
            self.lines.select(self.desk.selected or wanted[0].key)
        chosen = self.desk.rows.get(self.desk.selected)
        self.reasons.choose(chosen.reason if chosen else "")
        self.hint.setText(_KEYS if wanted else "")
        self.lines.set_action_enabled(ALL, self.desk.has_receipt)

    def _line(self, row: Row) -> Line:
        counter = self.state.counter
        parts = [self._price(row)]
        if row.article is None:
            parts = [f"{counter.quantity(row.bought)} bought", *parts]
            if row.came_back:
                parts.insert(1, f"{counter.quantity(row.came_back)} came back")
        elif not row.article.traits.is_deposit:
            days = counter.shop.returns.lowest_days
            parts = [f"{parts[0]}, the lowest of {days} days" if days else parts[0]]
        note = " · ".join(filter(None, ("To scrap" if row.is_scrap else "", row.reason))) if row.now else ""
        amount = counter.money(-row.brings) if row.now else ""
        return Line(
            row.key, counter.quantity(row.now), row.name, " · ".join(parts), amount, note, Tone.WARN,
            is_dimmed=row.article is None and not row.left, icon="trash-2" if note and row.is_scrap else "",
        )  # fmt: skip

    def _price(self, row: Row) -> str:
        """Say what one brings: where offers made it cheaper, the price after them, for that is what was paid."""
        money = self.state.counter.money
        if not row.offers:
            return f"{money(row.unit_price)} each"
        each = per_unit(row.paid, row.bought)
        about = "" if each.times(row.bought) == row.paid else "about "
        return f"paid {about}{money(each)} each with {' and '.join(row.offers)}"

    def _show_button(self) -> None:
        brings = self.desk.brings
        if not self._is_counting:
            label, icon, is_enabled = self._open_button()
            self.put.set_label(label)
            self.put.set_icon(icon)
            self.put.set_amount("")
            self.put.setEnabled(is_enabled)
        else:
            self.put.set_label("Take back")
            self.put.set_icon("undo-2")
            self.put.set_amount(self.state.counter.money(brings) if self.desk.chosen else "")
            self.put.setEnabled(bool(self.desk.chosen) or self.desk.has_receipt)
        # Its amount is as wide as it is.
        self.put.updateGeometry()

    def _open_button(self) -> tuple[str, str, bool]:
        """Say what Enter does before a receipt is shown: label, icon, and whether it does anything."""
        if self.desk.others.asked:
            return "Cancel", "x", True
        if self._is_missing(self.field.text().strip()):
            return "Ask the other stores", "refresh-cw", True
        return "Open the receipt", "receipt", bool(self.list.count())


_ACTIONS = (Action(ALL, "All", "check", "*"), Action(SCRAP, "To scrap", "trash-2", "/"))
_KEYS = "+ and - count, * is all, / to scrap, ← → why"
_NONE = "Nothing was sold here yet."
