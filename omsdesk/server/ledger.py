"""Taking journals and telling them on: the service's half of the exchange, over any of its databases.

A push is one transaction. A device is locked first and its feeds after it, in one order, and the number of a feed is
written last: so no reader ever sees a later entry before an earlier one, and no two pushes wait for each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import NamedTuple

from omsdesk.server import statements as sql
from omsdesk.server.storage import Row, Storage, Transaction, Unfit
from omsdesk.store.journal import GENESIS, FactId, Head, Sealed
from omsdesk.sync.messages import Answer, Garbled, Heard, Item, Run, Wanted
from omsdesk.sync.pull import digest_after, is_same_feed
from omsdesk.sync.push import NOTHING, check_run, new_entries, probe_places
from omsdesk.sync.scopes import EVERYWHERE, scope_of

_NOWHERE = (None, None, None)
_FIRST = ("first_epoch", "first_number", "first_hash")
_PLACE = ("scope", "place", "digest")


class Caller(NamedTuple):
    """Who asks: the tenant follows from the key that signed, never from what was sent."""

    tenant: str
    device: str


class NotEnrolled(LookupError):
    """The service does not know this station, or does not serve it any more."""


class _Chain(NamedTuple):
    """What is known of the sender of a run."""

    store: str
    head: Head
    last_epoch: int


class Ledger:
    """The chains and feeds of all tenants."""

    def __init__(self, storage: Storage, now: Callable[[], int]) -> None:
        """Work on a database; ``now`` gives the milliseconds since 1970."""
        self._storage, self._now = storage, now

    # ------------------------------------------------------------------------------ push

    async def receive(self, caller: Caller, run: Run) -> Answer:
        """Take what is new of a run, and say what is here now.

        Raises:
            NotEnrolled: the station is unknown or retired.
            Garbled: the entries do not follow from one another, or hold what nobody could have written.
            Busy: the database cannot be asked now; the same run can be sent again.

        """
        check_run(caller.device, run)
        try:
            return await self._storage.write(caller.tenant, partial(self._receive, caller, run))
        except Unfit as error:
            raise Garbled(f"A value of this run cannot be kept ({error}).") from error

    async def _receive(self, caller: Caller, run: Run, transaction: Transaction) -> Answer:
        chain = await _lock(transaction, caller.device, run.epoch)
        head, last_epoch = chain.head, chain.last_epoch
        fresh = new_entries(run, head, await _known(transaction, caller.device, run, head))
        if fresh:
            await self._put(transaction, caller, chain, run.epoch, fresh)
            head, last_epoch = Head(fresh[-1].number, fresh[-1].hash), max(last_epoch, run.epoch)
        is_in_doubt = fresh is None or head.number > run.after + len(run.entries)
        probes = await _probes(transaction, caller.device, run.epoch, head) if is_in_doubt else ()
        return Answer(run.epoch, head, last_epoch, probes)

    async def _put(
        self, transaction: Transaction, caller: Caller, chain: _Chain, epoch: int, fresh: tuple[Sealed, ...]
    ) -> None:
        columns = self._columns(caller, chain, epoch, fresh)
        end = sql.EXTEND_CHAIN if chain.head.number else sql.BEGIN_CHAIN
        await transaction.run(end, device=caller.device, epoch=epoch, number=fresh[-1].number, hash=fresh[-1].hash)
        # Others of the same store wait from here on.
        feeds = _Feeds(transaction, caller.device, epoch, chain.store)
        await feeds.lock(fresh)
        places = [await feeds.give_place(entry) for entry in fresh]
        await transaction.insert("entry", {**columns, **dict(zip(_PLACE, zip(*places, strict=True), strict=True))})
        await feeds.write()

    def _columns(
        self, caller: Caller, chain: _Chain, epoch: int, fresh: tuple[Sealed, ...]
    ) -> dict[str, Sequence[object]]:
        same = {"tenant_id": caller.tenant, "device": caller.device, "epoch": epoch, "received_ms": self._now()}
        own = dict(zip(Sealed._fields, zip(*fresh, strict=True), strict=True))
        first = zip(*(moved or _NOWHERE for moved in own.pop("first")), strict=True)
        return {
            **{name: [value] * len(fresh) for name, value in same.items()},
            **own,
            "previous": [chain.head.hash, *own["hash"][:-1]],
            **dict(zip(_FIRST, first, strict=True)),
        }

    # ------------------------------------------------------------------------------ pull

    async def tell(self, caller: Caller, wanted: Wanted) -> Heard:
        """Give what follows in a feed that the station's store may hear.

        Raises:
            NotEnrolled: the station is unknown or retired, or the feed is not for its store.
            Busy: the database cannot be asked now.

        """
        return await self._storage.read(caller.tenant, partial(_tell, caller.device, wanted))

    async def ends(self, tenant: str) -> dict[str, int]:
        """Say how far each feed of a tenant goes."""

        async def ask(transaction: Transaction) -> dict[str, int]:
            return {scope: int(high) for scope, high in await transaction.rows(sql.FEED_ENDS)}

        return await self._storage.read(tenant, ask)


# ---- what a push looks at


async def _lock(transaction: Transaction, device: str, epoch: int) -> _Chain:
    found = await transaction.row(sql.LOCK_DEVICE, device=device)
    if found is None or found[1]:
        raise NotEnrolled("This station is not enrolled. Ask a manager for a code and enrol it.")
    # Asked after the lock, in a statement of its own: PostgreSQL would show the end as it was before the wait.
    ends = {row[0]: Head(row[1], row[2]) for row in await transaction.rows(sql.CHAIN_ENDS, device=device)}
    return _Chain(found[0], ends.get(epoch, NOTHING), max(ends, default=0))


async def _known(transaction: Transaction, device: str, run: Run, head: Head) -> dict[int, bytes]:
    if run.after == head.number:
        return {head.number: head.hash}
    places = {"low": run.after, "high": run.after + len(run.entries)}
    rows = await transaction.rows(sql.HASHES, device=device, epoch=run.epoch, **places)
    return {0: GENESIS} | {row[0]: row[1] for row in rows}


async def _probes(transaction: Transaction, device: str, epoch: int, head: Head) -> tuple[Head, ...]:
    found = []
    for number in probe_places(head.number):
        row = await transaction.row(sql.HASH_AT, device=device, epoch=epoch, number=number)
        if row is not None:
            found.append(Head(number, row[0]))
    return tuple(found)


class _Feeds:
    """The ends of the feeds that one push adds to."""

    def __init__(self, transaction: Transaction, device: str, epoch: int, store: str) -> None:
        self._transaction, self._device, self._epoch, self._store = transaction, device, epoch, store
        self._ends: dict[str, Head] = {}
        self._grown: set[str] = set()

    async def lock(self, fresh: Iterable[Sealed]) -> None:
        """Keep others from adding to the feeds that these entries go to."""
        scopes = {scope_of(entry.kind, self._store) for entry in fresh} - {None}
        for scope in sorted(scope for scope in scopes if scope is not None):
            found = await self._transaction.row(sql.LOCK_FEED, scope=scope)
            if found is None:
                await self._transaction.run(sql.BEGIN_FEED, scope=scope, digest=GENESIS)
                found = await self._transaction.row(sql.LOCK_FEED, scope=scope)
                assert found is not None
            self._ends[scope] = Head(*found)

    async def give_place(self, entry: Sealed) -> tuple[str | None, int | None, bytes | None]:
        """Give an entry its place; a fact that a fork moved may have been told before, and then it gets none."""
        scope = scope_of(entry.kind, self._store)
        if scope is None or (entry.first is not None and await self._is_told(entry.first)):
            return _NOWHERE
        high, digest = self._ends[scope]
        end = Head(high + 1, digest_after(digest, Item(self._device, self._epoch, entry.number, entry.hash)))
        self._ends[scope] = end
        self._grown.add(scope)
        return scope, *end

    async def _is_told(self, first: FactId) -> bool:
        place = {f"first_{name}": value for name, value in first._asdict().items()}
        return await self._transaction.row(sql.IS_TOLD, device=self._device, **place) is not None

    async def write(self) -> None:
        """Write how far the feeds go now."""
        for scope in sorted(self._grown):
            high, digest = self._ends[scope]
            await self._transaction.run(sql.EXTEND_FEED, scope=scope, high=high, digest=digest)


# ---- what a pull looks at


async def _tell(device: str, wanted: Wanted, transaction: Transaction) -> Heard:
    store = await transaction.row(sql.STORE_OF, device=device)
    if store is None:
        raise NotEnrolled("This station is not enrolled. Ask a manager for a code and enrol it.")
    if wanted.scope not in {EVERYWHERE, store[0]}:
        raise NotEnrolled("This station does not belong to that store.")
    return await page_of(transaction, device, wanted)


async def page_of(transaction: Transaction, listener: str, wanted: Wanted) -> Heard:
    """Read what follows in a feed."""
    end = await transaction.row(sql.FEED_END, scope=wanted.scope)
    high = end[0] if end else 0
    if not is_same_feed(wanted, high, await _digest_at(transaction, wanted)):
        return Heard(high=high, is_rewound=True)
    rows = await transaction.rows(sql.PAGE, scope=wanted.scope, after=wanted.after, most=wanted.most)
    owned = dict(wanted.owned)
    return Heard(tuple(_item(row, listener, owned) for row in rows), rows[-1][4] if rows else wanted.digest, high)


async def _digest_at(transaction: Transaction, wanted: Wanted) -> bytes | None:
    if not wanted.after:
        return GENESIS
    found = await transaction.row(sql.DIGEST_AT, scope=wanted.scope, place=wanted.after)
    return None if found is None else found[0]


def _item(row: Row, listener: str, owned: dict[int, int]) -> Item:
    origin, epoch, number, digest, _, previous, *envelope, first_epoch, first_number, first_hash = row
    if origin == listener and number <= owned.get(epoch, 0):
        return Item(origin, epoch, number, digest, previous)
    first = None if first_hash is None else FactId(first_epoch, first_number, first_hash)
    return Item(origin, epoch, number, digest, previous, Sealed._make((number, *envelope, digest, first)))
