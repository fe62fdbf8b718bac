"""The barcodes of a product: a list, and a field that takes the next one from the scanner or the keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from omsdesk.documents.formats import format_quantity
from omsdesk.domain.catalogue import PackCode
from omsdesk.domain.values import ONE, barcode_text
from omsdesk.ui.catalogue.form_session import FormSession
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.field_card import Field, FieldCard, line
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label


class BarcodeEditor(FieldCard):
    """Each barcode with how many units one scan of it means; Enter adds what was typed."""

    def __init__(self, session: FormSession) -> None:
        """Show what the session has."""
        super().__init__("Barcodes")
        self._session = session
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        self._empty = Label("No barcode yet. Scan one now, or type it below.", 14, 400, Tone.NEUTRAL)
        self._empty.setWordWrap(True)
        self._rows.addWidget(self._empty)
        self.column.addLayout(self._rows)
        self.code, self.quantity = line("Scan or type a barcode"), line(is_number=True)
        self.quantity.setText("1")
        self.add_fields(
            Field("barcodes", "Add a barcode", self.code, share=3),
            Field("quantity", "Units per scan", self.quantity, share=1),
        )
        self.code.returnPressed.connect(self._add)
        self.quantity.returnPressed.connect(self._add)
        self._warning = Label("", 14, 500, Tone.WARN)
        self._warning.setWordWrap(True)
        self.column.addWidget(self._warning)

    def show_barcodes(self) -> None:
        """Show the barcodes of the draft, and what is wrong with the one that was tried."""
        while self._rows.count() > 1:
            item = self._rows.takeAt(1)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        session = self._session
        for pack in session.draft.barcodes:
            self._rows.addWidget(self._row(pack))
        self._empty.setVisible(not session.draft.barcodes)
        self._warning.setText(session.warning)
        self._warning.setVisible(bool(session.warning))
        self.show_errors(session.errors)
        for editor in (self.code, self.quantity):
            editor.setEnabled(session.may_edit)

    def _row(self, pack: PackCode) -> QWidget:
        row = QWidget()
        cells = QHBoxLayout(row)
        cells.setContentsMargins(0, 0, 0, 0)
        cells.setSpacing(8)
        text = barcode_text(pack.code)
        code = Label(text, 16, 500)
        code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        cells.addWidget(code, 1)
        if pack.quantity != ONE:
            words = f"{format_quantity(pack.quantity, self._session.shop.locale)} units"
            cells.addWidget(Label(words, 14, 500, Tone.ACCENT))
        remove = KeyButton(f"Take {text} off", "trash-2", height=36)
        remove.show_icon_only()
        remove.setEnabled(self._session.may_edit)
        remove.clicked.connect(lambda: self._session.remove_barcode(pack.code))
        cells.addWidget(remove)
        return row

    def _add(self) -> None:
        if self._session.add_barcode(self.code.text(), self.quantity.text()):
            self.code.clear()
            self.quantity.setText("1")
        self.code.setFocus()
