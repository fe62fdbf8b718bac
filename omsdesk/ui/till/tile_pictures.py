"""Pictures on tiles: read small by another thread when their tile is first seen, and kept while they are in use."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, overload

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPixmap

from omsdesk.ui.widgets.tile_grid import Tile

if TYPE_CHECKING:
    from omsdesk.ui.till.counter import Work

SIDE = 96
"""Pixels of a thumbnail: sharp on a screen of double density, 37 kB in memory."""
_KEPT = 300
_MOST_PIXELS = 64_000_000
"""A file that says it is larger is left out: it would fill the memory before it is small."""


class TilePictures:
    """Thumbnails by the path of their file. ``came`` is called with a path when its thumbnail can be painted."""

    def __init__(self, work: Work, came: Callable[[str], None]) -> None:
        """Read nothing before it is asked for."""
        self._work, self._came = work, came
        self._known: dict[str, QPixmap | None] = {}
        """The thumbnail used longest ago first; None while it is read, and for a file that is no picture."""

    def of(self, path: str) -> QPixmap | None:
        """Find a thumbnail; what is not there yet is read meanwhile."""
        if path not in self._known:
            self._known[path] = None
            self._work.work(lambda: thumbnail(path), lambda image: self._take(path, image))
            return None
        found = self._known[path] = self._known.pop(path)
        return found

    def _take(self, path: str, image: QImage | None) -> None:
        if image is None:
            return
        self._known[path] = QPixmap.fromImage(image)
        while len(self._known) > _KEPT:
            del self._known[next(iter(self._known))]
        self._came(path)


class PicturedTiles(Sequence[Tile]):
    """Tiles with their pictures; only those that are looked at ever ask for one."""

    def __init__(self, tiles: Sequence[Tile], paths: Sequence[str], pictures: TilePictures) -> None:
        """Take tiles and, in the same order, the paths of their pictures."""
        self._tiles, self._paths, self._pictures = tiles, paths, pictures

    def __len__(self) -> int:
        """Count the tiles."""
        return len(self._tiles)

    @overload
    def __getitem__(self, row: int) -> Tile: ...
    @overload
    def __getitem__(self, row: slice) -> Sequence[Tile]: ...
    def __getitem__(self, row: int | slice) -> Tile | Sequence[Tile]:
        """Give a tile, with its picture if it was read already."""
        if isinstance(row, slice):
            return [self[at] for at in range(*row.indices(len(self)))]
        path = self._paths[row]
        picture = self._pictures.of(path) if path else None
        return self._tiles[row] if picture is None else replace(self._tiles[row], picture=picture)


def thumbnail(path: str) -> QImage | None:
    """Read a picture as a small square out of its middle; None where there is no picture to read."""
    # An import may name an address in the web: a till asks no network for a picture.
    if "://" in path or not Path(path).is_file():
        return None
    reader = QImageReader(path)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > _MOST_PIXELS:
        return None
    # JPEG is read small at once, which takes a tenth of the time.
    reader.setScaledSize(size.scaled(QSize(SIDE, SIDE), Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    image = reader.read()
    if image.isNull():
        return None
    middle = QRect(0, 0, SIDE, SIDE)
    middle.moveCenter(image.rect().center())
    return image.copy(middle)
