"""What fields and their values are called, when two values of one field stand side by side."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from typing import Any

from omsdesk.documents.formats import format_quantity
from omsdesk.domain.catalogue import PRICE, PackCode, PriceRow, ProductEdit, price_place
from omsdesk.domain.pricing import RETAIL, PriceList
from omsdesk.domain.rights import Rule, what
from omsdesk.domain.shop import Shop, TaxWord, Till
from omsdesk.domain.tax import TaxRate, TaxRounding, TaxTerms
from omsdesk.domain.tender import TenderMethod
from omsdesk.domain.values import Money, Quantity
from omsdesk.store.queries.conflicts import Conflict
from omsdesk.store.queries.till import full_name
from omsdesk.ui import promotion_words
from omsdesk.ui.amounts import money_text
from omsdesk.ui.days import day_text
from omsdesk.ui.rule_words import percent_words, rule_words
from omsdesk.ui.typed_share import percent_text

_FIELDS = {
    "barcodes": "Barcodes",
    "favourite": "Place among the favourites",
    "is_sold": "Is it sold",
    "is_tracked": "Is its stock counted",
    "age": "Youngest age",
    "asks_price": "Is its price typed each time",
    "asks_serial": "Are its serial numbers asked",
    "asks_lot": "Is its lot asked",
    "is_divisible": "May a piece be broken",
    "is_deposit": "Is it a deposit",
    "is_gift_card": "Is it a gift card",
    "stock_policy": "When it is sold out",
    "sku": "SKU",
    "tax_category": "Tax category",
    "source_key": "Number in another system",
    "image": "Picture",
    "pin_hash": "PIN",
    "badge_hash": "Badge",
    "is_active": "Works here",
    "is_training": "Is it for training",
    "receipts_by_email": "Receipts by e-mail",
    "marketing": "Offers",
    "credit_limit": "May owe up to",
    "points_ppm": "Points against others, in millionths",
    "tax_number": "Tax number",
    "footer": "Last lines of receipts",
    "tax_terms": "How tax is charged",
    "tax_rates": "Tax rates",
    "tax_words": "Words for taxes",
    "returns": "What is taken back",
    "discount_reasons": "Reasons for discounts",
    "tender_methods": "Ways to pay",
    "offline_value": "What a till may give out of gift cards by itself",
    "card_months": "Months that a gift card lasts",
    "quotation_days": "Days that a quotation holds",
    "layaway_days": "Days that a layaway is kept",
    "pick_up_days": "Days that a pick-up is kept",
    "layaway_ppm": "Paid at once of a layaway",
    "layaway_parts": "Parts in which the rest of a layaway is paid",
    "cancel_ppm": "Kept of an order that is given up",
    "price_lists": "Price lists",
    "locale": "Language of the country",
}
_NOUNS = {
    "price_list": "Price list",
    "customer_group": "Group of customers",
    "till_code": "Code of tills",
    "promotion": "Offer",
    "label_design": "Label",
}
_EMPTY = "nothing"


def noun_words(conflict: Conflict) -> str:
    """Say what kind of thing a conflict is about."""
    return _NOUNS.get(conflict.noun, conflict.noun.capitalize())


def field_words(conflict: Conflict, locale: str) -> str:
    """Say which field has several values."""
    if conflict.noun == "barcode":
        return "The product it belongs to"
    if conflict.noun == "till_code":
        return "The till that keeps it"
    if conflict.noun == "price_list":
        return "The list itself"
    if conflict.noun == "promotion" and conflict.field in promotion_words.FIELDS:
        return promotion_words.FIELDS[conflict.field]
    if conflict.noun == "role":
        return f"May they {what(conflict.field)}"
    if not conflict.field.startswith(PRICE):
        if conflict.noun == "label_design":
            return {"label": "What stands on it", "is_active": "Is it used"}.get(conflict.field, "Name")
        if conflict.noun in {"customer", "customer_group"} and conflict.field == "is_active":
            return "Buys here" if conflict.noun == "customer" else "Is it used"
        return _FIELDS.get(conflict.field, conflict.field.replace("_", " ").capitalize())
    list_id, quantity, first_day = price_place(conflict.field)
    name = next((row.name for row in conflict.about if isinstance(row, PriceList) and row.id == list_id), "")
    words = ["Price" if list_id == RETAIL else f"Price, {name or list_id}"]
    if quantity.micro:
        words.append(f"from {format_quantity(quantity, locale)}")
    if first_day:
        words.append(f"from {first_day}")
    return " ".join(words)


def code_words(code: str) -> str:
    """Write a barcode as it is printed on things: a GTIN is kept with zeros in front."""
    return code.lstrip("0") or code


def value_words(conflict: Conflict, value: Any, locale: str) -> str:
    """Write a value as people read it."""
    if conflict.noun == "barcode":
        edits = (row for row in conflict.about if isinstance(row, ProductEdit) and row.product == value)
        return next((full_name(row.name or "", row.variant or "") for row in edits), str(value))
    if conflict.noun == "till_code":
        return next((row.name for row in conflict.about if isinstance(row, Till) and row.id == value), str(value))
    if conflict.noun == "label_design" and conflict.field == "label":
        label = json.loads(value)
        width, height = (f"{label.get(side, 0) / 10:g}" for side in ("width", "height"))
        return f"{width} × {height} mm, with {len(label.get('fields', ()))} fields"
    if conflict.field == "weekdays":
        return promotion_words.day_words(value) or "every day"
    if isinstance(value, Rule):
        shop = next((row for row in conflict.about if isinstance(row, Shop)), None)
        return rule_words(value, shop)
    if conflict.noun == "shop" and conflict.field.endswith("_ppm"):
        return percent_words(value, locale)
    if conflict.field == "badge_hash":
        return "The badge they scanned" if value else "No badge"
    if conflict.field in {"receipts_by_email", "marketing"}:
        return f"Agreed on {day_text(value.day, locale)}" if value else "Did not agree"
    if conflict.field == "pin_hash":
        return "The PIN they set" if value else "No PIN"
    return _words(value, locale)


def _words(value: Any, locale: str) -> str:
    match value:
        case None | "" | ():
            return _EMPTY
        case bool():
            return "Yes" if value else "No"
        case Money():
            return money_text(value, locale)
        case Quantity():
            return format_quantity(value, locale)
        case PriceRow():
            return money_text(value.price, locale) + (
                f", until {day_text(value.valid_to, locale)}" if value.valid_to else ""
            )
        case PackCode():
            code = code_words(value.code)
            return code if value.quantity == Quantity.of(1) else f"{code} ({format_quantity(value.quantity, locale)})"
        case tuple() | list():
            return "\n".join(_words(element, locale) for element in value)
        case _:
            return _record(value, locale)


def _record(value: Any, locale: str) -> str:
    part = promotion_words.part_words(value, locale)
    if part is not None:
        return part
    match value:
        case TaxRate():
            days = f" from {day_text(value.valid_from, locale)}" if value.valid_from else ""
            days += f" until {day_text(value.valid_to, locale)}" if value.valid_to else ""
            return f"{value.category}: {value.tax.name} {percent_text(value.tax.rate_ppm, locale)}{days}"
        case TaxTerms():
            words = "Prices contain the tax" if value.is_inclusive else "Tax is added at the till"
            where = "once per receipt" if value.rounding is TaxRounding.DOCUMENT else "on every line"
            return f"{words}, rounded {where}"
        case TenderMethod():
            step = f", rounded to {value.rounding_step}" if value.rounding_step != 1 else ""
            return f"{value.name} ({value.kind}{step})"
        case TaxWord():
            return f"{value.word}: {value.category}"
        case PriceList():
            days = (
                f", {day_text(value.valid_from, locale) or '…'} to {day_text(value.valid_to, locale) or '…'}"
                if value.valid_from or value.valid_to
                else ""
            )
            return f"{value.name}, priority {value.priority}{days}"
    if is_dataclass(value):
        return ", ".join(f"{row.name.replace('_', ' ')}: {getattr(value, row.name)}" for row in fields(value))
    return str(value)
