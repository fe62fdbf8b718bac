"""Line icons (Lucide), tinted when first drawn and kept by name, colour, size and pixel ratio."""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from omsdesk.resource_files import resource


def pixmap(name: str, colour: QColor, size: int, ratio: float = 1.0) -> QPixmap:
    """Icon of ``size`` logical pixels in one opaque colour.

    Raises:
        FileNotFoundError: there is no icon of that name in ``resources/icons``.

    """
    return _pixmap(name, colour.rgb(), size, ratio)


def draw(painter: QPainter, name: str, rect: QRect, colour: QColor) -> None:
    """Paint an icon, as large as the rectangle's shorter side, in its middle."""
    size = min(rect.width(), rect.height())
    if size <= 0:
        return  # a part that was squeezed to nothing
    square = QRect(0, 0, size, size)
    square.moveCenter(rect.center())
    painter.drawPixmap(square.topLeft(), pixmap(name, colour, size, painter.device().devicePixelRatioF()))


def names() -> list[str]:
    """Every icon there is."""
    return sorted(path.stem for path in resource("icons").glob("*.svg"))


@cache
def _source(name: str) -> bytes:
    return resource(f"icons/{name}.svg").read_bytes()


@lru_cache(maxsize=2048)
def _pixmap(name: str, rgb: int, size: int, ratio: float) -> QPixmap:
    # Imported at the first icon: a process without a window never pays for it.
    from PySide6.QtSvg import QSvgRenderer

    ink = QColor.fromRgb(rgb).name().encode()
    renderer = QSvgRenderer(QByteArray(_source(name).replace(b"currentColor", ink)))
    made = QPixmap(round(size * ratio), round(size * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return made
