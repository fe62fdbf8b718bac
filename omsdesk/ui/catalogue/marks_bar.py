"""What can be done with the products that are marked: a bar below the list, there only while any are."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from omsdesk.ui.amounts import count_text
from omsdesk.ui.catalogue.marks import MOST_MARKED, Marks
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import row
from omsdesk.ui.widgets.primary_button import PrimaryButton


class MarksBar(QWidget):
    """Emits ``labels_wanted``."""

    labels_wanted = Signal()

    def __init__(self, marks: Marks, locale: str) -> None:
        """Follow the marks; counts are written as people of a locale do."""
        super().__init__()
        self._marks, self._locale = marks, locale
        self.said = Label("", 16, 600)
        self.every = KeyButton("Mark all", "check")
        self.none = KeyButton("Unmark", "x", "Esc")
        self.labels = PrimaryButton("Print labels", "barcode", "Ctrl P")
        self.labels.HEIGHT = 48
        self.every.clicked.connect(marks.mark_all)
        self.none.clicked.connect(marks.clear)
        self.labels.clicked.connect(self.labels_wanted)
        self.setLayout(row(self.said, 1, self.every, self.none, self.labels))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()

    def follow(self, listed: int) -> None:
        """Say how many are marked, and how many are listed that could be."""
        marks = self._marks
        number = count_text(marks.count, self._locale)
        plural = "" if marks.count == 1 else "s"
        self.said.setText(
            f"{count_text(MOST_MARKED, self._locale)} products are marked, and no more can be."
            if marks.is_full
            else f"{number} product{plural} marked"
        )
        self.every.set_label(f"Mark all {count_text(listed, self._locale)}")
        self.every.setVisible(listed > 0 and not marks.is_full)
        self.setVisible(marks.count > 0)
