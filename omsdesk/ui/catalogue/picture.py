"""The picture of a product: where its file lies, shown small; read away from the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from omsdesk.ui import icons, theme
from omsdesk.ui.background import Background
from omsdesk.ui.widgets.painting import box

SIDE = 112


class Picture(QWidget):
    """A square with the picture, or with the sign of a missing one."""

    def __init__(self, work: Background) -> None:
        """Show nothing yet."""
        super().__init__()
        self._work = work
        self._path = ""
        self.image: QImage | None = None
        self.setFixedSize(SIDE, SIDE)
        self.setAccessibleName("Picture of the product")

    def show_path(self, path: str) -> None:
        """Show the picture in a file, once it is read."""
        if path == self._path:
            return
        self._path, self.image = path, None
        self.update()
        if path.strip():
            self._work.work(lambda: _small(path.strip()), lambda image: self._take(path, image))

    def _take(self, path: str, image: QImage | None) -> None:
        if path == self._path:
            self.image = image
            self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(SIDE, SIDE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture in the middle of its frame."""
        painter, look, rect = QPainter(self), theme.current(), self.rect()
        box(painter, rect, look.colour.sunken, look.colour.line, 10)
        if self.image is None:
            place = QRect(0, 0, 32, 32)
            place.moveCenter(rect.center())
            icons.draw(painter, "image", place, look.colour.muted)
        else:
            size = self.image.size().scaled(rect.size() - QSize(8, 8), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(rect.topLeft(), size)
            place.moveCenter(rect.center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, self.image)
        painter.end()


def _small(path: str) -> QImage | None:
    """Read a picture and make it small; None where there is none."""
    if not Path(path).is_file():
        return None
    image = QImage(path)
    if image.isNull():
        return None
    side = 2 * SIDE
    return image.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
