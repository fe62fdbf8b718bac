"""Goods that come back: against a receipt, exactly what was paid for them; without one, what a policy allows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import ClassVar, NamedTuple

from omsdesk.domain import points
from omsdesk.domain.catalogue import Article
from omsdesk.domain.line import Line, Returned, SoldLine
from omsdesk.domain.messages import Decision, Refusal
from omsdesk.domain.pricing import PriceBreak, unit_price
from omsdesk.domain.records import record
from omsdesk.domain.return_policy import WithoutReceipt, days_late
from omsdesk.domain.sale import LineAdded, Sale, SaleCompleted
from omsdesk.domain.sale_command import SaleCommand
from omsdesk.domain.shop import Desk
from omsdesk.domain.tax import TaxTerms, line_taxes, tax_parts
from omsdesk.domain.traits import Traits
from omsdesk.domain.values import MICRO, Money, Quantity, divide


@record
class ReturnGoods(SaleCommand):
    """Take goods back that stand on a receipt; the first line starts the ticket."""

    permission: ClassVar[str] = "sale.sell"
    line: str
    receipt: str
    """The ticket they were sold on."""
    sold_line: str
    quantity: Quantity
    """How many come back, above zero."""
    place: str = ""
    """Where they go, as in ``stock.py``; empty is back into the shop."""
    reason: str = ""
    serials: tuple[str, ...] = ()
    """The number of each unit that comes back, where units have one; all of them need not be said."""
    has_parts: bool = True
    """Whether what went with it comes back, too: its deposit, its extras."""


@record
class ReturnWithoutReceipt(SaleCommand):
    """Take goods back that nobody can show a receipt for; they bring what they cost, at its lowest of a while."""

    permission: ClassVar[str] = "sale.sell"
    line: str
    article: Article
    quantity: Quantity
    place: str = ""
    reason: str = ""


class Receipt(NamedTuple):
    """A receipt that goods come back from: its document, and how many of each line came back before."""

    sold: SaleCompleted
    back: Mapping[str, Quantity]
    refunded: Mapping[str, int] = MappingProxyType({})
    """What was given back of it before by each way to pay it, in minor units."""
    store: str = ""
    """What the store is called that sold it; empty where nobody told."""

    def row(self, line: str) -> SoldLine | None:
        """Find a line that was sold on it."""
        return next((row for row in self.sold.lines if row.line == line and row.returned is None), None)


Receipts = Mapping[str, Receipt]
"""The receipts that a ticket speaks of, by the ids of their tickets."""


@record
class MoreThanSold(Refusal):
    """More would come back than was ever bought."""


def decide(sale: Sale, command: ReturnGoods | ReturnWithoutReceipt, desk: Desk, receipts: Receipts) -> Decision:
    """Decide on goods that come back."""
    if sale.line(command.line) is not None:
        return Refusal("This line is on the ticket already.")
    if command.quantity.micro <= 0:
        return Refusal("Type how many come back: a quantity above zero.")
    if isinstance(command, ReturnWithoutReceipt):
        return _without_receipt(sale, command, desk)
    receipt = receipts.get(command.receipt)
    row = receipt.row(command.sold_line) if receipt else None
    if receipt is None or row is None:
        return Refusal("This was not sold on a receipt that is known here.")
    before = receipt.back.get(row.line, Quantity(0)) + _on(sale, row.line)
    return (
        desk.lacks("return.receipt", 0, sale.sale, "take goods back")
        or _late(sale, receipt.sold, desk)
        or _other_kind(sale, receipt.sold)
        or _excess(row, before + command.quantity, command.quantity)
        or (_pay_out(sale, command, receipt, row, desk) if row.loads else None)
        or _serial_fault(sale, command, row, desk)
        or (
            LineAdded(sale.sale, _mirror(sale, command, receipt, row, before, desk)),
            *_parts(sale, command, receipt, row, desk),
        )
    )


def _pay_out(sale: Sale, command: ReturnGoods, receipt: Receipt, row: SoldLine, desk: Desk) -> Decision:
    """Take back what was paid in to an account: what is left of it there, and no more than was paid in."""
    sold = receipt.sold
    left = min(desk.ledger.account(row.loads).available, row.amount.minor)
    if left <= 0:
        return Refusal(f"Nothing of what was paid in is left: {row.name}.")
    returned = Returned(
        Money(left, row.amount.currency), (), sold.sale, sold.number, row.line, command.place, command.reason.strip()
    )
    returned = _from(receipt, returned, desk)
    article = Article("", row.name, prices=(PriceBreak(Quantity(0), row.unit_price),), is_tracked=False)
    return (LineAdded(sale.sale, Line(command.line, article, -row.quantity, returned=returned, loads=row.loads)),)


def excess(sale: Sale, receipts: Receipts) -> Refusal | None:
    """Say which line would come back more often than it was sold, or for more: another ticket may have been quicker."""
    for line in sale.lines:
        if line.returned is None or not line.returned.sale:
            continue
        receipt = receipts.get(line.returned.sale)
        row = receipt.row(line.returned.line) if receipt else None
        if receipt is None or row is None:
            continue
        here, before = _on(sale, row.line), receipt.back.get(row.line, Quantity(0))
        found = _excess(row, before + here, here) or _odd(sale, row, _worth(sale, receipt.sold, row, before, here)[0])
        if found is not None:
            return found
    return None


def _odd(sale: Sale, row: SoldLine, worth: Money) -> Refusal | None:
    """Refuse what is worth another odd minor unit by now: others of the line came back since, or stay after all."""
    mirrored = (line.returned for line in sale.lines if line.returned is not None and line.returned.line == row.line)
    if row.loads or sum((part.amount for part in mirrored), start=Money(0, worth.currency)) == worth:
        return None
    return Refusal(
        f"Other goods of this line came back meanwhile. Take “{row.name}” off, and choose it on its receipt again."
    )


def _late(sale: Sale, sold: SaleCompleted, desk: Desk) -> Refusal | None:
    policy = desk.shop.returns
    late = days_late(policy, sold.at.day, desk.at.day)
    return desk.lacks("return.late", late, sale.sale, f"take goods back after {policy.days} days") if late else None


def _other_kind(sale: Sale, sold: SaleCompleted) -> Refusal | None:
    if sold.is_training is not sale.is_training:
        return Refusal("A receipt of training is no receipt, and training gives no money back.")
    if sold.total.currency != sale.currency:
        return Refusal(f"This receipt is in {sold.total.currency}, and this till works in {sale.currency}.")
    return None


def _excess(row: SoldLine, after: Quantity, now: Quantity) -> Refusal | None:
    """Refuse what is more than was sold: ``after`` comes back in all, ``now`` of it on this ticket."""
    if after.micro <= row.quantity.micro:
        return None
    left = Quantity(max(row.quantity.micro - after.micro + now.micro, 0))
    if not left.micro:
        return MoreThanSold(f"All of “{row.name}” on this receipt came back already.")
    return MoreThanSold(f"Only {left.decimal} of “{row.name}” on this receipt can still come back.")


def _on(sale: Sale, sold_line: str) -> Quantity:
    """Add up what comes back of a sold line on a ticket."""
    rows = (row for row in sale.lines if row.returned is not None and row.returned.line == sold_line)
    return Quantity(sum(-row.quantity.micro for row in rows))


def _mirror(sale: Sale, command: ReturnGoods, receipt: Receipt, row: SoldLine, before: Quantity, desk: Desk) -> Line:
    """Make the line that gives back what was paid for so many: the parts of all returns add up to the whole."""
    sold = receipt.sold
    amount, taxes = _worth(sale, sold, row, before, command.quantity)
    returned = Returned(
        amount, taxes, sold.sale, sold.number, row.line, command.place,
        command.reason.strip(), points.taken_back(row, before, command.quantity),
        sold.customer.id if sold.customer else "",
    )  # fmt: skip
    returned = _from(receipt, returned, desk)
    article = Article(
        row.product, row.name, row.sku, row.unit, row.category, (PriceBreak(Quantity(0), row.unit_price),), row.taxes,
        row.is_tracked,
        traits=Traits(components=row.components, is_deposit=row.is_deposit),
    )  # fmt: skip
    return Line(
        command.line, article, -command.quantity, returned=returned, serials=_serials(command, row), lot=row.lot,
        expiry=row.expiry,
    )  # fmt: skip


def _worth(
    sale: Sale, sold: SaleCompleted, row: SoldLine, before: Quantity, now: Quantity
) -> tuple[Money, tuple[Money, ...]]:
    """Tell what so many of a line cost, and the taxes of it, in the terms of the ticket where they come back."""
    was_inclusive = _was_inclusive(sold, row, sale.terms)
    paid = _taxes_paid(sold, row, replace(sale.terms, is_inclusive=was_inclusive))
    taxes = tuple(_part(tax, row, before, now) for tax in paid)
    amount = _part(row.amount, row, before, now)
    return _in_terms(amount, taxes, was_inclusive=was_inclusive, terms=sale.terms), taxes


def _part(paid: Money, row: SoldLine, before: Quantity, now: Quantity) -> Money:
    """Tell what so many of a line cost, of which so many came back before."""
    first, last = before.micro, before.micro + now.micro
    minor = divide(paid.minor * last, row.quantity.micro) - divide(paid.minor * first, row.quantity.micro)
    return Money(minor, paid.currency)


def _serials(command: ReturnGoods, row: SoldLine) -> tuple[str, ...]:
    """Tell which units come back: where all of them do, nobody need say so."""
    return row.serials if row.serials and command.quantity == row.quantity else command.serials


def _serial_fault(sale: Sale, command: ReturnGoods, row: SoldLine, desk: Desk) -> Refusal | None:
    """Say which unit was not sold on this line, or came back before."""
    given = _serials(command, row)
    if not row.serials:
        return None
    if len(given) * MICRO != command.quantity.micro or len(set(given)) < len(given):
        return Refusal(f"Scan the serial number of each “{row.name}” that comes back.")
    strange = next((serial for serial in given if serial not in row.serials), "")
    if strange:
        return Refusal(f"Serial number {strange} was not sold on this receipt. Look at the receipt it was sold on.")
    here = {
        serial for line in sale.lines if line.returned and line.returned.line == row.line for serial in line.serials
    }
    before = next((serial for serial in given if serial in here or serial not in desk.shelf.sold_serials), "")
    return Refusal(f"Serial number {before} came back already.") if before else None


def _from(receipt: Receipt, returned: Returned, desk: Desk) -> Returned:
    """Name the store that sold it, where it is another than the one where it comes back."""
    shop = receipt.sold.shop
    return returned if shop == desk.shop.id else replace(returned, shop=shop, store=receipt.store)


def _in_terms(amount: Money, taxes: tuple[Money, ...], *, was_inclusive: bool, terms: TaxTerms) -> Money:
    """Tell what was paid in the terms of the ticket where it comes back: with its taxes, or without them."""
    if was_inclusive == terms.is_inclusive:
        return amount
    return sum((-tax if was_inclusive else tax for tax in taxes), start=amount)


def _was_inclusive(sold: SaleCompleted, row: SoldLine, terms: TaxTerms) -> bool:
    """Tell whether the prices of a document contain their taxes: another store's may, where those here do not."""
    if any(tax.amount for tax in sold.taxes):
        return not sold.is_tax_on_top
    # Of an even exchange the sums do not tell: the line does.
    known = sum(tax.minor for tax in row.tax_amounts)
    within, on_top = (
        abs(sum(tax_parts(row.amount.minor, row.taxes, is_inclusive=is_inclusive)) - known)
        for is_inclusive in (True, False)
    )
    return terms.is_inclusive if not known or within == on_top else within < on_top


def _parts(sale: Sale, command: ReturnGoods, receipt: Receipt, row: SoldLine, desk: Desk) -> tuple[LineAdded, ...]:
    """Take back what went with a line, as far as it did not come back by itself."""
    found = []
    for at, part in enumerate(receipt.sold.lines):
        if part.parent != row.line or part.returned is not None or not command.has_parts:
            continue
        before = receipt.back.get(part.line, Quantity(0)) + _on(sale, part.line)
        left = min(command.quantity.micro, part.quantity.micro - before.micro)
        if left > 0:
            wanted = replace(command, line=f"{command.line}.{at}", sold_line=part.line, quantity=Quantity(left))
            made = _mirror(sale, wanted, receipt, part, before, desk)
            found.append(LineAdded(sale.sale, replace(made, parent=command.line)))
    return tuple(found)


def _taxes_paid(sold: SaleCompleted, row: SoldLine, terms: TaxTerms) -> tuple[Money, ...]:
    """Tell the taxes of a sold line, also of a receipt from before its lines said so."""
    if row.tax_amounts or not row.taxes:
        return row.tax_amounts
    rows = [line for line in sold.lines if line.returned is None]
    parts = line_taxes([(line.amount, line.taxes) for line in rows], terms)
    return parts[rows.index(row)]


def _without_receipt(sale: Sale, command: ReturnWithoutReceipt, desk: Desk) -> Decision:
    article = command.article
    price = unit_price(article.prices, command.quantity)
    if price is None or price.currency != sale.currency:
        return Refusal(f"“{article.name}” has no price here. Without a receipt nothing can be given back for it.")
    amount = price.times(command.quantity)
    refusal = _against_policy(sale, amount, desk)
    if refusal is not None:
        return refusal
    taxes = line_taxes([(amount, article.taxes)], sale.terms)[0]
    returned = Returned(amount, taxes, place=command.place, reason=command.reason.strip())
    row = Line(command.line, article, -command.quantity, returned=returned)
    return (LineAdded(sale.sale, row),)


def _against_policy(sale: Sale, amount: Money, desk: Desk) -> Refusal | None:
    policy = desk.shop.returns
    if policy.without_receipt is WithoutReceipt.NEVER:
        return Refusal("This shop takes nothing back without a receipt. Look for the receipt by day, amount or card.")
    before = sum(
        row.returned.amount.minor
        for row in sale.lines
        if row.returned is not None and not row.returned.sale and not row.article.traits.is_deposit
    )
    whole = before + amount.minor
    if policy.without_receipt is WithoutReceipt.LIMIT and whole <= policy.limit:
        return desk.lacks("return.receipt", 0, sale.sale, "take goods back")
    return desk.lacks("return.no_receipt", whole, sale.sale, "take goods back without a receipt")
