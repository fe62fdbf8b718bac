"""Where the money of goods that come back goes: the way it was paid first, then store credit, else by somebody's leave.

Each receipt gives back at most what its goods on this ticket were paid with, and of each way to pay at most what was
paid by it and not given back before. What a customer buys on the same ticket makes it less, and never more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from omsdesk.domain.messages import Refusal
from omsdesk.domain.records import record
from omsdesk.domain.returns import Receipt, Receipts
from omsdesk.domain.sale import Sale
from omsdesk.domain.shop import Desk, Shop
from omsdesk.domain.tender import Refunded, Tender, TenderKind, TenderMethod
from omsdesk.domain.values import Money, share_minor

RIGHT = "return.other_tender"
_STORE_CREDIT = frozenset({"stored"})
"""The kinds of a way to pay that any refund may go to."""
_EMPTIES = "empties"
"""In place of a receipt: deposits that are given back without one, in cash."""


@record
class Way:
    """How much may be given back by one way to pay, in minor units."""

    method: TenderMethod
    most: int
    """What needs nobody's leave."""
    suggested: int
    """Its part if each receipt gives back by the ways it was paid, in proportion."""


@record
class _Source:
    """What one receipt on the ticket can still give back; the receipt is empty for goods without one."""

    receipt: str
    value: int
    """What its goods brought on this ticket, less what was given back of it there already."""
    left: dict[str, int]
    """What was paid by each way and not given back since, by the way's code."""


def ways(sale: Sale, receipts: Receipts, shop: Shop) -> tuple[Way, ...]:
    """List the ways to give back what is due on a ticket, those it was paid by first; none where nothing is."""
    due = -sale.due.minor
    if due <= 0:
        return ()
    found = _sources(sale, receipts, sale.tenders)
    most = {row.code: min(due, _most(row, found, shop, due)) for row in shop.tender_methods}
    parts = _suggested(sale, receipts, most, due)
    made = (Way(row, most[row.code], parts[row.code]) for row in shop.tender_methods)
    # What is rounded comes last: only the payment that ends a ticket is.
    return tuple(sorted(made, key=_place))


def _suggested(sale: Sale, receipts: Receipts, most: Mapping[str, int], due: int) -> dict[str, int]:
    """Share what is due out: in proportion over the whole refund, less what was given back by each way already."""
    given = dict.fromkeys(most, 0)
    for tender in sale.tenders:
        given[tender.method] = given.get(tender.method, 0) - tender.amount.minor
    whole = due + sum(given.values())
    found = _sources(sale, receipts, ())
    wanted = dict.fromkeys(most, 0)
    shares = share_minor(min(whole, sum(row.value for row in found)), tuple(row.value for row in found))
    for source, share in zip(found, shares, strict=True):
        left = tuple(source.left.get(code, 0) for code in most)
        for code, part in zip(most, share_minor(min(share, sum(left)), left), strict=True):
            wanted[code] += part
    parts = dict.fromkeys(most, 0)
    rest = due
    for code in most:
        parts[code] = min(max(wanted[code] - given[code], 0), most[code], rest)
        rest -= parts[code]
    # Who gave more by one way than its part gives less by the others.
    for code in most:
        more = min(most[code] - parts[code], rest) if wanted[code] else 0
        parts[code] += more
        rest -= more
    return parts


def _place(way: Way) -> tuple[bool, bool, int, int]:
    return not way.suggested, way.method.rounding_step > 1, -way.suggested, -way.most


def parts_of(sale: Sale, receipts: Receipts, code: str, amount: Money) -> tuple[Refunded, ...]:
    """Tell which receipts an amount that is given back is of, as far as they were paid that way."""
    found = _sources(sale, receipts, sale.tenders)
    left = tuple(min(row.value, row.left.get(code, 0)) for row in found)
    shares = share_minor(min(-amount.minor, sum(left)), left)
    return tuple(
        Refunded(row.receipt, Money(share, amount.currency)) for row, share in zip(found, shares, strict=True) if share
    )


def decide(sale: Sale, receipts: Receipts, method: TenderMethod, amount: Money, desk: Desk) -> Refusal | None:
    """Say who has to agree to give an amount back this way; None where it may be done."""
    way = next((way for way in ways(sale, receipts, desk.shop) if way.method.code == method.code), None)
    over = -amount.minor - (way.most if way else 0)
    return desk.lacks(RIGHT, over, sale.sale, "give money back another way than it was paid") if over > 0 else None


def _most(method: TenderMethod, found: Iterable[_Source], shop: Shop, due: int) -> int:
    if method.kind in _STORE_CREDIT:
        return due
    is_cash = method.kind is TenderKind.CASH
    without = {"": is_cash and not shop.returns.is_credit_only, _EMPTIES: is_cash}
    return sum(
        row.value * without[row.receipt] if row.receipt in without else min(row.value, row.left.get(method.code, 0))
        for row in found
    )


def _sources(sale: Sale, receipts: Receipts, tenders: Iterable[Tender]) -> list[_Source]:
    """Gather what each receipt on the ticket can still give back, after these payments."""
    values: dict[str, int] = {}
    for row in sale.lines:
        if row.returned is not None:
            on_top = 0 if sale.terms.is_inclusive else sum(tax.minor for tax in row.returned.taxes)
            is_empties = row.article.traits.is_deposit and not row.returned.sale
            receipt = _EMPTIES if is_empties else row.returned.sale
            values[receipt] = values.get(receipt, 0) + row.returned.amount.minor + on_top
    here: dict[tuple[str, str], int] = {}
    for tender in tenders:
        for part in tender.refunds:
            here[part.sale, tender.method] = here.get((part.sale, tender.method), 0) + part.amount.minor
    found = []
    for receipt, value in values.items():
        given = sum(amount for (of, _), amount in here.items() if of == receipt)
        known = receipts.get(receipt)
        left = {code: paid - here.get((receipt, code), 0) for code, paid in (_left(known) if known else {}).items()}
        found.append(_Source(receipt, max(value - given, 0), {code: max(amount, 0) for code, amount in left.items()}))
    return found


def _left(receipt: Receipt) -> dict[str, int]:
    paid: dict[str, int] = {}
    for tender in receipt.sold.tenders:
        if tender.amount.minor > 0:
            paid[tender.method] = paid.get(tender.method, 0) + tender.amount.minor
    return {code: amount - receipt.refunded.get(code, 0) for code, amount in paid.items()}
