"""Goods chosen by search: products, categories and brands that something speaks of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from omsdesk.domain.promotion import Selection
from omsdesk.domain.words import fold
from omsdesk.store.engine import Connection
from omsdesk.store.queries.catalogue import product_as_edit
from omsdesk.store.queries.search import search
from omsdesk.store.queries.till import categories, full_name
from omsdesk.ui.office import Office
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.field_card import line
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.result_list import Result, ResultList

_MOST = 6
_LIST_HEIGHT = 60 * 4
_ICONS = {"products": "package", "categories": "layout-grid", "brands": "tag", "families": "tag"}
_WORDS = {"categories": "Category", "brands": "Brand", "families": "Family"}


class Choice(NamedTuple):
    """Something that can be chosen: the field of a ``Selection``, and the name in it."""

    field: str
    key: str
    title: str
    detail: str


def find(connection: Connection, text: str) -> list[Choice]:
    """Find goods by what was typed so far: categories and brands first, because they are few."""
    start = fold(text.strip())
    if not start:
        return []
    hits = search(connection, text)
    named = [Choice("categories", name, name, "Category") for name, _ in categories(connection) if start in fold(name)]
    edits = [edit for edit in (product_as_edit(connection, hit.product) for hit in hits[:_MOST]) if edit]
    brands = dict.fromkeys(hit.brand for hit in hits if hit.brand and start in fold(hit.brand))
    named += [Choice("brands", name, name, "Brand") for name in brands]
    families = dict.fromkeys(edit.family for edit in edits if edit.family and start in fold(edit.family))
    named += [Choice("families", name, name, "Family") for name in families]
    products = [
        Choice(
            "products", hit.product, full_name(hit.name, hit.variant), " · ".join(filter(None, (hit.category, hit.sku)))
        )
        for hit in hits
    ]
    return [*named[:_MOST], *products[:_MOST]]


class GoodsPicker(QWidget):
    """A field that searches, what was found below it while somebody types, and what was chosen so far."""

    changed = Signal(object)
    sought = Signal(str)
    """What stands in the field and is not chosen yet."""

    def __init__(self, office: Office, name: str) -> None:
        """Choose nothing yet."""
        super().__init__()
        self._office = office
        self._answered = self._awaited = ""
        """What the rows are the answer to, and what the first row was wanted of before it was there."""
        self.selection = Selection()
        self.field = line("Product, category, brand or family")
        self.field.setAccessibleName(name)
        self.results = ResultList(f"{name}: found")
        self.results.setFixedHeight(_LIST_HEIGHT)
        self.results.hide()
        self.nothing = Label("", 14, 400, Tone.NEUTRAL)
        self.nothing.setWordWrap(True)
        self.chosen: list[KeyButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        for part in (self.field, self.results, self.nothing):
            self._column.addWidget(part)
        self.field.textEdited.connect(self._typed)
        self.field.returnPressed.connect(self._entered)
        self.results.chosen.connect(self._take)

    def show_empty(self, meaning: str, error: str) -> None:
        """Say what it means that nothing is chosen, or what is wrong with that."""
        self.nothing.setText(error or meaning)
        self.nothing.setVisible(bool(error) or not self.chosen)
        self.nothing.set_tone(Tone.BAD if error else Tone.NEUTRAL)
        if bool(self.field.property("is_wrong")) != bool(error):
            self.field.setProperty("is_wrong", bool(error))
            self.field.style().unpolish(self.field)
            self.field.style().polish(self.field)

    def show_selection(self, selection: Selection, *, may_edit: bool) -> None:
        """Show what is chosen."""
        self.field.setEnabled(may_edit)
        if selection == self.selection and len(self.chosen) == _count(selection):
            return
        self.selection = selection
        for button in self.chosen:
            button.hide()
            button.deleteLater()
        self.chosen = [self._button(field, key, may_edit=may_edit) for field, key in _named(selection)]

    def show_sought(self, text: str) -> None:
        """Show what was typed: another offer was opened, or what was typed was forgotten."""
        if self.field.text() != text:
            self.field.setText(text)
            self._look_for(text)

    def _button(self, field: str, key: str, *, may_edit: bool) -> KeyButton:
        title = self._title(field, key)
        button = KeyButton(title, "x", height=40)
        button.setToolTip("Take it out")
        button.setAccessibleName(f"Take out {title}")
        button.setEnabled(may_edit)
        button.clicked.connect(lambda: self._drop(field, key))
        self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return button

    def _title(self, field: str, key: str) -> str:
        if field != "products":
            return f"{_WORDS[field]}: {key}"
        edit = product_as_edit(self._office.reader, key)
        return full_name(edit.name or "", edit.variant or "") if edit else key

    def _typed(self, text: str) -> None:
        self.sought.emit(text)
        self._look_for(text)

    def _entered(self) -> None:
        text = self.field.text()
        if self._answered == text:
            self.results.choose_current()
        else:
            self._awaited = text

    def _look_for(self, text: str) -> None:
        self._awaited = ""
        if not text.strip():
            self._show([])
            return

        def arrived(found: list[Choice]) -> None:
            if self.field.text() == text:
                self._show(found)
                if self._awaited == text:
                    self.results.choose_current()

        self._ask(text, arrived)

    def _ask(self, text: str, then: Callable[[list[Choice]], None]) -> None:
        self._office.work.ask(lambda reader: find(reader, text), then)

    def _show(self, found: list[Choice]) -> None:
        self._answered = self.field.text()
        rows = [Result(row, _ICONS[row.field], row.title, row.detail) for row in found]
        self.results.show_results(rows, self.field.text())
        self.results.setVisible(bool(rows))

    def _take(self, choice: object) -> None:
        if isinstance(choice, Choice):
            is_here = self.isAncestorOf(QApplication.focusWidget() or self)
            self.field.clear()
            self._typed("")
            known: tuple[str, ...] = getattr(self.selection, choice.field)
            self._say(choice.field, tuple(dict.fromkeys((*known, choice.key))))
            if is_here:
                self.field.setFocus()

    def _drop(self, field: str, key: str) -> None:
        known: tuple[str, ...] = getattr(self.selection, field)
        self._say(field, tuple(name for name in known if name != key))

    def _say(self, field: str, names: tuple[str, ...]) -> None:
        change: dict[str, tuple[str, ...]] = {field: names}
        self.changed.emit(replace(self.selection, **change))


def _named(selection: Selection) -> list[tuple[str, str]]:
    return [(field, key) for field in _ICONS for key in getattr(selection, field)]


def _count(selection: Selection) -> int:
    return len(_named(selection))
