"""Tables that a bad disk damaged are put aside and made anew from the journals; nobody has to notice."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from omsdesk.actions.execute import Done, Executor
from omsdesk.domain.catalogue import ProductEdit, SaveProducts
from omsdesk.server.embedded import EmbeddedStorage, run_now
from omsdesk.server.replicas import Inside, Replicas, folder_of, newest_snapshot
from omsdesk.store.engine import StoreFailure
from omsdesk.sync.scopes import HEAD_OFFICE
from tests.server.test_replicas import sales
from tests.stories.small_disk import disk, fill
from tests.sync.stations import STORE, Cloud, Member

PAGE = 4096


def tables_of(folder: Path, cloud: Cloud, store: str = HEAD_OFFICE) -> Path:
    return folder_of(folder / "tables", cloud.tenant, store) / "tables.db"


def spoil(path: Path, first: int = 0) -> None:
    """Write nonsense over a file from a page on."""
    with path.open("r+b") as file:
        size = file.seek(0, 2)
        file.seek(first * PAGE)
        file.write(b"nonsense" * ((size - first * PAGE) // 8))


@pytest.fixture
def damages() -> list[str]:
    return []


@pytest.fixture
def replicas(tmp_path: Path, cloud: Cloud, damages: list[str]) -> Iterator[Replicas]:
    """The tables that the service keeps, and a note of those that were damaged."""
    made = Replicas(tmp_path / "tables", lambda tenant: Inside(cloud.ledger, tenant, run_now), damages.append)
    yield made
    made.close()


@pytest.mark.parametrize("first", [0, 1, 40])
def test_tables_that_were_damaged_are_put_aside_and_made_anew(
    tmp_path: Path,
    cloud: Cloud,
    tills: list[Member],
    replicas: Replicas,
    damages: list[str],
    caplog: pytest.LogCaptureFixture,
    first: int,
) -> None:
    sale = tills[0].sell_one()
    cloud.turn(tills[0])
    replicas.catch_up(cloud.tenant)
    replicas.close()
    tables = tables_of(tmp_path, cloud)
    spoil(tables, first)
    spoilt = tables.read_bytes()
    again = Replicas(tmp_path / "tables", replicas._inside, damages.append)
    with caplog.at_level(logging.WARNING):
        assert again.lag(cloud.tenant) > 0
        assert again.catch_up(cloud.tenant) > 0
    assert sales(again.database(cloud.tenant).writer) == {sale}
    assert tables.with_suffix(".damaged").read_bytes() == spoilt
    assert damages == [cloud.tenant]
    (line,) = [record for record in caplog.records if record.name.startswith("omsdesk.server")]
    assert line.getMessage() == "Damaged tables were put aside and are made anew."
    assert again.catch_up(cloud.tenant) == 0
    again.close()


def test_tables_that_are_damaged_while_they_are_open_are_made_anew_too(
    tmp_path: Path, cloud: Cloud, tills: list[Member], replicas: Replicas, damages: list[str]
) -> None:
    replicas.catch_up(cloud.tenant)
    replicas.database(cloud.tenant).writer.run("PRAGMA wal_checkpoint(TRUNCATE)")
    spoil(tables_of(tmp_path, cloud), 1)
    sale = tills[0].sell_one()
    cloud.turn(tills[0])
    replicas.catch_up(cloud.tenant)
    assert sales(replicas.database(cloud.tenant).writer) == {sale}
    assert damages == [cloud.tenant]


def test_what_the_service_decided_is_there_again_and_it_goes_on_deciding(
    tmp_path: Path, cloud: Cloud, tills: list[Member], replicas: Replicas
) -> None:
    def decide(product: str) -> None:
        mind = Executor(replicas.database(cloud.tenant), tills[0].clock)
        edit = ProductEdit(product, name=product.title(), tax_category="standard")
        assert isinstance(mind.execute("system", SaveProducts(f"from above: {product}", (edit,))), Done)
        replicas.catch_up(cloud.tenant)

    replicas.catch_up(cloud.tenant)
    decide("bread")
    replicas.close()
    spoil(tables_of(tmp_path, cloud))
    replicas.catch_up(cloud.tenant)
    decide("rolls")
    replicas.catch_up(cloud.tenant)
    cloud.turn(tills[1])
    question = "SELECT name FROM product WHERE id IN ('bread', 'rolls') ORDER BY name"
    for writer in (replicas.database(cloud.tenant).writer, tills[1].database.writer):
        assert writer.rows(question) == [("Bread",), ("Rolls",)]


def test_when_the_service_itself_is_damaged_the_tables_stay(
    tmp_path: Path, cloud: Cloud, tills: list[Member], replicas: Replicas, damages: list[str]
) -> None:
    replicas.catch_up(cloud.tenant)
    tills[0].sell_one()
    cloud.turn(tills[0])
    cloud.storage.connection.run("PRAGMA wal_checkpoint(TRUNCATE)")
    whole = cloud.path.read_bytes()
    spoil(cloud.path, 1)
    with pytest.raises(StoreFailure, match="damaged"):
        replicas.catch_up(cloud.tenant)
    cloud.close()
    with pytest.raises(StoreFailure, match="damaged"):
        EmbeddedStorage(cloud.path)
    assert damages == []
    assert not tables_of(tmp_path, cloud).with_suffix(".damaged").exists()
    cloud.path.write_bytes(whole)
    cloud._open()
    assert replicas.catch_up(cloud.tenant) > 0


# ---- copies


@pytest.mark.parametrize("first", [0, 20])
def test_a_copy_that_was_damaged_is_made_anew(
    cloud: Cloud, tills: list[Member], replicas: Replicas, first: int
) -> None:
    made = replicas.snapshot(cloud.tenant, STORE)
    whole = made.path.read_bytes()
    spoil(made.path, first)
    again = replicas.snapshot(cloud.tenant, STORE)
    assert again.path.read_bytes() == whole
    assert newest_snapshot(replicas._folder, cloud.tenant, STORE) == again


def test_a_copy_that_does_not_fit_on_the_disk_is_refused_in_a_sentence(
    tmp_path: Path, cloud: Cloud, tills: list[Member]
) -> None:
    with disk(tmp_path / "small", 4_000) as folder:
        replicas = Replicas(folder / "tables", lambda tenant: Inside(cloud.ledger, tenant, run_now))
        replicas.catch_up(cloud.tenant, STORE)
        filler = fill(folder, leave=100_000)
        with pytest.raises(StoreFailure, match="The disk is full"):
            replicas.snapshot(cloud.tenant, STORE)
        assert newest_snapshot(folder / "tables", cloud.tenant, STORE) is None
        filler.unlink()
        assert replicas.snapshot(cloud.tenant, STORE).size > 0
        assert sorted(path.suffix for path in (folder / "tables").rglob("tables.making*")) == []
        replicas.close()


def test_a_copy_that_goes_while_it_is_looked_for_is_not_there(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, "shop-1", STORE)
    folder.mkdir(parents=True)
    done = threading.Event()

    def come_and_go() -> None:
        while not done.is_set():
            for name in ("a", "b"):
                (folder / f"tables.{name}.snapshot").write_bytes(b"12345")
                (folder / f"tables.{name}.snapshot").unlink()

    going = threading.Thread(target=come_and_go)
    going.start()
    try:
        found = [newest_snapshot(tmp_path, "shop-1", STORE) for _ in range(20_000)]
    finally:
        done.set()
        going.join()
    assert {one.size for one in found if one} <= {0, 5}
