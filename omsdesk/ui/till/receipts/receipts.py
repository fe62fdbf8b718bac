"""Documents after the fact: the last receipts, printed again, saved as PDF, or looked at on the screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from omsdesk.actions.execute import Done
from omsdesk.domain.account import display_name
from omsdesk.domain.cash import ShiftClosed
from omsdesk.domain.printing import AskPrint, NotePrint, PaperKind, PrintAsked, PrintState
from omsdesk.store.engine import Connection
from omsdesk.store.queries import printing as printing_queries
from omsdesk.store.queries import receipts as queries
from omsdesk.store.queries import shift as shift_queries
from omsdesk.store.queries import ticket as ticket_queries
from omsdesk.store.queries.printing import Job
from omsdesk.store.queries.receipts import Receipt
from omsdesk.store.queries.till import tills
from omsdesk.ui.paper_file import write_pdf
from omsdesk.ui.till.counter import Aspect, Counter, Tone

if TYPE_CHECKING:
    from omsdesk.documents.paper import Paper

_IN_TROUBLE = {PrintState.HELD, PrintState.FAILED, PrintState.UNKNOWN}
_STOPS = {PrintState.HELD, PrintState.FAILED}
"""What keeps the prints behind it waiting."""
_MOST = 50
"""Receipts in the list of those of all tills."""


class Receipts:
    """State and intents around paper."""

    def __init__(self, counter: Counter, pdf_folder: Path) -> None:
        """Take the counter, and the folder that PDF files go to."""
        self.counter = counter
        self.pdf_folder = pdf_folder
        self._asked_about: set[str] = set()

    def last(self, most: int = 20) -> list[Receipt]:
        """List the newest receipts of this till."""
        return queries.newest(self.counter.reader, [self.counter.till.id], most)

    @property
    def has_neighbours(self) -> bool:
        """Whether the shop has another till."""
        return len(self._tills()) > 1

    def find(self, text: str, then: Callable[[list[Receipt]], None], *, is_all: bool) -> None:
        """Look for receipts: the newest of this till or of all tills of the shop, or any whose number was typed."""
        places = self._tills() if is_all or text else [self.counter.till.id]
        self.counter.work.ask(
            lambda reader: queries.find(reader, places, text) if text else queries.newest(reader, places, _MOST), then
        )

    def numbers_of(self, code: str) -> list[str]:
        """Tell which receipts a scanned code or a typed number stands for; two where a ticket has two."""
        return [receipt.number for receipt in queries.by_code(self.counter.reader, code)]

    def goods_in(self, code: str) -> str:
        """Find the serial number or lot, alone or in the code of a label, of goods that were sold; empty for others."""
        from omsdesk.devices import gs1

        label = gs1.read(code, self.counter.shop.currency)
        said = (code, label.serial, label.lot) if label else (code,)
        return next((one for one in said if one and queries.by_goods(self.counter.reader, one)), "")

    def _tills(self) -> list[str]:
        return [till.id for till in tills(self.counter.reader, self.counter.shop.id)]

    def print_receipt(self, sale: str) -> None:
        """Print a receipt for the first time, or once more, marked as a copy."""
        self._ask(AskPrint(self.counter.clock.new_id(), self.counter.till.id, PaperKind.RECEIPT, sale))

    def print_report(self, document: str) -> None:
        """Print an X or Z report once more."""
        self._ask(AskPrint(self.counter.clock.new_id(), self.counter.till.id, PaperKind.SHIFT_REPORT, document))

    def _ask(self, command: AskPrint) -> None:
        def asked(done: Done) -> None:
            is_copy = any(isinstance(fact, PrintAsked) and fact.is_copy for fact in done.facts)
            self.counter.say(Tone.OK, "The copy is printing." if is_copy else "The receipt is printing.")

        self.counter.change(command, then=asked)

    def save_pdf(self, sale: str) -> None:
        """Save a receipt as PDF in the folder for it."""
        folder = self.pdf_folder

        def saved(place: Path | str) -> None:
            if isinstance(place, str):
                self.counter.say(Tone.BAD, place)
            else:
                self.counter.say(Tone.OK, f"Saved as {place.name} in the folder {place.parent.name}.")

        self.counter.work.ask(lambda connection: _write_pdf(connection, sale, folder), saved)

    def pages(self, kind: PaperKind, document: str, then: Callable[[tuple[bytes, ...]], None]) -> None:
        """Draw a document as it comes out of the printer, as PNG files; off the GUI thread."""
        self.counter.work.ask(lambda connection: _pages(connection, kind, document), then)

    def in_trouble(self) -> list[Job]:
        """List the print jobs that want a person, and those of the same printer that wait behind them."""
        jobs = printing_queries.unsettled(self.counter.reader)
        stopped = {job.role for job in jobs if job.state in _STOPS}
        return [
            job for job in jobs if job.state in _IN_TROUBLE or (job.state is PrintState.QUEUED and job.role in stopped)
        ]

    def to_ask_about(self) -> str:
        """Ask, once for each, whether paper came out of which nobody knows; empty where there is nothing to ask."""
        for job in self.in_trouble():
            if job.state is PrintState.UNKNOWN and job.job not in self._asked_about:
                self._asked_about.add(job.job)
                if job.paper is not PaperKind.DRAWER:
                    return self.question(job)
        return ""

    def ask_later(self, question: str) -> None:
        """Take a question back that something else was said over: nobody had the time to read it."""
        self._asked_about -= {job.job for job in self.in_trouble() if self.question(job) == question}

    def question(self, job: Job) -> str:
        """Ask about paper that may have come out."""
        if job.paper is PaperKind.DRAWER:
            return "Did the drawer open?"
        name = self.name_of(job)
        return f"Did {name[:1].lower()}{name[1:]} come out?"

    def name_of(self, job: Job) -> str:
        """Call a print job by what it prints."""
        if job.paper is PaperKind.DRAWER:
            return "Opening of the drawer"
        if job.paper is PaperKind.LABELS:
            batch = printing_queries.label_batch(self.counter.reader, job.document)
            return f"Labels: {batch.title}" if batch else "Labels"
        if job.paper is PaperKind.KITCHEN:
            return "Slip for the kitchen"
        if job.paper is PaperKind.PICK:
            return "Slip to fetch an order by"
        if job.paper is PaperKind.CARD:
            return display_name(job.document)
        if job.paper is PaperKind.RECEIPT:
            found = ticket_queries.completed_sale(self.counter.reader, job.document)
            return f"{'Copy of receipt' if job.is_copy else 'Receipt'} {found[0].number if found else ''}".strip()
        report = shift_queries.report(self.counter.reader, job.document)
        return f"Z report {report[0].number}" if report and isinstance(report[0], ShiftClosed) else "X report"

    def became_of(self, sale: str) -> PrintState | None:
        """Tell how the printing of a sale's receipt stands that was asked for last; None where none was.

        What waits behind a print that cannot come out is not printing, either.
        """
        job, state = printing_queries.last_of(self.counter.reader, PaperKind.RECEIPT, sale) or ("", None)
        if state is PrintState.QUEUED and any(row.job == job for row in self.in_trouble()):
            return PrintState.FAILED
        return state

    def was_asked(self, sale: str) -> bool:
        """Tell whether a receipt was printed or is to be: what comes now is a copy."""
        return printing_queries.was_asked(self.counter.reader, PaperKind.RECEIPT, sale)

    def print_again(self, job: Job) -> None:
        """Send a job again: somebody knows that it did not come out."""
        self._note(NotePrint(job.job, PrintState.QUEUED, done=job.done))

    def settle(self, job: Job) -> None:
        """End a job: somebody saw its paper, or nobody needs it."""
        is_seen = job.state is PrintState.UNKNOWN
        if is_seen and job.paper is PaperKind.LABELS:
            # Those that may have come out did; the others of the batch follow.
            self._note(NotePrint(job.job, PrintState.QUEUED, done=job.sent))
            return
        self._note(NotePrint(job.job, PrintState.PRINTED if is_seen else PrintState.CANCELLED))

    def _note(self, command: NotePrint) -> None:
        self.counter.change(command, then=lambda _: self.counter.tell(Aspect.STATUS))


def _pages(connection: Connection, kind: PaperKind, document: str) -> tuple[bytes, ...]:
    # Imported at the first look: drawing letters costs 100 ms to load.
    from omsdesk.actions.paper import paper_of
    from omsdesk.devices.drivers.simulator.painter import Painter
    from omsdesk.documents import escpos

    job = Job("", kind, document, is_copy=False, opens_drawer=False, state=PrintState.QUEUED, detail="", asked_ms=0)
    painter = Painter()
    painter.print(escpos.render(paper_of(connection, job)).payload)
    painter.tear_off()
    return tuple(sheet.png for sheet in painter.sheets)


def _write_pdf(connection: Connection, sale: str, folder: Path) -> Path | str:
    def compose() -> tuple[str, Paper]:
        from omsdesk.actions.paper import receipt_of
        from omsdesk.documents.receipt import receipt_paper

        receipt = receipt_of(connection, sale)
        return receipt.number, receipt_paper(receipt)

    return write_pdf(folder, "receipt", compose)
