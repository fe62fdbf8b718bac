"""What others agreed to holds where and for whom it was meant; a PIN that was wrong too often rests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from omsdesk.domain.approval import Approve, Grant
from omsdesk.domain.attempts import REMEMBERED, PersonShutOut, ShutOut
from omsdesk.domain.shop import SaveTill
from omsdesk.domain.values import Stamp
from omsdesk.store.queries.approval import grants, waits
from omsdesk.store.queries.till import till_of
from tests.domain.corner_shop import TILL
from tests.store.station import Station


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Station]:
    made = Station(tmp_path / "shop.db")
    yield made
    made.close()


def later(till: Station, seconds: int) -> Stamp:
    return replace(till.clock.moment, utc_ms=till.clock.moment.utc_ms + seconds * 1_000)


def holding(till: Station, sale: str = "", asker: str = "cara", at: str = "t1") -> list[str]:
    where = till_of(till.database.writer, at)
    assert where is not None
    return [grant.grant for grant in grants(till.database.writer, where, sale, asker, till.clock.moment)]


def test_leave_for_a_ticket_holds_for_whoever_goes_on_with_it_and_for_no_other_ticket(till: Station) -> None:
    till.do(Approve(Grant("g1", "sale.void", "max", sale="sale-1"), "t1", "cara", "why"), actor="max")
    assert holding(till, "sale-1") == ["g1"]
    assert holding(till, "sale-1", asker="ben", at="t2") == ["g1"]
    assert holding(till, "sale-2") == holding(till) == []


def test_leave_for_a_time_holds_for_who_asked_at_that_till(till: Station) -> None:
    until = later(till, 900)
    till.do(Approve(Grant("g1", "sale.void", "max", until=until), "t1", "cara", "why"), actor="max")
    assert holding(till, "sale-1") == holding(till) == ["g1"]
    assert holding(till, asker="ben") == holding(till, at="t2") == []
    till.clock.moment = replace(until, utc_ms=until.utc_ms + 1)
    assert holding(till) == []


def test_leave_of_a_lesson_ends_with_it(till: Station) -> None:
    until = later(till, 900)
    till.do(SaveTill(replace(TILL, is_training=True)))
    till.do(Approve(Grant("lesson", "sale.void", "max", until=until), "t1", "cara", "why"), actor="max")
    assert holding(till) == ["lesson"]
    till.do(SaveTill(TILL))
    assert holding(till) == []
    till.do(Approve(Grant("real", "sale.void", "max", until=until), "t1", "cara", "why"), actor="max")
    till.do(SaveTill(replace(TILL, is_training=True)))
    assert holding(till) == ["lesson"]


def shut_out(till: Station, attempt: str, at: str = "t1") -> PersonShutOut:
    (fact,) = till.do(ShutOut(attempt, "sue", at, 3, "sale.discount"), actor="cara").facts
    assert isinstance(fact, PersonShutOut)
    return fact


def test_a_pin_that_was_wrong_too_often_rests_longer_each_time_at_that_till(till: Station) -> None:
    now = till.clock.moment
    assert waits(till.database.writer, "sue", "t1", now) == (0, 0)
    first, second = shut_out(till, "a1"), shut_out(till, "a2")
    assert waits(till.database.writer, "sue", "t1", till.clock.moment) == (2, second.until.utc_ms)
    assert second.until.utc_ms - first.until.utc_ms > 30_000
    assert waits(till.database.writer, "sue", "t2", till.clock.moment) == (0, 0), "it is no way to lock somebody out"
    assert waits(till.database.writer, "max", "t1", till.clock.moment) == (0, 0)
    assert waits(till.database.writer, "sue", "t1", later(till, REMEMBERED + 5)) == (0, 0), "that was long ago"


def test_who_stood_there_is_kept_with_it(till: Station) -> None:
    shut_out(till, "a1")
    till.do(ShutOut("a2", "sue", "t1", 3))
    question = 'SELECT person, till, wrong, "right", asker FROM shut_out ORDER BY id'
    assert till.database.writer.rows(question) == [
        ("sue", "t1", 3, "sale.discount", "cara"),
        ("sue", "t1", 3, "", ""),
    ]
