"""Promotions as they are kept: what somebody says of one, and what is missing before it can be offered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from omsdesk.domain.field_write import UNSEEN, Seen, changed
from omsdesk.domain.messages import Command, Decision, Event, Refusal, event
from omsdesk.domain.promotion import Benefit, Promotion, Takes
from omsdesk.domain.records import record
from omsdesk.domain.tax import PPM
from omsdesk.domain.values import MOST_MINOR, Money

OFFER = ("needs", "benefit", "tiers", "threshold", "most")
"""What is offered. Half of what one person meant and half of what another did is nobody's offer: they are said as one.
"""

_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d\Z|24:00\Z")
_MOST_UNITS = 1_000


@record
class SavePromotion(Command):
    """Make a promotion, or change it; ``said`` and ``base`` as in ``SavePerson``."""

    permission: ClassVar[str] = "catalogue.edit"
    promotion: Promotion
    said: tuple[str, ...] = ()
    base: int = 0


@event("promotion.saved")
@record
class PromotionSaved(Event):
    """A promotion was made, or changed in the fields that are ``said``; the rest as in ``PersonSaved``."""

    id: str
    promotion: Promotion
    said: tuple[str, ...] = ()
    saw: tuple[str, ...] = ()
    generation: int = 0


def decide(command: SavePromotion, seen: Seen = UNSEEN) -> Decision:
    """Decide on a promotion; ``seen`` is what was known of it."""
    row = command.promotion
    fault = next(faults(row), None)
    return fault or (PromotionSaved(row.id, row, command.said, seen.refs, seen.generation),)


def said_of_edit(before: Promotion, after: Promotion) -> tuple[str, ...]:
    """Name the fields that an edit speaks of; all of what is offered, where any of it is other than before."""
    names = changed(before, after)
    return names if set(OFFER).isdisjoint(names) else tuple(dict.fromkeys((*names, *OFFER)))


def faults(row: Promotion) -> Iterator[Refusal]:
    """Say what is missing or cannot be, the first thing first."""
    if not row.name.strip():
        yield Refusal("Type a name. Customers read it on the receipt.")
    if not row.is_sound or max(need.quantity for need in row.needs) > _MOST_UNITS:
        yield Refusal(f"Say how many have to be bought: one at least, {_MOST_UNITS} at most.")
    elif not any(need.is_reduced for need in row.needs):
        yield Refusal("Choose what gets cheaper.")
    yield from _benefit_faults(row)
    yield from _time_faults(row)


def _benefit_faults(row: Promotion) -> Iterator[Refusal]:
    benefits = [tier.benefit for tier in row.tiers] if row.tiers else [row.benefit]
    for benefit in benefits:
        fault = _benefit_fault(benefit)
        if fault:
            yield Refusal(fault)
    steps = [tier.from_quantity for tier in row.tiers]
    if len(set(steps)) < len(steps) or any(not 0 < step <= _MOST_UNITS for step in steps):
        yield Refusal(f"Each step begins at another quantity, from 1 to {_MOST_UNITS}.")
    if row.threshold is not None and not 0 < row.threshold.amount.minor <= MOST_MINOR:
        yield Refusal("Type an amount above zero from which it holds.")
    if row.most < 0:
        yield Refusal("How often on one receipt cannot be below zero. Leave it empty for any number.")
    if len({amount.currency for amount in _amounts(row)}) > 1:
        yield Refusal("All amounts of an offer have to be in one currency.")


def _benefit_fault(benefit: Benefit) -> str:
    if benefit.takes is Takes.PERCENT:
        return "" if 0 < benefit.ppm <= PPM else "Type how many percent come off: above zero, and 100 at most."
    money = benefit.money
    if benefit.takes in {Takes.UNIT_PRICE, Takes.SET_PRICE}:
        return "" if money is not None and 0 <= money.minor <= MOST_MINOR else "Type the price."
    return "" if money is not None and 0 < money.minor <= MOST_MINOR else "Type how much comes off."


def _amounts(row: Promotion) -> Iterator[Money]:
    for benefit in (row.benefit, *(tier.benefit for tier in row.tiers)):
        if benefit.money is not None:
            yield benefit.money
    if row.threshold is not None:
        yield row.threshold.amount


def _time_faults(row: Promotion) -> Iterator[Refusal]:
    if any(day and not _is_day(day) for day in (row.valid_from, row.valid_to)):
        yield Refusal("Type days as 2026-12-24, or leave them empty.")
    elif row.valid_to and row.valid_to < row.valid_from:
        yield Refusal("It ends before it begins. Look at the two days.")
    if any(time and not _TIME.match(time) for time in (row.from_time, row.to_time)):
        yield Refusal("Type times as 09:00, or leave them empty.")
    elif row.from_time and row.from_time == row.to_time:
        yield Refusal("It begins and ends at the same time of day. Leave both empty for the whole day.")
    if any(not 1 <= day <= 7 for day in row.weekdays):
        yield Refusal("Choose days of the week from Monday to Sunday.")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
