"""Everything that can be done here, found by its name: Ctrl+K, a few letters, Enter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from omsdesk.domain.words import words
from omsdesk.ui import theme
from omsdesk.ui.navigation import Intent
from omsdesk.ui.widgets.card import Card
from omsdesk.ui.widgets.layouts import column
from omsdesk.ui.widgets.result_list import ROW, Result, ResultList
from omsdesk.ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

WIDTH = 560
_ROWS = 7


class CommandPalette(Card):
    """Floats over ``area`` until a command is chosen, Esc, or the focus goes elsewhere."""

    closed = Signal()

    def __init__(self, intents: Sequence[Intent], area: QWidget) -> None:
        """Open over an area."""
        super().__init__(None, area)
        self._intents = {intent.name: intent for intent in intents}
        self._area = area
        self._focus_before = QApplication.focusWidget()
        self.field = SearchField("What do you want to do?", "Esc")
        self.results = ResultList("Commands")
        self.results.chosen.connect(self._do)
        self.field.textChanged.connect(self._find)
        self.field.stepped.connect(self.results.step)
        self.field.returnPressed.connect(self.results.choose_current)
        self.setLayout(column(self.field, self.results, margins=(12, 12, 12, 12)))
        self.setAccessibleName("Commands")
        area.installEventFilter(self)
        self._find("")
        self._place()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_palette(self) -> None:
        """Go, and give the focus back."""
        self._area.removeEventFilter(self)
        self.hide()
        self.deleteLater()
        # The screen below may have been built anew meanwhile.
        if self._focus_before is not None and shiboken6.isValid(self._focus_before):
            self._focus_before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def _find(self, typed: str) -> None:
        wanted = words(typed)
        found = [intent for intent in self._intents.values() if _matches(intent.label, wanted)]
        self.results.show_results([Result(row.name, row.icon, row.label, "", row.cap) for row in found], typed)
        self._place()

    def _do(self, name: object) -> None:
        intent = self._intents[str(name)]
        self.close_palette()
        intent.act()

    def _place(self) -> None:
        look, area = theme.current(), self._area.rect()
        width = max(1, min(look.px(WIDTH), area.width() - 48))
        rows = min(_ROWS, max(1, self.results.count()))
        height = min(look.px(ROW) * rows + self.field.sizeHint().height() + 40, area.height() - 96)
        self.setGeometry((area.width() - width) // 2, 72, width, max(1, height))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle of an area that grows or shrinks."""
        if watched is self._area and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close by Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_palette()
            return
        super().keyPressEvent(event)


def _matches(label: str, wanted: list[str]) -> bool:
    have = words(label)
    return all(any(word.startswith(start) for word in have) for start in wanted)
