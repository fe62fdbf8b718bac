"""What a till stands on when the program starts: its shop, its shift, and what its settings say."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from omsdesk.actions.clock import Clock
from omsdesk.actions.set_up import notes_of
from omsdesk.store.engine import Connection
from omsdesk.store.queries import till as queries
from omsdesk.ui.till.counter import Counter, Work
from omsdesk.ui.till.state import TillState

if TYPE_CHECKING:
    from omsdesk.settings import Settings


def state_of(reader: Connection, work: Work, clock: Clock, settings: Callable[[], Settings]) -> TillState | None:
    """Make the state of the till that this computer is; None where it is none."""
    where = queries.station(reader)
    shop, till = queries.shop_of(reader, where.till), queries.till_of(reader, where.till)
    if shop is None or till is None:
        return None
    counter = Counter(reader, work, clock, shop, till, shift=queries.open_shift(reader, till.id))
    counter.has_printer = lambda role: role in settings().device
    counter.is_demonstration = settings().is_demonstration
    state = TillState(counter, notes_of(shop.country), settings().pdf_path)
    state.shift.is_blind = settings().is_close_blind
    return state
