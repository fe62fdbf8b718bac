"""What an import would do: everything counted, and the first rows one by one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from omsdesk.channels.product_files.layout import unused_words
from omsdesk.channels.product_files.rows import RowProblem
from omsdesk.domain.values import Money
from omsdesk.store.queries.till import full_name
from omsdesk.ui import theme
from omsdesk.ui.catalogue.import_taxes import TaxWordsCard
from omsdesk.ui.catalogue.import_words import detail_of, effect_of
from omsdesk.ui.theme import Theme, Tone
from omsdesk.ui.widgets.card import Card
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.painted_view import PaintedRows
from omsdesk.ui.widgets.painting import RIGHT, chip, write

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from omsdesk.actions.import_outcome import Preview
    from omsdesk.actions.import_plan import PlannedRow
    from omsdesk.ui.catalogue.import_session import ImportSession

_ROW = 56
_PADDING = 16


class PreviewStep(QWidget):
    """Four figures over the first rows."""

    def __init__(self, session: ImportSession, money: Callable[[Money], str]) -> None:
        """Write prices and numbers as the shop does."""
        super().__init__()
        self._count = session.count
        self.taxes = TaxWordsCard(session)
        self.figures = {
            "new": _Figure("new products", Tone.OK),
            "changed": _Figure("changed", Tone.ACCENT),
            "unchanged": _Figure("as they are", Tone.NEUTRAL),
            "problem_count": _Figure("rows with problems", Tone.BAD),
        }
        self.rows = PreviewList(money)
        self._remarks = Label("", 14, 500, Tone.WARN)
        self._remarks.setWordWrap(True)
        figures = QHBoxLayout()
        figures.setSpacing(12)
        for figure in self.figures.values():
            figures.addWidget(figure, 1)
        card = Card()
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 8, 1, 8)
        inside.addWidget(self.rows)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 4, 20, 20)
        column.setSpacing(16)
        column.addLayout(figures)
        column.addWidget(self._remarks)
        column.addWidget(self.taxes)
        column.addWidget(card, 1)

    def show_preview(self, preview: Preview) -> None:
        """Show what would happen."""
        for name, figure in self.figures.items():
            number = getattr(preview.summary, name)
            figure.show_number(self._count(number), is_any=bool(number))
        self.taxes.show_words()
        # Unknown taxes are the first remarks about the whole file, and asked about below.
        asked = len(preview.unknown_taxes)
        whole = [remark.sentence for remark in preview.summary.remarks if not remark.line][asked:][:3]
        said = (unused_words(preview.unused), *whole, preview.summary.stopped)
        self._remarks.setText("\n".join(filter(None, said)))
        self._remarks.setVisible(bool(self._remarks.text()))
        self.rows.show_rows(preview.rows)


class _Figure(Card):
    """A number and what it counts."""

    def __init__(self, words: str, tone: Tone) -> None:
        super().__init__()
        self._tone = tone
        self.number = Label("0", 28, 700, tone)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 12, 20, 12)
        column.setSpacing(0)
        column.addWidget(self.number)
        column.addWidget(Label(words, 14, 500, Tone.NEUTRAL))

    def show_number(self, number: str, *, is_any: bool) -> None:
        """Show a count; nothing is said quietly."""
        self.number.setText(number)
        self.number.set_tone(self._tone if is_any else Tone.NEUTRAL)


class PreviewList(PaintedRows):
    """The first rows of a file with what each of them does."""

    row_height = _ROW

    def __init__(self, money: Callable[[Money], str]) -> None:
        """Make an empty list."""
        self._rows: list[PlannedRow | RowProblem] = []
        self._money = money
        super().__init__()
        self.setAccessibleName("First rows of the file")

    def show_rows(self, rows: list[PlannedRow | RowProblem]) -> None:
        """Show rows from the top."""
        self.rows.beginResetModel()
        self._rows = rows
        self.rows.endResetModel()
        self.updateGeometries()
        self.verticalScrollBar().setValue(0)
        self.viewport().update()

    def count(self) -> int:
        """Count the rows."""
        return len(self._rows)

    def name_of(self, row: int) -> str:
        """Effect, name and detail."""
        found = self._rows[row]
        return f"{effect_of(found)[0]}, {_title(found)}, {detail_of(found)}"

    def minimumSizeHint(self) -> QSize:
        """Room for three rows."""
        return QSize(400, 3 * theme.current().px(_ROW))

    def choose(self, row: int, point: QPoint | None = None) -> None:
        """Nothing is chosen here."""

    def paint_cell(self, painter: QPainter, look: Theme, row: int, rect: QRect) -> None:
        """Paint line, effect, words and price."""
        found, colour, half = self._rows[row], look.colour, look.px(20)
        line = found.line if isinstance(found, RowProblem) else found.row.line
        number = QRect(_PADDING, rect.y(), look.px(44), rect.height())
        write(painter, number, str(line), look.font(14), colour.muted, RIGHT)
        word, tone = effect_of(found)
        badge = QRect(number.right() + 16, rect.center().y() - look.px(12), look.px(96), look.px(24))
        chip(painter, look, badge, word, look.tone(tone))
        price = QRect(rect.right() - look.px(116) - 8, rect.y(), look.px(108), rect.height())
        left = badge.right() + 20
        room = QRect(left, rect.y() + (rect.height() - 2 * half) // 2, price.x() - left - 12, half)
        detail = detail_of(found)
        if not detail:
            room.moveTop(rect.center().y() - half // 2)
        write(painter, room, _title(found), look.font(16, 500), colour.text)
        is_odd = isinstance(found, RowProblem) or bool(found.refused or found.row.warnings)
        ink = colour.bad if isinstance(found, RowProblem) else colour.warn if is_odd else colour.muted
        write(painter, room.translated(0, half), detail, look.font(14), ink)
        if not isinstance(found, RowProblem) and found.row.price is not None:
            write(painter, price, self._money(found.row.price), look.font(16, 600), colour.text, RIGHT)


def _title(row: PlannedRow | RowProblem) -> str:
    if isinstance(row, RowProblem):
        return "   ".join(value for value in row.values if value.strip())[:120] or "Empty row"
    return full_name(row.row.name, row.row.variant)
