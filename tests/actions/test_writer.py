"""The one thread that writes: in order, one at a time, and never cut off."""

from __future__ import annotations

import threading
import time
from concurrent.futures import Future, wait
from dataclasses import replace

import pytest

from omsdesk.actions.execute import Done, Outcome
from omsdesk.actions.writer import Writer
from omsdesk.domain.messages import Command, Refusal
from omsdesk.domain.people import SYSTEM
from omsdesk.domain.printing import AskPrint, NotePrint, PaperKind, PrintState
from omsdesk.domain.sale_command import CompleteSale
from omsdesk.store import journal
from omsdesk.store.queries import till as queries
from tests.store.station import Station


def ask(job: str) -> Command:
    """A small command."""
    return AskPrint(job, "t1", PaperKind.RECEIPT, "sale-1")


def test_a_promise_is_kept_with_what_was_done(till: Station) -> None:
    writer = Writer(till.executor)
    outcome = writer.submit(SYSTEM, ask("j1")).result(timeout=10)
    assert isinstance(outcome, Done)
    assert outcome.facts[0].subject == "j1"
    writer.close()


def test_a_refusal_is_an_answer_like_any_other(till: Station) -> None:
    writer = Writer(till.executor)
    assert isinstance(writer.submit(SYSTEM, CompleteSale("nobody")).result(timeout=10), Refusal)
    writer.close()


def test_commands_are_carried_out_in_the_order_they_came(till: Station) -> None:
    writer = Writer(till.executor)
    add = till.add("sale-1")
    promises: list[Future[Outcome]] = [writer.submit(SYSTEM, add)]
    promises += [writer.submit(SYSTEM, till_add(till, number)) for number in range(40)]
    wait(promises, timeout=30)
    ticket = queries.sale_state(till.database.writer, "sale-1")
    assert ticket is not None
    assert [row.line for row in ticket.lines[1:]] == [f"line-{number:02d}" for number in range(40)]
    writer.close()


def till_add(till: Station, number: int) -> Command:
    """A line with an article of its own, so that none counts up another."""
    command = till.add("sale-1", "tea", line=f"line-{number:02d}")
    return replace(command, article=replace(command.article, sku=str(number)))


def test_many_hands_hand_in_and_one_thread_writes(till: Station) -> None:
    writer = Writer(till.executor)
    threads_seen: set[str] = set()
    till.executor.listeners.append(lambda _: threads_seen.add(threading.current_thread().name))
    promises: list[Future[Outcome]] = []

    def hand_in(name: str) -> None:
        promises.extend(writer.submit(SYSTEM, ask(f"{name}-{number}")) for number in range(20))

    hands = [threading.Thread(target=hand_in, args=(name,)) for name in "abc"]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert all(isinstance(promise.result(timeout=30), Done) for promise in promises)
    assert threads_seen == {"store_0"}
    assert list(journal.broken_links(till.database.writer)) == []
    writer.close()


def test_a_long_task_can_see_whether_somebody_waits_for_its_end(till: Station) -> None:
    writer = Writer(till.executor)
    is_begun, may_end = threading.Event(), threading.Event()
    seen: list[bool] = []

    def long_task() -> None:
        seen.append(till.database.is_waited_for())
        is_begun.set()
        assert may_end.wait(20)
        seen.append(till.database.is_waited_for())

    first = writer.run(long_task)
    assert is_begun.wait(20)
    given_up = writer.submit(SYSTEM, ask("j1"))
    assert till.database.is_waited_for()
    assert given_up.cancel()
    assert not till.database.is_waited_for(), "who gave up does not wait"
    second = writer.submit(SYSTEM, ask("j2"))
    may_end.set()
    first.result(20)
    second.result(20)
    assert seen == [False, True]
    assert not writer.run(till.database.is_waited_for).result(20)
    writer.close()


def test_closing_finishes_what_was_handed_in(till: Station) -> None:
    writer = Writer(till.executor)
    till.executor.listeners.append(lambda _: time.sleep(0.005))
    promises = [writer.submit(SYSTEM, ask(f"j{number}")) for number in range(20)]
    writer.close()
    assert all(promise.done() for promise in promises)
    assert till.database.writer.value("SELECT count(*) FROM print_job") == 20


def test_after_closing_nothing_is_taken_any_more(till: Station) -> None:
    writer = Writer(till.executor)
    writer.close()
    with pytest.raises(RuntimeError):
        writer.submit(SYSTEM, ask("j1"))


def test_a_fault_of_the_program_breaks_one_promise_and_not_the_thread(till: Station) -> None:
    writer = Writer(till.executor)
    broken = writer.submit(SYSTEM, Command())
    with pytest.raises(TypeError, match="Nobody carries out"):
        broken.result(timeout=10)
    writer.submit(SYSTEM, ask("j1")).result(timeout=10)
    assert isinstance(writer.submit(SYSTEM, NotePrint("j1", PrintState.SENT)).result(timeout=10), Done)
    writer.close()
