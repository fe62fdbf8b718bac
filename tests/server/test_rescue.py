"""What burnt with a till and with the service is given back by the tills that heard it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from omsdesk.server.embedded import run_now
from omsdesk.server.ledger import NotEnrolled
from omsdesk.store import exchange, journal
from omsdesk.sync.messages import Garbled, Stray
from omsdesk.sync.turn import Turn
from tests.sync.stations import Cloud, Member, a_shop


@pytest.fixture
def cloud(tmp_path: Path) -> Iterator[Cloud]:
    made = Cloud(tmp_path / "cloud.db")
    yield made
    made.close()


@pytest.fixture
def tills(tmp_path: Path, cloud: Cloud) -> Iterator[list[Member]]:
    made = a_shop(tmp_path, cloud)
    yield made
    for member in made:
        member.close()


def burn(tmp_path: Path, cloud: Cloud, tills: list[Member]) -> str:
    """Sell at the first till, let the second hear of it, and put last night's disks into till and service."""
    for member in tills * 2:
        cloud.turn(member)
    cloud_copy, disk = cloud.save(tmp_path / "cloud-copy.db"), tills[0].save(tmp_path / "disk.db")
    sale = tills[0].sell_one()
    cloud.turn(tills[0])
    cloud.turn(tills[1])
    cloud.fall_back_to(cloud_copy)
    tills[0].close()
    tills[0] = tills[0].again(77, disk)
    assert sale not in tills[0].sales()
    return sale


def test_what_only_a_colleague_heard_is_everywhere_again(tmp_path: Path, cloud: Cloud, tills: list[Member]) -> None:
    sale = burn(tmp_path, cloud, tills)
    cloud.turn(tills[1])
    cloud.turn(tills[0])
    assert sale in tills[0].sales()
    assert [cloud.turn(member) for member in tills * 2][2:] == [Turn(), Turn()]
    assert all(list(journal.broken_links(member.database.writer)) == [] for member in tills)


def test_its_author_may_have_gone_on_meanwhile(tmp_path: Path, cloud: Cloud, tills: list[Member]) -> None:
    lost = burn(tmp_path, cloud, tills)
    fresh = tills[0].sell_one()
    for member in tills * 3:
        cloud.turn(member)
    assert tills[0].sales() == tills[1].sales() == {lost, fresh}
    assert all(exchange.set_aside(member.database.writer) == [] for member in tills)


def test_an_author_that_lost_nothing_tells_it_once_more_and_it_is_there_once(
    tmp_path: Path, cloud: Cloud, tills: list[Member]
) -> None:
    copy = cloud.save(tmp_path / "cloud-copy.db")
    sale = tills[0].sell_one()
    cloud.turn(tills[0])
    cloud.turn(tills[1])
    cloud.fall_back_to(copy)
    cloud.turn(tills[1])
    cloud.turn(tills[0])
    for member in tills:
        cloud.turn(member)
        assert member.sales() == {sale}
        assert member.database.writer.value("SELECT count(*) FROM sale WHERE completed_ms IS NOT NULL") == 1
    told = cloud.storage.connection.rows("SELECT hash FROM entry WHERE kind = 'sale.completed' AND place IS NOT NULL")
    assert len(told) == 1


def strays(tills: list[Member]) -> tuple[Stray, ...]:
    """What the second till has of the first."""
    writer, device = tills[1].database.writer, tills[0].database.station.device
    positions = [row[0] for row in writer.rows("SELECT position FROM journal WHERE origin = :origin", origin=device)]
    return tuple(Stray(*journal.stray(writer, position)) for position in positions)


def test_what_is_here_is_not_taken_twice(cloud: Cloud, tills: list[Member]) -> None:
    caller = cloud.caller(tills[1].database.station.device)
    assert run_now(cloud.ledger.rescue(caller, strays(tills))) == 0


def test_who_gives_back_something_else_is_refused(cloud: Cloud, tills: list[Member]) -> None:
    caller = cloud.caller(tills[1].database.station.device)
    first = strays(tills)[0]
    with pytest.raises(Garbled):
        run_now(cloud.ledger.rescue(caller, (replace(first, entry=first.entry._replace(actor="eve")),)))


def test_only_who_is_let_in_gives_anything_back(tmp_path: Path, cloud: Cloud, tills: list[Member]) -> None:
    with pytest.raises(NotEnrolled):
        run_now(cloud.ledger.rescue(cloud.caller("a stranger"), strays(tills)))
    device = tills[1].database.station.device
    run_now(cloud.registrar.retire(cloud.tenant, device))
    with pytest.raises(NotEnrolled):
        run_now(cloud.ledger.rescue(cloud.caller(device), strays(tills)))


def test_what_does_not_fit_into_one_message_is_given_back_in_several(
    tmp_path: Path, cloud: Cloud, tills: list[Member], monkeypatch: pytest.MonkeyPatch
) -> None:
    sale = burn(tmp_path, cloud, tills)
    monkeypatch.setattr("omsdesk.sync.pull.MOST_BYTES", 400)
    cloud.turn(tills[1])
    cloud.turn(tills[0])
    assert sale in tills[0].sales()
    assert exchange.in_doubt(tills[1].database.writer, "s1") == []
