"""Settings: kept as a person can read them, and a mistake in the file is told with its line."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.documents.printer_profile import PROFILES
from omsdesk.settings import (
    FILE,
    BrokenSettings,
    PrinterKind,
    ReceiptPrinter,
    Service,
    Settings,
    ThemeChoice,
    load,
    save,
    station_folder,
    unknown_names,
)


def written(folder: Path, text: str | bytes) -> Path:
    (folder / FILE).write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def sentence_for(folder: Path, text: str | bytes) -> str:
    with pytest.raises(BrokenSettings) as caught:
        load(written(folder, text))
    return str(caught.value)


def test_a_station_without_a_file_has_the_defaults(tmp_path: Path) -> None:
    settings = load(tmp_path)
    assert settings == Settings(tmp_path)
    assert settings.theme is ThemeChoice.SYSTEM
    assert settings.database_path == tmp_path / "shop.db"
    assert settings.pdf_path == tmp_path / "documents"
    assert settings.receipt_path == tmp_path / "receipts"


def test_what_was_saved_is_read_back(tmp_path: Path) -> None:
    printer = ReceiptPrinter(PrinterKind.NETWORK, "192.168.1.50", 9101, profile="epson-58")
    settings = Settings(
        tmp_path / "new",
        "/srv/shop.db",
        ThemeChoice.CONTRAST,
        150,
        0,
        is_close_blind=True,
        receipt_printer=printer,
        service=Service("https://desk.example", "s1", "corner", "/etc/own.pem"),
    )
    save(settings)
    assert load(tmp_path / "new") == settings
    assert settings.database_path == Path("/srv/shop.db")
    save(replace(settings, text_scale=125))
    assert load(tmp_path / "new").text_scale == 125
    assert [path.name for path in (tmp_path / "new").iterdir()] == [FILE]


@given(text=st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_survives(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("settings")
    save(Settings(folder, pdf_folder=text, receipt_printer=ReceiptPrinter(host=text), service=Service(text)))
    assert load(folder).service.address == text
    assert load(folder).pdf_folder == text
    assert load(folder).receipt_printer.host == text


def test_the_file_explains_itself(tmp_path: Path) -> None:
    save(Settings(tmp_path))
    lines = (tmp_path / FILE).read_text().splitlines()
    named = [line for line in lines if " = " in line and not line.startswith("#")]
    assert len(named) == 16
    assert all(lines[lines.index(line) - 1].startswith("# ") for line in named)
    assert "[receipt_printer]" in lines


def test_a_file_may_say_only_what_differs(tmp_path: Path) -> None:
    settings = load(written(tmp_path, 'theme = "dark"\n[receipt_printer]\nkind = "file"\n'))
    assert settings == Settings(tmp_path, theme=ThemeChoice.DARK, receipt_printer=ReceiptPrinter(PrinterKind.FILE))


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('theme = "dark"\ntext_scale = \n', 2, "this is not TOML"),
        ('pdf_folder = "de', 1, "this is not TOML"),
        ('# look\ntheme = "pink"', 2, "theme is one of system, light, dark, contrast"),
        ("text_scale = 110", 1, "text_scale is one of 100, 125, 150"),
        ("\n\nsound_volume = 101", 3, "sound_volume is a number from 0 to 100"),
        ("sound_volume = true", 1, "sound_volume is a whole number"),
        ("is_close_blind = 1", 1, "is_close_blind is true or false"),
        ('is_close_blind = "yes"', 1, "is_close_blind is true or false"),
        ("pdf_folder = 3", 1, "pdf_folder is a text in quotation marks"),
        ('pdf_folder = "de"\n[receipt_printer]\nkind = "network"\nport = "9100"', 4, "port is a whole number"),
        ("[receipt_printer]\nport = 0", 2, "port is a number from 1 to 65535"),
        ("# port = 1\n[other]\nport = 9\n[receipt_printer]\n  port = 70000", 5, "port is a number from 1 to 65535"),
        ('receipt_printer = "epson"', 1, "receipt_printer is a section"),
        ("service = true", 1, "service is a section"),
        ('[receipt_printer]\nhost = ""\n[service]\naddress = 1', 4, "address is a text in quotation marks"),
        ('receipt_printer = {kind = "fax"}', 1, "kind is one of simulator, file, network"),
        ("[[receipt_printer]]\nport = 9", 1, "receipt_printer is a section"),
        (b'pdf_folder = "\xff"', 1, "the text is not UTF-8"),
        (b'theme = "dark"\r\npdf_folder = "\xe4"', 2, "the text is not UTF-8"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, text: str | bytes, line: int, reason: str) -> None:
    sentence = sentence_for(tmp_path, text)
    assert sentence.startswith(f"Line {line} of {tmp_path / FILE}: {reason}")
    assert sentence.endswith("Correct the line, or delete the file to return to the defaults.")


@given(text=st.text())
def test_no_file_whatever_brings_the_program_down(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = written(tmp_path_factory.mktemp("settings"), text.encode("utf-8", "replace"))
    with suppress(BrokenSettings):
        assert isinstance(load(folder), Settings)


@pytest.mark.parametrize("is_blind", [True, False])
def test_yes_and_no_are_written_as_toml_writes_them(tmp_path: Path, *, is_blind: bool) -> None:
    save(Settings(tmp_path, is_close_blind=is_blind))
    assert f"is_close_blind = {str(is_blind).lower()}" in (tmp_path / FILE).read_text().splitlines()
    assert load(tmp_path).is_close_blind is is_blind


def test_a_name_that_means_nothing_is_passed_over_but_can_be_found(tmp_path: Path) -> None:
    written(tmp_path, 'colour = "red"\n[receipt_printer]\ncolums = 42\n[service]\nadress = "x"\n')
    assert load(tmp_path) == Settings(tmp_path)
    assert unknown_names(tmp_path) == ["colour", "colums", "adress"]


def test_a_station_is_enrolled_once_it_knows_where_and_in_which_store(tmp_path: Path) -> None:
    assert not load(tmp_path).service.is_enrolled
    assert not load(written(tmp_path, '[service]\naddress = "https://desk.example"')).service.is_enrolled
    assert load(written(tmp_path, '[service]\naddress = "https://desk.example"\nstore = "s1"')).service.is_enrolled


def test_the_folder_is_the_one_given_then_the_environments_then_the_systems(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OMSDESK_HOME", str(tmp_path / "home"))
    assert station_folder(tmp_path / "given") == tmp_path / "given"
    assert station_folder() == tmp_path / "home"
    monkeypatch.delenv("OMSDESK_HOME")
    assert station_folder().name == "omsdesk"


def test_the_settings_offer_every_printer_the_program_knows() -> None:
    field = next(row for row in fields(ReceiptPrinter) if row.name == "profile")
    assert set(field.metadata["choices"]) == set(PROFILES)


def test_reading_settings_loads_nothing_heavy() -> None:
    script = (
        "import sys, pathlib, omsdesk.settings as s; s.load(pathlib.Path('/nowhere')); "
        "print([n for n in ('platformdirs', 'sqlite3', 'PySide6', 'sqlalchemy', 'asyncio') if n in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", script], text=True).strip() == "[]"
