"""Paper on a desk: a receipt, an invoice or a label as it will come out of the printer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from omsdesk.ui import theme
from omsdesk.ui.theme import blend
from omsdesk.ui.widgets.flicking import flick
from omsdesk.ui.widgets.painting import focus_frame

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent, QResizeEvent

_MARGIN = 24


class PaperView(QScrollArea):
    """Pages below one another, as wide as the desk allows and never larger than they are."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Make an empty desk that a screen reader calls ``name``."""
        super().__init__(parent)
        self._paper = _Paper()
        self.setWidget(self._paper)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        self.setMinimumSize(200, 160)
        # The frame stays where it is while the paper moves under it.
        self.verticalScrollBar().valueChanged.connect(self._paper.update)
        flick(self)

    def show_pages(self, pages: Sequence[bytes]) -> None:
        """Show pages given as PNG files.

        Raises:
            ValueError: a page is no picture.

        """
        images = [QImage.fromData(page) for page in pages]
        if any(image.isNull() for image in images):
            raise ValueError("A page of the document is no picture.")
        self._paper.pages = images
        self._paper.lay_out(self.viewport().width())
        self.verticalScrollBar().setValue(0)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keys go."""
        super().focusInEvent(event)
        self._paper.set_focused(is_focused=True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the keys go elsewhere."""
        super().focusOutEvent(event)
        self._paper.set_focused(is_focused=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the paper to the desk."""
        super().resizeEvent(event)
        self._paper.lay_out(self.viewport().width())


class _Paper(QWidget):
    """The desk and what lies on it."""

    def __init__(self) -> None:
        super().__init__()
        self.pages: list[QImage] = []
        self._places: list[QRect] = []
        self._is_focused = False

    def set_focused(self, *, is_focused: bool) -> None:
        self._is_focused = is_focused
        self.update()

    def lay_out(self, width: int) -> None:
        """Put each page below the one before."""
        self._places, top = [], _MARGIN
        for page in self.pages:
            wide = min(page.width(), max(1, width - 2 * _MARGIN))
            high = round(page.height() * wide / page.width())
            self._places.append(QRect((width - wide) // 2, top, wide, high))
            top += high + _MARGIN
        self.setMinimumHeight(top if self.pages else 0)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, max(160, self.minimumHeight()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = QPainter(self), theme.current()
        painter.fillRect(event.rect(), look.colour.desk)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for page, place in zip(self.pages, self._places, strict=True):
            if place.intersects(event.rect()):
                edge = blend(look.colour.desk, look.colour.text, 0.25)
                painter.fillRect(place.adjusted(-1, -1, 1, 1), edge)
                painter.drawImage(place, page)
        if self._is_focused:
            focus_frame(painter, self.visibleRegion().boundingRect(), look.colour.accent, 0)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.update()
