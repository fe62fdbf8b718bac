"""What a decision about goods that come back looks at: their receipts, and what they cost when nobody has one."""

from __future__ import annotations

from dataclasses import replace

from omsdesk.domain.catalogue import Article
from omsdesk.domain.pricing import PriceBreak
from omsdesk.domain.returns import Receipts
from omsdesk.domain.sale import Sale
from omsdesk.domain.shop import Shop
from omsdesk.domain.values import Money, Quantity, Stamp
from omsdesk.store.engine import Connection
from omsdesk.store.queries.ticket import receipt_of
from omsdesk.store.sql import Statements

_sql = Statements("receipts")
_DAY_MS = 24 * 60 * 60 * 1000


def receipts_on(connection: Connection, ticket: Sale | None) -> Receipts:
    """Read the receipts of everything that comes back on a ticket; those that are not known here are left out."""
    lines = ticket.lines if ticket else ()
    wanted = {row.returned.sale for row in lines if row.returned is not None and row.returned.sale}
    found = {receipt: receipt_of(connection, receipt) for receipt in wanted}
    return {receipt: known for receipt, known in found.items() if known is not None}


def lowest_price(connection: Connection, product: str, since_ms: int, currency: str) -> Money | None:
    """Find the lowest price that an article had on receipts since a moment; None where it was not sold.

    Promotions count, for they were for everybody; what a person took off or typed does not.
    """
    found = connection.value(_sql.LOWEST_PRICE, product=product, first_ms=since_ms, currency=currency)
    return None if found is None else Money(found, currency)


def at_lowest_price(connection: Connection, article: Article, shop: Shop, at: Stamp) -> Article:
    """Price an article that comes back without a receipt: at its lowest of the shop's days, today's price included.

    Looked at is what receipts of this store say, as far as they were heard here: a price that stood in the catalogue
    and that nobody paid gives nobody anything back.
    """
    days = shop.returns.lowest_days
    if not days or not article.prices:
        return article
    low = lowest_price(connection, article.product, at.utc_ms - days * _DAY_MS, shop.currency)
    today = min(row.price.minor for row in article.prices if row.price.currency == shop.currency or low is None)
    if low is None or low.minor > today:
        return article if len(article.prices) == 1 else _at(article, Money(today, article.prices[0].price.currency))
    return _at(article, low)


def _at(article: Article, price: Money) -> Article:
    return replace(article, prices=(PriceBreak(Quantity(0), price),))
