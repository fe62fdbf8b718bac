"""Two stations without a line set up a till each, under one code: receipts are told apart, and a person settles it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from omsdesk.actions.settle import settlement
from omsdesk.domain.shop import SaveTill, Till
from omsdesk.store.queries.conflicts import conflict_count, conflicts
from omsdesk.store.queries.till import till_of
from omsdesk.store.verify import verify
from tests.sync.stations import Cloud, Member, a_shop


@pytest.fixture
def cloud(tmp_path: Path) -> Iterator[Cloud]:
    made = Cloud(tmp_path / "cloud.db")
    yield made
    made.close()


@pytest.fixture
def shop(tmp_path: Path, cloud: Cloud) -> Iterator[list[Member]]:
    """Four stations: the first is till 1, the others are back offices that know the shop."""
    made = a_shop(tmp_path, cloud)
    for seed in (3, 4):
        made.append(Member(tmp_path / f"more-{seed}.db", seed))
        cloud.let_in(made[-1])
    made[1].database.become_till("")
    meet(cloud, made)
    yield made
    for member in made:
        member.close()


def meet(cloud: Cloud, members: list[Member]) -> None:
    for member in (*members, *members):
        cloud.turn(member)


def set_up(member: Member, till: str, code: str) -> None:
    """Set a till up and begin to sell there, whoever else does."""
    member.do(SaveTill(Till(till, "s1", code, f"Till {till}")), actor="max")
    member.stand_at(till)


def sell(members: list[Member]) -> list[str]:
    """Sell once at each; gives the series of the receipts."""
    found = []
    for member in members:
        number = member.database.writer.value("SELECT number FROM sale WHERE id = :sale", sale=member.sell_one())
        found.append(number.rpartition("-")[0])
    return found


def numbers_told_twice(member: Member) -> set[str]:
    rows = member.database.writer.rows("SELECT number FROM sale WHERE completed_ms IS NOT NULL")
    return {number for number, count in Counter(number for (number,) in rows).items() if count > 1}


def test_a_code_that_two_gave_is_settled_and_no_number_is_written_twice_from_the_meeting_on(
    cloud: Cloud, shop: list[Member]
) -> None:
    office, ann, bob, _ = shop
    set_up(ann, "ta", "5")
    set_up(bob, "tb", "5")
    assert sell([ann, bob]) == ["5A", "5A"], "nobody can know yet"
    meet(cloud, shop)
    assert [conflict_count(member.database.writer) for member in shop] == [1] * 4
    before = numbers_told_twice(office)
    assert len(set(sell([ann, bob]))) == 2
    meet(cloud, shop)
    assert numbers_told_twice(office) == before
    (found,) = conflicts(office.database.writer)
    assert (found.noun, found.subject, [said.value for said in found.values]) == ("till_code", "5", ["ta", "tb"])
    office.do(settlement(found, "tb", "settled"), actor="max")
    meet(cloud, shop)
    assert [conflict_count(member.database.writer) for member in shop] == [0] * 4
    codes = [till.code for name in ("ta", "tb") if (till := till_of(ann.database.writer, name))]
    assert codes == ["3", "5"], "the other one has the next that is free"
    assert [series[0] for series in sell([ann, bob])] == ["3", "5"]
    said = {sentence for member in shop for sentence in verify(member.path).sentences}
    assert said == {"The receipt number 5A-000001 was given twice."}, "the only one, and it is no secret"


def test_three_tills_of_one_code_write_in_three_series_before_any_of_them_sold(
    cloud: Cloud, shop: list[Member]
) -> None:
    office, *others = shop
    for number, member in enumerate(others):
        member.do(SaveTill(Till(f"t{number}x", "s1", "7", f"Till {number}")), actor="max")
        member.database.become_till(f"t{number}x")
    meet(cloud, shop)
    assert sorted(member.database.station.epoch for member in others) == [1, 2, 3]
    meet(cloud, shop)
    assert sorted(member.database.station.epoch for member in others) == [1, 2, 3], "and that is the end of it"
    for left in (2, 1):
        (found,) = conflicts(office.database.writer)
        assert len(found.values) == left + 1
        office.do(settlement(found, "t0x", "settled"), actor="max")
    assert conflict_count(office.database.writer) == 0


def test_a_code_that_could_meet_another_is_listed_too_and_settled_by_any_edit(cloud: Cloud, shop: list[Member]) -> None:
    office, ann, bob, _ = shop
    ann.do(SaveTill(Till("ta", "s1", "K1", "Kiosk")), actor="max")
    bob.do(SaveTill(Till("tb", "s1", "K1B", "Bar")), actor="max")
    meet(cloud, shop)
    (found,) = conflicts(office.database.writer)
    assert (found.subject, [said.value for said in found.values]) == ("K1", ["ta", "tb"])
    office.do(SaveTill(Till("ta", "s1", "K1", "Kiosk at the door"), ("name",), 1), actor="max")
    assert conflict_count(office.database.writer) == 1, "a name can be changed meanwhile"
    office.do(SaveTill(Till("tb", "s1", "B1", "Bar"), ("code",), 1), actor="max")
    assert conflict_count(office.database.writer) == 0
    meet(cloud, shop)
    assert [conflict_count(member.database.writer) for member in shop] == [0] * 4


def test_whoever_comes_to_a_till_whose_code_another_has_begins_above_it(cloud: Cloud, shop: list[Member]) -> None:
    _, ann, bob, late = shop
    set_up(ann, "ta", "5")
    bob.do(SaveTill(Till("tb", "s1", "5", "Till 5")), actor="max")
    meet(cloud, shop)
    late.database.become_till("tb")
    assert late.database.station.epoch == 2
