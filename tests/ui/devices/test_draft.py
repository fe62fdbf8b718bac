"""A device in its form, and as the settings have it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.devices import registry
from omsdesk.devices.address import Address, Bus
from omsdesk.devices.driver import Option
from omsdesk.settings import DeviceSetting
from omsdesk.ui.devices.draft import DeviceDraft, choices, draft_at, draft_of, label

ESCPOS, ZPL, WEDGE = registry.card_of("escpos"), registry.card_of("zpl"), registry.card_of("wedge")
TOLEDO = registry.card_of("toledo_8217")


def names(draft: DeviceDraft) -> list[str]:
    """The options that the form shows."""
    return [option.name for option in draft.options]


def test_what_was_found_is_used_as_it_is() -> None:
    draft = draft_at("EPSON TM-m30II", Address.parse("usb:04b8:0e28:X7"), (ESCPOS,))
    assert draft.problems() == {}
    assert draft.setting() == DeviceSetting("escpos", "usb:04b8:0e28:X7", {"title": "EPSON TM-m30II"})


def test_only_what_differs_from_the_drivers_defaults_is_kept() -> None:
    draft = draft_at("", Address(Bus.USB, "04b8:0e28"), (ESCPOS,))
    draft = draft.with_value("profile", "epson-80").with_value("answers", value=False)
    assert draft.setting().options == {"answers": False}


def test_serial_lines_are_asked_for_on_serial_ports_alone() -> None:
    assert "line" not in names(draft_at("", Address(Bus.NETWORK, "10.0.0.5:9100"), (ESCPOS,)))
    assert {"line", "handshake"} <= set(names(draft_at("", Address(Bus.SERIAL, "/dev/ttyUSB0"), (TOLEDO,))))


def test_where_no_till_is_nobody_is_asked_about_a_drawer() -> None:
    draft = draft_at("", Address(Bus.USB, "04b8:0e28"), (ESCPOS,))
    of_the_drawer = {"kick_pin", "pulse_ms", "sensor", "alarm_seconds", "shut_first"}
    assert of_the_drawer <= set(names(draft))
    assert set(names(replace(draft, has_drawer=False))) == set(names(draft)) - of_the_drawer


def test_nobody_types_what_the_test_sheet_of_a_scanner_learns() -> None:
    draft = draft_at("", Address(Bus.KEYBOARD), (WEDGE,))
    assert names(draft) == ["is_upc_e", "repeat_ms"]
    wanted = {"repeat_ms": "Type a whole number from 0 to 60000."}
    assert draft.with_value("repeat_ms", "soon").problems() == wanted
    assert draft.with_value("repeat_ms", "-1").problems() == wanted
    assert draft.with_value("repeat_ms", "500").setting().options == {"repeat_ms": 500}


def test_how_soon_a_code_counts_again_is_chosen_in_words() -> None:
    (again,) = (option for option in WEDGE.options if option.name == "repeat_ms")
    assert choices(again) == [
        ("0", "At once"),
        ("500", "After 0.5 seconds"),
        ("1000", "After 1 second"),
        ("2000", "After 2 seconds"),
        ("5000", "After 5 seconds"),
    ]
    assert ("700", "After 0.7 seconds") in choices(again, "700"), "what somebody wrote into the file is kept"
    assert label(again) == "The same code counts again"
    (of_camera,) = (option for option in registry.card_of("camera").options if option.name == "repeat_ms")
    assert choices(of_camera)[1] == ("1000", "After 1 second"), "a camera sees it in every picture"


@pytest.mark.parametrize(
    ("bus", "field", "value", "wrong"),
    [
        (Bus.NETWORK, "place", " ", "place"),
        (Bus.NETWORK, "port", "65536", "port"),
        (Bus.NETWORK, "port", "usb", "port"),
        (Bus.SERIAL, "place", "", "place"),
        (Bus.FOLDER, "place", "", "place"),
    ],
)
def test_a_typed_address_has_to_be_one(bus: Bus, field: str, value: str, wrong: str) -> None:
    draft = draft_at("", Address(bus, "somewhere"), (ESCPOS,), is_typed=True).with_value(field, value)
    assert set(draft.problems()) == {wrong}
    assert draft.problems()[wrong].endswith(".")


def test_another_driver_takes_what_it_knows_with_it() -> None:
    draft = draft_at("Zebra", Address(Bus.USB, "0a5f:0166"), (ZPL, registry.card_of("epl2")))
    draft = draft.with_value("dpi", "300").with_value("card", "epl2")
    assert draft.card.name == "epl2"
    assert draft.value(next(row for row in draft.options if row.name == "dpi")) == "300"


def test_choices_have_words() -> None:
    profile = next(row for row in ESCPOS.options if row.name == "profile")
    assert label(profile) == "Model and paper"
    assert ("epson-58", "Epson TM, 58 mm, 32 columns") in choices(profile)
    assert label(next(row for row in ESCPOS.options if row.name == "kick_pin")) == "Pin that opens the drawer"
    assert label(Option("first_word", "Something new.", "")) == "First word"


@pytest.mark.parametrize("name", sorted(registry.cards()))
def test_every_driver_goes_through_its_form_unharmed(name: str) -> None:
    card = registry.card_of(name)
    for bus in card.buses:
        address = Address(bus, "10.0.0.5:9101" if bus is Bus.NETWORK else "somewhere")
        options = {option.name: option.choices[-1] if option.choices else option.default for option in card.options}
        setting = DeviceSetting(name, str(address), options)
        draft = draft_of(setting, card, (card,))
        assert draft.problems() == {}
        made = draft.setting()
        assert (made.driver, made.address) == (name, str(address))
        assert card.whole(made.options) == card.whole(options)


@given(host=st.from_regex(r"[a-z0-9]{1,12}(\.[a-z0-9]{1,12}){0,3}", fullmatch=True), port=st.integers(1, 65535))
def test_an_address_in_the_network_reads_back_the_same(host: str, port: int) -> None:
    draft = draft_at("", Address(Bus.NETWORK), (ESCPOS,), is_typed=True)
    setting = draft.with_value("place", f" {host} ").with_value("port", str(port)).setting()
    again = draft_of(setting, ESCPOS, (ESCPOS,))
    assert (again.place, again.port) == (host, str(port))
    assert again.setting() == setting
