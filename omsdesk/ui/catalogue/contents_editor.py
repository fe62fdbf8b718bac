"""What a bundle contains: a list of products with how many of each, and a field that takes the next one."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from omsdesk.documents.formats import format_quantity
from omsdesk.domain.traits import Component
from omsdesk.ui.catalogue.form_session import FormSession
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.field_card import Field, FieldCard, line
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label

_EMPTY = "This product is no bundle. Scan or type what a bundle contains: that moves in the stock in its place."


class ContentsEditor(FieldCard):
    """Each product with how many of it are in one bundle; Enter adds what was typed."""

    def __init__(self, session: FormSession) -> None:
        """Show what the session has."""
        super().__init__("Bundle")
        self._session = session
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        self._empty = Label(_EMPTY, 14, 400, Tone.NEUTRAL)
        self._empty.setWordWrap(True)
        self._rows.addWidget(self._empty)
        self.column.addLayout(self._rows)
        self.code, self.quantity = line("Scan or type a barcode or SKU"), line(is_number=True)
        self.quantity.setText("1")
        self.add_fields(
            Field("components", "Add a product", self.code, share=3),
            Field("component_count", "How many", self.quantity, share=1),
        )
        self.code.returnPressed.connect(self._add)
        self.quantity.returnPressed.connect(self._add)

    def show_contents(self) -> None:
        """Show the contents of the draft, and what is wrong with the product that was tried."""
        while self._rows.count() > 1:
            item = self._rows.takeAt(1)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        session = self._session
        for part in session.draft.components:
            self._rows.addWidget(self._row(part))
        self._empty.setVisible(not session.draft.components)
        self.show_errors(session.errors)
        for editor in (self.code, self.quantity):
            editor.setEnabled(session.may_edit)

    def _row(self, part: Component) -> QWidget:
        row = QWidget()
        cells = QHBoxLayout(row)
        cells.setContentsMargins(0, 0, 0, 0)
        cells.setSpacing(8)
        name = self._session.contents.name_of(part.product)
        count = format_quantity(part.quantity, self._session.shop.locale)
        words = Label(f"{count} × {name}", 16, 500)
        words.setWordWrap(True)
        cells.addWidget(words, 1)
        remove = KeyButton(f"Take {name} out", "trash-2", height=36)
        remove.show_icon_only()
        remove.setEnabled(self._session.may_edit)
        remove.clicked.connect(lambda: self._session.remove_component(part.product))
        cells.addWidget(remove)
        return row

    def _add(self) -> None:
        if self._session.add_component(self.code.text(), self.quantity.text()):
            self.code.clear()
            self.quantity.setText("1")
        self.code.setFocus()
