"""What is said on a page covers nothing on it, and goes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.passing_banner import READ_IN, PassingBanner
from tests.ui.widgets.conftest import Show

LEFT = Qt.MouseButton.LeftButton


class Page(QWidget):
    """Head, strip and body, as pages have them."""

    def __init__(self) -> None:
        super().__init__()
        self.head, self.body, self.banner = QPushButton("Head"), QPushButton("Body"), PassingBanner()
        self.tapped = 0
        self.body.clicked.connect(self._tap)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.banner)
        column.addWidget(self.body, 1)
        self.body.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def _tap(self) -> None:
        self.tapped += 1


@pytest.fixture
def page(show: Show) -> Page:
    return show(Page(), 800, 500)


@pytest.mark.parametrize("tone", [Tone.OK, Tone.WARN, Tone.BAD])
def test_nothing_is_covered_and_nothing_at_the_top_moves(page: Page, qtbot: QtBot, tone: Tone) -> None:
    before = (page.head.geometry(), page.body.geometry(), page.minimumSizeHint())
    page.banner.say("Saved.", tone, "circle-check")
    qtbot.waitUntil(lambda: page.body.geometry().bottom() < page.banner.y())
    assert page.head.geometry() == before[0]
    assert page.body.pos() == before[1].topLeft()
    assert page.banner.geometry().bottom() < page.height()
    assert page.banner.height() >= 44
    page.resize(700, 400)
    qtbot.waitUntil(lambda: page.body.geometry().bottom() < page.banner.y() < 400)
    assert page.banner.width() < 700
    page.resize(800, 500)
    page.banner.hide()
    qtbot.waitUntil(lambda: (page.head.geometry(), page.body.geometry(), page.minimumSizeHint()) == before)


def test_a_page_that_is_left_and_shown_again_is_the_same(page: Page, qtbot: QtBot) -> None:
    page.banner.say("The disk is full.", Tone.BAD, "circle-alert")
    qtbot.waitUntil(lambda: page.body.geometry().bottom() < page.banner.y())
    shown = page.body.geometry()
    page.hide()
    page.show()
    qtbot.waitUntil(lambda: page.body.geometry() == shown)
    page.banner.put_away()
    qtbot.waitUntil(lambda: page.body.geometry().bottom() == page.height() - 1)


def test_a_tap_puts_it_away_and_reaches_nothing_below(page: Page, qtbot: QtBot) -> None:
    page.banner.say("The disk is full.", Tone.BAD, "circle-alert")
    qtbot.wait(1)
    with qtbot.waitSignal(page.banner.gone):
        QTest.mouseClick(page.banner, LEFT, pos=QPoint(100, 20))
    assert not page.banner.isVisible()
    page.banner.say("The disk is full.", Tone.BAD, "circle-alert")
    with qtbot.waitSignal(page.banner.gone):
        page.banner.close_key.click()
    assert page.tapped == 0


def test_what_asks_nothing_goes_by_itself_and_what_is_wrong_stays(page: Page, qtbot: QtBot) -> None:
    page.banner._read.setInterval(5)
    page.banner.say("The disk is full.", Tone.BAD, "circle-alert")
    assert not page.banner._read.isActive()
    with qtbot.waitSignal(page.banner.gone, timeout=20_000):
        page.banner.say("Saved.", Tone.OK, "circle-check")
    assert not page.banner.isVisible()


def test_being_said_again_by_a_page_that_refreshes_does_not_make_it_stay(page: Page) -> None:
    page.banner.say("Saved.", Tone.OK, "circle-check")
    page.banner._read.start(100_000)
    page.banner.say("Saved.", Tone.OK, "circle-check")
    assert page.banner._read.remainingTime() > READ_IN, "it is being read already"
    page.banner.say("Printed.", Tone.OK, "circle-check")
    assert page.banner._read.isActive()


def test_its_page_takes_it_back_without_a_word(page: Page, qtbot: QtBot) -> None:
    page.banner.say("The disk is full.", Tone.BAD, "circle-alert")
    with qtbot.assertNotEmitted(page.banner.gone):
        page.banner.hide()


def test_a_state_that_lasts_has_a_place_of_its_own_and_is_not_closed(page: Page, qtbot: QtBot) -> None:
    page.banner.say("You can look at this. Ask a manager to change it.", Tone.NEUTRAL, "lock")
    qtbot.waitUntil(lambda: page.body.y() == page.banner.geometry().bottom() + 1)
    assert not page.banner.close_key.isVisible()
    QTest.mouseClick(page.banner, LEFT, pos=QPoint(100, 20))
    assert page.banner.isVisible()
    page.banner.say("Saved.", Tone.OK, "circle-check")
    qtbot.waitUntil(lambda: page.body.y() == page.head.geometry().bottom() + 1)
