"""What the head office asks about its stores: what they took, and how their tills stand.

A day is the calendar day of the store. Amounts of two currencies are never added up. Training counts nowhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from omsdesk.domain.body import from_json
from omsdesk.domain.cash import ShiftClosed
from omsdesk.domain.period import Period, Span, period, period_before
from omsdesk.domain.records import record
from omsdesk.domain.shop import Shop, Till
from omsdesk.domain.values import Money, Quantity, Stamp, divide
from omsdesk.store.doubles import parts
from omsdesk.store.engine import Connection
from omsdesk.store.journal import unpack
from omsdesk.store.queries import till as queries
from omsdesk.store.sql import Statements

_sql = Statements("stores")
_BEST = 5
"""Best sellers that are told."""


@record
class Takings:
    """What was sold in one currency."""

    total: Money
    tickets: int
    items: int

    @property
    def average(self) -> Money:
        """What a ticket came to on average."""
        return Money(divide(self.total.minor, self.tickets) if self.tickets else 0, self.total.currency)


@record
class Drawers:
    """What was counted in closed shifts of one currency, against what should have been there."""

    over: Money
    short: Money
    """What is missing, above zero."""
    shifts: int
    off: int
    """How many of the shifts did not add up."""


@record
class TillState:
    """A till, its open shift, and what is known of the station that it is."""

    till: Till
    since: Stamp | None
    """When its open shift began; None where none is open."""
    by: str
    """The name of who opened it."""
    last_sale: Stamp | None
    heard: Stamp | None
    """The newest entry that was heard of its station, by that station's clock."""


@record
class StoreFigures:
    """A store in a period, and the period it is compared with; what it took most often stands first."""

    shop: Shop
    takings: tuple[Takings, ...]
    before: tuple[Takings, ...]
    voids: int
    """Tickets that were given up, by the day they began."""
    doubles: int
    """Tickets with two receipts."""
    drawers: tuple[Drawers, ...]
    tills: tuple[TillState, ...]
    offset_minutes: int
    """How far the clocks of the store are from UTC."""

    @property
    def last_sale(self) -> Stamp | None:
        """When it sold something last, ever."""
        return max((row.last_sale for row in self.tills if row.last_sale), default=None)

    @property
    def heard(self) -> Stamp | None:
        """The newest entry that was heard of any of its tills."""
        return max((row.heard for row in self.tills if row.heard), default=None)


@record
class Bar:
    """What was sold in an hour (0 to 23) or on a day (ISO 8601)."""

    when: int | str
    total: Money
    tickets: int


@record
class BestSeller:
    """A product by what it brought in."""

    name: str
    quantity: Quantity
    amount: Money


@record
class StoreDetail:
    """A store opened: bars and best sellers in the currency that it sold most often in."""

    figures: StoreFigures
    bars: tuple[Bar, ...]
    best: tuple[BestSeller, ...]


def stores(connection: Connection, span: Span, back: int, at: Stamp) -> list[StoreFigures]:
    """Give the figures of every store by name; one that sold nothing is there, too."""
    with connection.snapshot():
        by_shop: dict[str, list[Till]] = defaultdict(list)
        for till in queries.tills(connection):
            by_shop[till.shop].append(till)
        shops = (queries.shop_by_id(connection, shop) for shop in queries.shop_ids(connection))
        found = [_figures(connection, shop, by_shop[shop.id], span, back, at) for shop in shops if shop]
    return sorted(found, key=lambda row: (row.shop.name.casefold(), row.shop.id))


def store(connection: Connection, shop: str, span: Span, back: int, at: Stamp, till: str = "") -> StoreDetail | None:
    """Give all that is told of one store, or of one till of it; None where there is no such store."""
    with connection.snapshot():
        known = queries.shop_by_id(connection, shop)
        if known is None:
            return None
        tills = [row for row in queries.tills(connection, shop) if till in {"", row.id}]
        figures = _figures(connection, known, tills, span, back, at)
        when = period(span, back, Stamp(at.utc_ms, figures.offset_minutes))
        currency = figures.takings[0].total.currency if figures.takings else known.currency
        bars = (
            _hours(connection, tills, when, currency, figures.offset_minutes)
            if span is Span.DAY
            else _days(connection, tills, when, currency)
        )
        return StoreDetail(figures, bars, _best(connection, tills, when, currency))


def _figures(
    connection: Connection, shop: Shop, tills: Sequence[Till], span: Span, back: int, at: Stamp
) -> StoreFigures:
    states = [_till_state(connection, till, at) for till in tills]
    # The newest word of any of its tills tells which time it is there: a summer may have ended since the others'.
    newest = max((state.heard for state in states if state.heard), default=at)
    here = Stamp(at.utc_ms, newest.offset_minutes)
    when = period(span, back, here)
    bounds = when.bounds(here.offset_minutes)
    return StoreFigures(
        shop,
        _takings(connection, tills, when),
        _takings(connection, tills, period_before(span, back, here)),
        sum(_voids(connection, till, bounds) for till in tills),
        _doubles(connection, tills, when),
        _drawers(connection, tills, bounds),
        tuple(states),
        here.offset_minutes,
    )


def _of(till: Till, when: Period) -> dict[str, object]:
    return {"till": till.id, "first": when.first, "last": when.last, "until_ms": when.until_ms}


# ------------------------------------------------------------------------------------------- what was sold


def _takings(connection: Connection, tills: Iterable[Till], when: Period) -> tuple[Takings, ...]:
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for till in tills:
        for _, currency, *amounts in connection.rows(_sql.TAKINGS, **_of(till, when)):
            sums[currency] = [before + more for before, more in zip(sums[currency], amounts, strict=True)]
    rows = [Takings(Money(total, currency), tickets, items) for currency, (tickets, total, items) in sums.items()]
    return tuple(sorted(rows, key=lambda row: (-row.tickets, row.total.currency)))


def _hours(
    connection: Connection, tills: Iterable[Till], when: Period, currency: str, offset_minutes: int
) -> tuple[Bar, ...]:
    sums = dict.fromkeys(range(24), (0, 0))
    more = {"currency": currency, "offset_ms": offset_minutes * 60_000}
    for till in tills:
        for hour, tickets, total in connection.rows(_sql.HOURS, **_of(till, when), **more):
            sums[hour] = (sums[hour][0] + tickets, sums[hour][1] + total)
    return tuple(Bar(hour, Money(total, currency), tickets) for hour, (tickets, total) in sums.items())


def _days(connection: Connection, tills: Iterable[Till], when: Period, currency: str) -> tuple[Bar, ...]:
    sums = dict.fromkeys(when.days, (0, 0))
    for till in tills:
        for day, known, tickets, total, _ in connection.rows(_sql.TAKINGS, **_of(till, when)):
            if known == currency:
                sums[day] = (sums[day][0] + tickets, sums[day][1] + total)
    return tuple(Bar(day, Money(total, currency), tickets) for day, (tickets, total) in sums.items())


def _best(connection: Connection, tills: Iterable[Till], when: Period, currency: str) -> tuple[BestSeller, ...]:
    sums: dict[tuple[str, str], tuple[str, int, int]] = {}
    for till in tills:
        rows = connection.rows(_sql.SOLD, **_of(till, when), currency=currency)
        for product, sold_as, name, quantity, amount in rows:
            before = sums.get((product, sold_as), ("", 0, 0))
            sums[product, sold_as] = (max(before[0], name), before[1] + quantity, before[2] + amount)
    first = sorted(sums.values(), key=lambda row: (-row[2], row[0]))[:_BEST]
    return tuple(BestSeller(name, Quantity(quantity), Money(amount, currency)) for name, quantity, amount in first)


def _voids(connection: Connection, till: Till, bounds: tuple[int, int]) -> int:
    return int(connection.value(_sql.VOIDS, till=till.id, from_ms=bounds[0], to_ms=bounds[1]))


def _doubles(connection: Connection, tills: Iterable[Till], when: Period) -> int:
    own = {till.id for till in tills}
    rows = connection.rows(_sql.DOUBLES, first=when.first, last=when.last)
    return len({parts(sale)[0] for sale, till in rows if till in own})


# ------------------------------------------------------------------------------------------- drawers and tills


def _drawers(connection: Connection, tills: Iterable[Till], bounds: tuple[int, int]) -> tuple[Drawers, ...]:
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for fact in _closes(connection, tills, bounds):
        found = [row.difference.minor for row in fact.figures.tenders if row.difference is not None]
        over, short = sum(amount for amount in found if amount > 0), -sum(amount for amount in found if amount < 0)
        add = (over, short, 1, int(bool(over or short)))
        currency = fact.figures.total.currency
        sums[currency] = [before + more for before, more in zip(sums[currency], add, strict=True)]
    return tuple(
        Drawers(Money(over, currency), Money(short, currency), shifts, off)
        for currency, (over, short, shifts, off) in sorted(sums.items(), key=lambda row: (-row[1][2], row[0]))
    )


def _closes(connection: Connection, tills: Iterable[Till], bounds: tuple[int, int]) -> Iterator[ShiftClosed]:
    """Read the reports of closed shifts: of one that a copied disk closed again, both that fall into the bounds."""
    for till in tills:
        rows = connection.rows(_sql.CLOSED, till=till.id, from_ms=bounds[0], to_ms=bounds[1])
        for shift in {parts(row)[0] for (row,) in rows}:
            for kind, version, body in connection.rows(_sql.CLOSES, shift=shift):
                fact = from_json(kind, version, unpack(body))
                if isinstance(fact, ShiftClosed) and bounds[0] <= fact.at.utc_ms < bounds[1] and not _is_training(fact):
                    yield fact


def _is_training(fact: ShiftClosed) -> bool:
    # The letters of an epoch leave T out: at the end of a series it means training (domain/shop.py).
    return fact.series.endswith("T")


def _till_state(connection: Connection, till: Till, at: Stamp) -> TillState:
    shifts = connection.rows(_sql.OPEN_SHIFTS, till=till.id)
    newest = shifts[-1][0] if shifts else parts(str(connection.value(_sql.LAST_CLOSED, till=till.id) or ""))[0]
    origin, offset = connection.row(_sql.OPENED_AT, shift=newest) or ("", at.offset_minutes)
    heard_ms = connection.value(_sql.LAST_ENTRY, origin=origin)
    sold_ms = connection.value(_sql.LAST_SALE, till=till.id)
    _, since_ms, who = shifts[0] if shifts else ("", None, "")
    person = queries.person(connection, who) if who else None
    return TillState(
        till,
        None if since_ms is None else Stamp(since_ms, offset),
        person.name if person else "",
        None if sold_ms is None else Stamp(sold_ms, offset),
        None if heard_ms is None else Stamp(heard_ms, offset),
    )
