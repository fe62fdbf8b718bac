"""The courier: it comes by itself, waits when it should, says how things stand, and stops when it is told to."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import FrozenInstanceError, replace
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import pytest

from omsdesk.domain.catalogue import ProductEdit, SaveProducts
from omsdesk.domain.people import SYSTEM
from omsdesk.store import exchange, journal
from omsdesk.store.engine import StoreFailure
from omsdesk.sync.courier import Courier, Times
from omsdesk.sync.failures import Busy, Refused
from omsdesk.sync.keys import KeyUnavailable
from omsdesk.sync.messages import (
    Answer,
    Complaint,
    Failure,
    Garbled,
    Places,
    Run,
)
from omsdesk.sync.pace import Pace
from omsdesk.sync.push import waiting
from omsdesk.sync.remote import Remote
from omsdesk.sync.state import Phase, SyncState
from omsdesk.sync.turn import Unreachable
from tests.domain.corner_shop import gbp
from tests.patience import eventually
from tests.sync.cloud_server import CloudServer, Reply, late, reset, says
from tests.sync.desk import SLOW, Desk, two_tills
from tests.sync.stations import STORE, Cloud, Member
from tests.sync.stations import Line as PlayedLine

_Answer = TypeVar("_Answer")


@pytest.fixture
def desks(tmp_path: Path, server: CloudServer) -> Iterator[list[Desk]]:
    with two_tills(tmp_path, server) as made:
        yield made


def test_what_one_till_sells_the_other_hears_within_a_moment(desks: list[Desk]) -> None:
    sale = desks[0].sell()
    assert eventually(lambda: sale in desks[1].sales()), "a hint brought it: the poll is ten minutes away"
    other = desks[1].sell()
    assert eventually(lambda: other in desks[0].sales())
    assert eventually(lambda: all(desk.is_synced() for desk in desks))


def test_a_service_that_is_down_holds_nobody_up_and_hears_everything_later(
    desks: list[Desk], server: CloudServer
) -> None:
    assert eventually(desks[0].is_synced)
    contact = desks[0].courier.state.last_contact_ms
    server.stop()
    sales = {desks[0].sell() for _ in range(3)}
    assert eventually(lambda: desks[0].courier.state.phase is Phase.OFFLINE)
    assert eventually(lambda: desks[0].courier.state.waiting >= 9), "it counts on, whether it can talk or not"
    state = desks[0].courier.state
    assert state.waiting_since_ms > 0
    assert state.last_contact_ms >= contact
    assert "does not answer" in state.sentence
    server.start()
    desks[0].courier.sync_now()
    assert eventually(desks[0].is_synced)
    assert desks[0].courier.state.waiting_since_ms == 0
    desks[1].courier.sync_now()
    assert eventually(lambda: desks[1].sales() == sales)


def test_a_line_that_breaks_now_and_then_loses_nothing(desks: list[Desk], server: CloudServer) -> None:
    sales = set()
    for number in range(20):
        server.service.faults.extend([reset, reset] if number % 3 else [])
        sales.add(desks[number % 2].sell())
    server.service.faults.clear()
    assert eventually(lambda: desks[0].sales() == desks[1].sales() == sales)
    for desk in desks:
        assert desk.do(lambda desk=desk: list(journal.broken_links(desk.member.database.writer))) == []  # type: ignore[misc]
        assert desk.courier.state.set_aside == desk.courier.state.forks == 0


def test_a_revoked_station_says_so_and_goes_on_selling(desks: list[Desk], server: CloudServer, cloud: Cloud) -> None:
    line = desks[0].connect()
    assert isinstance(line, Remote)
    line.retire(desks[1].member.database.station.device)
    line.close()
    sale = desks[1].sell()
    assert eventually(lambda: desks[1].courier.state.phase is Phase.REFUSED)
    assert "enrol it" in desks[1].courier.state.sentence
    assert sale in desks[1].sales()
    assert desks[1].courier.state.waiting > 0


def test_a_busy_service_is_left_alone(desks: list[Desk], server: CloudServer) -> None:
    assert eventually(lambda: desks[0].is_synced() and desks[1].is_synced())
    desks[1].courier.stop()
    before = len(server.service.seen)
    busy = says(Reply(Failure(Complaint.BUSY, "Wait a little."), 503, {"retry-after": "3"}))
    server.service.faults_at["/v1/runs"] = busy
    desks[0].sell()
    assert eventually(lambda: desks[0].courier.state.phase is Phase.WAITING)
    assert desks[0].courier.state.sentence == "Wait a little."
    time.sleep(0.7)
    runs = [request for request in server.service.seen[before:] if request.target == "/v1/runs"]
    assert len(runs) <= 1, "three seconds have not passed"
    assert eventually(desks[0].is_synced)


def test_a_state_is_told_when_it_changes_and_never_changes_itself(desks: list[Desk]) -> None:
    states = desks[0].states
    desks[0].sell()
    assert eventually(lambda: states[-1].phase is Phase.IDLE and states[-1].waiting == 0)
    assert all(before != after for before, after in pairwise(states))
    assert states[0].phase is Phase.WAITING
    assert {state.phase for state in states} == {Phase.WAITING, Phase.TALKING, Phase.IDLE}
    assert all(state.is_enrolled and state.sentence for state in states)
    with pytest.raises(FrozenInstanceError):
        states[0].waiting = 1  # type: ignore[misc]
    assert SyncState().phase is Phase.OFF


def test_what_a_person_has_to_settle_is_counted_at_both_stations(desks: list[Desk], server: CloudServer) -> None:
    assert eventually(lambda: all(desk.is_synced() for desk in desks))
    server.stop()
    for desk, price in zip(desks, ("3.40", "3.60"), strict=True):
        dearer = SaveProducts(f"dearer-{price}", (ProductEdit("coffee", price=gbp(price), base=1),))
        desk.do(lambda desk=desk, dearer=dearer: desk.member.do(dearer))  # type: ignore[misc]
    server.start()
    for desk in desks * 2:
        desk.courier.sync_now()
    assert eventually(lambda: all(desk.courier.state.conflicts == 1 for desk in desks))


# ---- stopping


def test_it_stops_at_once_while_it_listens_for_news(desks: list[Desk], server: CloudServer) -> None:
    hints = lambda: [request for request in server.service.seen if request.target == "/v1/hints"]  # noqa: E731
    assert eventually(hints)
    assert eventually(desks[0].is_synced)
    start = time.monotonic()
    desks[0].courier.stop()
    assert time.monotonic() - start < 10
    assert not [thread for thread in desks[0].courier._threads if thread.is_alive()]


def test_it_stops_at_once_while_the_service_is_slow(desks: list[Desk], server: CloudServer) -> None:
    desks[1].courier.stop()
    assert eventually(desks[0].is_synced)
    seen = len(server.service.seen)
    server.service.faults.extend([late(20.0)] * 3)
    desks[0].courier.sync_now()
    assert eventually(lambda: len(server.service.seen) > seen)
    start = time.monotonic()
    desks[0].courier.stop()
    assert time.monotonic() - start < 10
    assert not [thread for thread in desks[0].courier._threads if thread.is_alive()]


def test_it_stops_while_the_writing_thread_is_busy_with_something_long(desks: list[Desk]) -> None:
    desks[1].sell()
    done = threading.Event()
    desks[0].writer.run(lambda: done.wait(20))
    desks[0].courier.sync_now()
    time.sleep(0.2)
    start = time.monotonic()
    desks[0].courier.stop()
    assert time.monotonic() - start < 10
    assert not [thread for thread in desks[0].courier._threads if thread.is_alive()]
    done.set()


def test_a_courier_that_never_began_can_be_stopped(tmp_path: Path, server: CloudServer) -> None:
    desk = Desk(tmp_path / "till.db", 1, server)
    desk.close()


# ---- what one thread may ask of another


def test_a_sale_is_not_held_up_by_what_is_heard(desks: list[Desk], tmp_path: Path) -> None:
    desks[1].courier.stop()
    desks[1].courier = desks[1].make_courier()
    many = tuple(ProductEdit(f"p-{number}", name=f"Product {number}", price=gbp("1.00")) for number in range(20))
    for number in range(60):
        desks[0].do(desks[0].member.sell_one)
        desks[0].do(lambda number=number: desks[0].member.do(SaveProducts(f"batch-{number}", many)))  # type: ignore[misc]
    assert eventually(desks[0].is_synced)
    tasks: list[float] = []

    def watched(task: Callable[[], _Answer]) -> Future[_Answer]:
        def measured() -> _Answer:
            start = time.thread_time()
            try:
                return task()
            finally:
                tasks.append(time.thread_time() - start)

        return desks[1].writer.run(measured)

    desks[1].courier = Courier(
        desks[1].member.database, STORE, desks[1].connect, watched, desks[1].states.append, pace=SLOW
    )
    desks[1].courier.start()
    assert eventually(lambda: desks[1].sales() == desks[0].sales())
    assert eventually(desks[1].is_synced)
    assert len(tasks) >= 5, "page by page"
    assert max(tasks) < 2.0


def test_two_programs_of_one_station_may_both_run_one(tmp_path: Path, server: CloudServer, cloud: Cloud) -> None:
    first = Desk(tmp_path / "till.db", 1, server)
    first.let_in()
    first.do(first.member.set_up)
    first.do(first.member.open_shift)
    other = Desk(tmp_path / "till-2.db", 3, server)
    other.let_in()
    second = Desk(tmp_path / "till.db", 2, server)
    second.key = first.key
    for desk in (first, second, other):
        desk.courier.start()
    sales = {desk.sell() for desk in [first, second] * 5}
    for desk in (first, second, other):
        desk.courier.sync_now()
    assert eventually(lambda: other.sales() == sales)
    assert eventually(lambda: first.is_synced() and second.is_synced())
    assert first.courier.state.forks == second.courier.state.forks == 0
    for desk in (first, second, other):
        desk.close()


# ---- time played, so that every pause is exact


class Play(PlayedLine):
    """A line that fails as a story says, and a clock that goes on while the courier waits."""

    def __init__(self, member: Member, cloud: Cloud, *failures: Exception | None) -> None:
        super().__init__(cloud, member.database.station.device)
        self.failures = list(failures)
        self.now, self.waits = 100.0, list[float]()
        self.member, self.closed = member, 0
        self.states: list[SyncState] = []
        self.courier = Courier(
            member.database, STORE, lambda: self, self.do, self.states.append,
            pace=Pace(poll=60, gather=1, first=1, silence=8, most=300, eager=3, refused=900),
            times=Times(self.clock, self.ms, self.one, self.wait),
        )  # fmt: skip

    def clock(self) -> float:
        return self.now

    def ms(self) -> int:
        return round(self.now * 1000)

    def one(self) -> float:
        return 1.0

    def wait(self, bell: threading.Condition, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds
        if not self.failures:
            self.courier._is_stopping = True

    def do(self, task: Callable[[], _Answer]) -> Future[_Answer]:
        promise: Future[_Answer] = Future()
        try:
            promise.set_result(task())
        except StoreFailure as failure:
            promise.set_exception(failure)
        return promise

    def push(self, run: Run) -> Answer:
        failure = self.failures.pop(0) if self.failures else None
        if failure is not None:
            raise failure
        return super().push(run)

    def hints(self, places: Places) -> Places:
        return Places({})

    def close(self) -> None:
        self.closed += 1

    def go(self) -> list[float]:
        """Let the courier run on this thread until there is nothing left to fail."""
        self.courier._go()
        return self.waits


@pytest.fixture
def member(tmp_path: Path, cloud: Cloud) -> Iterator[Member]:
    made = Member(tmp_path / "till.db", 1)
    cloud.let_in(made)
    made.set_up()
    yield made
    made.close()


def test_pauses_grow_to_the_second_and_end_with_the_first_answer(member: Member, cloud: Cloud) -> None:
    play = Play(member, cloud, *[Unreachable("No way there.")] * 5, None)
    assert play.go() == [1, 1, 2, 4, 8, 8, 60]
    assert [state.phase for state in play.states if state.phase is not Phase.TALKING][-1] is Phase.IDLE
    assert play.courier.state.last_contact_ms == ((100 + 24) * 1000)
    assert waiting(member.database.writer).entries == 0
    assert play.closed == 1


def test_a_person_is_told_to_the_second_when_it_is_tried_again(member: Member, cloud: Cloud) -> None:
    play = Play(member, cloud, *[Unreachable("No way there.")] * 3, None)
    play.go()
    offline = [state for state in play.states if state.phase is Phase.OFFLINE]
    tries = [state.next_try_ms for state in offline if state.next_try_ms]
    assert tries == [102_000, 104_000, 108_000], "the first was after a second"
    assert play.states[0].next_try_ms == 101_000
    told, under_way = offline[::2], offline[1::2]
    assert under_way == [replace(state, next_try_ms=0) for state in told], "while it is tried, nothing else flickers"
    assert play.states[-1].next_try_ms == 0


def test_what_is_sold_on_a_bad_line_is_tried_for_at_once_and_shows_when(member: Member, cloud: Cloud) -> None:
    member.open_shift()
    play = Play(member, cloud, *[Unreachable("No way there.")] * 5, None)
    calm, sold = play.wait, list[str]()

    def sell_after_a_second(bell: threading.Condition, seconds: float) -> None:
        if seconds < 8 or sold:
            calm(bell, seconds)
            return
        calm(bell, 1)
        sold.append(member.sell_one())
        play.courier.wake()

    play.courier._times = replace(play.courier._times, wait=sell_after_a_second)
    assert play.go() == [1, 1, 2, 4, 1, 2, 8, 60], "not before three seconds after the last try"
    offline = [state for state in play.states if state.next_try_ms]
    ((before, after),) = ((before, after) for before, after in pairwise(offline) if after.waiting > before.waiting > 0)
    assert after.next_try_ms - before.next_try_ms == -5_000
    assert (before.phase, before.sentence) == (after.phase, after.sentence)


def test_a_file_that_cannot_be_opened_is_said_and_tried_again(
    member: Member, cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    play = Play(member, cloud, None)
    faults: list[Exception | None] = [StoreFailure("Another program is busy."), MemoryError(), None]
    opened = member.database.reader

    def locked() -> object:
        fault = faults.pop(0)
        if fault is not None:
            raise fault
        return opened()

    monkeypatch.setattr(member.database, "reader", locked)
    play.go()
    said = [(state.phase, state.sentence, state.next_try_ms) for state in play.states]
    assert said[0] == (Phase.WAITING, "Another program is busy.", 101_000)
    assert said[1] == (Phase.WAITING, "Syncing failed here, and is tried again. The log says more.", 103_000)
    assert play.courier.state.phase is Phase.IDLE
    assert play.closed == 1


def test_a_key_that_is_not_there_is_said_and_tried_again(
    member: Member, cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    play, seen = Play(member, cloud, None), list[int]()

    def gone() -> object:
        seen.append(1)
        if len(seen) == 1:
            raise KeyUnavailable("Unlock the key store.")
        return play

    monkeypatch.setattr(play.courier, "_connect", gone)
    assert play.go() == [1, 900, 60]
    assert (Phase.REFUSED, "Unlock the key store.") in [(state.phase, state.sentence) for state in play.states]


def test_a_wish_of_the_service_is_kept_to_the_second(member: Member, cloud: Cloud) -> None:
    assert Play(member, cloud, Busy("Later.", 45), None).go() == [1, 46, 60]


@pytest.mark.parametrize(
    ("failure", "phase", "sentence"),
    [
        (Refused(Complaint.REVOKED), Phase.REFUSED, "Selling goes on"),
        (Refused(Complaint.TOO_OLD), Phase.REFUSED, "newer version"),
        (KeyUnavailable("Unlock the key store."), Phase.REFUSED, "Unlock the key store."),
        (Garbled("nonsense"), Phase.REFUSED, "Update the older one"),
        (Busy("Later.", 5), Phase.WAITING, "Later."),
        (StoreFailure("The disk is full."), Phase.WAITING, "The disk is full."),
        (Unreachable("No way there."), Phase.OFFLINE, "No way there."),
        (ZeroDivisionError("a fault of the program"), Phase.WAITING, "The log says more"),
    ],
)
def test_whatever_goes_wrong_is_a_sentence_and_not_the_end(
    member: Member, cloud: Cloud, failure: Exception, phase: Phase, sentence: str
) -> None:
    play = Play(member, cloud, failure, None)
    play.go()
    said = [state for state in play.states if state.phase is phase and sentence in state.sentence]
    assert said
    assert said[0].waiting > 0
    assert play.states[-1].phase is Phase.IDLE


def test_a_screen_that_fails_on_a_state_does_not_end_the_exchange(member: Member, cloud: Cloud) -> None:
    play = Play(member, cloud, Unreachable("No way there."), None)
    play.courier._on_change = lambda _: 1 / 0  # type: ignore[assignment]
    play.go()
    assert play.courier.state.phase is Phase.IDLE


def test_a_task_that_fails_on_the_writing_thread_is_told_as_what_it_is(
    member: Member, cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreFailure("The disk is full.")

    play = Play(member, cloud, None, None)
    monkeypatch.setattr(exchange, "acknowledge", full)
    play.go()
    assert {state.sentence for state in play.states if state.phase is Phase.WAITING} >= {"The disk is full."}


def test_what_is_still_to_be_heard_is_counted(member: Member, cloud: Cloud, tmp_path: Path) -> None:
    play = Play(member, cloud, None)
    play.go()
    listener = Member(tmp_path / "other.db", 2)
    cloud.let_in(listener)
    heard = Play(listener, cloud, None)
    heard.go()
    assert max(state.lag for state in heard.states) == exchange.heard(listener.database.writer, "").number > 0
    assert heard.courier.state.lag == 0
    listener.close()


def test_a_fork_and_what_was_set_aside_are_seen(member: Member, cloud: Cloud) -> None:
    Play(member, cloud, None).go()
    member.database.raise_epoch()
    play = Play(member, cloud, None)
    play.go()
    assert play.courier.state == replace(play.courier.state, forks=1, set_aside=0)


def test_an_action_that_is_refused_wakes_nobody(member: Member, cloud: Cloud) -> None:
    play = Play(member, cloud, None)
    play.go()
    member.executor.listeners.append(lambda _: play.courier.wake())
    play.now, due = 120.0, play.courier._schedule.due
    member.executor.execute(SYSTEM)
    assert play.courier._schedule.due == due
    member.open_shift()
    assert play.courier._schedule.due == 120.0 < due
