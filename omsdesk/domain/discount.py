"""What is taken off a price: by a person's hand, or by a promotion. Exact to the minor unit."""

from __future__ import annotations

from omsdesk.domain.records import record
from omsdesk.domain.tax import PPM
from omsdesk.domain.values import Money, divide


@record
class Reduction:
    """What a promotion or a person took off one line, and what the receipt calls it."""

    source: str
    """The id of the promotion; ``BY_HAND`` and ``OF_TICKET`` for what a person gave."""
    name: str
    amount: Money
    """What it takes off: never below zero where something is sold, mirrored where it comes back."""


BY_HAND = "line"
OF_TICKET = "ticket"
BY_PERSON = frozenset({BY_HAND, OF_TICKET})


@record
class Discount:
    """What a person takes off a line or a whole ticket: a share of it, or an amount."""

    ppm: int = 0
    """The share in millionths: 10 % is 100,000."""
    amount: Money | None = None
    """The amount, where it is no share."""
    reason: str = ""

    def off(self, price: Money) -> Money:
        """Work out what it takes off a price: never more than all of it, and mirrored for what comes back."""
        if self.amount is None:
            return Money(divide(price.minor * self.ppm, PPM), price.currency)
        magnitude = min(self.amount.minor, abs(price.minor))
        return Money(magnitude if price.minor >= 0 else -magnitude, price.currency)

    def share_of(self, price: Money) -> int:
        """Tell in millionths, rounded up, how much of a price it is: what the limit of a role is compared with."""
        if self.amount is None:
            return self.ppm
        return -(-abs(self.off(price).minor) * PPM // abs(price.minor)) if price else 0
