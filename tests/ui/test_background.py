"""Work for other threads: its answers come back on the GUI thread, in order, with a database of each thread's own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from omsdesk.actions.clock import SystemClock
from omsdesk.actions.execute import Done, Executor, Outcome
from omsdesk.actions.writer import Writer
from omsdesk.domain.messages import Refusal
from omsdesk.domain.people import SYSTEM, Person, Role, SavePerson
from omsdesk.store.database import open_database
from omsdesk.store.queries import till as queries
from omsdesk.ui.background import Background


@pytest.fixture
def background(tmp_path: Path, qtbot: QtBot) -> Iterator[Background]:
    clock = SystemClock()
    database = open_database(tmp_path / "shop.db", clock.new_id)
    writer = Writer(Executor(database, clock))
    made = Background(writer, database.reader)
    yield made
    made.close()
    writer.close()
    database.close()


def person(name: str) -> SavePerson:
    return SavePerson(Person(name, name, Role.CASHIER))


def test_a_change_is_durable_when_its_outcome_arrives_on_the_gui_thread(background: Background, qtbot: QtBot) -> None:
    heard: list[tuple[Outcome, bool, list[str]]] = []

    def arrived(outcome: Outcome) -> None:
        reader = background._open_reader()
        names = [row.name for row in queries.people(reader)]
        heard.append((outcome, threading.current_thread() is threading.main_thread(), names))

    background.change(SYSTEM, person("Anna"), then=arrived)
    qtbot.waitUntil(lambda: bool(heard))
    outcome, is_gui, names = heard[0]
    assert isinstance(outcome, Done)
    assert is_gui
    assert names == ["Anna"]


def test_a_refusal_is_an_answer(background: Background, qtbot: QtBot) -> None:
    heard: list[Outcome] = []
    background.change(SYSTEM, person(" "), then=heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert isinstance(heard[0], Refusal)


def test_changes_are_carried_out_in_the_order_in_which_they_were_asked(background: Background, qtbot: QtBot) -> None:
    heard: list[str] = []
    names = [f"P{number:02}" for number in range(20)]

    def note(outcome: Outcome) -> None:
        assert isinstance(outcome, Done)
        heard.append(outcome.facts[0].subject)

    for name in names:
        background.change(SYSTEM, person(name), then=note)
    qtbot.waitUntil(lambda: len(heard) == 20)
    assert heard == names


def test_a_question_is_answered_by_another_thread(background: Background, qtbot: QtBot) -> None:
    heard: list[str] = []
    background.ask(lambda _: threading.current_thread().name, heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard[0].startswith("ask")


def test_a_thread_keeps_its_connection(background: Background, qtbot: QtBot) -> None:
    heard: list[tuple[str, int]] = []
    for _ in range(8):
        background.ask(lambda connection: (threading.current_thread().name, id(connection)), heard.append)
    qtbot.waitUntil(lambda: len(heard) == 8)
    assert len(set(heard)) == len({name for name, _ in heard})


def test_slow_work_needs_no_database(background: Background, qtbot: QtBot) -> None:
    heard: list[int] = []
    background.work(lambda: sum(range(1000)), heard.append)
    qtbot.waitUntil(lambda: heard == [499500])


def test_somebody_outside_is_asked_in_a_thread_of_their_own(background: Background, qtbot: QtBot) -> None:
    is_answered = threading.Event()
    heard: list[str] = []
    for _ in range(5):
        background.reach(lambda: str(is_answered.wait(10)), heard.append)
    background.work(lambda: "a PIN", heard.append)
    qtbot.waitUntil(lambda: heard == ["a PIN"])
    is_answered.set()
    qtbot.waitUntil(lambda: len(heard) == 6)
    assert heard[1:] == ["True"] * 5


def test_the_end_does_not_wait_for_somebody_outside(background: Background, qtbot: QtBot) -> None:
    is_answered, is_over = threading.Event(), threading.Event()
    heard: list[bool] = []

    def ask() -> bool:
        is_answered.wait(10)
        is_over.set()
        return True

    background.reach(ask, heard.append)
    background.close()
    is_answered.set()
    assert is_over.wait(10)
    qtbot.wait(20)
    assert heard == [], "nobody is left to hear it"


def test_an_answer_at_the_end_leads_to_no_new_question(background: Background, qtbot: QtBot) -> None:
    heard: list[str] = []

    def asks_on(answer: str) -> None:
        heard.append(answer)
        background.ask(lambda _: "more", heard.append)
        background.work(lambda: "more", heard.append)

    background.work(lambda: "last", asks_on)
    background.close()
    qtbot.waitUntil(lambda: bool(heard))
    qtbot.wait(50)
    assert heard == ["last"]
