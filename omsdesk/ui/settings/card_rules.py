"""What a shop allows with gift cards, as the settings show it: what a till may give out alone, how long they last."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from omsdesk.channels.product_files.amounts import read_price
from omsdesk.documents.formats import format_amount
from omsdesk.domain.shop import Shop
from omsdesk.domain.values import Money

MOST_MONTHS = 600


class CardDraft(Protocol):
    """The part of the shop's draft that is about gift cards."""

    @property
    def offline_value(self) -> str: ...  # noqa: D102
    @property
    def card_months(self) -> str: ...  # noqa: D102


def typed(shop: Shop) -> dict[str, str]:
    """Write the rules of a shop as they would be typed."""
    return {
        "offline_value": format_amount(Money(shop.offline_value, shop.currency), shop.locale),
        "card_months": str(shop.card_months or ""),
    }


def problems(draft: CardDraft, shop: Shop) -> dict[str, str]:
    """Say what is wrong with which field."""
    found: dict[str, str] = {}
    try:
        _value(draft, shop)
    except ValueError as error:
        found["offline_value"] = str(error)
    try:
        _months(draft)
    except ValueError as error:
        found["card_months"] = str(error)
    return found


def with_rules(shop: Shop, draft: CardDraft) -> Shop:
    """Give a shop the rules of a draft without problems."""
    return replace(shop, offline_value=_value(draft, shop), card_months=_months(draft))


def _value(draft: CardDraft, shop: Shop) -> int:
    value = read_price(draft.offline_value, shop.currency)
    if value is None:
        return 0
    if value.minor < 0:
        raise ValueError("Type an amount, or 0 where nothing is given out while others cannot hear of it.")
    return value.minor


def _months(draft: CardDraft) -> int:
    months = draft.card_months.strip()
    if not months:
        return 0
    if not months.isdecimal() or int(months) > MOST_MONTHS:
        raise ValueError(f"Type a number of months, {MOST_MONTHS} at most, or nothing for ever.")
    return int(months)
