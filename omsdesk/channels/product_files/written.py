"""Products written into a file as a table of anybody's: what is written is read again without a question."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from itertools import count
from pathlib import Path

from omsdesk.channels.product_files.layouts.synonyms import SYNONYMS
from omsdesk.domain.catalogue import PackCode, ProductEdit
from omsdesk.domain.values import ONE, Money, barcode_text

COLUMNS = (
    "id", "name", "variant", "brand", "sku", "codes", "pack_codes", "pack_quantity", "category", "unit", "price", "tax",
    "is_sold", "description", "image", "favourite", "age", "minimum_price", "asks_price", "is_divisible", "asks_serial",
    "asks_lot", "deposit", "is_deposit", "is_gift_card",
)  # fmt: skip
_SAME = ("name", "variant", "brand", "sku", "category", "unit", "description", "image")
_SWITCHES = ("asks_price", "is_divisible", "asks_serial", "asks_lot", "is_deposit", "is_gift_card")


def write(path: Path, products: Iterable[ProductEdit], skus: Mapping[str, str]) -> int:
    """Write products; ``skus`` name the deposits that go with some. Gives how many there are.

    Raises:
        OSError: the disk does not take it.

    """
    lines = count()
    # Excel needs the mark to see UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([SYNONYMS[field][0].capitalize() for field in COLUMNS])
        for product in products:
            next(lines)
            said = _said(product, skus)
            writer.writerow([said.get(field, "") for field in COLUMNS])
    return next(lines)


def _said(product: ProductEdit, skus: Mapping[str, str]) -> dict[str, str]:
    packs = product.barcodes or ()
    case = next((pack for pack in packs if pack.quantity != ONE), None)
    return {
        **{field: getattr(product, field) or "" for field in _SAME},
        **{field: "yes" for field in _SWITCHES if getattr(product, field)},
        "id": product.product,
        "codes": ", ".join(_text(pack) for pack in packs if pack.quantity == ONE),
        "pack_codes": _text(case) if case else "",
        "pack_quantity": str(case.quantity) if case else "",
        "price": _amount(product.price),
        "tax": product.tax_category or "",
        "is_sold": "no" if product.is_sold is False else "yes",
        "favourite": str(product.favourite or ""),
        "age": str(product.age or ""),
        "minimum_price": _amount(product.minimum_price) if product.minimum_price else "",
        "deposit": skus.get(product.deposit or "", ""),
    }


def _text(pack: PackCode) -> str:
    return barcode_text(pack.code)


def _amount(price: Money | None) -> str:
    return str(price.decimal) if price is not None else ""
