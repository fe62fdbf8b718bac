"""Letting stations in by a code that works once, and out again."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import asdict, replace
from functools import partial
from typing import NamedTuple

from omsdesk.domain.body import from_json
from omsdesk.domain.shop import Till, TillSaved
from omsdesk.server import statements as sql
from omsdesk.server import till_claims
from omsdesk.server.storage import Storage, Transaction
from omsdesk.sync import codes
from omsdesk.sync.messages import CodeWish, Enrolled, Enrolment, KnownCode, KnownDevice, TillClaim, TillClaimed
from omsdesk.sync.scopes import HEAD_OFFICE

VALID_MS = 24 * 3_600_000


ITSELF = "service"
"""The id of the service among the stations of each business. It is in no directory, so no key opens it."""


class NotLetIn(PermissionError):
    """A code or a device that the service does not accept; the sentence says what to do."""


class Key(NamedTuple):
    """Whose key it is."""

    tenant: str
    public_key: bytes
    is_retired: bool
    only_sells: bool = False


class Registrar:
    """Who may talk to the service."""

    def __init__(
        self, storage: Storage, now: Callable[[], int], chance: Callable[[int], int] = secrets.randbelow
    ) -> None:
        """Work on a database; ``now`` gives the milliseconds since 1970, ``chance`` a number below another one."""
        self._storage, self._now, self._chance = storage, now, chance

    async def found(self, name: str) -> str:
        """Make a tenant; gives its id."""
        tenant = self._letters(16).lower()

        async def make(transaction: Transaction) -> str:
            await transaction.run(sql.FOUND, name=name, now=self._now())
            return tenant

        return await self._storage.write(tenant, make)

    async def businesses(self) -> dict[str, str]:
        """List the names of all businesses, by their ids."""

        async def ids(transaction: Transaction) -> list[str]:
            return [str(tenant) for (tenant,) in await transaction.rows(sql.TENANTS)]

        async def name(transaction: Transaction) -> str:
            found = await transaction.row(sql.NAME_OF)
            return str(found[0]) if found else ""

        return {tenant: await self._storage.read(tenant, name) for tenant in await self._storage.read("", ids)}

    async def make_code(self, tenant: str, wish: CodeWish, valid_ms: int = VALID_MS) -> str:
        """Make a code that lets one station in, once, until it expires.

        Raises:
            NotLetIn: no station can be let in under this name.

        """
        if wish.device == ITSELF:
            raise NotLetIn("This name is the service's own. Choose another station.")
        code = self._letters(codes.LENGTH)
        digest = _digest(code)

        async def make(transaction: Transaction) -> None:
            expires = self._now() + valid_ms
            asked = {**asdict(wish), "only_sells": int(wish.only_sells)}
            await transaction.run(sql.ADD_CODE, digest=digest, **asked, expires_ms=expires)
            await transaction.run(sql.REGISTER, key=digest)

        await self._storage.write(tenant, make)
        return codes.grouped(code)

    async def codes(self, tenant: str) -> list[KnownCode]:
        """List the codes that have not expired, used ones too, the latest first."""

        async def ask(transaction: Transaction) -> list[KnownCode]:
            rows = await transaction.rows(sql.CODES, now=self._now())
            return [replace(KnownCode(*row), only_sells=bool(row[-1])) for row in rows]

        return await self._storage.read(tenant, ask)

    async def tills(self, tenant: str) -> list[Till]:
        """List the tills that the business has told of, by their codes."""

        async def ask(transaction: Transaction) -> list[Till]:
            found = dict[str, Till]()
            for row in await transaction.rows(sql.TILLS):
                fact = from_json(*row)
                assert isinstance(fact, TillSaved)
                known = found.get(fact.id, fact.till)
                found[fact.id] = replace(known, **{name: getattr(fact.till, name) for name in fact.said})
            return sorted(found.values(), key=lambda till: (till.shop, till.code))

        return await self._storage.read(tenant, ask)

    async def enrol(self, newcomer: Enrolment) -> Enrolled:
        """Let a station in. The same station can ask twice: its answer may have been lost.

        Raises:
            NotLetIn: the code is unknown, used or expired, or the device belongs to somebody else.

        """
        try:
            digest = _digest(codes.plain(newcomer.code))
        except codes.NoCode as error:
            raise NotLetIn(str(error)) from None
        tenant = await self._tenant_of(digest)
        if tenant is None:
            raise NotLetIn("This code is not known. Check it, or ask a manager for a new one.")
        return await self._storage.write(tenant, partial(self._enrol, tenant, digest, newcomer))

    async def _enrol(self, tenant: str, digest: str, newcomer: Enrolment, transaction: Transaction) -> Enrolled:
        found = await transaction.row(sql.LOCK_CODE, digest=digest)
        assert found is not None, "the directory knows no code that is not there"
        store, till, device, expires_ms, used_by, only_sells = found
        if newcomer.device == ITSELF:
            raise NotLetIn("This name is the service's own. Set the station up as a new one.")
        # Two stations that come to one till at the same moment must not begin the same epoch.
        await transaction.row(sql.LOCK_TENANT)
        if device and newcomer.is_fresh:
            newcomer = replace(newcomer, device=device)
        known = await transaction.row(sql.KEY_OF, device=newcomer.device)
        is_again = known is not None and used_by == newcomer.device and bytes(known[0]) == newcomer.public_key
        if not is_again:
            self._check(newcomer, device, expires_ms, used_by, is_known=known is not None and not known[1])
            _check_shop(newcomer, store)
            store = store or newcomer.shop or self._letters(16).lower()
            station = replace(newcomer, till=newcomer.till or till)
            last = await transaction.row(sql.LAST_EPOCH, device=newcomer.device, till=station.till)
            assert last is not None
            await till_claims.leave(transaction, newcomer.device)
            await transaction.run(
                sql.ADD_DEVICE, **asdict(station), store=store, only_sells=only_sells, now=self._now()
            )
            claim = TillClaim(station.till, last[0] + 1)
            await till_claims.note(transaction, newcomer.device, claim, self._now() if newcomer.till else 0)
            await transaction.run(sql.USE_CODE, digest=digest, device=newcomer.device)
            if not await transaction.run(sql.REGISTER, key=newcomer.device):
                owner = await transaction.row(sql.TENANT_OF, key=newcomer.device)
                if owner is None or owner[0] != tenant:
                    raise NotLetIn("This station belongs to another business. Set it up as a new one.")
        post = await transaction.row(sql.POST_OF, device=newcomer.device)
        assert post is not None, "it was let in just now, or before"
        store, till, epoch = post
        return Enrolled(tenant, store, till, epoch, newcomer.device)

    def _check(self, newcomer: Enrolment, device: str, expires_ms: int, used_by: str, *, is_known: bool) -> None:
        if used_by:
            raise NotLetIn("This code was used already. Ask a manager for a new one.")
        if expires_ms < self._now():
            raise NotLetIn("This code has expired. Ask a manager for a new one.")
        if device and device != newcomer.device:
            raise NotLetIn("This code is for another station. Ask a manager for a code for this one.")
        if is_known and not device:
            raise NotLetIn("This station is enrolled already. Ask a manager for a code that lets it in again.")

    async def seat(self, tenant: str) -> None:
        """Let the service itself in, as a station of the head office; nobody can ask in its name from outside."""

        async def sit_down(transaction: Transaction) -> None:
            if await transaction.row(sql.KEY_OF, device=ITSELF) is None:
                await transaction.run(
                    sql.ADD_DEVICE, device=ITSELF, store=HEAD_OFFICE, till="", name="The service", version="",
                    only_sells=0, public_key=secrets.token_bytes(32), now=self._now(),
                )  # fmt: skip

        await self._storage.write(tenant, sit_down)

    async def store_of(self, tenant: str, device: str) -> str | None:
        """Name the store that a device works in; None where it is not let in."""

        async def ask(transaction: Transaction) -> str | None:
            found = await transaction.row(sql.STORE_OF, device=device)
            return None if found is None else str(found[0])

        return await self._storage.read(tenant, ask)

    async def key_of(self, device: str) -> Key | None:
        """Find the key that a device signs with; None where nobody knows it."""
        tenant = await self._tenant_of(device)
        if tenant is None:
            return None

        async def ask(transaction: Transaction) -> Key | None:
            found = await transaction.row(sql.KEY_OF, device=device)
            return Key(tenant, bytes(found[0]), bool(found[1]), bool(found[2])) if found else None

        return await self._storage.read(tenant, ask)

    async def retire(self, tenant: str, device: str) -> bool:
        """Let a device in no more; tells whether it was in. What it told stays."""

        async def end(transaction: Transaction) -> bool:
            return await transaction.run(sql.RETIRE, device=device, now=self._now()) > 0

        return await self._storage.write(tenant, end)

    async def rename(self, tenant: str, device: str, name: str) -> None:
        """Note what a device is called."""

        async def note(transaction: Transaction) -> None:
            await transaction.run(sql.RENAME, device=device, name=name)

        await self._storage.write(tenant, note)

    async def claim_till(self, tenant: str, device: str, claim: TillClaim) -> TillClaimed:
        """Note which till a device says it is; gives the epoch that it has to write in, and who else is that till."""
        known = await self._storage.read(tenant, partial(till_claims.known_claim, device=device, claim=claim))
        if known is not None:
            return known
        return await self._storage.write(tenant, partial(till_claims.take, device=device, claim=claim, now=self._now()))

    async def devices(self, tenant: str) -> list[KnownDevice]:
        """List the devices of a tenant, retired ones too."""

        async def ask(transaction: Transaction) -> list[KnownDevice]:
            return [KnownDevice(*row) for row in await transaction.rows(sql.DEVICES)]

        return await self._storage.read(tenant, ask)

    async def saw(self, tenant: str, device: str) -> None:
        """Note that a device was here."""

        async def note(transaction: Transaction) -> None:
            await transaction.run(sql.SEEN, device=device, now=self._now())

        await self._storage.write(tenant, note)

    def _letters(self, count: int) -> str:
        return "".join(codes.LETTERS[self._chance(len(codes.LETTERS))] for _ in range(count))

    async def _tenant_of(self, key: str) -> str | None:
        async def ask(transaction: Transaction) -> str | None:
            found = await transaction.row(sql.TENANT_OF, key=key)
            return None if found is None else str(found[0])

        return await self._storage.read("", ask)


def _check_shop(newcomer: Enrolment, store: str) -> None:
    if store and newcomer.shop and store != newcomer.shop:
        raise NotLetIn(
            "This code is for another shop than the one on this computer. Ask a manager of this shop for a code."
        )


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
