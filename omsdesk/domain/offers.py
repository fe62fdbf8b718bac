"""The promotions that hold at a till now, ready for every customer who comes to it."""

from __future__ import annotations

from collections.abc import Iterable

from omsdesk.domain.promotion import Index, Promotion, offered

_KEPT = 32
"""For how many kinds of customers and coupons at once an index is kept."""


class Offers:
    """Promotions that hold at a moment in a store. Customers who get the same of them share one index."""

    def __init__(self, promotions: Iterable[Promotion]) -> None:
        """Take the promotions of the moment and the store, for whomever they are."""
        self.promotions = tuple(promotions)
        self._by_id = {row.id: row for row in self.promotions}
        self._groups = {group for row in self.promotions for group in row.groups}
        self._coupons = {_plain(row.coupon) for row in self.promotions if row.coupon}
        self._made: dict[tuple[frozenset[str], frozenset[str]], Index] = {}

    def get(self, promotion: str) -> Promotion | None:
        """Find one of them by its id."""
        return self._by_id.get(promotion)

    def index(self, groups: Iterable[str] = (), coupons: Iterable[str] = ()) -> Index:
        """Give the promotions for a customer of these groups with these coupons."""
        who = self._groups.intersection(groups), self._coupons.intersection(map(_plain, coupons))
        key = frozenset(who[0]), frozenset(who[1])
        if key not in self._made:
            if len(self._made) == _KEPT:
                del self._made[next(iter(self._made))]
            self._made[key] = Index(offered(self.promotions, *key))
        return self._made[key]


def _plain(coupon: str) -> str:
    return coupon.strip().casefold()
