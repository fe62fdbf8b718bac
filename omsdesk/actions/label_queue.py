"""The labels of a station as the spooler wants them: a few at a time, made while the ones before them are printed.

A batch of ten thousand labels is one job and is never in memory as a whole. How far it is becomes durable after each
few, so that a batch that was broken off goes on where it stopped, and what is not known is known to the label.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate

from omsdesk.actions.job_queue import JobQueue
from omsdesk.actions.label_values import values_of_row, values_of_shop
from omsdesk.actions.writer import Writer
from omsdesk.devices.spooler import PrintJob
from omsdesk.documents.labels.languages import LabelPaper, write
from omsdesk.documents.labels.layout import Laid, lay_out
from omsdesk.documents.labels.model import Label
from omsdesk.domain.body import from_body
from omsdesk.domain.labels import LABEL, LabelRow
from omsdesk.domain.printing import PrintState
from omsdesk.domain.records import record
from omsdesk.domain.shop import Shop
from omsdesk.store.engine import Connection
from omsdesk.store.queries import till as till_queries
from omsdesk.store.queries.printing import Job, LabelBatch, label_batch, unsettled

AT_ONCE = 25
"""Labels in one go: some seconds of printing, so that stopping is soon and the printer never waits for us."""

_UNKNOWN = "Look at the labels before you go on."


@record
class _Run:
    """The batch that is being printed: where the labels of each row end, and what they look like."""

    job: str
    rows: tuple[LabelRow, ...]
    ends: tuple[int, ...]
    label: Label
    shop: Shop

    @property
    def count(self) -> int:
        return self.ends[-1]

    def between(self, first: int, last: int) -> Iterator[tuple[LabelRow, int]]:
        """Give the rows that the labels from ``first`` to before ``last`` are of, and how many of each."""
        place = bisect_right(self.ends, first)
        while first < last:
            upto = min(self.ends[place], last)
            yield self.rows[place], upto - first
            first, place = upto, place + 1


class LabelQueue(JobQueue):
    """Makes labels for a label printer."""

    inherited = "These labels were asked for before this database was put back or copied. See which came out."
    not_made = "These could not be made, which is a fault of the program. Try them with another label."

    def __init__(
        self, paper: LabelPaper, open_reader: Callable[[], Connection], writer: Writer, role: str = LABEL
    ) -> None:
        """Take what they are made for."""
        super().__init__(role, open_reader, writer)
        self._paper = paper
        self._run: _Run | None = None
        self._done = 0
        """Of the run: the labels before those that were given out last."""
        self._is_given_out = False
        """Whether the printer may have labels of which nobody knows yet."""

    def _state(self, job: Job) -> PrintState:
        """Between two pieces of the run its next one can be printed."""
        is_under_way = job.state is PrintState.SENDING and self._run is not None and self._run.job == job.job
        return PrintState.QUEUED if is_under_way else job.state

    def started(self, job: PrintJob) -> None:
        """Make it durable that the next few may follow."""
        super().started(job)
        self._is_given_out = True

    def finished(self, job: PrintJob, outcome: PrintState, detail: str, out: int = 0) -> None:
        """Note what became of the labels that were given out; the batch ends with the last of them."""
        run = self._run
        if run is None or run.job != job.id:
            self._broken_off(job, outcome, detail)
            return
        last = min(self._done + AT_ONCE, run.count)
        if outcome in {PrintState.PRINTED, PrintState.SENT}:
            state = outcome if last == run.count else PrintState.SENDING
            self._note(job.id, state, detail, last, last)
            self._run = run if last < run.count else None
        elif outcome is PrintState.UNKNOWN:
            self._run = None
            self._note(job.id, outcome, f"{_range(self._done + out, last)} {detail}", self._done + out, last)
        else:
            self._note(job.id, outcome, detail, self._done + out, last if outcome is PrintState.HELD else 0)
        # Only now: what could not be noted may have come out.
        self._is_given_out = outcome is PrintState.HELD

    def close(self) -> None:
        """Let go; a batch that is left between two pieces goes on there, and nobody has to look."""
        if self._run is not None and not self._is_given_out:
            for row in unsettled(self._connection):
                if row.job == self._run.job and row.state is PrintState.SENDING:
                    self._note(row.job, PrintState.FAILED, "", row.done, row.done)
        super().close()

    def _broken_off(self, job: PrintJob, outcome: PrintState, detail: str) -> None:
        """Note what is not known of a batch that this program was printing when it ended."""
        known = next((row for row in unsettled(self._connection) if row.job == job.id), None)
        batch = label_batch(self._connection, job.id)
        if outcome is PrintState.UNKNOWN and known is not None and batch is not None:
            last = min(known.done + AT_ONCE, sum(row.count for row in batch.rows))
            self._note(job.id, outcome, f"{_range(known.done, last)} {_UNKNOWN}", known.done, last)
        else:
            self._note(job.id, outcome, detail)

    def _payload(self, job: Job) -> bytes:
        """Make the next few labels; none where all came out."""
        reader = self._connection
        if self._run is None or self._run.job != job.job:
            self._run = self._begun(reader, job)
        run, self._done = self._run, job.done
        if job.done >= run.count:
            return b""
        day = self._writer.executor.clock.now().day
        of_shop = values_of_shop(run.shop, day)

        def laid() -> Iterator[tuple[Laid, int]]:
            for row, copies in run.between(job.done, min(job.done + AT_ONCE, run.count)):
                values = values_of_row(reader, row, run.shop, of_shop, day)
                yield lay_out(run.label, values, self._paper.dpi), copies

        return write(laid(), self._paper)

    def _begun(self, reader: Connection, job: Job) -> _Run:
        batch = label_batch(reader, job.document)
        shop = _shop_of(reader, batch) if batch is not None else None
        if batch is None or shop is None:
            raise ValueError("What these labels were to say is not in this database. Ask for them again.")
        label = from_body(Label, json.loads(batch.design))
        ends = tuple(accumulate(row.count for row in batch.rows))
        return _Run(job.job, batch.rows, ends, label, shop)


def _shop_of(reader: Connection, batch: LabelBatch) -> Shop | None:
    return till_queries.shop_by_id(reader, batch.shop) if batch.shop else till_queries.shop_of(reader, batch.till)


def _range(done: int, last: int) -> str:
    if last - done == 1:
        return f"Label {last:,} may have come out."
    return f"Labels {done + 1:,} to {last:,} may have come out."
