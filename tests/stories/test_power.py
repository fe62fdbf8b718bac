"""The power fails at any instant: nothing that a cashier was shown is lost, nothing is there twice, work goes on.

A till runs as a process of its own and is killed with SIGKILL; what it had written to its pipe is what was shown.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from omsdesk.domain.sale import Sale, evolve
from omsdesk.store import journal
from omsdesk.store.database import open_database
from omsdesk.store.engine import Connection, open_reader
from omsdesk.store.queries import till as till_queries
from omsdesk.store.verify import verify
from tests.stories.shop_floor import CLOCK

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kill -9 is a signal of POSIX")

ROOT = Path(__file__).resolve().parents[2]
ONCE = ("sale.started", "sale.completed", "sale.voided", "cash.shift_opened", "cash.shift_closed", "print.asked")


@dataclass
class Shown:
    """Everything that all tills of the story have shown, and what stood on the screen last."""

    facts: list[tuple[int, str, str]] = field(default_factory=list)
    receipts: list[str] = field(default_factory=list)
    found: int = 0
    """What came up to this position was found after an earlier cut, shown or not."""
    ticket: list[list[Any]] | None = None
    paid: list[list[Any]] | None = None

    def read(self, output: bytes) -> None:
        # A line that was cut off was not shown.
        for line in output[: output.rfind(b"\n") + 1].splitlines():
            screen = json.loads(line)
            self.facts += [tuple(fact) for fact in screen["facts"]]
            self.receipts += screen["receipts"]
            self.ticket, self.paid = screen["ticket"], screen["paid"]


def first_day(database: Path) -> bytes:
    """A day that ends as it should: it leaves the compiled statements behind, as on a till that has run before."""
    command = [sys.executable, "-m", "tests.stories.till_process", str(database), "0", "60"]
    return subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout.partition(b"\n")[2]


def work_until_killed(database: Path, seed: int, seconds: float) -> bytes:
    """Let a till work, and cut its power a moment after it is ready; gives what it showed."""
    command = [sys.executable, "-m", "tests.stories.till_process", str(database), str(seed)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, bufsize=0) as till:
        assert till.stdout is not None
        ready = till.stdout.readline()
        assert ready.startswith(b'{"ready"'), "the till did not start"
        time.sleep(seconds)
        till.send_signal(signal.SIGKILL)
        return till.stdout.read()


def entries(reader: Connection) -> list[tuple[int, str, str, int]]:
    return reader.raw.execute("SELECT position, kind, subject, action FROM journal ORDER BY position").fetchall()


def rows(sale: Sale | None) -> list[list[Any]] | None:
    return [[row.line, row.quantity.micro, row.amount("CHF").minor] for row in sale.lines] if sale else None


def payments(sale: Sale | None) -> list[list[Any]] | None:
    return [[row.tender, row.amount.minor] for row in sale.tenders] if sale else None


def check_nothing_was_lost(database: Path, shown: Shown) -> None:
    reader = open_reader(database)
    found = entries(reader)
    shown_facts = set(shown.facts)
    assert shown_facts <= {(position, kind, subject) for position, kind, subject, _ in found}
    # What is durable but was not shown is at most the one action that was on its way.
    last = max((position for position, _, _ in shown.facts), default=0)
    since = [kind for position, kind, *_ in found if position > last]
    assert len({action for position, _, _, action in found if position > max(last, shown.found)}) <= 1
    shown.found = found[-1][0]
    check_nothing_is_there_twice(reader, found)
    check_the_ticket_is_still_there(reader, shown, last, since)
    numbers = {number for (number,) in reader.raw.execute("SELECT number FROM sale WHERE number IS NOT NULL")}
    assert set(shown.receipts) <= numbers
    assert len(shown.receipts) == len(set(shown.receipts))
    reader.close()
    findings = verify(database)
    assert findings.sentences == ()
    assert findings.entries == len(found)


def check_nothing_is_there_twice(reader: Connection, found: list[tuple[int, str, str, int]]) -> None:
    times = Counter((kind, subject) for _, kind, subject, _ in found if kind in ONCE)
    assert max(times.values(), default=1) == 1
    for kind, key in (("sale.line_added", "$.row.line"), ("sale.tender_taken", "$.tender.tender")):
        ids = reader.raw.execute(
            f"SELECT json_extract(CAST(body AS TEXT), '{key}') FROM journal WHERE kind = ?",  # noqa: S608 - ours
            (kind,),
        ).fetchall()
        assert len(ids) == len(set(ids))


def check_the_ticket_is_still_there(reader: Connection, shown: Shown, last: int, since: list[str]) -> None:
    """The till finds its open ticket again: as it was shown, or one action further where that was durable already."""
    ticket = till_queries.open_sale(reader, "t1")
    if not any(kind.startswith("sale.") for kind in since):
        assert rows(ticket) == shown.ticket
        assert payments(ticket) == shown.paid
    if ticket is not None:
        state: Sale | None = None
        for entry in journal.of_subject(reader, ticket.sale):
            if entry.position <= last:
                state = evolve(state, entry.fact)
        if state is not None and state.held_as is None:
            assert rows(state) == shown.ticket
            assert payments(state) == shown.paid


def cut_the_power(database: Path, times: int, seed: int = 0) -> Shown:
    chance, shown = random.Random(seed), Shown()
    shown.read(first_day(database))
    for cut in range(times):
        shown.read(work_until_killed(database, cut, chance.uniform(0, 0.25)))
        check_nothing_was_lost(database, shown)
    return shown


def test_twenty_cuts_of_the_power_lose_nothing(tmp_path: Path) -> None:
    shown = cut_the_power(tmp_path / "shop.db", 20)
    assert len(shown.facts) > 200
    assert len(shown.receipts) > 20


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.parametrize("shop", range(5))
def test_two_hundred_cuts_of_the_power_lose_nothing(tmp_path: Path, shop: int) -> None:
    assert len(cut_the_power(tmp_path / "shop.db", 40, seed=shop + 1).receipts) > 100


FIRST_START = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import event
from sqlalchemy.engine import Engine
from omsdesk.store.database import open_database

@event.listens_for(Engine, "before_cursor_execute")
def power(connection, cursor, statement, *_):
    if statement.strip().startswith(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)

open_database(Path(sys.argv[1]), lambda: "device-1")
"""


@pytest.mark.parametrize("statement", ["CREATE INDEX", "INSERT INTO alembic_version"])
def test_a_cut_while_the_database_is_made_is_no_harm(tmp_path: Path, statement: str) -> None:
    """The very first start dies before a statement of the migration; the next start makes the database whole."""
    database = tmp_path / "shop.db"
    command = [sys.executable, "-c", FIRST_START, str(database), statement]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == -signal.SIGKILL
    open_database(database, CLOCK.new_id).close()
    assert verify(database).sentences == ()


def test_three_programs_that_start_a_new_shop_at_once_find_one_shop(tmp_path: Path) -> None:
    database = tmp_path / "shop.db"
    script = (
        "import sys, pathlib; from omsdesk.store.database import open_database; "
        "print(open_database(pathlib.Path(sys.argv[1]), lambda: sys.argv[2]).station.device)"
    )
    programs = [
        subprocess.Popen([sys.executable, "-c", script, str(database), name], cwd=ROOT, stdout=subprocess.PIPE)
        for name in ("a", "b", "c")
    ]
    answers = [program.communicate()[0] for program in programs]
    assert [program.returncode for program in programs] == [0, 0, 0]
    assert len(set(answers)) == 1


def test_the_check_itself_would_notice_a_lost_fact(tmp_path: Path) -> None:
    database = tmp_path / "shop.db"
    shown = Shown()
    shown.read(first_day(database))
    shown.read(work_until_killed(database, 1, 0.2))
    check_nothing_was_lost(database, shown)
    shown.facts.append((shown.facts[-1][0] + 10, "sale.completed", "somewhere"))
    with pytest.raises(AssertionError):
        check_nothing_was_lost(database, shown)
