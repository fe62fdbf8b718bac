"""An import on its way: the file, which column is what, what would happen, and what did. It knows no widget."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from omsdesk.domain.shop import SaveShop, Shop, TaxWord
from omsdesk.store.queries.field_writes import revisions
from omsdesk.ui.amounts import count_text
from omsdesk.ui.catalogue.office import NO_RIGHT, Office
from omsdesk.ui.catalogue.tax_choices import tax_choices

if TYPE_CHECKING:
    from omsdesk.actions.import_outcome import Preview, Summary, Watch
    from omsdesk.actions.import_reading import ProductFile
    from omsdesk.channels.product_files.layouts.generic import Mapping
    from omsdesk.channels.product_files.reader import Sheet
    from omsdesk.channels.product_files.recognition import Recognition

_Answer = TypeVar("_Answer")
_MOST_WORKSHEETS = 12


class Step(StrEnum):
    """How far an import is."""

    CHOOSE = "choose"
    LOOK = "look"
    """The file is being opened, or tried without writing."""
    MAP = "map"
    PREVIEW = "preview"
    IMPORT = "import"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the work is: rows done, and how many there are where that is known (else 0), and the share of bytes."""

    rows: int = 0
    of: int = 0
    percent: int = 0


@dataclass(frozen=True, slots=True)
class _Trouble:
    """Why a file cannot be read."""

    sentence: str


class ImportSession:
    """State and intents of the import page. Reading and writing happen in other threads."""

    def __init__(self, office: Office) -> None:
        """Wait for a file."""
        self.office = office
        self.listeners: list[Callable[[], None]] = []
        self.step = Step.CHOOSE
        self.trouble = ""
        self.sheet: Sheet | None = None
        self.recognition: Recognition | None = None
        self.mapping: Mapping | None = None
        self.preview: Preview | None = None
        self.summary: Summary | None = None
        self.tax_words: dict[str, str] = {}
        """Words of the file for taxes that the shop does not know, with the category each means; empty: as usual."""
        self.is_stale = False
        """Whether a tax was chosen since the file was tried."""
        self.progress = Progress()
        """Written by the working thread and looked at now and then: a tuple of numbers, never half new."""
        self._stop = threading.Event()
        self._job = 0

    @property
    def file_name(self) -> str:
        """What the file is called."""
        return self.sheet.path.name if self.sheet else ""

    @property
    def title(self) -> str:
        """Whose export the file is."""
        return self.recognition.layout.title if self.recognition else ""

    @property
    def is_certain(self) -> bool:
        """Whether the layout was recognised by its columns and not guessed."""
        return self.recognition is not None and self.mapping is None

    def count(self, number: int) -> str:
        """Write a number of things for people here."""
        return count_text(number, self.office.shop.locale)

    # ------------------------------------------------------------------------------ the file

    def begin(self) -> None:
        """Start over."""
        self._job += 1
        self._stop.set()
        self.step, self.trouble = Step.CHOOSE, "" if self.office.may_edit else NO_RIGHT
        self.sheet = self.recognition = self.mapping = self.preview = self.summary = None
        self.tax_words, self.is_stale = {}, False
        self._tell()

    def choose(self, path: Path, worksheet: str = "") -> None:
        """Open a file and find out whose export it is."""
        if not self.office.may_edit:
            self.begin()
            return
        self._look()

        def look() -> tuple[Sheet, Recognition]:
            from omsdesk.channels.product_files.reader import UnreadableFile, open_file
            from omsdesk.channels.product_files.recognition import recognise

            sheet = open_file(path, sheet=worksheet)
            first = sheet, recognise(sheet.headers, sheet.sample)
            if worksheet or first[1].score or not sheet.names:
                return first
            # Many a workbook begins with a page of words: the first page that looks like products is meant.
            for name in sheet.names[1:_MOST_WORKSHEETS]:
                try:
                    other = open_file(path, sheet=name)
                except UnreadableFile:
                    continue
                fit = recognise(other.headers, other.sample)
                if fit.score:
                    return other, fit
            return first

        self._work(look, self._opened)

    def _opened(self, answer: tuple[Sheet, Recognition]) -> None:
        from omsdesk.channels.product_files.layouts.generic import Generic

        self.sheet, self.recognition = answer
        layout = self.recognition.layout
        self.mapping = layout.mapping if isinstance(layout, Generic) else None
        if self.mapping is None:
            self.try_out()
        else:
            self._go(Step.MAP)

    def choose_worksheet(self, name: str) -> None:
        """Look at another worksheet of a workbook."""
        if self.sheet is not None and name != self.sheet.name:
            self.choose(self.sheet.path, name)

    # ------------------------------------------------------------------------------ which column is what

    def set_column(self, field: str, at: int | None) -> None:
        """Say in which column a field stands; None for none. A column holds one field at most."""
        if self.mapping is None or self.mapping.columns.get(field) == at:
            return
        mapping = self.mapping
        for other, column in mapping.columns.items():
            if column == at and other != field:
                mapping = mapping.with_column(other, None)
        self.mapping = mapping.with_column(field, at)
        self.trouble = ""
        self._tell()

    def samples(self, at: int | None) -> tuple[str, ...]:
        """The first values of a column that hold anything."""
        if self.sheet is None or at is None:
            return ()
        values = (row[at].strip() for row in self.sheet.sample if at < len(row))
        return tuple([value for value in values if value][:3])

    def change_columns(self) -> None:
        """Go back to which column is what."""
        if self.mapping is not None:
            self._go(Step.MAP)

    # ------------------------------------------------------------------------------ which tax is meant

    def tax_offers(self) -> list[tuple[str, str]]:
        """The tax categories a word can mean; the first one is to tax it like everything else."""
        offers = tax_choices(self.office.shop, self.office.clock.now().day, "")
        known = [(key, label) for key, label in offers if key]
        return [("", f"As usual: {known[0][1]}" if known else "No tax"), *known]

    def set_tax(self, word: str, category: str) -> None:
        """Say which category a word means; what would happen has to be worked out anew."""
        if self.tax_words.get(word) != category:
            self.tax_words[word] = category
            self.is_stale = True
            self._tell()

    def _chosen_taxes(self) -> dict[str, str]:
        return {word: category for word, category in self.tax_words.items() if category}

    def _remember_taxes(self) -> None:
        # The revision first: what is saved elsewhere in between was then not seen here.
        seen = revisions(self.office.reader, Shop)
        shop, chosen = self.office.shop, self._chosen_taxes()
        known = {row.word: row.category for row in shop.tax_words}
        if {**known, **chosen} != known:
            words = tuple(TaxWord(word, category) for word, category in {**known, **chosen}.items())
            command = SaveShop(replace(shop, tax_words=words), ("tax_words",), seen.get(shop.id, 0))
            self.office.change(command, then=lambda _: None, refused=lambda _: None)

    # ------------------------------------------------------------------------------ trying and doing

    def try_out(self) -> None:
        """Work out what the import would do, and write nothing."""
        file = self._file()
        if file is None:
            return
        if self.mapping is not None and "name" not in self.mapping.columns:
            self.trouble = "Choose the column that holds the product names."
            self._tell()
            return
        self._look()
        day, watch, office = self.office.clock.now().day, self._watch(0), self.office

        def rehearse() -> Preview:
            from omsdesk.actions.import_catalogue import dry_run

            connection = office.writer.executor.database.reader()
            try:
                return dry_run(connection, file, day, watch)
            finally:
                connection.close()

        self._work(rehearse, self._tried)

    def _tried(self, preview: Preview) -> None:
        self.preview, self.is_stale = preview, False
        self.tax_words = {**self._chosen_taxes(), **dict.fromkeys(preview.unknown_taxes, "")}
        self._go(Step.PREVIEW)

    def run(self) -> None:
        """Import."""
        file, person, preview = self._file(), self.office.person(), self.preview
        if file is None or person is None or preview is None or not self.office.may_edit:
            self.trouble = NO_RIGHT
            self._tell()
            return
        self._remember_taxes()
        watch, writer = self._watch(preview.summary.row_count), self.office.writer
        self._go(Step.IMPORT)

        def write() -> Summary:
            from omsdesk.actions.import_catalogue import import_catalogue

            return import_catalogue(writer.executor, person.id, file, watch, writer.submit)

        self._work(write, self._done)

    def _done(self, summary: Summary) -> None:
        self.summary = summary
        self._go(Step.DONE)

    def stop(self) -> None:
        """Stop what is running; what was imported until then stays."""
        self._stop.set()

    @property
    def is_stopping(self) -> bool:
        """Whether the work was asked to stop and has not ended yet."""
        return self._stop.is_set()

    def _file(self) -> ProductFile | None:
        from omsdesk.actions.import_reading import ProductFile
        from omsdesk.channels.product_files.layouts.generic import Generic

        if self.sheet is None or self.recognition is None:
            return None
        layout = Generic(self.mapping) if self.mapping else self.recognition.layout
        return ProductFile(self.sheet, layout, self.office.shop, self._chosen_taxes())

    def _watch(self, of: int) -> Watch:
        from omsdesk.actions.import_outcome import Watch

        self._stop = threading.Event()
        stop = self._stop
        self.progress = Progress(of=of)

        def note(rows: int, read: int, total: int) -> None:
            self.progress = Progress(rows, of, 100 * read // max(total, 1))

        return Watch(note, stop.is_set)

    # ------------------------------------------------------------------------------ plumbing

    def _look(self) -> None:
        self.progress = Progress()
        self._go(Step.LOOK)

    def _work(self, task: Callable[[], _Answer], then: Callable[[_Answer], None]) -> None:
        from omsdesk.channels.product_files.source import UnreadableFile

        self._job += 1
        job, step = self._job, Step.CHOOSE if self.sheet is None else Step.MAP if self.mapping else Step.CHOOSE

        def guarded() -> _Answer | _Trouble:
            try:
                return task()
            except UnreadableFile as error:
                return _Trouble(str(error))
            except OSError as error:
                return _Trouble(f"The file cannot be read ({error.strerror}). Is it open in another program?")

        def arrived(answer: _Answer | _Trouble) -> None:
            if job != self._job:
                return
            if isinstance(answer, _Trouble):
                self._go(step)
                self.trouble = answer.sentence
                self._tell()
            else:
                then(answer)

        self.office.work.work(guarded, arrived)

    def _go(self, step: Step) -> None:
        self.step, self.trouble = step, ""
        self._tell()

    def _tell(self) -> None:
        for listener in self.listeners:
            listener()
