"""The labels page on a stage, with a manager before it."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from omsdesk.documents.labels.model import LabelField
from omsdesk.ui.labels.screen import LabelsScreen
from omsdesk.ui.office import Office
from tests.ui.back_office import Stage, put_on_stage, until


@pytest.fixture
def stage(office: Office, qtbot: QtBot) -> Stage:
    """The page in a window."""
    return put_on_stage(qtbot, LabelsScreen(office))


@pytest.fixture
def page(stage: Stage) -> LabelsScreen:
    """The page itself."""
    assert isinstance(stage.shown, LabelsScreen)
    return stage.shown


def drawn(page: LabelsScreen) -> None:
    """Wait until the board shows what is on it now."""
    until(lambda: page.session.laid is not None and not page.session._is_drawing)


def draw(page: LabelsScreen, field: str) -> LabelField:
    """Open the drawing side and choose a field."""
    page.pills.choose(1)
    page.session.select(field)
    chosen = page.session.field
    assert chosen is not None
    return chosen


def is_said(page: LabelsScreen, words: str) -> bool:
    """Tell whether the strip at the foot says something."""
    return words in page.banner.text()
