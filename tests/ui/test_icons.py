"""Icons take the colour they are asked for, stay sharp on dense screens and are drawn once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from omsdesk.resource_files import resource
from omsdesk.ui import icons

pytestmark = pytest.mark.usefixtures("qapp")


def inks(image: QImage) -> list[QColor]:
    """Every opaque pixel."""
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return [pixel for pixel in pixels if pixel.alpha() == 255]


def test_every_icon_draws_something_in_its_colour() -> None:
    assert len(icons.names()) >= 60
    for name in icons.names():
        found = inks(icons.pixmap(name, QColor("#B42318"), 24, 2.0).toImage())
        assert len(found) > 20, name
        assert all(abs(ink.red() - 0xB4) < 3 and abs(ink.green() - 0x23) < 3 for ink in found), name


def test_an_icon_is_drawn_once_for_each_look() -> None:
    red, again = icons.pixmap("printer", QColor("red"), 24), icons.pixmap("printer", QColor("red"), 24)
    assert red.cacheKey() == again.cacheKey()
    assert icons.pixmap("printer", QColor("blue"), 24).cacheKey() != red.cacheKey()


def test_a_dense_screen_gets_more_pixels_not_a_larger_icon() -> None:
    dense = icons.pixmap("printer", QColor("red"), 20, 2.0)
    assert dense.width() == 40
    assert dense.deviceIndependentSize().width() == 20


def test_an_icon_stands_in_the_middle_of_its_place() -> None:
    image = QImage(40, 20, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor("white"))
    painter = QPainter(image)
    icons.draw(painter, "x", QRect(0, 0, 40, 20), QColor("black"))
    painter.end()
    dark = [x for x in range(40) for y in range(20) if image.pixelColor(x, y).lightness() < 128]
    assert 19 <= (min(dark) + max(dark)) / 2 <= 20


@pytest.mark.parametrize("place", [QRect(), QRect(0, 0, 0, 20), QRect(5, 5, -8, -8)])
def test_an_icon_without_room_is_not_drawn(place: QRect) -> None:
    image = QImage(20, 20, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor("white"))
    painter = QPainter(image)
    icons.draw(painter, "x", place, QColor("black"))
    painter.end()
    assert all(image.pixelColor(x, y) == QColor("white") for x in range(20) for y in range(20))


def test_a_wrong_name_says_which() -> None:
    with pytest.raises(FileNotFoundError, match="no-such-icon"):
        icons.pixmap("no-such-icon", QColor("red"), 24)


def test_the_licence_travels_with_the_icons() -> None:
    assert "ISC License" in resource("icons/LICENSE-Lucide.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE" in resource("fonts/LICENSE-Inter.txt").read_text(encoding="utf-8")
