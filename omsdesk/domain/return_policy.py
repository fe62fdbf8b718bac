"""What a shop takes back: until when, what without a receipt and for how much, and the reasons people give."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from omsdesk.domain.records import record


class WithoutReceipt(StrEnum):
    """What happens with goods that nobody can show a receipt for."""

    NEVER = "never"
    LIMIT = "limit"
    """Up to an amount on a ticket; above it somebody has to agree."""
    APPROVAL = "approval"
    """Somebody has to agree, whatever it comes to."""


@record
class ReturnPolicy:
    """The rules of one shop."""

    days: int = 0
    """Days after the sale within which goods come back; later somebody has to agree. 0 is without end."""
    without_receipt: WithoutReceipt = WithoutReceipt.APPROVAL
    limit: int = 0
    """How much a ticket gives back without a receipt before somebody has to agree, in minor units."""
    is_credit_only: bool = False
    """Whether what comes back without a receipt brings store credit and no money."""
    lowest_days: int = 30
    """Without a receipt goods bring the lowest price of so many days; 0 is what they cost today."""
    reasons: tuple[str, ...] = ("Changed their mind", "Does not fit", "Wrong article", "Damaged")
    """What a cashier chooses from when goods come back."""


def days_late(policy: ReturnPolicy, sold_on: str, today: str) -> int:
    """Count the days by which goods come back too late; 0 where they do not. Days are ISO 8601."""
    if not policy.days:
        return 0
    return max(0, (date.fromisoformat(today) - date.fromisoformat(sold_on)).days - policy.days)
