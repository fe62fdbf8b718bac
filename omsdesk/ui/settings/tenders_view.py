"""Ways to pay in the settings."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt

from omsdesk.domain.tender import TenderKind
from omsdesk.ui.settings.shop_part import TENDERS, ShopPart
from omsdesk.ui.settings.shop_session import ShopSession
from omsdesk.ui.settings.taxes_view import row_errors
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.field_card import Field, FieldCard, combo, fill, hear, line
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.row_table import Column, RowTable

_COLUMNS = (
    Column("name", "Name", line, 4),
    Column("kind", "Kind", combo, 3),
    Column("step", "Coin, or point", partial(line, "any", is_number=True), 2),
)
_KINDS = {
    TenderKind.CASH: "Cash: gives change",
    TenderKind.CARD: "Card: to the exact amount",
    TenderKind.STORED: "Gift cards and store credit",
    TenderKind.ACCOUNT: "Later: on the customer's account",
    TenderKind.POINTS: "Points of the customer",
    TenderKind.OTHER: "Other: to the exact amount",
}
_HINT = (
    "They appear at the till in this order. Where the smallest coins are gone, cash is rounded: type 0.05 and a total "
    "of 9.98 is paid with 10.00; cards still pay 9.98. Of points, type what one is worth."
)


class TendersView(ShopPart):
    """A row per way to pay."""

    help_page = "settings_ways_to_pay"

    def __init__(self, session: ShopSession) -> None:
        """Lay the table out."""
        self._session_shop = session
        card = FieldCard("")
        hint = Label(_HINT, 14, 400, Tone.NEUTRAL)
        hint.setWordWrap(True)
        self.table = RowTable(_COLUMNS, "Remove this way to pay")
        self.trouble = Label("", 14, 500, Tone.BAD)
        self.add = KeyButton("Add a way to pay", "plus", height=40)
        card.column.addWidget(hint)
        card.column.addWidget(self.table)
        card.column.addWidget(self.trouble)
        card.column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        value = Field(
            "offline_value", "A till may give out by itself", line("0.00", is_number=True),
            "Until the others heard of it. Two tills that take one card lose no more than this each.",
        )  # fmt: skip
        months = Field("card_months", "Months that a card lasts", line("for ever", is_number=True))
        self.stored = FieldCard("Gift cards and store credit", [[value, months]])
        super().__init__(TENDERS, session, [[card], [self.stored]])
        for name in self.stored.names:
            hear(self.stored.editor(name), partial(session.set, name))
        self.table.edited.connect(partial(session.set_row, "methods"))
        self.table.removed.connect(partial(session.remove_row, "methods"))
        self.add.clicked.connect(self._add)

    def show_values(self) -> None:
        """Fill the rows."""
        session = self._session_shop
        rows = [{column.name: getattr(method, column.name) for column in _COLUMNS} for method in session.draft.methods]
        offers = {"kind": [(str(kind), label) for kind, label in _KINDS.items()]}
        self.table.show_rows(rows, offers, may_edit=session.may_edit)
        for number, method in enumerate(session.draft.methods):
            has_step = method.kind in {TenderKind.CASH, TenderKind.POINTS}
            self.table.editor(number, "step").setEnabled(session.may_edit and has_step)
        for name in self.stored.names:
            fill(self.stored.editor(name), getattr(session.draft, name))
            self.stored.editor(name).setEnabled(session.may_edit)
        self.stored.show_errors(session.errors)
        self.table.show_errors(row_errors(session.errors, "methods"))
        self.trouble.setText(session.errors.get("methods", ""))
        self.trouble.setVisible("methods" in session.errors)
        self.add.setVisible(session.may_edit)

    def _add(self) -> None:
        self._session_shop.add_row("methods")
        self.table.editor(self.table.count() - 1, "name").setFocus()
