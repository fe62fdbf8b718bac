"""A strip says what is going on: quietly, loudly or striped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout

from omsdesk.ui import theme
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.banner import Banner, BannerLook
from omsdesk.ui.widgets.card import Panel

if TYPE_CHECKING:
    from tests.ui.widgets.conftest import Show

LEFT = Qt.MouseButton.LeftButton


def test_a_banner_is_silent_until_it_has_something_to_say(show: Show) -> None:
    host = Panel()
    row = QHBoxLayout(host)
    banner = Banner()
    row.addWidget(banner)
    show(host, 600, 80)
    assert not banner.isVisible()
    banner.say("Offline. 14 sales wait.", Tone.WARN, "cloud-off", "Try now", "F5")
    assert banner.isVisible()
    assert banner.text() == banner.accessibleName() == "Offline. 14 sales wait."
    pressed: list[bool] = []
    banner.pressed.connect(lambda: pressed.append(True))
    QTest.mouseClick(banner.button, LEFT)
    assert pressed == [True]
    banner.say("Online again.", Tone.OK, "cloud-check")
    assert not banner.button.isVisible()


def test_a_loud_banner_can_be_seen_from_afar(show: Show) -> None:
    banner = show(Banner(BannerLook.LOUD, size=28, height=96), 700, 96)
    banner.say("Not in this order: Oat milk", Tone.BAD, "circle-x")
    assert banner.sizeHint().height() >= 96
    assert banner.grab().toImage().pixelColor(690, 50) == theme.current().colour.bad
    banner.say("V60 dripper 1 / 1", Tone.OK, "circle-check")
    assert banner.grab().toImage().pixelColor(690, 50) == theme.current().colour.ok


def test_training_is_striped(show: Show) -> None:
    plain, striped = show(Banner(), 600, 52), show(Banner(BannerLook.STRIPED), 600, 52)
    for banner in (plain, striped):
        banner.say("Training", Tone.WARN, "graduation-cap")
    line = [{banner.grab().toImage().pixelColor(x, 10).name() for x in range(300, 590)} for banner in (plain, striped)]
    assert len(line[0]) == 1
    assert len(line[1]) > 5


@pytest.mark.parametrize(("words", "size"), [(6, 16), (17, 14), (200, 12)])
def test_a_long_sentence_is_smaller_rather_than_cut_off(show: Show, words: int, size: int) -> None:
    banner = show(Banner(height=48, has_close=True), 813, 48)
    banner.say("network " * words, Tone.ACCENT, "info", "Try now", "Enter")
    room = QRect(0, 0, 540, 48)
    assert banner._font_in(room).pixelSize() == size
