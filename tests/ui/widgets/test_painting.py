"""Strokes land on whole pixels, and words that do not fit end in an ellipsis."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QFontDatabase, QImage, QPainter
from PySide6.QtWidgets import QApplication

from omsdesk.ui import theme
from omsdesk.ui.widgets.painting import (
    CENTRE,
    box,
    cap_size,
    chip,
    chip_width,
    focus_frame,
    key_cap,
    measure_anew,
    text_width,
    whole_parts,
    write,
)

WHITE, BLACK, RED = QColor("white"), QColor("black"), QColor("red")


@pytest.fixture
def canvas() -> QImage:
    """Make a white sheet."""
    image = QImage(120, 60, QImage.Format.Format_RGB32)
    image.fill(WHITE)
    return image


def test_a_border_is_one_crisp_pixel(canvas: QImage) -> None:
    painter = QPainter(canvas)
    box(painter, QRect(10, 10, 100, 40), QColor("#eeeeee"), BLACK, radius=8)
    painter.end()
    assert [canvas.pixelColor(60, y).name() for y in (9, 10, 11)] == ["#ffffff", "#000000", "#eeeeee"]
    assert [canvas.pixelColor(x, 30).name() for x in (109, 110)] == ["#000000", "#ffffff"]
    assert canvas.pixelColor(10, 10) == WHITE, "the corner is round"


def test_a_focus_frame_is_two_pixels_and_leaves_the_ground(canvas: QImage) -> None:
    painter = QPainter(canvas)
    focus_frame(painter, QRect(0, 0, 120, 60), RED)
    painter.end()
    assert [canvas.pixelColor(60, y) for y in (0, 1, 2)] == [RED, RED, WHITE]


def test_words_stay_inside_their_place(canvas: QImage) -> None:
    painter = QPainter(canvas)
    write(painter, QRect(10, 10, 50, 30), "Wholly too long for this", theme.current().font(16, 600), BLACK)
    painter.end()
    dark = [x for x in range(120) for y in range(60) if canvas.pixelColor(x, y).lightness() < 100]
    assert min(dark) >= 9
    assert max(dark) <= 60


def test_a_short_word_is_centred(canvas: QImage) -> None:
    painter = QPainter(canvas)
    write(painter, QRect(0, 0, 120, 60), "HH", theme.current().font(20, 700), BLACK, CENTRE)
    painter.end()
    dark = [x for x in range(120) for y in range(60) if canvas.pixelColor(x, y).lightness() < 100]
    assert (min(dark) + max(dark)) / 2 == pytest.approx(59.5, abs=1.5)


def test_a_key_cap_ends_where_it_is_told_and_grows_with_its_keys(canvas: QImage) -> None:
    look = theme.current()
    painter = QPainter(canvas)
    key_cap(painter, look, QPoint(100, 30), "F2", (WHITE, BLACK))
    painter.end()
    assert canvas.pixelColor(100, 30) == BLACK
    assert canvas.pixelColor(102, 30) == WHITE
    assert cap_size(look, "Ctrl Z").width() > cap_size(look, "F2").width()
    assert cap_size(theme.load("light", 1.5), "F2").height() == round(cap_size(look, "F2").height() * 1.5)


def test_a_chip_has_the_width_it_promises(canvas: QImage) -> None:
    look = theme.current()
    width = chip_width(look, "3 left")
    painter = QPainter(canvas)
    chip(painter, look, QRect(5, 5, width, 24), "3 left", (WHITE, BLACK))
    painter.end()
    assert canvas.pixelColor(5, 17) == BLACK
    assert canvas.pixelColor(5 + width, 17) == WHITE
    assert width > text_width(look.font(14, 600), "3 left")


def test_a_figure_is_whole_or_left_out() -> None:
    font, said = theme.current().font(14), "owes £114.80 of £250.00 · 114 points · Trade"
    assert whole_parts(font, said, text_width(font, said)) == said
    for room in range(text_width(font, said) - 1, text_width(font, "owes £114.80 of £250.00 …"), -7):
        shown = whole_parts(font, said, room)
        assert shown in {"owes £114.80 of £250.00 · 114 points …", "owes £114.80 of £250.00 …"}
        assert text_width(font, shown) <= room
    assert whole_parts(font, "Mia Schneider", 3) == "Mia Schneider", "a single part is shortened where it is written"


def test_words_are_measured_anew_when_a_font_brings_their_letters(qapp: QApplication) -> None:
    from omsdesk.resource_files import resource

    qapp.fontDatabaseChanged.connect(measure_anew)
    font = theme.load("light").font(16)
    text_width(font, "สวัสดี")
    assert text_width.cache_info().currsize
    thai = next(resource("fonts").glob("*Thai*"))
    number = QFontDatabase.addApplicationFont(str(thai))
    assert not text_width.cache_info().currsize
    QFontDatabase.removeApplicationFont(number)
    qapp.fontDatabaseChanged.disconnect(measure_anew)
