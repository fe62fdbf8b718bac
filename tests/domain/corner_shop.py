"""A small shop to tell stories in: a British till, coffee, apples by weight and something without a price."""

from __future__ import annotations

from omsdesk.domain.catalogue import Article
from omsdesk.domain.pricing import PriceBreak
from omsdesk.domain.shop import Desk, Shop, Till
from omsdesk.domain.tax import Tax, TaxRate
from omsdesk.domain.tender import TenderKind, TenderMethod
from omsdesk.domain.values import ONE, Money, Quantity, Stamp

VAT = Tax("S", "VAT", 200_000)
CASH = TenderMethod("cash", "Cash", TenderKind.CASH)
CARD = TenderMethod("card", "Card", TenderKind.CARD)
SHOP = Shop("s1", "Corner Shop", "GBP", tax_rates=(TaxRate("standard", VAT),), tender_methods=(CASH, CARD))
TILL = Till("t1", "s1", "1", "Till 1")
NOON = Stamp(1_795_435_200_000, 0)
DESK = Desk(SHOP, TILL, NOON, shift="shift-1", next_number="1A-000001")


def gbp(amount: str) -> Money:
    """Write pounds as people do."""
    return Money.of(amount, "GBP")


def article(name: str, price: str | None, **more: object) -> Article:
    """Make an article with one price, or none."""
    prices = () if price is None else (PriceBreak(Quantity(0), gbp(price)),)
    return Article(**{"product": f"p-{name.lower()}", "name": name, "prices": prices, "taxes": (VAT,), **more})  # type: ignore[arg-type]


COFFEE = article("Coffee", "3.20")
TEA = article("Tea", "2.50")
APPLES = article("Apples", "2.99", unit="kg")
CARDS = article(
    "Card",
    None,
    prices=(PriceBreak(Quantity(0), gbp("1.00")), PriceBreak(Quantity.of(10), gbp("0.80"))),
)
REPAIR = article("Repair", None, is_tracked=False)
GIFT = article("Sticker", "0.00")
TWO = ONE + ONE
