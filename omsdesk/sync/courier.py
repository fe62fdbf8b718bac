"""The thread that goes between this station and the service, and the one that listens for news meanwhile."""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol, TypeVar

from omsdesk.store import exchange
from omsdesk.store.database import Database
from omsdesk.store.engine import Connection, StoreFailure, plainly
from omsdesk.store.queries.conflicts import conflict_count
from omsdesk.sync.failures import Busy, Refused
from omsdesk.sync.keys import KeyUnavailable
from omsdesk.sync.messages import Answer, Complaint, Garbled, Heard, Part, PartWish, Places, Run, Stray, Wanted
from omsdesk.sync.pace import Pace, Schedule
from omsdesk.sync.push import waiting
from omsdesk.sync.snapshot import start_with_copy
from omsdesk.sync.state import Phase, SyncState
from omsdesk.sync.till_claims import Claiming, Claims
from omsdesk.sync.turn import Service, Unreachable, Write, scopes_heard, take_turn

_log = logging.getLogger(__name__)
_Answer = TypeVar("_Answer")
_LOOK_SECONDS = 0.1
_STOP_SECONDS = 1.0
_HASTY_SECONDS = 1.0
_STEADY_MS = 500
"""A moment that is computed anew and differs by less is the same one."""


class Line(Service, Claims, Protocol):
    """A line to the service, such as ``Remote``."""

    def hints(self, places: Places) -> Places:
        """Wait until a feed goes further."""

    def part(self, wish: PartWish) -> Part:
        """Give a piece of a copy of the store's tables."""

    def close(self) -> None:
        """Hang up, whoever is listening."""


class HandIn(Protocol):
    """Hands a task to the thread that writes, such as ``Writer.run``."""

    def __call__(self, task: Callable[[], _Answer]) -> Future[_Answer]:
        """Have a task done."""


def _wait(bell: threading.Condition, seconds: float) -> None:
    bell.wait(seconds)


@dataclass(frozen=True, slots=True)
class Times:
    """Time and chance; a test brings its own."""

    monotonic: Callable[[], float] = time.monotonic
    now_ms: Callable[[], int] = lambda: time.time_ns() // 1_000_000
    chance: Callable[[], float] = random.random
    wait: Callable[[threading.Condition, float], None] = _wait


_TIMES, _PACE = Times(), Pace()


class _Stopped(Exception):
    """The program ends: what is not done is done next time."""


class Courier:
    """Tells the service what happens here and hears what others do, in the background, for as long as it runs."""

    def __init__(
        self,
        database: Database,
        store: str,
        connect: Callable[[], Line],
        hand_in: HandIn,
        on_change: Callable[[SyncState], None],
        *,
        pace: Pace = _PACE,
        times: Times = _TIMES,
    ) -> None:
        """Take what is needed; ``start`` begins.

        ``connect`` makes the line, on the courier's thread; ``on_change`` hears of every new state, there too.
        """
        self._database, self._store, self._connect, self._hand_in = database, store, connect, hand_in
        self._on_change, self._times = on_change, times
        self._schedule = Schedule(pace, times.chance, times.monotonic())
        self._claiming = Claiming(database, times.monotonic)
        self._bell = threading.Condition()
        self._is_stopping = False
        self._line: Line | None = None
        self._places = Places({})
        self._turns = 0
        self._ahead: dict[str, int] = {}
        self._contact_ms = 0
        self._got_somewhere = self._is_out = False
        self._threads = [
            threading.Thread(target=target, name=name, daemon=True)
            for target, name in ((self._go, "courier"), (self._listen, "courier-listens"))
        ]
        self.state = SyncState()

    # ------------------------------------------------------------------------------ what others call

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End within a second; whatever is under way is broken off, and done next time."""
        with self._bell:
            self._is_stopping = True
            self._bell.notify_all()
        if self._line is not None:
            self._line.close()
        end = time.monotonic() + _STOP_SECONDS
        for thread in self._threads:
            if thread.is_alive():
                thread.join(max(0.0, end - time.monotonic()))

    def wake(self) -> None:
        """Say that something was written here. Costs nothing: a till calls it after each action."""
        with self._bell:
            self._schedule.wake(self._times.monotonic())
            self._bell.notify_all()

    def sync_now(self) -> None:
        """Do it now: somebody asks for it."""
        with self._bell:
            self._schedule.ask(self._times.monotonic())
            self._bell.notify_all()

    # ------------------------------------------------------------------------------ the thread that goes

    def _go(self) -> None:
        with suppress(_Stopped):
            while True:
                try:
                    with closing(self._database.reader()) as reader:
                        self._go_on(reader)
                except _Stopped:
                    raise
                except Exception as error:  # noqa: BLE001 - a disk may be well again later
                    self.check()
                    self._note_failure(None, error)
                while not self._is_due():
                    self._publish(None)
        line = self._line
        if line is not None:
            line.close()

    def _go_on(self, reader: Connection) -> None:
        """Take turns, each when it is due.

        Raises:
            _Stopped: the program ends.

        """
        self._publish(reader, Phase.WAITING, "The first exchange is about to begin.")
        self._try_again()
        while True:
            if self._is_due():
                self._take_turn(reader)
            elif not self._schedule.is_line_good:
                # What is written meanwhile waits, and whoever looks shall see how much it is.
                self._publish(reader)

    def _try_again(self) -> None:
        """Look once more at what an older version of this program could not put into the tables."""
        try:
            self._write(partial(exchange.try_again, self._database.writer))
        except StoreFailure as error:
            _log.warning("What was set aside stays there for now: %s", error)

    def _is_due(self) -> bool:
        """Wait for the next turn, or until something happened; tells whether the turn is due.

        Raises:
            _Stopped: the program ends.

        """
        with self._bell:
            self.check()
            left = self._schedule.due - self._times.monotonic()
            if left <= 0:
                self._schedule.set_out()
            else:
                self._times.wait(self._bell, left)
            return left <= 0

    def _take_turn(self, reader: Connection) -> None:
        self._got_somewhere, self._is_out = False, True
        try:
            line = self._connected()
            self._publish(reader)
            if not self._turns:
                self._begin(line, reader)
            self._claiming.tell(line, reader, self._write)
            watched = _Watched(self, line)
            take_turn(self._database, watched, self._store, self._showing(reader), reader, _asked_ahead)
            # A fork, or what was heard of others at this till, may have begun an epoch.
            self._claiming.tell(line, reader, self._write)
            heard = {scope: exchange.heard(reader, scope).number for scope in scopes_heard(reader, self._store)}
        except _Stopped:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, the next turn may do better
            self.check()
            self._note_failure(reader, error)
            return
        self._ahead.clear()
        with self._bell:
            self._schedule.done(self._times.monotonic())
            self._places, self._turns, self._is_out = Places(heard), self._turns + 1, False
            self._bell.notify_all()
        self._publish(reader, Phase.IDLE, "Everything is synced.")

    def _begin(self, line: Line, reader: Connection) -> None:
        """Start with a copy of the store's tables, if the service makes one and nothing was done here yet."""

        def show(done: int, size: int) -> None:
            self.check()
            self._publish(reader, Phase.TALKING, f"Fetching what the other stations know: {100 * done // size} %.")

        try:
            start_with_copy(self._database, line, self._write, show)
        except Refused as refused:
            if refused.error != Complaint.NO_COPY:
                raise
        except (Garbled, StoreFailure) as error:
            # Without a copy it takes longer: everything is heard from the beginning.
            _log.warning("There is no starting with a copy: %s", error)

    def _connected(self) -> Line:
        if self._line is None:
            self._line = self._connect()
            if self._is_stopping:
                self._line.close()
        return self._line

    def _note_failure(self, reader: Connection | None, error: Exception) -> None:
        phase, sentence = _said_of(error)
        now = self._times.monotonic()
        with self._bell:
            self._is_out = False
            match error:
                case Refused() | Garbled() | KeyUnavailable():
                    self._schedule.refused(now)
                case Busy(retry_after=seconds):
                    self._schedule.put_off(now, seconds, got_somewhere=self._got_somewhere)
                case Unreachable() | StoreFailure():
                    self._schedule.failed(now, got_somewhere=self._got_somewhere)
                case _:
                    self._schedule.put_off(now, got_somewhere=self._got_somewhere)
        self._publish(reader, phase, sentence)

    def _showing(self, reader: Connection) -> Write:
        """Write as ``_write`` does: whatever is written in a turn, the service said."""

        def write(task: Callable[[], _Answer]) -> _Answer:
            answer = self._write(task)
            self._publish(reader, Phase.TALKING, "Talking to the service.")
            return answer

        return write

    def _write(self, task: Callable[[], _Answer]) -> _Answer:
        """Have a task done by the thread that writes, unless the program ends before its turn comes."""
        promise = self._hand_in(task)
        while wait([promise], _LOOK_SECONDS).not_done:
            if self._is_stopping:
                promise.cancel()
            self.check()
        return promise.result()

    # ------------------------------------------------------------------------------ the thread that listens

    def _listen(self) -> None:
        seen, hasty_at, broken = 0, 0, 0
        while (line := self._line_after(seen)) is not None:
            seen, begun = self._turns, self._times.monotonic()
            try:
                news = line.hints(self._places)
            except Refused as refused:
                if refused.error in {Complaint.REVOKED, Complaint.NOT_ENROLLED}:
                    # The next turn is refused, too, and says so to the people here.
                    self.sync_now()
                continue
            except Exception as error:  # noqa: BLE001 - hints are a courtesy: without them the poll finds everything
                _log.debug("No news: %s", error)
                broken = 1 if self._times.monotonic() - begun >= _HASTY_SECONDS else broken + 1
                self._doubt(broken)
                continue
            broken, is_hasty = 0, self._times.monotonic() - begun < _HASTY_SECONDS
            if any(high > self._places.feeds.get(scope, high) for scope, high in news.feeds.items()):
                self.wake()
            elif not is_hasty or hasty_at != seen:
                # Nothing new in all that time: listen again at once. A service that does not wait is asked seldom; one
                # that ends does not wait either, once, and is not there for the next question.
                hasty_at, seen = (seen if is_hasty else 0), 0

    def _doubt(self, times: int) -> None:
        with self._bell:
            self._schedule.doubt(self._times.monotonic(), times)
            self._bell.notify_all()

    def _line_after(self, turns: int) -> Line | None:
        """Wait until a turn went through after so many; None where the program ends."""
        with self._bell:
            while not self._is_stopping and (self._turns <= turns or not self._schedule.is_line_good):
                self._bell.wait()
            return None if self._is_stopping else self._line

    # ------------------------------------------------------------------------------ what is seen from outside

    def check(self) -> None:
        """Go on only while the program does.

        Raises:
            _Stopped: it ends.

        """
        if self._is_stopping:
            raise _Stopped

    def note_contact(self, scope: str = "", lag: int = 0) -> None:
        """Note that the service answered, and how much of a feed is still to be heard."""
        self._ahead[scope] = lag
        self._contact_ms, self._got_somewhere = self._times.now_ms(), True

    def _publish(self, reader: Connection | None, phase: Phase | None = None, sentence: str = "") -> None:
        before = self.state
        fresh = replace(
            before,
            is_enrolled=True,
            phase=phase or before.phase,
            sentence=sentence or before.sentence,
            last_contact_ms=self._contact_ms,
            next_try_ms=self._next_try_ms(),
            neighbours=self._claiming.others,
            lag=sum(self._ahead.values()),
        )
        self.state = _counted(fresh, reader) if reader else fresh
        if self.state != before and not self._is_stopping:
            try:
                self._on_change(self.state)
            except Exception:  # noqa: BLE001 - whatever it is
                # Whatever a screen makes of it, the exchange goes on.
                _log.exception("A listener failed on %s", self.state)

    def _next_try_ms(self) -> int:
        if self._is_out or self._schedule.is_line_good:
            return 0
        moment = self._times.now_ms() + round(1000 * (self._schedule.due - self._times.monotonic()))
        before = self.state.next_try_ms
        return before if abs(moment - before) < _STEADY_MS else moment


def _asked_ahead(question: Callable[[], _Answer]) -> Callable[[], _Answer]:
    """Ask for the next part of a feed while the one before is taken; gives what waits for the answer."""
    promise = Future[_Answer]()

    def ask() -> None:
        try:
            promise.set_result(question())
        except BaseException as error:  # noqa: BLE001 - it is raised where the answer is wanted
            promise.set_exception(error)

    # A daemon, as the courier is: the end of the program waits for no line.
    threading.Thread(target=ask, name="courier-asks", daemon=True).start()
    return promise.result


def _said_of(error: Exception) -> tuple[Phase, str]:
    """Say what a turn failed on."""
    match error:
        case Refused() | KeyUnavailable():
            return Phase.REFUSED, str(error)
        case Garbled():
            _log.warning("The service is not understood: %s", error)
            return Phase.REFUSED, "This program and the service do not understand each other. Update the older one."
        case Busy() | StoreFailure():
            return Phase.WAITING, str(error)
        case Unreachable():
            return Phase.OFFLINE, str(error)
        case _:
            _log.error("A turn failed.", exc_info=error)
            return Phase.WAITING, "Syncing failed here, and is tried again. The log says more."


def _counted(state: SyncState, reader: Connection) -> SyncState:
    """Count again, if the disk can be read: what is wrong with it is said elsewhere."""
    try:
        with plainly():
            lacking = waiting(reader)
            return replace(
                state,
                waiting=lacking.entries,
                waiting_since_ms=lacking.since_ms,
                forks=len(exchange.forks(reader)),
                conflicts=conflict_count(reader),
                set_aside=len(exchange.set_aside(reader)),
            )
    except StoreFailure:
        return state


@dataclass(frozen=True, slots=True)
class _Watched:
    """The service as a turn sees it, with the courier looking on."""

    courier: Courier
    line: Line

    def push(self, run: Run) -> Answer:
        self.courier.check()
        answer = self.line.push(run)
        self.courier.note_contact()
        return answer

    def pull(self, wanted: Wanted) -> Heard:
        self.courier.check()
        heard = self.line.pull(wanted)
        self.courier.note_contact(wanted.scope, max(0, heard.high - wanted.after))
        return heard

    def rescue(self, strays: tuple[Stray, ...]) -> int:
        self.courier.check()
        return self.line.rescue(strays)
