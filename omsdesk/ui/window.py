"""The window: the rail, the screens it leads to, and what can be done on every one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QWidget

from omsdesk.ui import theme
from omsdesk.ui.keyboard import Keyboard
from omsdesk.ui.navigation import Intent, Page, Screen, Unsaved, by_key
from omsdesk.ui.scan_route import ScanRoute
from omsdesk.ui.widgets.rail import Rail, RailEntry

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QKeySequence

    from omsdesk.devices.scanner import Reader, Scan
    from omsdesk.ui.command_palette import CommandPalette
    from omsdesk.ui.guest_sheet import GuestSheet
    from omsdesk.ui.help_sheet import HelpSheet
    from omsdesk.ui.leaving import Leaving

PALETTE_KEY = "Ctrl+K"

ROOMY = QSize(1600, 960)
"""A screen from this size up leaves room for other windows."""


class Window(QMainWindow):
    """Shows one screen at a time; a screen is built when it is first wanted."""

    look_changed = Signal(str, float)
    """Emitted with the name of the theme and the text size a person chose, so that both can be kept."""

    def __init__(self, pages: Sequence[Page], title: str = "omsdesk") -> None:
        """Show the first page."""
        super().__init__()
        self.setWindowTitle(title)
        self._pages = {page.key: page for page in pages}
        self._screens: dict[str, Screen] = {}
        self._palette: CommandPalette | None = None
        self._help: HelpSheet | None = None
        self._leaving: Leaving | None = None
        self._is_locked = False
        self._withheld: set[str] = set()
        self._guest: GuestSheet | None = None
        self.commands: list[Intent] = []
        """What else can be done on every screen."""
        self.rail = Rail([RailEntry(page.key, page.icon, page.label) for page in pages])
        self.rail.chosen.connect(self.go)
        self.rail.user_pressed.connect(self._user_pressed)
        self.rail.help_pressed.connect(self.show_help)
        self._stack = QStackedWidget()
        self._content = QWidget()
        inside = QHBoxLayout(self._content)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.rail)
        inside.addWidget(self._stack, 1)
        self.setCentralWidget(self._content)
        self.scans = ScanRoute(self._take_scan, lambda: self._is_asking)
        self._keyboard = Keyboard(self, self.scans.take, self._meant, self._typing_place)
        self.current = ""
        self.resize(self.sizeHint())
        self.go(pages[0].key)

    # ------------------------------------------------------------------------------ screens

    def go(self, key: str) -> None:
        """Show a page."""
        if key not in self._screens:
            self._screens[key] = self._pages[key].build()
            self._screens[key].locked.connect(partial(self._lock, key))
            self._stack.addWidget(self._screens[key])
        self.current = key
        self.rail.set_current(key)
        self._stack.setCurrentWidget(self.shown)
        self.shown.arrived()

    def offer(self, key: str, *, is_there: bool) -> None:
        """Show a page in the rail, or leave it out for as long as there is nothing on it; whoever is on it goes."""
        if is_there is (key not in self._withheld):
            return
        self._withheld ^= {key}
        self.rail.set_shown(key, is_shown=is_there)
        if key == self.current and not is_there:
            self.go(next(iter(self._pages)))

    def rename(self, key: str, label: str, icon: str) -> None:
        """Call a page otherwise: what it is for is different now."""
        self._pages[key] = replace(self._pages[key], label=label, icon=icon)
        self.rail.set_entry(RailEntry(key, icon, label))

    def _lock(self, key: str, is_locked: bool) -> None:
        self._is_locked = is_locked
        self.rail.setEnabled(not is_locked)
        if is_locked and key != self.current:
            self.go(key)

    def _user_pressed(self) -> None:
        for screen in tuple(self._screens.values()):
            screen.user_pressed()

    def rebuild(self, key: str) -> None:
        """Throw a page's screen away, so that it is made anew: what it was made from is different now."""
        old = self._screens.pop(key, None)
        if old is not None:
            self._stack.removeWidget(old)
            old.deleteLater()
            if key == self.current:
                self.go(key)

    @property
    def shown(self) -> Screen:
        """The screen that is shown."""
        return self._screens[self.current]

    # ------------------------------------------------------------------------------ intents

    def intents(self) -> list[Intent]:
        """What can be done here: on this screen first, then everywhere."""
        on_screen = self.shown.intents() if self._guest is None else ()
        return [*on_screen, *self._own_intents()]

    def _own_intents(self) -> list[Intent]:
        places = [
            Intent(f"go.{page.key}", f"Go to {page.label}", page.icon, partial(self.go, page.key))
            for page in self._pages.values()
            if page.key != self.current and page.key not in self._withheld and not self._is_locked
        ]
        looks = [
            Intent(f"theme.{name}", f"Theme: {theme.load(name).title}", "monitor", partial(self.set_look, name))
            for name in theme.THEMES
        ]
        sizes = [
            Intent(f"size.{scale}", f"Text size {scale:.0%}", "eye", partial(self.set_look, scale=scale))
            for scale in theme.SCALES
        ]
        return [
            Intent("help", "Help", "circle-question-mark", self.show_help, "F1"),
            Intent("palette", "Find a command", "search", self.show_palette, PALETTE_KEY),
            Intent("full_screen", "Full screen", "maximize", self.toggle_full_screen, "F11"),
            *([] if self._is_locked else self.commands),
            *places,
            *looks,
            *sizes,
        ]

    def _meant(self, keys: QKeySequence) -> bool:
        key = keys.toString()
        if self._leaving is not None and self._leaving.is_asking:
            return self._leaving.meant(key)
        if self._help is not None and key == "Esc" and self._palette is None:
            self._help.back()
            return True
        if self._guest is not None and key == "Esc" and self._palette is None:
            self._guest.close_sheet()
            return True
        is_over = self._palette is not None or self._help is not None
        intent = None if is_over and key == "Return" else by_key(self.intents()).get(key)
        if self._palette is not None and (intent is not None or key == "Esc"):
            self._palette.close_palette()
            return key in {"Esc", PALETTE_KEY} or self._meant(keys)
        if intent is not None and self._help is not None and intent.act != self.show_help:
            # Whoever read what a key does and presses it wants to see it.
            self._help.close_sheet()
        if intent is not None:
            intent.act()
        return intent is not None

    def _take_scan(self, scan: Scan) -> bool:
        return (self._guest is not None and self._guest.take_scan(scan)) or self.shown.take_scan(scan)

    def invite(self, guest: GuestSheet) -> None:
        """Let a sheet have the keys and the scans, until it is closed."""
        if self._guest is not None:
            self._guest.close_sheet()
        self._guest = guest
        guest.closed.connect(self._guest_left)
        guest.open_sheet()

    def _guest_left(self) -> None:
        guest, self._guest = self._guest, None
        if guest is not None:
            guest.deleteLater()

    @property
    def content(self) -> QWidget:
        """What a guest covers: everything but the rail."""
        return self._stack

    def learn(self, learner: Callable[[str, str, str], None] | None) -> None:
        """Let somebody learn how a scanner types (see ``Keyboard.learn``)."""
        self._keyboard.learn(learner)

    def set_scanners(self, readers: Sequence[Reader]) -> None:
        """Know how the scanners of this station are set that type."""
        self._keyboard.set_scanners(readers)

    def _typing_place(self) -> QWidget | None:
        if self._help is not None and self._palette is None:
            return self._help.content.field
        if self._guest is not None:
            return self._guest.typing_place()
        return None if self._is_asking else self.shown.typing_place()

    def show_palette(self) -> None:
        """Let a person find a command by its name."""
        from omsdesk.ui.command_palette import CommandPalette

        if self._palette is not None:
            self._palette.close_palette()
            return
        self._palette = CommandPalette([row for row in self.intents() if row.is_possible()], self._content)
        self._palette.closed.connect(self._palette_closed)

    def _palette_closed(self) -> None:
        self._palette = None

    def show_help(self) -> None:
        """Explain what is in front, or go back to it."""
        from omsdesk.ui.help_sheet import open_help

        if self._help is not None:
            self._help.close_sheet()
            return
        self._help = open_help(self.intents(), self._stack, (self._guest or self.shown).page_in_front())
        self._help.closed.connect(self._help_closed)

    def _help_closed(self) -> None:
        self._help = None

    # ------------------------------------------------------------------------------ the end

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close, or ask first where something would be lost."""
        if (self._leaving is not None and self._leaving.is_decided) or not self.unsaved():
            super().closeEvent(event)
            return
        event.ignore()
        if not self._is_asking:
            from omsdesk.ui.leaving import Leaving

            self._leaving = Leaving(self.unsaved, self.close, self._content, may_save=not self._is_locked)

    @property
    def _is_asking(self) -> bool:
        return self._leaving is not None and self._leaving.is_asking

    def unsaved(self) -> list[Unsaved]:
        """Tell what was typed somewhere and is not saved."""
        return [
            replace(row, show=partial(self._show_form, key, row))
            for key, screen in self._screens.items()
            for row in screen.unsaved()
        ]

    def _show_form(self, key: str, row: Unsaved) -> None:
        if key != self.current:
            self.go(key)
        row.show()

    # ------------------------------------------------------------------------------ look

    def set_look(self, name: str = "", scale: float = 0.0) -> None:
        """Change theme or text size while everything runs."""
        now, app = theme.current(), QApplication.instance()
        if isinstance(app, QApplication):
            look = theme.load(name or now.name, scale or now.scale)
            theme.apply(look, app)
            self.look_changed.emit(look.name, look.scale)

    def toggle_full_screen(self) -> None:
        """Fill the screen, or give it back."""
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    def fill_screen(self) -> None:
        """Show the window: all of a till's small screen, a till's size on a larger one."""
        room = self.screen().availableGeometry()
        if room.width() < ROOMY.width() or room.height() < ROOMY.height():
            self.setGeometry(room)
            self.showMaximized()
        else:
            self.resize(self.sizeHint())
            self.show()
        # A till that runs nothing but this has no window manager, and nobody else would give it the keys.
        self.activateWindow()

    def sizeHint(self) -> QSize:
        """The size of most tills' screens."""
        return QSize(1366, 768)
