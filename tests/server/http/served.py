"""The service on loopback as a person would start it, and stations that ask it with real signatures."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import urllib3
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from omsdesk.server.embedded import in_thread
from omsdesk.server.http.limits import Limits
from omsdesk.server.http.listening import Server
from omsdesk.server.http.service import Service
from omsdesk.server.place import Place
from omsdesk.server.serve import followed, listen
from omsdesk.server.storage import Storage
from omsdesk.store.journal import GENESIS, Sealed, seal
from omsdesk.sync import wire
from omsdesk.sync.messages import CodeWish, Enrolment, Failure, Run
from omsdesk.sync.signing import Request, sign

HOST = "127.0.0.1"
_Result = TypeVar("_Result")


class Served:
    """A running service, its loop in a thread of its own."""

    def __init__(
        self,
        path: Path,
        limits: Limits | None = None,
        wrap: Callable[[Storage], Storage] = lambda storage: storage,
        port: int = 0,
        tables: Path | None = None,
    ) -> None:
        self.listener = listen(HOST, port)
        self.port: int = self.listener.getsockname()[1]
        self._path, self._limits, self._wrap, self._tables = path, limits, wrap, tables
        self._is_up = threading.Event()
        self.thread = threading.Thread(target=lambda: asyncio.run(self._run()), name="service")
        self.thread.start()
        assert self._is_up.wait(20)

    async def _run(self) -> None:
        storage = in_thread(self._path)
        self.loop = asyncio.get_running_loop()
        self.service = Service(self._wrap(storage), self._limits, tables=self._tables)
        self.server = Server(self.service, Place())
        async with followed(self.service, str(self._path), self._tables):
            self._is_up.set()
            await self.server.serve([self.listener])
        await storage.close()

    def do(self, work: Callable[[Service], Awaitable[_Result]]) -> _Result:
        """Do something inside, as the service's own program would."""

        async def doing() -> _Result:
            return await work(self.service)

        return asyncio.run_coroutine_threadsafe(doing(), self.loop).result(20)

    def begin_to_stop(self) -> None:
        """Do what a signal does."""
        self.server.should_exit = True

    def stop(self) -> None:
        self.begin_to_stop()
        # As long as a service takes at most that finishes what is in work.
        self.thread.join(40)
        assert not self.thread.is_alive()

    def found(self) -> str:
        """Make a business."""
        return self.do(lambda service: service.registrar.found("The corner shop"))

    def code(self, tenant: str, store: str = "s1", device: str = "", till: str = "") -> str:
        return self.do(lambda service: service.registrar.make_code(tenant, CodeWish(store, till, device)))

    def station(self, tenant: str, device: str = "", store: str = "s1") -> Station:
        """Let a station in."""
        station = Station(self.port, device or new_name())
        code = self.code(tenant, store)
        self.do(lambda service: service.registrar.enrol(Enrolment(code, station.device, station.public_key)))
        return station


_count = iter(range(1, 1_000_000))


def new_name() -> str:
    return f"station-{next(_count)}"


@dataclass
class Reply:
    """What came back."""

    status: int
    fields: Mapping[str, str]
    body: bytes

    def read(self, kind: type[_Result]) -> _Result:
        assert self.status == 200, (self.status, self.body)
        return wire.decode(kind, self.body, self.fields["content-type"])

    @property
    def failure(self) -> Failure:
        assert self.status >= 400
        return wire.decode(Failure, self.body, self.fields["content-type"])

    @property
    def refusal(self) -> tuple[int, str]:
        """Status and word."""
        return self.status, self.failure.error


@dataclass
class Station:
    """Somebody with a key, enrolled or not."""

    port: int
    device: str
    secret: bytes = field(default_factory=lambda: Ed25519PrivateKey.generate().private_bytes_raw())
    source: str = HOST
    """The address that it asks from: every one that begins with 127 is this machine's."""

    def __post_init__(self) -> None:
        self.pool = urllib3.HTTPConnectionPool(
            HOST, self.port, retries=False, timeout=30, maxsize=4, source_address=(self.source, 0)
        )

    @property
    def public_key(self) -> bytes:
        return Ed25519PrivateKey.from_private_bytes(self.secret).public_key().public_bytes_raw()

    def fields(
        self, method: str, target: str, body: bytes, named: Mapping[str, str] | None = None, created: int | None = None
    ) -> dict[str, str]:
        """The header fields of a request, with its signature."""
        fields = {name.replace("_", "-"): value for name, value in (named or {}).items() if value}
        created = int(time.time()) if created is None else created
        return fields | sign(Request(method, target, fields, body), self.device, self.secret, created)

    def ask(
        self,
        method: str,
        target: str,
        message: object = None,
        media: str = wire.MSGPACK,
        packed: str = "",
        **others: str,
    ) -> Reply:
        """Ask as a station does."""
        body = b"" if message is None else wire.pack(wire.encode(message, media), packed)
        named = {"content_type": media if body else "", "content_encoding": packed, "accept": media} | others
        return self.send(method, target, body, self.fields(method, target, body, named))

    def send(self, method: str, target: str, body: Any, fields: dict[str, str]) -> Reply:
        """Send a request as it is."""
        answer = self.pool.request(method, target, body=body or None, headers=fields, redirect=False)
        return Reply(answer.status, {name.lower(): value for name, value in answer.headers.items()}, answer.data)

    def push(self, run: Run) -> Reply:
        return self.ask("POST", "/v1/runs", run)

    def hang_up(self) -> None:
        """Close every line; whoever asks again opens a new one."""
        self.pool.close()
        self.__post_init__()


def chain(device: str, *kinds: str, epoch: int = 1, body: bytes = b"{}") -> Run:
    """A run of small facts from the beginning of an epoch."""
    previous, entries = GENESIS, []
    for number, kind in enumerate(kinds, 1):
        bare = Sealed(number, number, 1_000, 0, "ann", f"{kind}-{number}", kind, 1, body, b"")
        entries.append(bare._replace(hash=seal(device, epoch, previous, bare)))
        previous = entries[-1].hash
    return Run(epoch, 0, GENESIS, tuple(entries))


def sales(device: str, count: int) -> Run:
    return chain(device, *["sale.started"] * count)


def after(run: Run, taken: int) -> Run:
    """The rest of a run."""
    return Run(run.epoch, taken, run.entries[taken - 1].hash if taken else GENESIS, run.entries[taken:])
