"""Lines that fit, without a letter lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.documents.wrap import cells, wrap

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=60)


@pytest.mark.parametrize(
    ("text", "width"),
    [("abc", 3), ("日本", 4), ("e\N{COMBINING ACUTE ACCENT}", 1), ("a\N{ZERO WIDTH JOINER}b", 2), ("€", 1), ("", 0)],
)
def test_a_cell_is_counted_as_a_terminal_counts_it(text: str, width: int) -> None:
    assert cells(text) == width


def test_a_line_breaks_between_words() -> None:
    assert wrap("Coffee beans, whole bean", 13) == ("Coffee beans,", "whole bean")


def test_a_word_wider_than_the_paper_is_split_and_kept_whole() -> None:
    assert wrap("Donaudampfschifffahrt", 8) == ("Donaudam", "pfschiff", "fahrt")
    assert wrap("Die Donaudampfschifffahrt fährt", 8) == ("Die", "Donaudam", "pfschiff", "fahrt", "fährt")


def test_an_address_is_broken_after_its_signs() -> None:
    assert wrap("www.meadow.example/returns-and-exchanges", 20) == ("www.meadow.example/", "returns-and-", "exchanges")
    assert wrap("ada@analytical-engines.example", 16) == ("ada@analytical-", "engines.example")
    assert wrap("a-Donaudampfschiff", 8) == ("a-Donaud", "ampfschi", "ff"), "a sign far back leaves a gap"
    assert wrap("Lovelace-Byron", 14) == ("Lovelace-Byron",), "what fits is not broken"


def test_lines_after_the_first_are_narrower_by_what_hangs() -> None:
    assert wrap("[ ] 2 x Coffee beans", 12, hang=4) == ("[ ] 2 x", "Coffee", "beans")
    assert wrap("Donaudampfschiff", 8, hang=2) == ("Donaudam", "pfschi", "ff")
    assert wrap("one two\nthree four", 7, hang=2) == ("one two", "three", "four")


def test_a_break_that_was_written_is_kept_and_so_is_an_empty_line() -> None:
    assert wrap("one\n\ntwo", 10) == ("one", "", "two")
    assert wrap("", 10) == ("",)


def test_an_amount_stays_on_one_line_at_its_no_break_spaces() -> None:
    assert wrap("zusammen 1\N{NO-BREAK SPACE}234,50\N{NO-BREAK SPACE}€", 14) == (
        "zusammen",
        "1\N{NO-BREAK SPACE}234,50\N{NO-BREAK SPACE}€",
    )


def test_wide_letters_fill_two_cells_each() -> None:
    assert wrap("抹茶ラテ", 5) == ("抹茶", "ラテ")


@given(text=WORDS, width=st.integers(6, 50), hang=st.integers(0, 4))
def test_no_line_is_too_wide_and_no_letter_is_lost(text: str, width: int, hang: int) -> None:
    lines = wrap(text, width, hang)
    assert cells(lines[0]) <= width
    assert all(cells(line) <= width - hang for line in lines[1:])
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_a_space_behind_the_last_word_costs_no_line_of_paper() -> None:
    assert wrap("Flat white ", 10) == ("Flat white",)
    assert wrap("Flat  white  ", 5) == ("Flat ", "white")
    assert wrap("   ", 2) == ("",)
