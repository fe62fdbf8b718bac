"""The products page: stretches of the catalogue, from the newest product to the oldest."""

from __future__ import annotations

from sqlalchemy import FromClause, and_, bindparam, func, select

from omsdesk.domain.pricing import RETAIL
from omsdesk.store.statements.stock import is_counted
from omsdesk.store.tables.catalogue import price, product
from omsdesk.store.tables.stock import stock_level

_ROW = (
    product.c.no, product.c.id, product.c.name, product.c.variant, product.c.brand, product.c.sku, product.c.category,
    product.c.unit, product.c.is_sold, price.c.minor, price.c.currency, stock_level.c.quantity,
)  # fmt: skip
_ORDINARY = and_(
    price.c.product_no == product.c.no,
    price.c.list_id == RETAIL,
    price.c.from_quantity == 0,
    price.c.valid_from == "",
)
_HERE = and_(
    stock_level.c.product == product.c.id,
    stock_level.c.place == bindparam("place"),
    is_counted(stock_level.c.product),
)


def _with_price_and_stock(products: FromClause) -> FromClause:
    return products.outerjoin(price, _ORDINARY).outerjoin(stock_level, _HERE)


UP_TO = (
    select(*_ROW)
    .select_from(_with_price_and_stock(product))
    .where(product.c.no <= bindparam("top"))
    .order_by(product.c.no.desc())
    .limit(bindparam("most"))
)
ONE = select(*_ROW).select_from(_with_price_and_stock(product)).where(product.c.no == bindparam("no"))

# The rows that are skipped are counted in the index alone; only those that are shown are looked up.
_stretch = (
    select(product.c.no)
    .where(product.c.category == bindparam("category"))
    .order_by(product.c.no.desc())
    .limit(bindparam("most"))
    .offset(bindparam("skip"))
    .subquery()
)
OF_CATEGORY = (
    select(*_ROW)
    .select_from(_with_price_and_stock(_stretch.join(product, product.c.no == _stretch.c.no)))
    .order_by(_stretch.c.no.desc())
)
IDS_UP_TO = (
    select(product.c.id).where(product.c.no <= bindparam("top")).order_by(product.c.no.desc()).limit(bindparam("most"))
)
IDS_OF_CATEGORY = (
    select(product.c.id)
    .where(product.c.category == bindparam("category"))
    .order_by(product.c.no.desc())
    .limit(bindparam("most"))
    .offset(bindparam("skip"))
)
COUNT_OF_CATEGORY = select(func.count()).select_from(product).where(product.c.category == bindparam("category"))
