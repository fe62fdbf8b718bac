"""A till begins with its shop, its shift and its settings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pytestqt.qtbot import QtBot

from omsdesk.settings import DeviceSetting, Settings
from omsdesk.ui.till.beginning import state_of
from tests.ui.till.shop import Station, set_up


def test_it_knows_its_shift_and_asks_the_settings_as_they_are(tmp_path: Path, qtbot: QtBot) -> None:
    till = Station(set_up(tmp_path), qtbot).start()
    settings = [Settings(tmp_path, is_close_blind=True)]
    state = state_of(till.reader, till.background, till.clock, lambda: settings[-1])
    assert state is not None
    assert (state.counter.till.id, state.counter.shift, state.shift.is_blind) == ("t1", till.state.counter.shift, True)
    assert not state.counter.has_printer("kitchen")
    settings.append(replace(settings[0], device={"kitchen": DeviceSetting("escpos", "tcp:kitchen")}))
    assert state.counter.has_printer("kitchen")
    assert not state.counter.is_teaching
    till.stop()


def test_the_demonstration_shop_and_a_till_for_training_are_there_to_learn(tmp_path: Path, qtbot: QtBot) -> None:
    till = Station(set_up(tmp_path), qtbot).start()
    state = state_of(till.reader, till.background, till.clock, lambda: Settings(tmp_path, is_demonstration=True))
    assert state is not None
    assert state.counter.is_teaching
    till.state.counter.till = replace(till.state.counter.till, is_training=True)
    assert till.state.counter.is_teaching
    till.stop()


def test_a_computer_that_is_no_till_has_none(tmp_path: Path, qtbot: QtBot) -> None:
    till = Station(set_up(tmp_path), qtbot).start()
    till.database.become_till("")
    assert state_of(till.database.reader(), till.background, till.clock, lambda: Settings(tmp_path)) is None
    till.stop()
