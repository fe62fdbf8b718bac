"""The window to try it, where there is but one screen; ``stories/test_customer_screen.py`` has several."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from omsdesk.devices.attendant import Link, Power
from omsdesk.devices.customer_screen import CustomerScreen
from omsdesk.ui.till.customer_display.screen_window import ScreenWindow
from omsdesk.ui.till.customer_display.shown import Stage
from tests.ui.till.customer_display.test_slides import Later
from tests.ui.till.customer_display.test_view import SELLING


class Beside:
    """A till, and the window beside it."""

    def __init__(self, qtbot: QtBot) -> None:
        self.till = QWidget()
        qtbot.addWidget(self.till)
        self.till.show()
        self.links: list[Link] = []
        self.wanted = CustomerScreen(is_window=True, on_link=self.links.append)
        self.window = ScreenWindow(self.wanted, self.till, Later())

    @property
    def stage(self) -> Stage:
        return self.window.view._shown.stage


@pytest.fixture
def beside(qtbot: QtBot) -> Iterator[Beside]:
    made = Beside(qtbot)
    yield made
    made.window.close()


def test_it_is_as_large_as_a_small_display_and_takes_no_keys(beside: Beside) -> None:
    view = beside.window.view
    assert (view.width(), view.height()) == (800, 480)
    assert view.isVisible()
    assert view.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    assert view.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    assert not view.testAttribute(Qt.WidgetAttribute.WA_QuitOnClose)
    assert beside.links == [Link(Power.ONLINE)]


def test_keys_that_a_system_gives_it_unasked_go_back_to_the_till(beside: Beside, qtbot: QtBot) -> None:
    # This platform gives them to whatever comes last.
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is beside.till.windowHandle())


def test_a_trial_is_seen_for_a_moment_and_the_sale_again_afterwards(beside: Beside, qtbot: QtBot) -> None:
    beside.wanted.show("too", "early")
    beside.window.show_to_customer(SELLING)
    beside.window._trial.setInterval(50)
    beside.wanted.show(" Hello ", "2.40")
    question = beside.window.view._shown.question
    assert question is not None
    assert (beside.stage, question.title, question.about) == (Stage.ASKING, "Hello", "2.40")
    qtbot.waitUntil(lambda: beside.stage is Stage.SELLING)


def test_whoever_is_served_comes_before_a_trial(beside: Beside) -> None:
    beside.window.show_to_customer(SELLING)
    beside.wanted.show("Hello", "")
    beside.window.show_to_customer(SELLING)
    assert beside.stage is Stage.SELLING
    assert not beside.window._trial.isActive()


def test_where_a_system_puts_it_over_the_till_it_is_taken_away_again(qtbot: QtBot) -> None:
    till, links = QWidget(), list[Link]()
    qtbot.addWidget(till)
    till.show()
    window = ScreenWindow(CustomerScreen("HDMI-1", on_link=links.append), till, Later())
    assert not window.view.isVisible()
    window.view.show()
    window._make_sure()
    assert not window.view.isVisible()
    assert links[-1].power is Power.OFFLINE
    assert "the same as the till's" in links[-1].sentence
    window.close()
