"""The codes of a promotion that are good once: made, written to a file, counted; and those that were used twice."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from omsdesk.domain.coupon import grouped
from omsdesk.domain.values import Stamp
from omsdesk.store.queries.coupon import Batch, Twice
from omsdesk.ui.promotions.draft import CouponWay
from omsdesk.ui.promotions.session import PromotionsSession
from omsdesk.ui.sync_words import clock_time
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.field_card import FieldCard, line
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import row

_NO_FILE_NAME = re.compile(r'[<>:"/\\|?*]')
"""What some system takes in no name of a file."""
_UNSAVED = "Save the offer first: its codes can be made then."
_HINT = "Each code takes its offer once, over all tills. Nobody guesses one; a slip of the finger is noticed."


class CodesCard(FieldCard):
    """What is known of the codes of the open promotion."""

    def __init__(self, session: PromotionsSession) -> None:
        """Show nothing yet."""
        super().__init__("Codes")
        self.session = session
        self.hint = Label(_HINT, 14, 400, Tone.NEUTRAL)
        self.hint.setWordWrap(True)
        self.count = line("100", is_number=True)
        self.count.setAccessibleName("How many codes")
        self.count.setMaximumWidth(120)
        self.make = KeyButton("Make codes", "plus", height=40)
        self.twice = Label("", 14, 500, Tone.WARN)
        self.twice.setWordWrap(True)
        self.batches: list[tuple[Batch, Label, KeyButton]] = []
        self.column.addWidget(self.twice)
        self.column.addWidget(self.hint)
        self.column.addLayout(row(self.count, self.make, 1, spacing=8))
        self.make.clicked.connect(self._make)
        self.count.returnPressed.connect(self._make)

    def _make(self) -> None:
        self.session.make_codes(self.count.text() or "100")
        self.count.clear()

    def show_values(self) -> None:
        """Show what there is of the open promotion."""
        session = self.session
        is_by_codes = session.draft.coupon_way == CouponWay.CODES
        can_make = is_by_codes and session.may_edit and not session.has_changes and not session.is_new
        self.hint.setText(_UNSAVED if is_by_codes and session.may_edit and not can_make else _HINT)
        for part in (self.count, self.make):
            part.setVisible(can_make)
        self.twice.setText("\n".join(["Used twice:", *map(_twice, session.twice)]))
        self.twice.setVisible(bool(session.twice))
        if [batch for batch, _, _ in self.batches] != session.batches:
            self._show_batches(session.batches)
        self.hint.setVisible(is_by_codes)
        self.setVisible(bool(is_by_codes or session.batches or session.twice))

    def _show_batches(self, batches: list[Batch]) -> None:
        for _, label, button in self.batches:
            for part in (label, button):
                part.hide()
                part.deleteLater()
        self.batches = []
        now = self.session.office.clock.now()
        for batch in batches:
            label = Label(_words(batch, now), 14)
            button = KeyButton("Save as a file", "download", height=40)
            button.clicked.connect(lambda _on=False, batch=batch: self._export(batch))
            self.column.addLayout(row(label, 1, button))
            self.batches.append((batch, label, button))

    def _export(self, batch: Batch) -> None:
        codes = self.session.codes(batch.batch)
        begin = _NO_FILE_NAME.sub("-", codes.name) or "codes"
        path, _ = QFileDialog.getSaveFileName(self, "Save the codes", f"{begin}.csv", "Tables (*.csv)")
        if path:
            self.session.write_codes(codes, Path(path))


def _words(batch: Batch, now: Stamp) -> str:
    return f"{clock_time(batch.made_ms, now)}: {batch.made} made, {batch.used} used"


def _twice(row: Twice) -> str:
    uses = "; ".join(f"{use.at.local:%Y-%m-%d %H:%M} {use.till}, receipt {use.number}" for use in row.uses)
    return f"{grouped(row.code)} ({row.promotion}): {uses}"
