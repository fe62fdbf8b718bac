"""A station is let in, comes again with a new key or a new disk, and leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from keyring.backends import fail

from omsdesk.settings import Service
from omsdesk.store import exchange, journal
from omsdesk.sync.codes import NoCode
from omsdesk.sync.enrolment import Invitation, enrol, leave, reach
from omsdesk.sync.failures import Refused
from omsdesk.sync.keys import KeyRing
from omsdesk.sync.messages import Enrolled
from omsdesk.sync.turn import Unreachable, take_turn
from tests.sync.cloud_server import CloudServer, Reply, answer_lost, says
from tests.sync.stations import STORE, Cloud, Member

_Answer = TypeVar("_Answer")


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Member]:
    made = Member(tmp_path / "till.db", 1)
    yield made
    made.close()


class Newcomer:
    """A station on its way in."""

    def __init__(self, till: Member, server: CloudServer) -> None:
        self.till, self.server = till, server
        self.keys = KeyRing(till.path.parent / till.path.stem, fail.Keyring())  # type: ignore[no-untyped-call]
        self.service = Service()

    @property
    def device(self) -> str:
        return self.till.database.station.device

    def enter(self, code: str) -> Enrolled:
        return enrol(
            self.till.database, self.keys, Invitation(self.server.address, code, "Till 1"), self.save, self.write
        )

    def save(self, service: Service) -> None:
        self.service = service

    def write(self, task: Callable[[], _Answer]) -> _Answer:
        return task()

    def turn(self) -> int:
        remote = reach(self.service, self.device, self.keys)
        try:
            return take_turn(self.till.database, remote, self.service.store).told
        finally:
            remote.close()


@pytest.fixture
def newcomer(till: Member, server: CloudServer) -> Newcomer:
    return Newcomer(till, server)


def test_a_code_is_all_it_takes(newcomer: Newcomer, server: CloudServer, cloud: Cloud) -> None:
    newcomer.till.set_up()
    found = newcomer.enter(server.service.make_code().lower())
    assert newcomer.service == Service(server.address, STORE, cloud.tenant)
    assert newcomer.service.is_enrolled
    assert (found.device, found.till, found.epoch) == (newcomer.device, "t1", 1)
    assert newcomer.till.database.station.epoch == 1, "nothing it wrote so far goes on elsewhere"
    assert newcomer.turn() > 0
    assert newcomer.turn() == 0


def test_a_slip_of_the_finger_costs_no_request(newcomer: Newcomer, server: CloudServer) -> None:
    with pytest.raises(NoCode):
        newcomer.enter("7KQ3-9F2M")
    assert server.service.seen == []


def test_an_answer_that_got_lost_is_asked_for_again(newcomer: Newcomer, server: CloudServer) -> None:
    code = server.service.make_code()
    server.service.faults.append(answer_lost)
    with pytest.raises(Unreachable):
        newcomer.enter(code)
    assert not newcomer.service.is_enrolled
    newcomer.enter(code)
    newcomer.till.set_up()
    assert newcomer.turn() > 0


def test_a_code_that_is_refused_leaves_the_old_key_in_its_place(newcomer: Newcomer, server: CloudServer) -> None:
    newcomer.enter(server.service.make_code())
    before = newcomer.keys.find(newcomer.device)
    with pytest.raises(Refused):
        newcomer.enter("0000-0000-0000")
    assert newcomer.keys.find(newcomer.device) == before
    newcomer.till.set_up()
    assert newcomer.turn() > 0


def test_a_station_that_lost_its_key_comes_again_and_begins_a_new_epoch(
    newcomer: Newcomer, server: CloudServer
) -> None:
    newcomer.enter(server.service.make_code())
    newcomer.till.set_up()
    newcomer.till.open_shift()
    newcomer.turn()
    kept = newcomer.till.sell_one()
    newcomer.keys.retire(newcomer.device)
    found = newcomer.enter(server.service.make_code(newcomer.device))
    assert found.epoch == newcomer.till.database.station.epoch == 2
    after = newcomer.till.sell_one()
    assert newcomer.turn() > 0
    assert newcomer.turn() == 0
    assert newcomer.till.sales() == {kept, after}
    assert list(journal.broken_links(newcomer.till.database.writer)) == []
    assert exchange.set_aside(newcomer.till.database.writer) == []


def test_a_new_disk_takes_the_place_of_one_that_is_lost(
    newcomer: Newcomer, server: CloudServer, cloud: Cloud, tmp_path: Path
) -> None:
    newcomer.enter(server.service.make_code())
    newcomer.till.set_up()
    newcomer.till.stand_at("t1")
    sales = {newcomer.till.sell_one(), newcomer.till.sell_one()}
    newcomer.turn()
    old, disk = newcomer.device, Member(tmp_path / "new.db", 5)
    other = Newcomer(disk, server)
    fresh = other.device
    # The service of a later day: it tells a fresh disk whose place it takes.
    server.service.faults.append(says(Reply(Enrolled(cloud.tenant, STORE, "t1", 2, old))))
    assert other.enter("0000-0000-0000").device == old
    assert (other.device, disk.database.station.epoch) == (old, 2)
    assert other.keys.find(fresh + ".next") is None
    key = newcomer.keys.find(old)
    assert key is not None
    other.keys.keep(old, key.secret)
    for _ in range(2):
        other.turn()
    assert disk.sales() == sales
    disk.database.become_till("t1")
    sales |= {disk.sell_one()}
    other.turn()
    assert other.turn() == 0
    assert disk.sales() == sales
    assert list(journal.broken_links(disk.database.writer)) == []
    disk.close()


def test_what_was_written_is_not_given_to_another_station(newcomer: Newcomer, server: CloudServer) -> None:
    newcomer.till.set_up()
    server.service.faults.append(says(Reply(Enrolled("corner", STORE, "t1", 2, "another"))))
    with pytest.raises(Refused, match="there is something already"):
        newcomer.enter("0000-0000-0000")
    assert newcomer.device != "another"
    assert not newcomer.service.is_enrolled


def test_who_leaves_works_by_itself_again(newcomer: Newcomer, server: CloudServer) -> None:
    newcomer.enter(server.service.make_code())
    leave(newcomer.keys, newcomer.device, newcomer.save)
    assert newcomer.service == Service()
    assert newcomer.keys.find(newcomer.device) is None
    with pytest.raises(Refused, match="is gone"):
        reach(Service(server.address, STORE), newcomer.device, newcomer.keys)


def test_certificates_of_ones_own_are_kept_with_the_address(newcomer: Newcomer, tmp_path: Path) -> None:
    asked = Invitation("https://desk.example", "0000-0000-0000", certificates=str(tmp_path / "none.pem"))
    with pytest.raises(Refused, match="cannot be read"):
        enrol(newcomer.till.database, newcomer.keys, asked, newcomer.save, newcomer.write)
    with pytest.raises(Refused, match="https://"):
        enrol(newcomer.till.database, newcomer.keys, replace(asked, address="desk"), newcomer.save, newcomer.write)
