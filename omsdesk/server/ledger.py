"""Taking journals and telling them on: the service's half of the exchange, over any of its databases.

A push is one transaction; ``chains`` says in which order it locks.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from functools import partial

from omsdesk.server import statements as sql
from omsdesk.server.chains import RESCUED, Caller, Chain, NotEnrolled, end_of, extend, lock, look_again, release
from omsdesk.server.rescue import take_strays
from omsdesk.server.storage import Row, Storage, Transaction, Unfit
from omsdesk.store.journal import GENESIS, FactId, Head, Sealed, seal
from omsdesk.sync.messages import Answer, Garbled, Heard, HeldEntries, HeldEntry, Item, Run, Stray, TurnedAway, Wanted
from omsdesk.sync.pull import is_same_feed
from omsdesk.sync.push import check_run, new_entries, probe_places
from omsdesk.sync.rights import NOT_UNDERSTOOD, is_understood
from omsdesk.sync.scopes import EVERYWHERE, HEAD_OFFICE, hears

__all__ = ["Caller", "Ledger", "NotEnrolled"]

PAGE_BYTES = 2 * 1024 * 1024
"""What the bodies of one answer may come to, unless it is a single entry: far below what a station unpacks."""
_MOST_TURNED_AWAY = 200


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
        chain = await lock(transaction, caller, run.epoch)
        head, ends = chain.head, chain.ends
        fresh = new_entries(run, head, await _known(transaction, caller.device, run, head))
        if fresh:
            await extend(transaction, chain, self._now(), fresh)
            head = Head(fresh[-1].number, fresh[-1].hash)
            ends = {**ends, run.epoch: head.hash}
        is_in_doubt = fresh is None or head.number > run.after + len(run.entries)
        probes = await _probes(transaction, caller.device, run.epoch, head) if is_in_doubt else ()
        return Answer(run.epoch, head, tuple(sorted(ends.items())), fresh is None, probes)

    # ------------------------------------------------------------------------------ rescue

    async def rescue(self, caller: Caller, strays: tuple[Stray, ...]) -> int:
        """Take back what a station heard once and this service lost, where it is not here again; gives how much.

        Raises:
            NotEnrolled: the station is unknown or retired.
            Garbled: an entry is not what was written.
            Busy: the database cannot be asked now; the same can be sent again.

        """
        for stray in strays:
            if seal(stray.origin, stray.epoch, stray.previous, stray.entry) != stray.entry.hash:
                raise Garbled(f"Entry {stray.entry.number} of {stray.origin} is not what was written.")
        count = 0
        for origin in sorted({stray.origin for stray in strays}):
            lost = [stray for stray in strays if stray.origin == origin]
            count += await self._storage.write(caller.tenant, partial(take_strays, caller, self._now(), lost))
        return count

    # ------------------------------------------------------------------------------ held

    async def held(self, tenant: str) -> HeldEntries:
        """List what is not told before somebody looked at it, and the last of what was turned away."""

        async def ask(transaction: Transaction) -> HeldEntries:
            waiting = await transaction.rows(sql.HELD)
            turned_away = await transaction.rows(sql.TURNED_AWAY, most=_MOST_TURNED_AWAY)
            return HeldEntries(
                tuple(HeldEntry(*row) for row in waiting),
                tuple(TurnedAway(HeldEntry(*entry), by, at) for by, at, *entry in turned_away),
            )

        return await self._storage.read(tenant, ask)

    async def release(self, owner: Caller, epoch: int, number: int, released_by: str) -> bool:
        """Tell an entry of a station that was held; tells whether there was one.

        Raises:
            NotEnrolled: the station is unknown or retired: what it changed stays where it is.
            Busy: the database cannot be asked now.

        """

        async def let_go(transaction: Transaction) -> bool:
            chain = await _chain_of_held(transaction, owner, epoch)
            return await release(transaction, chain, number, released_by, self._now())

        return await self._storage.write(owner.tenant, let_go)

    async def look_again(self, tenant: str) -> int:
        """Tell what an older version of the service did not understand, as far as this one does; gives how much.

        Raises:
            Busy: the database cannot be asked now.

        """
        waiting = (await self.held(tenant)).entries
        found = [entry for entry in waiting if entry.reason == NOT_UNDERSTOOD and is_understood(entry.kind)]
        count = 0
        for entry in found:
            owner = Caller(tenant, entry.device)
            with suppress(NotEnrolled):
                count += await self._storage.write(tenant, partial(_look_again, owner, entry, self._now()))
        return count

    async def turn_away(self, owner: Caller, epoch: int, number: int, turned_away_by: str) -> bool:
        """Tell an entry of a station that was held to nobody for good; tells whether there was one.

        It stays in its chain. Its author may be retired.

        Raises:
            Busy: the database cannot be asked now.

        """
        place = {"device": owner.device, "epoch": epoch, "number": number}

        async def refuse(transaction: Transaction) -> bool:
            return await transaction.run(sql.TURN_AWAY, **place, decided_by=turned_away_by, now=self._now()) > 0

        return await self._storage.write(owner.tenant, refuse)

    # ------------------------------------------------------------------------------ pull

    async def tell(self, caller: Caller, wanted: Wanted, most_bytes: int = PAGE_BYTES) -> Heard:
        """Give what follows in a feed that the station's store may hear, one entry at least if there is any.

        Raises:
            NotEnrolled: the station is unknown or retired, or the feed is not for its store.
            Busy: the database cannot be asked now.

        """
        return await self._storage.read(caller.tenant, partial(_tell, caller.device, wanted, most_bytes))

    async def tenants(self) -> list[str]:
        """List every business."""

        async def ask(transaction: Transaction) -> list[str]:
            return [str(tenant) for (tenant,) in await transaction.rows(sql.TENANTS)]

        return await self._storage.read("", ask)

    async def check_feeds(self, caller: Caller, scopes: Collection[str]) -> None:
        """Make sure that feeds are for a station.

        Raises:
            NotEnrolled: the station is unknown or retired, or one of the feeds is not for its store.
            Busy: the database cannot be asked now.

        """
        await self._storage.read(caller.tenant, partial(_check_feeds, caller.device, scopes))

    async def ends(self, tenant: str, store: str = HEAD_OFFICE) -> dict[str, int]:
        """Say how far each feed of a tenant goes that a store hears."""

        async def ask(transaction: Transaction) -> dict[str, int]:
            ends = {scope: int(high) for scope, high in await transaction.rows(sql.FEED_ENDS)}
            return {scope: high for scope, high in ends.items() if hears(store, scope)}

        return await self._storage.read(tenant, ask)


# ---- what is held


async def _chain_of_held(transaction: Transaction, owner: Caller, epoch: int) -> Chain:
    if epoch == RESCUED:
        # Its author may be gone for good: that is why others gave it back.
        return await end_of(transaction, owner, epoch, EVERYWHERE)
    return await lock(transaction, owner, epoch)


async def _look_again(owner: Caller, entry: HeldEntry, now: int, transaction: Transaction) -> bool:
    return await look_again(transaction, await _chain_of_held(transaction, owner, entry.epoch), entry.number, now)


# ---- what a push looks at


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


# ---- what a pull looks at


async def _tell(device: str, wanted: Wanted, most_bytes: int, transaction: Transaction) -> Heard:
    await _check_feeds(device, (wanted.scope,), transaction)
    return await _page_of(transaction, device, wanted, most_bytes)


async def _check_feeds(device: str, scopes: Collection[str], transaction: Transaction) -> None:
    store = await transaction.row(sql.STORE_OF, device=device)
    if store is None:
        raise NotEnrolled("This station is not enrolled. Ask a manager for a code and enrol it.")
    if not all(hears(store[0], scope) for scope in scopes):
        raise NotEnrolled("This station does not belong to that store.")


async def _page_of(transaction: Transaction, listener: str, wanted: Wanted, most_bytes: int) -> Heard:
    end = await transaction.row(sql.FEED_END, scope=wanted.scope)
    high = end[0] if end else 0
    if not is_same_feed(wanted, high, await _digest_at(transaction, wanted)):
        return Heard(high=high, is_rewound=True)
    rows = await transaction.rows(
        sql.PAGE, scope=wanted.scope, after=wanted.after, most=wanted.most, most_bytes=most_bytes
    )
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
