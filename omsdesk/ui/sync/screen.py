"""The page about the service: how it stands, the stations, what is to be settled, what was put aside."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from omsdesk.actions.execute import Changes
from omsdesk.sync.state import SyncState
from omsdesk.ui.navigation import Intent, Screen
from omsdesk.ui.sync.aside_session import AsideSession
from omsdesk.ui.sync.aside_view import AsideView
from omsdesk.ui.sync.conflicts_session import ConflictsSession
from omsdesk.ui.sync.conflicts_view import ConflictsView
from omsdesk.ui.sync.held_session import HeldSession
from omsdesk.ui.sync.held_view import HeldView
from omsdesk.ui.sync.office import Office
from omsdesk.ui.sync.pane import Pane
from omsdesk.ui.sync.standing_session import StandingSession
from omsdesk.ui.sync.standing_view import StandingView
from omsdesk.ui.sync.stations_session import StationsSession
from omsdesk.ui.sync.stations_view import StationsView
from omsdesk.ui.widgets.page_head import MARGIN
from omsdesk.ui.widgets.pill_bar import PillBar


class SyncScreen(Screen):
    """One part at a time; a station that works by itself has the first one only."""

    joined = Signal()
    """Emitted when this station was let in from here and its shop has to come, or to be set up."""

    def __init__(self, office: Office) -> None:
        """Show how it stands."""
        super().__init__()
        self.office = office
        self.standing = StandingView(StandingSession(office))
        self.stations = StationsView(StationsSession(office))
        self.standing.session.on_joined = self.joined.emit
        name_of = self.stations.session.name
        self.conflicts = ConflictsView(ConflictsSession(office, name_of))
        self.aside = AsideView(AsideSession(office, name_of))
        self.held = HeldView(HeldSession(office, name_of))
        self.parts: dict[str, Pane] = {
            "standing": self.standing,
            "stations": self.stations,
            "conflicts": self.conflicts,
            "aside": self.aside,
            "held": self.held,
        }
        self.pills = PillBar("Sync")
        self.pills.chosen.connect(lambda key: self.show_part(str(key)))
        self._stack = QStackedWidget()
        for part in self.parts.values():
            self._stack.addWidget(part)
        top = QHBoxLayout()
        top.setContentsMargins(MARGIN, 14, MARGIN, 0)
        top.addWidget(self.pills)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._stack, 1)
        self._labels: list[tuple[str, str]] = []
        self._show_pills()
        office.feed.changed.connect(self._follow)
        office.exchange.changed.connect(self._exchanged)
        # Whom a value or an entry comes from is known once the stations are.
        self.stations.session.listeners += [self.conflicts.follow, self.aside.follow, self.held.follow]
        self.held.session.listeners.append(self._show_pills)

    @property
    def part(self) -> Pane:
        """The part that is shown."""
        shown = self._stack.currentWidget()
        assert isinstance(shown, Pane)
        return shown

    def show_part(self, key: str) -> None:
        """Show a part."""
        self._stack.setCurrentWidget(self.parts[key])
        self._show_pills()
        self.part.arrived()

    def arrived(self) -> None:
        """Show what is there now: what is to be settled first, if there is anything."""
        self.standing.session.arrived()
        self._show_pills()
        (self.pills if len(self._labels) > 1 else self.standing.form.first).setFocus()
        if self.part is self.standing and self.office.exchange.state.conflicts:
            self.show_part("conflicts")
        else:
            self.part.arrived()
        if self.part is not self.stations:
            self.stations.session.refresh()
        if self.part is not self.held:
            self.held.session.refresh()

    def scanned(self, code: str) -> bool:
        """Take the square code of a manager's screen."""
        standing = self.standing.session
        return standing.needs_code and standing.may_edit and standing.enrolment.take(code)

    def typing_place(self) -> QWidget | None:
        """Where an address is typed, as long as there is none."""
        return self.standing.form.first if self.standing.form.isVisible() else None

    def page_in_front(self) -> str:
        """Explain the part that is shown."""
        return self.part.help_page

    def intents(self) -> Sequence[Intent]:
        """What can be done about the service."""
        standing, conflicts, stations = self.standing.session, self.conflicts.session, self.stations.session

        def is_enrolled() -> bool:
            return standing.state.is_enrolled

        def may_settle(at: int) -> bool:
            conflict = conflicts.conflict
            return self.conflicts.isVisible() and conflict is not None and at < len(conflict.values)

        settle = [
            Intent(f"sync.settle{at + 1}", f"Choose value {at + 1}", "check", partial(self.conflicts.settle, at),
                   f"Ctrl+{at + 1}", partial(may_settle, at))
            for at in range(4)
        ]  # fmt: skip
        parts = [
            Intent(f"sync.{key}", f"Sync: {self.parts[key].part_title}", "refresh-cw", partial(self.show_part, key))
            for key, _ in self._labels
        ]
        return (
            Intent("sync.now", "Sync now", "refresh-cw", standing.sync_now, "Ctrl+R", is_enrolled),
            Intent(
                "sync.enrol",
                "Connect this computer, or make the code",
                "plug",
                self._confirm,
                "Ctrl+Return",
                self._may_confirm,
            ),
            Intent("sync.add", "Add a station", "plus", self._add, "Ctrl+N", self.stations.isVisible),
            Intent(
                "sync.keep",
                "Leave it as it is",
                "undo-2",
                stations.keep,
                "Esc",
                lambda: self.stations.isVisible() and (stations.is_adding or stations.is_retiring),
            ),
            *settle,
            *self.held.intents(),
            *parts,
        )

    def _may_confirm(self) -> bool:
        is_form = self.standing.isVisible() and self.standing.session.needs_code
        return is_form or (self.stations.isVisible() and self.stations.session.is_adding)

    def _confirm(self) -> None:
        if self.standing.isVisible():
            self.standing.session.enrol()
        else:
            self.stations.press_make()

    def _add(self) -> None:
        self.stations.session.begin()
        self.stations.form.editor("post").setFocus()

    def _show_pills(self) -> None:
        state = self.office.exchange.state
        keys = list(self.parts) if state.is_enrolled or state.conflicts else ["standing"]
        counts = {"conflicts": state.conflicts, "aside": state.set_aside, "held": len(self.held.session.entries)}
        if not (counts["held"] or self.held.session.turned_away) and self.part is not self.held:
            # Seldom enough that it has no place of its own while there is nothing.
            keys = [key for key in keys if key != "held"]
        labels = [(key, self.parts[key].part_title + (f" ({counts[key]})" if counts.get(key) else "")) for key in keys]
        if self.part not in [self.parts[key] for key in keys]:
            self._stack.setCurrentWidget(self.standing)
        if labels != self._labels:
            self._labels = labels
            self.pills.set_pills(labels)
            self.pills.setVisible(len(labels) > 1)
        self.pills.move_to(keys.index(next(key for key, part in self.parts.items() if part is self.part)))

    def _follow(self, changes: Changes) -> None:
        if changes.touch("catalogue", "people", "shop") and self.isVisible():
            self.conflicts.session.refresh()

    def _exchanged(self, state: SyncState) -> None:
        was_typed = any(field.hasFocus() for field in self.standing.form.findChildren(QLineEdit))
        self._show_pills()
        if self.isVisible():
            self.standing.follow()
            if was_typed and not self.standing.form.isVisible():
                self.pills.setFocus()
            if self.part is self.aside or len(self.aside.session.entries) != state.set_aside:
                self.aside.session.refresh()
            if self.part is self.conflicts or len(self.conflicts.session.conflicts) != state.conflicts:
                self.conflicts.session.refresh()
