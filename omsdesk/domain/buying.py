"""Whose ticket it is, and what that changes of it: the prices of a customer's lists, and taxes they need not pay."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from omsdesk.domain.catalogue import Article
from omsdesk.domain.customer import Buyer
from omsdesk.domain.messages import Decision, Refusal
from omsdesk.domain.pricing import PriceBreak
from omsdesk.domain.records import record
from omsdesk.domain.sale import CustomerSet, Sale
from omsdesk.domain.sale_command import SaleCommand
from omsdesk.domain.tax import TaxTerms, tax_parts
from omsdesk.domain.values import Money


@record
class SetCustomer(SaleCommand):
    """Say whose ticket it is, also before its first line; without a customer it is nobody's again."""

    permission: ClassVar[str] = "sale.customer"
    customer: str = ""
    buyer: Buyer | None = None
    """What is known of them: whoever carries the command out fills it in."""


def decide(sale: Sale, command: SetCustomer) -> Decision:
    """Decide whose ticket it is."""
    if command.customer and command.buyer is None:
        return Refusal("This customer is not known here, or does not buy here any more.")
    buyer = command.buyer if command.customer else None
    return () if buyer == sale.customer else (CustomerSet(sale.sale, buyer),)


def untaxed(article: Article, terms: TaxTerms) -> Article:
    """Give an article as somebody pays it who pays no tax: where prices contain it, what is left without it."""
    if not article.taxes:
        return article
    prices = article.prices
    if terms.is_inclusive:
        prices = tuple(PriceBreak(step.from_quantity, _net(step.price, article)) for step in prices)
    return replace(article, prices=prices, taxes=())


def _net(price: Money, article: Article) -> Money:
    return Money(price.minor - sum(tax_parts(price.minor, article.taxes, is_inclusive=True)), price.currency)
