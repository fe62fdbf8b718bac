"""Strokes that follow the screen's size and the way people read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from pytestqt.qtbot import QtBot

from omsdesk.domain.values import Money
from omsdesk.ui import theme
from omsdesk.ui.till.customer_display.brush import At, Brush

AREA = QRect(0, 0, 400, 200)
INK = QColor("#000000")


class Page:
    """Paper to paint on."""

    def __init__(self, locale: str, scale: float = 1.0) -> None:
        self.image = QImage(AREA.size(), QImage.Format.Format_RGB32)
        self.image.fill(QColor("white"))
        self.painter = QPainter(self.image)
        self.brush = Brush(self.painter, theme.load("light", scale), AREA, locale)

    def inked(self) -> tuple[int, int]:
        """Give the first and the last column that anything is painted in."""
        columns = [
            x for x in range(AREA.width())
            if any(self.image.pixelColor(x, y).lightness() < 128 for y in range(AREA.height()))
        ]  # fmt: skip
        return (columns[0], columns[-1]) if columns else (-1, -1)


@pytest.fixture
def english(qtbot: QtBot) -> Iterator[Page]:
    made = Page("en-GB")
    yield made
    made.painter.end()


@pytest.fixture
def hebrew(qtbot: QtBot) -> Iterator[Page]:
    made = Page("he-IL")
    yield made
    made.painter.end()


def test_start_and_end_are_where_people_begin_and_end(english: Page, hebrew: Page) -> None:
    english.brush.write(AREA, "Milk", 20)
    assert english.inked()[1] < 100
    hebrew.brush.write(AREA, "Milk", 20)
    assert hebrew.inked()[0] > 300
    english.brush.write(AREA, "2.40", 20, at=At.END)
    assert english.inked()[1] > 390


@pytest.mark.parametrize("name", ["Milk", "חלב", "牛乳", "حليب"])
def test_a_name_begins_where_the_column_does_whatever_its_letters(name: str, english: Page) -> None:
    english.brush.write(AREA, name, 20)
    assert 0 <= english.inked()[0] < 10


def test_what_is_laid_out_from_the_left_is_mirrored(english: Page, hebrew: Page) -> None:
    room = QRect(10, 20, 50, 30)
    assert english.brush.place(room) == room
    assert hebrew.brush.place(room) == QRect(340, 20, 50, 30)
    hebrew.brush.fill(room, INK)
    assert hebrew.inked() == (340, 389)


def test_an_amount_gets_smaller_before_it_is_cut(english: Page) -> None:
    english.brush.fit(AREA, "€9,999,999.99", 80)
    left, right = english.inked()
    assert 0 <= left < right < AREA.width()
    assert english.brush.width("€9,999,999.99", 80, 700) > AREA.width()


def test_money_is_written_as_the_shop_does(english: Page, hebrew: Page) -> None:
    assert english.brush.money(Money(123450, "GBP")) == "£1,234.50"
    assert "1,234.50" in hebrew.brush.money(Money(123450, "ILS"))


def test_lengths_grow_with_the_screen(qtbot: QtBot) -> None:
    page = Page("en", 1.5)
    assert page.brush.px(20) == 30
    page.painter.end()


def test_a_picture_keeps_its_shape_in_the_middle(english: Page) -> None:
    picture = QPixmap(50, 50)
    picture.fill(INK)
    english.brush.picture(AREA, picture)
    assert english.inked() == (100, 299)


def test_stripes_stay_in_their_room(english: Page) -> None:
    english.brush.stripes(QRect(100, 0, 100, 40), QColor("#202020"), INK)
    assert english.inked() == (100, 199)
