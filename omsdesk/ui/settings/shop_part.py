"""What shop, taxes and ways to pay have in common: they are saved together, so a mistake in one stops the others."""

from __future__ import annotations

from omsdesk.ui.settings import order_rules
from omsdesk.ui.settings.part import Part
from omsdesk.ui.settings.shop_session import ShopSession

SHOP, TAXES, TENDERS, RETURNS, ORDERS, GOODS = "Shop", "Taxes", "Ways to pay", "Returns", "Orders", "Goods"
_PLACES = {
    "rates": TAXES,
    "methods": TENDERS,
    **dict.fromkeys(("offline_value", "card_months"), TENDERS),
    **dict.fromkeys(("return_days", "return_limit", "lowest_days"), RETURNS),
    **dict.fromkeys(order_rules.NAMES, ORDERS),
    **dict.fromkeys(("clearly_over", "expiry_days", "masks", "extras"), GOODS),
}


class ShopPart(Part):
    """A part that shows some of the shop."""

    session: ShopSession

    def wrong_elsewhere(self) -> str:
        """The first mistake in another part of the shop, and where it is."""
        places = ((_PLACES.get(name.partition(".")[0], SHOP), text) for name, text in self.session.errors.items())
        return next((f"Under “{place}”: {text}" for place, text in places if place != self.part_title), "")
