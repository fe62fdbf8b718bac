"""Pictures between two customers: each is read away from the window, and between two of them nothing happens."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QImageReader

from omsdesk.domain.records import record

_Answer = TypeVar("_Answer")

SUFFIXES = {".png", ".jpg", ".jpeg"}
_STEPS = 10
_STEP_MS = 40


class Worker(Protocol):
    """Does what would take a moment elsewhere (``ui.background``)."""

    def work(self, task: Callable[[], _Answer], then: Callable[[_Answer], None]) -> None:
        """Have something slow done."""


@record
class Slide:
    """A picture of the folder; without one it is the turn of the shop's own page."""

    name: str = ""
    picture: QImage | None = None


def next_slide(folder: Path, after: str, size: QSize) -> Slide:
    """Read the picture that comes after another one by name; those that cannot be read are left out."""
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES and path.name > after)
    except OSError:
        return Slide()
    for path in paths:
        reader = QImageReader(str(path))
        reader.setAutoTransform(True)
        reader.setDecideFormatFromContent(True)
        own = reader.size()
        if own.isValid() and (own.width() > 2 * size.width() or own.height() > 2 * size.height()):
            # A photograph is read at half its size or less, whichever way it was held.
            longest = max(size.width(), size.height())
            reader.setScaledSize(own.scaled(QSize(longest, longest), Qt.AspectRatioMode.KeepAspectRatio))
        picture = reader.read()
        if not picture.isNull():
            smooth = Qt.TransformationMode.SmoothTransformation
            return Slide(path.name, picture.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, smooth))
    return Slide()


class Slides(QObject):
    """Goes through a folder again and again. ``changed``: paint anew."""

    changed = Signal()

    def __init__(self, folder: Path, seconds: int, work: Worker) -> None:
        """Show each picture for so many seconds."""
        super().__init__()
        self._folder, self._work = folder, work
        self._size = QSize()
        self._run = 0
        self.now, self.before = Slide(), Slide()
        self._steps = _STEPS
        self._turn, self._step = QTimer(self), QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.setInterval(seconds * 1000)
        self._turn.timeout.connect(self._read)
        self._step.setInterval(_STEP_MS)
        self._step.timeout.connect(self._dissolve)

    @property
    def share(self) -> float:
        """How much of ``now`` is to be seen, over ``before``."""
        return self._steps / _STEPS

    def begin(self, size: QSize) -> None:
        """Begin with the shop's own page; ``size`` is that of the screen in its own pixels."""
        self.stop()
        self._size = size
        self._turn.start()

    def stop(self) -> None:
        """End; a picture that is being read comes too late."""
        self._run += 1
        self._turn.stop()
        self._step.stop()
        self.now, self.before, self._steps = Slide(), Slide(), _STEPS

    def _read(self) -> None:
        arrived = partial(self._arrived, self._run)
        self._work.work(partial(next_slide, self._folder, self.now.name, self._size), arrived)

    def _arrived(self, run: int, slide: Slide) -> None:
        if run != self._run:
            return
        if slide.name == self.now.name:
            # There is no picture at all, yet.
            self._turn.start()
            return
        self.before, self.now, self._steps = self.now, slide, 0
        self._step.start()

    def _dissolve(self) -> None:
        self._steps += 1
        if self._steps == _STEPS:
            self._step.stop()
            self.before = Slide()
            self._turn.start()
        self.changed.emit()
