"""What a customer pays for the lines of their ticket: those that are there, and each that comes."""

from __future__ import annotations

from dataclasses import replace

from omsdesk.domain.buying import SetCustomer, untaxed
from omsdesk.domain.catalogue import Article
from omsdesk.domain.customer import Buyer
from omsdesk.domain.line import Line
from omsdesk.domain.repricing import Anew
from omsdesk.domain.sale import Sale
from omsdesk.domain.sale_command import AddLine, ReturnDeposit, SaleCommand
from omsdesk.domain.shop import Desk
from omsdesk.domain.tax import TaxTerms
from omsdesk.store.engine import Connection
from omsdesk.store.queries.customer import buyer_by_id
from omsdesk.store.queries.till import product_by_id


def for_customer(
    connection: Connection, desk: Desk, ticket: Sale | None, command: SaleCommand
) -> tuple[SaleCommand, Anew | None]:
    """Let a command know whom it is for; gives also how lines are priced anew, where it changes what they cost.

    A ticket of nobody, or of somebody who pays what everybody does, asks nothing.
    """
    before = ticket.customer if ticket else None
    terms = ticket.terms if ticket else desk.shop.tax_terms
    match command:
        case SetCustomer(customer=customer):
            buyer = buyer_by_id(connection, customer, desk.at.day) if customer else None
            is_priced = any(who is not None and who.has_own_prices for who in (before, buyer))
            anew = _Prices(connection, desk, buyer, terms) if is_priced else None
            return replace(command, buyer=buyer), anew
        case AddLine() if before is not None and before.has_own_prices:
            theirs = _Prices(connection, desk, before, terms)
            parts = tuple(replace(part, article=theirs.of(part.article)) for part in command.parts)
            return replace(command, article=theirs.of(command.article), parts=parts), None
        case ReturnDeposit(amount=None) if before is not None and before.has_own_prices:
            return replace(command, article=_Prices(connection, desk, before, terms).of(command.article)), None
    return command, None


def article_for(connection: Connection, desk: Desk, buyer: Buyer | None, terms: TaxTerms, article: Article) -> Article:
    """Give an article as a customer pays it, or as everybody does."""
    if buyer is None or not buyer.has_own_prices:
        return article
    return _Prices(connection, desk, buyer, terms).of(article)


class _Prices:
    """The articles of lines as a customer pays them."""

    def __init__(self, connection: Connection, desk: Desk, buyer: Buyer | None, terms: TaxTerms) -> None:
        self._connection, self._desk, self._terms = connection, desk, terms
        self._buyer = buyer or Buyer("")

    def __call__(self, row: Line) -> Article:
        return self.of(row.article)

    def of(self, article: Article) -> Article:
        """Give an article as it is sold to them; what is in no catalogue costs everybody the same, as do deposits.

        An empty brings the same to whoever brings it: nobody may have paid less for it.
        """
        desk, lists = self._desk, () if article.traits.is_deposit else self._buyer.price_lists
        found = product_by_id(self._connection, article.product, desk.shop, desk.at.day, lists)
        known = found.article if found else article
        return untaxed(known, self._terms) if self._buyer.exemption else known
