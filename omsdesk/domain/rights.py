"""What there is to be allowed, and what each role may where a shop said nothing else: data, one line a right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache

from omsdesk.domain.records import record

OWNER = "owner"
"""The role that may everything, whatever is said of it: there is always somebody who can put things right."""
_ROLES = ("cashier", "supervisor", "manager", OWNER, "clerk", "accountant")
_SELLS, _LEADS, _MANAGES = _ROLES[:4], _ROLES[1:4], _ROLES[2:4]


class Leave(StrEnum):
    """How a role may do something."""

    ALLOWED = "allowed"
    APPROVAL = "approval"
    """Not alone: somebody who may has to agree."""
    DENIED = "denied"


class Measure(StrEnum):
    """What the limit of a right is counted in."""

    NOTHING = ""
    SHARE = "share"
    """Millionths of a price."""
    MONEY = "money"
    """Minor units of the shop's currency."""
    DAYS = "days"


@record
class Right:
    """Something that not everybody may do."""

    code: str
    """Its noun and verb. What happens at a till begins with ``sale``, ``return`` or ``cash``, and can be lent there."""
    what: str
    """What it lets somebody do, as the end of a sentence."""
    may: tuple[str, ...]
    """The roles that may."""
    asks: tuple[str, ...] = ()
    """The roles that may when somebody agrees."""
    measure: Measure = Measure.NOTHING
    limits: tuple[tuple[str, int], ...] = ()
    """How much of it a role may alone, where it may not all of it."""
    is_told: bool = False
    """Whether those who may are told what they are about to do, and say yes to it: else nobody would notice."""


RIGHTS: Mapping[str, Right] = {
    row.code: row
    for row in (
        Right("sale.sell", "sell", _SELLS, ("clerk",)),
        Right(
            "sale.discount", "give discounts and change prices", _SELLS, ("clerk",),
            Measure.SHARE, (("cashier", 100_000), ("supervisor", 300_000)),
        ),
        Right("sale.void", "void a sale", _SELLS, ("clerk",)),
        Right("sale.customer", "put customers on a ticket and write down new ones", _SELLS, ("clerk",)),
        Right("sale.order", "take orders, payments on them, and hand them over", _SELLS, ("clerk",)),
        Right(
            "sale.cancel_order", "cancel orders that were paid for, and keep less than the fee", _LEADS,
            ("cashier", "clerk"),
        ),
        Right(
            "sale.offline_value", "take more from gift cards than a till may offline", _LEADS, ("cashier", "clerk"),
            Measure.MONEY,
        ),
        Right("sale.expired_value", "take cards that have ended", _LEADS, ("cashier", "clerk"), Measure.MONEY),
        Right("sale.block_card", "block and free cards", _LEADS, ("cashier", "clerk")),
        Right(
            "sale.credit", "let customers owe more than their limit", _MANAGES, ("cashier", "supervisor", "clerk"),
            Measure.MONEY, is_told=True,
        ),
        Right(
            "sale.below_minimum", "sell below the least price", _MANAGES, ("cashier", "supervisor", "clerk"),
            is_told=True,
        ),
        Right("sale.expired", "sell what has expired", _MANAGES, ("cashier", "supervisor", "clerk")),
        Right("sale.serial_again", "sell a serial number that was sold before", _LEADS, ("cashier", "clerk")),
        Right("sale.negative_stock", "sell more than is in stock", _LEADS, ("cashier", "clerk")),
        Right("return.deposit", "give deposits back", _SELLS, ("clerk",)),
        Right("return.receipt", "take goods back with their receipt", _SELLS, ("clerk",)),
        Right(
            "return.no_receipt", "take goods back without a receipt", _LEADS, ("cashier", "clerk"),
            Measure.MONEY,
        ),
        Right("return.late", "take goods back after their time", _LEADS, ("cashier", "clerk"), Measure.DAYS),
        Right(
            "return.other_tender", "give money back another way than it was paid", _LEADS, ("cashier", "clerk"),
            Measure.MONEY,
        ),
        Right("cash.shift", "open and close shifts", _SELLS, ("clerk",)),
        Right("cash.drawer", "open the drawer without a sale", _SELLS, ("clerk",)),
        Right("cash.move", "pay money in and out", _LEADS, ("cashier", "clerk"), Measure.MONEY),
        Right("stock.move", "move goods", (*_LEADS, "clerk")),
        Right("reports.read", "read reports", (*_MANAGES, "accountant")),
        Right("catalogue.edit", "change products and prices", _MANAGES),
        Right("customer.edit", "change what customers are given and allowed", _MANAGES),
        Right("people.edit", "change people and roles", _MANAGES),
        Right("shop.edit", "change the settings of shop and tills", _MANAGES),
        Right("shop.own", "say who owns the shop", (OWNER,)),
    )
}  # fmt: skip
"""Every right there is. One more line is all that a new one needs."""

AT_THE_TILL = frozenset({"sale", "return", "cash"})
"""The nouns of the rights that can be lent: what happens at a till, with a customer waiting. The rest waits for whom it
belongs to."""


def can_be_lent(right: str) -> bool:
    """Tell whether somebody can agree to another person's doing it."""
    return right.partition(".")[0] in AT_THE_TILL


def is_fixed(right: str) -> bool:
    """Tell whether a right stays where it is, whatever anybody says."""
    return right == "shop.own"


def what(right: str) -> str:
    """Say what a right lets somebody do, as the end of a sentence."""
    return RIGHTS[right].what if right in RIGHTS else "do this"


@record
class Rule:
    """How far a role may do something."""

    right: str
    leave: Leave
    most: int | None = None
    """How much of it alone, in the measure of the right; above it somebody has to agree. None is any amount."""

    def allows(self, size: int = 0) -> bool:
        """Tell whether so much of it needs nobody else."""
        return self.leave is Leave.ALLOWED and (self.most is None or size <= self.most)


Rules = Mapping[str, Rule]
"""What a role may, by right."""


@cache
def built_in(role: str) -> Rules:
    """Give what a role may where nothing else was said."""
    return {row.code: _usual(row, role) for row in RIGHTS.values()}


def _usual(right: Right, role: str) -> Rule:
    if role in right.may or role == OWNER:
        return Rule(right.code, Leave.ALLOWED, dict(right.limits).get(role))
    return Rule(right.code, Leave.APPROVAL if role in right.asks else Leave.DENIED)


def rules_of(role: str, said: Iterable[Rule]) -> Rules:
    """Give what a role may, by what was said of it; of an owner nothing can be said, and of what stays as it is."""
    usual = built_in(role)
    told = {rule.right: rule for rule in said if not is_fixed(rule.right)}
    return usual if role == OWNER or not told else {**usual, **told}
