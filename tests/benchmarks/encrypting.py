"""What encryption costs: the same work in an encrypted copy of the same shop, turn by turn with the plain one."""

from __future__ import annotations

import random
import shutil
from contextlib import closing
from functools import partial
from pathlib import Path

from omsdesk.actions.execute import Executor
from omsdesk.domain.messages import Command
from omsdesk.store import encryption
from omsdesk.store.conversion import convert
from omsdesk.store.database import Database, open_database
from omsdesk.store.encryption import DatabaseKey
from omsdesk.store.engine import open_reader
from omsdesk.store.queries.till import product_by_barcode
from tests.benchmarks.measure import Row, in_turns, spreads
from tests.benchmarks.shops import BEST_SELLERS, CLOCK, SHOP, Shops, do, product_ids, ticket

_TICKETS = 200
_LINES = 10
_LOOK_UPS = 5000
_KEY = DatabaseKey(bytes(range(32)))


def encrypting(shops: Shops, size: int) -> list[Row]:
    """Ring up tickets and look barcodes up, with and without."""
    encryption.use(_KEY)
    plain = shops.shop(size)
    secret = plain.with_name(f"{plain.stem}-encrypted.db")
    if not secret.exists():
        fresh = Path(shutil.copyfile(plain, secret.with_suffix(".fresh")))
        convert(fresh, _KEY)
        fresh.replace(secret)
    return [_sale(plain, secret, size), _look_up(plain, secret, size)]


def _sale(plain: Path, secret: Path, size: int) -> Row:
    copies = [Path(shutil.copyfile(path, path.with_suffix(".copy"))) for path in (plain, secret)]
    with closing(_opened(copies[0])) as low, closing(_opened(copies[1])) as high:
        executors = [Executor(database, CLOCK) for database in (low, high)]
        works = [
            [partial(do, executor, *commands) for commands in _tickets(executor.database)] for executor in executors
        ]
        floor, ours = spreads(in_turns(*works))
    for path in copies:
        path.unlink()
    return Row("ten-line sale, encrypted", f"{size:,}", ours, "<= 2x plain", ours.p50 <= 2 * floor.p50, floor)


def _opened(path: Path) -> Database:
    return open_database(path, CLOCK.new_id)


def _tickets(database: Database) -> list[list[Command]]:
    chance, best = random.Random(3), product_ids(database, BEST_SELLERS)
    made = (ticket(database, chance.sample(best, _LINES)) for _ in range(_TICKETS))
    return [[*lines, *ends] for lines, ends in made]


def _look_up(plain: Path, secret: Path, size: int) -> Row:
    with closing(open_reader(plain)) as low, closing(open_reader(secret)) as high:
        codes = [code for (code,) in low.rows("SELECT code FROM barcode")]
        asked, day = random.Random(1).choices(codes, k=_LOOK_UPS), CLOCK.now().day
        works = [[partial(product_by_barcode, reader, code, SHOP, day) for code in asked] for reader in (low, high)]
        floor, ours = spreads(in_turns(*works))
    return Row("barcode to article, encrypted", f"{size:,}", ours, "<= 3x plain", ours.p50 <= 3 * floor.p50, floor)
