"""The virtual devices of a till in a small window over the program's own: to try, to teach, and to show what to do."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QSlider, QVBoxLayout, QWidget

from omsdesk.devices.drivers.simulator.printer import SimulatedPrinter
from omsdesk.devices.drivers.virtual_display.display import SimulatedDisplay
from omsdesk.devices.drivers.virtual_labels.printer import LabelsOnScreen
from omsdesk.devices.drivers.virtual_scale.scale import CAPACITY, SimulatedScale
from omsdesk.devices.ports import Condition
from omsdesk.devices.roles import roles
from omsdesk.ui.devices.pole_view import PoleView
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.card_column import CardColumn
from omsdesk.ui.widgets.field_card import FieldCard, choices, combo, read
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import column, row
from omsdesk.ui.widgets.paper_view import PaperView

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShowEvent

    from omsdesk.devices.spooler import Spooler
    from omsdesk.ui.devices.station_devices import StationDevices

_WIDTH, _HEIGHT, _PAPER = 460, 700, 260
_LOOK_MS = 200
_STEP = 5
"""Grams that the slider moves by."""
FAULTS = {
    Condition.READY: "All is well",
    Condition.PAPER_LOW: "Paper nearly used up",
    Condition.PAPER_OUT: "Out of paper",
    Condition.COVER_OPEN: "Cover open",
    Condition.OFFLINE: "Switched off",
}
_NOTHING = "No virtual device is set up. Choose one “on the screen” for a role on the Devices page."


class DrawerPart(QWidget):
    """The drawer on a printer: it is opened with its key, left open, or pushed shut."""

    def __init__(self, printer: SimulatedPrinter) -> None:
        """Show how it is."""
        super().__init__()
        self._printer = printer
        self.state = Label("", 14, 600)
        self.push = KeyButton("", "inbox", height=40)
        self.push.clicked.connect(self._push)
        self.left = QCheckBox("Nobody pushes it shut")
        self.left.toggled.connect(lambda is_left: printer.leave_drawer_open(is_left=is_left))
        self.setLayout(column(row(self.state, 1, self.push), self.left, spacing=4))
        self.look()

    def look(self) -> None:
        """Show whether it is open."""
        is_open = self._printer.is_drawer_open
        self.state.setText("Drawer open" if is_open else "Drawer shut")
        self.state.set_tone(Tone.WARN if is_open else Tone.NEUTRAL)
        self.push.set_label("Shut it" if is_open else "Open with the key")

    def _push(self) -> None:
        if self._printer.is_drawer_open:
            self._printer.shut_drawer()
        else:
            self._printer.open_drawer()
        self.look()


class PaperCard(FieldCard):
    """A printer on the screen: its last paper, its faults, its drawer."""

    def __init__(self, title: str, printer: SimulatedPrinter | LabelsOnScreen, wake: Callable[[], None]) -> None:
        """Show what came out so far."""
        super().__init__(title)
        self._printer, self._wake = printer, wake
        self._last = b""
        self.fault = combo()
        choices(self.fault, [(str(key), words) for key, words in FAULTS.items()], str(Condition.READY))
        self.fault.setAccessibleName(f"{title}: how it is")
        self.fault.currentIndexChanged.connect(self._set)
        self.column.addWidget(self.fault)
        self.drawer = DrawerPart(printer) if isinstance(printer, SimulatedPrinter) else None
        if self.drawer is not None:
            self.column.addWidget(self.drawer)
        self.paper = PaperView(title)
        self.paper.setFixedHeight(_PAPER)
        self.column.addWidget(self.paper)
        self.look()

    def look(self) -> None:
        """Show the newest paper, and whether the drawer is open."""
        printer = self._printer
        if isinstance(printer, SimulatedPrinter):
            newest = printer.sheets[-1].png if printer.sheets else b""
        else:
            newest = printer.labels[-1] if printer.labels else b""
        if self.drawer is not None:
            self.drawer.look()
        self.paper.setVisible(bool(newest))
        if newest and newest is not self._last:
            self._last = newest
            self.paper.show_pages([newest])

    def _set(self) -> None:
        self._printer.set_condition(Condition(str(read(self.fault))))
        self._wake()


class ScaleCard(FieldCard):
    """A scale on the screen: a slider puts goods on it."""

    def __init__(self, title: str, scale: SimulatedScale) -> None:
        """Stand there empty."""
        super().__init__(title)
        self._scale = scale
        self.weight = Label("", 28, 600)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, (CAPACITY + 500) // _STEP)
        self.slider.setAccessibleName("Grams on the scale")
        self.slider.setMinimumHeight(40)
        self.hand, self.off = QCheckBox("A hand is on it"), QCheckBox("Switched off")
        self.slider.valueChanged.connect(self._put)
        self.hand.toggled.connect(self._put)
        self.off.toggled.connect(lambda is_off: scale.switch(is_on=not is_off))
        self.column.addWidget(self.weight)
        self.column.addWidget(self.slider)
        self.column.addLayout(row(self.hand, self.off, 1, spacing=16))
        self.look()

    def look(self) -> None:
        """Show what lies on it, and what it says of that."""
        grams = self.slider.value() * _STEP
        self.weight.setText(f"{grams} g")

    def _put(self) -> None:
        self._scale.put(self.slider.value() * _STEP, is_steady=not self.hand.isChecked())
        self.look()


class DisplayCard(FieldCard):
    """A display on the screen: two lines, as the customer sees them."""

    def __init__(self, title: str, display: SimulatedDisplay) -> None:
        """Show what it shows."""
        super().__init__(title)
        self._display = display
        self.pole = PoleView(title)
        self.off = QCheckBox("Switched off")
        self.off.toggled.connect(lambda is_off: display.switch(is_on=not is_off))
        self.column.addWidget(self.pole)
        self.column.addWidget(self.off)
        self.look()

    def look(self) -> None:
        """Show its lines."""
        self.pole.show_lines(*self._display.lines)


class VirtualDevices(QWidget):
    """Made once; follows what is set up as long as it is open."""

    def __init__(self, devices: StationDevices, parent: QWidget, scan: Callable[[], None] | None = None) -> None:
        """``scan`` opens the scanner that is clicked."""
        # The keys stay with the till: whoever puts goods on the scale presses Enter there.
        super().__init__(parent, Qt.WindowType.Tool | Qt.WindowType.WindowDoesNotAcceptFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setWindowTitle("Virtual devices")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._devices = devices
        self.cards: dict[str, PaperCard | ScaleCard | DisplayCard] = {}
        self.scanner = KeyButton("Scan without a scanner…", "scan-line")
        if scan is None:
            self.scanner.hide()
        else:
            self.scanner.clicked.connect(scan)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 8, 0, 8)
        self._body: QWidget | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)
        devices.attached.connect(self._follow)
        self.resize(_WIDTH, _HEIGHT)
        self._follow()

    def showEvent(self, event: QShowEvent) -> None:
        """Look at the devices as long as somebody looks here."""
        super().showEvent(event)
        self._look()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Look no more."""
        super().hideEvent(event)
        self._timer.stop()

    def _look(self) -> None:
        for card in self.cards.values():
            card.look()

    def _follow(self, *_: object) -> None:
        made = {role.key: self._card(role.key, role.title) for role in roles(self._devices.devices)}
        self.cards = {key: card for key, card in made.items() if card is not None}
        rows: list[list[QWidget]] = [[card] for card in self.cards.values()]
        if not rows:
            nothing = Label(_NOTHING, 16, 400, Tone.NEUTRAL)
            nothing.setWordWrap(True)
            rows.append([nothing])
        self.scanner.setParent(self)
        old, self._body = self._body, CardColumn([*rows, [self.scanner]])
        if old is not None:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._column.addWidget(self._body)

    def _card(self, role: str, title: str) -> PaperCard | ScaleCard | DisplayCard | None:
        match self._devices.devices.get(role):
            case SimulatedPrinter() | LabelsOnScreen() as printer:
                return PaperCard(title, printer, partial(_wake, self._devices.spoolers.get(role)))
            case SimulatedScale() as scale:
                return ScaleCard(title, scale)
            case SimulatedDisplay() as display:
                return DisplayCard(title, display)
            case _:
                return None


def _wake(spooler: Spooler | None) -> None:
    if spooler is not None:
        spooler.wake()
