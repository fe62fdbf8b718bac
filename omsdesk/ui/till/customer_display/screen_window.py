"""The window on the customer's screen: there as long as the screen is, and never on the cashier's."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QScreen

from omsdesk.devices.attendant import Link, Power
from omsdesk.ui.screen_places import is_apart, screen_at
from omsdesk.ui.till.customer_display.shown import Question, Stage
from omsdesk.ui.till.customer_display.view import CustomerView

if TYPE_CHECKING:
    from PySide6.QtGui import QWindow
    from PySide6.QtWidgets import QWidget

    from omsdesk.devices.customer_screen import CustomerScreen
    from omsdesk.ui.till.customer_display.shown import Shown
    from omsdesk.ui.till.customer_display.slides import Worker

_AWAY = "The customer's screen is not there. Check its cable and that it is switched on; it comes back by itself."
_OWN = (
    "The customer's screen shows the same as the till's. Let the system extend the picture onto it, and not repeat it; "
    "or move the till's window to the other screen."
)
_TRIED = QSize(800, 480)
_TRIAL_MS = 5_000
_SURE_MS = 500
"""After so long a window is where the system wants it."""
_Kind = Qt.WindowType


class ScreenWindow(QObject):
    """Puts the view on the screen that was chosen, or into a window to try it."""

    def __init__(self, wanted: CustomerScreen, till: QWidget, work: Worker) -> None:
        """Watch the screens; ``till`` is the window that it must not cover."""
        super().__init__()
        self._wanted, self._till = wanted, till
        # A window to try it goes where the till goes, and ends with it.
        self.view = CustomerView(wanted, work, till if wanted.is_window else None)
        # It hears of screens and keys for as long as there is a view.
        self.setParent(self.view)
        self.view.setWindowTitle("What the customer sees")
        # The keys, and with them the scans, belong to the till, whatever is touched here; and the program ends with it.
        self.view.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.view.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        # Who manages the windows of an X server has places of their own for them: this one is for nobody to place.
        alone = _Kind.FramelessWindowHint | _Kind.BypassWindowManagerHint
        frame = _Kind.Window if wanted.is_window else _Kind.Window | alone
        self.view.setWindowFlags(frame | _Kind.WindowDoesNotAcceptFocus)
        wanted.on_trial = self._try
        self._last: Shown | None = None
        self._trial = QTimer(self)
        self._trial.setSingleShot(True)
        self._trial.setInterval(_TRIAL_MS)
        self._trial.timeout.connect(self._end_trial)
        self._screens: list[QScreen] = []
        self._link = Link()
        # A screen that was plugged in is told in several steps.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.follow)
        self._sure = QTimer(self)
        self._sure.setSingleShot(True)
        self._sure.setInterval(_SURE_MS)
        self._sure.timeout.connect(self._make_sure)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._give_keys_back)
        if wanted.is_window:
            self._show_beside()
            return
        if isinstance(app, QGuiApplication):
            app.screenAdded.connect(self._changed)
            app.screenRemoved.connect(self._removed)
            app.primaryScreenChanged.connect(self._changed)
        handle = till.windowHandle()
        if handle is not None:
            handle.screenChanged.connect(self._changed)
        self.follow()

    def show_to_customer(self, shown: Shown) -> None:
        """Show this from now on."""
        self._last = shown
        self._trial.stop()
        self.view.show_to_customer(shown)

    def close(self) -> None:
        """Take the window away."""
        self._soon.stop()
        self._sure.stop()
        self._trial.stop()
        self._wanted.on_link = lambda _: None
        self._wanted.on_trial = lambda _upper, _lower: None
        self.view.close()
        self.view.deleteLater()

    # ------------------------------------------------------------------------------ screens

    def follow(self) -> None:
        """Be where the screen is now, or nowhere."""
        self._watch()
        own = self._till.screen()
        screen = screen_at(self._wanted.place, QGuiApplication.screens(), own)
        if screen is None or not is_apart(screen, own):
            self.view.hide()
            self._say(Link(Power.OFFLINE, _AWAY if screen is None else _OWN))
            return
        self._put_on(screen)
        self._say(Link(Power.ONLINE))

    def _watch(self) -> None:
        """Hear when a screen is turned, or shows more or less than before."""
        for screen in QGuiApplication.screens():
            if screen not in self._screens:
                screen.geometryChanged.connect(self._changed)
        self._screens = QGuiApplication.screens()

    def _put_on(self, screen: QScreen) -> None:
        room = screen.geometry()
        if self.view.isVisible() and self.view.screen() is screen and self.view.geometry() == room:
            return
        self.view.setWindowState(Qt.WindowState.WindowNoState)
        self.view.setScreen(screen)
        self.view.setGeometry(room)
        if QGuiApplication.platformName() != "xcb":
            # Elsewhere panels give way to what fills the screen. Qt's showFullScreen would ask for the keys.
            self.view.setWindowState(Qt.WindowState.WindowFullScreen)
        self.view.show()
        self._sure.start()

    def _make_sure(self) -> None:
        """Look where the system has put it: rather nowhere than over the till."""
        if self.view.isVisible() and not is_apart(self.view.screen(), self._till.screen()):
            self.view.hide()
            self._say(Link(Power.OFFLINE, _OWN))

    def _give_keys_back(self, front: QWindow | None) -> None:
        """Not every system asks whether a window wants the keys before it gives them."""
        if front is not None and front is self.view.windowHandle():
            self._till.window().activateWindow()

    def _changed(self) -> None:
        self._soon.start(0)

    def _removed(self, screen: QScreen) -> None:
        if self.view.screen() is screen or not is_apart(self.view.screen(), self._till.screen()):
            # At once: the system would move the window to the cashier's screen.
            self.view.hide()
        self._changed()

    def _say(self, link: Link) -> None:
        if link != self._link:
            self._link = link
            self._wanted.on_link(link)

    # ------------------------------------------------------------------------------ to try it

    def _try(self, upper: str, lower: str) -> None:
        if self._last is not None:
            asked = Question(upper.strip(), lower.strip())
            self.view.show_to_customer(replace(self._last, stage=Stage.ASKING, rows=(), question=asked))
            self._trial.start()

    def _end_trial(self) -> None:
        if self._last is not None:
            self.view.show_to_customer(self._last)

    def _show_beside(self) -> None:
        self.view.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.view.setCursor(Qt.CursorShape.ArrowCursor)
        self.view.resize(_TRIED)
        # At the left: cart and payment stay in sight, to be looked at side by side.
        room = self._till.screen().availableGeometry()
        self.view.move(room.left(), max(room.top(), room.bottom() - self.view.height()))
        self.view.show()
        self._say(Link(Power.ONLINE))
