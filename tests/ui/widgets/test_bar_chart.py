"""Bars are as high as what they stand for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from omsdesk.ui import theme
from omsdesk.ui.widgets.bar_chart import Bar, BarChart

BARS = (Bar("09", 2640, "£26.40"), Bar("10", 0, "nothing"), Bar("11", 5280, "£52.80"))


@pytest.fixture
def chart(qtbot: QtBot, qapp: QApplication) -> BarChart:
    theme.apply(theme.load("light"), qapp)
    made = BarChart("Sales by hour")
    qtbot.addWidget(made)
    made.resize(600, 220)
    made.show_bars(BARS)
    return made


def test_the_highest_fills_the_room_and_the_others_their_share(chart: BarChart) -> None:
    nine, ten, eleven = (chart.bar_rect(number) for number in range(3))
    assert abs(eleven.height() - 2 * nine.height()) <= 1
    assert ten.height() == 0
    assert nine.bottom() == eleven.bottom()
    assert nine.right() < ten.left()


def test_a_screen_reader_reads_what_there_is(chart: BarChart) -> None:
    assert chart.accessibleName() == "Sales by hour: 09 £26.40, 11 £52.80"
    chart.show_bars(())
    assert chart.accessibleName() == "Sales by hour"


@given(st.lists(st.integers(-(10**12), 10**12), max_size=40))
def test_no_bar_leaves_the_chart(qapp: QApplication, amounts: list[int]) -> None:
    chart = BarChart("Any")
    chart.resize(500, 220)
    chart.show_bars([Bar(str(number), amount, str(amount)) for number, amount in enumerate(amounts)])
    for number in range(len(amounts)):
        rect = chart.bar_rect(number)
        assert rect.isEmpty() or chart.rect().contains(rect)
        assert not rect.height() or amounts[number] > 0


@pytest.mark.parametrize("name", theme.THEMES)
def test_bars_are_painted_in_every_theme(chart: BarChart, qapp: QApplication, name: str) -> None:
    look = theme.load(name)
    theme.apply(look, qapp)
    image = chart.grab().toImage()
    assert image.pixelColor(chart.bar_rect(2).center()) == look.colour.accent
    assert image.pixelColor(chart.bar_rect(1).center().x(), 100) != look.colour.accent
    theme.apply(theme.load("light"), qapp)


@pytest.mark.qt_log_ignore("does not support raise")
def test_where_one_points_it_says_how_much(chart: BarChart, qtbot: QtBot) -> None:
    chart.show()
    qtbot.waitExposed(chart)
    place = QPoint(10, 100)
    QApplication.sendEvent(chart, QHelpEvent(QEvent.Type.ToolTip, place, chart.mapToGlobal(place)))
    qtbot.waitUntil(lambda: QToolTip.text() == "09: £26.40")
    QToolTip.hideText()
