"""Paper after the fact."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from omsdesk.domain.printing import NotePrint, PaperKind, PrintAsked, PrintState
from omsdesk.domain.sale import SaleCompleted
from omsdesk.store.queries.printing import unsettled
from tests.ui.till.bench import Bench
from tests.ui.till.shop import code_of


@pytest.fixture
def sold(bench: Bench) -> SaleCompleted:
    bench.session.scanned(code_of("guji"))
    bench.checkout.pay_exactly()
    return bench.facts(SaleCompleted)[0]


def test_a_copy_is_asked_for_as_a_copy(bench: Bench, sold: SaleCompleted) -> None:
    bench.state.receipts.print_receipt(sold.sale)
    asked = bench.facts(PrintAsked)[-1]
    assert (asked.document, asked.is_copy) == (sold.sale, True)
    assert bench.said == "The copy is printing."


def test_the_newest_receipt_is_first(bench: Bench, sold: SaleCompleted) -> None:
    bench.session.scanned(code_of("oat"))
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
    assert "Check the folder" in bench.said


def test_a_receipt_is_drawn_for_the_screen(bench: Bench, sold: SaleCompleted) -> None:
    pages: list[tuple[bytes, ...]] = []
    bench.state.receipts.pages(PaperKind.RECEIPT, sold.sale, pages.append)
    assert pages[0][0].startswith(b"\x89PNG")


def test_what_did_not_come_out_is_sent_again(bench: Bench, sold: SaleCompleted) -> None:
    (job,) = unsettled(bench.reader, "t1")
    bench.do(NotePrint(job.job, PrintState.FAILED, "The printer does not answer."))
    assert [row.detail for row in bench.state.receipts.in_trouble()] == ["The printer does not answer."]
    bench.state.receipts.retry()
    assert bench.state.receipts.in_trouble() == []
    assert unsettled(bench.reader, "t1")[0].state is PrintState.QUEUED


def test_what_may_have_come_out_is_never_sent_again_by_itself(bench: Bench, sold: SaleCompleted) -> None:
    (job,) = unsettled(bench.reader, "t1")
    bench.do(NotePrint(job.job, PrintState.UNKNOWN, "It may have been printed."))
    bench.state.receipts.retry()
    assert len(bench.state.receipts.in_trouble()) == 1
    bench.state.receipts.give_up()
    assert bench.state.receipts.in_trouble() == []
