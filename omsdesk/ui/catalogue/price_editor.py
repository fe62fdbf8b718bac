"""Further prices of a product: in other lists, from a quantity on, for a while."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt

from omsdesk.ui.catalogue.form_session import FormSession
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.field_card import FieldCard, combo, line
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.row_table import Column, RowTable

_COLUMNS = (
    Column("list_name", "Price list", partial(combo, is_editable=True), 3),
    Column("from_quantity", "From quantity", partial(line, "1", is_number=True), 2),
    Column("valid_from", "First day", partial(line, "always"), 2),
    Column("valid_to", "Last day", partial(line, "for ever"), 2),
    Column("price", "Price", partial(line, is_number=True), 2),
)
_HINT = "A price for a quantity, a price list or some days. The most special one that fits is taken."


class PriceEditor(FieldCard):
    """A row per price; what is wrong with one is said below it."""

    def __init__(self, session: FormSession) -> None:
        """Show what the session has."""
        super().__init__("Other prices")
        self._session = session
        hint = Label(_HINT, 14, 400, Tone.NEUTRAL)
        hint.setWordWrap(True)
        self.table = RowTable(_COLUMNS, "Remove this price")
        self.table.edited.connect(self._typed)
        self.table.removed.connect(session.remove_price)
        self.add = KeyButton("Add a price", "plus", height=40)
        self.add.clicked.connect(self._add)
        self.column.addWidget(hint)
        self.column.addWidget(self.table)
        self.column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)

    def show_prices(self) -> None:
        """Show the prices of the draft, and what is wrong with them."""
        session = self._session
        rows = [{column.name: getattr(price, column.name) for column in _COLUMNS} for price in session.draft.prices]
        lists = [(name, name) for name in session.lists()]
        self.table.show_rows(rows, {"list_name": lists}, may_edit=session.may_edit)
        self.add.setVisible(session.may_edit)
        self.show_error_lines()

    def show_error_lines(self) -> None:
        """Show what is wrong, and nothing that is right any more."""
        errors = self._session.errors
        self.table.show_errors(
            {int(name.partition(".")[2]): text for name, text in errors.items() if name.startswith("prices.")}
        )

    def _typed(self, number: int, name: str, value: str) -> None:
        self._session.set_price(number, **{name: value})
        self.show_error_lines()

    def _add(self) -> None:
        self._session.add_price()
        self.table.editor(self.table.count() - 1, "price").setFocus()
