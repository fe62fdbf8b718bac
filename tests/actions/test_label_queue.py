"""Ten thousand labels as one job: a few at a time, how far it is, stopped, gone on with, and never lost."""

from __future__ import annotations

import json
import re
import tracemalloc
from collections.abc import Iterator

import pytest

from omsdesk.actions.label_queue import AT_ONCE, LabelQueue
from omsdesk.actions.writer import Writer
from omsdesk.devices.drivers.zpl.status import ZplDialect
from omsdesk.devices.label_printer import LabelPrinter
from omsdesk.devices.spooler import PrintJob, Spooler
from omsdesk.devices.wire_printer import Patience
from omsdesk.devices.wires.tcp import TcpPort
from omsdesk.documents.labels.languages import LabelPaper
from omsdesk.documents.labels.model import FieldKind, Label, LabelField
from omsdesk.domain.body import to_body
from omsdesk.domain.labels import AskLabels, LabelRow, LabelValue
from omsdesk.domain.printing import NotePrint, PrintState
from omsdesk.store.engine import StoreFailure
from omsdesk.store.queries.printing import BatchJob, Job, label_batches, unsettled
from tests.devices.label_printer_on_a_socket import LabelPrinterOnASocket
from tests.patience import eventually
from tests.store.station import Station

SKU = Label(300, 200, (LabelField("sku", FieldKind.TEXT, 10, 10, 280, 60, content="{serial}"),))
DESIGN = json.dumps(to_body(SKU))
ZPL = LabelPaper("zpl", 203)
HURRY = Patience(connect=1.0, answer=0.5, look=0.2, pause=0.01, stall=1.0)


def serials(count: int) -> tuple[LabelRow, ...]:
    """So many labels, no two of them alike."""
    return tuple(LabelRow(values=(LabelValue("serial", f"SN-{n:05}"),)) for n in range(count))


class Bench:
    """A till with labels to print."""

    def __init__(self, till: Station) -> None:
        self.till = till
        self.writer = Writer(till.executor)
        self.queue = self.new_queue()

    def new_queue(self, paper: LabelPaper = ZPL) -> LabelQueue:
        """What the spooler has after the program was started anew."""
        return LabelQueue(paper, self.till.database.reader, self.writer)

    def ask(self, *rows: LabelRow, batch: str = "b1") -> None:
        self.writer.submit("max", AskLabels(batch, "t1", "Product", DESIGN, rows)).result()

    def note(self, state: PrintState, done: int = 0) -> None:
        self.writer.submit("max", NotePrint("b1", state, done=done)).result()

    def next(self) -> PrintJob:
        (job,) = self.queue.waiting()
        return job

    def print_next(self, outcome: PrintState = PrintState.PRINTED, detail: str = "", out: int = 0) -> PrintJob:
        job = self.next()
        self.queue.started(job)
        self.queue.finished(job, outcome, detail, out)
        return job

    @property
    def job(self) -> Job:
        (job,) = unsettled(self.till.database.writer)
        return job

    @property
    def batches(self) -> list[BatchJob]:
        return label_batches(self.till.database.writer)

    @property
    def batch(self) -> BatchJob:
        (batch,) = self.batches
        return batch


@pytest.fixture
def bench(till: Station) -> Iterator[Bench]:
    made = Bench(till)
    yield made
    made.writer.close()


def copies(job: PrintJob) -> list[int]:
    return [int(count) for count in re.findall(rb"\^PQ(\d+)", job.payload)]


class TestAFewAtATime:
    def test_a_batch_is_given_out_in_pieces_until_all_are_out(self, bench: Bench) -> None:
        bench.ask(LabelRow("coffee", 40), LabelRow("tea", 20))
        pieces = []
        while bench.queue.waiting():
            pieces.append(copies(bench.print_next()))
        assert pieces == [[25], [15, 10], [10]]
        assert (bench.batch.job.state, bench.batch.job.done, bench.batch.count) == (PrintState.PRINTED, 60, 60)

    def test_how_far_it_is_is_durable_after_each_piece(self, bench: Bench) -> None:
        bench.ask(LabelRow("coffee", 60))
        bench.print_next()
        assert (bench.job.state, bench.job.done) == (PrintState.SENDING, 25)
        assert bench.next().state is PrintState.QUEUED

    def test_a_printer_that_confirms_nothing_ends_it_as_sent(self, bench: Bench) -> None:
        bench.ask(LabelRow("coffee", 30))
        bench.print_next(PrintState.SENT)
        bench.print_next(PrintState.SENT)
        assert bench.batch.job.state is PrintState.SENT

    def test_what_failed_is_given_out_again(self, bench: Bench) -> None:
        bench.ask(LabelRow("coffee", 60))
        bench.print_next()
        failed = bench.print_next(PrintState.FAILED, "The printer does not answer.")
        assert (bench.job.state, bench.job.done, bench.job.detail) == (
            PrintState.FAILED,
            25,
            "The printer does not answer.",
        )
        assert bench.next().payload == failed.payload

    def test_one_batch_follows_the_other(self, bench: Bench) -> None:
        bench.ask(LabelRow("coffee", 30))
        bench.ask(LabelRow("tea", 5), batch="b2")
        first, second = bench.queue.waiting()
        assert (first.id, second.id) == ("b1", "b2")
        assert first.payload
        assert not second.payload


class TestStopped:
    def test_a_batch_that_is_cancelled_is_given_out_no_more(self, bench: Bench) -> None:
        bench.ask(LabelRow("coffee", 60))
        job = bench.next()
        bench.queue.started(job)
        bench.note(PrintState.CANCELLED)
        bench.queue.finished(job, PrintState.PRINTED, "")
        assert list(bench.queue.waiting()) == []
        assert bench.batch.job.state is PrintState.CANCELLED

    def test_labels_of_which_nobody_knows_are_named(self, bench: Bench) -> None:
        bench.ask(LabelRow("coffee", 60))
        bench.print_next()
        bench.print_next(PrintState.UNKNOWN, "Look.", out=4)
        assert bench.job.detail == "Labels 30 to 50 may have come out. Look."
        assert (bench.job.done, bench.job.sent) == (29, 50)
        assert list(bench.queue.waiting()) == []

    @pytest.mark.parametrize(("done", "pieces"), [(29, [[25], [6]]), (50, [[10]])])
    def test_it_goes_on_where_a_person_says(self, bench: Bench, done: int, pieces: list[list[int]]) -> None:
        bench.ask(LabelRow("coffee", 60))
        bench.print_next()
        bench.print_next(PrintState.UNKNOWN, "Look.", out=4)
        bench.note(PrintState.QUEUED, done)
        found = []
        while bench.queue.waiting():
            found.append(copies(bench.print_next()))
        assert found == pieces
        assert bench.batch.job.state is PrintState.PRINTED

    def test_nothing_is_left_where_all_came_out_after_all(self, bench: Bench) -> None:
        bench.ask(LabelRow("coffee", 10))
        bench.print_next(PrintState.UNKNOWN, "Look.")
        bench.note(PrintState.QUEUED, 10)
        assert list(bench.queue.waiting()) == []
        assert (bench.batch.job.state, bench.batch.job.done) == (PrintState.PRINTED, 10)

    def test_after_a_crash_the_labels_under_way_are_a_question(self, bench: Bench) -> None:
        bench.ask(LabelRow("coffee", 60))
        bench.print_next()
        bench.queue.started(bench.next())
        bench.queue = bench.new_queue()
        job = bench.next()
        assert (job.state, job.payload) == (PrintState.SENDING, b"")
        bench.queue.finished(job, PrintState.UNKNOWN, "The program ended.")
        assert bench.job.detail == "Labels 26 to 50 may have come out. Look at the labels before you go on."

    def test_a_batch_that_is_left_between_two_pieces_goes_on_without_a_question(self, bench: Bench) -> None:
        bench.ask(LabelRow("coffee", 60))
        bench.print_next()
        bench.next()
        bench.queue.close()
        bench.queue = bench.new_queue()
        assert bench.next().state is PrintState.FAILED
        pieces = []
        while bench.queue.waiting():
            pieces.append(copies(bench.print_next()))
        assert pieces == [[25], [10]]
        assert bench.batch.job.state is PrintState.PRINTED

    @pytest.mark.parametrize("outcome", [None, PrintState.HELD, PrintState.UNKNOWN, PrintState.FAILED])
    def test_what_is_left_in_any_other_way_is_as_it_was_noted(self, bench: Bench, outcome: PrintState | None) -> None:
        bench.ask(LabelRow("coffee", 60))
        bench.print_next()
        job = bench.next()
        bench.queue.started(job)
        if outcome is not None:
            bench.queue.finished(job, outcome, "")
        bench.queue.close()
        assert bench.job.state is (outcome or PrintState.SENDING)

    def test_what_came_out_and_could_not_be_noted_is_not_printed_again(
        self, bench: Bench, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_: object) -> None:
            raise StoreFailure("The disk is full.")

        bench.ask(LabelRow("coffee", 60))
        bench.print_next()
        job = bench.next()
        bench.queue.started(job)
        with monkeypatch.context() as disk:
            disk.setattr(bench.queue, "_note", full)
            with pytest.raises(StoreFailure):
                bench.queue.finished(job, PrintState.PRINTED, "")
        bench.queue.close()
        assert (bench.job.state, bench.job.done) == (PrintState.SENDING, 25)

    def test_on_another_disk_nothing_prints_by_itself(self, bench: Bench) -> None:
        bench.ask(LabelRow("coffee", 60))
        bench.till.database.raise_epoch()
        assert list(bench.queue.waiting()) == []
        assert bench.job.state is PrintState.UNKNOWN

    def test_labels_that_cannot_be_made_keep_no_others_waiting(self, bench: Bench) -> None:
        broken = AskLabels("b0", "t1", "Product", json.dumps({"width": "wide"}), (LabelRow("coffee"),))
        bench.writer.submit("max", broken).result()
        bench.ask(LabelRow("coffee"))
        assert bench.next().id == "b1"
        assert {batch.job.state for batch in bench.batches} == {PrintState.QUEUED, PrintState.CANCELLED}

    def test_labels_for_a_receipt_printer_are_called_off_with_the_reason(self, bench: Bench) -> None:
        bench.ask(LabelRow("coffee"))
        bench.queue = bench.new_queue(LabelPaper("escpos"))
        assert list(bench.queue.waiting()) == []
        assert bench.batch.job.state is PrintState.CANCELLED
        assert "Choose a label printer" in bench.batch.job.detail


class TestOnAPrinter:
    @pytest.fixture
    def device(self) -> Iterator[LabelPrinterOnASocket]:
        device = LabelPrinterOnASocket(seconds_a_label=0.0005).listen()
        yield device
        device.switch_off()

    def spooler(self, bench: Bench, device: LabelPrinterOnASocket) -> Spooler:
        printer = LabelPrinter(TcpPort("127.0.0.1", device.port), ZplDialect(), patience=HURRY)
        return Spooler(printer, bench.queue, poll_seconds=0.05)

    def test_every_label_comes_out_once_and_in_its_place(self, bench: Bench, device: LabelPrinterOnASocket) -> None:
        bench.ask(*serials(130))
        spooler = self.spooler(bench, device)
        spooler.start()
        eventually(lambda: bench.batch.job.state is PrintState.PRINTED, 60)
        spooler.stop()
        assert len(device.printed) == len(set(device.printed)) == 130

    def test_an_empty_roll_in_the_middle_loses_and_doubles_none(
        self, bench: Bench, device: LabelPrinterOnASocket
    ) -> None:
        bench.ask(*serials(90))
        device.out_of_labels_after = 40
        spooler = self.spooler(bench, device)
        spooler.start()
        eventually(lambda: bench.batch.job.state is PrintState.HELD, 60)
        assert "out of labels" in bench.batch.job.detail
        device.put_in_labels()
        eventually(lambda: bench.batch.job.state is PrintState.PRINTED, 60)
        spooler.stop()
        assert len(device.printed) == len(set(device.printed)) == 90

    def test_what_is_cancelled_while_the_printer_holds_it_does_not_come_out_with_the_next_roll(
        self, bench: Bench, device: LabelPrinterOnASocket
    ) -> None:
        bench.ask(*serials(90))
        bench.ask(LabelRow("coffee", 3), batch="b2")
        device.out_of_labels_after = 40
        spooler = self.spooler(bench, device)
        spooler.start()
        eventually(lambda: any(batch.job.state is PrintState.HELD for batch in bench.batches), 60)
        bench.note(PrintState.CANCELLED)
        assert eventually(lambda: not device.waiting)
        device.put_in_labels()
        eventually(lambda: {batch.job.state for batch in bench.batches} == {PrintState.PRINTED, PrintState.CANCELLED})
        spooler.stop()
        assert len(device.printed) == 43

    def test_a_printer_that_is_lost_leaves_a_range_and_what_came_out_is_not_sent_again(
        self, bench: Bench, device: LabelPrinterOnASocket
    ) -> None:
        bench.ask(*serials(90))
        device.dies_after_bytes = 24_000
        spooler = self.spooler(bench, device)
        spooler.start()
        eventually(lambda: bench.batch.job.state is PrintState.UNKNOWN, 60)
        spooler.stop()
        job = bench.batch.job
        assert job.done <= len(device.printed) <= job.sent
        assert job.sent - job.done <= AT_ONCE


def test_memory_stays_flat_however_many_labels(bench: Bench) -> None:
    bench.ask(LabelRow("coffee", 3000), *serials(2000))
    for _ in range(4):
        bench.print_next()
    tracemalloc.start()
    for _ in range(20):
        bench.print_next()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 6_000_000
