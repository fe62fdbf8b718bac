"""Chips side by side: all with their word, or all as icons where there is no room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from omsdesk.ui import theme

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QResizeEvent

    from omsdesk.ui.widgets.chip import Chip

GAP = 8


class ChipRow(QWidget):
    """Keeps chips close together; one that is hidden leaves no gap."""

    def __init__(self, chips: Iterable[Chip], parent: QWidget | None = None) -> None:
        """Take the chips in order."""
        super().__init__(parent)
        self._chips = tuple(chips)
        for chip in self._chips:
            chip.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Room for all words."""
        look = theme.current()
        return self._size([chip.wanted_width(look) for chip in self._shown()])

    def minimumSizeHint(self) -> QSize:
        """Room for all icons."""
        return self._size([chip.minimumSizeHint().width() for chip in self._shown()])

    def _arrange(self) -> None:
        has_words = self.width() >= self.sizeHint().width()
        left = 0
        for chip in self._shown():
            width = chip.wanted_width(theme.current()) if has_words else chip.minimumSizeHint().width()
            chip.setGeometry(left, 0, width, self.height())
            left += width + GAP

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show words if there is room."""
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """Place the chips again when a word has changed, one was shown or hidden, or the text size is another."""
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.StyleChange}:
            self.updateGeometry()
            self._arrange()
        return super().event(event)

    def _shown(self) -> list[Chip]:
        return [chip for chip in self._chips if not chip.isHidden()]

    def _size(self, widths: list[int]) -> QSize:
        return QSize(sum(widths) + GAP * max(0, len(widths) - 1), theme.current().px(48))
