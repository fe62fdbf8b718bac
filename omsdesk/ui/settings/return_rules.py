"""What a shop takes back, as the settings show it: days and amounts as they were typed, and the rules they come to."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from omsdesk.channels.product_files.amounts import read_price
from omsdesk.documents.formats import format_amount
from omsdesk.domain.return_policy import ReturnPolicy, WithoutReceipt
from omsdesk.domain.shop import Shop
from omsdesk.domain.values import Money

MOST_DAYS = 3650


class RulesDraft(Protocol):
    """The part of the shop's draft that is about returns and discounts."""

    @property
    def return_days(self) -> str: ...  # noqa: D102
    @property
    def without_receipt(self) -> str: ...  # noqa: D102
    @property
    def return_limit(self) -> str: ...  # noqa: D102
    @property
    def is_credit_only(self) -> bool: ...  # noqa: D102
    @property
    def lowest_days(self) -> str: ...  # noqa: D102
    @property
    def return_reasons(self) -> str: ...  # noqa: D102
    @property
    def discount_reasons(self) -> str: ...  # noqa: D102


def typed(shop: Shop) -> dict[str, str | bool]:
    """Write the rules of a shop as they would be typed."""
    rules = shop.returns
    limit = Money(rules.limit, shop.currency)
    return {
        "return_days": str(rules.days or ""),
        "without_receipt": str(rules.without_receipt),
        "return_limit": format_amount(limit, shop.locale) if limit else "",
        "is_credit_only": rules.is_credit_only,
        "lowest_days": str(rules.lowest_days or ""),
        "return_reasons": "\n".join(rules.reasons),
        "discount_reasons": "\n".join(shop.discount_reasons),
    }


def problems(draft: RulesDraft, shop: Shop) -> dict[str, str]:
    """Say what is wrong with which field."""
    found: dict[str, str] = {}
    for name, text in (("return_days", draft.return_days), ("lowest_days", draft.lowest_days)):
        try:
            _days(text)
        except ValueError as error:
            found[name] = str(error)
    try:
        limit = _limit(draft, shop)
    except ValueError as error:
        found["return_limit"] = str(error)
    else:
        if draft.without_receipt == WithoutReceipt.LIMIT and not limit:
            found["return_limit"] = "Type up to which amount nobody has to agree."
    return found


def with_rules(shop: Shop, draft: RulesDraft) -> Shop:
    """Give a shop the rules of a draft without problems."""
    policy = ReturnPolicy(
        _days(draft.return_days),
        WithoutReceipt(draft.without_receipt),
        _limit(draft, shop),
        draft.is_credit_only,
        _days(draft.lowest_days),
        _lines(draft.return_reasons),
    )
    return replace(shop, returns=policy, discount_reasons=_lines(draft.discount_reasons))


def _days(text: str) -> int:
    days = text.strip()
    if not days:
        return 0
    if not days.isdecimal() or int(days) > MOST_DAYS:
        raise ValueError(f"Type a number of days, {MOST_DAYS} at most, or nothing.")
    return int(days)


def _limit(draft: RulesDraft, shop: Shop) -> int:
    limit = read_price(draft.return_limit, shop.currency)
    if limit is not None and limit.minor < 0:
        raise ValueError("Type an amount above zero, or nothing.")
    return limit.minor if limit else 0


def _lines(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
