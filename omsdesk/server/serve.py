"""Running the service, and looking after who is let in, from the command line."""

from __future__ import annotations

import asyncio
import os
import socket
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from omsdesk.private_files import private_folder
from omsdesk.server.place import Place

if TYPE_CHECKING:
    from omsdesk.server.enrolment import Registrar
    from omsdesk.server.http.limits import Limits
    from omsdesk.server.http.service import Service
    from omsdesk.server.storage import Storage

_BACKLOG = 2048
_NEXT = (
    "Let “omsdesk server” run here. Then type this code at the first station, under Sync, with the address of this\n"
    "computer: 127.0.0.1:8460 if the station is on this computer too."
)
_ANY_STORE = "that of the first station, or a new one"


class CannotServe(Exception):
    """The service cannot start, or cannot do what it was asked; the sentence says why."""


async def open_storage(database: str) -> Storage:
    """Open a database: a file, made where it is missing, or an address that begins with ``postgresql://``.

    Raises:
        StoreFailure: it cannot be opened, or a newer program made it.
        OSError: the folder of the file cannot be made.

    """
    if database.startswith(("postgresql://", "postgres://")):
        from omsdesk.server.postgres import open_postgres

        return await open_postgres(database)
    from omsdesk.server.embedded import in_thread

    path = Path(database)
    private_folder(path.parent)
    return in_thread(path)


# ---- running


def serve(database: str, place: Place, limits: Limits | None = None, tables: Path | None = None) -> None:
    """Run the service until it is told to stop (SIGTERM, SIGINT): then what is in work is finished first.

    Raises:
        CannotServe: the address is taken, or there is no such certificate.
        StoreFailure: the database cannot be opened.

    """
    from omsdesk.server.http.logs import write_logs

    with _listen(place) as listener:
        write_logs()
        _allow_many_connections()
        asyncio.run(run(database, place, listener, limits, tables))


async def run(
    database: str,
    place: Place,
    listener: socket.socket,
    limits: Limits | None = None,
    tables: Path | None = None,
) -> None:
    """Serve on a socket until a signal comes; a process beside it keeps the tables, if they have a folder."""
    from omsdesk.server.http.listening import Server
    from omsdesk.server.http.service import Service

    storage = await open_storage(database)
    try:
        service = Service(storage, limits, tables=tables)
        async with followed(service, database, tables), _looking_again(service):
            await Server(service, place).serve([listener])
    finally:
        await storage.close()


@asynccontextmanager
async def followed(service: Service, database: str, tables: Path | None) -> AsyncIterator[None]:
    """Have a process beside the service keep the tables, if they have a folder."""
    from omsdesk.server.follower import FollowerProcess

    if tables is None:
        yield
        return
    follower = FollowerProcess(database, tables, service.metrics.lags_by, service.metrics.damaged.add)
    service.on_news, service.snapshots.order = follower.poke, follower.order
    follower.start()
    try:
        yield
    finally:
        await follower.stop()


@asynccontextmanager
async def _looking_again(service: Service) -> AsyncIterator[None]:
    """Look, beside the work, at what an older version of the service did not understand."""
    looking = asyncio.create_task(service.look_again())
    try:
        yield
    finally:
        looking.cancel()
        await asyncio.wait([looking])


def _listen(place: Place) -> socket.socket:
    for file in (place.certificate, place.key):
        if file is not None and not file.is_file():
            raise CannotServe(f"There is no file {file}. Name the certificate and its key, as PEM files.")
    try:
        return listen(place.host, place.port)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise CannotServe(
            f"Nobody can listen at {place.host}, port {place.port} ({reason}). "
            "Name another with --host or --port, or stop what listens there."
        ) from None


def listen(host: str, port: int) -> socket.socket:
    """Open a socket; ``::`` listens on every address, those of IPv4 too, and port 0 is any that is free.

    Raises:
        OSError: it cannot be.

    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    is_everywhere = host == "::" and socket.has_dualstack_ipv6()
    listener = socket.create_server((host, port), family=family, backlog=_BACKLOG, dualstack_ipv6=is_everywhere)
    # Handed down to every connection. asyncio would do so, but only knows sockets that name their protocol; without
    # it the second half of every answer waits 40 ms for the acknowledgement of the first.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def _allow_many_connections() -> None:
    """Lift the number of open files to what the system grants: every station that waits for news has a connection."""
    try:
        import resource
    except ImportError:
        # Windows has no such limit.
        return
    # Whoever looks after the process may have forbidden it, and set the limit themselves.
    with suppress(ValueError, OSError):
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


# ---- looking after who is let in


def new_business(database: str, name: str, store: str) -> str:
    """Make a business and the first code for one of its stores; gives what to tell a person."""

    async def work(registrar: Registrar) -> str:
        tenant = await registrar.found(name)
        return f"Business: {tenant}\n{await _code(registrar, tenant, store)}\n{_NEXT}"

    return _with_registrar(database, work)


def new_code(database: str, tenant: str, store: str, till: str = "", device: str = "") -> str:
    """Make a code for a store, or for the only one that there is; gives what to tell a person.

    Raises:
        CannotServe: there is no such business, station or till, or there are several stores and none was named.

    """

    async def work(registrar: Registrar) -> str:
        business = await _business(registrar, tenant)
        if device and all(known.device != device for known in await registrar.devices(business)):
            raise CannotServe(f"There is no station {device} in this business. “omsdesk server devices” lists them.")
        place = store or await _only_store(registrar, business)
        return await _code(registrar, business, place, await _till(registrar, business, place, till), device)

    return _with_registrar(database, work)


async def _business(registrar: Registrar, named: str) -> str:
    """Find the business that is meant: the one that is named, or the only one that there is.

    Raises:
        CannotServe: there is none, or none of this id, or several and none was named.

    """
    known = await registrar.businesses()
    if named in known:
        return named
    if not known:
        raise CannotServe("There is no business yet. “omsdesk server new-business NAME” makes one.")
    if not named and len(known) == 1:
        return next(iter(known))
    listed = "\n".join(f"  {tenant}  {name}" for tenant, name in known.items())
    if named:
        raise CannotServe(f"There is no business {named}. These are here:\n{listed}")
    raise CannotServe(f"There are several businesses. Name one with --business:\n{listed}")


async def _code(registrar: Registrar, tenant: str, store: str, till: str = "", device: str = "") -> str:
    from omsdesk.server.enrolment import VALID_MS
    from omsdesk.sync.messages import COMMAND_LINE, CodeWish

    code = await registrar.make_code(tenant, CodeWish(store, till, device, COMMAND_LINE))
    until = _day(time.time_ns() // 1_000_000 + VALID_MS)
    return f"Store:    {store or _ANY_STORE}\nCode:     {code} (lets one station in, until {until})"


async def _till(registrar: Registrar, tenant: str, store: str, named: str) -> str:
    """Find the id of the till that is meant by its id, its code or its name; empty where none was named.

    Raises:
        CannotServe: the store has no such till, or several of this name.

    """
    if not named:
        return ""
    there = [till for till in await registrar.tills(tenant) if till.shop == store]
    meant = [till for till in there if till.id == named] or [till for till in there if named in {till.code, till.name}]
    if len(meant) == 1:
        return meant[0].id
    if not there:
        raise CannotServe("No till of this store is known yet. Leave --till out: its station chooses or makes one.")
    listed = "\n".join(f"  {till.id}  {till.code}  {till.name}" for till in there)
    several = f"Several tills are called {named}. Name one by its id" if meant else f"There is no till {named}"
    raise CannotServe(f"{several}. These are here:\n{listed}")


async def _only_store(registrar: Registrar, tenant: str) -> str:
    """Find the store of a business; empty where it has none yet.

    Raises:
        CannotServe: it has several.

    """
    stores = sorted({known.store for known in await registrar.devices(tenant)})
    if len(stores) > 1:
        raise CannotServe(f"This business has several stores: {', '.join(stores)}. Name one with --store.")
    return stores[0] if stores else ""


def devices(database: str, tenant: str) -> str:
    """List the stations of a business, one on each line.

    Raises:
        CannotServe: there is no such business.

    """

    async def work(registrar: Registrar) -> str:
        found = await registrar.devices(await _business(registrar, tenant))
        return "\n".join(
            f"{known.device}  store {known.store}  {known.name or 'without a name'}  {known.entries:,} entries  "
            + (f"retired {_day(known.retired_ms)}" if known.retired_ms else f"seen {_day(known.seen_ms)}")
            for known in found
        )

    return _with_registrar(database, work) or "No station is enrolled."


def retire(database: str, tenant: str, device: str) -> str:
    """Let a station in no more; gives what to tell a person.

    Raises:
        CannotServe: there is no such station.

    """

    async def work(registrar: Registrar) -> str:
        if not await registrar.retire(await _business(registrar, tenant), device):
            raise CannotServe(f"There is no station {device} in this business, or it was retired before.")
        return f"{device} is retired. What it told stays."

    return _with_registrar(database, work)


def _day(moment_ms: int) -> str:
    return f"{datetime.fromtimestamp(moment_ms / 1000, UTC):%Y-%m-%d %H:%M} UTC" if moment_ms else "never"


def _with_registrar(database: str, work: Callable[[Registrar], Coroutine[Any, Any, str]]) -> str:
    from omsdesk.server.enrolment import Registrar
    from omsdesk.server.http.service import milliseconds

    async def do() -> str:
        storage = await open_storage(database)
        try:
            return await work(Registrar(storage, milliseconds))
        finally:
            await storage.close()

    return asyncio.run(do())
