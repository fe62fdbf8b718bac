"""A line as bad as it gets: a TCP proxy on loopback that does to real bytes what networks do, by one seed.

It knows nothing of HTTP but that a request comes before its answer. What it did is counted.
"""

from __future__ import annotations

import asyncio
import random
import socket
import struct
import threading
from asyncio import StreamReader, StreamWriter
from collections import Counter
from collections.abc import Coroutine
from contextlib import suppress
from enum import StrEnum
from typing import Any, NamedTuple

HOST = "127.0.0.1"
_CHUNK = 16_384
_HARD = struct.pack("ii", 1, 0)
_MOST_KEPT = 4 * 1024 * 1024


class Fault(StrEnum):
    """What can happen to a connection."""

    DROP = "drop"
    """It is accepted and closed at once."""
    RESET_IN_REQUEST = "reset in request"
    RESET_IN_ANSWER = "reset in answer"
    CUT_REQUEST = "cut request"
    """It ends in the middle, as if that were all."""
    CUT_ANSWER = "cut answer"
    DELAY = "delay"
    STALL = "stall"
    """Nothing comes any more, and nobody hangs up."""
    REPLAY = "replay"
    """The service hears the same request once more, on another connection."""
    LATE = "late"
    """Who asks is cut off, and the request arrives when nobody waits for the answer any more."""
    PARTITION = "partition"
    """For a while nothing comes through to anybody."""


_UP = {Fault.RESET_IN_REQUEST, Fault.CUT_REQUEST, Fault.LATE}
"""What happens on the way to the service; everything else happens on the way back."""


_ON_THE_WAY = tuple(fault for fault in Fault if fault not in {Fault.DROP, Fault.PARTITION})


class Weather(NamedTuple):
    """How bad it is. ``mean_bytes`` go through between two faults, ``drops`` is the share of dropped connections."""

    mean_bytes: int = 300_000
    drops: float = 0.03
    longest_delay: float = 0.2
    stall_seconds: float = 3.0
    partition_every: float = 0.0
    """Mean seconds between two partitions; 0: none."""
    partition_seconds: float = 0.5
    faults: tuple[Fault, ...] = _ON_THE_WAY


class FaultyProxy:
    """A proxy before a port of this machine, on a thread of its own."""

    def __init__(self, target: int, weather: Weather, seed: int = 0) -> None:
        """Begin."""
        self.weather, self.injected = weather, Counter[Fault]()
        self.connections = 0
        self._target, self._random = target, random.Random(seed)
        self._tasks = set[asyncio.Task[None]]()
        self._is_up = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), name="proxy", daemon=True)
        self._thread.start()
        assert self._is_up.wait(10)

    def close(self) -> None:
        """End, and hang up on everybody."""
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join(10)

    async def _run(self) -> None:
        self._loop, self._over = asyncio.get_running_loop(), asyncio.Event()
        self._open = asyncio.Event()
        self._open.set()
        server = await asyncio.start_server(self._serve, HOST, 0)
        self.port: int = server.sockets[0].getsockname()[1]
        self._is_up.set()
        if self.weather.partition_every:
            self._keep(self._part())
        await self._over.wait()
        server.close()
        for task in [*self._tasks]:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _keep(self, work: Coroutine[Any, Any, None]) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _part(self) -> None:
        while True:
            await asyncio.sleep(self._random.expovariate(1 / self.weather.partition_every))
            self.injected[Fault.PARTITION] += 1
            self._open.clear()
            await asyncio.sleep(self._random.uniform(0, 2 * self.weather.partition_seconds))
            self._open.set()

    async def _serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        self.connections += 1
        if self._random.random() < self.weather.drops:
            self.injected[Fault.DROP] += 1
            _reset(writer)
            return
        with suppress(OSError):
            there, way = await asyncio.open_connection(HOST, self._target)
            await _Connection(self, (reader, writer), (there, way)).run()

    # ---- what a connection asks

    def plan(self) -> tuple[Fault, int]:
        """Choose the next fault of a connection, and after how many bytes it strikes."""
        return self._random.choice(self.weather.faults), int(self._random.expovariate(1 / self.weather.mean_bytes))

    async def may_pass(self) -> None:
        """Wait until there is a way."""
        await self._open.wait()

    def pause(self) -> float:
        """Choose a delay in seconds."""
        return self._random.uniform(0, self.weather.longest_delay)

    def send_again(self, request: bytes, after: float) -> None:
        """Let a request arrive at the service on a connection of its own; nobody hears the answer."""
        self._keep(_send_alone(request, self._target, after))


class _Connection:
    """One connection of a client, and ours to the service."""

    def __init__(
        self, proxy: FaultyProxy, client: tuple[StreamReader, StreamWriter], service: tuple[StreamReader, StreamWriter]
    ) -> None:
        self._proxy = proxy
        self._from_client, self._to_client = client
        self._from_service, self._to_service = service
        self._fault, self._left = proxy.plan()
        self._request = bytearray()
        self._is_answered = False

    async def run(self) -> None:
        """Carry bytes both ways until somebody hangs up or a fault ends it."""
        ways = [asyncio.ensure_future(self._go_up()), asyncio.ensure_future(self._go_down())]
        try:
            done, _ = await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            for way in done:
                way.result()
        except OSError:
            return
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            await _close(self._to_client)
            await _close(self._to_service)

    async def _go_up(self) -> None:
        while data := await self._from_client.read(_CHUNK):
            await self._proxy.may_pass()
            if self._is_answered:
                self._request.clear()
                self._is_answered = False
            if len(self._request) < _MOST_KEPT:
                self._request += data
            if self._fault in _UP and self._strikes(len(data)):
                await self._strike_request(data)
                return
            self._to_service.write(data)
            await self._to_service.drain()

    async def _go_down(self) -> None:
        while data := await self._from_service.read(_CHUNK):
            await self._proxy.may_pass()
            self._is_answered = True
            if self._fault not in _UP and self._strikes(len(data)) and await self._strike_answer(data):
                return
            self._to_client.write(data)
            await self._to_client.drain()

    def _strikes(self, size: int) -> bool:
        self._left -= size
        if self._left > 0:
            return False
        self._proxy.injected[self._fault] += 1
        return True

    async def _strike_request(self, data: bytes) -> None:
        if self._fault is Fault.LATE:
            # What did not come yet is taken in, so that all of it arrives.
            with suppress(TimeoutError):
                async with asyncio.timeout(0.02):
                    while more := await self._from_client.read(_CHUNK):
                        self._request += more
            self._proxy.send_again(bytes(self._request), self._proxy.pause())
            _reset(self._to_client)
            return
        self._to_service.write(data[: len(data) + self._left])
        await self._to_service.drain()
        if self._fault is Fault.RESET_IN_REQUEST:
            _reset(self._to_service)
            _reset(self._to_client)
        else:
            # Whatever the service makes of half a request goes back to whoever asked.
            self._to_service.write_eof()
            await asyncio.sleep(self._proxy.weather.stall_seconds)

    async def _strike_answer(self, data: bytes) -> bool:
        """Do what is planned; tells whether that ends the connection."""
        match self._fault:
            case Fault.DELAY:
                await asyncio.sleep(self._proxy.pause())
            case Fault.REPLAY:
                self._proxy.send_again(bytes(self._request), 0.0)
            case Fault.STALL:
                await asyncio.sleep(self._proxy.weather.stall_seconds)
                return True
            case _:
                self._to_client.write(data[: len(data) + self._left])
                await self._to_client.drain()
                if self._fault is Fault.RESET_IN_ANSWER:
                    _reset(self._to_client)
                    _reset(self._to_service)
                return True
        self._fault, self._left = self._proxy.plan()
        return False


def _reset(writer: StreamWriter) -> None:
    """Hang up the hard way: the other side is told that the connection is no more."""
    opened: socket.socket = writer.get_extra_info("socket")
    with suppress(OSError):
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _HARD)
    writer.transport.abort()


async def _close(writer: StreamWriter) -> None:
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()


async def _send_alone(request: bytes, target: int, after: float) -> None:
    await asyncio.sleep(after)
    with suppress(OSError, TimeoutError):
        reader, writer = await asyncio.open_connection(HOST, target)
        try:
            writer.write(request)
            await writer.drain()
            async with asyncio.timeout(2):
                await reader.read(_CHUNK)
        finally:
            await _close(writer)
