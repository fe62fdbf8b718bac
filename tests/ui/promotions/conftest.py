"""The promotions page on a stage, with a manager before it."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from omsdesk.ui.office import Office
from omsdesk.ui.promotions.screen import PromotionsScreen
from tests.ui.back_office import Stage, put_on_stage


@pytest.fixture
def stage(office: Office, qtbot: QtBot) -> Stage:
    """The page in a window."""
    return put_on_stage(qtbot, PromotionsScreen(office))


@pytest.fixture
def page(stage: Stage) -> PromotionsScreen:
    """The page itself."""
    assert isinstance(stage.shown, PromotionsScreen)
    return stage.shown
