"""This computer's settings as a form shows them, and back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from omsdesk.settings import DeviceSetting, Settings, ThemeChoice
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
    assert made.device == KNOWN.device


def test_a_blind_count_is_switched_on_and_off() -> None:
    assert draft_of(KNOWN).is_close_blind
    assert not settings_of(replace(draft_of(KNOWN), is_close_blind=False), KNOWN).is_close_blind


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"theme": "dark"}, set()),
        ({"pdf_folder": ""}, {"pdf_folder"}),
    ],
)
def test_mistakes_have_a_field(change: dict[str, Any], fields: set[str]) -> None:
    draft: StationDraft = replace(draft_of(KNOWN), **change)
    assert set(problems(draft)) == fields
