"""The chains of the stations and the feeds made of them: how entries are added.

A device is locked first and its feeds after it, in one order, and the end of a feed is written last: so no reader ever
sees a later entry before an earlier one, and no two pushes wait for each other in a circle.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from omsdesk.domain.people import SYSTEM
from omsdesk.server import statements as sql
from omsdesk.server.rights import Rights
from omsdesk.server.storage import Transaction
from omsdesk.store.journal import GENESIS, FactId, Head, Sealed
from omsdesk.sync.messages import Item
from omsdesk.sync.pull import digest_after
from omsdesk.sync.push import NOTHING
from omsdesk.sync.scopes import scope_of

RESCUED = -1
"""The epoch of what others gave back of a station; only the service writes in it."""

_NOWHERE = (None, None, None)
_FIRST = ("first_epoch", "first_number", "first_hash")
_PLACE = ("scope", "place", "digest")


class Caller(NamedTuple):
    """Who asks: the tenant follows from the key that signed, never from what was sent."""

    tenant: str
    device: str


class NotEnrolled(LookupError):
    """The service does not know this station, or does not serve it any more."""


class Chain(NamedTuple):
    """A chain that nobody else adds to while the transaction lasts, and where it ends.

    ``may_be_known``: what comes may be here already elsewhere, because others gave it back, or because a twin of the
    station's disk moved it to a later epoch.
    """

    owner: Caller
    epoch: int
    store: str
    only_sells: bool
    head: Head
    ends: dict[int, bytes]
    may_be_known: bool


async def lock(transaction: Transaction, owner: Caller, epoch: int) -> Chain:
    """Keep others from adding to the chains of a station.

    Raises:
        NotEnrolled: the station is unknown or retired.

    """
    found = await transaction.row(sql.LOCK_DEVICE, device=owner.device)
    if found is None or found[1]:
        raise NotEnrolled("This station is not enrolled. Ask a manager for a code and enrol it.")
    return await end_of(transaction, owner, epoch, found[0], only_sells=bool(found[2]))


async def end_of(transaction: Transaction, owner: Caller, epoch: int, store: str, *, only_sells: bool = False) -> Chain:
    """Read where a station's chain ends."""
    # Asked after the lock, in a statement of its own: PostgreSQL would show the end as it was before the wait.
    ends = {row[0]: Head(row[1], row[2]) for row in await transaction.rows(sql.CHAIN_ENDS, device=owner.device)}
    hashes = {number: end.hash for number, end in ends.items() if number > 0}
    return Chain(owner, epoch, store, only_sells, ends.get(epoch, NOTHING), hashes, _may_be_known(epoch, ends))


def _may_be_known(epoch: int, ends: dict[int, Head]) -> bool:
    return RESCUED in ends or any(other > epoch for other in ends)


async def extend(transaction: Transaction, chain: Chain, received_ms: int, fresh: Sequence[Sealed]) -> None:
    """Add entries to the end of a chain, and to the feeds that they go to."""
    columns = _columns(chain, received_ms, fresh)
    end = sql.EXTEND_CHAIN if chain.head.number else sql.BEGIN_CHAIN
    last = {"number": fresh[-1].number, "hash": fresh[-1].hash}
    await transaction.run(end, device=chain.owner.device, epoch=chain.epoch, **last)
    # Others of the same store wait from here on.
    feeds = _Feeds(transaction, chain)
    await feeds.lock(entry.kind for entry in fresh)
    rights = Rights(transaction, only_sells=chain.only_sells)
    await rights.load(fresh)
    places = []
    for entry in fresh:
        # What was done about a fact, told or held, was done when it came first; a copy of it changes nothing.
        is_copy = await _is_copy(transaction, chain, entry)
        reason = "" if is_copy else rights.objection(entry)
        if reason:
            place = {"device": chain.owner.device, "epoch": chain.epoch, "number": entry.number}
            await transaction.run(sql.HOLD, **place, reason=reason)
        places.append(_NOWHERE if is_copy or reason else feeds.give_place(entry))
    await rights.write()
    await transaction.insert("entry", {**columns, **dict(zip(_PLACE, zip(*places, strict=True), strict=True))})
    await feeds.write()


async def release(transaction: Transaction, chain: Chain, number: int, released_by: str, now: int) -> bool:
    """Tell an entry that was held; tells whether there was one."""
    place = {"device": chain.owner.device, "epoch": chain.epoch, "number": number}
    found = await transaction.row(sql.HELD_ENTRY, **place)
    if found is None:
        return False
    entry = Sealed(number, *found)
    feeds, rights = _Feeds(transaction, chain), Rights(transaction, only_sells=False)
    await feeds.lock([entry.kind])
    scope, at, end = feeds.give_place(entry)
    await rights.load([entry])
    rights.hear(entry)
    await rights.write()
    await transaction.run(sql.GIVE_PLACE, **place, scope=scope, place=at, digest=end)
    await transaction.run(sql.RELEASE, **place, decided_by=released_by, now=now)
    await feeds.write()
    return True


async def look_again(transaction: Transaction, chain: Chain, number: int, now: int) -> bool:
    """Decide on an entry that an older version of the service did not understand; tells whether it is told now."""
    place = {"device": chain.owner.device, "epoch": chain.epoch, "number": number}
    found = await transaction.row(sql.HELD_ENTRY, **place)
    if found is None:
        return False
    entry, rights = Sealed(number, *found), Rights(transaction, only_sells=chain.only_sells)
    await rights.load([entry])
    reason = rights.objection(entry)
    if reason:
        await transaction.run(sql.REASON, **place, reason=reason)
        return False
    return await release(transaction, chain, number, SYSTEM, now)


async def is_known(transaction: Transaction, author: str, first: FactId) -> bool:
    """Tell whether a fact is in its author's chains, wherever it was moved to."""
    place = {f"first_{name}": value for name, value in first._asdict().items()}
    return await transaction.row(sql.IS_KNOWN, device=author, **place) is not None


async def _is_copy(transaction: Transaction, chain: Chain, entry: Sealed) -> bool:
    if entry.first is None and not chain.may_be_known:
        return False
    first = entry.first or FactId(chain.epoch, entry.number, entry.hash)
    return await is_known(transaction, chain.owner.device, first)


def _columns(chain: Chain, received_ms: int, fresh: Sequence[Sealed]) -> dict[str, Sequence[object]]:
    same = {**chain.owner._asdict(), "epoch": chain.epoch, "received_ms": received_ms}
    same["tenant_id"] = same.pop("tenant")
    own = dict(zip(Sealed._fields, zip(*fresh, strict=True), strict=True))
    first = zip(*(moved or _NOWHERE for moved in own.pop("first")), strict=True)
    return {
        **{name: [value] * len(fresh) for name, value in same.items()},
        **own,
        "previous": [chain.head.hash, *own["hash"][:-1]],
        **dict(zip(_FIRST, first, strict=True)),
    }


class _Feeds:
    """The ends of the feeds that one push adds to."""

    def __init__(self, transaction: Transaction, chain: Chain) -> None:
        self._transaction, self._chain = transaction, chain
        self._ends: dict[str, Head] = {}
        self._scopes: dict[str, str | None] = {}
        self._grown: set[str] = set()

    async def lock(self, kinds: Iterable[str]) -> None:
        """Keep others from adding to the feeds that these kinds of entries go to."""
        self._scopes = {kind: scope_of(kind, self._chain.store) for kind in set(kinds)}
        for scope in sorted({scope for scope in self._scopes.values() if scope is not None}):
            found = await self._transaction.row(sql.LOCK_FEED, scope=scope)
            if found is None:
                await self._transaction.run(sql.BEGIN_FEED, scope=scope, digest=GENESIS)
                found = await self._transaction.row(sql.LOCK_FEED, scope=scope)
                assert found is not None
            self._ends[scope] = Head(*found)

    def give_place(self, entry: Sealed) -> tuple[str | None, int | None, bytes | None]:
        """Put an entry at the end of the feed that it goes to, if it goes to one."""
        scope = self._scopes[entry.kind]
        if scope is None:
            return _NOWHERE
        high, before = self._ends[scope]
        item = Item(self._chain.owner.device, self._chain.epoch, entry.number, entry.hash)
        self._ends[scope] = end = Head(high + 1, digest_after(before, item))
        self._grown.add(scope)
        return scope, *end

    async def write(self) -> None:
        """Write how far the feeds go now."""
        for scope in sorted(self._grown):
            high, digest = self._ends[scope]
            await self._transaction.run(sql.EXTEND_FEED, scope=scope, high=high, digest=digest)
