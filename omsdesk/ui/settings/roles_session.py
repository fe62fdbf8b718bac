"""The roles in the settings: what each may, right by right, as it is usual or as the shop says. It knows no widget."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from omsdesk.actions.execute import Done
from omsdesk.domain.people import Role
from omsdesk.domain.rights import RIGHTS, Rule, is_fixed
from omsdesk.domain.role import SaveRole
from omsdesk.domain.shop import Shop
from omsdesk.store.queries.field_writes import left_at
from omsdesk.store.queries.people import role_revisions, rules
from omsdesk.ui.settings.office import NO_RIGHT, Office
from omsdesk.ui.settings.rule_draft import RuleDraft, draft_of, rule_of
from omsdesk.ui.settings.typed_over import TypedOver

ROLES = tuple(role for role in Role if role is not Role.OWNER)
"""The roles that something can be said of: an owner may everything."""
SHOWN = tuple(right for right in RIGHTS if not is_fixed(right))
_Rows = dict[str, RuleDraft]


class RolesSession(TypedOver[dict[str, _Rows]]):
    """State and intents of the page of roles; what was typed for a role waits while another one is shown."""

    right = "people.edit"

    def __init__(self, office: Office) -> None:
        """Show the cashiers first."""
        self.office = office
        self.listeners: list[Callable[[], None]] = []
        self.role = str(Role.CASHIER)
        self.start: dict[str, _Rows] = {}
        self.draft: dict[str, _Rows] = {}
        self.errors: dict[str, str] = {}
        """What is wrong with which right of the role that is shown."""
        self.refusal = self.notice = self.saved = ""
        self.is_saving = False
        self._bases: dict[str, int] = {}
        self._undo: tuple[SaveRole, ...] = ()
        """What says again what was so before."""
        self.refresh()

    @property
    def shop(self) -> Shop:
        """The shop whose money limits are in."""
        return self.office.shop or Shop("", "", "EUR")

    def refresh(self) -> None:
        """Read the roles again: what was typed and not saved yet stays, what was not touched follows."""
        # The revisions first: what is saved elsewhere in between was then not seen here.
        known = role_revisions(self.office.reader)
        for role in map(str, ROLES):
            now = self._known(role)
            before, mine = self.start.get(role, now), self.draft.get(role, now)
            if mine == before:
                self._bases[role] = known.get(role, 0)
            typed = {right: draft for right, draft in mine.items() if draft != before[right]}
            self.start[role], self.draft[role] = now, {**now, **typed}
        self._tell()

    def _known(self, role: str) -> _Rows:
        said = rules(self.office.reader, role)
        return {right: draft_of(said[right], self.shop) for right in SHOWN}

    @property
    def rows(self) -> _Rows:
        """What the form shows, by right."""
        return self.draft[self.role]

    def choose(self, role: str) -> None:
        """Show a role."""
        self.role, self.errors = role, {}
        self._tell()

    def set_leave(self, right: str, leave: str) -> None:
        """Say whether the role may do something, with or without somebody who agrees."""
        self._set(right, replace(self.rows[right], leave=leave))

    def set_most(self, right: str, most: str) -> None:
        """Say how much of it they may alone."""
        self._set(right, replace(self.rows[right], most=most))

    def _set(self, right: str, draft: RuleDraft) -> None:
        if self.rows[right] != draft:
            self.draft[self.role] = {**self.rows, right: draft}
            self.errors.pop(right, None)
            self.saved = self.refusal = ""
            self._tell()

    # ------------------------------------------------------------------------------ saving

    def save(self) -> None:
        """Save every role that was changed; what is wrong is said at its right, and nothing is saved."""
        if self.is_saving or not self.has_changes:
            return
        changed = {role: self._changed(role) for role in self.draft}
        self.errors = {}
        commands, undo = [], []
        for role, rights in changed.items():
            read = self._read(role, rights)
            if read is None:
                self.role = role
                self._tell()
                return
            if read:
                known = rules(self.office.reader, role)
                commands.append(SaveRole(role, read, self._bases[role]))
                undo.append(SaveRole(role, tuple(known[right] for right in rights)))
        self.refusal = "" if self.may_edit else NO_RIGHT
        if not self.refusal:
            self.is_saving = True
            self.office.change(
                *commands, then=lambda done: self._saved(done, commands, tuple(undo)), refused=self._refused
            )
        self._tell()

    def _changed(self, role: str) -> list[str]:
        return [right for right, draft in self.draft[role].items() if draft != self.start[role][right]]

    def _read(self, role: str, rights: list[str]) -> tuple[Rule, ...] | None:
        """Read what was typed for a role; None where something of it cannot be read."""
        found = []
        for right in rights:
            try:
                found.append(rule_of(right, self.draft[role][right], self.shop))
            except ValueError as error:
                self.errors[right] = str(error)
        return None if self.errors else tuple(found)

    def _saved(self, done: Done, commands: list[SaveRole], undo: tuple[SaveRole, ...] = ()) -> None:
        self.is_saving, self.refusal = False, ""
        left = {row.role: left_at(self.office.reader, "role", row.role, done.entries) for row in commands}
        self._undo = tuple(replace(row, base=left[row.role]) for row in undo)
        for command in commands:
            # As it is shown now: "10,0" was typed and means 10.
            now = self._known(command.role)
            said = {rule.right: now[rule.right] for rule in command.rules}
            self.draft[command.role] |= said
            self.start[command.role] |= said
            self._bases[command.role] = left[command.role]
        self.saved = "Roles saved" if undo else ""
        self.refresh()

    def take_back(self) -> None:
        """Say again what was so before."""
        undo, self._undo = list(self._undo), ()
        if undo:
            self.office.change(*undo, then=lambda done: self._saved(done, undo), refused=self._refused)

    def discard(self) -> None:
        """Forget what was typed and not saved."""
        self.draft, self.errors, self.refusal = dict(self.start), {}, ""
        self._tell()

    def _refused(self, sentence: str) -> None:
        self.is_saving, self.refusal = False, sentence
        self._tell()

    def _tell(self) -> None:
        for listener in self.listeners:
            listener()
