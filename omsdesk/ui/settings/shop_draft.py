"""The shop as it stands in the settings: texts as they were typed, and the shop they come to."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any

from omsdesk.actions.set_up import CountryPreset
from omsdesk.channels.product_files.amounts import read_price
from omsdesk.documents.formats import format_amount
from omsdesk.domain.receipt_policy import Paper, ReceiptPolicy
from omsdesk.domain.shop import Shop
from omsdesk.domain.tax import PPM, Tax, TaxRate, TaxRounding, TaxTerms
from omsdesk.domain.tender import TenderKind, TenderMethod
from omsdesk.domain.values import Money
from omsdesk.ui.days import day_text, read_day
from omsdesk.ui.settings import card_rules, goods_rules, order_rules, return_rules
from omsdesk.ui.typed_share import share_text

_NOT_A_CODE = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class RateDraft:
    """One tax rate."""

    category: str = ""
    code: str = ""
    name: str = ""
    percent: str = ""
    is_compound: bool = False
    valid_from: str = ""
    valid_to: str = ""


@dataclass(frozen=True, slots=True)
class MethodDraft:
    """One way to pay. ``code`` is what it is called in the books, empty for a new one."""

    name: str = ""
    kind: str = str(TenderKind.OTHER)
    step: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class ShopDraft:
    """What the settings show of a shop."""

    name: str = ""
    address: str = ""
    phone: str = ""
    tax_number: str = ""
    footer: str = ""
    country: str = ""
    locale: str = ""
    is_inclusive: str = "yes"
    rounding: str = str(TaxRounding.DOCUMENT)
    rates: tuple[RateDraft, ...] = ()
    methods: tuple[MethodDraft, ...] = ()
    logo: str = ""
    return_days: str = ""
    without_receipt: str = ""
    return_limit: str = ""
    is_credit_only: bool = False
    lowest_days: str = ""
    return_reasons: str = ""
    discount_reasons: str = ""
    sold_out: str = ""
    clearly_over: str = ""
    expiry_days: str = ""
    masks: str = ""
    extras: str = ""
    kitchen: str = ""
    badge_signs_in: bool = False
    usual_receipt: str = str(Paper.PRINT)
    mailed_receipt: str = str(Paper.MAIL)
    offline_value: str = "0"
    card_months: str = ""
    quotation_days: str = ""
    layaway_days: str = ""
    pick_up_days: str = ""
    layaway_share: str = "0"
    layaway_parts: str = "0"
    cancel_share: str = "0"


def draft_of(shop: Shop) -> ShopDraft:
    """Write a shop as the settings show it."""
    rules: dict[str, Any] = return_rules.typed(shop) | goods_rules.typed(shop)
    rules |= card_rules.typed(shop) | order_rules.typed(shop)
    return ShopDraft(
        shop.name,
        "\n".join(shop.address),
        shop.phone,
        shop.tax_number,
        "\n".join(shop.footer),
        shop.country,
        shop.locale,
        "yes" if shop.tax_terms.is_inclusive else "no",
        str(shop.tax_terms.rounding),
        tuple(_rate_draft(row, shop.locale) for row in shop.tax_rates),
        tuple(_method_draft(row, shop) for row in shop.tender_methods),
        shop.logo,
        badge_signs_in=shop.badge_signs_in,
        usual_receipt=str(shop.receipts.usual),
        mailed_receipt=str(shop.receipts.by_email),
        **rules,
    )


def with_customs(draft: ShopDraft, preset: CountryPreset, locale: str) -> ShopDraft:
    """Take the taxes of a country over; name, address and ways to pay stay. ``locale`` is that of what is typed."""
    usual = draft_of(replace(preset.shop("", draft.name), locale=locale))
    return replace(draft, is_inclusive=usual.is_inclusive, rounding=usual.rounding, rates=usual.rates)


def problems(draft: ShopDraft, shop: Shop) -> dict[str, str]:
    """Say what is wrong with which field; ``rates.2`` is the third tax rate."""
    found: dict[str, str] = {}
    if not draft.name.strip():
        found["name"] = "Type the name of the shop."
    for number, rate in enumerate(draft.rates):
        _try(found, f"rates.{number}", partial(_rate, rate, shop.locale))
    for number, method in enumerate(draft.methods):
        _try(found, f"methods.{number}", partial(_method, method, shop))
    names = [method.name.strip().casefold() for method in draft.methods]
    for number, name in enumerate(names):
        if name in names[:number]:
            found.setdefault(f"methods.{number}", "There is another way to pay of this name.")
    if not draft.methods:
        found["methods"] = "Customers need at least one way to pay."
    found |= return_rules.problems(draft, shop) | goods_rules.problems(draft)
    return found | card_rules.problems(draft, shop) | order_rules.problems(draft)


def shop_of(draft: ShopDraft, known: Shop) -> Shop:
    """Read the shop from a draft without problems."""
    known = goods_rules.with_goods(return_rules.with_rules(known, draft), draft)
    return replace(
        order_rules.with_rules(card_rules.with_rules(known, draft), draft),
        name=draft.name.strip(),
        address=_lines(draft.address),
        phone=draft.phone.strip(),
        tax_number=draft.tax_number.strip(),
        footer=_lines(draft.footer),
        logo=draft.logo,
        badge_signs_in=draft.badge_signs_in,
        receipts=ReceiptPolicy(Paper(draft.usual_receipt), Paper(draft.mailed_receipt)),
        country=draft.country,
        locale=draft.locale,
        tax_terms=TaxTerms(draft.is_inclusive == "yes", TaxRounding(draft.rounding)),
        tax_rates=tuple(_rate(row, known.locale) for row in draft.rates),
        tender_methods=_coded([_method(row, known) for row in draft.methods]),
    )


def _try(found: dict[str, str], name: str, read: Callable[[], Any]) -> None:
    try:
        read()
    except ValueError as error:
        found[name] = str(error)


def _rate_draft(rate: TaxRate, locale: str) -> RateDraft:
    tax = rate.tax
    percent = share_text(tax.rate_ppm, locale)
    first, last = day_text(rate.valid_from, locale), day_text(rate.valid_to, locale)
    return RateDraft(rate.category, tax.code, tax.name, percent, tax.is_compound, first, last)


def _method_draft(method: TenderMethod, shop: Shop) -> MethodDraft:
    minor = method.point_value or (method.rounding_step if method.rounding_step > 1 else 0)
    step = format_amount(Money(minor, shop.currency), shop.locale) if minor else ""
    return MethodDraft(method.name, str(method.kind), step, method.code)


def _rate(draft: RateDraft, locale: str) -> TaxRate:
    if not draft.category.strip():
        raise ValueError("Type a category, such as standard or reduced.")
    if not draft.name.strip():
        raise ValueError("Type what the tax is called on receipts, such as VAT.")
    first, last = read_day(draft.valid_from, locale), read_day(draft.valid_to, locale)
    if last and first > last:
        raise ValueError("The last day comes before the first day.")
    tax = Tax(draft.code.strip(), draft.name.strip(), _ppm(draft.percent), draft.is_compound)
    return TaxRate(draft.category.strip(), tax, first, last)


def _ppm(text: str) -> int:
    try:
        percent = Decimal(text.strip().rstrip("%").strip().replace(",", "."))
    except InvalidOperation:
        raise ValueError(f"“{text.strip()}” is not a rate. Type a number such as 20 or 5.5.") from None
    ppm = percent * PPM / 100
    if not 0 <= percent <= 100 or ppm != ppm.to_integral_value():
        raise ValueError("A rate lies between 0 and 100 and has four decimals at most.")
    return int(ppm)


def _method(draft: MethodDraft, shop: Shop) -> TenderMethod:
    if not draft.name.strip():
        raise ValueError("Type what this way to pay is called, such as Card.")
    step = read_price(draft.step, shop.currency)
    if step is not None and step.minor < 1:
        raise ValueError("Type the smallest coin, such as 0.05, or nothing.")
    kind = TenderKind(draft.kind)
    if kind is TenderKind.POINTS and step is None:
        raise ValueError("Type what a point is worth, such as 0.01.")
    # Only coins can be too large for an amount: what is not cash is paid to the cent.
    minor = step.minor if step and kind is TenderKind.CASH else 1
    worth = step.minor if step and kind is TenderKind.POINTS else 0
    return TenderMethod(draft.code, draft.name.strip(), kind, minor, worth)


def _coded(methods: list[TenderMethod]) -> tuple[TenderMethod, ...]:
    """Give new ways to pay a code of their own, made of their names."""
    taken = {row.code for row in methods}
    made: list[TenderMethod] = []
    for method in methods:
        code = method.code
        if not code:
            code = stem = _NOT_A_CODE.sub("-", method.name.casefold()).strip("-") or "other"
            number = 2
            while code in taken:
                code, number = f"{stem}-{number}", number + 1
            taken.add(code)
        made.append(replace(method, code=code))
    return tuple(made)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
