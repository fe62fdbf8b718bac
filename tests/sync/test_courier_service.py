"""Stations and the service as they are delivered: real programs on both sides of a real socket."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest

from omsdesk.server.replicas import Inside, Replicas
from omsdesk.server.snapshots import Snapshots
from omsdesk.store import journal
from omsdesk.sync.failures import Refused
from omsdesk.sync.messages import CodeWish, Complaint, Enrolment
from omsdesk.sync.remote import Remote
from omsdesk.sync.state import Phase
from tests.patience import eventually
from tests.server.http.served import Served
from tests.sync.desk import Desk, two_tills
from tests.sync.stations import STORE


class RealService:
    """The service as one command starts it."""

    def __init__(self, path: Path) -> None:
        self.served = Served(path)
        self.tenant = self.served.found()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.served.port}"

    def make_code(self) -> str:
        return self.served.code(self.tenant, STORE)


@pytest.fixture
def service(tmp_path: Path) -> Iterator[RealService]:
    made = RealService(tmp_path / "service.db")
    yield made
    made.served.stop()


@pytest.fixture
def desks(tmp_path: Path, service: RealService) -> Iterator[list[Desk]]:
    with two_tills(tmp_path, service) as made:
        yield made


def manager(desk: Desk) -> Remote:
    line = desk.connect()
    assert isinstance(line, Remote)
    return line


def test_what_one_till_sells_the_other_hears_within_a_moment(desks: list[Desk]) -> None:
    sales = set()
    for number in range(6):
        sales.add(desks[number % 2].sell())
        assert eventually(lambda: desks[0].sales() == desks[1].sales() == sales)
    for desk in desks:
        assert eventually(desk.is_synced)
        assert desk.do(lambda desk=desk: list(journal.broken_links(desk.member.database.writer))) == []  # type: ignore[misc]


def test_a_station_that_a_manager_retires_stops_talking_and_goes_on_selling(desks: list[Desk]) -> None:
    line = manager(desks[0])
    line.retire(desks[1].member.database.station.device)
    known = {row.device: bool(row.retired_ms) for row in line.devices().devices}
    line.close()
    assert known[desks[1].member.database.station.device]
    assert eventually(lambda: desks[1].courier.state.phase is Phase.REFUSED), "and it knows at once"
    sale = desks[1].sell()
    assert "goes on selling" in desks[1].courier.state.sentence
    assert sale in desks[1].sales()


def test_a_service_that_goes_is_noticed_by_who_has_nothing_to_say(desks: list[Desk], service: RealService) -> None:
    service.served.stop()
    assert eventually(lambda: all(desk.courier.state.phase is Phase.OFFLINE for desk in desks), 20)
    assert eventually(lambda: desks[0].courier.state.next_try_ms, 20)
    service.served = Served(service.served._path, port=service.served.port)
    assert eventually(lambda: all(desk.is_synced() for desk in desks), 20), "the poll is ten minutes away"


def test_a_code_from_a_managers_station_lets_the_next_one_in_once(desks: list[Desk]) -> None:
    line = manager(desks[0])
    code = line.make_code(CodeWish(STORE, "t3")).code
    newcomer = Remote(desks[0].server.address, "till-3", desks[0].key)
    asked = Enrolment(code, "till-3", desks[0].key.public)
    assert newcomer.enrol(asked).till == "t3"
    assert newcomer.enrol(asked).till == "t3", "the answer may have been lost"
    other = Remote(desks[0].server.address, "till-4", desks[0].key)
    with pytest.raises(Refused) as caught:
        other.enrol(Enrolment(code, "till-4", desks[0].key.public))
    assert caught.value.error == Complaint.CODE
    for remote in (line, newcomer, other):
        remote.close()


def test_a_clock_that_is_years_off_finds_out_what_time_it_is(desks: list[Desk]) -> None:
    for years in (-6, 6):
        wrong = Remote(
            desks[0].server.address,
            desks[0].member.database.station.device,
            desks[0].key,
            now=lambda years=years: 1_790_000_000 + years * 31_557_600.0,  # type: ignore[misc]
        )
        assert wrong.devices().devices
        assert abs(wrong._offset) > 31_557_600
        wrong.close()


def test_a_new_till_starts_with_a_copy_of_what_the_others_know(
    tmp_path: Path, service: RealService, desks: list[Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    sold = {desks[0].sell(), desks[1].sell()}
    assert eventually(lambda: all(desk.is_synced() and desk.sales() == sold for desk in desks))
    monkeypatch.setattr("omsdesk.server.http.operations.WORTH_A_COPY", 10)
    served = service.served
    served.service.snapshots = Snapshots(tmp_path / "tables")
    served.do(lambda running: running.registrar.seat(service.tenant))

    def ask(work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, served.loop).result(10)

    replicas = Replicas(tmp_path / "tables", lambda tenant: Inside(served.service.ledger, tenant, ask))
    replicas.snapshot(service.tenant, STORE)
    replicas.close()
    (tmp_path / "new").mkdir()
    new = Desk(tmp_path / "new" / "shop.db", 7, service)
    new.let_in()
    new.courier.start()
    assert eventually(new.is_synced)
    assert new.sales() == sold
    assert any("100 %" in state.sentence for state in new.states)
    assert new.courier.state.forks == 0
    assert new.do(lambda: list(journal.broken_links(new.member.database.writer))) == []
    new.close()
