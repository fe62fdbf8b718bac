"""The service as one command starts it, to be killed and started again; and stations that are let in to it."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import asyncpg

from omsdesk.server.serve import new_business, new_code
from omsdesk.settings import Service
from omsdesk.store.database import Database
from omsdesk.store.engine import Row, open_reader
from omsdesk.sync.enrolment import Invitation, enrol, reach
from omsdesk.sync.failures import Busy
from omsdesk.sync.keys import KeyRing
from omsdesk.sync.turn import Turn, take_turn

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
ENVIRONMENT = {**os.environ, "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
"""Keys go to files: the tests must not open a wallet, and neither do their processes."""


class Told(NamedTuple):
    """An entry as the service keeps it."""

    device: str
    epoch: int
    number: int
    kind: str
    subject: str
    previous: bytes
    hash: bytes
    scope: str | None
    place: int | None


class Body(NamedTuple):
    """What an entry says."""

    kind: str
    version: int
    body: bytes


class ServiceProcess:
    """A service in a process of its own."""

    def __init__(self, folder: Path, database: str, store: str) -> None:
        """Make a business; nothing runs yet."""
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.database, self.store = folder, database, store
        self.tenant = new_business(database, "The corner shop", store).split("\n")[0].split()[-1]
        self.port = _free_port()
        self.log = folder / "log"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}"

    def start(self, program: str = "omsdesk") -> None:
        """Start it, and wait until it answers."""
        command = [sys.executable, "-m", program, "--folder", str(self.folder), "server"]
        options = ["--database", self.database, "--port", str(self.port)]
        with self.log.open("ab") as written:
            self.process = subprocess.Popen([*command, *options], cwd=ROOT, env=ENVIRONMENT, stderr=written)
        end = time.monotonic() + 30
        while True:
            with suppress(OSError), socket.create_connection((HOST, self.port), timeout=1):
                return
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < end
            time.sleep(0.02)

    def kill(self) -> None:
        """Cut its power."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(20)

    def let_in(self, database: Database, *, store: str = "") -> None:
        """Enrol a station, as its person would; its key lies beside its database from then on."""
        invitation = Invitation(self.address, self.new_code(store))
        enrol(database, KeyRing(database.path.parent), invitation, lambda _: None, lambda task: task())

    def new_code(self, store: str = "") -> str:
        """Make a code that lets one station in."""
        return new_code(self.database, self.tenant, store or self.store).split("Code:")[1].split()[0]

    def turn(self, database: Database, *, store: str = "") -> Turn:
        """Let a station exchange everything, once; a service that asks for a pause gets it."""
        service = Service(self.address, store or self.store)
        line = reach(service, database.station.device, KeyRing(database.path.parent))
        with closing(line):
            while True:
                try:
                    return take_turn(database, line, service.store)
                except Busy as busy:  # as any station does: it waits as long as it was asked to
                    time.sleep(max(busy.retry_after, 0.1))

    def told(self) -> list[Told]:
        """Read every entry that it has, chain by chain."""
        question = f"SELECT {', '.join(Told._fields)} FROM entry ORDER BY device, epoch, number"  # noqa: S608 - ours
        return [Told(*row) for row in self.rows(question)]

    def bodies(self, kind: str) -> list[Body]:
        """Read what the entries of a kind say."""
        question = f"SELECT kind, version, body FROM entry WHERE kind = '{kind}'"  # noqa: S608 - ours
        return [Body(*row) for row in self.rows(question)]

    def rows(self, question: str) -> list[Row]:
        """Ask its database."""
        if self.database.startswith("postgresql:"):
            return [tuple(row) for row in asyncio.run(_ask(self.database, question))]
        with closing(open_reader(Path(self.database))) as reader:
            return reader.rows(question)


async def _ask(url: str, question: str) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(url)
    try:
        rows: list[asyncpg.Record] = await connection.fetch(question)
        return rows
    finally:
        await connection.close()


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def serving(folder: Path, database: str, store: str) -> Iterator[ServiceProcess]:
    """Run a service as long as the block."""
    service = ServiceProcess(folder, database, store)
    service.start()
    try:
        yield service
    finally:
        service.kill()
