"""A station says which till it is: whenever the service does not know it, and so that no two write the same numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest

from omsdesk.domain.shop import series_of
from omsdesk.server.embedded import run_now
from omsdesk.store.queries.till import station, till_of
from omsdesk.sync.failures import Refused
from omsdesk.sync.messages import Claimant, Complaint, TillClaim, TillClaimed
from omsdesk.sync.till_claims import LOOK_AGAIN_SECONDS, Claiming
from omsdesk.sync.turn import Unreachable
from tests.patience import eventually
from tests.sync.cloud_server import serving
from tests.sync.desk import Desk
from tests.sync.stations import Cloud, Line, Member, a_shop

_Answer = TypeVar("_Answer")


def directly(task: Callable[[], _Answer]) -> _Answer:
    return task()


class Teller(Line):
    """A station that tells, on a line that breaks and a service that says no when a story wants it."""

    def __init__(self, cloud: Cloud, member: Member) -> None:
        super().__init__(cloud, member.database.station.device)
        self.member, self.now = member, 0.0
        self.said: list[TillClaim] = []
        self.fails: Exception | None = None
        self.is_answer_lost = False
        self.claiming = Claiming(member.database, lambda: self.now)

    def claim_till(self, claim: TillClaim) -> TillClaimed:
        if self.fails:
            raise self.fails
        self.said.append(claim)
        told = super().claim_till(claim)
        if self.is_answer_lost:
            raise Unreachable("no way back")
        return told

    def tell(self) -> None:
        self.claiming.tell(self, self.member.database.writer, directly)

    @property
    def series(self) -> str:
        where = station(self.member.database.writer)
        till = till_of(self.member.database.writer, where.till)
        assert till is not None
        return series_of(till, where.epoch)


@pytest.fixture
def cloud(tmp_path: Path) -> Iterator[Cloud]:
    made = Cloud(tmp_path / "cloud.db")
    yield made
    made.close()


@pytest.fixture
def pair(tmp_path: Path, cloud: Cloud) -> Iterator[tuple[Teller, Teller]]:
    """Two stations of one shop, at tills 1 and 2, whom the service thinks of as back offices."""
    members = a_shop(tmp_path, cloud)
    yield Teller(cloud, members[0]), Teller(cloud, members[1])
    for member in members:
        member.database.close()


def is_neighbour(desk: Desk, other: str) -> bool:
    return [one.device for one in desk.courier.state.neighbours] == [other]


def known(cloud: Cloud) -> dict[str, str]:
    return {row.device: row.till for row in run_now(cloud.registrar.devices(cloud.tenant))}


def test_it_is_said_once_until_it_is_another(cloud: Cloud, pair: tuple[Teller, Teller]) -> None:
    one, _ = pair
    for _ in range(3):
        one.tell()
    assert one.said == [TillClaim("t1", 1)]
    assert known(cloud)[one.device] == "t1"
    one.member.database.become_till("")
    one.tell()
    assert known(cloud)[one.device] == ""
    assert len(one.said) == 2


def test_what_was_chosen_without_a_line_is_said_when_there_is_one(cloud: Cloud, pair: tuple[Teller, Teller]) -> None:
    one, _ = pair
    one.fails = Unreachable("no line")
    with pytest.raises(Unreachable):
        one.tell()
    one.fails, one.is_answer_lost = None, True
    with pytest.raises(Unreachable):
        one.tell()
    one.is_answer_lost = False
    one.tell()
    one.tell()
    assert one.said == [TillClaim("t1", 1)] * 2, "once more, because nobody knows whether it arrived"
    assert one.series == "1A"


def test_the_second_at_a_till_writes_in_a_series_of_its_own_and_both_know(pair: tuple[Teller, Teller]) -> None:
    one, two = pair
    one.tell()
    two.member.database.become_till("t1")
    assert two.series == "1A", "nothing was heard yet of what the other one sold"
    two.tell()
    two.tell()
    assert (one.series, two.series) == ("1A", "1B")
    assert (one.claiming.others, two.claiming.others) == ((), (Claimant(one.device),))
    one.now += LOOK_AGAIN_SECONDS
    one.tell()
    assert one.claiming.others == (Claimant(two.device, ""),)
    two.member.database.become_till("t2")
    for teller in (two, one):
        teller.now += LOOK_AGAIN_SECONDS
        teller.tell()
    assert [teller.claiming.others for teller in pair] == [(), ()]


def test_an_epoch_that_began_by_itself_is_told_and_is_nobody_elses(pair: tuple[Teller, Teller]) -> None:
    one, two = pair
    one.tell()
    two.member.database.become_till("t1")
    two.tell()
    one.member.database.raise_epoch()
    assert one.series == "1B", "as after a backup was put back"
    one.tell()
    assert (one.series, two.series) == ("1C", "1B")


def test_a_till_that_was_left_meanwhile_begins_no_epoch(cloud: Cloud, pair: tuple[Teller, Teller]) -> None:
    one, two = pair
    one.tell()
    database = two.member.database
    database.become_till("t1")

    def choosing(task: Callable[[], _Answer]) -> _Answer:
        database.become_till("t2")
        return task()

    two.claiming.tell(two, database.reader(), choosing)
    assert (database.station.till, database.station.epoch) == ("t2", 1)
    two.tell()
    assert known(cloud)[two.device] == "t2"


def test_a_service_that_does_not_know_the_question_stops_nothing(pair: tuple[Teller, Teller]) -> None:
    one, _ = pair
    one.fails = Refused(Complaint.NOT_ALLOWED)
    one.tell()
    assert one.claiming.others == ()
    one.fails = None
    one.tell()
    assert one.said == [TillClaim("t1", 1)]


def test_the_courier_says_it_and_the_people_at_both_see_it(cloud: Cloud, tmp_path: Path) -> None:
    with serving(cloud) as server:
        desks = [Desk(tmp_path / f"desk-{seed}.db", seed, server) for seed in (1, 2)]
        desks[0].do(desks[0].member.set_up)
        for desk in desks:
            desk.let_in()
        for desk in desks:
            desk.courier.start()
            assert eventually(desk.is_synced)
        desks[1].do(lambda: desks[1].member.database.become_till("t1"))
        desks[1].courier.sync_now()
        devices = [desk.member.database.station.device for desk in desks]
        for desk, other in zip(desks, reversed(devices), strict=True):
            assert eventually(partial(is_neighbour, desk, other))
        assert len({desk.member.database.station.epoch for desk in desks}) == 2
        for desk in desks:
            desk.close()
