"""What the till asks: articles, tiles, tickets, and who and where it is."""

from __future__ import annotations

import json
from collections.abc import Container, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

from omsdesk.domain.body import from_body
from omsdesk.domain.cash import z_series
from omsdesk.domain.catalogue import Article
from omsdesk.domain.hands import Ticket
from omsdesk.domain.order_code import order_series
from omsdesk.domain.people import Person
from omsdesk.domain.pricing import Price, PriceBreak, PriceList, breaks_on, unit_price
from omsdesk.domain.records import record
from omsdesk.domain.sale import Sale
from omsdesk.domain.shop import Desk, Shop, Till, epoch_of, receipt_number, series_of
from omsdesk.domain.tax import taxes_on
from omsdesk.domain.traits import PLAIN, Traits
from omsdesk.domain.values import NONE, Money, Quantity, Stamp, barcode_key
from omsdesk.domain.words import fold
from omsdesk.store.engine import Connection, Row
from omsdesk.store.queries.people import person_of
from omsdesk.store.queries.promotion import offers
from omsdesk.store.queries.ticket import ticket
from omsdesk.store.sql import Statements

_journal = Statements("journal")
_catalogue = Statements("catalogue")
_shop = Statements("shop")
_sale = Statements("sale")
_cash = Statements("cash")
_stock = Statements("stock")
_order = Statements("order")
_HUES = 8
FAMILY = "family:"
"""What the id of a tile begins with that stands for a family of variants."""


class Station(NamedTuple):
    """Which device a database belongs to, its epoch, and which till it is (empty: a back office)."""

    device: str
    epoch: int
    till: str


@record
class Found:
    """An article that a code stands for, and how many units one scan of it means."""

    article: Article
    pack: Quantity
    is_sold: bool = True


@record
class Tile:
    """What a tile shows of a product."""

    product: str
    name: str
    category: str
    price: Money | None
    on_hand: Quantity | None
    image: str = ""
    """The path of its picture's file."""
    variants: int = 0
    """How many products are behind it, where it stands for a family of variants; its id is then the family's."""
    variant: str = ""
    """What tells it from others of its family."""
    kept: Quantity = NONE
    """How much of it is kept for orders."""


@record
class Held:
    """A ticket that waits."""

    sale: str
    name: str
    item_count: int
    total: Money
    since: Stamp
    till: str = ""
    """Where it waits."""
    is_left: bool = False
    """Whether nobody put it aside: a disk of this till was lost, or copied, with it in work."""


def station(connection: Connection) -> Station:
    """Read which station this is."""
    return Station(*(connection.row(_journal.STATION) or ("", 0, "")))


def shop_of(connection: Connection, till: str) -> Shop | None:
    """Find the shop a till belongs to; without a till, the only shop there is."""
    body = connection.value(_shop.SHOP_OF_TILL, till=till) if till else connection.value(_shop.SHOP)
    return _shop_from(body) if body else None


def shop_ids(connection: Connection) -> list[str]:
    """List the shops of the business."""
    return [shop for (shop,) in connection.rows(_shop.SHOP_IDS)]


def shop_by_id(connection: Connection, shop: str) -> Shop | None:
    """Find a shop of whatever store by its id."""
    row = connection.row(_shop.SHOP_ROW, id=shop)
    return _shop_from(row[0]) if row else None


def till_of(connection: Connection, till: str) -> Till | None:
    """Find a till by its id."""
    body = connection.value(_shop.TILL, till=till)
    return _till_from(body) if body else None


def tills(connection: Connection, shop: str = "") -> list[Till]:
    """List the tills of a shop by their codes, 2 before 10; without a shop, those of all stores."""
    found = [_till_from(body) for (body,) in connection.rows(_shop.TILLS)]
    found.sort(key=lambda till: (len(till.code), till.code))
    return [till for till in found if shop in {"", till.shop}]


def people(connection: Connection) -> list[Person]:
    """List everybody who works here, by name."""
    return [person_of(connection, body) for (body,) in connection.rows(_shop.PEOPLE)]


def person(connection: Connection, who: str) -> Person | None:
    """Find a person by id."""
    body = connection.value(_shop.PERSON, person=who)
    return person_of(connection, body) if body else None


def who_is_at(connection: Connection, till: str) -> Person | None:
    """Find who signed in at a till last."""
    body = connection.value(_shop.WHO_IS_AT, till=till)
    return person_of(connection, body) if body else None


# Every action asks for these, and they are seldom other than last time: what is read is remembered by its text.


@lru_cache(maxsize=8)
def _shop_from(body: str) -> Shop:
    return from_body(Shop, json.loads(body))


@lru_cache(maxsize=64)
def _till_from(body: str) -> Till:
    return from_body(Till, json.loads(body))


def open_shift(connection: Connection, till: str) -> str:
    """Find the open shift of a till; empty where there is none."""
    return str(connection.value(_cash.OPEN_AT, till=till) or "")


def desk(connection: Connection, where: Station, at: Stamp) -> Desk | None:
    """Gather what decisions at this till look at; None while shop or till are not set up."""
    till, shop = till_of(connection, where.till), shop_of(connection, where.till)
    if till is None or shop is None:
        return None
    series = series_of(till, where.epoch)
    last = int(connection.value(_shop.LAST_COUNT, series=series) or 0)
    return Desk(
        shop, till, at, open_shift(connection, till.id), receipt_number(series, last + 1),
        promotions=offers(connection, shop.id, at),
    )  # fmt: skip


def last_epoch_at(connection: Connection, where: Station) -> int:
    """Find the newest epoch in which anybody wrote at the till of a station; 0 where nobody did.

    A shift that another station has there counts, too: its receipts may be still on their way.
    """
    till = till_of(connection, where.till)
    if till is None:
        return 0
    series = (
        name.removeprefix(z_series("")).removesuffix(order_series("")) for (name,) in connection.rows(_shop.ALL_SERIES)
    )
    others = connection.value(_cash.EPOCH_OF_OTHERS, till=where.till, device=where.device) or 0
    return max(others, *(epoch_of(till, name) for name in series), 0)


def last_epoch_of_namesakes(connection: Connection, where: Station) -> int:
    """Find the last epoch that other tills with the code of this one are to use, those with smaller ids; 0 without any.

    Two stations that made a till while apart may have given both one code. Until that is settled they write in
    different epochs: the first in the order of ids from 1 on, the next from 2 on, wherever it is known of what they
    wrote.
    """
    till = till_of(connection, where.till)
    last = 0
    for other in tills(connection) if till else ():
        if other == till:
            break
        if till and (other.code, other.is_training) == (till.code, till.is_training):
            last = max(last + 1, connection.value(_cash.EPOCH_OF_OTHERS, till=other.id, device=where.device) or 0)
    return last


def is_series_anothers(connection: Connection, where: Station) -> bool:
    """Tell whether receipts were written in the series of a station, and none of them by it."""
    till = till_of(connection, where.till)
    if till is None:
        return False
    series = series_of(till, where.epoch)
    is_used = connection.value(_shop.LAST_COUNT, series=series) is not None
    return is_used and connection.value(_sale.IS_OWN_SERIES, series=series, device=where.device) is None


def product_by_barcode(connection: Connection, code: str, shop: Shop, day: str) -> Found | None:
    """Find what a scanned or typed barcode stands for."""
    row = connection.row(_catalogue.BY_BARCODE, code=barcode_key(code))
    return _found(connection, row, shop, day) if row else None


def product_by_id(
    connection: Connection, product: str, shop: Shop, day: str, given: Container[str] = ()
) -> Found | None:
    """Find a product by its id, as a chosen tile or search result does; ``given`` are a customer's price lists."""
    row = connection.row(_catalogue.BY_ID, id=product)
    return _found(connection, row, shop, day, given) if row else None


def product_by_sku(connection: Connection, sku: str, shop: Shop, day: str) -> Found | None:
    """Find the one product with an SKU; nothing where several share it."""
    rows = connection.rows(_catalogue.BY_SKU, sku=sku)
    return _found(connection, rows[0], shop, day) if len(rows) == 1 else None


def _found(connection: Connection, row: Row, shop: Shop, day: str, given: Container[str] = ()) -> Found:
    no, product, name, variant, sku, unit, category, tax_category, is_tracked, is_sold, *more = row
    traits, brand, family, pack = more
    known = traits_from(traits) if traits else PLAIN
    prices = breaks_on(day, prices_of(connection, no, product), price_lists(connection), given)
    if known.components:
        known, prices = _bundle(connection, known, prices, day, given)
    article = Article(
        product=product,
        name=full_name(name, variant),
        sku=sku,
        unit=unit,
        category=category,
        prices=prices,
        taxes=taxes_on(day, tax_category, shop.tax_rates),
        is_tracked=bool(is_tracked),
        traits=known,
        brand=brand,
        family=family,
    )
    return Found(article, Quantity(pack), bool(is_sold))


def _bundle(
    connection: Connection, traits: Traits, prices: tuple[PriceBreak, ...], day: str, given: Container[str]
) -> tuple[Traits, tuple[PriceBreak, ...]]:
    """Leave out of a bundle what nobody counts; without a price of its own it costs what its parts cost."""
    lists, counted, parts = price_lists(connection), [], []
    for part in traits.components:
        row = connection.row(_catalogue.BY_ID, id=part.product)
        if row is None:
            continue
        counted += [part] if row[8] else []
        own = breaks_on(day, prices_of(connection, row[0], part.product), lists, given)
        parts.append(unit_price(own, part.quantity))
        if parts[-1] is not None:
            parts[-1] = parts[-1].times(part.quantity)
    known = replace(traits, components=tuple(counted))
    costs = [price for price in parts if price is not None]
    is_sum = not prices and costs and len(costs) == len(traits.components) == len(parts)
    if not is_sum or len({price.currency for price in costs}) > 1:
        return known, prices
    return known, (PriceBreak(Quantity(0), sum(costs[1:], start=costs[0])),)


@lru_cache(maxsize=1024)
def traits_from(body: str) -> Traits:
    """Read what is out of the ordinary about a product."""
    return from_body(Traits, json.loads(body)) if body else PLAIN


def full_name(name: str, variant: str) -> str:
    """Name a variant as a customer reads it."""
    return f"{name}, {variant}" if variant else name


def prices_of(connection: Connection, no: int, product: str) -> list[Price]:
    """List all prices of the product with this row and id."""
    return [
        Price(list_id, product, Money(minor, currency), Quantity(from_quantity), valid_from, valid_to)
        for list_id, from_quantity, valid_from, valid_to, minor, currency in connection.rows(
            _catalogue.PRICES_OF, product_no=no
        )
    ]


def price_lists(connection: Connection) -> list[PriceList]:
    """List the heads of all price lists."""
    return [
        PriceList(id, name, priority, valid_from, valid_to, bool(is_given), off_ppm)
        for id, name, priority, valid_from, valid_to, is_given, off_ppm in connection.rows(_catalogue.PRICE_LISTS)
    ]


def categories(connection: Connection) -> list[tuple[str, int]]:
    """List the categories by name with their hue, which hangs on the name alone: every station shows one picture."""
    folded = sorted((fold(name), name) for (name,) in connection.rows(_catalogue.CATEGORIES))
    return [(name, crc32(key.encode()) % _HUES) for key, name in folded]


def favourite_tiles(connection: Connection, shop: Shop, day: str) -> list[Tile]:
    """List the favourites; a shop that chose none sees its newest products."""
    rows = connection.rows(_catalogue.FAVOURITES) or connection.rows(_catalogue.NEWEST, most=24)
    return _tiles(connection, rows, shop, day)


def category_tiles(connection: Connection, category: str, shop: Shop, day: str, most: int = 400) -> list[Tile]:
    """List the products of a category, the first ``most`` of them; the variants of a family are one tile."""
    rows = connection.rows(_catalogue.OF_CATEGORY, category=category, most=most)
    families: dict[str, list[Row]] = {}
    for row in rows:
        families.setdefault(row[6] or row[1], []).append(row)
    first = {same[0][1]: same for same in families.values() if len(same) > 1}
    kept = [same[0] for same in families.values()]
    return [
        _family(connection, tile, first[tile.product], shop) if tile.product in first else tile
        for tile in _tiles(connection, kept, shop, day)
    ]


def _family(connection: Connection, tile: Tile, rows: list[Row], shop: Shop) -> Tile:
    """Let one tile stand for all variants of a family."""
    known = [level for row in rows if (level := on_hand(connection, row[1], shop)) is not None]
    level = Quantity(sum(level.micro for level in known)) if len(known) == len(rows) else None
    return replace(tile, product=f"{FAMILY}{rows[0][6]}", name=rows[0][2], on_hand=level, variants=len(rows))


def variants_of(connection: Connection, family: str, shop: Shop, day: str, most: int = 200) -> list[Tile]:
    """List the variants of a family."""
    return _tiles(connection, connection.rows(_catalogue.OF_FAMILY, family=family, most=most), shop, day)


def _tiles(connection: Connection, rows: list[Row], shop: Shop, day: str) -> list[Tile]:
    lists = price_lists(connection)
    kept: dict[str, int] = dict(connection.rows(_order.KEPT, place=f"shop:{shop.id}"))
    return [
        Tile(
            product,
            full_name(name, variant),
            category,
            next((step.price for step in breaks_on(day, prices_of(connection, no, product), lists)), None),
            on_hand(connection, product, shop),
            image,
            variant=variant,
            kept=Quantity(kept.get(product, 0)),
        )
        for no, product, name, variant, category, image, _ in rows
    ]


def on_hand(connection: Connection, product: str, shop: Shop) -> Quantity | None:
    """How much of a product stands in the shop; None where it was never counted or received."""
    level = connection.value(_stock.LEVEL, product=product, place=f"shop:{shop.id}")
    return None if level is None else Quantity(level)


def reserved(connection: Connection, product: str, shop: Shop) -> Quantity:
    """How much of a product is kept for orders in a shop."""
    return Quantity(int(connection.value(_order.RESERVED, product=product, place=f"shop:{shop.id}")))


def open_sale_id(connection: Connection, till: str) -> str:
    """Find the unfinished ticket of a till that this station works on; empty where there is none."""
    found = open_sale(connection, till)
    return found.sale if found else ""


def open_sale(connection: Connection, till: str) -> Sale | None:
    """Find the unfinished ticket that this station works on at a till, as a cut of the power left it."""
    own = (known.own for known in _open_at(connection, till))
    found = (sale for sale in own if sale is not None and sale.held_as is None)
    # Nobody works on two: the later id is the newer ticket.
    return max(found, key=lambda sale: sale.sale, default=None)


def _open_at(connection: Connection, till: str) -> Iterator[Ticket]:
    for (sale,) in connection.rows(_sale.OPEN_AT, till=till):
        found = ticket(connection, sale)
        if found is not None:
            yield found


def sale_state(connection: Connection, sale: str) -> Sale | None:
    """Fold a ticket from its facts, as it stands for this station."""
    found = ticket(connection, sale)
    return found.here if found else None


def begun_by(connection: Connection, sale: str) -> str:
    """Tell who began a ticket that is not finished; empty where there is no such ticket."""
    return str(connection.value(_sale.BEGUN_BY, sale=sale) or "")


def held_sales(connection: Connection, till: str = "") -> list[Held]:
    """List the tickets that wait at any till of the store, oldest first.

    With a ``till``, those come with them that another disk of this till left in work: nobody else has them in sight.
    """
    held = [
        Held(sale, name, count, Money(total, currency), Stamp(since), where)
        for sale, name, count, total, currency, since, where in connection.rows(_sale.HELD)
    ]
    return [*(_left_open(connection, till) if till else ()), *held]


def _left_open(connection: Connection, till: str) -> Iterator[Held]:
    for known in _open_at(connection, till):
        sale = known.here
        if sale is not None and sale.is_elsewhere and sale.till == till:
            started = connection.value(_sale.STARTED, sale=sale.sale)
            yield Held(sale.sale, "", sale.item_count, sale.total, Stamp(started), till, is_left=True)


def paid_in_part(connection: Connection, till: str) -> list[Held]:
    """List the unfinished tickets of a till that money was taken for, oldest first; of training, nothing is money."""
    rows = connection.rows(_sale.UNFINISHED_AT, till=till)
    folded = ((sale_state(connection, sale), since) for sale, since in rows)
    return [
        Held(sale.sale, sale.held_as or "", sale.item_count, sale.total, Stamp(since), till)
        for sale, since in folded
        if sale is not None and sale.is_open and sale.tenders and sale.till == till
    ]
