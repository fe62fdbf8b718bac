"""Every part of the settings fits the smallest screen beside the rail."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from omsdesk.ui import theme
from omsdesk.ui.settings.screen import SettingsScreen
from omsdesk.ui.theme import SCALES
from tests.ui.back_office import Stage


@pytest.mark.parametrize("scale", SCALES)
def test_nothing_is_wider_than_the_smallest_screen(
    qapp: QApplication, settings: SettingsScreen, stage: Stage, scale: float
) -> None:
    theme.apply(theme.load("light", scale), qapp)
    for key, part in settings.parts.items():
        settings.show_part(key)
        QApplication.processEvents()
        body = part.cards.widget()
        assert body is not None
        assert settings.minimumSizeHint().width() <= 1024 - 76, key
        assert settings.minimumSizeHint().height() <= 768, key
        assert scale > 1 or body.minimumSizeHint().width() <= 1024 - 76, key
    theme.apply(theme.load("light"), qapp)
