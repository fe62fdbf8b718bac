"""The steps of an import, a view each: choose a file, say which column is what, wait, and what came of it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QRect, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox, QFileDialog, QGridLayout, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from omsdesk.ui import theme
from omsdesk.ui.catalogue.import_session import ImportSession
from omsdesk.ui.catalogue.import_words import FIELD_LABELS
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.card_column import CardColumn
from omsdesk.ui.widgets.empty_state import EmptyState
from omsdesk.ui.widgets.field_card import FieldCard, choices, combo
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.painting import CARD_RADIUS, box

_KINDS = "Product files (*.csv *.tsv *.txt *.xlsx *.xlsm *.gz *.zip);;All files (*)"
_WHAT = (
    "Drop a file here, or choose one: CSV, TSV or Excel.\n"
    "Exports of Shopify, WooCommerce, Square, Odoo and Open Food Facts are understood as they are."
)
_NONE = "–"


class ChooseStep(QWidget):
    """Takes a file by dialog or by drag and drop; emits ``chosen(path)``."""

    chosen = Signal(str)

    def __init__(self) -> None:
        """Wait for a file."""
        super().__init__()
        self.setAcceptDrops(True)
        self._is_over = False
        self._folder = str(Path.home())
        self.state = EmptyState("upload", _WHAT, "Choose a file…")
        self.state.pressed.connect(self._ask)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 4, 20, 20)
        column.addWidget(self.state)

    def _ask(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "Choose a product file", self._folder, _KINDS)
        if path:
            self._folder = str(Path(path).parent)
            self.chosen.emit(path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and nothing else."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            self._is_over = True
            self.update()
            event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """Look as before."""
        self._is_over = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the first file."""
        self._is_over = False
        self.update()
        path = next(url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile())
        event.acceptProposedAction()
        self.chosen.emit(path)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a dashed frame, blue while a file hangs over it."""
        painter, look = QPainter(self), theme.current()
        rect = self.rect().adjusted(20, 4, -20, -20)
        ground = look.colour.accent_soft if self._is_over else look.colour.surface
        box(painter, rect, ground, None, CARD_RADIUS)
        pen = QPen(look.colour.accent if self._is_over else look.colour.edge, 2, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRect(rect).adjusted(1, 1, -1, -1), CARD_RADIUS, CARD_RADIUS)
        painter.end()


class MapStep(CardColumn):
    """Our fields with the column each stands in and its first values."""

    def __init__(self, session: ImportSession) -> None:
        """Lay a row out per field."""
        self._session = session
        card = FieldCard("Which column is what?")
        hint = Label(
            "This was guessed from the names and the first rows. Correct what is wrong.", 14, 400, Tone.NEUTRAL
        )
        hint.setWordWrap(True)
        card.column.addWidget(hint)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for at, share in enumerate((2, 3, 5)):
            grid.setColumnStretch(at, share)
        self.columns: dict[str, QComboBox] = {}
        self._samples: dict[str, Label] = {}
        for row, (field, label) in enumerate(FIELD_LABELS.items()):
            editor = self.columns[field] = combo()
            editor.setAccessibleName(label)
            editor.currentIndexChanged.connect(partial(self._chosen, field))
            sample = self._samples[field] = Label("", 14, 400, Tone.NEUTRAL)
            grid.addWidget(Label(label, 16, 500), row, 0)
            grid.addWidget(editor, row, 1)
            grid.addWidget(sample, row, 2)
        card.column.addLayout(grid)
        super().__init__([[card]])
        self._headers: tuple[str, ...] = ()

    def show_values(self) -> None:
        """Show what is mapped now."""
        session = self._session
        if session.sheet is None or session.mapping is None:
            return
        headers = session.sheet.headers
        offers = [("", _NONE), *((str(at), name or f"Column {at + 1}") for at, name in enumerate(headers))]
        for field, editor in self.columns.items():
            at = session.mapping.columns.get(field)
            choices(editor, offers, "" if at is None else str(at))
            self._samples[field].setText("   ".join(session.samples(at)))

    def _chosen(self, field: str, _index: int) -> None:
        key = str(self.columns[field].currentData() or "")
        self._session.set_column(field, int(key) if key else None)


class WaitStep(QWidget):
    """A bar with a count, and a way to stop."""

    def __init__(self, session: ImportSession) -> None:
        """Show nothing yet."""
        super().__init__()
        self._session = session
        self.words = Label("", 18, 600)
        self.count = Label("", 16, 400, Tone.NEUTRAL)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 100)
        self.cancel = KeyButton("Cancel", "x", "Esc")
        card = FieldCard("")
        card.setMaximumWidth(560)
        card.column.setContentsMargins(24, 24, 24, 24)
        card.column.addWidget(self.words)
        card.column.addWidget(self.bar)
        row = QHBoxLayout()
        row.addWidget(self.count, 1)
        row.addWidget(self.cancel)
        card.column.addLayout(row)
        column = QVBoxLayout(self)
        column.addStretch(2)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(card, 4)
        line.addStretch(1)
        column.addLayout(line)
        column.addStretch(3)

    def show_progress(self, words: str) -> None:
        """Show how far the work is."""
        progress = self._session.progress
        self.words.setText(words)
        percent = 100 * progress.rows // progress.of if progress.of else progress.percent
        self.bar.setValue(min(percent, 100))
        self.bar.setAccessibleName(f"{words}, {percent} per cent")
        counted = (
            f"{self._session.count(progress.rows)} of {self._session.count(progress.of)} products"
            if progress.of
            else ""
        )
        if not counted and progress.rows:
            counted = f"{self._session.count(progress.rows)} products so far"
        self.count.setText("Stopping…" if self._session.is_stopping and progress.rows else counted)


class DoneStep(CardColumn):
    """What an import did, what a person should look at, and what comes next."""

    again = Signal()
    left = Signal()

    def __init__(self, session: ImportSession) -> None:
        """Show nothing yet."""
        self._session = session
        self.card = FieldCard("")
        self.title = Label("", 22, 600)
        self.sentence = Label("", 16)
        self.sentence.setWordWrap(True)
        self.folder = KeyButton("Open the folder", "download")
        self.folder.clicked.connect(self.open_folder)
        again, back = KeyButton("Import another file", "upload"), KeyButton("Show the products", "package")
        self.back = back
        self.problems = Label("", 16, 500, Tone.WARN)
        self.problems.setWordWrap(True)
        self.remarks = Label("", 14, 400, Tone.NEUTRAL)
        self.remarks.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (back, again, self.folder):
            row.addWidget(button)
        row.addStretch(1)
        for widget in (self.title, self.sentence, self.problems, self.remarks):
            self.card.column.addWidget(widget)
        self.card.column.addLayout(row)
        super().__init__([[self.card]], 720)
        again.clicked.connect(self.again)
        back.clicked.connect(self.left)

    def show_values(self) -> None:
        """Show the summary."""
        summary = self._session.summary
        if summary is None:
            return
        self.title.setText("The import was stopped" if summary.stopped else "The import is done")
        self.sentence.setText(summary.in_words(self._session.count))
        problem = ""
        if summary.error_file is not None:
            problem = (
                f"The rows that need a look are in {summary.error_file.name}, each with its reason. "
                "Correct them there and import that file."
            )
        self.problems.setText(problem)
        self.problems.setVisible(bool(problem))
        self.folder.setVisible(summary.error_file is not None)
        lines = [f"Row {row.line}: {row.sentence}" if row.line else row.sentence for row in summary.remarks[:12]]
        if summary.remark_count > len(lines):
            lines.append(f"And {self._session.count(summary.remark_count - len(lines))} more remarks.")
        self.remarks.setText("\n".join(lines))
        self.remarks.setVisible(bool(lines))

    def open_folder(self) -> None:
        """Show the folder in the desktop's own file browser."""
        summary = self._session.summary
        if summary is not None and summary.error_file is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(summary.error_file.parent)))
