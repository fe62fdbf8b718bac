"""The tills in the settings: their codes on receipts, their names, and which of them this computer is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from omsdesk.actions.execute import Done
from omsdesk.domain.field_write import changed
from omsdesk.domain.shop import SaveTill, Till, free_codes
from omsdesk.store.queries.field_writes import left_at, revisions
from omsdesk.store.queries.till import open_sale_id, open_shift, tills
from omsdesk.ui.settings.office import NO_RIGHT, Office
from omsdesk.ui.settings.typed_over import TypedOver
from omsdesk.ui.sync_words import last_heard

if TYPE_CHECKING:
    from omsdesk.sync.messages import KnownDevice


@dataclass(frozen=True, slots=True)
class TillDraft:
    """A till as it stands in its row."""

    id: str
    code: str = ""
    name: str = ""
    is_training: bool = False


class TillsSession(TypedOver[tuple[TillDraft, ...]]):
    """State and intents of the tills' page. It knows no widget."""

    right = "shop.edit"

    def __init__(self, office: Office) -> None:
        """Show the tills as they are."""
        self.office = office
        self.listeners: list[Callable[[], None]] = []
        self.known: list[Till] = []
        self._bases: dict[str, int] = {}
        """Which revision of each till the rows were typed over."""
        self.draft: tuple[TillDraft, ...] = ()
        self.start: tuple[TillDraft, ...] = ()
        self.errors: dict[int, str] = {}
        self.refusal = self.notice = self.saved = ""
        self.is_saving = False
        self.wanted = self.holder = ""
        """The till that this computer shall be, and the computer that is it already, in words."""
        self._undo: tuple[SaveTill, ...] = ()
        self.refresh()

    def refresh(self) -> None:
        """Read the tills again; what was typed and not saved yet stays."""
        # The revisions first: what is saved elsewhere in between was then not seen here.
        shown = revisions(self.office.reader, Till)
        shop = self.office.shop
        here = tills(self.office.reader, shop.id if shop else "")
        self.known = sorted(here, key=lambda till: (len(till.code), till.code))
        if not self.has_changes:
            self._bases = shown
            self.draft = self.start = tuple(
                TillDraft(row.id, row.code, row.name, row.is_training) for row in self.known
            )
        self._tell()

    @property
    def here(self) -> str:
        """Which till this computer is; empty for none."""
        return self.office.till()

    def add(self) -> None:
        """Add a till with the next free number."""
        # No two tills of the business have the same code, in whichever store they are.
        number = next(free_codes({row.code for row in self.draft} | {till.code for till in self.office.tills}))
        self._change((*self.draft, TillDraft(self.office.clock.new_id(), number, f"Till {number}")))

    def drop(self, number: int) -> None:
        """Take a row out that was never saved: a till that has numbered receipts stays for ever."""
        if not any(till.id == self.draft[number].id for till in self.known):
            self._change(self.draft[:number] + self.draft[number + 1 :])

    def set(self, number: int, name: str, value: str | bool) -> None:
        """Take what was typed into a row."""
        change: dict[str, Any] = {name: value.strip().upper() if name == "code" and isinstance(value, str) else value}
        rows = list(self.draft)
        rows[number] = replace(rows[number], **change)
        self.errors.pop(number, None)
        self._change(tuple(rows))

    def save(self) -> None:
        """Save the rows that are different."""
        shop = self.office.shop
        if self.is_saving or not self.has_changes or shop is None:
            return
        self.refusal = "" if self.may_edit else NO_RIGHT
        self.errors = {number: "Type a name." for number, row in enumerate(self.draft) if not row.name.strip()}
        if not (self.errors or self.refusal):
            edited = [row for row in self.draft if row not in self.start]
            start = {row.id: row for row in self.start}
            said = {row.id: changed(start[row.id], row) if row.id in start else () for row in edited}
            commands = [
                SaveTill(
                    Till(row.id, shop.id, row.code, row.name.strip(), row.is_training),
                    said[row.id],
                    self._bases.get(row.id, 0),
                )
                for row in edited
            ]
            before = tuple(SaveTill(till, said[till.id]) for till in self.known if till.id in said)
            self.is_saving = True
            sent = self.draft
            self.office.change(
                *commands, then=lambda done: self._saved("Tills saved", sent, before, done), refused=self._refused
            )
        self._tell()

    def discard(self) -> None:
        """Forget what was typed and not saved."""
        self.errors = {}
        self._change(self.start)

    def take_back(self) -> None:
        """Save the tills as they were before; a new one stays."""
        before, self._undo = self._undo, ()
        if before:
            self.office.change(*before, then=lambda done: self._saved("", self.draft, (), done), refused=self._refused)

    def move_here(self, till: str) -> None:
        """Make this computer another till; not in the middle of a shift."""
        if till == self.here or not self.may_edit:
            return
        self.wanted, self.holder = till, ""
        if self._may_move():
            self.office.station.who_is(till, lambda found: self._heard_who_is(till, found))
        self._tell()

    def move_here_anyway(self) -> None:
        """Make this computer the till that another one is: somebody was told, and means it."""
        if self.holder and self._may_move():
            self._become()
        self._tell()

    def stay(self) -> None:
        """Leave the till that was chosen to the other computer."""
        self.wanted = self.holder = ""
        self._tell()

    def _may_move(self) -> bool:
        self.refusal = ""
        if self.here and (open_shift(self.office.reader, self.here) or open_sale_id(self.office.reader, self.here)):
            self.refusal = "This till has an open shift. Close it first, then make this computer another till."
            self.wanted = self.holder = ""
        return not self.refusal

    def _heard_who_is(self, till: str, found: KnownDevice | None) -> None:
        # Somebody may have chosen otherwise, or begun to sell, while the service was asked.
        if till == self.wanted and self._may_move():
            if found is None:
                self._become()
            else:
                self.holder = last_heard(found.name, found.seen_ms, self.office.clock.now())
        self._tell()

    def _become(self) -> None:
        till, self.wanted, self.holder = self.wanted, "", ""
        self.office.station.become_till(till)

    def _saved(self, sentence: str, sent: tuple[TillDraft, ...], before: tuple[SaveTill, ...], done: Done) -> None:
        left = {row.id: left_at(self.office.reader, "till", row.id, done.entries) for row in sent}
        self.is_saving, self._undo = False, tuple(replace(row, base=left[row.till.id]) for row in before)
        self.start, self._bases = sent, {**self._bases, **{till.subject: left[till.subject] for till in done.facts}}
        self.refresh()
        self.saved = sentence
        self._tell()

    def _refused(self, sentence: str) -> None:
        self.is_saving, self.refusal = False, sentence
        self._tell()

    def _change(self, rows: tuple[TillDraft, ...]) -> None:
        self.draft, self.saved, self.refusal = rows, "", ""
        self._tell()

    def _tell(self) -> None:
        for listener in self.listeners:
            listener()
