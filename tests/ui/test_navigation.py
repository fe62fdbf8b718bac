"""Pages, screens and intents: what each may leave out, and what it has then."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from omsdesk.ui.navigation import Intent, Page, Screen, by_key

MODIFIERS = st.sampled_from(["", "Ctrl+", "Alt+", "Ctrl+Shift+", "Shift+"])
KEYS = st.sampled_from([*(f"F{number}" for number in range(1, 13)), "K", "Return", "Del", "Esc", "PgUp", "Space"])


def do_nothing() -> None:
    """Stand for what an intent does."""


def test_a_screen_that_overrides_nothing_has_nothing(qtbot: QtBot) -> None:
    screen = Screen()
    qtbot.addWidget(screen)
    assert list(screen.intents()) == []
    assert screen.scanned("4006381333931") is False, "the characters go to the field that has the focus"
    assert screen.typing_place() is None
    screen.arrived()
    screen.user_pressed()


def test_a_screen_says_that_it_wants_the_whole_window(qtbot: QtBot) -> None:
    screen = Screen()
    qtbot.addWidget(screen)
    with qtbot.waitSignal(screen.locked) as said:
        screen.locked.emit(True)
    assert said.args == [True]


def test_a_page_is_built_when_it_is_asked_for_and_not_before(qtbot: QtBot) -> None:
    built: list[Screen] = []

    def build() -> Screen:
        built.append(Screen())
        return built[-1]

    page = Page("sell", "Sell", "scan-barcode", build)
    assert built == []
    qtbot.addWidget(page.build())
    assert len(built) == 1


@given(modifier=MODIFIERS, key=KEYS)
def test_a_key_is_found_however_qt_writes_it(modifier: str, key: str) -> None:
    keys = modifier + key
    intent = Intent("a", "Do it", "package", do_nothing, keys)
    assert by_key([intent])[QKeySequence(keys).toString()] is intent


def test_of_two_intents_with_one_key_the_possible_one_has_it() -> None:
    """Enter pays in one state of a till and starts the next sale in another."""
    state = {"paid": False}
    pay = Intent("pay", "Pay", "banknote", do_nothing, "Return", lambda: not state["paid"])
    following = Intent("next", "Next sale", "check", do_nothing, "Return", lambda: state["paid"])
    assert by_key([pay, following])["Return"] is pay
    state["paid"] = True
    assert by_key([pay, following])["Return"] is following


def test_what_is_possible_is_asked_anew_each_time_and_only_of_what_has_a_key() -> None:
    asked: list[str] = []

    def possible(name: str) -> Callable[[], bool]:
        def ask() -> bool:
            asked.append(name)
            return True

        return ask

    keys = {"a": "F1", "b": "", "c": "F3"}
    intents = [Intent(name, name, "x", do_nothing, keys[name], possible(name)) for name in keys]
    by_key(intents)
    by_key(intents)
    assert asked == ["a", "c"] * 2


def test_an_intent_is_a_fact_and_cannot_be_changed() -> None:
    intent = Intent("pay", "Pay", "banknote", do_nothing)
    with pytest.raises(AttributeError):
        intent.keys = "F1"  # type: ignore[misc]
    assert intent.is_possible()
    assert intent.cap == ""
