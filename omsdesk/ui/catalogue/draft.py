"""A product as it stands in the form: texts as they were typed, and what they come to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from omsdesk.channels.product_files.amounts import read_price, read_quantity
from omsdesk.documents.formats import format_amount, format_quantity
from omsdesk.domain.catalogue import PackCode, PriceRow, ProductEdit, SaveProducts, SetPrices
from omsdesk.domain.pricing import Price, PriceList
from omsdesk.domain.shop import Shop
from omsdesk.domain.traits import Component, StockPolicy
from omsdesk.domain.values import Money, Quantity
from omsdesk.ui.days import day_text, read_day

WITHDRAWN = "0001-01-01"
"""The last day of a price that was taken back: it holds on no day, and prices are never deleted."""

SWITCHES = ("asks_price", "is_divisible", "asks_serial", "asks_lot", "is_deposit", "is_gift_card")
_OLDEST = 99
TEXTS = ("name", "variant", "brand", "sku", "category", "unit", "tax_category", "description", "image")


@dataclass(frozen=True, slots=True)
class PriceDraft:
    """One further price. ``known`` is the price as it is in the database, None for a new one."""

    list_name: str = "Retail"
    from_quantity: str = ""
    valid_from: str = ""
    valid_to: str = ""
    price: str = ""
    known: Price | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What the form shows of a product."""

    name: str = ""
    variant: str = ""
    brand: str = ""
    sku: str = ""
    category: str = ""
    unit: str = "piece"
    tax_category: str = ""
    description: str = ""
    image: str = ""
    price: str = ""
    favourite: str = ""
    is_sold: bool = True
    is_tracked: bool = True
    age: str = ""
    asks_price: bool = False
    minimum_price: str = ""
    is_divisible: bool = False
    asks_serial: bool = False
    asks_lot: bool = False
    deposit: str = ""
    is_deposit: bool = False
    is_gift_card: bool = False
    stock_policy: str = ""
    components: tuple[Component, ...] = ()
    modifiers: str = ""
    barcodes: tuple[PackCode, ...] = ()
    prices: tuple[PriceDraft, ...] = field(default=())


def mark_of(shop: Shop) -> str:
    """The decimal mark that people of this shop write."""
    return "," if "," in format_amount(Money(1, "EUR"), shop.locale) else "."


def draft_of(known: ProductEdit, prices: list[Price], lists: list[PriceList], shop: Shop) -> Draft:
    """Write a product that is known as the form shows it."""
    names = {row.id: row.name for row in lists}
    said: dict[str, Any] = {name: getattr(known, name) or "" for name in TEXTS}
    said |= {name: bool(getattr(known, name)) for name in SWITCHES}
    return Draft(
        **said,
        price=format_amount(known.price, shop.locale) if known.price is not None else "",
        favourite=str(known.favourite) if known.favourite else "",
        is_sold=known.is_sold is not False,
        is_tracked=known.is_tracked is not False,
        age=str(known.age) if known.age else "",
        minimum_price=format_amount(known.minimum_price, shop.locale) if known.minimum_price else "",
        deposit=known.deposit or "",
        stock_policy=str(known.stock_policy or ""),
        components=known.components or (),
        modifiers=", ".join(known.modifiers or ()),
        barcodes=known.barcodes or (),
        prices=tuple(
            PriceDraft(
                names.get(row.list_id, row.list_id),
                format_quantity(row.from_quantity, shop.locale) if row.from_quantity else "",
                day_text(row.valid_from, shop.locale),
                day_text(row.valid_to, shop.locale),
                format_amount(row.price, shop.locale),
                row,
            )
            for row in prices
            if row.valid_to != WITHDRAWN
        ),
    )


def problems(draft: Draft, shop: Shop, kept: Collection[str] = ()) -> dict[str, str]:
    """Say what is wrong with which field; ``prices.2`` is the third further price.

    ``kept`` names the groups of extras that the product is asked already: they stay, though nobody has them any more.
    """
    found: dict[str, str] = {}
    if not draft.name.strip():
        found["name"] = "A product needs a name."
    _try(found, "price", lambda: read_price(draft.price, shop.currency, mark_of(shop)))
    if draft.favourite.strip() and not (draft.favourite.strip().isdecimal() and int(draft.favourite) < 1000):
        found["favourite"] = "Type a place such as 1, 2 or 3, or nothing."
    _try(found, "minimum_price", lambda: read_price(draft.minimum_price, shop.currency, mark_of(shop)))
    if draft.age.strip() and not (draft.age.strip().isdecimal() and int(draft.age) <= _OLDEST):
        found["age"] = "Type an age in years such as 18, or nothing."
    _try(found, "modifiers", lambda: _groups(draft, shop, kept))
    places: set[tuple[str, Quantity, str]] = set()
    for number, row in enumerate(draft.prices):
        _try(found, f"prices.{number}", lambda row=row: _placed(row, shop, places))
    return found


def _placed(row: PriceDraft, shop: Shop, places: set[tuple[str, Quantity, str]]) -> None:
    wanted = price_row("", row, shop)
    place = (" ".join(row.list_name.casefold().split()), wanted.from_quantity, wanted.valid_from)
    if place in places:
        raise ValueError("There is another price in this list for the same quantity and first day.")
    places.add(place)


def _groups(draft: Draft, shop: Shop, kept: Collection[str] = ()) -> tuple[str, ...]:
    """Read the groups of extras that are asked, as the settings write them.

    Raises:
        ValueError: a sentence that names the first one that nobody has made.

    """
    known = {name.casefold(): name for name in (*kept, *(group.name for group in shop.modifiers))}
    said = list(filter(None, map(str.strip, draft.modifiers.split(","))))
    missing = next((name for name in said if name.casefold() not in known), "")
    if missing:
        there = ", ".join(known.values())
        raise ValueError(
            f"There are no extras called “{missing}” yet: make them in the settings, at Goods, first."
            + (f" There are: {there}." if there else "")
        )
    return tuple(dict.fromkeys(known[name.casefold()] for name in said))


def _try(found: dict[str, str], name: str, read: Any) -> None:
    try:
        read()
    except ValueError as error:
        found[name] = str(error)


def price_row(product: str, row: PriceDraft, shop: Shop) -> PriceRow:
    """Read a further price.

    Raises:
        ValueError: a sentence that says what is wrong with it.

    """
    mark = mark_of(shop)
    price = read_price(row.price, shop.currency, mark)
    if price is None:
        raise ValueError("Type a price.")
    quantity = read_quantity(row.from_quantity, mark) or Quantity(0)
    if quantity.micro < 0:
        raise ValueError("Type from how many on this price holds.")
    first, last = read_day(row.valid_from, shop.locale), read_day(row.valid_to, shop.locale)
    if last and first > last:
        raise ValueError("The last day comes before the first day.")
    if not row.list_name.strip():
        raise ValueError("Choose a price list.")
    return PriceRow(product, price, quantity, first, last)


def edit_of(draft: Draft, known: ProductEdit, shop: Shop) -> ProductEdit:
    """Say only what is different from what is known. The draft has no problems."""
    price = read_price(draft.price, shop.currency, mark_of(shop))
    said: dict[str, Any] = {name: getattr(draft, name).strip() for name in TEXTS}
    said |= {
        "price": price,
        "favourite": int(draft.favourite.strip() or 0),
        "is_sold": draft.is_sold,
        "is_tracked": draft.is_tracked,
        "barcodes": draft.barcodes,
        "age": int(draft.age.strip() or 0),
        "minimum_price": read_price(draft.minimum_price, shop.currency, mark_of(shop)) or Money(0, shop.currency),
        "deposit": draft.deposit,
        "stock_policy": StockPolicy(draft.stock_policy),
        "components": draft.components,
        "modifiers": _groups(draft, shop, known.modifiers or ()),
        **{name: getattr(draft, name) for name in SWITCHES},
    }
    changed = {
        name: value for name, value in said.items() if value is not None and value != _before(known, name, value)
    }
    return ProductEdit(known.product, known.base, **changed)


def _before(known: ProductEdit, name: str, said: Any) -> Any:
    value = getattr(known, name)
    if value is None:
        usual: dict[str, Any] = {"favourite": 0, "is_sold": True, "is_tracked": True, "price": None}
        usual |= dict.fromkeys(("barcodes", "components", "modifiers"), ())
        usual |= {"age": 0, "stock_policy": StockPolicy.SHOP, **dict.fromkeys(SWITCHES, False)}
        return Money(0, said.currency) if name == "minimum_price" else usual.get(name, "")
    return value


def opposite_of(edit: ProductEdit, known: ProductEdit, revision: int = 0) -> ProductEdit:
    """The edit that takes an edit back, made from the revision it left.

    A product that is new cannot go again: it is no longer sold and lets go of its barcodes. A first price stays.
    """
    if known.base == 0:
        return ProductEdit(known.product, revision, is_sold=False, barcodes=() if edit.barcodes else None)
    return ProductEdit(
        known.product, revision, **{name: _before(known, name, value) for name, value in edit.changes.items()}
    )


def by_base(edit: ProductEdit, begun: Mapping[str, int]) -> tuple[ProductEdit, ...]:
    """Part an edit by the revisions that its fields were typed over; ``begun`` names those that are not its base."""
    said: dict[int, dict[str, Any]] = {}
    for name, value in edit.changes.items():
        said.setdefault(begun.get(name, edit.base), {})[name] = value
    return tuple(ProductEdit(edit.product, base, **said[base]) for base in sorted(said))


def based_on(revision: int, commands: Iterable[SaveProducts | SetPrices]) -> tuple[SaveProducts | SetPrices, ...]:
    """Let edits and prices be made from a revision of their product."""
    return tuple(
        replace(command, edits=tuple(replace(edit, base=revision) for edit in command.edits))
        if isinstance(command, SaveProducts)
        else replace(command, rows=tuple(replace(row, base=revision) for row in command.rows))
        for command in commands
    )


def price_changes(
    product: str, draft: Draft, known: tuple[PriceDraft, ...], shop: Shop, lists: list[PriceList]
) -> tuple[dict[PriceList, list[PriceRow]], dict[PriceList, list[PriceRow]]]:
    """Find which further prices have to be set in which list, and what takes that back."""
    by_name = {row.name.casefold(): row for row in lists}
    todo: dict[PriceList, list[PriceRow]] = {}
    undo: dict[PriceList, list[PriceRow]] = {}
    for row in draft.prices:
        wanted, price_list = price_row(product, row, shop), _list_of(row.list_name, by_name)
        if row.known is not None and _same(row.known, wanted, price_list):
            continue
        moved = row.known is not None and not _same_place(row.known, wanted, price_list)
        todo.setdefault(price_list, []).append(wanted)
        if row.known is None or moved:
            undo.setdefault(price_list, []).append(replace(wanted, valid_to=WITHDRAWN))
        if row.known is not None:
            _back(row.known, lists, undo)
            if moved:
                _withdraw(row.known, lists, todo)
    kept = {row.known for row in draft.prices}
    for row in known:
        if row.known is not None and row.known not in kept:
            _withdraw(row.known, lists, todo)
            _back(row.known, lists, undo)
    return _ended_first(todo), _ended_first(undo)


def _ended_first(changes: dict[PriceList, list[PriceRow]]) -> dict[PriceList, list[PriceRow]]:
    """What ends comes before what begins: a price may take the place of one that goes."""
    return {price_list: sorted(rows, key=lambda row: row.valid_to != WITHDRAWN) for price_list, rows in changes.items()}


def commands_of(batch: str, changes: dict[PriceList, list[PriceRow]]) -> list[SetPrices]:
    """Make one command per price list."""
    return [SetPrices(f"{batch}-{price_list.id}", price_list, tuple(rows)) for price_list, rows in changes.items()]


def _list_of(name: str, by_name: dict[str, PriceList]) -> PriceList:
    name = " ".join(name.split())
    known = by_name.get(name.casefold())
    if known is not None:
        return known
    made = PriceList(name.casefold().replace(" ", "-"), name, priority=10)
    by_name[name.casefold()] = made
    return made


def _same_place(known: Price, wanted: PriceRow, price_list: PriceList) -> bool:
    here = (price_list.id, wanted.from_quantity, wanted.valid_from)
    return (known.list_id, known.from_quantity, known.valid_from) == here


def _same(known: Price, wanted: PriceRow, price_list: PriceList) -> bool:
    is_equal = (known.valid_to, known.price) == (wanted.valid_to, wanted.price)
    return is_equal and _same_place(known, wanted, price_list)


def _row_of(known: Price, valid_to: str) -> PriceRow:
    return PriceRow(known.product, known.price, known.from_quantity, known.valid_from, valid_to)


def _find(known: Price, lists: list[PriceList]) -> PriceList:
    return next((row for row in lists if row.id == known.list_id), PriceList(known.list_id, known.list_id))


def _withdraw(known: Price, lists: list[PriceList], rows: dict[PriceList, list[PriceRow]]) -> None:
    rows.setdefault(_find(known, lists), []).append(_row_of(known, WITHDRAWN))


def _back(known: Price, lists: list[PriceList], rows: dict[PriceList, list[PriceRow]]) -> None:
    rows.setdefault(_find(known, lists), []).append(_row_of(known, known.valid_to))
