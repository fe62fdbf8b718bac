"""What is typed finds what is stored, whatever the accents and the script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.domain.words import fold, words


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("Žluťoučký kůň", "zlutoucky kun"),
        ("CRÈME BRÛLÉE", "creme brulee"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("Smørrebrød", "smorrebrod"),
        ("Æbleskiver", "aebleskiver"),
        ("ÖKO", "oko"),
        ("İstanbul", "istanbul"),
        ("ﬁlter", "filter"),
        ("\uff34\uff25\uff21", "tea"),
        ("Đồng", "dong"),
    ],
)
def test_accents_and_case_are_no_obstacle(stored: str, typed: str) -> None:
    assert fold(stored) == typed


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Nescafé Gold, 200g", ["nescafe", "gold", "200g"]),
        ("Coca-Cola 0.5 l", ["coca", "cola", "0", "5", "l"]),
        ("  ", []),
        ("緑茶", ["緑", "茶"]),
        ("Tea 緑茶 tea", ["tea", "緑", "茶", "tea"]),
        ("кефир 1 л", ["кефир", "1", "л"]),
        ("M&M's", ["m", "m", "s"]),
    ],
)
def test_a_name_is_split_into_its_words(text: str, found: list[str]) -> None:
    assert words(text) == found


@given(st.text(max_size=40))
def test_folding_is_final(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=40))
def test_words_hold_no_space_and_are_words_again(text: str) -> None:
    found = words(text)
    assert all(word and not word.isspace() for word in found)
    assert words(" ".join(found)) == found


@given(st.text(st.characters(max_codepoint=127), max_size=40))
def test_plain_text_takes_the_short_way_to_the_same_place(text: str) -> None:
    assert fold(text) == fold(text + "é")[:-1]
