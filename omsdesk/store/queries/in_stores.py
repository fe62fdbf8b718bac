"""What other stores have of some goods."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from omsdesk.domain.values import Quantity
from omsdesk.store.engine import Connection
from omsdesk.store.queries.till import on_hand, reserved, shop_by_id, shop_ids


class InStore(NamedTuple):
    """So much of a product stands in a store, and so much of it is kept for orders."""

    product: str
    store: str
    on_hand: Quantity
    kept: Quantity

    @property
    def free(self) -> Quantity:
        """What can be promised of it; nothing where more is kept than there is."""
        return Quantity(max(self.on_hand.micro - self.kept.micro, 0))


def in_stores(connection: Connection, products: Iterable[str]) -> list[InStore]:
    """List what each store has of each product; a store that never counted or received it is left out."""
    shops = [shop for name in shop_ids(connection) if (shop := shop_by_id(connection, name))]
    return [
        InStore(product, shop.id, level, reserved(connection, product, shop))
        for product in products
        for shop in shops
        if (level := on_hand(connection, product, shop)) is not None
    ]
