"""What was set up for the customer is put to work, and let go."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from omsdesk.devices.attendant import Link, Power
from omsdesk.devices.customer_screen import CustomerScreen
from omsdesk.domain.shop import SaveShop
from omsdesk.ui.devices.station_devices import SEEN_BY_CUSTOMERS
from omsdesk.ui.till.customer_display.shown import Stage
from omsdesk.ui.till.customer_display.side import POLE, SCREEN, CustomerSide
from tests.ui.till.bench import Bench
from tests.ui.till.customer_display.test_pole import Remembered
from tests.ui.till.shop import SHOP, Station, code_of


def test_its_roles_are_those_of_the_station() -> None:
    assert SEEN_BY_CUSTOMERS == (POLE, SCREEN)


def test_a_pole_shows_what_is_sold_until_it_is_taken_away(bench: Bench, qtbot: QtBot) -> None:
    pole, side, till = Remembered(), CustomerSide(bench.state), QWidget()
    qtbot.addWidget(till)
    side.attach(POLE, pole, till)
    assert pole.lines[-1][0].strip() == "Kontor Kaffee"
    bench.session.intake.scanned(code_of("oat"))
    qtbot.waitUntil(lambda: pole.lines[-1] == ("Oat milk 1 L    2.80", "Total           2.80"))
    side.attach(POLE, None, till)
    bench.session.void()
    assert not side.display._soon.isActive()


def test_a_screen_that_is_not_there_is_said_and_sold_without(bench: Bench, qtbot: QtBot) -> None:
    till, links = QWidget(), list[Link]()
    qtbot.addWidget(till)
    till.show()
    side = CustomerSide(bench.state)
    side.attach(SCREEN, CustomerScreen("HDMI-1", on_link=links.append), till)
    assert [link.power for link in links] == [Power.OFFLINE]
    assert "comes back by itself" in links[0].sentence
    assert not side.windows[SCREEN].view.isVisible()
    bench.session.intake.scanned(code_of("oat"))
    qtbot.waitUntil(lambda: side.windows[SCREEN].view._shown.stage is Stage.SELLING)
    side.attach(SCREEN, None, till)
    assert side.windows == {}


def show_in_window(till: Station) -> None:
    (intent,) = (one for one in till.screen.intents() if one.name == "customer_side")
    intent.act()


def test_a_window_to_try_it_takes_no_key_and_ends_with_the_till(till: Station, qtbot: QtBot) -> None:
    show_in_window(till)
    (window,) = till.state.customer_side.windows.values()
    assert window.view.isVisible()
    assert QApplication.activeWindow() is till.window
    till.scan(code_of("mug"))
    till.scan(code_of("oat"))
    assert [name for _, name in till.lines] == ["Travel mug 350 ml", "Oat milk 1 L"]
    qtbot.waitUntil(lambda: len(window.view._shown.rows) == 2)


def test_a_window_that_was_closed_is_forgotten_and_opened_again(till: Station, qtbot: QtBot) -> None:
    side = till.state.customer_side
    show_in_window(till)
    (first,) = side.windows.values()
    first.view.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert side.windows == {}
    till.scan(code_of("mug"))
    show_in_window(till)
    show_in_window(till)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert len(side.windows) == 1


def test_a_shop_that_is_called_otherwise_is_shown_so(till: Station, qtbot: QtBot) -> None:
    pole = Remembered()
    till.state.customer_side.attach(POLE, pole, till.window)
    till.do(SaveShop(replace(SHOP, name="Tee und mehr")))
    till.settle()
    qtbot.waitUntil(lambda: pole.lines[-1][0].strip() == "Tee und mehr")
