"""Taxes in the settings: how they are charged, and every rate with its days."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout

from omsdesk.domain.tax import TaxRounding
from omsdesk.ui.settings.shop_part import TAXES, ShopPart
from omsdesk.ui.settings.shop_session import ShopSession
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.field_card import Field, FieldCard, choices, combo, fill, hear, line
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.row_table import Column, RowTable

_COLUMNS = (
    Column("category", "Category", partial(line, "standard"), 4),
    Column("code", "Letter", line, 2),
    Column("name", "Name", partial(line, "VAT"), 4),
    Column("percent", "Rate %", partial(line, is_number=True), 2),
    Column("valid_from", "First day", partial(line, "always"), 4),
    Column("valid_to", "Last day", partial(line, "for ever"), 4),
    Column("is_compound", "On top", QCheckBox, 1),
)
_INCLUSIVE = (("yes", "Prices contain the tax"), ("no", "Tax is added at the till"))
_ROUNDING = ((str(TaxRounding.DOCUMENT), "Once per receipt"), (str(TaxRounding.LINE), "On every line"))
_HINT = (
    "A rate that changes gets a last day, and a new row begins the day after. “On top” is charged on other taxes, too."
)


class TaxesView(ShopPart):
    """How tax is charged, and the rates."""

    help_page = "settings_taxes"

    def __init__(self, session: ShopSession) -> None:
        """Lay the fields out."""
        self._session_shop = session
        self.terms = FieldCard(
            "How tax is charged",
            [[Field("is_inclusive", "Prices", combo()), Field("rounding", "Tax is rounded", combo())]],
        )
        self.rates = FieldCard("Rates")
        hint = Label(_HINT, 14, 400, Tone.NEUTRAL)
        hint.setWordWrap(True)
        self.table = RowTable(_COLUMNS, "Remove this rate")
        self.add = KeyButton("Add a rate", "plus", height=40)
        self.usual = KeyButton("Take the usual rates of the country", "landmark", height=40)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.add)
        row.addWidget(self.usual)
        row.addStretch(1)
        self.rates.column.addWidget(hint)
        self.rates.column.addWidget(self.table)
        self.rates.column.addLayout(row)
        super().__init__(TAXES, session, [[self.terms], [self.rates]])
        for name in self.terms.names:
            hear(self.terms.editor(name), partial(session.set, name))
        self.table.edited.connect(partial(session.set_row, "rates"))
        self.table.removed.connect(partial(session.remove_row, "rates"))
        self.add.clicked.connect(self._add)
        self.usual.clicked.connect(session.take_customs)

    def show_values(self) -> None:
        """Fill the fields and the rows."""
        session = self._session_shop
        for name, offers in (("is_inclusive", _INCLUSIVE), ("rounding", _ROUNDING)):
            editor = self.terms.editor(name)
            assert isinstance(editor, QComboBox)
            if not editor.count():
                choices(editor, offers, getattr(session.draft, name))
            fill(editor, getattr(session.draft, name))
            editor.setEnabled(session.may_edit)
        rows = [{column.name: getattr(rate, column.name) for column in _COLUMNS} for rate in session.draft.rates]
        self.table.show_rows(rows, may_edit=session.may_edit)
        self.table.show_errors(row_errors(session.errors, "rates"))
        self.add.setVisible(session.may_edit)
        self.usual.setVisible(session.may_edit and session.draft.country in dict(session.countries()))

    def _add(self) -> None:
        self._session_shop.add_row("rates")
        self.table.editor(self.table.count() - 1, "category").setFocus()


def row_errors(errors: dict[str, str], rows: str) -> dict[int, str]:
    """Pick what is wrong with the rows of one table."""
    found = ((name.partition("."), text) for name, text in errors.items())
    return {int(number): text for (table, _, number), text in found if table == rows and number}
