"""Settings: kept as a person can read them, and a mistake in the file is told with its line."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.settings import (
    FILE,
    BrokenSettings,
    DeviceSetting,
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
    assert settings.device == {}


def test_what_was_saved_is_read_back(tmp_path: Path) -> None:
    printer = DeviceSetting("escpos", "tcp:192.168.1.50:9101", {"profile": "epson-58", "answers": False, "pulse": 50})
    settings = Settings(
        tmp_path / "new",
        "/srv/shop.db",
        ThemeChoice.CONTRAST,
        150,
        0,
        is_close_blind=True,
        service=Service("https://desk.example", "s1", "corner", "/etc/own.pem"),
        device={"receipt": printer, "label 4x6": DeviceSetting("zpl", "usb:0a5f:0166:X")},
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
    printer = DeviceSetting("file", text, {text or "name": text} if text not in {"driver", "address"} else {})
    save(Settings(folder, pdf_folder=text, service=Service(text), device={text or "role": printer}))
    assert load(folder).service.address == text
    assert load(folder).pdf_folder == text
    assert load(folder).device == {text or "role": printer}


def test_the_file_explains_itself(tmp_path: Path) -> None:
    save(Settings(tmp_path))
    lines = (tmp_path / FILE).read_text().splitlines()
    named = [line for line in lines if " = " in line and not line.startswith("#")]
    assert len(named) == 19
    assert all(lines[lines.index(line) - 1].startswith("# ") for line in named)
    assert "[service]" in lines


def test_a_file_may_say_only_what_differs(tmp_path: Path) -> None:
    settings = load(written(tmp_path, 'theme = "dark"\n[device.receipt]\ndriver = "file"\n'))
    assert settings == Settings(tmp_path, theme=ThemeChoice.DARK, device={"receipt": DeviceSetting("file", "")})


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
        ('pdf_folder = "de"\n[device.receipt]\ndriver = "escpos"\nport = 9.5', 4, "port is a text, a whole number"),
        ("[device.receipt]\ndriver = 1", 2, "driver is a text in quotation marks"),
        ("[other]\naddress = 9\n[device.receipt]\n  address = 70000", 4, "address is a text in quotation marks"),
        ('device = "epson"', 1, "a device is a section"),
        ('\n[device]\nreceipt = "epson"', 2, "a device is a section"),
        ("service = true", 1, "service is a section"),
        ('[device.receipt]\naddress = ""\n[service]\naddress = 1', 4, "address is a text in quotation marks"),
        ("[[device]]\nport = 9", 1, "a device is a section"),
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
    written(tmp_path, 'colour = "red"\n[service]\nadress = "x"\n')
    assert load(tmp_path) == Settings(tmp_path)
    assert unknown_names(tmp_path) == ["colour", "adress"]


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


def test_reading_settings_loads_nothing_heavy() -> None:
    script = (
        "import sys, pathlib, omsdesk.settings as s; s.load(pathlib.Path('/nowhere')); "
        "print([n for n in ('platformdirs', 'sqlite3', 'PySide6', 'sqlalchemy', 'asyncio') if n in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", script], text=True).strip() == "[]"
