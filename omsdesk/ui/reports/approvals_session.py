"""What is out of the ordinary, as a manager reads it: approvals, wrong PINs, what was given up, drawers, returns.

It knows no widget.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple

from omsdesk.documents.formats import format_moment, format_money, format_quantity
from omsdesk.domain.rights import what
from omsdesk.domain.shop import Shop
from omsdesk.domain.values import Stamp
from omsdesk.store.engine import Connection
from omsdesk.store.queries import approvals
from omsdesk.store.queries import till as queries
from omsdesk.store.queries.double_returns import BackOn, TooOften, too_often
from omsdesk.store.queries.settings import everybody
from omsdesk.ui.reports.office import Office
from omsdesk.ui.rule_words import size_words

EVERYBODY = ""
_NAMED = 3
"""So many articles of a ticket are named."""


class Days(StrEnum):
    """How far back is looked."""

    TODAY = "today"
    YESTERDAY = "yesterday"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


_BACK = {Days.TODAY: (0, -1), Days.YESTERDAY: (1, 0), Days.WEEK: (6, -1), Days.MONTH: (29, -1), Days.YEAR: (364, -1)}
"""How many days ago each begins, and before which day it ends."""
LABELS = {
    Days.TODAY: "Today",
    Days.YESTERDAY: "Yesterday",
    Days.WEEK: "7 days",
    Days.MONTH: "30 days",
    Days.YEAR: "A year",
}


class Kind(StrEnum):
    """What is out of the ordinary."""

    APPROVAL = "approval"
    WRONG_PIN = "wrong_pin"
    GIVEN_UP = "given_up"
    DRAWER = "drawer"
    RETURN = "return"


KINDS = {
    "": "All",
    Kind.APPROVAL: "Approvals",
    Kind.GIVEN_UP: "Given up",
    Kind.DRAWER: "Drawers",
    Kind.RETURN: "Returns",
    Kind.WRONG_PIN: "PINs",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that is out of the ordinary."""

    key: str
    at_ms: int
    title: str
    detail: str
    amount: str
    kind: Kind = Kind.APPROVAL
    number: str = ""
    """The receipt of its ticket; empty for none."""
    is_training: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """Who stood there, and how often."""

    key: str
    name: str
    detail: str


class _Found(NamedTuple):
    rows: list[Row]
    people: list[Person]


class ApprovalsSession:
    """State and intents of the list: a time, and whose it is."""

    def __init__(self, office: Office) -> None:
        """Show everybody's of today."""
        self.office = office
        self.listeners: list[Callable[[], None]] = []
        self.days = Days.TODAY
        self.asker = EVERYBODY
        self.kind = ""
        self._all: list[Row] = []
        self.people: list[Person] = []
        self.is_read = False
        self._asked = 0

    @property
    def rows(self) -> list[Row]:
        """What is listed, the newest first."""
        return [row for row in self._all if self.kind in {"", row.kind}]

    def choose_kind(self, kind: str) -> None:
        """List one kind alone, or all with an empty one."""
        self.kind = kind
        self._tell()

    def choose_days(self, days: Days) -> None:
        """Look further back, or less far."""
        self.days = days
        self.refresh()

    def choose_person(self, asker: str) -> None:
        """List what one of them asked for, or everybody."""
        self.asker = asker
        self.refresh()

    def refresh(self) -> None:
        """Read the list again."""
        self._asked += 1
        asked, office = self._asked, self.office
        if not office.may_read:
            self._take(_Found([], []))
            return
        shop, now, who = office.shop, office.clock.now(), self.asker
        since, until = (_midnight(now, back) for back in _BACK[self.days])
        office.work.ask(
            lambda c: _read(_Words.here(c, shop, now.offset_minutes), c, (since, until), who),
            lambda found: self._take(found) if asked == self._asked else None,
        )

    def _take(self, found: _Found) -> None:
        self._all, self.people, self.is_read = found.rows, found.people, True
        if self.asker and self.asker not in {person.key for person in found.people}:
            self.asker = EVERYBODY
        self._tell()

    def _tell(self) -> None:
        for listener in self.listeners:
            listener()


def _midnight(now: Stamp, back: int) -> int:
    """Find the beginning of a day some days ago, as the clock on the wall here says."""
    start = now.local.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=back)
    return now.utc_ms - int((now.local - start).total_seconds() * 1_000)


def _read(words: _Words, connection: Connection, span: tuple[int, int], asker: str) -> _Found:
    rows = [words.of_given(row) for row in approvals.given(connection, *span, asker)]
    rows += [words.of_refused(row) for row in approvals.refused(connection, *span, asker)]
    found = approvals.found_open(connection, *span, asker)
    rows += [words.of_found_open(row, approvals.before(connection, row)) for row in found]
    rows += [words.of_opened(row) for row in approvals.opened(connection, *span, asker)]
    rows += [words.of_given_up(row) for row in approvals.given_up(connection, *span, asker)]
    # Nobody has to answer for these: each of the two did what was right, as far as they knew.
    twice = too_often(connection, *span) if asker == EVERYBODY else []
    rows += map(words.of_too_often, twice)
    rows.sort(key=lambda row: row.at_ms, reverse=True)
    shares = approvals.shares(connection, *span)
    sums = (sum(counts) for counts in zip(*(row[1:] for row in shares), strict=True))
    total = approvals.Share(EVERYBODY, *sums)
    people = [Person(row.asker, words.names.get(row.asker, row.asker), _counted(row)) for row in shares if row.asker]
    return _Found(rows, [Person(EVERYBODY, "Everybody", _counted(total)), *people])


def _counted(share: approvals.Share) -> str:
    words = (
        _count(share.given, "approval") if share.given or not any(share[1:]) else "",
        f"{share.refused} refused" if share.refused else "",
        _count(share.tickets, "void") if share.tickets else "",
        _count(share.lines, "line") if share.lines else "",
        _count(share.found_open + share.opened, "drawer") if share.found_open or share.opened else "",
    )
    return " · ".join(filter(None, words))


def _count(times: int, name: str) -> str:
    return f"{times} {name}{'' if times == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class _Words:
    """Writes rows; ``names`` are those of people, by id."""

    shop: Shop
    names: dict[str, str]
    tills: dict[str, str]
    shops: dict[str, str]
    """Other stores by id, where there are any."""
    offset: int

    @classmethod
    def here(cls, connection: Connection, shop: Shop, offset: int) -> _Words:
        """Read who and what is called how."""
        names = {person.id: person.name for person in everybody(connection)}
        shops = {known: queries.shop_by_id(connection, known) for known in queries.shop_ids(connection)}
        called = {key: known.name for key, known in shops.items() if known}
        return cls(shop, names, {till.id: till.name for till in queries.tills(connection)}, called, offset)

    def _moment(self, at_ms: int) -> str:
        return format_moment(Stamp(at_ms, self.offset), self.shop.locale)

    def of_given(self, row: approvals.Given) -> Row:
        """Say who wanted what, who agreed and why."""
        asker, approver = self.names.get(row.asker, row.asker), self.names.get(row.approver, row.approver)
        proof = " by badge" if row.by_badge else ""
        ends = Stamp(row.until_ms, self.offset).local
        scope = f"until {ends:%H:%M}" if row.until_ms else f"receipt {row.number}" if row.number else ""
        by = "Did it themselves, and said yes" if row.asker == row.approver else f"{approver} agreed{proof}"
        mark, reason = "Training" if row.is_training else "", f"“{row.reason}”" if row.reason else ""
        parts = (mark, self._moment(row.at_ms), by, reason, scope, self._till(row.till))
        title, amount = f"{asker}: {what(row.right)}", size_words(row.right, row.most, self.shop)
        detail = " · ".join(filter(None, parts))
        return Row(row.id, row.at_ms, title, detail, amount, number=row.number, is_training=bool(row.is_training))

    def of_refused(self, row: approvals.Refused) -> Row:
        """Say whose PIN was wrong, and who stood there."""
        person = self.names.get(row.person, row.person)
        purpose = f"for {self.names.get(row.asker, row.asker)} to {what(row.right)}" if row.right else "to sign in"
        parts = (self._moment(row.at_ms), purpose, self._till(row.till))
        title = f"{person}’s PIN was wrong {row.wrong} times"
        return Row(row.id, row.at_ms, title, " · ".join(filter(None, parts)), "Refused", Kind.WRONG_PIN)

    def of_found_open(self, row: approvals.FoundOpen, before: approvals.Before | None) -> Row:
        """Say which drawer was open, who was signed in, and what came before."""
        who = f"{self.names.get(row.person, row.person)} signed in" if row.person else "nobody signed in"
        came = f"{_span(row.at_ms - before.at_ms)} after {_what(before)}" if before else "nothing was sold before"
        parts = (self._moment(row.at_ms), who, came)
        title = f"{self.tills.get(row.till, 'A till')}: drawer found open"
        number = before.number if before else ""
        return Row(row.id, row.at_ms, title, " · ".join(parts), "", Kind.DRAWER, number)

    def of_opened(self, row: approvals.Opened) -> Row:
        """Say who opened a drawer without a sale, and why."""
        parts = (self._moment(row.at_ms), f"“{row.reason}”" if row.reason else "", self._till(row.till))
        title = f"{self.names.get(row.person, row.person)}: opened the drawer without a sale"
        return Row(row.id, row.at_ms, title, " · ".join(filter(None, parts)), "", Kind.DRAWER)

    def of_given_up(self, row: approvals.GivenUp) -> Row:
        """Say who gave a ticket or lines of it up, and what that was."""
        count = len(row.names)
        did = "voided a sale" if row.is_ticket else "took a line off" if count < 2 else f"took {count} lines off"
        names = ", ".join(row.names[:_NAMED]) + (f" and {count - _NAMED} more" if count > _NAMED else "")
        reason, scope = f"“{row.reason}”" if row.reason else "", f"receipt {row.number}" if row.number else ""
        mark = "Training" if row.is_training else ""
        parts = (mark, self._moment(row.at_ms), names, reason, scope, self._till(row.till))
        title = f"{self.names.get(row.person, row.person)}: {did}"
        amount = format_money(row.amount, self.shop.locale)
        key, detail = f"{row.sale}/{row.is_ticket}/{row.person}", " · ".join(filter(None, parts))
        return Row(key, row.at_ms, title, detail, amount, Kind.GIVEN_UP, row.number, bool(row.is_training))

    def of_too_often(self, row: TooOften) -> Row:
        """Say what came back too often, and on which receipts."""
        sold, back = (format_quantity(count, self.shop.locale) for count in (row.sold, row.back))
        where = ", ".join(filter(None, (self._ticket(ticket) for ticket in row.tickets)))
        parts = (self._moment(row.at_ms), f"receipt {row.number}", f"{sold} sold, {back} came back", where)
        here = [ticket.number for ticket in row.tickets if ticket.is_here]
        return Row(
            f"{row.line}:back", row.at_ms, f"“{row.name}” came back more often than it was sold", " · ".join(parts),
            format_money(row.excess, self.shop.locale), Kind.RETURN, here[-1] if here else "",
        )  # fmt: skip

    def _ticket(self, ticket: BackOn) -> str:
        place = self.shops.get(ticket.shop) or self._till(ticket.till)
        return f"{ticket.number} ({place})" if place else ticket.number

    def _till(self, till: str) -> str:
        return self.tills.get(till, "") if len(self.tills) > 1 else ""


def _what(before: approvals.Before) -> str:
    return f"receipt {before.number}" if before.number else f"money was moved: “{before.note}”"


def _span(ms: int) -> str:
    """Write how long it took, in the unit that people would use."""
    for size, name in ((86_400_000, "day"), (3_600_000, "hour"), (60_000, "minute")):
        if ms >= size:
            return f"{ms // size} {name}{'' if ms // size == 1 else 's'}"
    return f"{ms // 1_000} s"
