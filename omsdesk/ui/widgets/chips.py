"""A few words of which one or none is chosen: reasons, and whatever else is said by a tap."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from omsdesk.ui import theme
from omsdesk.ui.widgets.key_button import KeyButton

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

GAP = 8
_HEIGHT = 48


class Chips(QWidget):
    """Emits ``changed`` when another word is chosen; a tap on the chosen one chooses none. They wrap into rows."""

    changed = Signal()

    def __init__(self, name: str, words: Sequence[str]) -> None:
        """Show words; none is chosen."""
        super().__init__()
        self.setAccessibleName(name)
        self.words = tuple(words)
        self.buttons = [KeyButton(word, height=_HEIGHT, parent=self) for word in self.words]
        for at, button in enumerate(self.buttons):
            button.setCheckable(True)
            button.clicked.connect(partial(self._tapped, at))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._at = -1

    @property
    def chosen(self) -> str:
        """The chosen word; empty for none."""
        return self.words[self._at] if self._at >= 0 else ""

    def choose(self, word: str) -> None:
        """Choose a word; one that is not there chooses none."""
        self._set(self.words.index(word) if word in self.words else -1)

    def step(self, count: int) -> None:
        """Choose a word further on; beyond both ends is none."""
        self._set((self._at + 1 + count) % (len(self.words) + 1) - 1)

    def _tapped(self, at: int) -> None:
        self._set(-1 if at == self._at else at)

    def _set(self, at: int) -> None:
        self._at = at
        for number, button in enumerate(self.buttons):
            button.setChecked(number == at)
        self.changed.emit()

    # Rows.

    def hasHeightForWidth(self) -> bool:
        """Become higher where there is less room."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of all rows."""
        places = self._places(width)
        return places[-1].bottom() + 1 if places else 0

    def sizeHint(self) -> QSize:
        """All words in a row."""
        places = self._places(10_000)
        return QSize(places[-1].right() + 1, places[-1].bottom() + 1) if places else QSize(0, 0)

    def minimumSizeHint(self) -> QSize:
        """Room for the widest word, in the rows there are now."""
        widest = max((place.width() for place in self._places(10_000)), default=0)
        return QSize(widest, self.heightForWidth(max(self.width(), widest)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the words into rows."""
        super().resizeEvent(event)
        for button, place in zip(self.buttons, self._places(self.width()), strict=True):
            button.setGeometry(place)
        if self.minimumHeight() != self.heightForWidth(self.width()):
            self.setMinimumHeight(self.heightForWidth(self.width()))

    def _places(self, width: int) -> list[QRect]:
        look, left, top = theme.current(), 0, 0
        height, found = look.px(_HEIGHT), []
        for button in self.buttons:
            wide = button.room(look)
            if left and left + wide > width:
                left, top = 0, top + height + GAP
            found.append(QRect(left, top, min(wide, max(width, 1)), height))
            left += wide + GAP
        return found
