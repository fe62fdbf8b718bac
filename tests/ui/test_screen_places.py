"""Screens are known by their serial numbers, by their sockets where that is not enough, and apart from the till's."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QRect
from PySide6.QtGui import QScreen

from omsdesk.ui.screen_places import is_apart, place_of, screen_at


class Panel:
    """What there is to know of a screen: nobody can make one of Qt's."""

    def __init__(self, name: str, serial: str = "", left: int = 0) -> None:
        self._name, self._serial, self._left = name, serial, left

    def name(self) -> str:
        return self._name

    def serialNumber(self) -> str:
        return self._serial

    def geometry(self) -> QRect:
        return QRect(self._left, 0, 1366, 768)


def panel(name: str, serial: str = "", left: int = 0) -> QScreen:
    return cast("QScreen", Panel(name, serial, left))


TILL, CUSTOMER, TWIN = panel("eDP-1"), panel("HDMI-1", "CN0123", 1366), panel("HDMI-2", "CN0123", 2732)


def test_a_serial_number_stays_the_same_in_every_socket() -> None:
    assert place_of(CUSTOMER, [TILL, CUSTOMER]) == "CN0123"
    moved = panel("DP-3", "CN0123", 1366)
    assert screen_at("CN0123", [TILL, moved], TILL) is moved


def test_two_of_one_number_are_told_by_their_sockets() -> None:
    screens = [TILL, CUSTOMER, TWIN]
    assert [place_of(screen, screens) for screen in screens] == ["eDP-1", "HDMI-1", "HDMI-2"]
    assert screen_at("CN0123", screens, TILL) is None
    assert screen_at("HDMI-2", screens, TILL) is TWIN


def test_without_a_name_it_is_whichever_is_not_the_tills() -> None:
    assert screen_at("", [TILL, CUSTOMER], TILL) is CUSTOMER
    assert screen_at("", [TILL, CUSTOMER], CUSTOMER) is TILL
    assert screen_at("", [TILL], TILL) is None


def test_a_screen_that_repeats_another_is_not_apart_from_it() -> None:
    assert is_apart(CUSTOMER, TILL)
    assert not is_apart(panel("HDMI-1", "CN0123", 0), TILL)
    assert not is_apart(TILL, TILL)
    assert is_apart(TILL, None)
