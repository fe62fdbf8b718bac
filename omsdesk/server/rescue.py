"""Taking back from one station what another one wrote, and both that one and the service lost.

A machine that is a till and the service at once may burn with both disks; the other tills have heard what it sold.
"""

from __future__ import annotations

from collections.abc import Sequence

from omsdesk.server import statements as sql
from omsdesk.server.chains import RESCUED, Caller, Chain, NotEnrolled, end_of, extend, is_known
from omsdesk.server.storage import Transaction
from omsdesk.store.journal import FactId, Sealed, seal
from omsdesk.sync.messages import Stray
from omsdesk.sync.rights import RIGHTS
from omsdesk.sync.scopes import hears, scope_of


async def take_strays(caller: Caller, now: int, strays: Sequence[Stray], transaction: Transaction) -> int:
    """Add what is not here to a chain that is kept for its author; ``strays`` are of one author.

    Raises:
        NotEnrolled: the station that gives it back is unknown or retired.

    """
    giver = await transaction.row(sql.STANDING_OF, device=caller.device)
    if giver is None or giver[1]:
        raise NotEnrolled("This station is not enrolled. Ask a manager for a code and enrol it.")
    author = Caller(caller.tenant, strays[0].origin)
    found = await transaction.row(sql.LOCK_DEVICE, device=author.device)
    store = found[0] if found else giver[0]
    chain = await end_of(transaction, author, RESCUED, store)
    lost = list[Stray]()
    for stray in strays:
        may_know = _may_know(stray.entry.kind, store, giver[0], only_sells=bool(giver[2]))
        if may_know and stray not in lost and not await is_known(transaction, stray.origin, _first(stray)):
            lost.append(stray)
    placed = _placed(chain, lost)
    if placed:
        await extend(transaction, chain, now, placed)
    return len(placed)


def _may_know(kind: str, store: str, givers_store: str, *, only_sells: bool) -> bool:
    """Tell whether a station can have heard of an entry, and is believed about it.

    The hash of an entry proves nothing about who wrote it. One that only sells gives back what was sold.
    """
    scope = scope_of(kind, store)
    return scope is not None and hears(givers_store, scope) and not (only_sells and kind in RIGHTS)


def _placed(chain: Chain, lost: Sequence[Stray]) -> list[Sealed]:
    placed, (number, previous) = list[Sealed](), chain.head
    for stray in lost:
        number += 1
        entry = stray.entry._replace(number=number, action=number, first=_first(stray))
        entry = entry._replace(hash=seal(chain.owner.device, RESCUED, previous, entry))
        previous = entry.hash
        placed.append(entry)
    return placed


def _first(stray: Stray) -> FactId:
    return stray.entry.first or FactId(stray.epoch, stray.entry.number, stray.entry.hash)
