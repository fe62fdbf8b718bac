"""What the products page asks: stretches of a catalogue that is too large to be read whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from omsdesk.domain.pricing import RETAIL, Price
from omsdesk.domain.values import Money, Quantity
from omsdesk.store.engine import Connection, Row
from omsdesk.store.queries.till import full_name, prices_of, traits_from
from omsdesk.store.sql import Statements

_sql = Statements("products")
_catalogue = Statements("catalogue")


@dataclass(frozen=True, slots=True)
class Listed:
    """A product in a list. ``no`` counts products in the order in which they came, without gaps."""

    no: int
    product: str
    name: str
    variant: str
    brand: str
    sku: str
    category: str
    unit: str
    is_sold: bool
    price: Money | None
    """The ordinary price."""
    on_hand: Quantity | None
    """None where it was never counted or received."""


def last_no(connection: Connection) -> int:
    """The number of the newest product, which is how many there are."""
    return int(connection.value(_catalogue.LAST_PRODUCT_NO) or 0)


def listed(connection: Connection, place: str, top: int, most: int) -> list[Listed]:
    """List products downwards from the one with number ``top``, with their stock in a place."""
    return [_listed(row) for row in connection.rows(_sql.UP_TO, place=place, top=top, most=most)]


def listed_by_no(connection: Connection, place: str, numbers: Iterable[int]) -> list[Listed]:
    """List products by their numbers, in that order."""
    found = (connection.row(_sql.ONE, place=place, no=no) for no in numbers)
    return [_listed(row) for row in found if row]


def category_count(connection: Connection, category: str) -> int:
    """Count the products of a category, sold or not."""
    return int(connection.value(_sql.COUNT_OF_CATEGORY, category=category))


def listed_of_category(connection: Connection, place: str, category: str, skip: int, most: int) -> list[Listed]:
    """List the products of a category, sold or not, the newest first, leaving ``skip`` products out."""
    rows = connection.rows(_sql.OF_CATEGORY, place=place, category=category, skip=skip, most=most)
    return [_listed(row) for row in rows]


def ids_up_to(connection: Connection, top: int, most: int) -> list[str]:
    """List the ids of products downwards from the one with number ``top``."""
    return [id for (id,) in connection.rows(_sql.IDS_UP_TO, top=top, most=most)]


def ids_of_category(connection: Connection, category: str, skip: int, most: int) -> list[str]:
    """List the ids of the products of a category, in the order of ``listed_of_category``."""
    return [id for (id,) in connection.rows(_sql.IDS_OF_CATEGORY, category=category, skip=skip, most=most)]


def other_prices(connection: Connection, product: str) -> list[Price]:
    """List the prices of a product beside the ordinary one, by list, quantity and first day."""
    no = connection.value(_catalogue.PRODUCT_NO, id=product)
    found = prices_of(connection, no, product) if no is not None else []
    return sorted(
        (row for row in found if row.list_id != RETAIL or row.from_quantity or row.valid_from),
        key=lambda row: (row.list_id, row.from_quantity, row.valid_from),
    )


def deposits(connection: Connection) -> list[tuple[str, str]]:
    """List the deposits that can go with a product, by id and name."""
    rows = connection.rows(_catalogue.WITH_TRAITS)
    return [
        (product, full_name(name, variant)) for product, name, variant, body in rows if traits_from(body).is_deposit
    ]


def _listed(row: Row) -> Listed:
    no, product, name, variant, brand, sku, category, unit, is_sold, minor, currency, quantity = row
    return Listed(
        no, product, name, variant, brand, sku, category, unit, bool(is_sold),
        None if minor is None else Money(minor, currency),
        None if quantity is None else Quantity(quantity),
    )  # fmt: skip
