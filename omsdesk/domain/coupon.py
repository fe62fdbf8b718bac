"""Coupons: codes that a customer shows for a promotion, one that everybody may show, or one that is good once.

A code that is good once is known as used wherever its use was heard of. Two tills that do not hear of each other can
both take it: what was sold was sold, and somebody is told (``store/queries/coupon.py``).
"""

from __future__ import annotations

import re
from typing import ClassVar

from omsdesk.domain.messages import Command, Decision, Event, Refusal, event
from omsdesk.domain.records import record
from omsdesk.domain.sale import Coupon, CouponRemoved, CouponShown, Sale
from omsdesk.domain.sale_command import SaleCommand
from omsdesk.domain.values import Stamp

MOST_CODES = 10_000
"""How many codes are made at once."""

_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Nothing that is read or typed as something else; a prime number of them, so that the check below misses nothing."""
_LENGTH = 12
_GROUP = 4
_SEPARATORS = re.compile(r"[\s\-]+")

# ------------------------------------------------------------------------------------------------ codes


def new_code(entropy: bytes) -> str:
    """Make a code from at least eight random bytes: eleven letters, and one that notices slips of the finger.

    Where ten thousand are out, a million guesses find one with a chance of one in two million.
    """
    number, body = int.from_bytes(entropy, "big"), ""
    for _ in range(_LENGTH - 1):
        number, letter = divmod(number, len(_LETTERS))
        body += _LETTERS[letter]
    return body + _check(body)


def read(text: str) -> str:
    """Read a code that was scanned or typed; empty if it is none of ours, or has a slip in it."""
    code = _SEPARATORS.sub("", text).upper()
    is_ours = len(code) == _LENGTH and set(code) <= set(_LETTERS) and _check(code[:-1]) == code[-1]
    return code if is_ours else ""


def grouped(code: str) -> str:
    """Write a code in groups, for somebody to read it and type it."""
    return "-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


def _check(body: str) -> str:
    # Each place weighs differently: a wrong letter and two that changed places both change the sum.
    return _LETTERS[sum(at * _LETTERS.index(letter) for at, letter in enumerate(body, 2)) % len(_LETTERS)]


# --------------------------------------------------------------------------------------------- commands


@record
class MakeCoupons(Command):
    """Make codes for a promotion, each of which is good once."""

    permission: ClassVar[str] = "catalogue.edit"
    batch: str
    promotion: str
    codes: tuple[str, ...]


@record
class CouponUse:
    """Where and when a code was used."""

    number: str
    """The receipt."""
    till: str
    """What the till is called."""
    at: Stamp


@record
class KnownCoupon:
    """What is known of a code that was shown."""

    coupon: Coupon
    name: str
    """The promotion it is for."""
    is_offered: bool
    """Whether that promotion holds here and now."""
    use: CouponUse | None = None


@record
class ShowCoupon(SaleCommand):
    """Take a coupon that the customer shows, also before the first line."""

    code: str
    known: KnownCoupon | None = None
    """What is known of it: whoever carries the command out fills it in."""


@record
class RemoveCoupon(SaleCommand):
    """Give a coupon back."""

    code: str


# ----------------------------------------------------------------------------------------------- events


@event("coupon.made")
@record
class CouponsMade(Event):
    """Codes were made for a promotion."""

    batch: str
    promotion: str
    codes: tuple[str, ...]


@event("coupon.used")
@record
class CouponsUsed(Event):
    """Codes that are good once took something off a sale."""

    use: str
    sale: str
    number: str
    shop: str
    till: str
    at: Stamp
    codes: tuple[str, ...]


# --------------------------------------------------------------------------------------------- refusals


@record
class UnknownCoupon(Refusal):
    """Nobody made such a code, or it was not heard of here."""


@record
class CouponSpent(Refusal):
    """The code was used before."""


def spent(code: str, use: CouponUse) -> CouponSpent:
    """Say when and where a code was used."""
    when = f"{use.at.local:%Y-%m-%d} at {use.at.local:%H:%M}"
    return CouponSpent(f"Coupon {grouped(code)} was used on {when}, {use.till}, receipt {use.number}.")


# ----------------------------------------------------------------------------------------------- decide


def decide(sale: Sale, command: ShowCoupon | RemoveCoupon) -> Decision:
    """Decide on a coupon at the till."""
    if isinstance(command, RemoveCoupon):
        if all(row.code != command.code for row in sale.coupons):
            return UnknownCoupon("This coupon is not on the sale any more.")
        return (CouponRemoved(sale.sale, command.code),)
    known = command.known
    if known is None:
        return UnknownCoupon(
            f"Nobody knows the coupon “{command.code.strip()}”. Look at each letter, and type it again."
        )
    if known.use is not None:
        return spent(known.coupon.code, known.use)
    if any(row.code == known.coupon.code for row in sale.coupons):
        return Refusal("This coupon is on the sale already.")
    if known.coupon.promotion and any(row.promotion == known.coupon.promotion for row in sale.coupons):
        # It would be used up for nothing: an offer takes off no more when it is asked for twice.
        return Refusal(f"A coupon for “{known.name}” is on the sale already. This one is good for another sale.")
    if not known.is_offered:
        return Refusal(f"“{known.name}” does not hold here now. Look at its days and hours.")
    return (CouponShown(sale.sale, known.coupon),)


def decide_making(command: MakeCoupons, *, is_for_codes: bool, taken: int) -> Decision:
    """Decide on new codes: whether the promotion asks for such, and how many of them there are already."""
    if not is_for_codes:
        return Refusal("This offer asks for no codes that are good once. Change that first.")
    if not 0 < len(command.codes) <= MOST_CODES:
        return Refusal(f"Make one code at least, and {MOST_CODES} at most.")
    if taken or len(set(command.codes)) < len(command.codes) or not all(map(_is_code, command.codes)):
        return Refusal("Some of these codes cannot be given out. Make new ones.")
    return (CouponsMade(command.batch, command.promotion, command.codes),)


def _is_code(code: str) -> bool:
    return read(code) == code


def spent_on(sale: Sale) -> tuple[str, ...]:
    """List the codes that are good once and took something off a sale: the others are the customer's still."""
    sources = {part.source for row in sale.lines for part in row.reductions}
    return tuple(row.code for row in sale.coupons if row.promotion in sources)


def used(sale: str, number: str, shop: str, till: str, at: Stamp, codes: tuple[str, ...]) -> tuple[CouponsUsed, ...]:
    """Note that codes were used, where any were."""
    return (CouponsUsed(f"{sale}:coupons", sale, number, shop, till, at, codes),) if codes else ()
