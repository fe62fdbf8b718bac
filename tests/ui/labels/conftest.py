"""The labels page on a stage, with a manager before it."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from omsdesk.ui.labels.screen import LabelsScreen
from omsdesk.ui.office import Office
from tests.ui.back_office import Stage, put_on_stage


@pytest.fixture
def stage(office: Office, qtbot: QtBot) -> Stage:
    """The page in a window."""
    return put_on_stage(qtbot, LabelsScreen(office))


@pytest.fixture
def page(stage: Stage) -> LabelsScreen:
    """The page itself."""
    assert isinstance(stage.shown, LabelsScreen)
    return stage.shown
