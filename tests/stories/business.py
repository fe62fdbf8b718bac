"""A business with two stores and a head office: real disks, and a real service on loopback between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from keyring.backends import fail

from omsdesk.domain.cash import CloseShift, Counted, OpenShift
from omsdesk.domain.catalogue import SaveProducts
from omsdesk.domain.people import SavePerson
from omsdesk.domain.sale_command import CompleteSale
from omsdesk.domain.shop import SaveShop, SaveTill, Till
from omsdesk.domain.values import ONE, Money, Stamp
from omsdesk.server.http.limits import Limits, Rate
from omsdesk.settings import Service
from omsdesk.store.queries import till as queries
from omsdesk.sync.enrolment import Invitation, enrol, reach
from omsdesk.sync.keys import KeyRing
from omsdesk.sync.scopes import HEAD_OFFICE
from omsdesk.sync.turn import Turn, take_turn
from tests.domain.corner_shop import CASH, NOON, SHOP, TILL
from tests.server.http.served import HOST, Served
from tests.store.station import PEOPLE, PRODUCTS
from tests.sync.stations import Member

_Answer = TypeVar("_Answer")

HARBOUR = replace(SHOP, id="s2", name="Harbour Shop")
HARBOUR_TILL = Till("h1", "s2", "H1", "Harbour till")


class Branch(Member):
    """A station that was let in by the service with a code, and exchanges with it over HTTP."""

    def __init__(self, folder: Path, seed: int, address: str, code: str) -> None:
        folder.mkdir(parents=True)
        super().__init__(folder / "shop.db", seed)
        self.keys = KeyRing(folder, fail.Keyring())  # type: ignore[no-untyped-call]
        self.service = Service()
        enrol(self.database, self.keys, Invitation(address, code, folder.name), self._save, self._write)

    def _save(self, service: Service) -> None:
        self.service = service

    def _write(self, task: Callable[[], _Answer]) -> _Answer:
        return task()

    def turn(self) -> Turn:
        """Tell everything and hear everything, once."""
        with closing(reach(self.service, self.database.station.device, self.keys)) as line:
            return take_turn(self.database, line, self.service.store)

    def found_business(self) -> None:
        """Set up both stores, their tills, their people and what they sell."""
        self.do(SaveShop(SHOP), SaveTill(TILL), SaveShop(HARBOUR), SaveTill(HARBOUR_TILL))
        self.do(*map(SavePerson, PEOPLE))
        self.do(SaveProducts("first", PRODUCTS))

    def open_till(self, till: str, at: Stamp, who: str = "cara") -> None:
        """Stand at a till at a moment, and count the drawer."""
        self.clock.moment = at
        self.database.become_till(till)
        self.do(OpenShift(self.clock.new_id(), Money.of(100, "GBP")), actor=who)

    def sell_at(self, at: Stamp, products: Sequence[str], *, is_paid: bool = True) -> str:
        """Ring products up at a moment, and take cash for them."""
        self.clock.moment = at
        sale = self.clock.new_id()
        self.do(*(self.add(sale, product, ONE) for product in products), actor="cara")
        if is_paid:
            self.do(self.pay(sale), CompleteSale(sale), actor="cara")
        return sale

    def close_till(self, at: Stamp, difference: int = 0) -> None:
        """Count the drawer, so many minor units off, and close."""
        from omsdesk.store.queries.shift import figures

        self.clock.moment = at
        reader, till = self.database.writer, self.database.station.till or ""
        shop = queries.shop_of(reader, till)
        assert shop is not None
        shift = queries.open_shift(reader, till)
        known = figures(reader, shift, shop)
        assert known is not None
        counted = known.tenders[0].expected + Money(difference, shop.currency)
        self.do(CloseShift(shift, (Counted(CASH.code, counted),)), actor="cara")


def head_office(folder: Path, address: str, code: str) -> Branch:
    """Let the head office in."""
    made = Branch(folder, 99, address, code)
    assert made.service.store == HEAD_OFFICE
    return made


class Business:
    """A service, two stores and a head office."""

    def __init__(self, folder: Path, begun: Stamp = NOON, *, has_tables: bool = False) -> None:
        """Set both stores up at a moment; with its own tables the service can be asked about all of them."""
        # A year of both stores may pass within a second here.
        often = Rate(10_000, 10_000)
        limits = Limits(per_device=often, per_address=often, receipts_per_device=often)
        self.served = Served(folder / "service.db", limits, tables=folder / "tables" if has_tables else None)
        self.tenant = self.served.found()
        self.corner = self.branch(folder / "corner", 1, "s1")
        self.corner.clock.moment = begun
        self.corner.found_business()
        self.corner.turn()
        self.harbour = self.branch(folder / "harbour", 2, "s2")
        self.harbour.turn()
        self.office = head_office(folder / "office", self.address, self.served.code(self.tenant, HEAD_OFFICE))

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.served.port}"

    def branch(self, folder: Path, seed: int, store: str) -> Branch:
        return Branch(folder, seed, self.address, self.served.code(self.tenant, store))

    def turn(self, *branches: Branch) -> None:
        """Let some of them tell and hear everything, or all of them all."""
        for branch in branches or (self.corner, self.harbour, self.office, self.corner, self.harbour):
            branch.turn()

    def close(self) -> None:
        for branch in (self.corner, self.harbour, self.office):
            branch.close()
        self.served.stop()
