"""Rules for goods, as the settings show them: what was typed, and what it comes to."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Protocol

from omsdesk.domain.embedded_code import REGIONS, EmbeddedCode, fault, masks_of, read
from omsdesk.domain.goods_policy import GoodsPolicy
from omsdesk.domain.modifier import ModifierGroup
from omsdesk.domain.shop import Shop
from omsdesk.domain.traits import StockPolicy
from omsdesk.ui.amounts import money_text

_GROUP = re.compile(r"([^:,]+?)\s+(\d{1,2})\s*-\s*(\d{1,2})\s*:(.+)\Z")
_OLDEST = 99
_MOST_DAYS = 365


class GoodsDraft(Protocol):
    """The part of the shop's draft that is about goods."""

    @property
    def country(self) -> str: ...  # noqa: D102
    @property
    def sold_out(self) -> str: ...  # noqa: D102
    @property
    def clearly_over(self) -> str: ...  # noqa: D102
    @property
    def expiry_days(self) -> str: ...  # noqa: D102
    @property
    def masks(self) -> str: ...  # noqa: D102
    @property
    def extras(self) -> str: ...  # noqa: D102
    @property
    def kitchen(self) -> str: ...  # noqa: D102


def typed(shop: Shop) -> dict[str, str]:
    """Write the rules of a shop as they would be typed."""
    rules = shop.goods
    return {
        "sold_out": str(rules.stock),
        "clearly_over": str(rules.clearly_over or ""),
        "expiry_days": str(rules.expiry_days),
        "masks": "\n".join(mask_text(row) for row in shop.embedded_codes),
        "extras": "\n".join(map(group_text, shop.modifiers)),
        "kitchen": "\n".join(rules.kitchen),
    }


def mask_text(code: EmbeddedCode) -> str:
    """Write a mask as it is typed: the places, and how many of the value are decimals."""
    return f"{code.mask} {code.decimals}"


def problems(draft: GoodsDraft) -> dict[str, str]:
    """Say what is wrong with which field."""
    found: dict[str, str] = {}
    if not _is_number(draft.clearly_over, _OLDEST):
        found["clearly_over"] = "Type an age in years such as 25, or nothing."
    if not _is_number(draft.expiry_days, _MOST_DAYS):
        found["expiry_days"] = f"Type a number of days, {_MOST_DAYS} at most."
    for name, reads in (("masks", lambda: masks(draft.masks)), ("extras", lambda: groups(draft.extras))):
        try:
            reads()
        except ValueError as error:
            found[name] = str(error)
    return found


def with_goods(shop: Shop, draft: GoodsDraft) -> Shop:
    """Give a shop the rules of a draft without problems."""
    policy = GoodsPolicy(
        StockPolicy(draft.sold_out),
        int(draft.clearly_over or 0),
        int(draft.expiry_days or 0),
        categories(draft.kitchen),
    )
    return replace(shop, goods=policy, embedded_codes=masks(draft.masks), modifiers=groups(draft.extras))


def masks(text: str) -> tuple[EmbeddedCode, ...]:
    """Read masks, a line each.

    Raises:
        ValueError: a sentence that says what is wrong with which line.

    """
    found = []
    for line in filter(None, map(str.strip, text.upper().splitlines())):
        mask, _, decimals = line.partition(" ")
        code = EmbeddedCode(mask, int(decimals)) if decimals.strip().isdecimal() else EmbeddedCode(mask, -1)
        wrong = fault(code) if code.decimals >= 0 else "Type the decimals behind the mask, such as 22IIIICPPPPP 2."
        if wrong:
            raise ValueError(f"{mask}: {wrong}")
        found.append(code)
    return tuple(dict.fromkeys(found))


def categories(text: str) -> tuple[str, ...]:
    """Read the categories that are made in the kitchen, a line each; one that is said twice counts once."""
    return tuple({name.casefold(): name for name in filter(None, map(str.strip, text.splitlines()))}.values())


def group_text(group: ModifierGroup) -> str:
    """Write a group of choices as it is typed: ``Milk 0-1: OAT, SOY``."""
    return f"{group.name} {group.least}-{group.most}: {', '.join(group.options)}"


def groups(text: str) -> tuple[ModifierGroup, ...]:
    """Read groups of choices, a line each.

    Raises:
        ValueError: a sentence that says what is wrong with which line.

    """
    found: dict[str, ModifierGroup] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        match = _GROUP.match(line)
        options = tuple(dict.fromkeys(filter(None, map(str.strip, match[4].split(","))))) if match else ()
        if match is None or not options:
            raise ValueError(f"“{line}”: type a name, how many, and article numbers: Milk 0-1: OAT, SOY.")
        group = ModifierGroup(match[1].strip(), options, int(match[2]), int(match[3]))
        if not group.least <= group.most or group.most < 1:
            raise ValueError(f"“{group.name}”: the first number is the least, the second the most, such as 0-1.")
        if group.name in found:
            raise ValueError(f"There are two groups called “{group.name}”.")
        found[group.name] = group
    return tuple(found.values())


def usual(country: str) -> str:
    """Say which numbers are read without any mask of the shop's own."""
    rows = ", ".join(mask_text(row) for row in REGIONS.get(country, ()))
    return f"Read anyway, as is usual in this country: {rows}." if rows else "This country has no usual masks."


def trial(code: str, draft: GoodsDraft, shop: Shop) -> str:
    """Say what a number would be read as; empty while nothing is typed."""
    if not code.strip():
        return ""
    try:
        own = masks(draft.masks)
    except ValueError:
        return "Put the masks right first."
    found = read(code, masks_of(draft.country, own), shop.currency)
    if found is None:
        return "No mask fits this number, or one of its digits was read wrong."
    values = {"kg": found.weight, "pieces": found.count}
    said = [f"{value} {unit}" for unit, value in values.items() if value is not None]
    said += [money_text(found.price, shop.locale)] if found.price is not None else []
    names = f"{found.names[-1]} as SKU, or {found.plain} as barcode"
    return f"Item {found.item}, {', '.join(said)}. The product has {names}."


def _is_number(text: str, most: int) -> bool:
    return not text.strip() or (text.strip().isdecimal() and int(text) <= most)
