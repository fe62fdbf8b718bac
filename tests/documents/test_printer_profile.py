"""What was tried on a printer stands above what is known of its model."""

from __future__ import annotations

import codecs
from dataclasses import replace

import pytest

from omsdesk.documents.escpos import render
from omsdesk.documents.paper import Text
from omsdesk.documents.printer_profile import (
    EPSON_80,
    KNOWN_PAGES,
    PROFILES,
    CodePage,
    profile_from,
    verified_pages,
)

TRIED: dict[str, str | int | bool] = {"profile": "epson-80", "pages": "", "kick_pin": 2, "pulse_ms": 100}


def test_a_printer_that_nobody_tried_gets_the_table_that_all_begin_with_and_no_other() -> None:
    assert profile_from(TRIED) == replace(EPSON_80, code_pages=(CodePage(0, "cp437"),))
    assert profile_from({**TRIED, "profile": "generic-58", "pages": "  "}) == PROFILES["generic-58"]


def test_a_euro_is_drawn_until_somebody_saw_its_table_come_out_right() -> None:
    """Printers that call themselves Epson and have no table 19 print another letter in its place."""
    price = (Text("Müsli 4,95 €"),)
    assert b"\x1dv0" in render(price, profile_from(TRIED)).payload
    assert b"\x1bt\x13M\x81sli 4,95 \xd5" in render(price, profile_from({**TRIED, "pages": "0,19"})).payload


@pytest.mark.parametrize("page", KNOWN_PAGES, ids=lambda page: page.codec)
def test_the_numbers_of_the_tables_are_those_that_others_found(page: CodePage) -> None:
    """The capability tables that python-escpos ships are collected from the manuals of many makers."""
    from escpos.capabilities import CAPABILITIES

    table = CAPABILITIES["profiles"]["TM-T88V"]["codePages"][str(page.number)]
    assert codecs.lookup(table.replace("ISO_8859", "iso8859")) == codecs.lookup(page.codec)


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
