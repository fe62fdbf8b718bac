"""The databases that are measured: made once, kept between runs, copied for what writes."""

from __future__ import annotations

import hashlib
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from omsdesk.actions.clock import SystemClock
from omsdesk.actions.execute import Done, Executor
from omsdesk.actions.import_catalogue import import_file
from omsdesk.actions.set_up import country_preset
from omsdesk.domain.cash import OpenShift
from omsdesk.domain.messages import Command
from omsdesk.domain.people import SYSTEM
from omsdesk.domain.receipt_policy import Paper
from omsdesk.domain.sale_command import AddLine, CompleteSale, TakeTender
from omsdesk.domain.shop import SaveShop, SaveTill, Till
from omsdesk.domain.values import ONE, Money
from omsdesk.store.database import Database, open_database
from omsdesk.store.queries import till as queries
from tests.benchmarks.products import NAMES, write_products

CLOCK = SystemClock()
SHOP = country_preset("GB").shop("s1", "Benchmark")
TILL = Till("t1", "s1", "1", "Till 1")
SHIFT = "shift-1"
BEST_SELLERS = 2000

_ROOT = Path(__file__).parents[2]
_MADE_BY = (
    "omsdesk/store/migrations",
    "omsdesk/store/projections",
    "omsdesk/domain/words.py",
    "tests/benchmarks/products.py",
)
_KEPT_FOLDERS = 2
_TOGETHER = 100


@dataclass(frozen=True, slots=True)
class Shops:
    """The kept databases, in a folder named after what makes them. ``data`` holds real names; None: there are none."""

    folder: Path
    data: Path | None

    @classmethod
    def kept(cls, data: Path | None) -> Shops:
        """Find the folder for the program as it is now, and throw away what older ones left."""
        digest = hashlib.sha256(str(bool(data and (data / NAMES).exists())).encode())
        for name in _MADE_BY:
            path = _ROOT / name
            for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
                digest.update(file.read_bytes())
        top = Path(tempfile.gettempdir()) / "omsdesk-benchmarks"
        folder = top / digest.hexdigest()[:12]
        folder.mkdir(parents=True, exist_ok=True)
        folder.touch()
        for old in sorted(top.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)[_KEPT_FOLDERS:]:
            shutil.rmtree(old, ignore_errors=True)
        return cls(folder, data)

    def product_file(self, size: int) -> Path:
        """Give a product file of this many rows."""
        return self._kept(f"products-{size}.csv", lambda path: write_products(path, size, self.data))

    def shop(self, size: int) -> Path:
        """Give the database of a shop with this many products and an open shift; the first ones are best sellers."""
        return self._kept(f"shop-{size}.db", lambda path: _make_shop(path, self.product_file(size)))

    def busy_shop(self, tickets: int) -> Path:
        """Give the database of a shop whose open shift has this many tickets."""
        return self._kept(f"tickets-{tickets}.db", lambda path: _make_tickets(self.shop(10_000), path, tickets))

    @contextmanager
    def copy(self, kept: Path) -> Iterator[Database]:
        """Open a copy of a kept database, to be written into."""
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            path = Path(folder) / "shop.db"
            shutil.copyfile(kept, path)
            database = open_database(path, CLOCK.new_id)
            try:
                yield database
            finally:
                database.close()

    def _kept(self, name: str, make: Callable[[Path], None]) -> Path:
        path = self.folder / name
        if not path.exists():
            print(f"making {name} …", file=sys.stderr, flush=True)
            with tempfile.TemporaryDirectory(dir=self.folder) as folder:
                make(Path(folder) / name)
                (Path(folder) / name).replace(path)
        return path


def do(executor: Executor, *commands: Command) -> Done:
    """Carry out what must not be refused."""
    outcome = executor.execute(SYSTEM, *commands)
    assert isinstance(outcome, Done), outcome.sentence
    return outcome


def ticket(database: Database, products: list[str]) -> tuple[list[AddLine], list[Command]]:
    """Make the commands of a ticket: its lines, and what pays and completes it."""
    sale, day = CLOCK.new_id(), CLOCK.now().day
    found = [queries.product_by_id(database.writer, product, SHOP, day) for product in products]
    lines = [AddLine(sale, CLOCK.new_id(), row.article, ONE) for row in found if row]
    given = Money(10_000_000, SHOP.currency)
    return lines, [TakeTender(sale, CLOCK.new_id(), SHOP.tender_methods[0], given), CompleteSale(sale, Paper.PRINT)]


def product_ids(database: Database, most: int) -> list[str]:
    """List the first products of a shop."""
    return [product for (product,) in database.writer.rows("SELECT id FROM product ORDER BY no LIMIT :most", most=most)]


def new_shop(path: Path) -> Executor:
    """Make a shop without products."""
    database = open_database(path, CLOCK.new_id)
    executor = Executor(database, CLOCK)
    do(executor, SaveShop(SHOP), SaveTill(TILL))
    database.become_till(TILL.id)
    return executor


def _make_shop(path: Path, products: Path) -> None:
    executor = new_shop(path)
    database = executor.database
    summary = import_file(executor, SYSTEM, products, SHOP)
    assert not summary.stopped, summary.stopped
    do(executor, OpenShift(SHIFT, Money(10_000, SHOP.currency)))
    best = product_ids(database, BEST_SELLERS)
    for number in range(200):
        lines, ends = ticket(database, [best[(number * 31 + step * step * 7) % len(best)] for step in range(10)])
        do(executor, *lines, *ends)
    _close(database)


def _make_tickets(shop: Path, path: Path, tickets: int) -> None:
    shutil.copyfile(shop, path)
    database = open_database(path, CLOCK.new_id)
    executor = Executor(database, CLOCK)
    best = product_ids(database, BEST_SELLERS)
    for first in range(0, tickets, _TOGETHER):
        # Many in one action: what is made here is measured later, and making it need not wait for the disk.
        together: list[Command] = []
        for number in range(first, min(first + _TOGETHER, tickets)):
            lines, ends = ticket(database, [best[(number * 17 + step) % len(best)] for step in range(1 + number % 3)])
            together += [*lines, *ends]
        do(executor, *together)
    _close(database)


def _close(database: Database) -> None:
    # All of it in one file, so that it can be copied.
    database.writer.row("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
