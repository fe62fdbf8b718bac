"""Two opinions on an order in words: what each comes to, whose it is, and the command that lets it hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from omsdesk.documents.formats import format_quantity
from omsdesk.domain.line import SoldLine
from omsdesk.domain.order import GoodsHandedOver, Order, OrderCancelled, OrderChanged, Portion, evolve, name_of
from omsdesk.domain.order_command import OrderCommand
from omsdesk.domain.order_dispute import (
    Dispute,
    dispute,
    in_favour_of,
    rows_with_done,
    standing_by,
    withdrawing,
)
from omsdesk.domain.values import Money, Stamp
from omsdesk.store.engine import Connection
from omsdesk.store.queries import orders as queries
from omsdesk.store.queries.orders import Known, Voice
from omsdesk.ui.days import day_text
from omsdesk.ui.sync_words import clock_time

_LINES = (
    "Two places changed what was ordered without knowing of each other. Nothing is lost: choose what holds. "
    "What was handed over stays on the order."
)
_CANCELLED = (
    "One place gave up what another one handed over. What was handed over and paid stays as it happened. "
    "Choose whether the rest is still wanted."
)
_TWICE = (
    "Two places handed over the same. Both happened, and what was paid twice can be given back. "
    "Count these goods, then say that you have seen it."
)


class Opinion(NamedTuple):
    """One of the ways in which an order can be settled."""

    words: str
    mark: str
    sources: tuple[tuple[str, str], ...]
    """Whose word it is, as pairs of icon and words."""
    command: OrderCommand


class Opinions:
    """What there is to choose from on one order."""

    def __init__(
        self, reader: Connection, known: Known, now: Stamp, locale: str, write: Callable[[Money], str]
    ) -> None:
        """Read whose words they are."""
        self.known, self._now, self._locale, self._write = known, now, locale, write
        self._voices = queries.voices(reader, known.order.order)
        self.kind = dispute(known.order)

    @property
    def order(self) -> Order:
        """The order."""
        return self.known.order

    @property
    def why(self) -> str:
        """Say what there is to settle."""
        reasons = {Dispute.LINES: _LINES, Dispute.CANCELLED: _CANCELLED, Dispute.TWICE: _TWICE}
        return reasons[self.kind] if self.kind else "All are of one mind about this order."

    def choices(self) -> list[Opinion]:
        """List the ways to settle it."""
        match self.kind:
            case Dispute.LINES:
                return [self._side(fact) for fact in reversed(self.order.rivals)]
            case Dispute.CANCELLED:
                return self._cancelled()
            case Dispute.TWICE:
                words = "\n".join(("Both happened", *map(self._given, self.order.handed_over)))
                return [Opinion(words, "", self._sources(self.order.handed_over), standing_by(self.order))]
        return []

    def _side(self, fact: OrderChanged) -> Opinion:
        order = self.order
        rows = rows_with_done(order, fact.rows)
        after = evolve(order, OrderChanged(order.order, order.revision + 1, rows, fact.terms, fact.at))
        until = f", kept until {day_text(fact.terms.until, self._locale)}" if fact.terms.until else ""
        words = "\n".join((*map(self._row, rows), f"{self._write(after.total)} in all{until}"))
        mark = "Shown meanwhile" if fact == order.change else ""
        return Opinion(words, mark, self._sources((fact,)), in_favour_of(order, fact))

    def _cancelled(self) -> list[Opinion]:
        order = self.order
        given = [*map(self._given, order.handed_over)]
        fees = sum((fact.fee for fact in order.cancelled), start=Money(0, order.currency))
        no_fee = f"No fee: {self._write(fees)} is not kept" if fees else "No fee is kept"
        wanted = "\n".join(("It was wanted after all", *given, f"{no_fee}; what was not fetched is kept again"))
        gone = [self._portions("given up", fact.rows) for fact in order.cancelled]
        fee = f"{self._write(fees)} is kept as a fee" if fees else "No fee is kept"
        stands = "\n".join(("It stays given up", *gone, f"{fee}; what was handed over is gone"))
        return [
            Opinion(wanted, "", self._sources(order.handed_over), withdrawing(order)),
            Opinion(stands, "Shown meanwhile", self._sources(order.cancelled), standing_by(order)),
        ]

    # ------------------------------------------------------------------------------ in words

    def _row(self, row: SoldLine) -> str:
        return f"{format_quantity(row.quantity, self._locale)} × {row.name}"

    def _given(self, fact: GoodsHandedOver) -> str:
        return self._portions(f"handed over, receipt {fact.number}", fact.rows)

    def _portions(self, what: str, rows: Sequence[Portion]) -> str:
        found = []
        for portion in rows:
            row = self._known_row(portion.line)
            found.append(f"{format_quantity(portion.quantity, self._locale)} × {row.name if row else portion.line}")
        return f"{', '.join(found)} {what}" if found else what.capitalize()

    def _known_row(self, line: str) -> SoldLine | None:
        places = (self.order.rows, self.order.head.rows, *(fact.rows for fact in self.order.changed))
        return next((row for rows in places for row in rows if row.line == line), None)

    def _sources(self, facts: Sequence[OrderChanged | OrderCancelled | GoodsHandedOver]) -> tuple[tuple[str, str], ...]:
        voices = [self._voices[name_of(fact)] for fact in facts if name_of(fact) in self._voices]
        return tuple(line for voice in voices[:2] for line in self._source(voice))

    def _source(self, voice: Voice) -> tuple[tuple[str, str], ...]:
        when = clock_time(voice.at.utc_ms, Stamp(self._now.utc_ms, voice.at.offset_minutes))
        where = "at this computer" if voice.is_here else "at another computer"
        who = f"{voice.name}, {where}" if voice.name else where.capitalize()
        return ("user", who), ("clock", when)
