"""Stations with their screens, and a real service on loopback that can go down and come back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from omsdesk.domain.catalogue import ProductEdit, SaveProducts
from omsdesk.domain.values import Money
from omsdesk.settings import Service, Settings, load, save
from omsdesk.store.queries.catalogue import product_as_edit
from omsdesk.sync.messages import KnownDevice
from omsdesk.sync.push import waiting
from omsdesk.sync.state import Phase
from omsdesk.ui.exchange import Exchange
from omsdesk.ui.office import Post
from omsdesk.ui.sync.enrol_session import EnrolSession
from omsdesk.ui.sync.office import Office
from tests.server.http.served import Served
from tests.ui.back_office import BackOffice, until


class House:
    """Where the service runs. Its address stays the same when it comes back."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "service.db"
        self.served: Served | None = Served(self.path)
        self.port = self.served.port
        self.tenant = self.served.found()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def running(self) -> Served:
        assert self.served is not None
        return self.served

    def code(self, store: str = "", device: str = "", till: str = "") -> str:
        """Make a code as whoever runs the service does."""
        return self.running.code(self.tenant, store, device, till)

    def devices(self) -> list[KnownDevice]:
        """List the stations as the service knows them."""
        return self.running.do(lambda service: service.registrar.devices(self.tenant))

    def go_down(self) -> None:
        served, self.served = self.served, None
        if served is not None:
            served.stop()

    def come_back(self) -> None:
        self.served = Served(self.path, port=self.port)


class Desk:
    """A station: its database, its settings, its exchange, and whoever sits there."""

    def __init__(self, folder: Path, *, is_set_up: bool = True) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.shop = BackOffice(folder)
        if is_set_up:
            self.shop.set_up()
            self.shop.stock()
        else:
            self.shop.person = None
        self.exchange = Exchange(
            self.shop.database, self.shop.writer, self.shop.work, lambda: self.settings.service, self.keep, folder
        )
        self.shop.executor.listeners.append(lambda _: self.exchange.wake())
        self.exchange.changed.connect(lambda _: self.shop.feed.look())
        self.office = Office(
            self.shop.reader,
            self.shop.work,
            self.shop.feed,
            self.shop.clock,
            Post(lambda: self.shop.database.station.till, lambda: self.settings.service.store),
            lambda: self.shop.person,
            self.exchange,
            self.become_till,
        )
        self.exchange.start()

    @classmethod
    def again(cls, before: Desk) -> Desk:
        """Start a second program on the folder of a station, which may be running or not."""
        made = cls.__new__(cls)
        made.shop = before.shop
        made.exchange = Exchange(
            made.shop.database, made.shop.writer, made.shop.work, lambda: made.settings.service, made.keep,
            made.shop.folder,
        )  # fmt: skip
        made.exchange.start()
        return made

    @property
    def settings(self) -> Settings:
        return load(self.shop.folder)

    def keep(self, service: Service) -> None:
        save(replace(self.settings, service=service))

    def become_till(self, till: str) -> None:
        self.shop.writer.run(lambda: self.shop.database.become_till(till)).result()
        self.exchange.be_called(next((row.name for row in self.office.tills if row.id == till), ""))

    def connect(self, house: House, code: str = "") -> None:
        """Type address and code, and wait until everything is synced."""
        session = EnrolSession(self.office, lambda _: None)
        session.set("address", house.address)
        session.set("code", code or house.code())
        session.set("name", self.shop.folder.name)
        session.enrol()
        until(lambda: not session.is_working)
        assert (session.errors, session.refusal) == ({}, "")
        until(self.is_synced)

    def is_synced(self) -> bool:
        # What is in the journal, too: the exchange may not have looked at it yet.
        return self.exchange.state.phase is Phase.IDLE and not waiting(self.shop.reader).entries

    def reprice(self, product: str, price: str) -> None:
        """Change a price, as a person does who saw the one before."""
        base = product_as_edit(self.shop.reader, product)
        assert base is not None
        edit = ProductEdit(product, base.base, price=Money.of(price, "GBP"))
        self.shop.do(SaveProducts(self.shop.clock.new_id(), (edit,)), actor="anna")

    def price(self, product: str) -> Money | None:
        known = product_as_edit(self.shop.reader, product)
        return known.price if known else None

    def close(self) -> None:
        self.exchange.stop()
        self.shop.close()


Opens = Callable[..., Desk]
