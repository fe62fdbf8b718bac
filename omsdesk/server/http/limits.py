"""How much may be asked, how often, and how much at once: what keeps the service on its feet."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from typing import NamedTuple

from omsdesk.server.http.errors import busy, too_many

_MEGABYTE = 1024 * 1024


class Rate(NamedTuple):
    """So many a second in the long run, and so many at once."""

    per_second: float
    burst: int


_PER_DEVICE, _PER_ADDRESS = Rate(20, 200), Rate(100, 1_000)
_WRONG_CODES = Rate(1 / 60, 10)
_RECEIPTS = Rate(1 / 10, 60)


@dataclass(frozen=True, slots=True)
class Limits:
    """Every limit of a service once. Sizes are in bytes, times in seconds."""

    sent: int = 8 * _MEGABYTE
    """One body as it travels; unpacked it may be ``wire.MOST_BYTES``."""
    sent_by_strangers: int = 16 * 1024
    """The body of a request to be let in."""
    held: int = 256 * _MEGABYTE
    """All bodies that are being read or worked on."""
    body_time: float = 120
    body_pause: float = 10
    """The longest wait for the next bytes of a body."""
    head_time: float = 60
    """How long a connection may be open without a request on it."""
    open_requests: int = 10_000
    at_work: int = 16
    queued: int = 64
    queue_time: float = 2
    waiting: int = 5_000
    """Stations that wait for a hint."""
    hint_time: float = 25
    per_device: Rate = _PER_DEVICE
    per_address: Rate = _PER_ADDRESS
    """A chain of shops may share an address."""
    receipts_per_device: Rate = _RECEIPTS
    """Numbers can be guessed, for they are counted: a station reads a few receipts of others, and never all of them."""
    wrong_codes_per_address: Rate = _WRONG_CODES
    """There is none for all addresses together: it would be the stranger's means to keep every newcomer out, and a code
    needs none. It has 60 bits and is valid for a day: where a thousand are out, a million addresses that use up all
    they may for that day find one with a chance of about one in a million. How many are looked up at once, the gate
    says; they are looked up by their hash, so the time that it takes tells nothing of them."""
    stop_time: float = 30
    """What is in work when the service is told to stop may take so long."""


class Buckets:
    """One bucket of tokens for each of many: a request takes one, time puts them back."""

    def __init__(self, rate: Rate, clock: Callable[[], float], most_kept: int = 100_000) -> None:
        """Start with full buckets; those that nobody used for longest are forgotten above ``most_kept``."""
        self._rate, self._clock, self._most = rate, clock, most_kept
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, whose: str, sentence: str = "") -> None:
        """Take a token.

        Raises:
            Refused: there is none.

        """
        now = self._clock()
        tokens, since = self._left.get(whose, (float(self._rate.burst), now))
        tokens = min(self._rate.burst, tokens + (now - since) * self._rate.per_second)
        if tokens < 1:
            wait = (1 - tokens) / self._rate.per_second
            raise too_many(wait, sentence) if sentence else too_many(wait)
        self._left[whose] = tokens - 1, now
        self._left.move_to_end(whose)
        if len(self._left) > self._most:
            self._left.popitem(last=False)

    def give_back(self, whose: str) -> None:
        """Put a token back that was not used up."""
        if whose in self._left:
            tokens, since = self._left[whose]
            self._left[whose] = tokens + 1, since


def household(address: str) -> str:
    """Name whom an address belongs to: of IPv6, one customer has 2^64 of them."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped is None:
        return str(ip_network((ip, 64), strict=False))
    return str(getattr(ip, "ipv4_mapped", None) or ip)


class Gate:
    """Lets so many in at once and so many wait for a moment; everybody else is asked to come again."""

    def __init__(self, limits: Limits) -> None:
        """Open for a service with these limits."""
        self._places = asyncio.Semaphore(limits.at_work)
        self._most_queued, self._patience, self._queued = limits.queued, limits.queue_time, 0

    @asynccontextmanager
    async def enter(self) -> AsyncIterator[None]:
        """Work inside.

        Raises:
            Refused: too many wait already, or it took too long.

        """
        if self._places.locked() and self._queued >= self._most_queued:
            raise busy()
        self._queued += 1
        try:
            async with asyncio.timeout(self._patience):
                await self._places.acquire()
        except TimeoutError:
            raise busy() from None
        finally:
            self._queued -= 1
        try:
            yield
        finally:
            self._places.release()


class Room:
    """The memory that all bodies share."""

    def __init__(self, most: int) -> None:
        """Have room for so many bytes."""
        self._most, self.held = most, 0

    @contextmanager
    def share(self) -> Iterator[Callable[[int], None]]:
        """Give a function that takes room; all of it is given back at the end of the block.

        Raises:
            Refused: there is no more room.

        """
        taken = 0

        def take(size: int) -> None:
            nonlocal taken
            if self.held + size > self._most:
                raise busy()
            taken += size
            self.held += size

        try:
            yield take
        finally:
            self.held -= taken
