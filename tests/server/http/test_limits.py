"""Who asks too much is told to wait, and everybody else goes on being served."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.server.http.errors import Refused
from omsdesk.server.http.limits import Buckets, Gate, Limits, Rate, Room, household
from omsdesk.server.storage import Busy, Storage
from omsdesk.store.engine import StoreFailure
from omsdesk.sync.messages import Enrolment, Wanted
from tests.server.http.conftest import Serve
from tests.server.http.served import Reply, Served, Station, after, new_name, sales

_Result = TypeVar("_Result")


# ---- buckets


@given(st.lists(st.floats(0, 3), max_size=60))
def test_in_any_time_nobody_gets_more_than_the_burst_and_the_rate(pauses: list[float]) -> None:
    now, taken = 0.0, 0
    buckets = Buckets(Rate(2, 5), lambda: now)
    for pause in pauses:
        now += pause
        with suppress(Refused):
            buckets.take("ann")
            taken += 1
    assert taken <= 5 + 2 * now + 1e-6


def test_the_wait_that_is_told_is_long_enough() -> None:
    now = [0.0]
    buckets = Buckets(Rate(0.1, 1), lambda: now[0])
    buckets.take("ann")
    with pytest.raises(Refused) as refused:
        buckets.take("ann")
    assert (refused.value.status, refused.value.retry_after) == (429, 10)
    buckets.take("bob")
    now[0] += refused.value.retry_after
    buckets.take("ann")


def test_a_token_that_was_given_back_is_there_again() -> None:
    buckets = Buckets(Rate(0.1, 1), lambda: 0.0)
    for _ in range(5):
        buckets.take("ann")
        buckets.give_back("ann")


def test_no_more_buckets_are_kept_than_there_is_room_for() -> None:
    buckets = Buckets(Rate(0.001, 1), lambda: 0.0, most_kept=10)
    for number in range(1000):
        buckets.take(str(number))
    with pytest.raises(Refused):
        buckets.take("999")


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("unix", "unix"),
    ],
)
def test_one_customer_is_one_address(address: str, name: str) -> None:
    assert household(address) == name


# ---- gate and room


def test_so_many_work_at_once_so_many_wait_and_the_next_is_sent_away() -> None:
    async def story() -> Counter[str]:
        gate, done = Gate(Limits(at_work=2, queued=3, queue_time=5)), Counter[str]()
        most, inside = 0, 0

        async def work() -> None:
            nonlocal inside, most
            try:
                async with gate.enter():
                    inside += 1
                    most = max(most, inside)
                    await asyncio.sleep(0.01)
                    inside -= 1
                    done["done"] += 1
            except Refused as refused:
                done[refused.error] += 1

        await asyncio.gather(*(work() for _ in range(9)))
        assert most == 2
        return done

    assert asyncio.run(story()) == {"done": 5, "busy": 4}


def test_who_waited_long_enough_is_sent_away_and_the_place_is_free_afterwards() -> None:
    async def story() -> None:
        gate = Gate(Limits(at_work=1, queued=5, queue_time=0.01))
        async with gate.enter():
            with pytest.raises(Refused):
                async with gate.enter():
                    pass
        async with gate.enter():
            pass

    asyncio.run(story())


def test_room_is_given_back_whatever_happens() -> None:
    room = Room(100)
    with room.share() as take, room.share() as also:
        take(60)
        also(40)
        with pytest.raises(Refused):
            also(1)
        assert room.held == 100
    assert room.held == 0
    with pytest.raises(ZeroDivisionError), room.share() as take:
        take(1 // 0)
    assert room.held == 0


# ---- on a running service


def tell(station: Station, count: int) -> Counter[int]:
    return Counter(station.push(sales(station.device, 1)).status for _ in range(count))


def test_a_device_that_floods_is_slowed_down_and_no_other_with_it(serve: Serve) -> None:
    served = serve(Limits(per_device=Rate(1, 10)))
    tenant = served.found()
    loud, quiet = served.station(tenant), served.station(tenant)
    told = tell(loud, 60)
    assert told[200] >= 10
    assert told[429] >= 20
    refused = next(reply for _ in range(60) if (reply := loud.push(sales(loud.device, 1))).status == 429)
    assert refused.failure.error == "too_many"
    assert tell(quiet, 5) == {200: 5}
    time.sleep(int(refused.fields["retry-after"]))
    assert loud.push(sales(loud.device, 1)).status == 200, "and after the wait that was asked for it is served again"
    for station in (loud, quiet):
        station.hang_up()


def test_nobody_can_use_up_the_tokens_of_another_device(serve: Serve) -> None:
    served = serve(Limits(per_device=Rate(0.01, 5)))
    station = served.station(served.found())
    thief = Station(served.port, station.device)
    assert {thief.push(sales(thief.device, 1)).status for _ in range(20)} == {401}
    assert tell(station, 5) == {200: 5}
    for one in (station, thief):
        one.hang_up()


def test_an_address_that_floods_is_told_to_wait_and_health_is_still_told(serve: Serve) -> None:
    served = serve(Limits(per_address=Rate(1, 10)))
    station = Station(served.port, "nobody")
    statuses = Counter(station.ask("GET", "/metrics").status for _ in range(15))
    assert statuses == {200: 10, 429: 5}
    assert station.ask("GET", "/health").status == 200
    station.hang_up()


def test_codes_cannot_be_tried_out(serve: Serve) -> None:
    served = serve(Limits(wrong_codes_per_address=Rate(0.01, 5)))
    tenant = served.found()
    guesser = Station(served.port, new_name())

    def guess(code: str) -> Reply:
        return guesser.ask("POST", "/v1/enrolments", Enrolment(code, guesser.device, guesser.public_key))

    right = served.code(tenant)
    replies = [guess(f"0000-0000-000{number}") for number in range(8)]
    assert [reply.failure.error for reply in replies] == ["code"] * 5 + ["too_many"] * 3
    assert int(replies[-1].fields["retry-after"]) > 10
    assert guess(right).refusal == (429, "too_many"), "not even the right one, until the wait is over"
    guesser.hang_up()


def test_who_has_the_right_code_never_meets_the_limit(serve: Serve) -> None:
    served = serve(Limits(wrong_codes_per_address=Rate(0.01, 2)))
    tenant = served.found()
    for _ in range(6):
        station = Station(served.port, new_name())
        wish = Enrolment(served.code(tenant), station.device, station.public_key)
        assert station.ask("POST", "/v1/enrolments", wish).status == 200
        station.hang_up()


def test_whoever_tries_codes_out_keeps_nobody_else_from_coming_in(serve: Serve) -> None:
    served = serve(Limits(wrong_codes_per_address=Rate(0.001, 3)))
    tenant = served.found()
    for last in range(2, 90):
        guesser = Station(served.port, new_name(), source=f"127.0.0.{last}")
        wrong = Enrolment("0000-0000-0000", guesser.device, guesser.public_key)
        told = [guesser.ask("POST", "/v1/enrolments", wrong).refusal for _ in range(4)]
        assert told == [(403, "code")] * 3 + [(429, "too_many")], "each of many addresses has so many tries"
        guesser.hang_up()
    newcomer = Station(served.port, new_name())
    mistyped = Enrolment("1111-1111-1111", newcomer.device, newcomer.public_key)
    assert newcomer.ask("POST", "/v1/enrolments", mistyped).refusal == (403, "code"), "it is told what is the matter"
    right = Enrolment(served.code(tenant), newcomer.device, newcomer.public_key)
    assert newcomer.ask("POST", "/v1/enrolments", right).status == 200
    newcomer.hang_up()


class Slow:
    """A database that takes its time, or does not answer at all."""

    def __init__(self, storage: Storage) -> None:
        self.storage, self.pause, self.pause_of_reads = storage, 0.0, 0.0
        self.failure: Exception | None = None
        self.reads, self.reading, self.most_reading = 0, 0, 0

    async def write(self, tenant: str, work: Callable[[Any], Awaitable[_Result]]) -> _Result:
        await asyncio.sleep(self.pause)
        if self.failure:
            raise self.failure
        return await self.storage.write(tenant, work)

    async def read(self, tenant: str, work: Callable[[Any], Awaitable[_Result]]) -> _Result:
        self.reads, self.reading = self.reads + 1, self.reading + 1
        self.most_reading = max(self.most_reading, self.reading)
        try:
            await asyncio.sleep(self.pause_of_reads)
            return await self.storage.read(tenant, work)
        finally:
            self.reading -= 1

    async def close(self) -> None:
        await self.storage.close()


def slow_service(path: Path, limits: Limits) -> tuple[Served, Slow]:
    wrapped: list[Slow] = []

    def wrap(storage: Storage) -> Slow:
        wrapped.append(Slow(storage))
        return wrapped[0]

    return Served(path, limits, wrap), wrapped[0]


def test_under_more_than_it_can_do_the_service_sends_away_and_recovers(tmp_path: Path) -> None:
    served, database = slow_service(tmp_path / "slow.db", Limits(at_work=2, queued=4, queue_time=0.3))
    tenant = served.found()
    stations = [served.station(tenant) for _ in range(24)]
    replies: list[Reply] = []
    database.pause = 0.25
    threads = [
        threading.Thread(target=lambda one=one: replies.append(one.push(sales(one.device, 2)))) for one in stations
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    counts = Counter(reply.status for reply in replies)
    assert set(counts) == {200, 503}
    assert counts[503] > 10
    assert all(int(reply.fields["retry-after"]) >= 1 for reply in replies if reply.status == 503)
    database.pause = 0
    assert {one.push(sales(one.device, 2)).status for one in stations} == {200}
    served.stop()
    for one in stations:
        one.hang_up()


def at_once(*asks: Callable[[], Reply]) -> Counter[int]:
    """Ask all of these at the same time; gives how often each status came back."""
    replies: list[Reply] = []
    threads = [threading.Thread(target=lambda ask=ask: replies.append(ask())) for ask in asks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(reply.status for reply in replies)


def test_strangers_take_their_turn_at_the_database_like_everybody_else(tmp_path: Path) -> None:
    served, database = slow_service(tmp_path / "slow.db", Limits(at_work=2, queued=3, queue_time=20))
    strangers = [Station(served.port, new_name()) for _ in range(16)]
    database.pause_of_reads = 0.5
    told = at_once(*(lambda one=one: one.push(sales(one.device, 1)) for one in strangers))
    assert set(told) == {401, 503}
    assert told[503] >= 8, "more than may wait are sent away before anything is looked up for them"
    assert database.most_reading <= 2
    served.stop()
    for one in strangers:
        one.hang_up()


def test_a_name_that_nobody_knows_is_looked_up_once_in_a_while(tmp_path: Path) -> None:
    served, database = slow_service(tmp_path / "asked.db", Limits())
    stranger = Station(served.port, new_name())
    assert [stranger.push(sales(stranger.device, 1)).refusal for _ in range(3)] == [(401, "not_enrolled")] * 3
    assert database.reads <= 2
    served.stop()
    stranger.hang_up()


def test_whoever_asked_before_it_was_let_in_is_let_in_at_once(serve: Serve) -> None:
    served = serve(Limits())
    station = Station(served.port, new_name())
    for _ in range(3):
        assert station.push(sales(station.device, 1)).refusal == (401, "not_enrolled")
        wish = Enrolment(served.code(served.found()), station.device, station.public_key)
        assert station.ask("POST", "/v1/enrolments", wish).status == 200
        assert station.push(sales(station.device, 1)).status == 200
        station.hang_up()
        station = Station(served.port, new_name())
    station.hang_up()


def test_whether_it_is_ready_is_looked_up_once_for_all_who_ask(tmp_path: Path) -> None:
    served, database = slow_service(tmp_path / "ready.db", Limits())
    watchers = [Station(served.port, "nobody") for _ in range(12)]
    database.pause_of_reads, before = 0.3, database.reads
    assert at_once(*(lambda one=one: one.ask("GET", "/ready") for one in watchers)) == {200: 12}
    assert database.most_reading == 1
    assert database.reads - before <= 2
    served.stop()
    for one in watchers:
        one.hang_up()


def disk_full() -> StoreFailure:
    """What a database of a few pages says when it needs more."""
    tiny = sqlite3.connect(":memory:")
    try:
        with closing(tiny):
            tiny.executescript("PRAGMA max_page_count = 2; CREATE TABLE t (x); CREATE TABLE u (x)")
    except sqlite3.OperationalError as cause:
        failure = StoreFailure("The disk is full.")
        failure.__cause__ = cause
        return failure
    raise AssertionError("It fits.")


def test_what_the_database_cannot_do_is_said_and_works_again_later(tmp_path: Path) -> None:
    served, database = slow_service(tmp_path / "sick.db", Limits())
    station = served.station(served.found())
    run = sales(station.device, 2)
    told: list[tuple[int, str]] = []
    for failure in (Busy("no connection"), StoreFailure("locked"), disk_full(), ZeroDivisionError("secret")):
        database.failure = failure
        reply = station.push(run)
        told.append(reply.refusal)
        assert ("retry-after" in reply.fields) == (reply.status != 500)
        assert "secret" not in reply.failure.sentence
        assert reply.status != 500 or reply.fields["request-id"] in reply.failure.sentence
    assert told == [(503, "busy"), (503, "busy"), (507, "full"), (500, "broken")]
    database.failure = None
    assert station.push(run).status == 200
    assert station.ask("POST", "/v1/feeds", Wanted("s1", 0)).status == 200
    served.stop()
    station.hang_up()


def test_more_open_requests_than_may_be_are_sent_away(serve: Serve) -> None:
    served = serve(replace(Limits(), open_requests=0))
    station = Station(served.port, "nobody")
    refused = station.ask("GET", "/metrics")
    assert refused.refusal == (503, "busy")
    assert refused.fields["retry-after"] == "2"
    station.hang_up()


def test_a_run_can_go_on_where_a_refusal_broke_it_off(serve: Serve) -> None:
    served = serve(Limits(per_device=Rate(50, 2)))
    station = served.station(served.found())
    run, taken = sales(station.device, 30), 0
    while taken < 30:
        reply = station.push(replace(after(run, taken), entries=run.entries[taken : taken + 3]))
        taken += 3 if reply.status == 200 else 0
        time.sleep(0.02 if reply.status == 429 else 0)
    assert station.push(run).status in {200, 429}
    station.hang_up()
