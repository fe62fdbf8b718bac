"""What is said about goods that were just rung up, and keeps nobody from selling them."""

from __future__ import annotations

from collections.abc import Iterable

from omsdesk.domain.goods import days_left
from omsdesk.domain.line import Line
from omsdesk.domain.traits import StockPolicy
from omsdesk.domain.values import Quantity
from omsdesk.store.queries.till import on_hand
from omsdesk.ui.till.counter import Counter
from omsdesk.ui.till.incoming import Incoming


def remark_on(coming: Incoming, counter: Counter, lines: Iterable[Line]) -> str:
    """Say that goods expire soon, or that there should not be so many of them; empty where nothing is odd."""
    article, policy = coming.article, counter.shop.goods
    if coming.expiry:
        days = days_left(coming.expiry, counter.day)
        if 0 <= days <= policy.expiry_days:
            when = {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")
            return f"“{article.name}” expires {when}."
    if policy.stock_of(article.traits.stock_policy) is not StockPolicy.WARN or not article.is_tracked:
        return ""
    left = on_hand(counter.reader, article.product, counter.shop)
    rows = (row for row in lines if row.article.product == article.product and row.returned is None)
    sold = Quantity(sum(row.quantity.micro for row in rows))
    if left is None or sold.micro <= left.micro:
        return ""
    return f"Only {counter.quantity(left)} of “{article.name}” should be in stock. Look whether it is the right one."
