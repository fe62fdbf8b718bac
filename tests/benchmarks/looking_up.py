"""A barcode becomes an article that can be sold: against one prepared statement of the driver."""

from __future__ import annotations

import random
import sqlite3
from functools import partial

from omsdesk.store.engine import open_reader
from omsdesk.store.queries.till import product_by_barcode
from tests.benchmarks.measure import Row, in_turns, spreads
from tests.benchmarks.shops import CLOCK, SHOP, Shops

_TIMES = 5000
_RAW = """
SELECT product.*, barcode.quantity, price.minor, price.currency
FROM barcode JOIN product ON product.no = barcode.product_no LEFT JOIN price ON price.product_no = product.no
WHERE barcode.code = ?
"""


def looking_up(shops: Shops, size: int) -> list[Row]:
    """Look random barcodes up."""
    reader, raw = open_reader(shops.shop(size)), open_reader(shops.shop(size)).raw
    chance, day = random.Random(1), CLOCK.now().day
    codes = [code for (code,) in raw.execute("SELECT code FROM barcode")]
    asked = chance.choices(codes, k=_TIMES)
    low = [partial(_first, raw, code) for code in asked]
    high = [partial(product_by_barcode, reader, code, SHOP, day) for code in asked]
    floor, ours = spreads(in_turns(low, high))
    reader.close()
    raw.close()
    is_met = ours.p50 <= 3 * floor.p50 and ours.p50 < 0.1
    return [Row("barcode to article", f"{size:,}", ours, "<= 3x, < 0.1 ms", is_met, floor)]


def _first(raw: sqlite3.Connection, code: str) -> object:
    return raw.execute(_RAW, (code,)).fetchone()
