"""The stations: a list, and beside it the chosen one, a new one, or a code to scan and to type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QComboBox, QLineEdit

from omsdesk.sync.scopes import HEAD_OFFICE
from omsdesk.ui.sync.pane import LISTS, Pane
from omsdesk.ui.sync.stations_session import StationsSession
from omsdesk.ui.sync_words import SHARED_TILL, last_heard
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.card_column import CardColumn
from omsdesk.ui.widgets.field_card import Field, FieldCard, choices, combo, fill, hear, read
from omsdesk.ui.widgets.key_button import Face, KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import row
from omsdesk.ui.widgets.primary_button import PrimaryButton
from omsdesk.ui.widgets.qr_view import QrView
from omsdesk.ui.widgets.result_list import Result, ResultList

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShowEvent

    from omsdesk.sync.messages import KnownDevice

_LIST_HEIGHT = 520
_TICK_MS = 1000
_LONGEST_NAME = 60
_RETIRE = (
    "It is let in no more, within a second. It keeps what it has and can go on selling by itself. "
    "What it told stays; what it did not tell yet waits there. To come back, and to tell it, it needs a new code."
)
_HOW = "Scan the square with the other computer’s scanner, or type code and address there."
_NEAR = (
    "This address leads to the service on this computer only. For a station elsewhere, start the service with "
    "--host 0.0.0.0 --certificate FILE --key FILE, and type the name of this computer there."
)
_ADD = "Make a code, then open omsdesk on the other computer and choose “Join a shop that exists”."


class StationsView(Pane):
    """Who is there, and who else may come."""

    help_page = "sync_stations"

    def __init__(self, session: StationsSession) -> None:
        """Lay list and cards out."""
        self.session = session
        self.add = KeyButton("Add a station", "plus", "Ctrl N")
        self.add.clicked.connect(session.begin)
        self.list = ResultList("Stations")
        self.list.setMinimumHeight(_LIST_HEIGHT)
        self.list.chosen.connect(lambda device: session.choose(str(device)))
        self._chosen = ""
        self._devices: dict[int, str] = {}
        self._make_station()
        self._make_form()
        self._make_ticket()
        self.codes = FieldCard("Codes that wait")
        self.waiting = Label("", 16)
        self.waiting.setWordWrap(True)
        self.codes.column.addWidget(self.waiting)
        body = CardColumn([[[self.list, self.codes], [self.station, self.form, self.ticket]]], LISTS)
        super().__init__("Stations", session, body, [self.add], widest=LISTS)
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._tick)

    def _make_station(self) -> None:
        session = self.session
        self.station = FieldCard("")
        self.name, self.facts = Label("", 18, 600), Label("", 16)
        self.facts.setWordWrap(True)
        self.called = QLineEdit()
        self.called.setMaxLength(_LONGEST_NAME)
        self.rename = KeyButton("Save the name", "check", "Enter")
        hear(self.called, lambda text: session.type_name(str(text)))
        self.called.returnPressed.connect(session.rename)
        self.rename.clicked.connect(session.rename)
        self.again = KeyButton("Code to let it in again", "key-round")
        self.again.clicked.connect(session.let_in_again)
        self.ask = KeyButton("Retire…", "unplug")
        self.ask.clicked.connect(session.ask_to_retire)
        self.warning = Label(_RETIRE, 16, 400, Tone.BAD)
        self.warning.setWordWrap(True)
        self.retire = KeyButton("Retire it", "unplug", face=Face.DANGER)
        self.retire.clicked.connect(session.retire)
        self.keep = KeyButton("Keep it", "undo-2")
        self.keep.clicked.connect(session.keep)
        for part in (self.name, self.facts):
            self.station.column.addWidget(part)
        self.station.add_fields(Field("called", "Name of the station", self.called))
        self.station.column.addWidget(self.rename, 0, Qt.AlignmentFlag.AlignLeft)
        self.station.column.addWidget(self.warning)
        self.station.column.addLayout(row(self.again, self.ask, self.retire, self.keep, 1))

    def _make_form(self) -> None:
        self.form = FieldCard("A new station", [[Field("post", "It is", combo())]])
        hint = Label(_ADD, 16, 400, Tone.NEUTRAL)
        hint.setWordWrap(True)
        self.make = PrimaryButton("Make the code", "key-round", "Ctrl Enter")
        self.make.clicked.connect(self.press_make)
        self.form.column.addWidget(hint)
        self.form.column.addWidget(self.make)

    def _make_ticket(self) -> None:
        self.ticket = FieldCard("")
        self.what, self.code = Label("", 18, 600), Label("", 34, 700)
        self.how, self.address = Label("", 16, 400, Tone.NEUTRAL), Label("", 18, 500)
        self.address.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.what.setWordWrap(True)
        self.how.setWordWrap(True)
        self.qr = QrView()
        self.ticket.column.addWidget(self.what)
        self.ticket.column.addWidget(self.qr, 0, Qt.AlignmentFlag.AlignHCenter)
        self.ticket.column.addWidget(self.code, 0, Qt.AlignmentFlag.AlignHCenter)
        self.ticket.column.addWidget(self.address, 0, Qt.AlignmentFlag.AlignHCenter)
        self.near = Label(_NEAR, 16, 400, Tone.WARN)
        self.near.setWordWrap(True)
        self.ticket.column.addWidget(self.how)
        self.ticket.column.addWidget(self.near)

    def arrived(self) -> None:
        """Show what is there now, and take the focus."""
        self.list.setFocus()
        super().arrived()

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the stations while somebody looks."""
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Ask for nobody no more."""
        super().hideEvent(event)
        self._timer.stop()

    def _tick(self) -> None:
        self.session.tick()
        self._show_times()

    def press_make(self) -> None:
        """Make the code for what was chosen."""
        if self.session.is_adding:
            self.session.add(str(read(self.form.editor("post"))))

    def show_values(self) -> None:
        """Fill list and cards."""
        session = self.session
        was_typed = self.form.editor("post").hasFocus()
        is_known = session.station is not None
        self.add.setVisible(session.may_edit)
        self.station.setVisible(is_known and not session.is_adding and session.ticket is None)
        self.form.setVisible(session.is_adding)
        self.ticket.setVisible(session.ticket is not None)
        if session.station is not None:
            self._show_station(session.station)
        if session.is_adding:
            self._show_form()
        if session.ticket is not None:
            self.what.setText(f"For {session.ticket.what}")
            self.code.setText(session.ticket.code)
            self.qr.show_text(session.ticket.invitation)
            self.address.setText(session.ticket.invitation.rpartition("#")[0])
            self.near.setVisible(session.is_service_here)
        self._show_times()
        if was_typed and not session.is_adding:
            self.list.setFocus()

    def _show_times(self) -> None:
        """Show what is different with every second."""
        session = self.session
        self._show_list()
        if session.station is not None:
            self.facts.setText(_facts(session, session.station))
        waiting = session.waiting_codes
        self.codes.setVisible(bool(waiting))
        self.waiting.setText("\n".join(waiting))
        if session.ticket is not None:
            self.how.setText(f"{_HOW} It lets one station in, once, and holds for {session.remains} more.")

    def _show_form(self) -> None:
        post = self.form.editor("post")
        assert isinstance(post, QComboBox)
        offers = self.session.posts
        if [post.itemText(at) for at in range(post.count())] != [label for _, label in offers]:
            choices(post, offers, offers[0][0])
        self.make.set_busy(self.session.is_busy)

    def _show_list(self) -> None:
        session = self.session
        # Whoever walks the list with the arrows is not called back by news, nor by every second.
        at_device = self._devices.get(self.list.currentIndex().row(), "")
        self._devices = {at: row.device for at, row in enumerate(session.stations)}
        results = [_result(session, row) for row in session.stations]
        names = [", ".join(part for part in (row.title, row.detail, row.amount) if part) for row in results]
        if [self.list.name_of(at) for at in range(self.list.count())] != names:
            place = self.list.verticalScrollBar().value()
            self.list.show_results(results)
            self.list.verticalScrollBar().setValue(place)
        if session.chosen != self._chosen:
            self._chosen = at_device = session.chosen
        at = next((at for at, row in enumerate(session.stations) if row.device == at_device), -1)
        self.list.setCurrentIndex(self.list.rows.index(at))
        self.list.viewport().update()

    def _show_station(self, station: KnownDevice) -> None:
        session = self.session
        may_act = session.may_edit and not session.is_retiring
        self.name.setText(session.title(station))
        fill(self.called, session.called)
        self.called.setEnabled(session.may_edit)
        self.rename.setVisible(session.can_rename)
        self.rename.setEnabled(not session.is_busy)
        self.again.setVisible(may_act)
        self.again.setEnabled(not session.is_busy)
        self.ask.setVisible(may_act and not station.retired_ms)
        self.ask.setEnabled(not session.is_busy)
        for part in (self.warning, self.retire, self.keep):
            part.setVisible(session.is_retiring)


def _result(session: StationsSession, station: KnownDevice) -> Result:
    if station.retired_ms:
        detail = f"Retired {session.when(station.retired_ms)}"
    else:
        store = session.store_of(station)
        seen = f"Seen {session.ago(station.seen_ms)}"
        # Its title says so already.
        detail = f"{store} · {seen}" if store and station.store != HEAD_OFFICE else seen
        if session.neighbours(station):
            detail = f"Another station is this till, too. {detail}"
    icon = "lock" if station.retired_ms else "store" if station.till else "monitor"
    return Result(
        station.device, icon, session.title(station), detail, "here" if session.is_here(station.device) else ""
    )


def _facts(session: StationsSession, station: KnownDevice) -> str:
    maker = session.let_in_by(station)
    by = f" with a code by {maker}" if maker else ""
    now = session.office.clock.now()
    others = ", ".join(last_heard(row.name, row.seen_ms, now) for row in session.neighbours(station))
    since = f"Is this till since {session.when(station.till_ms)}." if station.till and station.till_ms else ""
    lines = [
        "This computer." if session.is_here(station.device) else "",
        f"The same till as {others}. {SHARED_TILL}" if others else "",
        since,
        f"Let in {session.when(station.enrolled_ms)}{by}, seen last {session.ago(station.seen_ms)}.",
        f"{station.entries:,} entries with the service.",
        f"Version {station.version}." if station.version else "",
        f"Retired {session.when(station.retired_ms)}." if station.retired_ms else "",
    ]
    return "\n".join(line for line in lines if line)
