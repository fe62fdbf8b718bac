"""What is said about goods that were just rung up, and keeps nobody from selling them."""

from __future__ import annotations

from collections.abc import Iterable

from omsdesk.domain.catalogue import Article
from omsdesk.domain.goods import days_left
from omsdesk.domain.line import Line
from omsdesk.domain.traits import StockPolicy
from omsdesk.domain.values import Quantity
from omsdesk.store.queries.till import on_hand, product_by_id
from omsdesk.ui.till.counter import Counter
from omsdesk.ui.till.goods.incoming import Incoming


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


def stock_words(article: Article, counter: Counter) -> tuple[str, bool | None]:
    """Say how much is in stock and what that means for selling it; whether there is any, None where nobody counted."""
    left = on_hand(counter.reader, article.product, counter.shop)
    if left is None:
        return "Not counted yet", None
    if left.micro > 0:
        return f"{counter.quantity(left)} in stock", True
    policy = counter.shop.goods.stock_of(article.traits.stock_policy)
    return f"{counter.quantity(left)} in stock{_SOLD_OUT[policy]}", False


_SOLD_OUT = {
    StockPolicy.SHOP: "",
    StockPolicy.ALLOW: "",
    StockPolicy.WARN: ": look whether it is the right one",
    StockPolicy.APPROVE: ": somebody has to agree to sell it",
    StockPolicy.REFUSE: ": sell only what the customer holds",
}


def trait_words(article: Article, counter: Counter) -> dict[str, str]:
    """Say what is out of the ordinary about an article, by the name of each fact."""
    traits = article.traits
    deposit = product_by_id(counter.reader, traits.deposit, counter.shop, counter.day) if traits.deposit else None
    price = deposit.article.prices[0].price if deposit and deposit.article.prices else None
    parts = (
        (part, product_by_id(counter.reader, part.product, counter.shop, counter.day)) for part in traits.components
    )
    contents = [f"{part.quantity} × {found.article.name}" for part, found in parts if found]
    return {
        "Age": f"from {traits.age} years on" if traits.age else "",
        "Deposit on top": counter.money(price) if price else "",
        "Least price": counter.money(traits.minimum_price) if traits.minimum_price else "",
        "Contains": ", ".join(contents),
    }
