"""Laws of setting type that hold for every text: nothing is lost, nothing is covered, no line is too wide."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from omsdesk.documents import fonts, pdf, plain
from omsdesk.documents.code_pages import encode
from omsdesk.documents.formats import format_amount, format_money, format_quantity
from omsdesk.documents.paper import Align, Columns, Feed, Rule, Size, Table, Text
from omsdesk.documents.printer_profile import EPSON_80, PROFILES, CodePage
from omsdesk.documents.receipt import Receipt, ReceiptLine, TenderRow, receipt_paper
from omsdesk.documents.shift_report import ReportKind, shift_report_paper
from omsdesk.documents.tax_rows import TaxRow
from omsdesk.documents.typeset import Grid, Line, Span, stack_table, typeset
from omsdesk.documents.wrap import cells, clean, clean_figure, wrap
from omsdesk.domain.values import Money, Quantity
from tests.documents.samples import LETTERHEAD, ORDINARY, X_REPORT, Z_REPORT

SHOWN = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cf", "Mn", "Me", "Zl", "Zp"]), max_size=60
)
ANY = st.text(max_size=60)
LATIN = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x17F, exclude_categories=["Cc", "Cf"]), max_size=40)
FIGURES = st.decimals(-(10**7), 10**7, places=2).map(str)
GRIDS = st.sampled_from([profile.grid for profile in PROFILES.values()] + [Grid(20, 20, 20)])
MONEY = st.builds(Money, st.integers(-(10**11), 10**11), st.sampled_from(["EUR", "JPY", "KWD"]))


def set_lines(*blocks: Text | Columns | Table, grid: Grid) -> list[Line]:
    return [row for row in typeset(blocks, grid) if isinstance(row, Line)]


def letters(text: str) -> str:
    return "".join(text.split())


# --- cleaning ---------------------------------------------------------------------------------------------------------


@given(text=st.text(max_size=60) | st.binary(max_size=60).map(lambda data: data.decode("latin-1")))
def test_a_clean_text_holds_nothing_that_a_printer_obeys_and_is_clean_for_good(text: str) -> None:
    cleaned = clean(text)
    assert all(letter == "\n" or unicodedata.category(letter) not in {"Cc", "Cs"} for letter in cleaned)
    assert clean(cleaned) == cleaned
    assert "\n" not in clean_figure(text)


@given(text=SHOWN)
def test_cleaning_keeps_every_letter(text: str) -> None:
    assert clean(text) == unicodedata.normalize("NFC", text)


# --- lines ------------------------------------------------------------------------------------------------------------


@given(text=ANY, size=st.sampled_from(Size), align=st.sampled_from(Align), grid=GRIDS, indent=st.integers(0, 4))
def test_a_paragraph_keeps_to_its_columns_and_loses_no_letter(
    text: str, size: Size, align: Align, grid: Grid, indent: int
) -> None:
    lines = set_lines(Text(text, align, size, indent=indent), grid=grid)
    assert letters("".join(line.text for line in lines)) == letters(clean(text))
    for line in lines:
        (span,) = line.spans
        assert span.at == indent
        assert span.at + span.width == line.columns
        assert cells(line.text) <= line.columns
        assert indent <= span.start or cells(span.text) > span.width


@given(
    names=st.lists(SHOWN, min_size=1, max_size=5),
    figures=st.lists(st.tuples(FIGURES, FIGURES, FIGURES), min_size=5, max_size=5),
    grid=GRIDS,
    size=st.sampled_from([Size.SMALL, Size.NORMAL]),
)
def test_figures_of_a_table_end_at_the_same_columns_which_add_up_to_the_width(
    names: list[str], figures: list[tuple[str, str, str]], grid: Grid, size: Size
) -> None:
    rows = tuple((name, *row) for name, row in zip(names, figures, strict=False))
    table = Table(rows, ("Rate", "Net", "Tax", "Gross"), size)
    lines = set_lines(table, grid=grid)
    whole = "".join(line.text for line in lines)
    for name, *row in rows:
        assert all(figure in whole for figure in row)
        assert Counter(letters(clean(name))) <= Counter(letters(whole))
    full = [line for line in lines if len(line.spans) == 4]
    ends = {tuple(span.at + span.width for span in line.spans) for line in full}
    assert len(ends) <= 1
    assert all(end[-1] == grid.columns(size) for end in ends)
    for line in lines:
        assert all(a.at + a.width <= b.at for a, b in itertools.pairwise(line.spans))
        assert cells(line.text) <= line.columns


@given(rows=st.lists(st.tuples(SHOWN, FIGURES, FIGURES), max_size=4).map(tuple), has_heading=st.booleans())
def test_a_table_taken_apart_holds_each_figure_once_with_its_heading(
    rows: tuple[tuple[str, str, str], ...], has_heading: bool
) -> None:
    blocks = stack_table(Table(rows, ("Rate", "Net", "Tax") if has_heading else ()))
    title = ["Rate"] if rows and has_heading else []
    assert [block.text for block in blocks if isinstance(block, Text)] == [*title, *(name for name, *_ in rows)]
    pairs = [(block.left, block.right) for block in blocks if isinstance(block, Columns)]
    headings = ("Net", "Tax") if has_heading else ("", "")
    assert pairs == [pair for _, *row in rows for pair in zip(headings, row, strict=True)]


@given(text=SHOWN, at=st.integers(0, 10), width=st.integers(1, 60), align=st.sampled_from(Align))
def test_a_piece_of_text_stands_inside_its_room(text: str, at: int, width: int, align: Align) -> None:
    span = Span(text, at, width, align)
    assert span.start >= at
    if cells(text) <= width:
        assert span.start + cells(text) <= at + width
    if align is Align.LEFT:
        assert span.start == at


# --- character tables -------------------------------------------------------------------------------------------------


@given(text=ANY, current=st.sampled_from(EPSON_80.code_pages))
def test_what_is_encoded_reads_back_as_the_text_and_all_else_is_left_to_be_drawn(text: str, current: CodePage) -> None:
    runs = encode(text, EPSON_80.code_pages, current)
    if runs is None:
        assert any(not letter.isascii() or not letter.isprintable() for letter in text)
        return
    said = "".join(run.data.decode(run.page.codec) for run in runs)
    assert said == re.sub("[\u00a0\u2007\u2009\u202f]", " ", text)
    assert all(byte >= 0x20 for run in runs for byte in run.data)
    assert all(a.page != b.page for a, b in itertools.pairwise(runs))


@given(text=st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=40))
def test_plain_letters_never_change_the_table(text: str) -> None:
    for page in EPSON_80.code_pages:
        assert all(run.page == page for run in encode(text, EPSON_80.code_pages, page) or ())


# --- fonts and the other renderers ------------------------------------------------------------------------------------


@given(text=SHOWN, is_bold=st.booleans())
def test_pieces_of_text_by_font_are_the_text(text: str, is_bold: bool) -> None:
    runs = fonts.runs(text, is_bold=is_bold)
    assert "".join(run.text for run in runs) == text
    assert all(run.path.is_file() for run in runs)
    assert bool(fonts.missing_note(text)) == any(not run.is_covered for run in fonts.runs(text))


@settings(max_examples=25)
@given(words=st.lists(LATIN, min_size=1, max_size=6), width_mm=st.sampled_from([58, 80]))
def test_every_latin_letter_can_be_found_in_the_pdf(words: list[str], width_mm: int) -> None:
    import pypdfium2

    text = " ".join(words)
    assume(not any(not run.is_covered or run.path != fonts.bundled() for run in fonts.runs(clean(text))))
    paper = (Columns(text, "12.50"), Text(text, size=Size.SMALL), Rule(), Feed(2))
    document = pypdfium2.PdfDocument(pdf.render(paper, width_mm).payload)
    found = letters("".join(page.get_textpage().get_text_range() for page in document))
    for letter in letters(clean(text)):
        # What stands there as one letter may be found as its two parts, the long s as an s.
        assert set(unicodedata.normalize("NFKD", letter)) <= set(unicodedata.normalize("NFKD", found))
    assert "12.50" in found


@given(name=SHOWN, columns=st.integers(20, 80))
def test_plain_text_holds_every_letter_within_its_columns(name: str, columns: int) -> None:
    said = plain.render((Text(name), Columns(name, "1.00")), columns)
    first, second = letters(clean(name)), letters(said).replace("1.00", "", 1)
    assert second.startswith(first)
    assert Counter(second) == Counter(first * 2)
    assert all(cells(line) <= columns for line in said.splitlines())


# --- whole documents --------------------------------------------------------------------------------------------------


@st.composite
def receipts(draw: st.DrawFn) -> Receipt:
    """Any sale or refund of any shop, whether or not its figures make sense: printed they must be."""
    currency = draw(st.sampled_from(["EUR", "JPY", "KWD"]))
    money = st.integers(-(10**9), 10**9).map(lambda minor: Money(minor, currency))
    quantity = st.integers(-(10**9), 10**9).map(Quantity)
    unit = st.sampled_from(["piece", "kg", "m2", "h"])
    line = st.builds(ReceiptLine, SHOWN, quantity, unit, money, money, st.lists(SHOWN, max_size=2).map(tuple))
    tax = st.builds(TaxRow, SHOWN, st.sampled_from(["20 %", ""]), money, money)
    tender = st.builds(TenderRow, SHOWN, money, st.none() | money)
    return replace(
        ORDINARY,
        letterhead=LETTERHEAD,
        sale_id="",  # stands in one piece whatever the width, to be copied
        lines=tuple(draw(st.lists(line, max_size=4))),
        item_count=draw(st.integers(-5, 5)),
        subtotal=draw(money),
        total=draw(money),
        rounding=draw(st.none() | money),
        taxes=tuple(draw(st.lists(tax, max_size=2))),
        prices_include_tax=draw(st.booleans()),
        tenders=tuple(draw(st.lists(tender, max_size=2))),
        change=draw(st.none() | money),
        locale=draw(st.sampled_from(["en-GB", "de-CH", "cs-CZ", "ja-JP", "ar-KW", "fa-IR"])),
    )


@settings(max_examples=25)
@given(receipt=receipts(), columns=st.sampled_from([32, 42, 48]))
def test_any_receipt_shows_what_was_paid_and_each_amount_within_its_columns(receipt: Receipt, columns: int) -> None:
    said = plain.render(receipt_paper(receipt), columns)
    assert all(cells(line) <= columns for line in said.splitlines())
    squeezed = letters(said)
    assert letters(format_money(receipt.total, receipt.locale)) in squeezed
    for line in receipt.lines:
        assert letters(format_amount(line.amount, receipt.locale)) in squeezed
    for tender in receipt.tenders:
        shown = -tender.amount if tender.amount.minor < 0 else tender.given or tender.amount
        assert letters(format_money(shown, receipt.locale)) in squeezed
    assert ("Refund" in said) is (receipt.total.minor < 0)


@given(money=MONEY, locale=st.sampled_from(["en-GB", "sv-SE", "fr-CH", "ar-EG", "he-IL", "fa-IR", "ja-JP", "hi-IN"]))
def test_an_amount_is_written_with_signs_that_leave_its_order_alone(money: Money, locale: str) -> None:
    for written in (format_money(money, locale), format_amount(money, locale)):
        assert not any(unicodedata.category(letter) == "Cf" for letter in written)
        assert ("-" in written) is (money.minor < 0)
        digits = "".join(letter for letter in written if letter.isdecimal())
        assert int(digits) == abs(money.minor)
    assert "\uffe5" not in format_money(money, locale)
    assert format_quantity(Quantity(0), locale) == "0"


@pytest.mark.parametrize("report", [Z_REPORT, X_REPORT], ids=["Z", "X"])
@pytest.mark.parametrize("columns", [32, 42, 48])
def test_a_report_of_nothing_is_a_report(report: object, columns: int) -> None:
    nothing = Money(0, "GBP")
    empty = replace(
        Z_REPORT if report is Z_REPORT else X_REPORT,
        tickets=(), came_back=None, void_count=0, void_amount=nothing, tax_total=None, loads=(), cash_payments=None,
        expected_cash=None,
        discounts=nothing, rounding=nothing, total=nothing, taxes=(), tenders=(), pay_ins=(), pay_outs=(),
        first_receipt="", last_receipt="", no_sale_count=0, held_count=0, opened_by="", closed_by="",
    )  # fmt: skip
    said = plain.render(shift_report_paper(empty), columns)
    assert "Numbers" in said
    assert "none" in said
    assert "PAYMENTS" not in said
    assert ("Signature" in said) is (empty.kind is ReportKind.Z)
    assert all(cells(line) <= columns for line in said.splitlines())


@given(text=SHOWN, width=st.integers(2, 60))
def test_wrapping_what_was_wrapped_changes_nothing(text: str, width: int) -> None:
    once = wrap(text, width)
    assert wrap("\n".join(once), width) == once
