"""This computer's settings are tried, kept in their file, and taken back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omsdesk.settings import DeviceSetting, ThemeChoice, load
from omsdesk.ui.settings.office import NO_RIGHT, Station
from omsdesk.ui.settings.station_session import StationSession
from tests.ui.back_office import BEN, BackOffice
from tests.ui.settings.conftest import Computer


@pytest.fixture
def session(computer: Computer) -> StationSession:
    """Sit down before this computer's page."""
    return StationSession(computer.office())


def test_a_look_is_kept_and_taken_back(shop: BackOffice, session: StationSession) -> None:
    session.set("theme", "contrast")
    session.set("text_scale", "150")
    session.set("sound_volume", "0")
    session.save()
    kept = load(shop.folder)
    assert (kept.theme, kept.text_scale, kept.sound_volume) == (ThemeChoice.CONTRAST, 150, 0)
    assert (session.saved, session.can_undo, session.has_changes) == ("Settings saved", True, False)
    session.take_back()
    kept = load(shop.folder)
    assert (kept.theme, kept.text_scale, kept.sound_volume) == (ThemeChoice.SYSTEM, 100, 70)
    assert (session.saved, session.can_undo) == ("", False)
    session.take_back()


def test_nothing_typed_is_nothing_kept(computer: Computer, session: StationSession) -> None:
    session.save()
    session.set("theme", "dark")
    session.set("theme", "system")
    session.save()
    assert computer.kept == []


def test_what_was_typed_is_forgotten_when_one_wants(session: StationSession) -> None:
    session.set("pdf_folder", " ")
    session.save()
    assert set(session.errors) == {"pdf_folder"}
    session.discard()
    assert session.errors == {}
    assert not session.has_changes
    assert session.draft.pdf_folder == "documents"


def test_what_another_page_changed_meanwhile_stays(computer: Computer, session: StationSession) -> None:
    session.set("theme", "dark")
    session.save()
    scale = {"scale": DeviceSetting("virtual_scale", "virtual:")}
    computer.keep(replace(load(computer.shop.folder), device=scale))
    session.take_back()
    kept = load(computer.shop.folder)
    assert (kept.theme, kept.device) == (ThemeChoice.SYSTEM, scale)


def test_a_look_that_the_palette_changed_is_shown_unless_something_is_typed(
    computer: Computer, session: StationSession
) -> None:
    other = StationSession(computer.office())
    other.set("theme", "dark")
    other.save()
    session.refresh()
    assert session.draft.theme == "dark"
    session.set("sound_volume", "0")
    other.set("theme", "light")
    other.save()
    session.refresh()
    assert session.draft.sound_volume == "0"


def test_a_folder_that_cannot_be_written_is_said_and_what_was_chosen_stays(
    shop: BackOffice, computer: Computer
) -> None:
    def full(_: object) -> None:
        raise OSError(28, "No space left on device")

    office = computer.office()
    station = Station(office.station.settings, full, office.station.become_till, office.station.make_demo_shop)
    broken = replace(office, station=station)
    session = StationSession(broken)
    session.set("theme", "dark")
    session.save()
    assert "No space left on device" in session.refusal
    assert str(shop.folder) in session.refusal
    assert session.draft.theme == "dark"
    assert not session.can_undo


def test_folders_begin_where_the_settings_lie(shop: BackOffice, session: StationSession) -> None:
    assert session.folder / session.draft.pdf_folder == shop.folder / "documents"
    session.set("pdf_folder", "/srv/receipts")
    assert session.folder / session.draft.pdf_folder == Path("/srv/receipts")


def test_a_cashier_keeps_nothing(shop: BackOffice, computer: Computer, session: StationSession) -> None:
    shop.person = BEN
    session.set("theme", "dark")
    session.save()
    assert session.refusal == NO_RIGHT
    assert computer.kept == []


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    typed=st.fixed_dictionaries(
        {},
        optional={
            "pdf_folder": st.text(st.characters(codec="utf-8"), min_size=1).filter(str.strip),
            "theme": st.sampled_from([str(theme) for theme in ThemeChoice]),
            "text_scale": st.sampled_from(["100", "125", "150"]),
        },
    )
)
def test_whatever_is_chosen_and_saved_reads_back_the_same(session: StationSession, typed: dict[str, str]) -> None:
    for name, value in typed.items():
        session.set(name, value)
    session.save()
    assert session.errors == {}
    fresh = StationSession(session.office)
    for name, value in typed.items():
        assert getattr(fresh.draft, name) == value.strip()
