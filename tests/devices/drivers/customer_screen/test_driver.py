"""A screen that faces the customer is chosen among those that are there."""

from __future__ import annotations

from pathlib import Path

import pytest

from omsdesk.devices import registry
from omsdesk.devices.address import Address, Bus
from omsdesk.devices.customer_screen import CustomerScreen
from omsdesk.devices.driver import Found
from omsdesk.devices.ports import DeviceError, ErrorCode
from omsdesk.settings import Settings, load, save


def made(address: str, **options: str | int | bool) -> CustomerScreen:
    device = registry.attach("customer_screen", Address.parse(address), options)
    assert isinstance(device, CustomerScreen)
    return device


def test_every_screen_that_is_found_is_its_own() -> None:
    found = Found(Address(Bus.SCREEN, "HDMI-1"), "Screen HDMI-1")
    assert [card.name for _, card in registry.ranked(found)] == ["customer_screen"]
    assert registry.driver(registry.card_of("customer_screen")).probe(Found(Address(Bus.USB, "x"), "Screen")) == 0


def test_without_a_word_it_is_light_and_names_nobody() -> None:
    assert made("screen:HDMI-1") == CustomerScreen("HDMI-1", theme="light", seconds=8, names_customer=False)
    assert made("screen:").place == ""
    assert made("virtual:").is_window


def test_its_pictures_lie_where_the_settings_are_or_anywhere(tmp_path: Path) -> None:
    screen = made("screen:X", slides=" offers ", seconds=20, theme="dark", names_customer=True)
    screen.folder = tmp_path
    assert screen.slides_folder == tmp_path / "offers"
    assert (screen.seconds, screen.theme, screen.names_customer) == (20, "dark", True)
    assert made("screen:X").slides_folder is None
    full = made("screen:X", slides=str(tmp_path / "elsewhere"))
    assert full.slides_folder == tmp_path / "elsewhere"


@pytest.mark.parametrize("seconds", [0, 1, 3601, -5])
def test_pictures_that_nobody_could_look_at_are_refused(seconds: int) -> None:
    with pytest.raises(DeviceError, match="from 2 to 3600") as fault:
        made("screen:X", seconds=seconds)
    assert fault.value.code is ErrorCode.ILLEGAL


def test_another_theme_is_refused() -> None:
    with pytest.raises(DeviceError, match="theme is one of light, dark, contrast"):
        made("screen:X", theme="pink")


def test_the_settings_keep_it(tmp_path: Path) -> None:
    text = '[device.customer-screen]\ndriver = "customer_screen"\naddress = "screen:HDMI-1"\nseconds = 5\n'
    (tmp_path / "settings.toml").write_text(text, encoding="utf-8")
    settings = load(tmp_path)
    save(settings)
    setting = load(tmp_path).device["customer-screen"]
    assert (setting.address, setting.options) == ("screen:HDMI-1", {"seconds": 5})
    assert Settings().device == {}
