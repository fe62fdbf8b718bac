"""Which of the devices that are found could play a role."""

from __future__ import annotations

from omsdesk.devices import search
from omsdesk.devices.address import Address, Bus
from omsdesk.devices.driver import Found
from omsdesk.devices.roles import DISPLAY, KITCHEN, LABELS, ONE_EACH, RECEIPTS, SCALE, scanner
from omsdesk.devices.search import LOOKS, by_hand, offers, other_cards, typed, unavailable

TM = Found(Address.parse("usb:04b8:0e28"), "EPSON TM-m30II", {"vendor": "04b8", "class": "7"})
ZEBRA = Found(Address.parse("usb:0a5f:0166"), "Zebra ZD421", {"vendor": "0a5f", "class": "7"})
PORT = Found(Address.parse("serial:/dev/ttyUSB0"), "USB Serial Port")
KEYBOARD = Found(Address.parse("usb:046d:c31c"), "Logitech Keyboard", {"vendor": "046d", "class": "3"})


def test_each_role_is_offered_its_own_kind() -> None:
    everything = [KEYBOARD, PORT, ZEBRA, TM]
    assert offers(RECEIPTS, everything)[0].found.name == "EPSON TM-m30II"
    assert offers(LABELS, everything)[0].found.name == "Zebra ZD421"
    assert [offer.found.name for offer in offers(SCALE, everything)] == ["USB Serial Port"]
    assert offers(scanner("scanner-1"), [KEYBOARD]) == []


def test_only_what_is_sure_is_proposed() -> None:
    assert offers(RECEIPTS, [TM])[0].score >= search.SURE
    assert offers(SCALE, [PORT])[0].score < search.SURE


def test_a_device_that_two_looks_find_is_offered_once() -> None:
    assert len(offers(RECEIPTS, [TM, TM])) == 1


def test_drivers_that_do_not_know_a_device_can_be_taken_all_the_same() -> None:
    offer = offers(KITCHEN, [TM])[0]
    assert [card.name for card in offer.cards] == ["escpos"]
    zebra = offers(LABELS, [ZEBRA])[0]
    assert zebra.cards[0].name == "zpl"
    others = {card.name for card in other_cards(LABELS, zebra)}
    assert {"epl2", "tspl"} <= others | {card.name for card in zebra.cards}
    assert not others & {card.name for card in zebra.cards}


def test_every_role_can_be_played_on_the_screen_or_by_an_address() -> None:
    for role in (*ONE_EACH, scanner("scanner-1")):
        assert by_hand(role) or typed(role), role.title
    assert ("simulator", Bus.VIRTUAL) in [(card.name, bus) for card, bus in by_hand(RECEIPTS)]
    assert ("wedge", Bus.KEYBOARD) in [(card.name, bus) for card, bus in by_hand(scanner("scanner-1"))]
    assert {card.name for card in typed(DISPLAY)[Bus.SERIAL]} >= {"cd5220", "dsp800"}


def test_what_lacks_a_library_is_told_with_its_reason(monkeypatch: object) -> None:
    for role in ONE_EACH:
        for card, reason in unavailable(role):
            assert card.library in reason


def test_every_look_ends_and_gives_a_list() -> None:
    for name in ("USB", "serial ports", "scanners", "printers of this computer"):
        assert isinstance(LOOKS[name](), list), name
