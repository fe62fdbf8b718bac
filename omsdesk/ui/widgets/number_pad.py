"""Digits for a finger, always in one place; the key that ends the entry is larger than a digit."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from omsdesk.ui import icons, theme
from omsdesk.ui.widgets.painting import CARD_RADIUS, CENTRE, box, focus_frame, write
from omsdesk.ui.widgets.touch_button import TouchButton

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from omsdesk.ui.theme import Theme

GAP = 8


class PadKey(StrEnum):
    """What a pad emits besides digits."""

    DECIMAL = "."
    BACKSPACE = "backspace"
    CLEAR = "clear"
    ENTER = "enter"


class PadButton(TouchButton):
    """A key of a pad: a character or an icon, as high as its cell; ``is_primary`` paints it green."""

    HEIGHT = 72

    def __init__(self, label: str, face: str = "", icon: str = "", *, is_primary: bool = False) -> None:
        """Paint ``face`` or ``icon``; ``label`` is what a screen reader says."""
        super().__init__(label, icon)
        self._face = face
        self._is_primary = is_primary
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def wanted_width(self, look: Theme) -> int:
        """As wide as high."""
        return look.px(self.HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Room for a finger."""
        return QSize(48, 48)

    def paint(self, painter: QPainter, look: Theme) -> None:
        """Paint the key."""
        colour, rect = look.colour, self.rect()
        if self._is_primary and self.isEnabled():
            ground = colour.pay_lo if self.isDown() else colour.pay_hi if self.underMouse() else colour.pay
            box(painter, rect, ground, None, CARD_RADIUS)
            ink = colour.on
        else:
            ground = colour.surface if self.isEnabled() else colour.sunken
            box(painter, rect, self.shaded(ground), colour.line, CARD_RADIUS)
            ink = colour.text if self.isEnabled() else look.faint(ground)
        if self.hasFocus():
            focus_frame(painter, rect, colour.text if self._is_primary else colour.accent, CARD_RADIUS)
        if self.icon_name:
            side = look.px(26)
            place = QRect(0, 0, side, side)
            place.moveCenter(rect.center())
            icons.draw(painter, self.icon_name, place, ink)
        else:
            write(painter, rect, self._face, look.font(24, 600), ink, CENTRE)


class NumberPad(QWidget):
    """Emits ``keyed`` with a digit, ``00`` or a ``PadKey``. It keeps no number: whoever listens does."""

    keyed = Signal(str)

    def __init__(self, decimal: str = ".", *, has_decimal: bool = True, parent: QWidget | None = None) -> None:
        """Show ``decimal`` as people write it here; the key still emits ``.``."""
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(GAP)
        self.buttons: dict[str, PadButton] = {}
        for row, digits in enumerate(("789", "456", "123")):
            for column, digit in enumerate(digits):
                self._add(grid, digit, PadButton(digit, digit), (row, column))
        self._add(grid, "0", PadButton("0", "0"), (3, 0))
        self._add(grid, "00", PadButton("00", "00"), (3, 1))
        self._add(grid, PadKey.DECIMAL, PadButton("Decimal point", decimal), (3, 2))
        self._add(grid, PadKey.BACKSPACE, PadButton("Delete last digit", icon="delete"), (0, 3))
        self._add(grid, PadKey.CLEAR, PadButton("Clear", "C"), (1, 3))
        enter = PadButton("Enter", icon="corner-down-left", is_primary=True)
        self._add(grid, PadKey.ENTER, enter, (2, 3), height=2)
        self.buttons[PadKey.DECIMAL].setEnabled(has_decimal)

    def _add(self, grid: QGridLayout, name: str, button: PadButton, place: tuple[int, int], height: int = 1) -> None:
        button.clicked.connect(lambda: self.keyed.emit(name))
        self.buttons[str(name)] = button
        grid.addWidget(button, *place, height, 1)

    def give_way(self) -> None:
        """Get as low as fingers allow before a sheet that it stands in has to be scrolled."""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.setMinimumHeight(4 * self.buttons["0"].minimumSizeHint().height() + 3 * GAP)
        self.setMaximumHeight(self.sizeHint().height())

    def sizeHint(self) -> QSize:
        """Four by four keys of 72 px."""
        side = 4 * theme.current().px(PadButton.HEIGHT) + 3 * GAP
        return QSize(side, side)
