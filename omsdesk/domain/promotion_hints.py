"""What the cart and the receipt say of promotions: what an offer is, and what is missing for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from omsdesk.domain.messages import AMOUNT, written
from omsdesk.domain.promotion import Benefit, Chains, Index, Item, Promotion, Takes
from omsdesk.domain.promotion_ticket import Ticket
from omsdesk.domain.records import record
from omsdesk.domain.tax import PPM, Tax
from omsdesk.domain.values import Money


@record
class Label:
    """An offer in a few words: ``2 + 1 free``, ``3 for 5.00``."""

    wording: str
    """``messages.AMOUNT`` holds the place of an amount."""
    amounts: tuple[Money, ...] = ()
    """What stands in those places, in order: paper and screen write it each in their way."""

    def in_words(self, write: Callable[[Money], str]) -> str:
        """Say it with amounts as somebody writes them."""
        return written(self.wording, self.amounts, write)


@record
class Hint:
    """What a customer would need more to have an offer once more, or a better tier of it."""

    promotion: Promotion
    units: int = 0
    """Units that are missing."""
    amount: Money | None = None
    """Money that is missing, where a threshold is not reached."""

    @property
    def label(self) -> Label:
        """What the offer is."""
        return explain(self.promotion)


def explain(row: Promotion) -> Label:
    """Say what an offer is."""
    if row.tiers:
        parts = [
            Label(f"from {tier.from_quantity} {part.wording}", part.amounts)
            for tier in sorted(row.tiers, key=lambda tier: tier.from_quantity)
            for part in [_gives(tier.benefit, "", is_single=True)]
        ]
    else:
        bought = sum(need.quantity for need in row.needs if not need.is_reduced)
        reduced = sum(need.quantity for need in row.needs if need.is_reduced)
        parts = [
            _gives(row.benefit, f"{bought} + {reduced}" if bought else f"{reduced}", is_single=bought + reduced == 1)
        ]
    limit = Label(f" from {AMOUNT}", (row.threshold.amount,)) if row.threshold else Label("")
    return Label(
        " · ".join(part.wording for part in parts) + limit.wording,
        tuple(amount for part in (*parts, limit) for amount in part.amounts),
    )


def _gives(benefit: Benefit, units: str, *, is_single: bool) -> Label:
    amounts = (benefit.money,) if benefit.money is not None and benefit.takes is not Takes.PERCENT else ()
    share = Tax("", "", benefit.ppm).percent
    match benefit.takes:
        case Takes.PERCENT if benefit.ppm >= PPM:
            return Label("free" if is_single else f"{units} free")
        case Takes.PERCENT:
            return Label(f"−{share}" if is_single else f"{units} at −{share}")
        case Takes.UNIT_AMOUNT:
            return Label(f"−{AMOUNT} each" if is_single else f"{units} at −{AMOUNT} each", amounts)
        case Takes.UNIT_PRICE:
            return Label(f"{AMOUNT} each" if is_single else f"{units} at {AMOUNT} each", amounts)
        case Takes.SET_PRICE:
            return Label(f"{units} for {AMOUNT}", amounts)
        case Takes.SET_AMOUNT:
            return Label(f"{units} at −{AMOUNT}", amounts)
        case Takes.BASKET_AMOUNT:
            return Label(f"−{AMOUNT}", amounts)


def almost(items: Sequence[Item], promotions: Index | Iterable[Promotion]) -> tuple[Hint, ...]:
    """Tell for which offers no less is there than is missing; those for which the least is missing first.

    It looks at all that is on the ticket, whatever other promotions made of it. A threshold is told of once three
    quarters of it are there.
    """
    ticket = Ticket(items, promotions if isinstance(promotions, Index) else Index(promotions))
    lots = ticket.lots()
    counts: dict[int, dict[int, int]] = {}
    for lot in lots:
        for place, need in ticket.roles[lot.item]:
            units = lot.units if ticket.is_split(lot.item) or ticket.promotions[place].tiers else 0
            needs = counts.setdefault(place, {})
            needs[need] = needs.get(need, 0) + units
    hints = []
    for place, needs in sorted(counts.items()):
        row, short = ticket.promotions[place], ticket.short_of(place, lots)
        if not row.is_sound:
            continue
        units = (
            _short_of_tier(row, needs.get(0, 0)) if row.tiers else _short_of_set(row, ticket.index.chains(place), needs)
        )
        if short and row.threshold and 4 * short <= row.threshold.amount.minor:
            hints.append(Hint(row, 0, Money(short, ticket.currency)))
        elif short == 0 and units:
            hints.append(Hint(row, units))
    return tuple(sorted(hints, key=lambda hint: (hint.amount is not None, hint.units)))


def _short_of_tier(row: Promotion, there: int) -> int:
    """How many units are missing for the next tier, if no more than are there."""
    missing = min((tier.from_quantity - there for tier in row.tiers if tier.from_quantity > there), default=0)
    return missing if missing <= there else 0


def _short_of_set(row: Promotion, parts: Chains, needs: dict[int, int]) -> int:
    """How many units are missing for one more set, if no more than are there for it."""
    of, chains = parts
    # Needs of one chain are of one selection: each counts the same units.
    there = [needs.get(of.index(number), 0) for number in range(len(chains))]
    made = min(units // chain.length for units, chain in zip(there, chains, strict=True))
    if row.most and made >= row.most:
        return 0
    begun = [min(units - made * chain.length, chain.length) for units, chain in zip(there, chains, strict=True)]
    missing = sum(chain.length for chain in chains) - sum(begun)
    return missing if missing <= sum(begun) else 0
