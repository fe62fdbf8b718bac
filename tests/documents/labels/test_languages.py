"""Labels in the language that a printer's driver names."""

from __future__ import annotations

import pypdfium2
import pytest

from omsdesk.devices import registry
from omsdesk.devices.driver import Category
from omsdesk.documents.labels.languages import LANGUAGES, LabelPaper, write
from omsdesk.documents.labels.layout import lay_out
from omsdesk.documents.labels.print_settings import PrintSettings
from omsdesk.documents.labels.values import SAMPLE
from tests.documents.labels.dot_readers import read_epl2
from tests.documents.labels.label_samples import PRODUCT

LAID = lay_out(PRODUCT, SAMPLE)


def test_each_language_writes_as_many_labels_as_were_asked_for() -> None:
    two_and_one = [(LAID, 2), (LAID, 1)]
    assert write(two_and_one, LabelPaper("zpl")).count(b"^PQ2,0") == 1
    assert write(two_and_one, LabelPaper("tspl")).count(b"PRINT 1,2\r\n") == 1
    assert read_epl2(write([(LAID, 2)], LabelPaper("epl2"))).copies == 2
    assert len(pypdfium2.PdfDocument(write(two_and_one, LabelPaper("pdf")))) == 3


def test_settings_reach_the_printer() -> None:
    assert b"~SD15" in write([(LAID, 1)], LabelPaper("zpl", settings=PrintSettings(darkness=50)))


def test_a_receipt_printer_prints_no_labels() -> None:
    with pytest.raises(ValueError, match="Choose a label printer"):
        write([(LAID, 1)], LabelPaper("escpos"))


def test_every_label_printer_speaks_a_language_that_there_is() -> None:
    cards = [card for card in registry.cards().values() if card.category is Category.LABEL_PRINTER]
    assert {"zpl", "epl2", "tspl"} <= {card.language for card in cards} <= set(LANGUAGES)
