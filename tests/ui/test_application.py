"""The one application, dressed as it was chosen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from omsdesk.settings import Settings, ThemeChoice
from omsdesk.ui import theme
from omsdesk.ui.application import application, look_of, running


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path)


def test_there_is_one_however_often_it_is_asked_for(qapp: QApplication, settings: Settings) -> None:
    assert application(settings) is application(settings) is running() is qapp


@pytest.mark.parametrize("choice", [ThemeChoice.LIGHT, ThemeChoice.DARK])
def test_the_look_is_the_chosen_one_in_the_chosen_size(
    qapp: QApplication, settings: Settings, choice: ThemeChoice
) -> None:
    assert qapp
    found = look_of(Settings(settings.folder, theme=choice, text_scale=150))
    assert found == theme.load(str(choice), 1.5)


def test_the_systems_look_is_one_of_ours(qapp: QApplication, settings: Settings) -> None:
    assert look_of(Settings(settings.folder, theme=ThemeChoice.SYSTEM)) == theme.load(theme.preferred_name(qapp), 1.0)
