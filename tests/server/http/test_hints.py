"""A station that waits hears at once that there is news, and nothing is lost where it does not."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Awaitable, Callable, Iterator

import pytest

from omsdesk.server.http.errors import Refused
from omsdesk.server.http.hints import Ends, Hints
from omsdesk.server.http.limits import Limits
from omsdesk.server.ledger import Caller
from omsdesk.sync.messages import Heard, PartWish, Places, Wanted
from omsdesk.sync.scopes import HEAD_OFFICE
from omsdesk.sync.wire import JSON, encode
from tests.patience import until
from tests.server.http.conftest import Serve
from tests.server.http.served import HOST, Reply, Served, Station, after, chain, sales


class Waiting:
    """A question for news that is under way, in a thread of its own."""

    def __init__(self, station: Station, feeds: dict[str, int]) -> None:
        self.reply: Reply | None = None
        self.answered_at = 0.0
        self._thread = threading.Thread(target=self._ask, args=(station, feeds))
        self._thread.start()

    def _ask(self, station: Station, feeds: dict[str, int]) -> None:
        self.reply = station.ask("POST", "/v1/hints", Places(feeds))
        self.answered_at = time.monotonic()

    def answer(self) -> Reply:
        self._thread.join(20)
        assert self.reply is not None
        return self.reply

    def news(self) -> dict[str, int]:
        return self.answer().read(Places).feeds


def settle(served: Served, waiting: int) -> None:
    """Wait until so many wait."""
    until(lambda: served.service.hints.waiting == waiting)


@pytest.fixture
def other(served: Served, tenant: str) -> Iterator[Station]:
    """Another station of the same store."""
    made = served.station(tenant)
    yield made
    made.hang_up()


@pytest.mark.alone
def test_a_sale_at_one_till_wakes_the_other_within_a_tenth_of_a_second(
    served: Served, station: Station, other: Station
) -> None:
    times = []
    run = sales(station.device, 12)
    for count in range(1, 12):
        waiting = Waiting(other, {"": 0, "s1": count - 1})
        settle(served, 1)
        assert station.push(after(type(run)(1, 0, run.previous, run.entries[:count]), count - 1)).status == 200
        pushed_at = time.monotonic()
        assert waiting.news() == {"s1": count}
        times.append(waiting.answered_at - pushed_at)
    # On a busy machine some take longer; by asking again every second, hardly three would be so soon.
    assert sorted(times)[3] < 0.1
    assert other.ask("POST", "/v1/feeds", Wanted("s1", 0)).read(Heard).high == 11


def test_who_asks_after_the_news_came_is_answered_at_once(station: Station, other: Station) -> None:
    station.push(chain(station.device, "catalogue.products_saved", "sale.started"))
    begun = time.monotonic()
    assert other.ask("POST", "/v1/hints", Places({"": 0, "s1": 0}), JSON).read(Places).feeds == {"": 1, "s1": 1}
    assert time.monotonic() - begun < Limits().hint_time / 2


def test_a_head_office_waits_for_all_stores_and_a_store_for_itself(
    served: Served, tenant: str, station: Station, other: Station
) -> None:
    office = served.station(tenant, store=HEAD_OFFICE)
    stores = {f"s{number}": 0 for number in range(1, 300)}
    station.push(chain(station.device, "catalogue.products_saved", "sale.started"))
    assert office.ask("POST", "/v1/hints", Places({"": 0, **stores})).read(Places).feeds == {"": 1, "s1": 1}
    assert other.ask("POST", "/v1/hints", Places({"": 0, **stores})).refusal == (403, "not_allowed")
    office.hang_up()


def test_a_head_office_that_much_was_told_starts_with_a_copy(
    served: Served, tenant: str, station: Station, other: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("omsdesk.server.http.operations.WORTH_A_COPY", 3)
    office, far = served.station(tenant, store=HEAD_OFFICE), served.station(tenant, store="s2")
    for one in (station, far):
        one.push(chain(one.device, "sale.started", "sale.completed"))
    said = [one.ask("POST", "/v1/snapshots", PartWish()).failure.sentence for one in (office, far)]
    assert said[0].startswith("This service makes no copies."), "it would be worth one"
    assert said[1].startswith("There is little to hear")
    for one in (office, far):
        one.hang_up()


def test_news_of_one_business_wakes_no_other(served: Served, station: Station) -> None:
    stranger = served.station(served.found())
    waiting = Waiting(stranger, {"": 0, "s1": 0})
    settle(served, 1)
    station.push(sales(station.device, 1))
    time.sleep(0.2)
    assert waiting.reply is None
    stranger.push(sales(stranger.device, 1))
    assert waiting.news() == {"s1": 1}
    stranger.hang_up()


def test_what_another_process_wrote_is_seen_within_a_second_or_so(
    served: Served, tenant: str, station: Station, other: Station
) -> None:
    waiting = Waiting(other, {"s1": 0})
    settle(served, 1)
    run = sales(station.device, 1)
    served.do(lambda service: service.ledger.receive(Caller(tenant, station.device), run))
    begun = time.monotonic()
    assert waiting.news() == {"s1": 1}
    assert waiting.answered_at - begun < Limits().hint_time / 2


def test_where_nothing_happens_the_answer_is_empty_after_a_while(serve: Serve) -> None:
    served = serve(Limits(hint_time=0.3))
    station = served.station(served.found())
    begun = time.monotonic()
    assert station.ask("POST", "/v1/hints", Places({"": 0})).read(Places).feeds == {}
    assert time.monotonic() - begun > 0.25
    station.hang_up()


def test_a_station_waits_once_and_the_later_question_counts(served: Served, station: Station, other: Station) -> None:
    first = Waiting(other, {"s1": 0})
    settle(served, 1)
    second = Waiting(other, {"s1": 0})
    assert first.news() == {}
    settle(served, 1)
    station.push(sales(station.device, 1))
    assert second.news() == {"s1": 1}


def test_who_is_retired_waits_no_longer(served: Served, station: Station, other: Station) -> None:
    waiting = Waiting(other, {"s1": 0})
    settle(served, 1)
    station.ask("DELETE", f"/v1/devices/{other.device}")
    assert waiting.answer().refusal == (403, "revoked")


def test_who_hangs_up_does_not_wait_any_more(served: Served, station: Station) -> None:
    body = encode(Places({"": 0}), JSON)
    head = station.fields("POST", "/v1/hints", body, {"content_type": JSON})
    head |= {"host": HOST, "content-length": str(len(body))}
    lines = ["POST /v1/hints HTTP/1.1", *(f"{name}: {value}" for name, value in head.items()), "", ""]
    with socket.create_connection((HOST, served.port), timeout=20) as line:
        line.sendall("\r\n".join(lines).encode() + body)
        settle(served, 1)
    settle(served, 0)


def test_more_than_may_wait_are_asked_to_come_back(serve: Serve) -> None:
    served = serve(Limits(waiting=1))
    tenant = served.found()
    first, second = served.station(tenant), served.station(tenant)
    waiting = Waiting(first, {"s1": 0})
    settle(served, 1)
    refused = second.ask("POST", "/v1/hints", Places({"s1": 0}))
    assert refused.refusal == (503, "busy")
    assert refused.fields["retry-after"]
    assert second.push(sales(second.device, 1)).status == 200
    assert waiting.news() == {"s1": 1}
    for station in (first, second):
        station.hang_up()


# ---- without a network


async def never() -> None:
    await asyncio.Event().wait()


def run_with(ends: Callable[[str], Awaitable[Ends]], story: Callable[[Hints], Awaitable[None]], most: int = 9) -> None:
    async def running() -> None:
        await story(Hints(ends, most, seconds=5))

    asyncio.run(running())


def test_a_hundred_who_wait_ask_the_database_as_often_as_one() -> None:
    asked, high = [0], [0]

    async def ends(tenant: str) -> Ends:
        asked[0] += 1
        return {"": high[0]}

    async def story(hints: Hints) -> None:
        all_of_them = [asyncio.create_task(hints.wait(Caller("t", str(n)), {"": 0}, never)) for n in range(100)]
        await asyncio.sleep(0.05)
        assert hints.waiting == 100
        before = asked[0]
        high[0] = 7
        hints.poke("t")
        hints.poke("somebody else")
        assert await asyncio.gather(*all_of_them) == [{"": 7}] * 100
        assert asked[0] - before == 1
        assert before <= 3

    run_with(ends, story, most=100)


def test_a_database_that_fails_for_a_moment_costs_a_moment() -> None:
    asked = [0]

    async def ends(tenant: str) -> Ends:
        asked[0] += 1
        if asked[0] < 3:
            raise OSError("the network is down")
        return {"": 1}

    async def story(hints: Hints) -> None:
        waiting = asyncio.create_task(hints.wait(Caller("t", "a"), {"": 0}, never))
        for _ in range(3):
            await asyncio.sleep(0.01)
            hints.poke("t")
        assert await waiting == {"": 1}

    run_with(ends, story)


def test_at_the_end_everybody_is_answered_and_nobody_waits_any_more() -> None:
    async def ends(tenant: str) -> Ends:
        return {}

    async def story(hints: Hints) -> None:
        waiting = [asyncio.create_task(hints.wait(Caller("t", str(n)), {"": 0}, never)) for n in range(5)]
        await asyncio.sleep(0.01)
        hints.stop()
        assert await asyncio.gather(*waiting) == [{}] * 5
        assert await hints.wait(Caller("t", "late"), {"": 0}, never) == {}
        assert hints.waiting == 0

    run_with(ends, story)


def test_one_too_many_is_refused() -> None:
    async def ends(tenant: str) -> Ends:
        return {}

    async def story(hints: Hints) -> None:
        waiting = asyncio.create_task(hints.wait(Caller("t", "a"), {"": 0}, never))
        await asyncio.sleep(0.01)
        with pytest.raises(Refused):
            await hints.wait(Caller("t", "b"), {"": 0}, never)
        hints.stop()
        await waiting

    run_with(ends, story, most=1)
