"""Choosing a device, without a window."""

from __future__ import annotations

import pytest

from omsdesk.devices.roles import DISPLAY, KITCHEN, LABELS, RECEIPTS, SCALE
from omsdesk.settings import DeviceSetting
from omsdesk.ui.devices.chooser_session import ChooserSession
from omsdesk.ui.devices.office import NO_RIGHT
from omsdesk.ui.devices.session import DevicesSession
from tests.ui.back_office import BEN, until
from tests.ui.devices.desk import DeviceDesk, found

TM = found("usb:04b8:0e28:X7AB1", "EPSON TM-m30II", vendor="04b8", **{"class": "7"})
ZEBRA = found("usb:0a5f:0166:Z1", "Zebra ZD421", vendor="0a5f", **{"class": "7"})


@pytest.fixture
def chooser(desk: DeviceDesk) -> ChooserSession:
    desk.seen = [TM, ZEBRA]
    return ChooserSession(DevicesSession(desk.office()))


def opened(chooser: ChooserSession, role: object = RECEIPTS) -> list[str]:
    assert role in {RECEIPTS, KITCHEN, LABELS, SCALE, DISPLAY}
    chooser.open(role)
    until(lambda: not chooser.waiting)
    return [row.title for row in chooser.rows]


def test_each_role_is_offered_what_it_can_use(chooser: ChooserSession) -> None:
    assert opened(chooser)[0] == "EPSON TM-m30II"
    assert opened(chooser, LABELS)[0] == "Zebra ZD421"
    assert "Scale on the screen" in opened(chooser, SCALE)
    assert "EPSON TM-m30II" not in opened(chooser, SCALE)


def test_a_device_that_plays_something_already_says_so(desk: DeviceDesk, chooser: ChooserSession) -> None:
    desk.set_up(kitchen=DeviceSetting("escpos", "usb:04b8:0e28:X7AB1"))
    opened(chooser)
    assert chooser.rows[0].note == "Plays Kitchen"


def test_what_was_found_is_said(chooser: ChooserSession) -> None:
    opened(chooser, LABELS)
    assert chooser.sentence in {"One found.", "2 found."}
    opened(chooser, DISPLAY)
    assert chooser.sentence.endswith("found.")


def test_back_goes_to_the_list_and_then_out(chooser: ChooserSession) -> None:
    opened(chooser)
    chooser.choose(0)
    assert chooser.draft is not None
    chooser.back()
    assert chooser.draft is None
    assert chooser.role is RECEIPTS
    chooser.back()
    assert chooser.role is None


def test_a_form_of_what_is_set_up_goes_straight_out(desk: DeviceDesk, chooser: ChooserSession) -> None:
    desk.set_up(receipt=DeviceSetting("escpos", "usb:04b8:0e28:X7AB1", {"title": "Counter"}))
    assert chooser.set_up(RECEIPTS)
    assert chooser.draft is not None
    assert chooser.draft.name == "Counter"
    chooser.back()
    assert chooser.role is None


def test_a_port_that_was_mistyped_is_put_right_in_its_form(desk: DeviceDesk, chooser: ChooserSession) -> None:
    desk.set_up(scale=DeviceSetting("toledo_8217", "serial:/dev/ttyUSB9"))
    chooser.page.current = "scale"
    assert chooser.set_up(SCALE)
    assert chooser.draft is not None
    assert chooser.draft.is_typed
    chooser.set("place", "/dev/ttyUSB0")
    chooser.use()
    assert desk.settings().device["scale"].address == "serial:/dev/ttyUSB0"


def test_nothing_is_set_up_where_nothing_is(chooser: ChooserSession) -> None:
    chooser.page.current = "scale"
    assert not chooser.set_up(SCALE)


def test_an_address_that_means_nothing_is_chosen_anew(desk: DeviceDesk, chooser: ChooserSession) -> None:
    desk.set_up(receipt=DeviceSetting("escpos", "nonsense"))
    assert not chooser.set_up(RECEIPTS)


def test_who_may_not_change_anything_is_told(desk: DeviceDesk, chooser: ChooserSession) -> None:
    desk.shop.person = BEN
    chooser.open(RECEIPTS)
    assert chooser.role is None
    assert chooser.page.refusal == NO_RIGHT


def test_lines_that_are_not_there_choose_nothing(chooser: ChooserSession) -> None:
    opened(chooser)
    chooser.choose(-1)
    chooser.choose(1000)
    chooser.set("name", "nobody")
    chooser.use()
    assert chooser.draft is None
