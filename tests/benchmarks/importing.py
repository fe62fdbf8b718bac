"""A product file into an empty shop: rows a second, against the same rows given straight to the driver."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from omsdesk.domain.words import words
from omsdesk.store.sql import Statements
from tests.benchmarks.measure import Row, Spread, no_collector
from tests.benchmarks.raw import Written, raw_writer, writing
from tests.benchmarks.shops import Shops, new_shop

_BATCH = 1000
_GOAL = 3
_TABLES = ("product", "barcode", "price", "stock_move", "stock_level")
_KEPT_ROWS = {
    "product": "SELECT * FROM product WHERE no BETWEEN :low AND :high",
    "barcode": "SELECT * FROM barcode WHERE product_no BETWEEN :low AND :high ORDER BY product_no",
    "price": "SELECT * FROM price WHERE product_no BETWEEN :low AND :high",
    "stock_move": "SELECT m.* FROM stock_move m JOIN product p ON p.id = m.product WHERE p.no BETWEEN :low AND :high",
    "stock_level": "SELECT l.* FROM stock_level l JOIN product p ON p.id = l.product WHERE p.no BETWEEN :low AND :high",
}
_search = Statements("search")

_CHILD = """
import json, sys
from pathlib import Path
from omsdesk.actions.import_catalogue import import_catalogue, recognised
from omsdesk.actions.import_outcome import Watch
from omsdesk.domain.people import SYSTEM
from tests.benchmarks.memory import own_megabytes
from tests.benchmarks.shops import SHOP, new_shop
import time
executor = new_shop(Path(sys.argv[2]))
peak = 0
def look(rows, read, total):
    global peak
    peak = max(peak, own_megabytes())
def run():
    began = time.perf_counter()
    summary = import_catalogue(executor, SYSTEM, recognised(Path(sys.argv[1]), SHOP), Watch(look))
    return summary, time.perf_counter() - began
summary, seconds = run()
unchanged, again = run()
executor.database.close()
print(json.dumps({
    "rows": summary.new, "seconds": seconds, "unchanged": unchanged.unchanged, "again": again, "peak": peak
}))
"""


def importing(shops: Shops, size: int) -> list[Row]:
    """Import a file in a process of its own, then write what it wrote once more with nothing around it."""
    source = shops.product_file(size)
    with tempfile.TemporaryDirectory(dir=shops.folder) as folder:
        made, bare = Path(folder) / "made.db", Path(folder) / "bare.db"
        done = json.loads(_run(_CHILD, str(source), str(made)))
        new_shop(bare).database.close()
        seconds = _floor(made, bare)
    rate, low, again = done["rows"] / done["seconds"], done["rows"] / seconds, done["unchanged"] / done["again"]
    ours, floor = Spread(rate, rate), Spread(low, low)
    text, is_met = f"<= {_GOAL}x", low <= _GOAL * rate
    return [
        Row("import of new products", f"{size:,}", ours, text, is_met, floor, "rows/s"),
        Row("import of unchanged products", f"{size:,}", Spread(again, again), "-", None, None, "rows/s"),
        Row(
            "memory of an import, at its peak",
            f"{size:,}",
            Spread(done["peak"], done["peak"]),
            "< 200 MB",
            done["peak"] < 200,
            None,
            "MB",
        ),
    ]


def _run(program: str, *arguments: str) -> str:
    done = subprocess.run([sys.executable, "-c", program, *arguments], check=True, capture_output=True, text=True)
    return done.stdout


def _floor(made: Path, bare: Path) -> float:
    source, target = sqlite3.connect(made), raw_writer(bare)
    seconds = 0.0
    with no_collector():
        for batch in _batches(source):
            work = writing(target, batch)
            began = time.perf_counter()
            work()
            seconds += time.perf_counter() - began
    source.close()
    target.close()
    return seconds


def _batches(source: sqlite3.Connection) -> Iterator[Written]:
    """Read back what an import wrote, in the portions in which it wrote."""
    widths = {table: len(source.execute(f"SELECT * FROM {table} LIMIT 1").fetchone() or ()) for table in _TABLES}  # noqa: S608
    entries = source.execute(
        "SELECT * FROM journal WHERE kind IN ('catalogue.products_saved', 'stock.goods_moved') ORDER BY position"
    ).fetchall()
    last = source.execute("SELECT max(no) FROM product").fetchone()[0]
    for number, low in enumerate(range(1, last + 1, _BATCH)):
        span = {"low": low, "high": low + _BATCH - 1}
        batch: Written = [
            (f"INSERT OR REPLACE INTO journal VALUES ({_marks(14)})", entries[2 * number : 2 * number + 2])  # noqa: S608
        ]
        for table in _TABLES:
            rows = source.execute(_KEPT_ROWS[table], span).fetchall()
            batch.append((f"INSERT OR REPLACE INTO {table} VALUES ({_marks(widths[table])})", rows))  # noqa: S608
        yield [*batch, *_words_of(source, span)]


def _words_of(source: sqlite3.Connection, span: dict[str, int]) -> Written:
    named = source.execute(
        "SELECT no, name || ' ' || variant || ' ' || brand || ' ' || sku FROM product WHERE no BETWEEN :low AND :high",
        span,
    )
    found = [(no, words(text)) for no, text in named]
    terms = sorted({word for _, some in found for word in some if len(word) > 3 and word.isalpha()})
    return [
        (_search.INDEX_WORDS, [{"row": no, "words": " ".join(some)} for no, some in found]),
        (_search.ADD_TERM, [{"term": term, "reversed": term[::-1]} for term in terms]),
    ]


def _marks(count: int) -> str:
    return ", ".join("?" * count)
