"""Figures of stores as people read them: amounts by locale, differences with a word, moments as they are said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from omsdesk.documents.formats import format_money, format_quantity
from omsdesk.domain.period import Span
from omsdesk.domain.records import record
from omsdesk.domain.values import Money, Stamp, divide
from omsdesk.store.queries.stores import Bar, BestSeller, Drawers, StoreFigures, Takings, TillState
from omsdesk.ui.sync_words import clock_time
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets import bar_chart
from omsdesk.ui.widgets.fact_rows import Fact
from omsdesk.ui.widgets.figure_tiles import Figure

LONG_UNHEARD_MS = 24 * 3_600_000
"""A till that was not heard of for so long is said to be silent: shops open every other day at least."""

_BEFORE = {
    (Span.DAY, 0): "yesterday by now",
    (Span.DAY, 1): "the day before",
    (Span.WEEK, 0): "the 7 days before by now",
    (Span.MONTH, 0): "last month by now",
    (Span.MONTH, 1): "the month before",
}
_NO_MONEY = "–"


@record
class Delta:
    """A difference in words, its tone and its icon."""

    text: str
    tone: Tone
    icon: str


@record
class StoreRow:
    """A store in the list."""

    key: str
    name: str
    state: str
    """Open shifts and the last sale."""
    sales: tuple[str, ...]
    """What it took, one amount per currency."""
    delta: Delta
    columns: tuple[Figure, ...]
    """Tickets, average and items: the first is the last to go where there is little room."""
    chips: tuple[tuple[str, Tone], ...]
    """What somebody should look at."""
    is_heard: bool = True


def count(number: int, one: str, many: str = "") -> str:
    """Count things: ``1 shift``, ``2 shifts``."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def delta(now: Takings | None, before: Takings | None, span: Span, back: int) -> Delta:
    """Say how far an amount is from that of the period before."""
    than = _BEFORE[span, back]
    if before is None or before.total.minor <= 0:
        return Delta(f"no sales {than}" if before is None else "", Tone.NEUTRAL, "")
    minor = now.total.minor if now else 0
    percent = divide(100 * (minor - before.total.minor), before.total.minor)
    if not percent:
        return Delta(f"as {than}", Tone.NEUTRAL, "minus")
    more = "more" if percent > 0 else "less"
    icon, tone = ("trending-up", Tone.OK) if percent > 0 else ("trending-down", Tone.BAD)
    return Delta(f"{abs(percent):,} % {more} than {than}", tone, icon)


def row(figures: StoreFigures, span: Span, back: int, at: Stamp, *, is_heard: bool) -> StoreRow:
    """Write a store for the list."""
    shop, now = figures.shop, figures.takings[0] if figures.takings else None
    if not is_heard:
        state, none = "Its sales are told to the head office, not to this station.", Delta("", Tone.NEUTRAL, "")
        return StoreRow(shop.id, shop.name, state, (), none, (), (), is_heard=False)
    zero = (format_money(Money(0, shop.currency), shop.locale),)
    return StoreRow(
        shop.id,
        shop.name,
        standing(figures, at),
        tuple(format_money(row.total, shop.locale) for row in figures.takings) or zero,
        delta(now, _same(figures.before, now or figures.before), span, back),
        tuple(_columns(now, shop.locale)),
        tuple(_chips(figures)),
    )


def _same(before: Sequence[Takings], now: Takings | Sequence[Takings]) -> Takings | None:
    """Find what was taken before in the currency that is taken now."""
    if not isinstance(now, Takings):
        return before[0] if before else None
    return next((row for row in before if row.total.currency == now.total.currency), None)


def standing(figures: StoreFigures, at: Stamp) -> str:
    """Say how many shifts are open and when something was sold last, by the clocks of the store."""
    shifts = sum(row.since is not None for row in figures.tills)
    words = count(shifts, "open shift") if shifts else "no open shift" if figures.tills else "no till yet"
    sold = figures.last_sale
    if sold is None:
        return f"{words} · nothing sold yet".capitalize()
    return f"{words} · last sale {_there(sold, at)}".capitalize()


def _there(moment: Stamp, at: Stamp) -> str:
    """Write a moment by the clocks of its store."""
    return clock_time(moment.utc_ms, Stamp(at.utc_ms, moment.offset_minutes))


def _columns(now: Takings | None, locale: str) -> Iterable[Figure]:
    yield Figure("Tickets", f"{now.tickets:,}" if now else "0")
    yield Figure("Average", format_money(now.average, locale) if now else _NO_MONEY)
    yield Figure("Items", f"{now.items:,}" if now else "0")


def _chips(figures: StoreFigures) -> Iterable[tuple[str, Tone]]:
    for drawers in figures.drawers:
        if drawers.short:
            yield f"Cash short {format_money(drawers.short, figures.shop.locale)}", Tone.BAD
        if drawers.over:
            yield f"Cash over {format_money(drawers.over, figures.shop.locale)}", Tone.WARN
    if figures.doubles:
        yield f"{figures.doubles} sold twice", Tone.WARN
    if figures.voids:
        yield count(figures.voids, "void"), Tone.NEUTRAL


# ------------------------------------------------------------------------------------------- all stores


def totals(figures: Sequence[StoreFigures], span: Span, back: int) -> list[Figure]:
    """Add all stores up, each currency for itself, and say how many of them are open."""
    locales = {money.currency: row.shop.locale for row in figures for money in _moneys(row)}
    sums = [_sum(currency, (row for store in figures for row in store.takings)) for currency in sorted(locales)]
    sums.sort(key=lambda row: -row.tickets)
    found = [_total(now, locales[now.total.currency], figures, span, back) for now in sums]
    tills = [till for row in figures for till in row.tills]
    is_open = [row for row in figures if any(till.since for till in row.tills)]
    shifts = sum(till.since is not None for till in tills)
    stores = Figure(
        "Open now", f"{len(is_open)} of {count(len(figures), 'store')}", f"{shifts} of {count(len(tills), 'till')} open"
    )
    return [*found, stores]


def _moneys(figures: StoreFigures) -> Iterable[Money]:
    yield Money(0, figures.shop.currency)
    for takings in figures.takings:
        yield takings.total


def _total(now: Takings, locale: str, figures: Sequence[StoreFigures], span: Span, back: int) -> Figure:
    currency = now.total.currency
    before = _sum(currency, (row for store in figures for row in store.before))
    change = delta(now, before if before.tickets else None, span, back)
    words = f"Sales in {currency} · {count(now.tickets, 'ticket')}"
    return Figure(words, format_money(now.total, locale), change.text, change.tone, change.icon)


def _sum(currency: str, takings: Iterable[Takings]) -> Takings:
    found = [row for row in takings if row.total.currency == currency]
    total = sum((row.total.minor for row in found), 0)
    return Takings(Money(total, currency), sum(row.tickets for row in found), sum(row.items for row in found))


# ------------------------------------------------------------------------------------------- one store


def figures_of(figures: StoreFigures, span: Span, back: int) -> list[Figure]:
    """Write all figures of a store that is opened."""
    locale, found = figures.shop.locale, list(figures.takings)
    nothing = Takings(Money(0, figures.shop.currency), 0, 0)
    rows: list[Figure] = []
    for takings in found or [nothing]:
        change = delta(takings, _same(figures.before, takings), span, back)
        name = f"Sales in {takings.total.currency}" if len(found) > 1 else "Sales"
        rows.append(Figure(name, format_money(takings.total, locale), change.text, change.tone, change.icon))
        average = format_money(takings.average, locale) if takings.tickets else _NO_MONEY
        rows.append(Figure("Tickets", f"{takings.tickets:,}", f"{average} each" if takings.tickets else ""))
    voids, doubles = count(figures.voids, "void"), figures.doubles
    twice = f"{count(doubles, 'ticket')} sold twice" if doubles else ""
    items = sum(row.items for row in found)
    rows.append(Figure("Items", f"{items:,}", voids if figures.voids else "no voids"))
    if doubles:
        rows.append(Figure("Two receipts", f"{doubles:,}", twice, Tone.WARN, "triangle-alert"))
    return [*rows, *(_drawer(row, locale) for row in figures.drawers)]


def _drawer(drawers: Drawers, locale: str) -> Figure:
    closed = count(drawers.shifts, "closed shift")
    if not drawers.off:
        return Figure("Cash", "Adds up", closed, Tone.OK, "circle-check")
    off = f"{drawers.off} of {closed}"
    value = format_money(drawers.over - drawers.short, locale)
    sign = "+" if drawers.over > drawers.short else ""
    words = f"{format_money(drawers.short, locale)} short, {format_money(drawers.over, locale)} over"
    detail = words if drawers.over and drawers.short else f"{'over' if drawers.over else 'short'} in {off}"
    return Figure("Cash difference", f"{sign}{value}", detail, Tone.BAD if drawers.short else Tone.WARN, "circle-alert")


def bars(found: Sequence[Bar], locale: str) -> list[bar_chart.Bar]:
    """Write bars: hours from the first to the last that sold something, or days."""
    sold = [number for number, row in enumerate(found) if row.tickets]
    if found and isinstance(found[0].when, int):
        found = found[min([*sold, 9]) : max([*sold, 17]) + 1]
    return [
        bar_chart.Bar(_when(row.when), row.total.minor, format_money(row.total, locale) if row.tickets else "nothing")
        for row in found
    ]


def _when(when: int | str) -> str:
    return f"{when:02}" if isinstance(when, int) else f"{int(when[8:])}.{int(when[5:7])}."


def best(found: Sequence[BestSeller], locale: str) -> list[Fact]:
    """Write best sellers, the first one first."""
    return [
        Fact("tag", row.name, "", format_money(row.amount, locale), f"{format_quantity(row.quantity, locale)} sold")
        for row in found
    ]


def till(row: TillState, at: Stamp) -> Fact:
    """Write a till: its shift, its last sale, and when its station was heard last."""
    title = f"{row.till.name} ({row.till.code}){' · training' if row.till.is_training else ''}"
    sold = f"last sale {_there(row.last_sale, at)}" if row.last_sale else "nothing sold yet"
    is_silent = row.heard is not None and at.utc_ms - row.heard.utc_ms > LONG_UNHEARD_MS
    heard = f"heard {_there(row.heard, at)}" if row.heard else "never heard of"
    if row.since is None:
        return Fact("lock", title, "No open shift", sold, heard)
    by = f" by {row.by}" if row.by else ""
    opened = f"Shift open since {_there(row.since, at)}{by}"
    if is_silent:
        return Fact("triangle-alert", title, f"{opened} · silent for a day or longer", sold, heard, Tone.WARN)
    return Fact("lock-open", title, opened, sold, heard, Tone.OK)
