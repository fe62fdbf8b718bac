"""What the screens about the service work with beyond the back office: the exchange, and becoming a till."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from omsdesk.ui import office
from omsdesk.ui.exchange import Exchange

NO_RIGHT = "You can look at this. To change anything, ask a manager to sign in."


@dataclass(frozen=True, slots=True)
class Office(office.Office):
    """``become_till`` makes this computer a till, or (empty) a back office."""

    exchange: Exchange
    become_till: Callable[[str], None]
