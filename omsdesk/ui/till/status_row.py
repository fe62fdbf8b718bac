"""The lowest line of the till: devices and data in a word each, the way back, where one is and how late it is.

A notice takes its place until the next thing happens.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from omsdesk.devices.ports import Condition, PrinterStatus
from omsdesk.domain.printing import RECEIPT, PrintState
from omsdesk.sync.state import Phase, SyncState
from omsdesk.ui import theme
from omsdesk.ui.sync_words import told
from omsdesk.ui.theme import Tone
from omsdesk.ui.till import counter as counters
from omsdesk.ui.till.counter import Notice, Offer
from omsdesk.ui.till.state import TillState
from omsdesk.ui.widgets.banner import Banner
from omsdesk.ui.widgets.chip import Chip
from omsdesk.ui.widgets.chip_row import ChipRow
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import row
from omsdesk.ui.widgets.undo_chip import UndoChip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from omsdesk.devices.attendant import Link
    from omsdesk.store.queries.printing import Job

NARROW = 680
"""Pixels below which the chips are icons."""
TIGHT = 480
"""Pixels below which the till is not named: it is the time that people look for."""
ENTER, GO_ON = "Return", "Alt+G"
"""The key of an offer, and the one where Enter takes money or would pass what the shop wants."""
_CAPS = {ENTER: "Enter", GO_ON: "Alt G"}
_GAPS = 40
PASSING = 6000
"""Milliseconds after which a notice that asks nothing goes by itself."""

_TONES = {
    counters.Tone.OK: (Tone.OK, "circle-check"),
    counters.Tone.INFO: (Tone.ACCENT, "info"),
    counters.Tone.WARN: (Tone.WARN, "triangle-alert"),
    counters.Tone.BAD: (Tone.BAD, "circle-alert"),
}
_URGENCY = {Condition.UNKNOWN: 0, Condition.READY: 1, Condition.PAPER_LOW: 2}
"""Conditions that let paper come out; all others want somebody at once."""
_SCANNER = "A scanner works as soon as it is plugged in. Scan anything to try it: this turns green."

_DRAWER = "The drawer is open. Close it: money in an open drawer is anybody's."


class StatusRow(QWidget):
    """Chips, undo and clock, or a notice."""

    prints_wanted = Signal()
    """Emitted to see what did not come out."""
    sync_wanted = Signal()
    """Emitted to see more of the exchange with the service."""
    try_wanted = Signal()
    """Emitted to ask the service once more."""

    devices_wanted = Signal()
    """Emitted to see more of the devices, and to change them."""

    def __init__(self, state: TillState) -> None:
        """Show what is known at the start."""
        super().__init__()
        self.state = state
        self._printers: dict[str, PrinterStatus] = {}
        self._lost: dict[str, Link] = {}
        self._sync = SyncState()
        self.sync = Chip("This till only", "monitor", Tone.NEUTRAL)
        self.printer = Chip("Printer", "printer", Tone.NEUTRAL)
        self.scanner = Chip("Scanner", "scan-line", Tone.NEUTRAL)
        self.lost = Chip("", "unplug", Tone.BAD)
        self.lost.hide()
        self.lost.clicked.connect(self.explain_lost)
        self.drawer = Chip("Drawer open", "inbox", Tone.BAD)
        self.drawer.hide()
        self.drawer.clicked.connect(lambda: state.counter.say(counters.Tone.WARN, _DRAWER))
        self.sync.clicked.connect(self.explain_sync)
        self.scanner.clicked.connect(lambda: state.counter.say(counters.Tone.INFO, _SCANNER))
        self.printer.clicked.connect(self.explain_printer)
        self.undo = UndoChip()
        self.undo.clicked.connect(state.session.take_back)
        self.undo.expired.connect(state.session.forget_undo)
        self.where = Label("", 14, 500, Tone.NEUTRAL)
        self._chips = ChipRow((self.drawer, self.lost, self.sync, self.printer, self.scanner))
        chips = QWidget()
        chips.setLayout(row(self._chips, 1, self.undo, 1, self.where))
        self.notice = Banner(height=48, has_close=True)
        self.notice.closed.connect(state.counter.hush)
        self.notice.pressed.connect(self.take_offer)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(chips)
        self._stack.addWidget(self.notice)
        self._offer: Offer | None = None
        self.offer_key = ENTER
        """The key that does what the notice offers."""
        self._question = ""
        """What is being asked of paper that may have come out."""
        self._passing = QTimer(self)
        self._passing.setSingleShot(True)
        self._passing.setInterval(PASSING)
        self._passing.timeout.connect(state.counter.hush)
        self._clock = QTimer(self)
        self._clock.setInterval(5000)
        self._clock.timeout.connect(self.show_time)
        self._clock.timeout.connect(lambda: self.show_sync(self._sync))
        self._clock.start()
        self.show_time()
        self.show_printer()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room to the way back where there is little."""
        super().resizeEvent(event)
        self._fit_chips()

    def _fit_chips(self) -> None:
        # Chips keep their words or their icons: the length of what can be undone does not move them.
        is_narrow = self.width() < theme.current().px(NARROW)
        self.show_time()
        hint = self._chips.minimumSizeHint() if is_narrow else self._chips.sizeHint()
        self._chips.setMaximumWidth(hint.width())
        self.undo.setMaximumWidth(max(0, self.width() - hint.width() - self.where.sizeHint().width() - _GAPS))

    def show_time(self) -> None:
        """Show where and when this is."""
        counter = self.state.counter
        time = f"{counter.clock.now().local:%H:%M}"
        is_tight = self.width() < theme.current().px(TIGHT)
        self.where.setText(time if is_tight else f"{counter.till.name} · {time}")

    # ------------------------------------------------------------------------------ notices

    def show_notice(self, notice: Notice | None) -> None:
        """Show a notice, or the chips."""
        self._passing.stop()
        if notice is not None and self._question not in {"", notice.sentence}:
            self.state.receipts.ask_later(self._question)
        if notice is None or notice.sentence != self._question:
            self._question = ""
        if notice is None:
            self._offer = None
            self._stack.setCurrentIndex(0)
            # What is going on is known once all of it was said.
            QTimer.singleShot(0, self, self._all_was_said)
            return
        self._offer = notice.offer or self._offer_for(notice.code)
        tone, icon = _TONES[notice.tone]
        is_free = not (self.state.checkout.is_open or (self._offer is not None and self._offer.is_careful))
        self.offer_key = ENTER if is_free else GO_ON
        # Where there is little room it is the sentence's.
        is_tight = self.width() < theme.current().px(TIGHT)
        label = _label(self._offer, is_tight=is_tight) if self._offer else ""
        sentence = notice.sentence
        if notice.code and not self._offer:
            sentence += " Ask a supervisor to sign in and add it."
        self.notice.say(sentence, tone, icon, label, _CAPS[self.offer_key] if label and not is_tight else "")
        self._stack.setCurrentIndex(1)
        if notice.tone in {counters.Tone.OK, counters.Tone.INFO}:
            self._passing.start()

    def _offer_for(self, code: str) -> Offer | None:
        if not code or not self.state.unknown.is_allowed:
            return None
        return Offer("Make the product", lambda: self.state.unknown.open(code), "Make it")

    def take_offer(self) -> bool:
        """Do what a notice offers; tells whether there was anything."""
        offer, self._offer = self._offer, None
        if offer is not None:
            self.state.counter.hush()
            offer.act()
        return offer is not None

    @property
    def has_offer(self) -> bool:
        """Whether a notice offers something to do."""
        return self._offer is not None

    # ------------------------------------------------------------------------------ undo

    def show_undo(self) -> None:
        """Offer the last step back, or stop offering it."""
        undo = self.state.session.undo
        if undo is None:
            self.undo.dismiss()
        else:
            self.undo.offer(undo.sentence)

    # ------------------------------------------------------------------------------ devices

    def scan_heard(self) -> None:
        """A scan came in: there is a scanner, and it works."""
        self.scanner.set_state("Scanner", "scan-line", Tone.OK)

    def set_printer(self, role: str, status: PrinterStatus) -> None:
        """Remember how a printer is."""
        self._printers[role] = status
        self.show_printer()

    def set_drawer(self, is_left_open: bool) -> None:
        """Call out a drawer that was left open, by eye and ear; say no more once it is shut."""
        self.drawer.setVisible(is_left_open)
        self._fit_chips()
        counter = self.state.counter
        if is_left_open and counter.notice is None:
            counter.say(counters.Tone.WARN, _DRAWER)
        elif not is_left_open and counter.notice is not None and counter.notice.sentence == _DRAWER:
            counter.hush()

    def set_in_the_way(self, is_in_the_way: bool) -> None:
        """Have the drawer shut before the next sale, or let the sale go on."""
        self.state.drawer.seen(is_in_the_way)

    def set_link(self, role: str, link: Link) -> None:
        """Show a scale, a display or a scanner that was set up and is not there; one that works says nothing."""
        from omsdesk.devices.attendant import Power

        if link.power is Power.OFFLINE:
            self._lost[role] = link
        else:
            self._lost.pop(role, None)
        self._show_lost()

    def set_attached(self, role: str, device: object) -> None:
        """Say no more of a device that was taken away."""
        if device is not None:
            return
        self._lost.pop(role, None)
        self._show_lost()
        if self._printers.pop(role, None) is not None:
            self.show_printer()

    def _show_lost(self) -> None:
        names = [role.partition("-")[0].capitalize() for role in sorted(self._lost)]
        words = f"{names[0]} not there" if len(names) == 1 else f"{len(names)} devices not there"
        self.lost.set_state(words if names else "", "unplug", Tone.BAD)
        self.lost.setVisible(bool(names))
        self._fit_chips()

    def explain_lost(self) -> None:
        """Say what to do about what is not there."""
        sentences = [
            f"{role.partition('-')[0].capitalize()}: {link.sentence}" for role, link in sorted(self._lost.items())
        ]
        self.state.counter.say(counters.Tone.WARN, " ".join(sentences), offer=self._devices_offer())

    def _devices_offer(self) -> Offer | None:
        """Lead whoever may change devices to them."""
        person = self.state.counter.person
        may = person is not None and person.may("shop.edit")
        return Offer("Devices…", self.devices_wanted.emit, "Devices") if may else None

    @property
    def _worst(self) -> tuple[str, PrinterStatus]:
        """The printer that wants somebody the most, by its role."""
        told = sorted(
            self._printers.items(), key=lambda row: _URGENCY.get(row[1].condition, len(_URGENCY)), reverse=True
        )
        return told[0] if told else (RECEIPT, PrinterStatus.of(Condition.UNKNOWN))

    def show_printer(self) -> None:
        """Show the printers' trouble, if there is any."""
        (role, status), waiting = self._worst, self.state.receipts.in_trouble()
        name = "Printer" if role == RECEIPT else role.capitalize()
        if waiting:
            self.printer.set_state(_waiting_words(waiting, name, status), "printer-x", Tone.BAD)
        elif status.condition is Condition.PAPER_LOW:
            self.printer.set_state("Paper low" if role == RECEIPT else f"{name}: paper low", "printer", Tone.WARN)
        elif status.can_print:
            self.printer.set_state("Printer", "printer", Tone.OK)
        elif status.condition is Condition.UNKNOWN:
            self.printer.set_state("Printer", "printer", Tone.NEUTRAL)
        else:
            self.printer.set_state(f"{name}: {status.condition}", "printer-x", Tone.BAD)
        self._fit_chips()
        self.ask_about_prints()

    def _all_was_said(self) -> None:
        # What was said last before a window closed is followed by nothing: its database is closed, too.
        if self.window().isVisible():
            self.ask_about_prints()

    def ask_about_prints(self) -> None:
        """Ask once about paper that may have come out, where nothing else is being said; the chip leads there later."""
        counter = self.state.counter
        # Good news, such as that it is printing, has no more to say then.
        is_saying = counter.notice is not None and counter.notice.tone is not counters.Tone.OK
        if counter.person is None or is_saying or self.state.session.is_busy:
            return
        if question := self.state.receipts.to_ask_about():
            self._question = question
            counter.say(counters.Tone.WARN, question, offer=Offer("Answer", self.prints_wanted.emit))

    def show_sync(self, state: SyncState) -> None:
        """Show how the exchange with the service stands."""
        self._sync = state
        words = told(state, self.state.counter.clock.now())
        if (words.label, words.tone) != (self.sync.label, self.sync.tone):
            self.sync.set_state(words.label, words.icon, words.tone)
            self._fit_chips()

    def explain_sync(self) -> None:
        """Say what there is to do about the exchange, and lead there where a person is needed."""
        words = told(self._sync, self.state.counter.clock.now())
        tone, offer = counters.Tone.INFO, None
        if self._sync.phase is Phase.REFUSED:
            tone, offer = counters.Tone.WARN, Offer("Open Sync", self.sync_wanted.emit, "Sync")
        elif self._sync.next_try_ms:
            offer = Offer("Try now", self.try_wanted.emit)
        self.state.counter.say(tone, words.sentence, offer=offer)

    def explain_printer(self) -> None:
        """Say what to do about the printer, or show what did not come out."""
        if self.state.receipts.in_trouble():
            self.prints_wanted.emit()
            return
        _, status = self._worst
        tone = counters.Tone.INFO if status.can_print else counters.Tone.WARN
        self.state.counter.say(tone, status.sentence, offer=self._devices_offer())


def _waiting_words(waiting: Sequence[Job], name: str, status: PrinterStatus) -> str:
    """Say what is wanted: paper to be looked at, the printer to be put right, or nothing but time."""
    if all(job.state is PrintState.UNKNOWN for job in waiting):
        return "Did it come out?" if len(waiting) == 1 else f"Did {len(waiting)} prints come out?"
    if status.can_print or status.condition is Condition.UNKNOWN:
        return "1 print waits" if len(waiting) == 1 else f"{len(waiting)} prints wait"
    trouble = f"{name}: {status.condition}" if name != "Printer" else status.condition.capitalize()
    return f"{trouble}, {len(waiting)} {'waits' if len(waiting) == 1 else 'wait'}"


def _label(offer: Offer, *, is_tight: bool) -> str:
    return offer.short or offer.label if is_tight else offer.label
