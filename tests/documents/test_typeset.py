"""Blocks on a grid of letters: what stands where."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.documents.paper import Align, Block, Columns, Cut, Feed, Rule, Size, Table, Text
from omsdesk.documents.typeset import Grid, Line, typeset
from omsdesk.documents.wrap import cells

NARROW = Grid(normal=32, small=42, large=16)
PRINTABLE = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cf", "Mn", "Me"]), max_size=80)


def lines(*blocks: Block, grid: Grid = NARROW) -> list[Line]:
    return [row for row in typeset(blocks, grid) if isinstance(row, Line)]


def texts(*blocks: Block, grid: Grid = NARROW) -> list[str]:
    return [line.text for line in lines(*blocks, grid=grid)]


def test_text_stands_left_in_the_middle_or_right() -> None:
    assert texts(Text("abc")) == ["abc"]
    assert texts(Text("abcd", Align.CENTER)) == [" " * 14 + "abcd"]
    assert texts(Text("abc", Align.RIGHT)) == [" " * 29 + "abc"]


def test_an_indent_holds_for_every_line_of_a_paragraph() -> None:
    assert texts(Text("a note that is too long for one line", indent=4)) == [
        "    a note that is too long for",
        "    one line",
    ]


def test_large_letters_take_two_columns_each() -> None:
    (line,) = lines(Text("Meadow", Align.CENTER, Size.LARGE))
    assert (line.text, line.is_wide, line.columns) == ("     Meadow", True, 16)


def test_large_letters_are_only_high_where_a_word_would_have_to_be_split() -> None:
    (line,) = lines(Text("Feinkosthandlung", size=Size.LARGE))
    assert line.is_wide
    (line,) = lines(Text("Feinkosthandlungen", size=Size.LARGE))
    assert (line.is_wide, line.columns) == (False, 32)


def test_an_amount_stands_at_the_right_of_the_first_line_of_its_name() -> None:
    assert texts(Columns("Coffee beans Ethiopia Yirgacheffe, washed", "9.45")) == [
        "Coffee beans Ethiopia       9.45",
        "Yirgacheffe, washed",
    ]


def test_a_name_never_runs_below_the_amounts() -> None:
    for line in texts(Columns("word " * 30, "1,234.56"))[1:]:
        assert cells(line) <= 32 - len(" 1,234.56")


def test_an_amount_that_leaves_no_room_for_a_name_moves_to_its_own_line() -> None:
    assert texts(Columns("Croissant", "1.234.567.890.123,45 EUR")) == [
        "Croissant",
        " " * 8 + "1.234.567.890.123,45 EUR",
    ]


def test_a_large_total_stands_below_its_word_where_both_do_not_fit() -> None:
    word, amount = lines(Columns("TOTAL", "345 678,90 Kč", Size.LARGE))
    assert (word.text, word.is_wide, amount.is_wide) == ("TOTAL", True, True)
    assert amount.text == "345 678,90 Kč".rjust(16)


def test_a_large_total_is_only_high_where_it_would_not_fit() -> None:
    (line,) = lines(Columns("TOTAL", "12 345 678 901,90 Kč", Size.LARGE))
    assert (line.columns, line.is_wide) == (32, False)
    (short,) = lines(Columns("TOTAL", "678,90 Kč", Size.LARGE))
    assert (short.columns, short.is_wide) == (16, True)


def test_figures_of_a_table_line_up_under_their_headings() -> None:
    table = Table((("VAT 20 %", "2.67", "0.53"), ("VAT 0 %", "1,113.51", "0.00")), ("Included", "Net", "Tax"))
    assert texts(table) == [
        "Included" + " " * 25 + "Net   Tax",
        "VAT 20 %" + " " * 24 + "2.67  0.53",
        "VAT 0 %" + " " * 21 + "1,113.51  0.00",
    ]
    assert [line.is_bold for line in lines(table)] == [True, False, False]


def test_a_long_name_in_a_table_wraps_beside_its_figures() -> None:
    table = Table((("A method with a very long name", "10,000.00", "10,000.00"),))
    assert texts(table) == ["A method with a very  10,000.00  10,000.00", "long name"]


def test_a_table_too_wide_for_the_paper_becomes_one_figure_a_line() -> None:
    amounts = ("1,000,000,000.00", "1,000,000,000.00")
    assert len(texts(Table((("Cash", *amounts),), ("Method", "Expected", "Counted")))) == 2, "short names have room"
    assert texts(Table((("Vouchers", *amounts),), ("Method", "Expected", "Counted"))) == [
        "Method",
        "Vouchers",
        "  Expected" + " " * 16 + "1,000,000,000.00",
        "  Counted" + " " * 17 + "1,000,000,000.00",
    ]


def test_an_empty_table_is_nothing() -> None:
    assert texts(Table(())) == []


def test_a_word_is_not_split_where_its_figure_can_stand_below_it() -> None:
    block = Columns("Donaudampfschifffahrt", "1,234,567.00")
    assert texts(block) == ["Donaudampfschifffahrt", "1,234,567.00".rjust(32)]
    assert texts(Columns("Ham", "1,234,567.00"))[0].startswith("Ham ")


def test_lines_after_the_first_hang_below_its_words() -> None:
    block = Text("[ ] 2 x Coffee beans from Ethiopia, washed", hang=4)
    assert texts(block) == ["[ ] 2 x Coffee beans from", "    Ethiopia, washed"]
    assert texts(Text("2 x Full English breakfast", size=Size.LARGE, hang=2)) == ["2 x Full English", "  breakfast"]


def test_large_letters_are_high_only_where_an_indent_leaves_a_word_no_room() -> None:
    wide, high = (lines(Text(words, size=Size.LARGE, indent=2)) for words in ("Oat", "Sixteen-letters-"))
    assert (wide[0].is_wide, high[0].is_wide) == (True, False)
    assert len(high) == 1


def test_a_bar_is_black_from_margin_to_margin() -> None:
    (line,) = lines(Text("COPY", Align.CENTER, Size.LARGE, is_inverted=True))
    assert line.text == "      COPY      "


def test_blocks_without_text_pass_through() -> None:
    assert typeset((Rule(), Feed(2), Cut()), NARROW) == (Rule(), Feed(2), Cut())


@pytest.mark.parametrize("evil", ["\x1bp\x00\x19\xfa", "\x1d!\x11", "a\x10\x14\x01b", "\x00\x07"])
def test_a_name_cannot_smuggle_commands_to_the_printer(evil: str) -> None:
    (line,) = lines(Text(evil))
    assert all(character >= " " for character in line.text)


def test_a_letter_and_its_accent_become_one() -> None:
    assert texts(Text("Cafe\N{COMBINING ACUTE ACCENT}")) == ["Café"]


@given(name=PRINTABLE, amount=st.decimals(0, 10**9, places=2).map(str), size=st.sampled_from(Size))
def test_every_letter_of_name_and_amount_is_on_the_paper_within_the_margins(name: str, amount: str, size: Size) -> None:
    set_lines = lines(Columns(name, amount, size))
    assert all(cells(line.text) <= line.columns for line in set_lines)
    printed = "".join("".join(line.text for line in set_lines).split())
    assert amount in "".join(printed) or cells(amount) > set_lines[0].columns
    assert len(printed) == len("".join(lines_cleaned(name).split())) + len(amount)


def lines_cleaned(name: str) -> str:
    """A name as it is set: with its accents composed."""
    return "".join(line.text for line in lines(Text(name), grid=Grid(500, 500, 500)))
