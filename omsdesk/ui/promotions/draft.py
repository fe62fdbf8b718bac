"""A promotion as it stands in the form: one of a few kinds, in the words and numbers that somebody types."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from omsdesk.domain.promotion import Benefit, Need, Promotion, Selection, Takes, Threshold, Tier
from omsdesk.domain.promotion_book import OFFER, faults
from omsdesk.domain.tax import PPM
from omsdesk.domain.values import Money
from omsdesk.ui.days import day_text, read_day
from omsdesk.ui.typed_amount import plain_text, read_amount
from omsdesk.ui.typed_share import share_text

EVERYTHING = Selection()
_PERCENT = re.compile(r"(\d{1,3})(?:[.,](\d{1,4}))?\s*%?\Z")


class Kind(StrEnum):
    """What is offered; the value is its key in the choice."""

    OFF = "off"
    GET = "get"
    MIX = "mix"
    BUNDLE = "bundle"
    STEPS = "steps"
    BASKET = "basket"
    OTHER = "other"
    """Made by a program in a way that this form has no fields for."""


KINDS = {
    Kind.OFF: "Percent, amount or price of each",
    Kind.GET: "Buy some, get some cheaper or free",
    Kind.MIX: "Mix and match: any few for one price",
    Kind.BUNDLE: "Bundle: this and that for one price",
    Kind.STEPS: "The more, the cheaper",
    Kind.BASKET: "From an amount on",
}


class Way(StrEnum):
    """How it is said what something costs."""

    PERCENT = "percent"
    AMOUNT = "amount"
    PRICE = "price"


WAYS = {
    Kind.OFF: {Way.PERCENT: "Percent off", Way.AMOUNT: "Amount off each", Way.PRICE: "New price of each"},
    Kind.GET: {Way.PERCENT: "Percent off (100 is free)", Way.AMOUNT: "Amount off each", Way.PRICE: "Price of each"},
    Kind.BASKET: {Way.PERCENT: "Percent off", Way.AMOUNT: "Amount off all of it"},
}
"""Which of them a kind has; the others have a price."""
_TAKES = {Way.PERCENT: Takes.PERCENT, Way.AMOUNT: Takes.UNIT_AMOUNT, Way.PRICE: Takes.UNIT_PRICE}


class CouponWay(StrEnum):
    """Whether a customer has to show something."""

    NONE = ""
    WORD = "word"
    CODES = "codes"


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in the fields."""

    name: str = ""
    kind: str = Kind.OFF
    way: str = Way.PERCENT
    value: str = ""
    """Percent, amount or price."""
    buy: str = "2"
    get: str = "1"
    amount: str = ""
    """From which amount on."""
    step_1: str = "3"
    off_1: str = ""
    step_2: str = ""
    off_2: str = ""
    step_3: str = ""
    off_3: str = ""
    goods: Selection = EVERYTHING
    others: Selection = EVERYTHING
    """The second goods, where they are other ones."""
    goods_sought: str = ""
    others_sought: str = ""
    """What is typed to search for goods, and is none of them yet."""
    valid_from: str = ""
    valid_to: str = ""
    weekdays: tuple[int, ...] = ()
    from_time: str = ""
    to_time: str = ""
    stores: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    priority: str = "0"
    is_combinable: bool = False
    most: str = ""
    coupon_way: str = CouponWay.NONE
    coupon: str = ""
    is_active: bool = True


class Reader:
    """Reads a draft as a promotion of a shop, and notes what is wrong with which field."""

    def __init__(self, currency: str, locale: str) -> None:
        """Read nothing yet."""
        self._currency, self._locale = currency, locale
        self.errors: dict[str, str] = {}

    def read(self, id: str, draft: Draft, kept: Promotion | None = None) -> Promotion:
        """Read a draft; ``kept`` is the promotion whose offer this form has no fields for."""
        self.errors = {}
        row = Promotion(
            id, draft.name.strip(), (),
            valid_from=self._day("valid_from", draft), valid_to=self._day("valid_to", draft),
            weekdays=tuple(sorted(draft.weekdays)), from_time=_time(draft.from_time), to_time=_time(draft.to_time),
            stores=draft.stores, groups=draft.groups, priority=int(draft.priority or 0), most=self._most(draft),
            is_combinable=draft.is_combinable, coupon=_coupon(id, draft), is_active=draft.is_active,
        )  # fmt: skip
        if draft.kind == Kind.OTHER and kept is not None:
            row = replace(row, **{name: getattr(kept, name) for name in OFFER})
        else:
            row = replace(row, **self._offer(draft))
        if draft.coupon_way == CouponWay.WORD and not row.coupon:
            self.errors["coupon"] = "Type the word that customers show."
        if draft.kind == Kind.BUNDLE:
            self.errors |= {name: said for name, said in _PARTS.items() if getattr(draft, name).is_open}
        self.errors |= {name: _SOUGHT for name in _searches(draft) if getattr(draft, f"{name}_sought").strip()}
        self._place(row)
        return row

    def _offer(self, draft: Draft) -> dict[str, Any]:
        first = Need(draft.goods)
        match draft.kind:
            case Kind.GET:
                others = draft.goods if draft.others.is_open else draft.others
                bought = Need(draft.goods, self._count("buy", draft.buy), is_reduced=False)
                return {"needs": (bought, Need(others, self._count("get", draft.get))), "benefit": self._benefit(draft)}
            case Kind.MIX:
                return {"needs": (Need(draft.goods, self._count("buy", draft.buy)),), "benefit": self._set_price(draft)}
            case Kind.BUNDLE:
                return {"needs": (first, Need(draft.others)), "benefit": self._set_price(draft)}
            case Kind.STEPS:
                return {"needs": (first,), "tiers": self._tiers(draft)}
            case Kind.BASKET:
                limit = Threshold(self._money("amount", draft.amount), draft.goods)
                return {"needs": (first,), "threshold": limit, "benefit": self._benefit(draft)}
        return {"needs": (first,), "benefit": self._benefit(draft)}

    def _benefit(self, draft: Draft) -> Benefit:
        if draft.way == Way.PERCENT:
            return Benefit(Takes.PERCENT, self._ppm("value", draft.value))
        is_basket = draft.kind == Kind.BASKET
        takes = Takes.BASKET_AMOUNT if is_basket else _TAKES[Way(draft.way)]
        return Benefit(takes, money=self._money("value", draft.value))

    def _set_price(self, draft: Draft) -> Benefit:
        return Benefit(Takes.SET_PRICE, money=self._money("value", draft.value))

    def _tiers(self, draft: Draft) -> tuple[Tier, ...]:
        rows = [(getattr(draft, f"step_{n}"), getattr(draft, f"off_{n}"), n) for n in (1, 2, 3)]
        return tuple(
            Tier(self._count(f"step_{n}", step), Benefit(Takes.PERCENT, self._ppm(f"off_{n}", off)))
            for step, off, n in rows
            if step.strip() or off.strip() or n == 1
        )

    def _most(self, draft: Draft) -> int:
        return self._count("most", draft.most) if draft.most.strip() else 0

    def _count(self, field: str, text: str) -> int:
        count = int(text) if text.strip().isdecimal() else 0
        if not 0 < count <= 1_000:
            self.errors[field] = "Type a number from 1 to 1000."
        return count

    def _ppm(self, field: str, text: str) -> int:
        found = _PERCENT.match(text.strip())
        ppm = int(found[1]) * 10_000 + int((found[2] or "").ljust(4, "0")) if found else 0
        if not 0 < ppm <= PPM:
            self.errors[field] = "Type a percentage above zero, and 100 at most."
        return ppm

    def _money(self, field: str, text: str) -> Money:
        typed = read_amount(text, self._currency, self._locale)
        if typed.amount is None:
            self.errors[field] = typed.question or "Type an amount, such as 5.00."
        return typed.amount or Money(0, self._currency)

    def _day(self, field: str, draft: Draft) -> str:
        try:
            return read_day(getattr(draft, field), self._locale)
        except ValueError as fault:
            self.errors[field] = str(fault)
            return ""

    def _place(self, row: Promotion) -> None:
        """Say what else is missing, at the field that it is about."""
        for fault in faults(row):
            field = next((name for start, name in _PLACES if fault.wording.startswith(start)), "value")
            if not self.errors or field in {"name", "valid_from", "from_time"}:
                self.errors.setdefault(field, fault.wording)


_PARTS = {"goods": "Choose what is in the bundle.", "others": "Choose what goes together with it."}
"""Both parts of a bundle are named: with one left open, anything in the shop would do for it."""
_SOUGHT = "Choose one of those that were found, or empty this field."
"""An offer on what was only searched for would be one on everything."""
_PLACES = (
    ("Type a name", "name"),
    ("It ends", "valid_from"),
    ("Type days", "valid_from"),
    ("Type times", "from_time"),
    ("It begins", "from_time"),
    ("Type an amount above", "amount"),
    ("Each step", "step_1"),
    ("How often", "most"),
)


def _searches(draft: Draft) -> tuple[str, ...]:
    """Name the goods that can be searched for in this kind of offer."""
    if draft.kind == Kind.OTHER:
        return ()
    return ("goods", "others") if draft.kind in {Kind.GET, Kind.BUNDLE} else ("goods",)


def _time(text: str) -> str:
    """Read a time of day: ``9`` and ``9:30`` are 09:00 and 09:30; anything else is left as it is."""
    found = re.fullmatch(r"(\d{1,2})(?::?(\d{2}))?", text.strip())
    return f"{int(found[1]):02d}:{found[2] or '00'}" if found else text.strip()


def _coupon(id: str, draft: Draft) -> str:
    if draft.coupon_way == CouponWay.CODES:
        return id
    return draft.coupon.strip() if draft.coupon_way == CouponWay.WORD else ""


def draft_of(row: Promotion, currency: str, locale: str) -> Draft:
    """Put a promotion into the fields of the form, as far as it has fields for it."""
    way = CouponWay.CODES if row.is_by_single_codes else CouponWay.WORD if row.coupon else CouponWay.NONE
    plain = Draft(
        row.name, valid_from=day_text(row.valid_from, locale), valid_to=day_text(row.valid_to, locale),
        weekdays=row.weekdays, from_time=row.from_time, to_time=row.to_time, stores=row.stores,
        groups=row.groups, priority=str(row.priority),
        is_combinable=row.is_combinable, most=str(row.most or ""), coupon_way=way,
        coupon=row.coupon if way is CouponWay.WORD else "", is_active=row.is_active,
    )  # fmt: skip
    found = replace(plain, **_fields(row, locale)) if row.needs else plain
    is_same = Reader(currency, locale).read(row.id, found) == row
    return found if is_same else replace(plain, kind=Kind.OTHER)


def _fields(row: Promotion, locale: str) -> dict[str, Any]:
    first, last = row.needs[0], row.needs[-1]
    money = row.benefit.money
    said: dict[str, Any] = {"goods": first.selection, "way": _way(row.benefit.takes)}
    said["value"] = plain_text(money, locale) if money is not None else _percent(row.benefit.ppm, locale)
    if row.tiers:
        steps = sorted(row.tiers, key=lambda tier: tier.from_quantity)[:3]
        said |= {"kind": Kind.STEPS, "way": Way.PERCENT, "value": ""}
        for n, tier in enumerate(steps, 1):
            said |= {f"step_{n}": str(tier.from_quantity), f"off_{n}": _percent(tier.benefit.ppm, locale)}
    elif row.threshold is not None:
        said |= {"kind": Kind.BASKET, "amount": plain_text(row.threshold.amount, locale)}
    elif row.benefit.takes is Takes.SET_PRICE:
        is_mix = len(row.needs) == 1
        said |= {"kind": Kind.MIX, "buy": str(first.quantity)} if is_mix else {"kind": Kind.BUNDLE}
        said |= {} if is_mix else {"others": last.selection}
    elif not first.is_reduced:
        others = Selection() if last.selection == first.selection else last.selection
        said |= {"kind": Kind.GET, "buy": str(first.quantity), "get": str(last.quantity), "others": others}
    return said


def _way(takes: Takes) -> Way:
    if takes in {Takes.UNIT_AMOUNT, Takes.BASKET_AMOUNT}:
        return Way.AMOUNT
    return Way.PERCENT if takes is Takes.PERCENT else Way.PRICE


def _percent(ppm: int, locale: str) -> str:
    return share_text(ppm, locale) if ppm else ""
