"""Products, prices and barcodes of a whole batch at once; ``values`` is a JSON array."""

from __future__ import annotations

from sqlalchemy import Integer, Text, bindparam, column, func, select

from omsdesk.domain import pricing
from omsdesk.store.tables.catalogue import barcode, price, product

_listed = func.json_each(bindparam("values"))
_texts = select(column("value", Text)).select_from(_listed)
_numbers = select(column("value", Integer)).select_from(_listed)

COLUMNS = ", ".join(column.name for column in product.c)

BY_SOURCE_KEYS = select(*product.c).where(product.c.source_key.in_(_texts), product.c.source_key != "")
BY_IDS = select(*product.c).where(product.c.id.in_(_texts))
OWNERS = (
    select(barcode.c.code, product.c.id, product.c.source_key, product.c.name)
    .join(product, barcode.c.product_no == product.c.no)
    .where(barcode.c.code.in_(_texts), barcode.c.is_rival == 0)
)
RETAIL_PRICES = select(price.c.product_no, price.c.minor, price.c.currency).where(
    price.c.product_no.in_(_numbers),
    price.c.list_id == pricing.RETAIL,
    price.c.from_quantity == 0,
    price.c.valid_from == "",
)
CODES = select(barcode.c.product_no, barcode.c.code, barcode.c.quantity).where(barcode.c.product_no.in_(_numbers))
