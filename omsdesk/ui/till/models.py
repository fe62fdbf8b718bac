"""What the till's lists show, made from what the shop knows: cart lines, tiles, results, tickets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from omsdesk.domain.deposit import is_counted
from omsdesk.domain.line import Line as SaleLine
from omsdesk.domain.line import per_unit
from omsdesk.domain.sale import Sale
from omsdesk.domain.stock import SCRAP
from omsdesk.domain.units import PIECE, decimals
from omsdesk.domain.values import MICRO, Money, Stamp
from omsdesk.store.queries import till as queries
from omsdesk.store.queries.mailing import of_document
from omsdesk.store.queries.receipts import Receipt
from omsdesk.store.queries.search import Hit, prices
from omsdesk.store.queries.till import Held, full_name, sale_state, till_of
from omsdesk.store.queries.till import Tile as ProductTile
from omsdesk.ui.days import day_text
from omsdesk.ui.mail_words import told
from omsdesk.ui.sync_words import clock_time
from omsdesk.ui.theme import Tone
from omsdesk.ui.till.counter import Counter
from omsdesk.ui.till.prices.reductions import reduction_words
from omsdesk.ui.till.prices.savings import marks
from omsdesk.ui.widgets.line_list import Line
from omsdesk.ui.widgets.result_list import Result
from omsdesk.ui.widgets.tile_grid import Tile

_NAMED = 3
"""Articles that a waiting ticket is told by."""

FEW = 5
"""Pieces in stock from which a tile says how many are left."""


def cart_line(counter: Counter, row: SaleLine) -> Line:
    """Show a line of the ticket."""
    unit = row.article.unit
    price = per_unit(row.returned.amount, -row.quantity) if row.returned is not None else row.unit_price
    each = "each" if unit == PIECE else f"/ {unit}"
    parts = [f"{counter.money(price)} {each}"] if price else []
    parts += [part for part in (row.article.sku, *numbers_of(row, counter.shop.locale), row.note) if part]
    if row.returned is not None and not is_counted(row):
        parts = [f"Receipt {row.returned.number}" if row.returned.number else "No receipt", *parts]
    off = reduction_words(counter, row)
    return Line(
        row.line,
        counter.quantity(row.quantity, decimals(unit)),
        row.article.name,
        " · ".join(parts),
        counter.money(row.amount(counter.shop.currency)),
        _came_back(row) or off or ("Price typed" if row.open_price else ""),
        Tone.WARN if row.returned is not None else Tone.OK if off else Tone.NEUTRAL,
        icon="undo-2" if row.returned is not None else "",
        marks=marks(counter, row),
    )


def numbers_of(row: SaleLine, locale: str) -> tuple[str, ...]:
    """Say the numbers that are kept with a line: of its units, of its lot, and its last day."""
    serials = f"No. {', '.join(row.serials)}" if row.serials else ""
    lot = f"lot {row.lot}" if row.lot else ""
    return tuple(filter(None, (serials, lot, f"until {day_text(row.expiry, locale)}" if row.expiry else "")))


def _came_back(row: SaleLine) -> str:
    if row.returned is None:
        return ""
    if is_counted(row):
        return "Empties"
    what = "Returned, to scrap" if row.returned.place == SCRAP else "Returned"
    return f"{what}: {row.returned.reason}" if row.returned.reason else what


def tiles(counter: Counter, found: Sequence[ProductTile], hues: Mapping[str, int]) -> list[Tile]:
    """Show products as tiles; a badge only where something is out of the ordinary."""
    return [_tile(counter, tile, hues.get(tile.category, 7)) for tile in found]


def _tile(counter: Counter, tile: ProductTile, hue: int) -> Tile:
    price = counter.money(tile.price) if tile.price else "Type the price"
    left = None if tile.on_hand is None else tile.on_hand.micro
    if tile.variants and (left is None or left > 0):
        return Tile(tile.product, tile.name, price, f"{tile.variants} variants", Tone.NEUTRAL, hue)
    if left is not None and left <= 0:
        return Tile(tile.product, tile.name, price, "Sold out", Tone.BAD, hue, is_dimmed=True)
    if left is not None and tile.kept.micro >= left:
        return Tile(tile.product, tile.name, price, "All kept", Tone.WARN, hue)
    if left is not None and tile.on_hand is not None and left <= FEW * MICRO:
        return Tile(tile.product, tile.name, price, f"{counter.quantity(tile.on_hand)} left", Tone.WARN, hue)
    return Tile(tile.product, tile.name, price, hue=hue)


def hits(counter: Counter, found: Sequence[Hit]) -> list[Result]:
    """Show what a search found."""
    costs = prices(counter.reader, found, counter.day)
    return [
        Result(
            hit.product,
            "package",
            full_name(hit.name, hit.variant),
            " · ".join(part for part in (hit.brand, hit.category, hit.sku) if part),
            counter.money(costs[hit.product]) if hit.product in costs else "",
        )
        for hit in found
    ]


def tickets(counter: Counter, held: Sequence[Held]) -> list[Result]:
    """Show the tickets that wait."""
    return [_ticket(counter, ticket) for ticket in held]


def _ticket(counter: Counter, ticket: Held) -> Result:
    since = f"{ticket.since.local:%H:%M}"
    has_name = ticket.name not in {since, ""}
    title = ticket.name if has_name else f"{'Left in work' if ticket.is_left else 'Held'} at {since}"
    head = f"{items(ticket.item_count)}, since {since}" if has_name else items(ticket.item_count)
    sale = sale_state(counter.reader, ticket.sale)
    detail = ": ".join((head, ", ".join(row.article.name for row in sale.lines[:_NAMED]))) if sale else head
    where = till_of(counter.reader, ticket.till) if ticket.till != counter.till.id else None
    if where is not None:
        detail = f"{where.name} · {detail}"
    return Result(ticket.sale, "pause", title, detail, counter.money(ticket.total))


def unfinished(counter: Counter, found: Sequence[Held]) -> list[Result]:
    """Show the tickets that are paid in part."""
    return [_unfinished(counter, ticket) for ticket in found]


def _unfinished(counter: Counter, ticket: Held) -> Result:
    sale = sale_state(counter.reader, ticket.sale)
    due = sale.due if sale else ticket.total
    names = ", ".join(row.article.name for row in sale.lines[:_NAMED]) if sale else ""
    where = "Held" if ticket.name else "In work"
    title = f"{counter.money(ticket.total - due)} taken of {counter.money(ticket.total)}"
    detail = f"{where} · {items(ticket.item_count)}: {names}"
    return Result(ticket.sale, "coins", title, detail, f"{counter.money(due)} due")


def receipts(counter: Counter, last: Sequence[Receipt]) -> list[Result]:
    """Show receipts, the newest first."""
    now = counter.clock.now()
    names = {till.id: till.name for till in queries.tills(counter.reader) if till.id != counter.till.id}
    return [
        Result(
            receipt.sale,
            "receipt",
            receipt.number,
            _of_receipt(receipt, names.get(receipt.till, ""), now, _mailed(counter, receipt.sale, now)),
            counter.money(receipt.total),
        )
        for receipt in last
    ]


def _of_receipt(receipt: Receipt, till: str, now: Stamp, mailed: str) -> str:
    mark = "one of two" if receipt.is_double else ""
    return " · ".join(filter(None, (till, clock_time(receipt.at_ms, now), items(receipt.item_count), mark, mailed)))


def _mailed(counter: Counter, sale: str, now: Stamp) -> str:
    return next((told(mail, now) for mail in of_document(counter.reader, sale)), "")


def receipt_hits(counter: Counter, found: Sequence[Receipt]) -> list[Result]:
    """Show receipts among what a search found: the key is the receipt itself."""
    return [replace(row, key=receipt) for row, receipt in zip(receipts(counter, found), found, strict=True)]


def items(count: int) -> str:
    """Say how many pieces."""
    return "1 item" if count == 1 else f"{count} items"


def tax_words(counter: Counter, sale: Sale) -> str:
    """Say which taxes a ticket contains, or which come on top of it; empty where there are none."""
    charged = [row for row in sale.summary().taxes if row.amount]
    taxes = " · ".join(_unbroken(f"{counter.tax_name(row.tax)} {counter.money(row.amount)}") for row in charged)
    return f"{'Includes' if sale.terms.is_inclusive else 'Plus'} {taxes}" if taxes else ""


def abs_of(amount: Money) -> Money:
    """Leave the sign out, where words say which way money goes."""
    return amount if amount.minor >= 0 else -amount


def _unbroken(text: str) -> str:
    return text.replace(" ", "\u00a0")
