"""A page of barcodes: all on one page, read by a foreign reader, and always the same bytes."""

from __future__ import annotations

import pypdfium2
import zxingcpp

from omsdesk.documents.labels.symbology import Symbology, encode
from omsdesk.documents.scanner_sheet import SheetCode, render

CODES = [
    SheetCode(encode(Symbology.EAN_13, "4006381333931"), "A number"),
    SheetCode(encode(Symbology.CODE_128, "ABC-123"), "Letters"),
    SheetCode(encode(Symbology.GS1_128, "(01)04006381333931(10)AB"), "Facts"),
]


def test_the_codes_of_a_page_are_read() -> None:
    document = pypdfium2.PdfDocument(render("Codes", "Scan them one after the other. " * 6, CODES))
    assert len(document) == 1
    page = document[0]
    assert (round(page.get_width()), round(page.get_height())) == (595, 842)
    read = zxingcpp.read_barcodes(page.render(scale=3).to_pil())
    assert sorted(code.bytes.decode() for code in read) == ["010400638133393110AB", "4006381333931", "ABC-123"]
    text = page.get_textpage().get_text_range()
    assert "A number" in text
    assert "Scan them one after the other." in text


def test_the_same_codes_are_the_same_bytes() -> None:
    assert render("Codes", "Scan.", CODES) == render("Codes", "Scan.", CODES)
