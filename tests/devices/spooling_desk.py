"""A spooler before a queue in a real file, and what it tells the screen."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from omsdesk.devices.ports import Condition, Printer, PrinterStatus
from omsdesk.devices.spooler import PrintJob, Spooler
from omsdesk.documents.escpos import render
from omsdesk.documents.receipt import receipt_paper
from omsdesk.domain.printing import PrintState
from tests.documents.samples import ORDINARY
from tests.patience import eventually

RECEIPT = render(receipt_paper(ORDINARY)).payload
_QUEUED, _SENDING, _HELD, _FAILED = PrintState.QUEUED, PrintState.SENDING, PrintState.HELD, PrintState.FAILED


class SqliteQueue:
    """The queue as the store keeps it: a table in a file, every note durable before the call returns."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.broken: set[str] = set()
        self.is_closed = False
        self.drawers: dict[str, bool] = {}
        """The jobs that open the drawer, and whether they do nothing else."""
        with closing(self._connect()) as database, database:
            database.execute("create table if not exists job (id primary key, payload, state, detail, expires_ms)")
            database.execute("create table if not exists history (job, state, detail)")

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, timeout=5)

    def add(
        self, name: str, payload: bytes = RECEIPT, state: PrintState = _QUEUED, expires_ms: int | None = None
    ) -> None:
        with closing(self._connect()) as database, database:
            row = (name, payload, state, expires_ms)
            database.execute("insert into job (id, payload, state, expires_ms) values (?, ?, ?, ?)", row)

    def waiting(self) -> list[PrintJob]:
        self._break("waiting")
        states = (_QUEUED, _SENDING, _HELD, _FAILED)
        with closing(self._connect()) as database:
            rows = database.execute(
                "select id, payload, state, expires_ms from job where state in (?, ?, ?, ?) order by rowid",
                states,
            ).fetchall()
        late = int(time.time() * 1000) + 30_000
        return [
            PrintJob(
                row[0],
                "receipt",
                row[1],
                PrintState(row[2]),
                row[3],
                late if row[0] in self.drawers else None,
                self.drawers.get(row[0], False),
            )
            for row in rows
        ]

    def started(self, job: PrintJob) -> None:
        self._break("started")
        self._note(job.id, _SENDING, "")

    def is_wanted(self, job: PrintJob) -> bool:
        self._break("is_wanted")
        return self.state(job.id) is not PrintState.CANCELLED

    def finished(self, job: PrintJob, outcome: PrintState, detail: str, out: int = 0) -> None:
        self._break("finished")
        self._note(job.id, outcome, detail)

    def close(self) -> None:
        self.is_closed = True

    def _note(self, name: str, state: PrintState, detail: str) -> None:
        with closing(self._connect()) as database, database:
            database.execute("update job set state = ?, detail = ? where id = ?", (state, detail, name))
            database.execute("insert into history values (?, ?, ?)", (name, state, detail))

    def _break(self, what: str) -> None:
        if what in self.broken:
            raise sqlite3.OperationalError("database or disk is full")

    def cancel(self, name: str) -> None:
        self._note(name, PrintState.CANCELLED, "")

    def state(self, name: str) -> PrintState:
        with closing(self._connect()) as database:
            return PrintState(database.execute("select state from job where id = ?", (name,)).fetchone()[0])

    def history(self, name: str) -> list[PrintState]:
        with closing(self._connect()) as database:
            rows = database.execute("select state from history where job = ? order by rowid", (name,)).fetchall()
        return [PrintState(row[0]) for row in rows]

    def detail(self, name: str) -> str:
        with closing(self._connect()) as database:
            return str(database.execute("select detail from job where id = ?", (name,)).fetchone()[0])


@dataclass
class Desk:
    """A spooler with its queue, and what it told the screen."""

    queue: SqliteQueue
    statuses: list[PrinterStatus] = field(default_factory=list)
    spoolers: list[Spooler] = field(default_factory=list)

    def start(self, printer: Printer, poll_seconds: float = 0.05) -> Spooler:
        spooler = Spooler(printer, self.queue, self.statuses.append, poll_seconds=poll_seconds)
        self.spoolers.append(spooler)
        spooler.start()
        return spooler

    def reaches(self, name: str, state: PrintState) -> bool:
        return eventually(lambda: self.queue.state(name) is state)

    @property
    def conditions(self) -> list[Condition]:
        return [status.condition for status in self.statuses]
