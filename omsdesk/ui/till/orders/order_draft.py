"""An order as it is being written down at the till: what is proposed, what is typed, and what it comes to."""

from __future__ import annotations

import re
from dataclasses import replace

from omsdesk.domain.order import Party, Purpose
from omsdesk.domain.order_terms import Fee, Terms, a_plan, days_after
from omsdesk.domain.records import record
from omsdesk.domain.shop import Shop
from omsdesk.domain.tax import PPM
from omsdesk.domain.values import Money, divide
from omsdesk.ui import days

_FEW = re.compile(r"\d{1,3}\Z")
"""What is a number of days, and no day."""


@record
class Draft:
    """What is known of an order before it is placed."""

    purpose: Purpose
    total: Money
    day: str
    """Today, ISO 8601."""
    shop: Shop
    """The one where it is taken, whose usual terms are proposed."""
    store: str
    """The one that the goods come from."""
    party: Party = Party()
    deposit: Money | None = None
    """What is paid now."""
    instalments: int = 0
    until: str = ""

    @property
    def terms(self) -> Terms:
        """What is agreed on."""
        if self.purpose is Purpose.QUOTATION:
            return Terms(until=self.until)
        plan = a_plan(self.total - self.paid_now, self.day, self.instalments)
        return Terms(self.deposit or None, plan, self.until, Fee(self.shop.cancel_ppm))

    @property
    def paid_now(self) -> Money:
        """What is paid at once; nothing for a quotation."""
        nothing = Money(0, self.total.currency)
        return nothing if self.purpose is Purpose.QUOTATION else self.deposit or nothing

    @property
    def fault(self) -> tuple[str, str]:
        """Say in which field something is missing, and what; empty where it can be placed."""
        if self.purpose is not Purpose.QUOTATION and not (self.party.name or self.party.phone):
            return "name", "Type a name or a phone number, so that the order is found again."
        if self.purpose is Purpose.DELIVERY and not self.party.address:
            return "address", "Type where the goods are sent to."
        if self.paid_now > self.total:
            return "deposit", "This is more than the order comes to."
        if self.until and self.until < self.day:
            return "until", "This day is over. Type a later one."
        return "", ""


def proposed(draft: Draft, purpose: Purpose) -> Draft:
    """Propose what is usual for a purpose; who orders stays."""
    shop = draft.shop
    kept = {
        Purpose.QUOTATION: shop.quotation_days,
        Purpose.LAYAWAY: shop.layaway_days,
        Purpose.PICK_UP: shop.pick_up_days,
    }
    count_kept = kept.get(purpose, 0)
    share = {Purpose.LAYAWAY: shop.layaway_ppm, Purpose.QUOTATION: 0}.get(purpose, PPM)
    deposit = Money(divide(draft.total.minor * share, PPM), draft.total.currency)
    count = shop.layaway_parts if purpose is Purpose.LAYAWAY else 0
    until = days_after(draft.day, count_kept) if count_kept else ""
    return replace(draft, purpose=purpose, deposit=deposit, instalments=count, until=until)


def read_until(text: str, draft: Draft) -> str | None:
    """Read a last day as it is typed: a day, or a number of days from now; None where it is none, empty for no day."""
    typed = text.strip()
    try:
        return days.read_day(f"+{typed}" if _FEW.match(typed) else typed, draft.shop.locale, draft.day)
    except ValueError:
        return None
