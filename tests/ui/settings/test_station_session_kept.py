"""This computer's settings are tried, kept in their file, and taken back."""

from __future__ import annotations

import socket
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omsdesk.settings import ThemeChoice, load
from omsdesk.ui.settings.office import NO_RIGHT, Station
from omsdesk.ui.settings.station_session import StationSession
from tests.ui.back_office import BEN, BackOffice, until
from tests.ui.settings.conftest import Computer


@pytest.fixture
def session(computer: Computer) -> StationSession:
    """Sit down before this computer's page."""
    return StationSession(computer.office())


def tried(session: StationSession) -> str:
    """Print the test page and give the sentence that comes of it."""
    session.print_sample()
    until(lambda: session.sample)
    assert session.sample is not None
    return session.sample.sentence


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


def test_a_network_printer_needs_an_address(computer: Computer, session: StationSession) -> None:
    session.set("kind", "escpos")
    session.set("port", "none")
    session.save()
    assert set(session.errors) == {"host", "port"}
    assert computer.kept == []
    session.set("host", "192.168.1.50")
    session.set("port", "9100")
    assert session.errors == {}
    session.save()
    printer = computer.kept[0].device["receipt"]
    assert (printer.driver, printer.address) == ("escpos", "tcp:192.168.1.50:9100")


def test_what_was_typed_is_forgotten_when_one_wants(session: StationSession) -> None:
    session.set("kind", "escpos")
    session.save()
    session.discard()
    assert session.errors == {}
    assert not session.has_changes
    assert session.draft.kind == "simulator"


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


# --- the test page ----------------------------------------------------------------------------------------------------


def test_the_page_is_drawn_where_there_is_no_printer(session: StationSession) -> None:
    assert tried(session) == "This is how the paper looks."
    assert session.sample is not None
    assert session.sample.sheets[0].startswith(b"\x89PNG")
    session.set("profile", "epson-58")
    assert session.sample is None, "what was drawn is not what would come out now"


def test_the_page_is_written_as_a_file(shop: BackOffice, session: StationSession) -> None:
    session.set("kind", "file")
    session.set("folder", "paper")
    assert tried(session) == f"The test page was written to {shop.folder / 'paper'}."
    assert any((shop.folder / "paper").iterdir())


def test_a_printer_that_does_not_answer_is_said(session: StationSession) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    session.set("kind", "escpos")
    session.set("host", "127.0.0.1")
    session.set("port", str(port))
    said = tried(session)
    assert session.sample is not None
    assert not session.sample.is_good
    assert said.endswith(".")
    assert not session.is_printing


def test_a_press_too_many_prints_one_page(session: StationSession) -> None:
    told: list[bool] = []
    session.listeners.append(lambda: told.append(session.is_printing))
    session.print_sample()
    session.print_sample()
    until(lambda: session.sample)
    assert told.count(True) == 2, "it began once and was pressed once more"
    assert told[-1] is False


def test_a_page_for_a_printer_without_address_is_not_tried(session: StationSession) -> None:
    session.set("kind", "escpos")
    session.print_sample()
    assert not session.is_printing
    assert "host" in session.errors


def test_a_cashier_neither_prints_nor_keeps(shop: BackOffice, computer: Computer, session: StationSession) -> None:
    shop.person = BEN
    session.set("theme", "dark")
    session.save()
    assert session.refusal == NO_RIGHT
    session.print_sample()
    assert not session.is_printing
    assert computer.kept == []


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    typed=st.fixed_dictionaries(
        {"kind": st.sampled_from(["simulator", "file", "escpos"]), "host": st.just("192.168.1.50")},
        optional={
            "port": st.integers(1, 65535).map(str),
            "folder": st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1).filter(
                str.strip
            ),
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
    # What belongs to another kind of printer is not kept.
    others = {"simulator": {"host", "port", "folder"}, "escpos": {"folder"}, "file": {"host", "port"}}[typed["kind"]]
    for name in typed.keys() - others:
        assert getattr(fresh.draft, name) == typed[name].strip()
