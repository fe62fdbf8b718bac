"""Which station is which till, as each says itself.

A station is what it says it is: nobody takes a till from another, and two that are the same till are told of each
other. What is decided here is only in which epoch one writes, because receipt numbers hold the till's code and the
epoch: no two devices are ever given the same epoch at a till.
"""

from __future__ import annotations

from omsdesk.server import statements as sql
from omsdesk.server.storage import Transaction
from omsdesk.sync.messages import Claimant, TillClaim, TillClaimed


async def known_claim(transaction: Transaction, device: str, claim: TillClaim) -> TillClaimed | None:
    """Answer a claim that was made before and still holds; None where it is a new one."""
    till, epoch, said_ms = await _claim_of(transaction, device)
    # One that is still to become the till that its code named is none yet, and that is nothing new.
    is_on_its_way = till and not claim.till and not said_ms
    is_known = till == claim.till and (not till or (epoch == claim.epoch and said_ms))
    if not (is_known or is_on_its_way):
        return None
    return TillClaimed(claim.epoch, await _claimants(transaction, device, claim.till))


async def take(transaction: Transaction, device: str, claim: TillClaim, now: int) -> TillClaimed:
    """Note that a device is a till from now on, and say in which epoch it has to write there.

    It stays in its own if it was given it there, or if it is above all in which other devices were at that till.
    """
    # Two stations that come to one till at the same moment must not begin the same epoch.
    await transaction.row(sql.LOCK_TENANT)
    epoch = claim.epoch
    given_till, given, _ = await _claim_of(transaction, device)
    if claim.till and (given_till, given) != (claim.till, epoch):
        last = await transaction.row(sql.LAST_EPOCH_OF_OTHERS, device=device, till=claim.till)
        assert last is not None
        epoch = epoch if epoch > last[0] else last[0] + 1
    await leave(transaction, device)
    await note(transaction, device, TillClaim(claim.till, epoch), now)
    return TillClaimed(epoch, await _claimants(transaction, device, claim.till))


async def leave(transaction: Transaction, device: str) -> None:
    """Keep how far a device came at the till that it is, before it becomes another."""
    await transaction.run(sql.NOTE_LAST_EPOCH, device=device)


async def note(transaction: Transaction, device: str, claim: TillClaim, now: int) -> None:
    """Keep which till a device is now, and when it said so; 0 where only its code says it."""
    await transaction.run(sql.MOVE, device=device, till=claim.till)
    await transaction.run(sql.SET_EPOCH, device=device, epoch=claim.epoch)
    if claim.till:
        await transaction.run(sql.CLAIM, device=device, till=claim.till, epoch=claim.epoch, now=now)


async def _claim_of(transaction: Transaction, device: str) -> tuple[str, int, int]:
    found = await transaction.row(sql.CLAIM_OF, device=device)
    return ("", 0, 0) if found is None else (found[0], found[1], found[2])


async def _claimants(transaction: Transaction, device: str, till: str) -> tuple[Claimant, ...]:
    return tuple(Claimant(*row) for row in await transaction.rows(sql.CLAIMANTS, device=device, till=till))
