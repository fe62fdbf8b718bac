"""Products: how they are written, found and shown."""

from __future__ import annotations

from sqlalchemy import Integer, Select, Text, bindparam, column, delete, func, literal_column, select, update
from sqlalchemy.dialects.sqlite import insert

from omsdesk.store.tables.catalogue import barcode, category, early_sale, price, price_list, product


def _listed(name: str) -> Select[str]:
    """Read a parameter that holds many values as a JSON array: one question instead of a thousand."""
    return select(column("value", Text)).select_from(func.json_each(bindparam(name)))


def _listed_numbers(name: str) -> Select[int]:
    return select(column("value", Integer)).select_from(func.json_each(bindparam(name)))


# ---- writing

PRODUCT_COLUMNS = ", ".join(column.name for column in product.c)

_product = insert(product).values(
    {column.name: bindparam(column.name) for column in product.c if column.name != "sold_count"}
)
SAVE_PRODUCT = _product.on_conflict_do_update(
    index_elements=["no"],
    set_={
        column.name: _product.excluded[column.name]
        for column in product.c
        if column.name not in {"no", "id", "sold_count"}
    },
)

LAST_PRODUCT_NO = select(func.max(product.c.no))

PRODUCT_ROW = select(*product.c).where(product.c.id == bindparam("id"))
PRODUCT_ROWS = select(*product.c).where(product.c.id.in_(_listed("ids")))

CLEAR_BARCODES = delete(barcode).where(barcode.c.product_no == bindparam("product_no"))
_barcode = insert(barcode).values({name: bindparam(name) for name in ("code", "product_no", "quantity")})
SAVE_BARCODE = _barcode.on_conflict_do_update(
    index_elements=["code", "product_no"], set_={"quantity": _barcode.excluded.quantity}
)
CODES_OF = select(barcode.c.code).where(barcode.c.product_no.in_(_listed_numbers("numbers")))

CONTESTED = (
    select(barcode.c.code).where(barcode.c.code.in_(_listed("codes"))).group_by(barcode.c.code).having(func.count() > 1)
)
_other, _others_product, _own_product = barcode.alias(), product.alias(), product.alias()
_is_beaten = (
    select(_other.c.code)
    .join(_others_product, _others_product.c.no == _other.c.product_no)
    .join(_own_product, _own_product.c.no == barcode.c.product_no)
    .where(_other.c.code == barcode.c.code, _others_product.c.id < _own_product.c.id)
    .correlate(barcode)
    .exists()
)
SETTLE_RIVALS = update(barcode).where(barcode.c.code.in_(_listed("codes"))).values(is_rival=_is_beaten)

_price = insert(price)
SAVE_PRICE = _price.on_conflict_do_update(
    index_elements=["product_no", "list_id", "from_quantity", "valid_from"],
    set_={name: _price.excluded[name] for name in ("valid_to", "minor", "currency")},
)

_price_list = insert(price_list)
SAVE_PRICE_LIST = _price_list.on_conflict_do_update(
    index_elements=["id"],
    set_={
        name: _price_list.excluded[name]
        for name in ("name", "priority", "valid_from", "valid_to", "is_given", "off_ppm")
    },
)

ADD_PRICE_LIST = insert(price_list).on_conflict_do_nothing()

ADD_CATEGORY = insert(category).on_conflict_do_nothing()

NEXT_REVISION = (
    update(product)
    .values(revision=product.c.revision + 1)
    .where(product.c.id == bindparam("id"))
    .returning(product.c.no, product.c.revision)
)

COUNT_SOLD = (
    update(product)
    .values(sold_count=product.c.sold_count + 1)
    .where(product.c.id == bindparam("product"))
    .returning(product.c.sold_count)
)

_early = insert(early_sale).values(product=bindparam("product"), count=1)
COUNT_EARLY = _early.on_conflict_do_update(index_elements=["product"], set_={"count": early_sale.c.count + 1})
EARLY_SALES = select(early_sale.c.product, early_sale.c.count)
FORGET_EARLY = delete(early_sale).where(early_sale.c.product == bindparam("product"))

# ---- reading

PRODUCT_NO = select(product.c.no).where(product.c.id == bindparam("id"))

_ARTICLE = (
    product.c.no,
    product.c.id,
    product.c.name,
    product.c.variant,
    product.c.sku,
    product.c.unit,
    product.c.category,
    product.c.tax_category,
    product.c.is_tracked,
    product.c.is_sold,
    product.c.traits,
    product.c.brand,
    product.c.family,
)

BY_BARCODE = (
    select(*_ARTICLE, barcode.c.quantity)
    .join(barcode, barcode.c.product_no == product.c.no)
    .where(barcode.c.code == bindparam("code"), barcode.c.is_rival == 0)
)
BY_ID = select(*_ARTICLE, literal_column("1000000")).where(product.c.id == bindparam("id"))
BY_SKU = (
    select(*_ARTICLE, literal_column("1000000")).where(product.c.sku == bindparam("sku"), product.c.sku != "").limit(2)
)

PRICES_OF = select(
    price.c.list_id, price.c.from_quantity, price.c.valid_from, price.c.valid_to, price.c.minor, price.c.currency
).where(price.c.product_no == bindparam("product_no"))

PRICE_LISTS = select(
    price_list.c.id, price_list.c.name, price_list.c.priority, price_list.c.valid_from, price_list.c.valid_to,
    price_list.c.is_given, price_list.c.off_ppm,
)  # fmt: skip

BARCODES_OF = (
    select(barcode.c.code, barcode.c.quantity)
    .where(barcode.c.product_no == bindparam("product_no"))
    .order_by(barcode.c.quantity, barcode.c.code)
)
CLAIMS = (
    select(barcode.c.code, product.c.id, barcode.c.is_rival)
    .join(product, barcode.c.product_no == product.c.no)
    .where(barcode.c.code.in_(_listed("codes")))
    .order_by(barcode.c.code, barcode.c.is_rival, product.c.id)
)
REVISIONS = select(product.c.id, product.c.revision).where(product.c.id.in_(_listed("ids")))
BY_SOURCE_KEY = select(product.c.id).where(product.c.source_key == bindparam("source_key"), product.c.source_key != "")

_TILE = (
    product.c.no, product.c.id, product.c.name, product.c.variant, product.c.category, product.c.image,
    product.c.family,
)  # fmt: skip

FAVOURITES = (
    select(*_TILE).where(product.c.favourite > 0, product.c.is_sold == 1).order_by(product.c.favourite).limit(100)
)
OF_CATEGORY = (
    select(*_TILE)
    .where(product.c.category == bindparam("category"), product.c.is_sold == 1)
    .order_by(product.c.no)
    .limit(bindparam("most"))
)
OF_FAMILY = (
    select(*_TILE)
    .where(product.c.family == bindparam("family"), product.c.family != "", product.c.is_sold == 1)
    .order_by(product.c.no)
    .limit(bindparam("most"))
)
NEWEST = select(*_TILE).where(product.c.is_sold == 1).order_by(product.c.no.desc()).limit(bindparam("most"))
CATEGORIES = select(category.c.name)

WITH_TRAITS = (
    select(product.c.id, product.c.name, product.c.variant, product.c.traits)
    .where(product.c.traits != "", product.c.is_sold == 1)
    .order_by(product.c.no)
)

PRODUCT_COUNT = select(func.count()).select_from(product)
