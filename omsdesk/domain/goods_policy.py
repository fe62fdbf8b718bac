"""What a shop has decided about its goods: when the stock runs out, how age is checked, when a lot is told as old."""

from __future__ import annotations

from omsdesk.domain.records import record
from omsdesk.domain.traits import StockPolicy


@record
class GoodsPolicy:
    """The rules of a shop for all its goods; a product may have another one for its stock."""

    stock: StockPolicy = StockPolicy.ALLOW
    clearly_over: int = 0
    """The age in years that somebody must clearly have to be asked for no birth date; 0 asks everybody."""
    expiry_days: int = 3
    """How many days before it expires a lot is told as old."""
    kitchen: tuple[str, ...] = ()
    """The categories of what is made in the kitchen, or at the bar: their lines are printed there."""

    def is_made_in_kitchen(self, category: str) -> bool:
        """Tell whether goods of a category are made in the kitchen."""
        return category.casefold() in {name.casefold() for name in self.kitchen}

    def stock_of(self, own: StockPolicy) -> StockPolicy:
        """Tell the rule that holds for a product with a policy of its own, or none."""
        return own or self.stock
