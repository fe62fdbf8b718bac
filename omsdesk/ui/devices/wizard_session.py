"""“Find my devices”: looks for some seconds, proposes who plays what, takes all by one key, and tries the printer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from functools import partial

from omsdesk.devices import asking, registry, search
from omsdesk.devices.address import Bus
from omsdesk.devices.asking import Answer
from omsdesk.devices.driver import Card, Found, Value
from omsdesk.devices.roles import (
    CUSTOMER_SCREEN,
    DISPLAY,
    KITCHEN,
    LABELS,
    RECEIPTS,
    SCALE,
    WITHOUT_TILL,
    Role,
    scanner,
)
from omsdesk.domain.records import record
from omsdesk.settings import DeviceSetting
from omsdesk.ui.devices.chooser_session import seen
from omsdesk.ui.devices.session import DevicesSession
from omsdesk.ui.devices.standing import place_of
from omsdesk.ui.devices.trial_session import TrialSession


class Phase(StrEnum):
    """Where one is."""

    CLOSED = "closed"
    OFFERED = "offered"
    LOOKING = "looking"
    PROPOSED = "proposed"
    PRINTING = "printing"
    ASKING = "asking"
    DONE = "done"


@record
class Proposal:
    """A device for a role, until somebody says no to it."""

    role: Role
    found: Found
    card: Card
    options: tuple[tuple[str, Value], ...] = ()
    is_wanted: bool = True

    @property
    def setting(self) -> DeviceSetting:
        """As the settings have it."""
        return DeviceSetting(self.card.name, str(self.found.address), {**dict(self.options), "title": self.found.name})

    @property
    def detail(self) -> str:
        """Where it is, and what it is."""
        return f"{place_of(str(self.found.address))} · {self.card.title}"


class WizardSession:
    """Enter goes on, a digit says no to a proposal or yes again, Esc leaves."""

    def __init__(self, page: DevicesSession, trial: TrialSession) -> None:
        """Take the page, and what prints the test page."""
        self.page, self.trial = page, trial
        self.listeners: list[Callable[[], None]] = []
        self.phase = Phase.CLOSED
        self.proposals: list[Proposal] = []
        self.said = ""
        """What became of it."""
        self.is_good = True
        self._waiting: set[str] = set()
        self._found: list[Found] = []
        self._scales: list[Answer] = []
        self._refused: set[str] = set()
        self._tries = ""
        """The role of the printer that is tried."""
        trial.listeners.append(self._tried)

    # ------------------------------------------------------------------------------ intents

    def offer(self) -> None:
        """Ask whether to look, before anything is done."""
        if self.page.is_allowed():
            self.phase, self.proposals, self.said, self.is_good = Phase.OFFERED, [], "", True
            self._tell()

    def open(self) -> None:
        """Begin to look."""
        if not self.page.is_allowed():
            return
        self.phase, self.proposals, self.said, self.is_good = Phase.LOOKING, [], "", True
        self._found, self._scales, self._refused = self.page.office.screens(), [], set()
        for name, look in self.page.office.looks.items():
            self._waiting.add(name)
            self.page.office.work.reach(partial(seen, look), partial(self._arrived, name))
        self._tell()

    def confirm(self) -> None:
        """Do what Enter means."""
        match self.phase:
            case Phase.OFFERED:
                self.open()
            case Phase.PROPOSED:
                self._take()
            case Phase.ASKING:
                self.answer(is_right=True)
            case Phase.DONE:
                self.close()
            case _:
                pass

    def toggle(self, at: int) -> None:
        """Say no to a proposal, or yes again."""
        if at < len(self.proposals) and self.phase in {Phase.LOOKING, Phase.PROPOSED}:
            row = self.proposals[at]
            self._refused ^= {str(row.found.address)}
            self.proposals[at] = replace(row, is_wanted=not row.is_wanted)
            self._tell()

    def answer(self, *, is_right: bool) -> None:
        """Say whether the test page, or the test label, came out right."""
        if self.phase is Phase.ASKING:
            wrong = _WRONG_LABEL if self._tries == LABELS.key else _WRONG
            self._end(_RIGHT if is_right else wrong, is_good=is_right)
            if not is_right:
                self.page.look_at(self._tries)

    def close(self) -> None:
        """Leave; what was taken stays."""
        self.phase = Phase.CLOSED
        self.page.refresh()
        self._tell()

    # ------------------------------------------------------------------------------ what is shown

    @property
    def sentence(self) -> str:
        """What is going on, or what is asked."""
        count = sum(row.is_wanted for row in self.proposals)
        is_label = self._tries == LABELS.key
        match self.phase:
            case Phase.OFFERED:
                return _OFFER
            case Phase.LOOKING:
                return "Looking for what is plugged in and in the network. This takes a few seconds."
            case Phase.PROPOSED if not self.proposals:
                return _NOTHING
            case Phase.PROPOSED:
                words = "One device" if count == 1 else f"{count} devices"
                return f"{words} to be used from now on. A digit takes one out."
            case Phase.PRINTING:
                return "A test label is being printed…" if is_label else "A test page is being printed…"
            case Phase.ASKING:
                return _IS_LABEL_RIGHT if is_label else _IS_PAGE_RIGHT
            case _:
                return self.said

    # ------------------------------------------------------------------------------ how

    def _arrived(self, name: str, found: list[Found]) -> None:
        self._waiting.discard(name)
        if self.phase is Phase.LOOKING:
            self._found += found
            for port in found:
                self._ask(port)
            self._propose()

    def _ask(self, port: Found) -> None:
        """Ask a serial port that no driver is sure of whether a scale is behind it."""
        is_known = any(score >= search.SURE for score, _ in registry.ranked(port))
        if port.address.bus is Bus.SERIAL and not is_known and not self.page.player_of(str(port.address)):
            name = f"scale at {port.address}"
            self._waiting.add(name)
            self.page.office.work.reach(partial(asking.found_scale, port), partial(self._asked, name))

    def _asked(self, name: str, scale: Answer | None) -> None:
        self._waiting.discard(name)
        if self.phase is Phase.LOOKING:
            self._scales += [scale] if scale else []
            self._propose()

    def _propose(self) -> None:
        taken: set[str] = set()
        self.proposals = []
        for role in _ROLES if self.page.office.till() else _ROLES_WITHOUT_TILL:
            row = next((row for row in self._candidates(role) if str(row.found.address) not in taken), None)
            if row is not None:
                taken.add(str(row.found.address))
                self.proposals.append(replace(row, is_wanted=str(row.found.address) not in self._refused))
        if not self._waiting:
            self.phase = Phase.PROPOSED
        self._tell()

    def _candidates(self, role: Role) -> list[Proposal]:
        asked = [
            Proposal(role, row.found, row.card, row.options)
            for row in self._scales
            if row.card.category in role.categories
        ]
        offers = (row for row in search.offers(role, self._found) if row.score >= search.SURE)
        return asked + [Proposal(role, row.found, row.cards[0]) for row in offers if self._is_ours(role, row.found)]

    def _is_ours(self, role: Role, found: Found) -> bool:
        """Tell whether it is here for this station: a receipt printer in the network most probably is for a till."""
        is_of_tills = role.key == RECEIPTS.key and found.address.bus is Bus.NETWORK
        return bool(self.page.office.till()) or not is_of_tills

    def _take(self) -> None:
        wanted = {row.role.key: row.setting for row in self.proposals if row.is_wanted}
        if not wanted:
            self.close()
            return
        self._tries = next((key for key in (RECEIPTS.key, LABELS.key) if key in wanted), "")
        if not self.page.bind_all(wanted):
            self._end(self.page.refusal, is_good=False)
        elif self._tries:
            self.phase = Phase.PRINTING
            self.page.look_at(self._tries)
            self._tell()
            (self.trial.print_label if self._tries == LABELS.key else self.trial.print_page)()
        else:
            self._end("All set. Scan something, or weigh something, to try it.", is_good=True)

    def _tried(self) -> None:
        trial = self.trial.trial
        if self.phase is Phase.PRINTING and not self.trial.running and trial is not None:
            if trial.is_good:
                self.phase = Phase.ASKING
                self._tell()
            else:
                self._end(trial.sentence, is_good=False)

    def _end(self, sentence: str, *, is_good: bool) -> None:
        self.phase, self.said, self.is_good = Phase.DONE, sentence, is_good
        self._tell()

    def _tell(self) -> None:
        for listener in tuple(self.listeners):
            listener()


_ROLES = (RECEIPTS, LABELS, SCALE, DISPLAY, CUSTOMER_SCREEN, scanner("scanner-1"), KITCHEN)
_ROLES_WITHOUT_TILL = (*WITHOUT_TILL, scanner("scanner-1"))
_OFFER = (
    "What is plugged in is found in some seconds, and so are printers in the network. You see what was found before "
    "any of it is used. Later it is found on the Devices page by Ctrl F."
)
_NOTHING = (
    "Nothing was found. Check that everything is switched on and plugged in, and look again. "
    "A scanner that types like a keyboard needs no set-up: just scan."
)
_IS_PAGE_RIGHT = "A test page was printed. Did it come out right, with a line of digits from edge to edge?"
_IS_LABEL_RIGHT = "A test label was printed. Did it come out right, all of it on one label?"
_RIGHT = "All set. Scan something, or weigh something, to try the rest."
_WRONG = (
    "Digits that do not fill the line: choose another model under “Set up…”. Wrong letters: tick the tables that are "
    "right below the test page. Nothing at all: look at the sentence below the name of the printer."
)
_WRONG_LABEL = (
    "Nothing at all, or letters in place of a label: choose another model under “Set up…”. Too large or too small: set "
    "the dots an inch there. Across two labels: have the printer measure its labels, as its manual says."
)
