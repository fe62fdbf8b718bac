"""A new till that starts with a copy of its store's tables, over HTTP: against copying the very same file."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from omsdesk.server.http import operations
from omsdesk.server.replicas import folder_of
from omsdesk.server.snapshots import Snapshots
from omsdesk.store.database import open_database
from omsdesk.store.engine import open_writer
from omsdesk.sync.keys import DeviceKey
from omsdesk.sync.remote import Remote
from omsdesk.sync.snapshot import start_with_copy
from tests.benchmarks.measure import Row, in_turns, spreads
from tests.benchmarks.shops import Shops
from tests.server.http.served import HOST, Served
from tests.sync.stations import STORE

_TIMES = 3
_MINUTES = 5


def joining(shops: Shops, size: int) -> list[Row]:
    """Let a new till work with as many products as its colleagues."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        join = _Join(folder, shops.shop(size))
        try:
            floor = [partial(join.copy, number) for number in range(_TIMES)]
            low, ours = spreads(in_turns(floor, [join.new_till(number) for number in range(_TIMES)]))
        finally:
            join.served.stop()
    is_met = ours.p50 < _MINUTES * 60_000
    return [Row("a new till starts with a copy", f"{size:,}", ours, f"< {_MINUTES} min", is_met, low)]


class _Join:
    """A running service with one copy to give, and tills that ask for it."""

    def __init__(self, folder: Path, shop: Path) -> None:
        self._folder = folder
        self.served = Served(folder / "service.db")
        self._tenant = self.served.found()
        self._file = self._offer(shop)
        # It pays at any size here: that is what is measured.
        operations.WORTH_A_COPY = 0

    def _offer(self, shop: Path) -> Path:
        offered = folder_of(self._folder / "tables", self._tenant, STORE)
        offered.mkdir(parents=True)
        made = offered / "making"
        shutil.copyfile(shop, made)
        with closing(open_writer(made)) as writer:
            writer.raw.execute("DELETE FROM station")
            writer.raw.execute("PRAGMA journal_mode=DELETE")
        digest = _digest(made)
        self.served.service.snapshots = Snapshots(self._folder / "tables")
        return made.rename(offered / f"tables.{digest}.snapshot")

    def copy(self, number: int) -> None:
        """Write the same bytes to the disk."""
        place = self._folder / f"copy-{number}"
        shutil.copyfile(self._file, place)
        with place.open("rb+") as file:
            os.fsync(file.fileno())
        place.unlink()

    def new_till(self, number: int) -> Callable[[], None]:
        """Let a till in; what it does then is measured."""
        station = self.served.station(self._tenant)
        station.hang_up()
        remote = Remote(f"http://{HOST}:{self.served.port}", station.device, DeviceKey(station.secret))
        home = self._folder / f"till-{number}"
        home.mkdir()

        def start() -> None:
            database = open_database(home / "shop.db", lambda: station.device)
            assert start_with_copy(database, remote, lambda task: task(), lambda *_: None)
            database.close()
            shutil.rmtree(home)

        return start


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
