"""What was tried on a printer stands above what is known of its model."""

from __future__ import annotations

import pytest

from omsdesk.documents.printer_profile import (
    EPSON_80,
    KNOWN_PAGES,
    PROFILES,
    CodePage,
    profile_from,
    verified_pages,
)

TRIED: dict[str, str | int | bool] = {"profile": "epson-80", "pages": "", "kick_pin": 2, "pulse_ms": 100}


def test_nothing_tried_is_what_is_known_of_the_model() -> None:
    assert profile_from(TRIED) == EPSON_80
    assert profile_from({**TRIED, "profile": "generic-58", "pages": "  "}) == PROFILES["generic-58"]


def test_tables_that_came_out_right_take_the_place_of_the_models() -> None:
    pages = profile_from({**TRIED, "pages": "16, 18,0"}).code_pages
    assert [(page.number, page.codec) for page in pages] == [(16, "cp1252"), (18, "cp852"), (0, "cp437")]


def test_where_none_came_out_right_only_plain_letters_are_text() -> None:
    assert [page.codec for page in verified_pages("none")] == ["ascii"]


@pytest.mark.parametrize("text", ["22", "0;16", "0,,16", "latin", "0,-1"])
def test_what_is_no_list_of_tables_is_said(text: str) -> None:
    with pytest.raises(ValueError, match="a list such as 0,16,19"):
        verified_pages(text)


def test_the_pin_and_the_pulse_are_those_that_opened_the_drawer() -> None:
    profile = profile_from({**TRIED, "kick_pin": 5, "pulse_ms": 200})
    assert (profile.kick_pin, profile.pulse_ms) == (5, 200)


@pytest.mark.parametrize("page", KNOWN_PAGES, ids=lambda page: page.codec)
def test_each_table_has_a_codec_that_python_knows(page: CodePage) -> None:
    assert len(b"\xa5".decode(page.codec, "replace")) == 1
