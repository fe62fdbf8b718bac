"""This computer's settings as a form shows them, and back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from omsdesk.documents.plain import render
from omsdesk.documents.printer_profile import PROFILES
from omsdesk.settings import DeviceSetting, Settings, ThemeChoice
from omsdesk.ui.settings.sample_page import print_sample, sample_paper
from omsdesk.ui.settings.station_session import StationDraft, draft_of, problems, settings_of

KNOWN = Settings(
    Path("somewhere"),
    theme=ThemeChoice.CONTRAST,
    text_scale=125,
    sound_volume=35,
    database="till.db",
    is_close_blind=True,
    device={"receipt": DeviceSetting("escpos", "tcp:192.168.1.50:9100", {"profile": "generic-58", "answers": False})},
)


def test_settings_go_through_their_form_unharmed() -> None:
    draft = draft_of(KNOWN)
    assert problems(draft) == {}
    assert settings_of(draft, KNOWN) == KNOWN


def test_what_the_form_does_not_show_stays() -> None:
    made = settings_of(replace(draft_of(KNOWN), theme="dark"), KNOWN)
    assert (made.database, made.folder, made.theme) == ("till.db", Path("somewhere"), ThemeChoice.DARK)


def test_a_blind_count_is_switched_on_and_off() -> None:
    assert draft_of(KNOWN).is_close_blind
    assert not settings_of(replace(draft_of(KNOWN), is_close_blind=False), KNOWN).is_close_blind


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"host": " "}, {"host"}),
        ({"port": "65536"}, {"port"}),
        ({"port": "usb"}, {"port"}),
        ({"kind": "simulator", "host": "", "port": ""}, set()),
        ({"kind": "file", "folder": ""}, {"folder"}),
        ({"pdf_folder": ""}, {"pdf_folder"}),
    ],
)
def test_mistakes_have_a_field(change: dict[str, Any], fields: set[str]) -> None:
    draft: StationDraft = replace(draft_of(KNOWN), **change)
    assert set(problems(draft)) == fields


@pytest.mark.parametrize("profile", PROFILES)
def test_the_test_page_fills_a_line_of_every_model(profile: str, tmp_path: Path) -> None:
    columns = PROFILES[profile].columns
    text = render(sample_paper("Corner Coffee", profile, "today"), columns)
    digits = next(line for line in text.splitlines() if line.startswith("12345"))
    assert len(digits) == columns
    printer = DeviceSetting("simulator", "virtual:", {"profile": profile})
    made = print_sample(Settings(tmp_path, device={"receipt": printer}), "Corner Coffee", "today")
    assert made.is_good
    assert made.sheets[0].startswith(b"\x89PNG")
