"""In whose hands a ticket is: what one station does with it is never mixed with what another one does.

A ticket that waits can be taken up at two tills that do not hear of each other, and a disk can be copied with a ticket
in work. From then on there are two tickets of one id. Each station works on the one in its own hands.
"""

from __future__ import annotations

from dataclasses import replace

from omsdesk.domain import sale as sales
from omsdesk.domain.messages import Event
from omsdesk.domain.records import record
from omsdesk.domain.sale import (
    Sale,
    SaleCompleted,
    SaleHeld,
    SaleOrdered,
    SaleRecalled,
    SaleStarted,
    SaleVoided,
    VoidTakenBack,
)

OWN = ""
"""This station. Another one is called by its device and epoch, parted by a slash; a twin of this disk has no device."""


_TURNS = (SaleStarted, SaleRecalled, SaleHeld, SaleVoided, SaleCompleted, SaleOrdered)


@record
class Ticket:
    """A ticket as one station knows it."""

    hands: tuple[tuple[str, Sale], ...] = ()
    """Who works on it, and how it stands there."""
    aside: tuple[Sale, ...] = ()
    """How it was put aside, each time."""
    ended: tuple[Sale, ...] = ()
    """How it was completed or voided, or became an order: once, unless two had it in their hands."""
    early: tuple[tuple[str, Event], ...] = ()
    """What was heard before that which it follows from."""

    @property
    def own(self) -> Sale | None:
        """How it stands in this station's hands; None where they do not hold it."""
        return _in_hand(self.hands, OWN)

    @property
    def here(self) -> Sale | None:
        """How it stands for this station: in its own hands, else completed, else what became of it last."""
        own = self.own
        if own is not None:
            return own
        elsewhere = (replace(sale, is_elsewhere=True) for _, sale in self.hands if sale.held_as is None)
        return max((*self.aside, *elsewhere, *self.ended), key=_rank, default=None)


def _rank(sale: Sale) -> tuple[bool, int, bool, str, str]:
    return bool(sale.number), sale.turn, not sale.is_voided, sale.till, sale.held_as or ""


def evolve(ticket: Ticket | None, hand: str, fact: Event) -> Ticket:
    """Apply what was done with a ticket by somebody's hand. What cannot be applied yet waits for what is missing."""
    before = ticket or Ticket()
    if before.hands and before.hands[0][0] == hand and not isinstance(fact, _TURNS):
        # What nearly always happens: who has it in their hands goes on with it.
        sale = sales.evolve(before.hands[0][1], fact)
        return Ticket(((hand, sale), *before.hands[1:]), before.aside, before.ended, before.early)
    after = _applied(before, hand, fact)
    if after is None:
        return replace(before, early=(*before.early, (hand, fact)))
    if after.early and isinstance(fact, SaleStarted | SaleHeld):
        early, after = after.early, replace(after, early=())
        for other, later in early:
            after = evolve(after, other, later)
    return after


def _applied(ticket: Ticket, hand: str, fact: Event) -> Ticket | None:
    if isinstance(fact, VoidTakenBack):
        return _no_void(ticket, fact)
    base = None if isinstance(fact, SaleStarted) else _base(ticket, hand, fact)
    if base is None and not isinstance(fact, SaleStarted):
        return None
    sale = sales.evolve(base, fact)
    others = tuple(pair for pair in ticket.hands if pair[0] != hand)
    match fact:
        case SaleVoided() | SaleCompleted() | SaleOrdered():
            return Ticket(others, ticket.aside, (*ticket.ended, sale), ticket.early)
        case SaleHeld():
            aside = (*(row for row in ticket.aside if (row.turn, row.till) != (sale.turn, sale.till)), sale)
            # Where money was taken it lies in a drawer: the ticket stays with that till, though it waits.
            hands = ((hand, sale), *others) if sale.tenders else others
            return Ticket(hands, aside, ticket.ended, ticket.early)
    return Ticket(((hand, sale), *others), ticket.aside, ticket.ended, ticket.early)


def _no_void(ticket: Ticket, fact: VoidTakenBack) -> Ticket | None:
    """Write on a ticket that was given up that this was taken back; it has ended all the same."""
    voided = next((row for row in ticket.ended if row.voided_in == fact.shift and row.turn == fact.turn - 1), None)
    if voided is None:
        return None
    return replace(ticket, ended=tuple(sales.evolve(row, fact) if row is voided else row for row in ticket.ended))


def _base(ticket: Ticket, hand: str, fact: Event) -> Sale | None:
    """Find what a fact was done to."""
    if isinstance(fact, SaleRecalled):
        return _at_turn(ticket, fact.turn - 1)
    held = _in_hand(ticket.hands, hand)
    if held is None and isinstance(fact, SaleVoided):
        held = _at_turn(ticket, fact.turn - 1)
    if held is None:
        # The twin of a disk went on with what both had in their hands when it was copied.
        device = hand.partition("/")[0]
        held = next((sale for other, sale in ticket.hands if other.partition("/")[0] == device), None)
    if held is None and isinstance(fact, SaleCompleted):
        return Sale(fact.sale, fact.till, fact.total.currency, is_training=fact.is_training)
    return held


def _at_turn(ticket: Ticket, turn: int) -> Sale | None:
    stood = (*ticket.aside, *(sale for _, sale in ticket.hands))
    return max((sale for sale in stood if sale.turn == turn), key=_rank, default=None)


def _in_hand(hands: tuple[tuple[str, Sale], ...], hand: str) -> Sale | None:
    for other, sale in hands:
        if other == hand:
            return sale
    return None
