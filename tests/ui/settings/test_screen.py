"""Pictures."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from omsdesk.ui.settings.screen import SettingsScreen
from omsdesk.ui.settings.set_up_screen import SetUpScreen
from tests.ui.back_office import BackOffice, Stage, put_on_stage, take_pictures
from tests.ui.settings.conftest import Computer


def test_pictures(qtbot: QtBot, settings: SettingsScreen, stage: Stage) -> None:
    for key in settings.parts:
        settings.show_part(key)
        take_pictures(stage, f"settings-{key}")


def test_set_up(qtbot: QtBot, empty: BackOffice) -> None:
    stage = put_on_stage(qtbot, SetUpScreen(Computer(empty).office()))
    take_pictures(stage, "set-up")
