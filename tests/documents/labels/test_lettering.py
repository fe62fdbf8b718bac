"""Text in a box: as large as asked for, smaller where it must be, and never cut off without a word."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omsdesk.documents.labels.lettering import Face, Lettering, letter
from omsdesk.documents.labels.model import Stand
from omsdesk.documents.paper import Align

LONG = "Organic blossom honey from the islands, runny, 500 g"


def is_inside(set_text: Lettering, width: int, height: int) -> bool:
    picture = set_text.picture
    return picture is None or (
        set_text.x >= 0
        and set_text.y >= 0
        and set_text.x + picture.width <= width
        and set_text.y + picture.height <= height
    )


@given(
    st.text(max_size=80),
    st.integers(1, 400),
    st.integers(1, 120),
    st.builds(
        Face,
        st.integers(0, 90),
        st.integers(0, 40),
        st.booleans(),
        st.integers(1, 4),
        st.sampled_from(Align),
        st.sampled_from(Stand),
    ),
)
@settings(max_examples=150, deadline=None)
def test_no_ink_is_ever_outside_of_the_box(text: str, width: int, height: int, face: Face) -> None:
    assert is_inside(letter(text, width, height, face), width, height)


def test_what_fits_is_as_large_as_asked_for() -> None:
    one = letter("Honey", 400, 60, Face(40, 16))
    two = letter("Honey", 800, 90, Face(40, 16))
    assert one.picture is not None
    assert two.picture is not None
    assert one.picture.size == two.picture.size
    assert not one.note


def test_what_is_too_wide_becomes_smaller() -> None:
    large, small = letter("Honey", 400, 60, Face(40, 16)), letter("Honey", 70, 60, Face(40, 16))
    assert small.picture is not None
    assert large.picture is not None
    assert small.picture.height < large.picture.height
    assert small.picture.width <= 70
    assert not small.note


def test_what_may_wrap_wraps_before_it_becomes_smaller() -> None:
    wrapped, single = letter(LONG, 300, 120, Face(30, 16, most_lines=3)), letter(LONG, 300, 120, Face(30, 16))
    assert wrapped.picture is not None
    assert wrapped.picture.height > 60
    assert not wrapped.note
    assert single.picture is not None
    assert single.picture.height < 40


def test_a_word_becomes_smaller_before_it_is_broken() -> None:
    word = letter("Blossom Donaudampfschifffahrt", 300, 120, Face(40, 16, most_lines=3))
    assert word.picture is not None
    assert 36 < word.picture.height < 80, "two lines of smaller letters"
    assert not word.note
    broken = letter("Donaudampfschifffahrtsgesellschaft", 120, 120, Face(40, 24, most_lines=5))
    assert broken.picture is not None
    assert broken.picture.height > 60
    wide = letter("抹茶ラテと和菓子のセット季節の果物つき", 300, 120, Face(30, 12, most_lines=3))
    assert wide.picture is not None
    assert wide.picture.height > 55, "letters that need no spaces wrap at full size"


def test_bold_letters_of_every_script_are_thicker() -> None:
    for text in ("Honey", "抹茶ラテ", "ต้มยำกุ้ง", "قهوة"):
        ink = [
            made.histogram()[0]
            for is_bold in (False, True)
            if (made := letter(text, 300, 80, Face(40, 40, is_bold=is_bold)).picture) is not None
        ]
        assert ink[1] > 1.05 * ink[0], text


def test_what_does_not_fit_at_its_least_ends_with_an_ellipsis_and_is_reported() -> None:
    cut = letter(LONG, 120, 30, Face(30, 24))
    assert cut.picture is not None
    assert cut.picture.width > 90
    assert cut.note == f"“{LONG}” does not fit and ends with an ellipsis. Make its box larger or its letters smaller."


def test_where_not_even_that_fits_nothing_is_printed_and_it_is_reported() -> None:
    none = letter("Honey", 5, 5, Face(30, 24))
    assert none.picture is None
    assert none.note.startswith("There is no room for “Honey”.")


@pytest.mark.parametrize("text", ["", " ", "\n \n", "\t"])
def test_nothing_to_say_is_no_fault(text: str) -> None:
    assert letter(text, 100, 30, Face(20, 16)) == Lettering()


def test_lines_that_a_person_ended_stay_lines() -> None:
    address = letter("Żaneta Müller\nRynek Główny 8\n31-042 Kraków", 600, 200, Face(30, 20, most_lines=5))
    assert address.picture is not None
    assert 80 < address.picture.height < 36 * 3
    assert not address.note


def test_a_letter_that_no_font_has_is_reported() -> None:
    assert "U+12000" in letter("𒀀", 100, 40, Face(30, 20)).note


def test_text_stands_where_it_was_put() -> None:
    places = [letter("H", 300, 200, Face(40, 40, align=align, stand=Stand.MIDDLE)) for align in Align]
    left, centre, right = sorted(places, key=lambda placed: placed.x)
    assert left.x < 10
    assert 130 < centre.x < 160
    assert right.x > 260
    heights = [letter("H", 300, 200, Face(40, 40, stand=stand)).y for stand in Stand]
    assert heights == sorted(heights)
    assert heights[2] - heights[0] > 140
