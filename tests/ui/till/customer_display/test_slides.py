"""Pictures between two customers, one after the other, read away from the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from omsdesk.ui.till.customer_display.slides import Slide, Slides, next_slide

_Answer = TypeVar("_Answer")
SIZE = QSize(800, 480)


class Later:
    """Does work when the story says so, as another thread would."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def work(self, task: Callable[[], _Answer], then: Callable[[_Answer], None]) -> None:
        self.waiting.append(lambda: then(task()))

    def do(self) -> None:
        waiting, self.waiting = self.waiting, []
        for one in waiting:
            one()


def draw(path: Path, colour: str, width: int = 400, height: int = 300) -> None:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    assert image.save(str(path))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    draw(tmp_path / "1 red.png", "red")
    draw(tmp_path / "3 blue.JPG", "blue", 3000, 4000)
    (tmp_path / "2 broken.png").write_bytes(b"\x89PNG\r\n\x1a\nno picture")
    (tmp_path / "4 list.txt").write_text("no picture either")
    return tmp_path


def test_they_come_in_the_order_of_their_names_and_broken_ones_are_left_out(folder: Path) -> None:
    names = [""]
    while (slide := next_slide(folder, names[-1], SIZE)).name:
        names.append(slide.name)
    assert names == ["", "1 red.png", "3 blue.JPG"]


def test_each_fits_the_screen_and_keeps_its_shape(folder: Path) -> None:
    for after, size in (("", QSize(640, 480)), ("1 red.png", QSize(360, 480))):
        picture = next_slide(folder, after, SIZE).picture
        assert picture is not None
        assert picture.size() == size


def test_a_folder_that_is_not_there_has_no_pictures(tmp_path: Path) -> None:
    assert next_slide(tmp_path / "gone", "", SIZE) == Slide()


def turn(slides: Slides, work: Later, qtbot: QtBot) -> None:
    slides._turn.timeout.emit()
    slides._turn.stop()
    work.do()
    qtbot.waitUntil(lambda: not slides._step.isActive())


def test_the_shop_comes_first_and_comes_again_after_the_last(folder: Path, qtbot: QtBot) -> None:
    work = Later()
    slides = Slides(folder, 8, work)
    slides.begin(SIZE)
    seen = [slides.now.name]
    for _ in range(4):
        turn(slides, work, qtbot)
        seen.append(slides.now.name)
    assert seen == ["", "1 red.png", "3 blue.JPG", "", "1 red.png"]


def test_between_two_pictures_nothing_happens(folder: Path, qtbot: QtBot) -> None:
    work, told = Later(), list[float]()
    slides = Slides(folder, 3600, work)
    slides.changed.connect(lambda: told.append(slides.share))
    slides.begin(SIZE)
    turn(slides, work, qtbot)
    assert len(told) == 10
    assert told == sorted(told)
    assert (slides.share, slides.before) == (1.0, Slide())
    assert not slides._step.isActive()
    assert slides._turn.isActive()
    assert slides._turn.interval() == 3_600_000


def test_a_customer_who_comes_while_a_picture_is_read_does_not_see_it(folder: Path, qtbot: QtBot) -> None:
    work = Later()
    slides = Slides(folder, 8, work)
    slides.begin(SIZE)
    slides._turn.timeout.emit()
    slides.stop()
    work.do()
    assert slides.now == Slide()
    assert not slides._step.isActive()


def test_pictures_that_come_into_an_empty_folder_are_shown(tmp_path: Path, qtbot: QtBot) -> None:
    work = Later()
    slides = Slides(tmp_path, 8, work)
    slides.begin(SIZE)
    turn(slides, work, qtbot)
    assert slides.now == Slide()
    assert slides._turn.isActive()
    draw(tmp_path / "new.png", "green")
    turn(slides, work, qtbot)
    assert slides.now.name == "new.png"
