"""The service's own tables follow the journals, can be thrown away, and are made again."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from omsdesk.actions.execute import Done, Executor
from omsdesk.domain.catalogue import ProductEdit, SaveProducts
from omsdesk.domain.shop import SaveShop, SaveTill
from omsdesk.server.embedded import run_now
from omsdesk.server.ledger import PAGE_BYTES, Caller, Ledger
from omsdesk.server.replicas import Inside, Replicas
from omsdesk.store import exchange
from omsdesk.store.engine import Connection
from omsdesk.sync.messages import CodeWish, Enrolment, Heard, Wanted
from omsdesk.sync.scopes import HEAD_OFFICE
from omsdesk.sync.turn import take_turn
from tests.domain.corner_shop import SHOP, TILL
from tests.sync.stations import STORE, Cloud, Line, Member, the_moment


def sales(connection: Connection) -> set[str]:
    return {sale for (sale,) in connection.rows("SELECT id FROM sale WHERE completed_ms IS NOT NULL")}


# ---- the tables


def test_the_tables_of_a_business_hold_what_its_stations_did(
    cloud: Cloud, tills: list[Member], replicas: Replicas
) -> None:
    sold = {tills[0].sell_one(), tills[1].sell_one()}
    for member in tills:
        cloud.turn(member)
    assert replicas.lag(cloud.tenant) > 0
    assert replicas.catch_up(cloud.tenant) > 0
    assert sales(replicas.database(cloud.tenant).writer) == sold
    assert replicas.lag(cloud.tenant) == 0
    assert replicas.catch_up(cloud.tenant) == 0


def test_tables_that_were_thrown_away_are_made_again(
    tmp_path: Path, cloud: Cloud, tills: list[Member], replicas: Replicas
) -> None:
    sale = tills[0].sell_one()
    cloud.turn(tills[0])
    replicas.catch_up(cloud.tenant)
    replicas.close()
    shutil.rmtree(tmp_path / "tables")
    replicas.catch_up(cloud.tenant)
    assert sales(replicas.database(cloud.tenant).writer) == {sale}


def test_what_an_older_version_of_the_service_set_aside_is_taken_up_by_a_newer_one(
    tmp_path: Path, cloud: Cloud, tills: list[Member], replicas: Replicas, monkeypatch: pytest.MonkeyPatch
) -> None:
    sale = tills[0].sell_one()
    cloud.turn(tills[0])
    with monkeypatch.context() as yesterday:
        yesterday.setattr("omsdesk.domain.sale.SaleCompleted.version", 0)
        replicas.catch_up(cloud.tenant)
        assert sales(replicas.database(cloud.tenant).writer) == set()
        assert exchange.set_aside(replicas.database(cloud.tenant).writer)
    replicas.close()
    updated = Replicas(tmp_path / "tables", lambda tenant: Inside(cloud.ledger, tenant, run_now))
    assert sales(updated.database(cloud.tenant).writer) == {sale}
    assert exchange.set_aside(updated.database(cloud.tenant).writer) == []
    updated.close()


def a_second_store(tmp_path: Path, cloud: Cloud, tills: list[Member]) -> Member:
    tills[0].do(SaveShop(replace(SHOP, id="s2", name="The other shop")))
    tills[0].do(SaveTill(replace(TILL, id="u1", shop="s2", code="7", name="Over there")))
    cloud.turn(tills[0])
    other = Member(tmp_path / "other.db", 9)
    code = run_now(cloud.registrar.make_code(cloud.tenant, CodeWish("s2")))
    run_now(cloud.registrar.enrol(Enrolment(code, other.database.station.device, b"o" * 32)))
    take_turn(other.database, Line(cloud, other.database.station.device), "s2")
    other.stand_at("u1")
    return other


def test_a_store_knows_its_own_and_the_business_knows_all(
    tmp_path: Path, cloud: Cloud, tills: list[Member], replicas: Replicas
) -> None:
    other = a_second_store(tmp_path, cloud, tills)
    here, there = tills[0].sell_one(), other.sell_one()
    cloud.turn(tills[0])
    take_turn(other.database, Line(cloud, other.database.station.device), "s2")
    for store in (STORE, "s2", HEAD_OFFICE):
        replicas.catch_up(cloud.tenant, store)
    assert sales(replicas._database(cloud.tenant, STORE).writer) == {here}
    assert sales(replicas._database(cloud.tenant, "s2").writer) == {there}
    assert sales(replicas.database(cloud.tenant).writer) == {here, there}
    other.close()


def test_a_station_of_the_head_office_hears_every_store(tmp_path: Path, cloud: Cloud, tills: list[Member]) -> None:
    other = a_second_store(tmp_path, cloud, tills)
    sold = {tills[0].sell_one(), other.sell_one()}
    cloud.turn(tills[0])
    take_turn(other.database, Line(cloud, other.database.station.device), "s2")
    office = Member(tmp_path / "office.db", 11)
    code = run_now(cloud.registrar.make_code(cloud.tenant, CodeWish(HEAD_OFFICE)))
    run_now(cloud.registrar.enrol(Enrolment(code, office.database.station.device, b"h" * 32)))
    take_turn(office.database, Line(cloud, office.database.station.device), HEAD_OFFICE)
    assert office.sales() == sold
    office.close()
    other.close()


def test_what_the_service_decides_reaches_every_station(cloud: Cloud, tills: list[Member], replicas: Replicas) -> None:
    replicas.catch_up(cloud.tenant)
    mind = Executor(replicas.database(cloud.tenant), tills[0].clock)
    edit = ProductEdit("bread", name="Bread", tax_category="standard")
    assert isinstance(mind.execute("system", SaveProducts("from above", (edit,))), Done)
    replicas.catch_up(cloud.tenant)
    cloud.turn(tills[1])
    assert tills[1].database.writer.value("SELECT name FROM product WHERE id = 'bread'") == "Bread"


class Noted(Ledger):
    """A ledger that notes which feeds are asked for."""

    def __init__(self, cloud: Cloud) -> None:
        super().__init__(cloud.storage, the_moment)
        self.scopes = list[str]()

    async def tell(self, caller: Caller, wanted: Wanted, most_bytes: int = PAGE_BYTES) -> Heard:
        self.scopes.append(wanted.scope)
        return await super().tell(caller, wanted, most_bytes)


def test_only_feeds_that_went_on_are_asked_for(tmp_path: Path, cloud: Cloud, tills: list[Member]) -> None:
    ledger = Noted(cloud)
    replicas = Replicas(tmp_path / "tables", lambda tenant: Inside(ledger, tenant, run_now))
    other = a_second_store(tmp_path, cloud, tills)
    take_turn(other.database, Line(cloud, other.database.station.device), "s2")
    replicas.catch_up(cloud.tenant)
    assert set(ledger.scopes) == {"", STORE, "s2"}
    ledger.scopes.clear()
    assert replicas.catch_up(cloud.tenant) == 0
    assert ledger.scopes == []
    sale = other.sell_one()
    take_turn(other.database, Line(cloud, other.database.station.device), "s2")
    assert replicas.catch_up(cloud.tenant) > 0
    assert set(ledger.scopes) == {"s2"}
    assert sale in sales(replicas.database(cloud.tenant).writer)
    replicas.close()
    other.close()


def test_tables_that_are_ahead_of_a_service_that_lost_its_end_go_back(
    tmp_path: Path, cloud: Cloud, tills: list[Member], replicas: Replicas
) -> None:
    copy = cloud.save(tmp_path / "copy.db")
    sale = tills[0].sell_one()
    cloud.turn(tills[0])
    replicas.catch_up(cloud.tenant)
    cloud.fall_back_to(copy)
    replicas.catch_up(cloud.tenant)
    assert sale in sales(replicas.database(cloud.tenant).writer)
    cloud.turn(tills[1])
    assert sale in tills[1].sales(), "the service's own tables gave it back"
