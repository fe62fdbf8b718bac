"""Labels through days on which the printer dies, runs empty and is opened: none is lost, and none doubled unasked.

Every label has a number of its own, so that paper tells which came out. What the program does not know it asks, and a
person who looks at the paper answers.
"""

from __future__ import annotations

import json
import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from omsdesk.actions.label_queue import LabelQueue
from omsdesk.actions.writer import Writer
from omsdesk.devices.drivers.zpl.status import ZplDialect
from omsdesk.devices.label_printer import LabelPrinter
from omsdesk.devices.spooler import Spooler
from omsdesk.devices.wire_printer import Patience
from omsdesk.devices.wires.tcp import TcpPort
from omsdesk.documents.labels.languages import LabelPaper
from omsdesk.documents.labels.model import FieldKind, Label, LabelField
from omsdesk.documents.labels.symbology import Symbology
from omsdesk.domain.body import to_body
from omsdesk.domain.labels import AskLabels, LabelRow, LabelValue
from omsdesk.domain.printing import NotePrint, PrintState
from omsdesk.store.queries.printing import Job, label_batches
from tests.devices.label_printer_on_a_socket import LabelPrinterOnASocket
from tests.store.station import Station

COUNT = 70
LABEL = Label(
    500,
    200,
    (LabelField("no", FieldKind.CODE, 10, 10, 480, 180, content="{serial}", symbology=Symbology.CODE_128),),
)
HURRY = Patience(connect=0.3, answer=0.3, look=0.1, pause=0.005, stall=0.5)
_SERIAL = re.compile(rb"\^FD>[:;](\d+)")


class Day:
    """A till with labels to print, and the paper that came out of one printer after the other."""

    def __init__(self, till: Station, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("omsdesk.devices.spooler.BACKOFF", (0.01,))
        self.till, self.dice = till, random.Random(seed)
        self.writer = Writer(till.executor)
        self.asked: list[tuple[int, int]] = []
        """The labels that the program asked about: from after the first number to the second."""
        self.device = LabelPrinterOnASocket(seconds_a_label=0.003).listen()
        rows = tuple(LabelRow(values=(LabelValue("serial", f"{n:06}"),)) for n in range(COUNT))
        self.note(AskLabels("b1", "t1", "Serials", json.dumps(to_body(LABEL)), rows))

    def note(self, command: AskLabels | NotePrint) -> None:
        self.writer.submit("max", command).result()

    @property
    def job(self) -> Job:
        return label_batches(self.till.database.writer)[0].job

    @property
    def paper(self) -> list[int]:
        """The numbers of the labels that came out, in the order in which they did."""
        found = (_SERIAL.search(form) for form in self.device.printed)
        return [int(match[1]) for match in found if match]

    @contextmanager
    def printing(self) -> Iterator[None]:
        queue = LabelQueue(LabelPaper("zpl"), self.till.database.reader, self.writer)
        printer = LabelPrinter(TcpPort("127.0.0.1", self.device.port), ZplDialect(), patience=HURRY)
        spooler = Spooler(printer, queue, poll_seconds=0.01)
        spooler.start()
        try:
            yield
        finally:
            spooler.stop()

    def break_something(self) -> None:
        """Let something go wrong soon."""
        match self.dice.randrange(4):
            case 0:
                self.device.dies_after_bytes = self.device._received + self.dice.randrange(1, 9000)
            case 1:
                self.device.out_of_labels_after = len(self.device.printed) + self.dice.randrange(20)
            case 2:
                self.device.is_head_open = True
            case _:
                self.device.is_paused = True

    def mend(self) -> None:
        """Do what the printer asks for; one that died is switched on again, and remembers nothing."""
        self.device.is_head_open = self.device.is_paused = False
        self.device.put_in_labels()
        if not self.device._is_on:
            printed, port = self.device.printed, self.device.port
            self.device = LabelPrinterOnASocket(seconds_a_label=0.003, port=port, printed=printed).listen()
        self.device.dies_after_bytes = None

    def answer(self, *, looks: bool) -> None:
        """Say where to go on: after what lies on the table, or from the first label that nobody is sure of."""
        job = self.job
        self.asked.append((job.done, job.sent))
        done = max(job.done, max(self.paper, default=-1) + 1) if looks else job.done
        self.note(NotePrint(job.job, PrintState.QUEUED, done=done))

    def end(self) -> None:
        self.device.switch_off()
        self.writer.close()


def spend(day: Day, *, looks: bool) -> None:
    """Print until all is done, with a fault again and again."""
    end = time.monotonic() + 60
    with day.printing():
        while day.job.state is not PrintState.PRINTED and time.monotonic() < end:
            if day.dice.random() < 0.6:
                day.break_something()
            time.sleep(day.dice.uniform(0.005, 0.08))
            day.mend()
            if day.job.state is PrintState.UNKNOWN:
                day.answer(looks=looks)
    assert day.job.state is PrintState.PRINTED, day.job


SEEDS = [*range(6), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(6, 150))]


@pytest.mark.parametrize("seed", SEEDS)
def test_with_a_person_who_looks_each_label_comes_out_once(
    till: Station, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = Day(till, seed, monkeypatch)
    spend(day, looks=True)
    assert sorted(day.paper) == list(range(COUNT))
    day.end()


@pytest.mark.parametrize("seed", SEEDS)
def test_with_a_person_who_does_not_only_what_was_asked_about_comes_twice(
    till: Station, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = Day(till, seed + 1000, monkeypatch)
    spend(day, looks=False)
    counted = Counter(day.paper)
    assert set(counted) == set(range(COUNT))
    doubled = {number for number, times in counted.items() if times > 1}
    assert doubled <= {number for done, sent in day.asked for number in range(done, sent)}
    day.end()


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Station]:
    station = Station(tmp_path / "shop.db")
    station.open_shift()
    yield station
    station.close()
