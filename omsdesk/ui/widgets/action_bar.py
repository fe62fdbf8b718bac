"""A row of buttons that stays tidy: all show their key or none does, all show their word or none does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from omsdesk.domain.records import record
from omsdesk.ui import theme
from omsdesk.ui.widgets.key_button import Face, KeyButton

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QResizeEvent

GAP = 8

_LEVELS = ((True, True, True), (True, True, False), (True, False, True), (False, False, True))
"""Whether words, keys and icons are shown: the key that does the same is learned from the button, so icons go first."""


@record
class Action:
    """A button. ``key`` is its key cap; a dangerous one stands at the far end as a red icon."""

    name: str
    label: str
    icon: str
    key: str = ""
    is_dangerous: bool = False
    is_icon_only: bool = False


class ActionBar(QWidget):
    """Emits ``chosen(name)``. Buttons are equally wide and fill the bar, or as wide as they need."""

    chosen = Signal(str)

    def __init__(
        self, actions: Iterable[Action], *, is_filled: bool = True, height: int = 52, parent: QWidget | None = None
    ) -> None:
        """Make one button per action, in order."""
        super().__init__(parent)
        self._is_filled = is_filled
        self._height = height
        self._actions = {action.name: action for action in actions}
        self.buttons = {action.name: self._made(action) for action in self._actions.values()}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _made(self, action: Action) -> KeyButton:
        face = Face.DANGER if action.is_dangerous else Face.PLAIN
        button = KeyButton(action.label, action.icon, action.key, face, self._height, self)
        if action.is_dangerous or action.is_icon_only:
            button.show_icon_only()
        button.clicked.connect(lambda: self.chosen.emit(action.name))
        return button

    def sizeHint(self) -> QSize:
        """Room for words and keys."""
        return QSize(self._sum(has_label=True, has_cap=True), theme.current().px(self._height))

    def minimumSizeHint(self) -> QSize:
        """Room for the icons."""
        return QSize(self._sum(has_label=False, has_cap=False), theme.current().px(self._height))

    def fits(self, width: int, *, has_label: bool) -> bool:
        """Whether all words, or at least all icons, can be shown at a width."""
        return self._sum(has_label=has_label, has_cap=False) <= width

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much as there is room for."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a new theme or text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
            self._arrange()

    def _widths(self, has_label: bool, has_cap: bool, has_icon: bool = True) -> list[int]:
        look = theme.current()
        return [
            button.room(look, has_label=has_label, has_cap=has_cap, has_icon=has_icon)
            for button in self.buttons.values()
        ]

    def _sum(self, *, has_label: bool, has_cap: bool) -> int:
        return sum(self._widths(has_label, has_cap)) + GAP * max(0, len(self.buttons) - 1)

    def _arrange(self) -> None:
        if not self.buttons:
            return
        room = self.width() - GAP * (len(self.buttons) - 1)
        level = next((level for level in _LEVELS if sum(self._widths(*level)) <= room), _LEVELS[-1])
        has_label, has_cap, has_icon = level
        widths = self._widths(*level)
        if self._is_filled or sum(widths) > room:
            widths = _filled(widths, room)
        left, right = 0, self.width()
        for width, (name, button) in zip(widths, self.buttons.items(), strict=True):
            button.limit(has_label=has_label, has_cap=has_cap, has_icon=has_icon)
            if self._actions[name].is_dangerous and not self._is_filled:
                right -= width
                button.setGeometry(right, 0, width, self.height())
                right -= GAP
            else:
                button.setGeometry(left, 0, width, self.height())
                left += width + GAP


def _filled(widths: list[int], room: int) -> list[int]:
    """Share all the room: equally if that is enough for each, else what is left over is shared."""
    count = len(widths)
    if max(widths) * count <= room or sum(widths) > room:
        return [room * (number + 1) // count - room * number // count for number in range(count)]
    spare = room - sum(widths)
    return [width + spare * (number + 1) // count - spare * number // count for number, width in enumerate(widths)]
