"""The lines of a document that a ticket ends in: a receipt, or an order."""

from __future__ import annotations

from itertools import compress

from omsdesk.domain.discount import OF_TICKET, Reduction
from omsdesk.domain.line import Line, SoldLine
from omsdesk.domain.sale import Sale
from omsdesk.domain.tax import line_taxes
from omsdesk.domain.values import Money


def sold_lines(sale: Sale) -> tuple[SoldLine, ...]:
    """Write the lines of the document, each with its part of the taxes and of a discount on the whole ticket."""
    own = tuple(row.amount(sale.currency) for row in sale.lines)
    shares, amounts = sale.discount_shares(own), sale.amounts()
    is_sold = [row.settled_taxes is None for row in sale.lines]
    taxed = [(amount, row.article.taxes) for row, amount in zip(sale.lines, amounts, strict=True)]
    taxes = iter(line_taxes(list(compress(taxed, is_sold)), sale.terms))
    name = sale.discount.reason if sale.discount else ""
    lines = []
    for row, amount, share in zip(sale.lines, amounts, shares, strict=True):
        off = row.taken_off(sale.currency) if row.returned is None else ()
        settled = row.settled_taxes
        parts = next(taxes) if settled is None else settled
        lines.append(_document_line(row, amount, parts, (*off, Reduction(OF_TICKET, name, share)) if share else off))
    return tuple(lines)


def _document_line(row: Line, amount: Money, taxes: tuple[Money, ...], off: tuple[Reduction, ...]) -> SoldLine:
    article, price = row.article, row.unit_price or Money(0, amount.currency)
    return SoldLine(
        row.line, article.product, article.name, row.quantity, price, amount, article.sku, article.unit,
        article.category, article.taxes, row.note, article.is_tracked, taxes, off, row.returned,
        row.open_price is not None, row.loads, parent=row.parent, serials=row.serials, lot=row.lot,
        expiry=row.expiry, components=article.traits.components, is_deposit=article.traits.is_deposit,
        ordered=row.ordered,
    )  # fmt: skip
