"""How far somebody may do something, as people say it."""

from __future__ import annotations

from omsdesk.domain.rights import RIGHTS, Leave, Measure, Rule
from omsdesk.domain.shop import Shop
from omsdesk.domain.tax import PPM
from omsdesk.domain.values import Money
from omsdesk.ui.amounts import money_text
from omsdesk.ui.typed_amount import decimal_sign

LEAVES = {Leave.ALLOWED: "Yes", Leave.APPROVAL: "With approval", Leave.DENIED: "No"}


def rule_words(rule: Rule, shop: Shop | None) -> str:
    """Say how far a role may do something; its limit in the money of a shop."""
    if rule.most is None or rule.right not in RIGHTS:
        return LEAVES[rule.leave]
    return f"Up to {size_words(rule.right, rule.most, shop)}"


def size_words(right: str, size: int, shop: Shop | None) -> str:
    """Write how much of something was done or may be done; empty where that is not counted."""
    measure = RIGHTS[right].measure if right in RIGHTS else Measure.NOTHING
    if measure is Measure.SHARE:
        return percent_words(size, shop.locale if shop else "")
    if measure is Measure.DAYS:
        return f"{size} day{'' if size == 1 else 's'}"
    if measure is Measure.MONEY and shop is not None:
        return money_text(Money(size, shop.currency), shop.locale)
    return ""


def percent_words(ppm: int, locale: str) -> str:
    """Write a share in percent, with one decimal at most where it has any.

    Upwards: what was taken off leaves a cent of rounding out, and whoever agreed to 20 % reads no 19.9 %.
    """
    tenths = -(-ppm * 1_000 // PPM)
    return f"{tenths // 10} %" if tenths % 10 == 0 else f"{tenths // 10}{decimal_sign(locale)}{tenths % 10} %"
