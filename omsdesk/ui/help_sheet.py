"""The keys of a screen, as key caps beside what they do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from omsdesk.ui import theme
from omsdesk.ui.navigation import Intent
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.painting import cap_size, key_cap
from omsdesk.ui.widgets.sheet import Sheet

_COLUMNS = 2


def open_help(intents: Sequence[Intent], area: QWidget) -> Sheet:
    """Cover an area with its keys until Esc."""
    body = QWidget()
    grid = QGridLayout(body)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(6)
    listed = [intent for intent in intents if intent.keys]
    rows = -(-len(listed) // _COLUMNS)
    for number, intent in enumerate(listed):
        across, down = divmod(number, rows)
        grid.addWidget(_Cap(intent.cap), down, 2 * across, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(Label(intent.label), down, 2 * across + 1)
        grid.setColumnStretch(2 * across + 1, 1)
    grid.setRowStretch(rows, 1)
    sheet = Sheet("Keys of this screen", body, area)
    sheet.closed.connect(sheet.deleteLater)
    sheet.open_sheet()
    return sheet


class _Cap(QWidget):
    """A key cap as large as the keys on it."""

    def __init__(self, keys: str) -> None:
        super().__init__()
        self._keys = keys

    def sizeHint(self) -> QSize:
        look = theme.current()
        return QSize(max(look.px(72), cap_size(look, self._keys).width()), look.px(40))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        key_cap(painter, theme.current(), QPoint(self.width() - 1, self.height() // 2), self._keys)
        painter.end()
