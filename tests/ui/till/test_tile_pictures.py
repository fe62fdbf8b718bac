"""Pictures on tiles: small, read elsewhere, and only where there are any."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from omsdesk.domain.catalogue import ProductEdit, SaveProducts
from omsdesk.store.engine import Connection
from omsdesk.ui.till import tile_pictures
from omsdesk.ui.till.tile_pictures import SIDE, PicturedTiles, TilePictures, thumbnail
from omsdesk.ui.widgets.tile_grid import Tile
from tests.ui.till.shop import Station

RED = QColor("#d02030")


def picture(folder: Path, name: str = "mug.png", width: int = 400, height: int = 200) -> Path:
    """A red picture with blue edges left and right."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#2030d0"))
    for x in range(width // 4, width * 3 // 4):
        for y in range(height):
            image.setPixelColor(x, y, RED)
    path = folder / name
    assert image.save(str(path))
    return path


class Later:
    """Another thread that answers when the story says so."""

    def __init__(self) -> None:
        self.tasks: list[tuple[Callable[[], Any], Callable[[Any], None]]] = []

    def work(self, task: Callable[[], Any], then: Callable[[Any], None]) -> None:
        self.tasks.append((task, then))

    def change(self, actor: str, *commands: object, then: Callable[[Any], None]) -> None:
        raise NotImplementedError

    def ask(self, question: Callable[[Connection], Any], then: Callable[[Any], None]) -> None:
        raise NotImplementedError

    def answer(self) -> None:
        while self.tasks:
            task, then = self.tasks.pop(0)
            then(task())


# --- one file ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["mug.png", "mug.jpg"])
def test_a_thumbnail_is_the_middle_as_a_small_square(tmp_path: Path, qapp: QApplication, name: str) -> None:
    image = thumbnail(str(picture(tmp_path, name)))
    assert image is not None
    assert (image.width(), image.height()) == (SIDE, SIDE)
    colour = image.pixelColor(SIDE // 2, SIDE // 2)
    assert abs(colour.red() - RED.red()) + abs(colour.blue() - RED.blue()) < 16


def test_what_is_no_picture_is_none(tmp_path: Path, qapp: QApplication) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(picture(tmp_path).read_bytes()[:60])
    text = tmp_path / "text.png"
    text.write_text("not a picture")
    for path in (str(broken), str(text), str(tmp_path), str(tmp_path / "gone.png"), "https://shop.example/mug.png"):
        assert thumbnail(path) is None


def test_a_file_that_says_it_is_huge_is_left_out(
    tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = str(picture(tmp_path))
    monkeypatch.setattr(tile_pictures, "_MOST_PIXELS", 100)
    assert thumbnail(path) is None


# --- many -------------------------------------------------------------------------------------------------------------


def test_a_tile_gets_its_picture_when_it_was_read_and_asks_once(tmp_path: Path, qapp: QApplication) -> None:
    later, came = Later(), list[str]()
    pictures = TilePictures(later, came.append)
    path = str(picture(tmp_path))
    tiles = PicturedTiles([Tile("a", "Mug"), Tile("b", "Bag")], [path, ""], pictures)
    assert later.tasks == [], "a tile that nobody looks at reads nothing"
    assert tiles[0].picture is None
    assert tiles[0].picture is None
    assert len(later.tasks) == 1
    later.answer()
    assert came == [path]
    assert tiles[0].picture is not None
    assert tiles[0] == tiles[0], "the same tile, so that it is painted once"
    assert tiles[1] == Tile("b", "Bag")
    assert [tile.key for tile in tiles[:]] == ["a", "b"]
    assert len(tiles) == 2


def test_a_file_that_is_no_picture_is_read_once(tmp_path: Path, qapp: QApplication) -> None:
    later, came = Later(), list[str]()
    pictures = TilePictures(later, came.append)
    assert pictures.of(str(tmp_path / "gone.png")) is None
    later.answer()
    assert pictures.of(str(tmp_path / "gone.png")) is None
    assert (later.tasks, came) == ([], [])


def test_of_very_many_pictures_those_used_last_are_kept(
    tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tile_pictures, "_KEPT", 2)
    later = Later()
    pictures = TilePictures(later, lambda _: None)
    paths = [str(picture(tmp_path, f"{number}.png", 40, 20)) for number in range(3)]
    for path in paths:
        pictures.of(path)
        later.answer()
    assert pictures.of(paths[2]) is not None
    assert pictures.of(paths[0]) is None, "it is read again"
    assert len(later.tasks) == 1


# --- at the till ------------------------------------------------------------------------------------------------------


def test_a_picture_appears_on_its_tile(till: Station, tmp_path: Path) -> None:
    path = picture(tmp_path)
    till.do(SaveProducts("b1", (ProductEdit("guji", image=str(path)),)))
    till.settle()
    grid = till.screen.sell.grid

    def has_picture() -> bool:
        image = grid.viewport().grab(grid.cell_rect(0)).toImage()
        return any(image.pixelColor(x, 30) == RED for x in range(image.width()))

    till.until(has_picture)
    till.press(Qt.Key.Key_F2)
    assert grid._tiles[1].picture is None


def test_a_shop_without_pictures_loads_nothing_for_them(till: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "omsdesk.ui.till.tile_pictures")
    till.screen.sell.load()
    till.settle()
    assert "omsdesk.ui.till.tile_pictures" not in sys.modules
    assert isinstance(till.screen.sell.grid._tiles, list)
