"""Tickets that wait: told by what is in them, and taken up by Enter."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt

from omsdesk.domain.shop import SaveTill, Till
from omsdesk.ui.till import models
from omsdesk.ui.till.held_sheet import HeldSheet
from omsdesk.ui.till.sell_view import HOLD
from tests.ui.till.shop import Station, code_of


def hold(till: Station, *products: str) -> None:
    for product in products:
        till.scan(code_of(product))
    till.press(Qt.Key.Key_F6)


def test_of_two_that_were_held_in_one_minute_the_right_one_is_found(till: Station) -> None:
    hold(till, "oat", "guji")
    hold(till, "mug")
    assert till.screen.sell.bar.buttons[HOLD].label == "Held (2)"
    till.press(Qt.Key.Key_F6)
    shown = till.sheet(HeldSheet).list
    assert "Oat milk 1 L, Ethiopia Guji 250 g" in shown.name_of(0)
    assert "Travel mug 350 ml" in shown.name_of(1)
    till.press(Qt.Key.Key_Down)
    till.press(Qt.Key.Key_Return)
    assert till.lines == [("1", "Travel mug 350 ml")]
    assert till.screen.sheet is None


def test_what_waits_at_another_till_says_where(till: Station) -> None:
    hold(till, "oat")
    (held,) = till.state.session.held()
    till.do(SaveTill(Till("t2", "s1", "2", "Till 2")))
    (shown,) = models.tickets(till.state.counter, [replace(held, name="Ann", till="t2")])
    assert (shown.title, shown.detail.partition(" · ")[0]) == ("Ann", "Till 2")
    (shown,) = models.tickets(till.state.counter, [replace(held, name="", is_left=True)])
    assert shown.title.startswith("Left in work at ")


def test_f12_takes_the_marked_one_up(till: Station) -> None:
    hold(till, "oat")
    till.press(Qt.Key.Key_F6)
    till.press(Qt.Key.Key_F12)
    assert till.lines == [("1", "Oat milk 1 L")]


def test_f6_again_goes_back(till: Station) -> None:
    hold(till, "oat")
    till.press(Qt.Key.Key_F6)
    till.press(Qt.Key.Key_F6)
    assert till.screen.sheet is None
    assert till.lines == []


def test_the_list_and_a_scan_do_not_mind_each_other(till: Station) -> None:
    hold(till, "oat")
    till.press(Qt.Key.Key_F6)
    till.scan(code_of("mug"))
    till.press(Qt.Key.Key_Return)
    assert till.lines == [("1", "Oat milk 1 L")]
    assert [row.item_count for row in till.state.session.held()] == [1]


def test_an_open_sheet_has_f12_for_itself(till: Station) -> None:
    hold(till, "oat")
    till.scan(code_of("mug"))
    assert till.screen.cart.pay.key == "F12"
    till.press(Qt.Key.Key_F8)
    assert till.screen.cart.pay.key == ""
    till.press(Qt.Key.Key_F10)
    assert till.screen.cart.pay.key == ""
    till.press(Qt.Key.Key_Escape)
    assert till.screen.cart.pay.key == "F12"
