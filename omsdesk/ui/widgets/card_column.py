"""Cards below one another, scrolled where there are more than fit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from omsdesk.ui.widgets.flicking import widen_bar

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

GAP = 16
MARGIN = 20
_BESIDE, _BELOW = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom


class CardColumn(QScrollArea):
    """Rows of cards: those of one row share its width, or stand below one another where it is too narrow for that."""

    def __init__(
        self, rows: Sequence[Sequence[QWidget | Sequence[QWidget]]], widest: int = 0, *, is_centred: bool = False
    ) -> None:
        """Lay rows out; a sequence inside a row is a stack, ``widest`` limits the width of all."""
        super().__init__()
        self._sides: list[QBoxLayout] = []
        body = QWidget()
        if widest:
            body.setMaximumWidth(widest + 2 * MARGIN)
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(MARGIN, 4, MARGIN, MARGIN)
        self._column.setSpacing(GAP)
        for row in rows:
            self._add(row)
        self._column.addStretch(1)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(_centred(body) if is_centred else body)
        widen_bar(self)

    def _add(self, row: Sequence[QWidget | Sequence[QWidget]]) -> None:
        if len(row) == 1 and isinstance(row[0], QWidget):
            self._column.addWidget(row[0])
            return
        sides = QBoxLayout(_BESIDE)
        sides.setSpacing(GAP)
        self._sides.append(sides)
        for cell in row:
            stack = QVBoxLayout()
            stack.setSpacing(GAP)
            for widget in [cell] if isinstance(cell, QWidget) else cell:
                stack.addWidget(widget)
            stack.addStretch(1)
            sides.addLayout(stack, 1)
        self._column.addLayout(sides)

    def _arrange(self) -> None:
        """Let no card stand beyond the edge: large letters want more room than a small screen has."""
        room = self.viewport().width() - 2 * MARGIN
        for sides in self._sides:
            stacks = [item.minimumSize().width() for item in map(sides.itemAt, range(sides.count())) if item]
            fits = sum(stacks) + GAP * (len(stacks) - 1) <= room
            sides.setDirection(_BESIDE if fits else _BELOW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the cards out for another width."""
        super().resizeEvent(event)
        self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lay the cards out again when what is in them needs another width."""
        if event.type() is QEvent.Type.LayoutRequest and watched is self.widget():
            self._arrange()
        return super().eventFilter(watched, event)

    def to_top(self) -> None:
        """Scroll to the beginning."""
        self.verticalScrollBar().setValue(0)


def _centred(body: QWidget) -> QWidget:
    room = QWidget()
    row = QHBoxLayout(room)
    row.setContentsMargins(0, 0, 0, 0)
    row.addStretch(1)
    row.addWidget(body, 1000)
    row.addStretch(1)
    return room
