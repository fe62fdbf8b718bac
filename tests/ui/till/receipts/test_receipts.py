"""Paper after the fact."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from omsdesk.domain.labels import AskLabels, LabelRow
from omsdesk.domain.printing import AskPrint, NotePrint, PaperKind, PrintAsked, PrintState, job_of_sale
from omsdesk.domain.receipt_policy import Paper
from omsdesk.domain.sale import SaleCompleted
from omsdesk.store.queries import printing
from omsdesk.store.queries.printing import Job, unsettled
from tests.ui.till.bench import Bench
from tests.ui.till.shop import CARD, code_of


@pytest.fixture
def sold(bench: Bench) -> SaleCompleted:
    bench.session.intake.scanned(code_of("guji"))
    bench.checkout.pay_exactly()
    return bench.facts(SaleCompleted)[0]


def test_a_copy_is_asked_for_as_a_copy(bench: Bench, sold: SaleCompleted) -> None:
    bench.state.receipts.print_receipt(sold.sale)
    asked = bench.facts(PrintAsked)[-1]
    assert (asked.document, asked.is_copy) == (sold.sale, True)
    assert bench.said == "The copy is printing."


def test_the_newest_receipt_is_first(bench: Bench, sold: SaleCompleted) -> None:
    bench.session.intake.scanned(code_of("oat"))
    bench.checkout.pay_exactly()
    assert [row.number for row in bench.state.receipts.last()] == ["1A-000002", sold.number]


def test_a_pdf_lies_in_its_folder_and_holds_the_receipt(bench: Bench, sold: SaleCompleted) -> None:
    bench.state.receipts.save_pdf(sold.sale)
    place = bench.state.receipts.pdf_folder / f"receipt-{sold.number}.pdf"
    assert bench.said == f"Saved as {place.name} in the folder documents."
    text = pypdfium2.PdfDocument(place)[0].get_textpage().get_text_range()
    assert "Ethiopia Guji 250 g" in text


def test_a_folder_that_cannot_be_written_is_said(bench: Bench, sold: SaleCompleted, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file, not a folder")
    bench.state.receipts.pdf_folder = blocked
    bench.state.receipts.save_pdf(sold.sale)
    assert "could not be saved" in bench.said
    assert "Choose another folder" in bench.said


def test_a_receipt_is_drawn_for_the_screen(bench: Bench, sold: SaleCompleted) -> None:
    pages: list[tuple[bytes, ...]] = []
    bench.state.receipts.pages(PaperKind.RECEIPT, sold.sale, pages.append)
    assert pages[0][0].startswith(b"\x89PNG")


def trouble(bench: Bench, state: PrintState, detail: str = "") -> Job:
    """Let the newest print of the till get into trouble."""
    job = unsettled(bench.reader)[-1]
    bench.do(NotePrint(job.job, state, detail))
    return bench.state.receipts.in_trouble()[-1]


def state_of(bench: Bench, job: Job) -> PrintState:
    return PrintState(printing.state_of(bench.reader, job.job))


def test_what_did_not_come_out_is_sent_again(bench: Bench, sold: SaleCompleted) -> None:
    job = trouble(bench, PrintState.FAILED, "The printer does not answer.")
    assert job.detail == "The printer does not answer."
    bench.state.receipts.print_again(job)
    assert bench.state.receipts.in_trouble() == []
    assert state_of(bench, job) is PrintState.QUEUED


@pytest.mark.parametrize(
    ("state", "after"),
    [
        (PrintState.UNKNOWN, PrintState.PRINTED),
        (PrintState.FAILED, PrintState.CANCELLED),
        (PrintState.HELD, PrintState.CANCELLED),
    ],
)
def test_a_print_is_settled_by_whoever_looked(
    bench: Bench, sold: SaleCompleted, state: PrintState, after: PrintState
) -> None:
    job = trouble(bench, state)
    bench.state.receipts.settle(job)
    assert bench.state.receipts.in_trouble() == []
    assert state_of(bench, job) is after


def test_what_came_out_after_all_was_the_original(bench: Bench, sold: SaleCompleted) -> None:
    bench.state.receipts.settle(trouble(bench, PrintState.UNKNOWN))
    bench.state.receipts.print_receipt(sold.sale)
    assert bench.facts(PrintAsked)[-1].is_copy


def test_what_nobody_printed_is_printed_as_the_original(bench: Bench, sold: SaleCompleted) -> None:
    bench.state.receipts.settle(trouble(bench, PrintState.FAILED))
    assert not bench.state.receipts.was_asked(sold.sale)
    bench.state.receipts.print_receipt(sold.sale)
    assert not bench.facts(PrintAsked)[-1].is_copy
    assert bench.said == "The receipt is printing."
    bench.state.receipts.print_receipt(sold.sale)
    assert bench.said == "The copy is printing."


@pytest.mark.parametrize("paper", [Paper.NONE, Paper.PDF])
def test_a_sale_without_paper_has_its_original_still_to_come(bench: Bench, paper: Paper) -> None:
    bench.checkout.paper = paper
    bench.session.intake.scanned(code_of("mug"))
    bench.checkout.pay(CARD)
    (sale,) = bench.facts(SaleCompleted)
    assert bench.state.receipts.became_of(sale.sale) is None
    for _ in range(3):
        bench.state.receipts.print_receipt(sale.sale)
    assert [asked.is_copy for asked in bench.facts(PrintAsked)] == [False, True, True]
    assert bench.state.receipts.became_of(sale.sale) is PrintState.QUEUED
    bench.do(NotePrint(bench.facts(PrintAsked)[-1].job, PrintState.FAILED))
    assert bench.state.receipts.became_of(sale.sale) is PrintState.FAILED, "of the one that was asked for last"


@pytest.mark.parametrize("state", PrintState)
def test_what_became_of_a_receipt_is_known(bench: Bench, sold: SaleCompleted, state: PrintState) -> None:
    bench.do(NotePrint(job_of_sale(sold.sale), state))
    assert bench.state.receipts.became_of(sold.sale) is state


def test_a_print_is_called_by_what_it_prints(bench: Bench, sold: SaleCompleted) -> None:
    bench.state.receipts.print_receipt(sold.sale)
    bench.state.shift.x_report()
    bench.state.shift.open_drawer()
    bench.state.shift.close(())
    names = [bench.state.receipts.name_of(job) for job in unsettled(bench.reader)]
    assert names == [
        "Receipt 1A-000001",
        "Copy of receipt 1A-000001",
        "X report",
        "Opening of the drawer",
        "Z report 1",
    ]


def test_a_print_of_what_is_not_here_has_a_name_all_the_same(bench: Bench) -> None:
    bench.do(AskPrint("j1", "t1", PaperKind.RECEIPT, "nowhere"))
    assert bench.state.receipts.name_of(unsettled(bench.reader)[0]) == "Receipt"


def test_what_it_asked_for_as_another_till_is_still_its_trouble(bench: Bench) -> None:
    bench.do(AskPrint("j1", "t2", PaperKind.RECEIPT, "s"), NotePrint("j1", PrintState.FAILED, "off"))
    assert [job.job for job in bench.state.receipts.in_trouble()] == ["j1"]


def test_a_receipt_that_is_not_here_cannot_be_saved(bench: Bench) -> None:
    bench.state.receipts.save_pdf("nowhere")
    assert bench.said == "This receipt is not in the database."


def test_labels_go_on_where_a_person_says_that_they_stopped(bench: Bench) -> None:
    def job() -> Job:
        (found,) = unsettled(bench.database.writer)
        return found

    bench.do(
        AskLabels("b1", "t1", "Shelf 70 × 38 mm", "{}", (LabelRow("guji", 60),)),
        NotePrint("b1", PrintState.UNKNOWN, "Labels 26 to 50 may have come out.", 25, 50),
    )
    assert bench.state.receipts.name_of(job()) == "Labels: Shelf 70 × 38 mm"
    bench.state.receipts.settle(job())
    assert (job().state, job().done) == (PrintState.QUEUED, 50)
    bench.do(NotePrint("b1", PrintState.UNKNOWN, "", 25, 50))
    bench.state.receipts.print_again(job())
    assert (job().state, job().done) == (PrintState.QUEUED, 25)
