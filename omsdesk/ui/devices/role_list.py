"""The roles of a station below one another: what plays each, and how that is in a colour and a word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect

from omsdesk.ui import icons
from omsdesk.ui.devices.session import Player
from omsdesk.ui.widgets.painting import box, chip, chip_width, text_width, write
from omsdesk.ui.widgets.result_list import Result, ResultList

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from omsdesk.ui.theme import Theme

_PADDING = 14


class RoleList(ResultList):
    """Emits ``chosen(key)`` with the role of a row that was tapped, or walked to."""

    def __init__(self) -> None:
        """Make an empty list."""
        self._players: Sequence[Player] = ()
        super().__init__("Devices")
        self.is_filling = False
        self.selectionModel().currentChanged.connect(self._walked)

    def show_players(self, players: Sequence[Player], current: str) -> None:
        """Show the roles, and mark one."""
        self.is_filling = True
        self._players = players
        keys = [row.role.key for row in players]
        self.show_results(
            [
                Result(
                    row.role.key, row.role.icon, row.role.title, row.name or row.standing.sentence, row.standing.word
                )
                for row in players
            ]
        )
        self.move_to(keys.index(current) if current in keys else 0)
        self.is_filling = False

    def _walked(self) -> None:
        row = self.currentIndex().row()
        if not self.is_filling and 0 <= row < self.count():
            self.choose(row)

    def paint_cell(self, painter: QPainter, look: Theme, row: int, rect: QRect) -> None:
        """Paint icon, role, device and standing."""
        player, result, colour = self._players[row], self._results[row], look.colour
        inner = rect.adjusted(4, 2, -4, -2)
        if row == self.currentIndex().row():
            box(painter, inner, colour.accent_soft, colour.accent if look.name == "contrast" else None, 8)
        elif row in {self.hover_row, self.pressed_row}:
            box(painter, inner, look.hover(colour.surface), None, 8)
        side, half = look.px(22), look.px(22)
        icon = QRect(rect.x() + _PADDING, rect.center().y() - side // 2, side, side)
        icons.draw(painter, result.icon, icon, colour.muted)
        left, right = icon.right() + _PADDING, rect.right() - _PADDING
        word, high, bold = player.standing.word, look.px(26), look.font(16, 600)
        wide = chip_width(look, word)
        top = rect.y() + (rect.height() - 2 * half) // 2
        room = right - wide - 12 - left
        is_tight = text_width(bold, result.title) > room
        # Large letters: the role has the upper line for itself, so that two are never called the same.
        middle = top + half + half // 2 if is_tight else rect.center().y()
        place = QRect(right - wide, middle - high // 2, wide, high)
        chip(painter, look, place, word, look.tone(player.standing.tone))
        write(painter, QRect(left, top, right - left if is_tight else room, half), result.title, bold, colour.text)
        detail = player.name or "Nothing yet"
        write(painter, QRect(left, top + half, room, half), detail, look.font(14, 400), colour.muted)
