"""Receipts as PDF: the right size, real text, sharp codes, the same bytes each time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pypdfium2
import pytest
import zxingcpp

from omsdesk.documents.paper import Barcode, Columns, Feed, Paper, Picture, QrCode, Size, Table, Text
from omsdesk.documents.pdf import render
from omsdesk.documents.pdf_text import Face, text_width, wrap_text
from omsdesk.documents.receipt import copy_of, receipt_paper
from omsdesk.documents.shift_report import shift_report_paper
from tests.documents.samples import CZECH, FOREIGN, HEBREW, LETTERHEAD, LONG, ORDINARY, SALE_ID, Z_REPORT, logo

MM = 72 / 25.4


def opened(paper: Paper, width_mm: int = 80) -> Any:
    return pypdfium2.PdfDocument(render(paper, width_mm, "Receipt").payload)


def text(paper: Paper, width_mm: int = 80) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in opened(paper, width_mm)).replace("\r", "")


def picture(paper: Paper, width_mm: int = 80, scale: float = 3) -> Any:
    return opened(paper, width_mm)[0].render(scale=scale).to_pil().convert("L")


@pytest.mark.parametrize("width_mm", [80, 58])
def test_a_receipt_is_one_page_as_wide_as_the_roll(width_mm: int) -> None:
    document = opened(receipt_paper(LONG), width_mm)
    assert len(document) == 1
    assert document[0].get_width() == pytest.approx(width_mm * MM, abs=0.01)


def test_a_longer_receipt_has_a_longer_page() -> None:
    assert opened(receipt_paper(LONG))[0].get_height() > opened(receipt_paper(ORDINARY))[0].get_height() + 300


def test_what_no_viewer_could_show_on_one_page_goes_on_on_the_next() -> None:
    document = opened(tuple(Text(f"line {n}") for n in range(3000)))
    assert len(document) > 1
    assert all(page.get_height() <= 14_400 for page in document)
    assert "line 2999" in document[len(document) - 1].get_textpage().get_text_range()


def test_every_word_and_figure_can_be_searched_and_copied() -> None:
    words = text(receipt_paper(CZECH))
    for phrase in (
        "Kavárna U",
        "Dlouhá 14, 110 00 Praha 1",
        "Žluťoučký kůň, čokoláda",
        "3 × 12,50",
        "37,50",
        "Děkujeme",
    ):
        assert phrase in words.replace("\N{NO-BREAK SPACE}", " ")


def test_the_font_travels_with_the_file() -> None:
    payload = render(receipt_paper(ORDINARY)).payload
    assert b"/FontFile2" in payload
    assert b"Inter-Regular" in payload
    assert b"Inter-Bold" in payload


def test_the_same_receipt_is_the_same_file() -> None:
    assert render(receipt_paper(ORDINARY)).payload == render(receipt_paper(ORDINARY)).payload


def test_a_scanner_reads_the_sale_from_the_page() -> None:
    found = zxingcpp.read_barcodes(picture(receipt_paper(ORDINARY)))
    assert [code.text for code in found] == [SALE_ID]


def test_a_scanner_reads_a_barcode_from_the_page() -> None:
    found = zxingcpp.read_barcodes(picture((Feed(4), Barcode("1A-000123"), Feed(4))))
    assert [code.text for code in found] == ["1A-000123"]


def test_figures_below_one_another_line_up() -> None:
    left = [_left_edge(amount) for amount in ("11.11", "88.88", "00.00")]
    assert max(left) - min(left) <= 3


def _left_edge(amount: str) -> int:
    """Where the ink of a right-aligned amount begins, in fifths of a point."""
    ink = picture((Columns("", amount),), scale=20).point(lambda level: 255 - level)
    box = ink.getbbox()
    assert box is not None
    return int(box[0]) // 4


def test_a_copy_has_black_bars_with_white_words() -> None:
    page = picture(receipt_paper(copy_of(ORDINARY)), scale=1)
    top = page.crop((20, 14, page.width - 20, 28))
    assert top.histogram()[0] > top.width * top.height * 0.5
    assert text(receipt_paper(copy_of(ORDINARY))).count("COPY") == 2


def test_a_script_that_the_font_lacks_is_drawn_and_what_nobody_has_is_noted() -> None:
    rendered = render((Text(HEBREW), Text("Crab \U0003fffd")))
    assert "U+3FFFD" in rendered.notes[0]
    assert picture((Text(HEBREW),)).getextrema()[0] < 64
    assert render(receipt_paper(replace(FOREIGN, lines=FOREIGN.lines[:1]))).notes == ()


def test_white_words_in_another_script_are_white() -> None:
    page = picture((Text(HEBREW, size=Size.LARGE, is_inverted=True),))
    assert page.crop((30, 40, page.width - 30, page.height - 40)).getextrema() == (0, 255)


def test_a_logo_stands_in_the_middle_and_never_over_the_margin() -> None:
    page = picture((Picture(logo(2000, 300)),), scale=2)
    box = page.point(lambda level: 255 - level).getbbox()
    assert box is not None
    assert box[0] >= 4 * MM * 2
    assert abs((page.width - box[2]) - box[0]) <= 2


def test_a_tall_logo_takes_25_mm_of_the_page_at_most() -> None:
    tall, without = (picture((*blocks, Text("below")), scale=1) for blocks in ((Picture(logo(100, 700)),), ()))
    points = tall.height - without.height
    assert points <= 25 / 25.4 * 72 + 1


def test_a_logo_that_is_no_picture_is_refused_with_a_sentence() -> None:
    with pytest.raises(ValueError, match="Choose a PNG or JPEG"):
        render((Picture(b"not a picture"),))


def test_a_word_wider_than_the_roll_is_split_and_kept() -> None:
    word = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen"
    assert word in text((Text(word, size=Size.LARGE),)).replace("\n", "")


def test_an_amount_without_room_beside_its_name_moves_below() -> None:
    lines = text((Columns("Some name", "1.234.567.890.123.456.789,00 EUR AND MORE"),), 58).splitlines()
    assert lines[0].strip() == "Some name"


def test_a_table_stands_under_its_heading() -> None:
    lines = text((Table((("VAT", "1.00", "0.20"),), ("Rate", "Net", "Tax")),)).splitlines()
    assert [line.split() for line in lines if line.strip()] == [["Rate", "Net", "Tax"], ["VAT", "1.00", "0.20"]]


def test_a_report_says_in_pdf_what_it_says_on_paper() -> None:
    words = text(shift_report_paper(Z_REPORT))
    for phrase in ("Z REPORT 42", "2,440.15", "Window cleaner", "1A-000101 to 1A-000290"):
        assert phrase in words


def test_an_address_is_broken_after_its_signs() -> None:
    address = "ada.lovelace-byron@analytical-engines-of-the-nineteenth-century.example"
    rows = wrap_text(address, Face(10, 12), 120)
    assert len(rows) > 2
    assert all(row.endswith(("-", ".", "@")) for row in rows[:-1])
    assert all(text_width(row, Face(10, 12)) <= 120 for row in rows)
    assert "".join(rows) == address
    assert "".join(wrap_text("Donaudampfschifffahrt", Face(10, 12), 40)) == "Donaudampfschifffahrt"
    assert wrap_text("WW", Face(10, 12), 1) == ("W", "W")


def test_bold_words_of_every_script_are_thicker() -> None:
    for words in ("抹茶ラテ", "ต้มยำกุ้ง", "قهوة"):
        plain_ink, bold_ink = (
            picture((Text(words, is_bold=is_bold),)).convert("L").point(lambda level: level < 128).histogram()[1]
            for is_bold in (False, True)
        )
        assert bold_ink > 1.05 * plain_ink, words


def test_a_table_with_short_names_stays_a_table_on_narrow_paper() -> None:
    rows = (("VAT 20 %", "1,710.25", "342.05", "2,052.30"), ("VAT 0 %", "300.00", "0.00", "300.00"))
    (page,) = opened((Table(rows, ("Rate", "Net", "Tax", "Gross")),), 58)
    found = page.get_textpage()
    said = found.get_text_range()
    tops = [found.get_charbox(said.index(word))[3] for word in ("VAT 20", "1,710", "2,052")]
    assert max(tops) - min(tops) < 2


def test_a_figure_stands_below_a_word_that_it_leaves_no_room_and_beside_a_short_one() -> None:
    def tops(left: str, right: str) -> list[float]:
        (page,) = opened((Columns(left, right),), 58)
        found = page.get_textpage()
        said = found.get_text_range()
        return [round(found.get_charbox(said.index(part))[3]) for part in (left[:4], right[:4])]

    name, figure = tops("Till", "1A-000101 to 1A-000290")
    assert abs(name - figure) < 2
    name, figure = tops("Donaudampfschiffkapitän", "14,999.88")
    assert name - figure > 5


def test_lines_hang_below_the_words_of_the_first() -> None:
    (page,) = opened((Text("[ ] 2 x Coffee beans from Ethiopia and Kenya, washed, whole", hang=4),), 58)
    found = page.get_textpage()
    first, later = (found.get_charbox(found.get_text_range().index(word))[0] for word in ("[", "washed"))
    assert later > first + 15


def test_a_barcode_may_stand_without_its_letters() -> None:
    assert text((Barcode("1A-000123", has_text=False),)).strip() == ""
    assert "1A-000123" in text((Barcode("1A-000123"),))


def test_control_characters_in_a_name_do_no_harm() -> None:
    assert "ab" in text((Text("a\x1bb"),))


def test_empty_texts_are_no_reason_to_fail() -> None:
    paper = (Text(""), Columns("", ""), Table(()), QrCode("x"), replace(Text(""), indent=3))
    assert len(opened(paper)) == 1
    assert opened(receipt_paper(replace(ORDINARY, letterhead=replace(LETTERHEAD, shop_name="")))) is not None


def test_spaces_behind_the_last_word_cost_no_line_of_paper() -> None:
    full = "W" * 22
    tidy, untidy = (opened((Text(words),), 58)[0].get_height() for words in (full, full + " " * 40))
    assert untidy == tidy
