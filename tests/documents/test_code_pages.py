"""Text in a printer's own tables: exact, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.documents.code_pages import Run, encode
from omsdesk.documents.printer_profile import EPSON_PAGES, CodePage

CP437, CP858, CP1252, CP852, CP866 = EPSON_PAGES


def test_plain_text_stays_in_the_table_that_is_in_force() -> None:
    assert encode("Total 12.50", EPSON_PAGES, CP866) == (Run(CP866, b"Total 12.50"),)


def test_the_euro_sign_comes_from_a_table_that_has_it() -> None:
    assert encode("12,50 €", EPSON_PAGES, CP437) == (Run(CP858, b"12,50 \xd5"),)


def test_a_czech_line_with_a_price_in_euros_takes_two_tables() -> None:
    runs = encode("Žluťoučký kůň 5 €", EPSON_PAGES, CP437)
    assert runs == (Run(CP852, "Žluťoučký kůň 5 ".encode("cp852")), Run(CP858, b"\xd5"))


def test_a_table_in_force_is_kept_where_it_holds_the_text() -> None:
    assert encode("£3 × 2", EPSON_PAGES, CP1252) == (Run(CP1252, b"\xa33 \xd7 2"),)


@pytest.mark.parametrize("text", ["日本", "שלום", "₹ 50", "Ελένη", "₽", "a 🙂"])
def test_a_letter_in_no_table_is_never_replaced_by_another(text: str) -> None:
    assert encode(text, EPSON_PAGES, CP437) is None


def test_spaces_that_differ_in_width_only_are_spaces() -> None:
    text = "1\N{NO-BREAK SPACE}234\N{NARROW NO-BREAK SPACE}5"
    assert encode(text, EPSON_PAGES, CP437) == (Run(CP437, b"1 234 5"),)


def test_nothing_is_encoded_as_a_control_character() -> None:
    # Python's cp437 has pictures such as ☺ nowhere, but a table could map one below 0x20.
    assert encode("\x1b", EPSON_PAGES, CP437) is None
    assert encode("\x7f", EPSON_PAGES, CP437) is None
    assert encode("♥", EPSON_PAGES, CP437) is None


def test_an_empty_line_is_no_bytes() -> None:
    assert encode("", EPSON_PAGES, CP437) == ()


@given(text=st.text(max_size=40), current=st.sampled_from(EPSON_PAGES))
def test_what_was_encoded_is_read_back_letter_by_letter(text: str, current: CodePage) -> None:
    runs = encode(text, EPSON_PAGES, current)
    if runs is not None:
        spaces = str.maketrans(dict.fromkeys("\u00a0\u2007\u2009\u202f", " "))
        assert "".join(run.data.decode(run.page.codec) for run in runs) == text.translate(spaces)
        assert all(byte >= 0x20 for run in runs for byte in run.data)
