"""Drivers are found: ours in their folders, those of others by their entry points."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from omsdesk.devices import registry
from omsdesk.devices.address import Address, Bus
from omsdesk.devices.attendant import Attendant, Attended
from omsdesk.devices.driver import Category, Found
from omsdesk.devices.ports import DeviceError, ErrorCode
from omsdesk.documents.printer_profile import PROFILES
from tests.devices.wires.terminals import Cable
from tests.patience import until

EXAMPLE = Path(__file__).parent / "example_driver"


@pytest.fixture
def installed() -> Iterator[None]:
    """Install somebody's driver, as pip would: a folder on the path with its metadata beside it."""
    sys.path.insert(0, str(EXAMPLE))
    registry._foreign.cache_clear()
    yield
    sys.path.remove(str(EXAMPLE))
    sys.modules.pop("acme_pole.driver", None)
    sys.modules.pop("acme_pole", None)
    registry._foreign.cache_clear()


def test_ours_are_there() -> None:
    cards = registry.cards()
    assert {"escpos", "file", "simulator"} <= cards.keys()
    assert cards["escpos"].category is Category.RECEIPT_PRINTER
    assert registry.card_of("escpos") == cards["escpos"]


@pytest.mark.parametrize("name", sorted(registry.cards()))
def test_every_driver_can_be_loaded_with_its_own_defaults(name: str) -> None:
    card = registry.card_of(name)
    if reason := registry.missing(card):
        pytest.skip(reason)
    assert registry.driver(card).probe(Found(Address(card.buses[0]), "something of nobody's")) >= 0
    assert card.whole({}) == {option.name: option.default for option in card.options}


@pytest.mark.parametrize("name", ["escpos", "file", "simulator"])
def test_the_settings_offer_every_model_that_the_program_knows(name: str) -> None:
    option = next(option for option in registry.card_of(name).options if option.name == "profile")
    assert option.choices == tuple(PROFILES)


def test_a_driver_that_is_not_there_is_said() -> None:
    with pytest.raises(DeviceError) as fault:
        registry.attach("fax", Address(Bus.NETWORK, "x"), {})
    assert fault.value.code is ErrorCode.NO_SERVICE
    assert "no driver “fax”" in fault.value.sentence


def test_a_driver_whose_library_is_missing_says_so() -> None:
    card = replace(registry.card_of("escpos"), library="no_such_library.inside")
    assert "no_such_library" in registry.missing(card)
    with pytest.raises(DeviceError) as fault:
        registry.driver(card)
    assert fault.value.code is ErrorCode.NO_SERVICE


@pytest.mark.parametrize(
    ("found", "names"),
    [
        (Found(Address(Bus.USB, "04b8:0202:X"), "TM-T88V", {"class": "7", "vendor": "04b8"}), ["escpos"]),
        (Found(Address(Bus.USB, "046d:c31c:"), "Keyboard", {"class": "3", "vendor": "046d"}), []),
        (Found(Address(Bus.NETWORK, "10.0.0.9:80"), "Router"), []),
    ],
)
def test_who_knows_a_device(found: Found, names: list[str]) -> None:
    printers = [card.name for _, card in registry.ranked(found) if card.category is Category.RECEIPT_PRINTER]
    assert printers == names


@pytest.mark.usefixtures("installed")
def test_a_driver_of_others_works_like_ours() -> None:
    card = registry.cards()["acme_pole"]
    assert (card.title, card.category) == ("Acme pole display, 2 x 20", Category.LINE_DISPLAY)
    known = registry.ranked(Found(Address(Bus.SERIAL, "/dev/ttyUSB0"), "ACME PD-220"))
    assert known[0] == (95, card)
    cable = Cable()
    display = registry.attach("acme_pole", Address(Bus.SERIAL, cable.name), {})
    attendant = Attendant(cast("Attended", display))
    attendant.start()
    assert cable.said(1) == b"\x0c"
    display.show("Croissant", "2.40")  # type: ignore[attr-defined]
    assert cable.said(41) == b"\x0c" + b"Croissant".ljust(20) + b"2.40".ljust(20)
    cable.pull_out()
    until(lambda: "gone" in attendant.link.sentence)
    attendant.stop()


@pytest.mark.usefixtures("installed")
def test_a_broken_driver_of_others_harms_nobody() -> None:
    assert "escpos" in registry.cards()
    assert registry.ranked(Found(Address(Bus.SERIAL, "/dev/ttyUSB0"), "ACME PD-220"))[0][1].name == "acme_pole"
    with pytest.raises(DeviceError) as fault:
        registry.attach("acme_broken", Address(Bus.SERIAL, "x"), {})
    assert "cannot be loaded" in fault.value.sentence


@pytest.mark.parametrize("fault", [RuntimeError("out of tune"), ImportError("libhidapi.so.0 is missing")])
@pytest.mark.usefixtures("installed")
def test_a_driver_that_stumbles_over_an_address_is_said_as_well(
    fault: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object) -> None:
        raise fault

    monkeypatch.setattr(registry.driver(registry.card_of("acme_pole")), "attach", stumble)
    with pytest.raises(DeviceError) as said:
        registry.attach("acme_pole", Address(Bus.SERIAL, "x"), {})
    assert said.value.code is ErrorCode.NO_SERVICE
    assert str(fault) in said.value.sentence
    assert "Choose another" in said.value.sentence


def test_the_documented_example_is_short() -> None:
    assert len((EXAMPLE / "acme_pole" / "driver.py").read_text().splitlines()) <= 65
