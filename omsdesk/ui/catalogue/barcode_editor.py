"""The barcodes of a product: a list, and a field that takes the next one from the scanner or the keyboard."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from omsdesk.documents.formats import format_quantity
from omsdesk.domain.catalogue import PackCode
from omsdesk.domain.values import ONE, barcode_text
from omsdesk.ui.catalogue.counted_editor import CountedEditor, row_with_bin
from omsdesk.ui.catalogue.form_session import FormSession
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.label import Label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_EMPTY = "No barcode yet. Scan one now, or type it below."
_CODE = ("barcodes", "Add a barcode", "Scan or type a barcode")
_COUNT = ("quantity", "Units per scan", "")


class BarcodeEditor(CountedEditor):
    """Each barcode with how many units one scan of it means."""

    def __init__(self, session: FormSession) -> None:
        """Show what the session has."""
        super().__init__("Barcodes", _EMPTY, _CODE, _COUNT, session.add_barcode)
        self._session = session
        self.typed.connect(partial(session.type_to_add, "barcodes"))
        self._warning = Label("", 14, 500, Tone.WARN)
        self._warning.setWordWrap(True)
        self.column.addWidget(self._warning)

    def show_barcodes(self) -> None:
        """Show the barcodes of the draft, and what is wrong with the one that was tried."""
        session = self._session
        self.show_rows(map(self._row, session.draft.barcodes), may_edit=session.may_edit)
        self.show_typed(*session.to_add.get("barcodes", ("", "1")))
        self._warning.setText(session.warning)
        self._warning.setVisible(bool(session.warning))
        self.show_errors(session.errors)

    def _row(self, pack: PackCode) -> QWidget:
        session, text = self._session, barcode_text(pack.code)
        code = Label(text, 16, 500)
        code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words: list[QWidget] = [code]
        if pack.quantity != ONE:
            count = format_quantity(pack.quantity, session.shop.locale)
            words.append(Label(f"{count} units", 14, 500, Tone.ACCENT))
        take_off = partial(session.remove_barcode, pack.code)
        return row_with_bin(words, f"Take {text} off", take_off, may_edit=session.may_edit)
