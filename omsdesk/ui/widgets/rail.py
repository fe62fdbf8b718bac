"""The dark rail on the left: where one is, where one can go, and who is working."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from omsdesk.domain.records import record
from omsdesk.ui import icons, theme
from omsdesk.ui.theme import Theme, blend
from omsdesk.ui.widgets.painting import CARD_RADIUS, CENTRE, box, focus_frame, text_width, write
from omsdesk.ui.widgets.touch_button import TouchButton

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QColor

WIDTH = 76
FLASH_MS = 250
"""So long a scan that was heard lights up the top of the rail."""
_MARGIN = 6
_SMALLEST_ICON = 16


@record
class RailEntry:
    """One place to go to."""

    key: str
    icon: str
    label: str


class Rail(QWidget):
    """Emits ``chosen(key)`` for a place, ``help_pressed``, and ``user_pressed`` for the person at the bottom."""

    chosen = Signal(str)
    user_pressed = Signal()
    help_pressed = Signal()

    def __init__(self, entries: Iterable[RailEntry], icon: str = "shopping-bag", parent: QWidget | None = None) -> None:
        """Show the entries below the product's icon."""
        super().__init__(parent)
        self._icon = icon
        self._is_lit, self._waiting = False, 0
        self._dark = QTimer(self)
        self._dark.setSingleShot(True)
        self._dark.timeout.connect(self._go_dark)
        self._entries: dict[str, _Entry] = {}
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 54, _MARGIN, 12)
        column.setSpacing(4)
        for entry in entries:
            button = _Entry(entry)
            button.clicked.connect(lambda _checked=False, key=entry.key: self._choose(key))
            self._entries[entry.key] = button
            column.addWidget(button)
        column.addStretch(1)
        self._help = _Entry(RailEntry("help", "circle-question-mark", "F1 Help"))
        self._help.clicked.connect(self.help_pressed)
        column.addWidget(self._help)
        self._user = _User()
        self._user.clicked.connect(self.user_pressed)
        column.addWidget(self._user, 0, Qt.AlignmentFlag.AlignHCenter)

    def set_current(self, key: str) -> None:
        """Mark where one is, silently."""
        for name, button in self._entries.items():
            button.setChecked(name == key)

    def set_shown(self, key: str, *, is_shown: bool) -> None:
        """Offer a place, or do not."""
        self._entries[key].setVisible(is_shown)

    def set_entry(self, entry: RailEntry) -> None:
        """Call a place otherwise."""
        self._entries[entry.key].set_label(entry.label)
        self._entries[entry.key].set_icon(entry.icon)

    def set_badge(self, key: str, badge: str) -> None:
        """Show a count beside an entry; nothing for an empty one."""
        self._entries[key].set_badge(badge)

    def flash(self) -> None:
        """Say to the eye that a scan was heard."""
        self._is_lit = True
        self._dark.start(FLASH_MS)
        self.update(self._mark)

    def set_waiting(self, count: int) -> None:
        """Show how many scans wait until a dialog is closed."""
        self._waiting = count
        self.setAccessibleDescription(f"{count} scans wait" if count else "")
        self.update(self._mark)

    def _go_dark(self) -> None:
        self._is_lit = False
        self.update(self._mark)

    @property
    def _mark(self) -> QRect:
        return QRect(0, 0, self.width(), 54)

    def set_user(self, name: str) -> None:
        """Show who works here, as initials."""
        self._user.set_label(name)

    def sizeHint(self) -> QSize:
        """Narrow, but with room for every word, and as high as there is."""
        look = theme.current()
        widest = max(entry.wanted_width(look) for entry in (*self._entries.values(), self._help))
        return QSize(max(WIDTH, round(look.px(WIDTH) * 0.9), widest + 2 * _MARGIN), 400)

    def minimumSizeHint(self) -> QSize:
        """Never narrower than the hint."""
        return QSize(self.sizeHint().width(), super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the rail and the product's icon."""
        painter, look = QPainter(self), theme.current()
        painter.fillRect(self.rect(), look.colour.rail)
        place = QRect(0, 12, self.width(), 32)
        if self._is_lit:
            box(painter, place.adjusted(14, -6, -14, 6), look.colour.rail_sel, look.colour.raised_link, CARD_RADIUS, 2)
        icons.draw(painter, "scan-line" if self._is_lit else self._icon, place, look.colour.raised_link)
        if self._waiting:
            paint_badge(painter, look, str(self._waiting), QPoint(self.width() // 2 + 18, 12), self.width())
        painter.end()

    def _choose(self, key: str) -> None:
        self.set_current(key)
        self.chosen.emit(key)


class _Entry(TouchButton):
    """Icon above label; a badge at the icon's shoulder."""

    HEIGHT = 60

    def __init__(self, entry: RailEntry) -> None:
        super().__init__(entry.label, entry.icon)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._badge = ""

    def set_badge(self, badge: str) -> None:
        if badge != self._badge:
            self._badge = badge
            self.setAccessibleName(f"{self.label}, {badge}" if badge else self.label)
            self.update()

    def nextCheckState(self) -> None:
        """Stay as one is: the rail decides which entry is the current one."""

    def wanted_width(self, look: Theme) -> int:
        return text_width(look.font(14, 600), self.label) + 8

    def minimumSizeHint(self) -> QSize:
        return QSize(48, 48)

    def paint(self, painter: QPainter, look: Theme) -> None:
        colour, rect = look.colour, self.rect()
        ground, ink = colour.rail, colour.rail_t
        if self.isDown():
            ground = blend(colour.rail_sel, colour.rail_on, 0.12)
        elif self.isChecked():
            ground = colour.rail_sel
        elif self.underMouse() and self.isEnabled():
            ground = blend(colour.rail, colour.rail_sel, 0.6)
        if self.isChecked():
            ink = colour.rail_on
        elif not self.isEnabled():
            ink = blend(colour.rail, colour.rail_t, 0.5)
        if ground is not colour.rail:
            box(painter, rect, ground, None, CARD_RADIUS)
        if self.hasFocus():
            focus_frame(painter, rect, colour.raised_link, CARD_RADIUS)
        side, line = look.px(24), look.px(18)
        # On a low screen the icon gets smaller before the word goes.
        beside_word = min(side, rect.height() - line - 8)
        has_label = beside_word >= _SMALLEST_ICON
        side = beside_word if has_label else side
        top = (rect.height() - side - (line + 2 if has_label else 0)) // 2
        icons.draw(painter, self.icon_name, QRect(0, top, rect.width(), side), ink)
        if has_label:
            write(painter, QRect(0, top + side + 2, rect.width(), line), self.label, look.font(14, 600), ink, CENTRE)
        if self._badge:
            paint_badge(painter, look, self._badge, QPoint(rect.center().x() + side // 2 + 4, top), self.width())


def paint_badge(painter: QPainter, look: Theme, text: str, middle: QPoint, width: int) -> None:
    """Paint a count around a point, within a width."""
    font, height = look.font(14, 700), look.px(19)
    place = QRect(0, 0, max(height, text_width(font, text) + 10), height)
    place.moveCenter(middle)
    place.moveRight(min(place.right(), width - 2))
    place.moveTop(max(place.top(), 1))
    box(painter, place, look.colour.badge, None, height // 2)
    write(painter, place, text, font, look.colour.badge_t, CENTRE)


class _User(TouchButton):
    """The initials of a person in a circle."""

    def __init__(self) -> None:
        super().__init__("", "user")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def wanted_width(self, look: Theme) -> int:
        return look.px(self.HEIGHT)

    def paint(self, painter: QPainter, look: Theme) -> None:
        colour = look.colour
        side = min(self.width(), self.height()) - 4
        circle = QRect(0, 0, side, side)
        circle.moveCenter(self.rect().center())
        ground: QColor = blend(colour.rail_sel, colour.raised_link, 0.22)
        if self.isDown() or self.underMouse():
            ground = blend(ground, colour.rail_on, 0.2 if self.isDown() else 0.08)
        box(painter, circle, ground, colour.raised_link if self.hasFocus() else None, side // 2, 2)
        initials = "".join(word[0] for word in self.label.split()[:2]).upper()
        if initials:
            write(painter, circle, initials, look.font(16, 700), colour.rail_on, CENTRE)
        else:
            icons.draw(painter, self.icon_name, circle.adjusted(10, 10, -10, -10), colour.rail_t)
