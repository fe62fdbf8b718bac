"""Taking back from one station what another one wrote, and both that one and the service lost.

A machine that is a till and the service at once may burn with both disks; the other tills have heard what it sold.
"""

from __future__ import annotations

from collections.abc import Sequence

from omsdesk.server import statements as sql
from omsdesk.server.chains import RESCUED, Caller, Chain, NotEnrolled, end_of, extend
from omsdesk.server.storage import Transaction
from omsdesk.store.journal import FactId, Sealed, seal
from omsdesk.sync.messages import Stray


async def take_strays(caller: Caller, now: int, strays: Sequence[Stray], transaction: Transaction) -> int:
    """Add what is not here to a chain that is kept for its author; ``strays`` are of one author.

    Raises:
        NotEnrolled: the station that gives it back is unknown or retired.

    """
    store = await transaction.row(sql.STORE_OF, device=caller.device)
    if store is None:
        raise NotEnrolled("This station is not enrolled. Ask a manager for a code and enrol it.")
    author = Caller(caller.tenant, strays[0].origin)
    found = await transaction.row(sql.LOCK_DEVICE, device=author.device)
    chain = await end_of(transaction, author, RESCUED, found[0] if found else store[0])
    lost = [stray for stray in strays if not await _is_here(transaction, stray)]
    placed = _placed(chain, lost)
    if placed:
        await extend(transaction, chain, now, placed)
    return len(placed)


async def _is_here(transaction: Transaction, stray: Stray) -> bool:
    place = {f"first_{name}": value for name, value in _first(stray)._asdict().items()}
    return await transaction.row(sql.IS_KNOWN, device=stray.origin, **place) is not None


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
