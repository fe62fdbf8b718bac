"""A product file becomes the catalogue of a shop: in batches that are durable one by one, again as often as one likes.

A batch is written while the next one is read. What a broken-off import has written stays, and the next import of the
same file goes on from there, because unchanged rows write nothing.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Protocol

from omsdesk.actions.execute import Executor, Outcome
from omsdesk.actions.import_outcome import Preview, Summary, Watch
from omsdesk.actions.import_plan import Plan, PlannedRow, Planner
from omsdesk.actions.import_reading import Batch, ProductFile, Reading
from omsdesk.actions.tax_words import TaxWords
from omsdesk.channels.product_files.errors import ErrorFile, UnwritableFolder
from omsdesk.channels.product_files.products import unused_columns
from omsdesk.channels.product_files.reader import open_file
from omsdesk.channels.product_files.recognition import recognise
from omsdesk.channels.product_files.rows import RowProblem
from omsdesk.channels.product_files.source import UnreadableFile
from omsdesk.domain.catalogue import BarcodeTaken, SaveProducts
from omsdesk.domain.messages import Command, Refusal
from omsdesk.domain.shop import Shop
from omsdesk.domain.stock import MoveGoods
from omsdesk.store.engine import Connection

PREVIEWED = 50
_CANCELLED = "The import was stopped. What was imported until then stays; import the file again to go on."


class Submit(Protocol):
    """Has commands of an author carried out as one action, as ``Writer.submit`` does."""

    def __call__(self, actor: str, *commands: Command) -> Future[Outcome]:
        """Promise the outcome."""
        ...


def import_file(executor: Executor, actor: str, path: Path, shop: Shop) -> Summary:
    """Import a file whose layout is found out.

    Raises:
        UnreadableFile: nothing can be read, with the sentence that says why.

    """
    return import_catalogue(executor, actor, recognised(path, shop))


def recognised(path: Path, shop: Shop) -> ProductFile:
    """Open a file and find out its layout.

    Raises:
        UnreadableFile: nothing can be read, with the sentence that says why.

    """
    sheet = open_file(path)
    return ProductFile(sheet, recognise(sheet.headers, sheet.sample).layout, shop)


def dry_run(connection: Connection, file: ProductFile, day: str, watch: Watch | None = None) -> Preview:
    """Tell what an import would do on a day (ISO 8601), and write nothing.

    Raises:
        UnreadableFile: the layout finds no column for the name.

    """
    watch, preview, reading = watch or Watch(), Preview(), Reading(file)
    taxes, names = _taxes(file, day), count(1)
    planner = Planner(
        connection, file.layout.name, _place(file), taxes, lambda: f"new {next(names)}", remembers=True
    )  # fmt: skip
    with _calm_collector():
        for batch in reading.batches():
            plan = planner.plan(batch.rows)
            _show(preview, plan, batch)
            watch.progress(preview.summary.row_count, reading.read, reading.total)
            if watch.is_cancelled():
                preview.summary.stopped = "Not all of the file was looked at."
                break
    preview.unknown_taxes = taxes.unknown
    preview.unused = unused_columns(file.sheet, file.layout)
    _remark_taxes(preview.summary, taxes)
    return preview


def import_catalogue(
    executor: Executor, actor: str, file: ProductFile, watch: Watch | None = None, submit: Submit | None = None
) -> Summary:
    """Import a file.

    With ``Writer.submit`` for ``submit`` the store's own thread writes, and this one, which must not be the GUI's,
    reads on meanwhile.

    Raises:
        UnreadableFile: the layout finds no column for the name.

    """
    reader = executor.database.reader()
    try:
        with ErrorFile(file.sheet) as errors:
            work = _Import(executor, reader, actor, file, watch or Watch(), submit or _at_once(executor), errors)
            with _calm_collector():
                return work.run()
    finally:
        reader.close()


class _Import:
    """An import on its way: at most one batch is being written while the next one is read."""

    def __init__(
        self, executor: Executor, reader: Connection, actor: str, file: ProductFile, watch: Watch, submit: Submit,
        errors: ErrorFile,
    ) -> None:  # fmt: skip
        clock = executor.clock
        self._new_id = clock.new_id
        self._actor = actor
        self._file = file
        self._watch = watch
        self._submit = submit
        self._errors = errors
        self._taxes = _taxes(file, clock.now().day)
        self._planner = Planner(reader, file.layout.name, _place(file), self._taxes, clock.new_id)
        self._reading = Reading(file)
        self._written: tuple[Future[Outcome], Plan, Batch] | None = None
        self._summary = Summary()

    def run(self) -> Summary:
        """Import batch after batch, until the end or until something stops it."""
        summary = self._summary
        try:
            for batch in self._reading.batches():
                self._finish()
                if not summary.stopped and self._watch.is_cancelled():
                    summary.stopped = _CANCELLED
                if summary.stopped:
                    break
                self._begin(batch)
        except UnreadableFile as error:
            if self._written is None and not summary.row_count:
                raise
            summary.stopped = f"{error} What was imported until then stays."
        self._finish()
        _remark_taxes(summary, self._taxes)
        summary.error_file = self._errors.path
        return summary

    def _begin(self, batch: Batch) -> None:
        """Plan a batch by what the database knows now, and have it written."""
        plan = self._planner.plan(batch.rows)
        for problem in batch.problems:
            self._report(problem)
        for planned in plan.rows:
            if planned.refused:
                self._report(self._reading.as_it_stands(planned.row, planned.refused))
        self._written = (self._write(plan), plan, batch)

    def _write(self, plan: Plan) -> Future[Outcome]:
        batch = self._new_id()
        commands: list[Command] = []
        if plan.edits:
            commands.append(SaveProducts(batch, tuple(plan.edits), self._file.sheet.path.name))
        if plan.moves:
            commands.append(MoveGoods(f"{batch}:opening", "opening", tuple(plan.moves)))
        return self._submit(self._actor, *commands)

    def _finish(self) -> None:
        """Wait until the batch is durable, and count it."""
        if self._written is None:
            return
        (promise, plan, batch), self._written = self._written, None
        outcome = promise.result()
        gc.collect(0)
        if isinstance(outcome, BarcodeTaken):
            # Somebody gave one of the barcodes away since the batch was planned: it is planned anew, once.
            plan = self._planner.plan(batch.rows)
            outcome = self._write(plan).result()
        if isinstance(outcome, Refusal):
            self._summary.stopped = f"{outcome.sentence} What was imported until then stays."
            return
        self._summary.add(plan)
        self._summary.problem_count += len(batch.problems)
        self._watch.progress(self._summary.row_count, self._reading.read, self._reading.total)

    def _report(self, problem: RowProblem) -> None:
        try:
            self._errors.write(problem)
        except UnwritableFolder as error:
            if not self._summary.remarks or self._summary.remarks[-1].sentence != str(error):
                self._summary.remark(0, str(error))


@contextmanager
def _calm_collector() -> Iterator[None]:
    """Let the garbage collector rest: facts form no circles, and looking for them takes a seventh of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _at_once(executor: Executor) -> Submit:
    def submit(actor: str, *commands: Command) -> Future[Outcome]:
        done: Future[Outcome] = Future()
        done.set_result(executor.execute(actor, *commands))
        return done

    return submit


def _show(preview: Preview, plan: Plan, batch: Batch) -> None:
    preview.summary.add(plan)
    preview.summary.problem_count += len(batch.problems)
    if len(preview.rows) < PREVIEWED:
        shown: list[PlannedRow | RowProblem] = [*plan.rows, *batch.problems]
        shown.sort(key=lambda shown: shown.line if isinstance(shown, RowProblem) else shown.row.line)
        preview.rows += shown[: PREVIEWED - len(preview.rows)]


def _taxes(file: ProductFile, day: str) -> TaxWords:
    known = {row.category for row in file.shop.tax_rates}
    remembered = {row.word: row.category for row in file.shop.tax_words if row.category in known}
    return TaxWords(file.shop.tax_rates, day, {**remembered, **file.tax_categories})


def _place(file: ProductFile) -> str:
    return f"shop:{file.shop.id}"


def _remark_taxes(summary: Summary, taxes: TaxWords) -> None:
    for word in taxes.unknown:
        summary.remark(0, tax_remark(word, taxes.ordinary))


def tax_remark(word: str, ordinary: str) -> str:
    """Say what becomes of products with a word for a tax that nobody knows; ``ordinary`` is empty without taxes."""
    if not ordinary:
        return f"The tax “{word}” is not known: no taxes are set up here yet."
    return f"The tax “{word}” is not known here. New products with it are taxed as {ordinary}."
