"""Further prices of a product: in other lists, from a quantity on, for a while."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QWidget

from omsdesk.ui.catalogue.draft import PriceDraft
from omsdesk.ui.catalogue.form_session import FormSession
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.field_card import FieldCard, choices, combo, fill, hear, line
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label

_COLUMNS = (("Price list", 3), ("From quantity", 2), ("First day", 2), ("Last day", 2), ("Price", 2), ("", 0))


@dataclass(frozen=True, slots=True, eq=False)
class _Row:
    """The widgets of one price."""

    editors: dict[str, QComboBox | QLineEdit]
    error: Label
    remove: KeyButton


class PriceEditor(FieldCard):
    """A row per price; what is wrong with one is said below it."""

    def __init__(self, session: FormSession) -> None:
        """Show what the session has."""
        super().__init__("Other prices")
        self._session = session
        self._rows: list[_Row] = []
        self._hint = Label(
            "A price for a quantity, a price list or some days. The most special one that fits is taken.",
            14, 400, Tone.NEUTRAL,
        )  # fmt: skip
        self._hint.setWordWrap(True)
        self.column.addWidget(self._hint)
        self._table = QWidget()
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        for at, (name, share) in enumerate(_COLUMNS):
            self._grid.addWidget(Label(name, 14, 600), 0, at)
            self._grid.setColumnStretch(at, share)
        self.column.addWidget(self._table)
        self.add = KeyButton("Add a price", "plus", height=40)
        self.add.clicked.connect(self._add)
        foot = QHBoxLayout()
        foot.addWidget(self.add)
        foot.addStretch(1)
        self.column.addLayout(foot)

    def show_prices(self) -> None:
        """Show the prices of the draft, and what is wrong with them."""
        session = self._session
        while len(self._rows) > len(session.draft.prices):
            self._drop(self._rows.pop())
        while len(self._rows) < len(session.draft.prices):
            self._rows.append(self._made(len(self._rows)))
        lists = [(name, name) for name in session.lists()]
        for number, price in enumerate(session.draft.prices):
            self._show(self._rows[number], price, lists, session.errors.get(f"prices.{number}", ""))
        self._table.setVisible(bool(self._rows))
        self.add.setEnabled(session.may_edit)

    def show_error_lines(self) -> None:
        """Show what is wrong, and nothing that is right any more."""
        for number, row in enumerate(self._rows):
            text = self._session.errors.get(f"prices.{number}", "")
            row.error.setText(text)
            row.error.setVisible(bool(text))

    def _show(self, row: _Row, price: PriceDraft, lists: list[tuple[str, str]], error: str) -> None:
        for name, editor in row.editors.items():
            if isinstance(editor, QComboBox):
                choices(editor, lists, price.list_name)
            fill(editor, getattr(price, name))
            editor.setEnabled(self._session.may_edit)
        row.error.setText(error)
        row.error.setVisible(bool(error))
        row.remove.setEnabled(self._session.may_edit)

    def _made(self, number: int) -> _Row:
        editors: dict[str, QComboBox | QLineEdit] = {
            "list_name": combo(is_editable=True),
            "from_quantity": line("1", is_number=True),
            "valid_from": line("always"),
            "valid_to": line("for ever"),
            "price": line(is_number=True),
        }
        at = 1 + 2 * number
        for column, (name, editor) in enumerate(editors.items()):
            editor.setAccessibleName(_COLUMNS[column][0])
            hear(editor, partial(self._typed, number, name))
            self._grid.addWidget(editor, at, column)
        remove = KeyButton("Remove this price", "trash-2", height=36)
        remove.show_icon_only()
        remove.clicked.connect(lambda: self._session.remove_price(number))
        self._grid.addWidget(remove, at, len(editors))
        error = Label("", 14, 500, Tone.BAD)
        self._grid.addWidget(error, at + 1, 0, 1, len(editors))
        return _Row(editors, error, remove)

    def _typed(self, number: int, name: str, value: str | bool) -> None:
        self._session.set_price(number, **{name: str(value)})
        self.show_error_lines()

    def _drop(self, row: _Row) -> None:
        for widget in (*row.editors.values(), row.error, row.remove):
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()

    def _add(self) -> None:
        self._session.add_price()
        if self._rows:
            self._rows[-1].editors["price"].setFocus()
