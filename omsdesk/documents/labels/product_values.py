"""What a label can say of a product, a lot and a shop, written as people of the shop's country write it."""

from __future__ import annotations

import base64

from omsdesk.documents.formats import format_amount, format_day, format_money
from omsdesk.documents.labels.unit_price import net_content, price_for_one
from omsdesk.documents.labels.values import Values
from omsdesk.documents.letterhead import Letterhead
from omsdesk.domain.records import record
from omsdesk.domain.units import PIECE
from omsdesk.domain.values import Money


@record
class LabelGoods:
    """A product as a label shows it; days are ISO 8601, and what is not known is empty."""

    name: str
    variant: str = ""
    brand: str = ""
    description: str = ""
    category: str = ""
    sku: str = ""
    code: str = ""
    """Its barcode as it is printed."""
    price: Money | None = None
    price_before: Money | None = None
    unit: str = PIECE
    lot: str = ""
    expiry: str = ""
    packed: str = ""
    serial: str = ""
    count: str = ""


def product_values(goods: LabelGoods, locale: str) -> Values:
    """Write what there is to say of a product."""
    values = {
        "name": goods.name,
        "variant": goods.variant,
        "brand": goods.brand,
        "description": goods.description,
        "category": goods.category,
        "sku": goods.sku,
        "gtin": goods.code,
        "unit": goods.unit,
        "lot": goods.lot,
        "expiry": format_day(goods.expiry, locale) if goods.expiry else "",
        "expiry_gs1": goods.expiry.replace("-", "")[2:],
        "packed": format_day(goods.packed, locale) if goods.packed else "",
        "serial": goods.serial,
        "count": goods.count,
    }
    content = net_content(goods.variant, goods.name)
    values["net_content"] = content.text if content and goods.unit == PIECE else ""
    return values | (_price_values(goods, goods.price, locale) if goods.price is not None else {})


def _price_values(goods: LabelGoods, price: Money, locale: str) -> dict[str, str]:
    written, amount = format_money(price, locale), format_amount(price, locale)
    whole = "".join(amount.rpartition(mark)[0] for mark in ".," if amount.rfind(mark) == len(amount) - 3)
    content = net_content(goods.variant, goods.name)
    each, unit = (price, goods.unit) if goods.unit != PIECE else (None, "")
    if each is None and content is not None:
        each, unit = price_for_one(price, content), content.unit
    return {
        "price": written,
        "price_whole": whole or amount,
        "price_cents": amount[len(whole) + 1 :] if whole else "",
        "currency": written.replace(amount, "").strip(),
        "price_before": format_money(goods.price_before, locale) if goods.price_before else "",
        "price_per_unit": f"{format_money(each, locale)} / {unit}" if each is not None else "",
    }


def shop_values(shop: Letterhead, locale: str, today: str) -> Values:
    """Write what there is to say of a shop, which is the sender of what it ships, on a day (ISO 8601)."""
    address = "\n".join(shop.address)
    return {
        "shop": shop.shop_name,
        "shop_address": address,
        "ship_from": "\n".join(filter(None, (shop.shop_name, address))),
        "logo": base64.b64encode(shop.logo).decode("ascii") if shop.logo else "",
        "today": format_day(today, locale),
    }
