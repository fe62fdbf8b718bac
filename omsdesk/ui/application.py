"""The application that Qt wants one of, in the look that was chosen."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication

from omsdesk.settings import Settings, ThemeChoice
from omsdesk.ui import theme
from omsdesk.ui.theme import Theme
from omsdesk.ui.widgets.painting import measure_anew


def application(settings: Settings) -> QApplication:
    """Make the application in the look that was chosen; a ``Desktop`` puts the style sheet on its window."""
    # The one style that looks the same on every system; asked for here it costs nothing, later 5 ms.
    if QApplication.instance() is None:
        QApplication([*sys.argv[:1], "-style", "fusion"]).fontDatabaseChanged.connect(measure_anew)
    theme.choose(look_of(settings), running())
    return running()


def running() -> QApplication:
    """Give the one that runs."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise TypeError("There is an application without a screen already.")
    return app


def look_of(settings: Settings) -> Theme:
    """Load the look that was chosen, or that of the system."""
    name = theme.preferred_name(running()) if settings.theme is ThemeChoice.SYSTEM else str(settings.theme)
    return theme.load(name, settings.text_scale / 100)
