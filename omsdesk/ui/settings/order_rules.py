"""What a shop proposes for orders, as the settings show it: days, parts and percentages as they were typed."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from omsdesk.domain.shop import Shop
from omsdesk.ui.typed_share import read_share, share_text

MOST_DAYS = 3650
MOST_PARTS = 12
DAYS = ("quotation_days", "layaway_days", "pick_up_days")
SHARES = ("layaway_share", "cancel_share")
NAMES = (*DAYS, "layaway_parts", *SHARES)


class OrderDraft(Protocol):
    """The part of the shop's draft that is about orders."""

    @property
    def quotation_days(self) -> str: ...  # noqa: D102
    @property
    def layaway_days(self) -> str: ...  # noqa: D102
    @property
    def pick_up_days(self) -> str: ...  # noqa: D102
    @property
    def layaway_share(self) -> str: ...  # noqa: D102
    @property
    def layaway_parts(self) -> str: ...  # noqa: D102
    @property
    def cancel_share(self) -> str: ...  # noqa: D102


def typed(shop: Shop) -> dict[str, str]:
    """Write the rules of a shop as they would be typed."""
    return {
        **{name: str(getattr(shop, name) or "") for name in DAYS},
        "layaway_share": share_text(shop.layaway_ppm, shop.locale),
        "layaway_parts": str(shop.layaway_parts),
        "cancel_share": share_text(shop.cancel_ppm, shop.locale),
    }


def problems(draft: OrderDraft) -> dict[str, str]:
    """Say what is wrong with which field."""
    found: dict[str, str] = {}
    for name in NAMES:
        try:
            _read(draft, name)
        except ValueError as error:
            found[name] = str(error)
    return found


def with_rules(shop: Shop, draft: OrderDraft) -> Shop:
    """Give a shop the rules of a draft without problems."""
    return replace(
        shop,
        quotation_days=_read(draft, "quotation_days"),
        layaway_days=_read(draft, "layaway_days"),
        pick_up_days=_read(draft, "pick_up_days"),
        layaway_ppm=_read(draft, "layaway_share"),
        layaway_parts=_read(draft, "layaway_parts"),
        cancel_ppm=_read(draft, "cancel_share"),
    )


def _read(draft: OrderDraft, name: str) -> int:
    text: str = getattr(draft, name).strip()
    if name in SHARES:
        return read_share(text)
    if name in DAYS:
        return _number(text, MOST_DAYS, f"Type a number of days, {MOST_DAYS} at most, or nothing.")
    return _number(text, MOST_PARTS, f"Type a number of parts, {MOST_PARTS} at most, or 0 for all at once.")


def _number(text: str, most: int, sentence: str) -> int:
    if not text:
        return 0
    if not text.isdecimal() or int(text) > most:
        raise ValueError(sentence)
    return int(text)
