"""Opens the demonstration shop: its till, or without a screen a sale that is rung up by itself."""

from __future__ import annotations

from dataclasses import replace

from omsdesk.actions.clock import SystemClock
from omsdesk.private_files import private_folder
from omsdesk.settings import Settings, cache_folder, save
from omsdesk.store.sql import remember_in


def run_demo(settings: Settings, *, is_offscreen: bool) -> int:
    """Open the till of the demonstration shop; offscreen, ring up a sale and say where its paper lies."""
    remember_in(cache_folder())
    private_folder(settings.folder)
    from omsdesk.actions.demo_shop import begin_demo_shop

    is_demonstration = begin_demo_shop(settings.database_path, SystemClock())
    if is_demonstration is not settings.is_demonstration:
        settings = replace(settings, is_demonstration=is_demonstration)
        save(settings)
    from omsdesk.app import run_desktop

    return _demonstrate(settings) if is_offscreen else run_desktop(settings)


def _demonstrate(settings: Settings) -> int:
    from omsdesk.app import Desktop
    from omsdesk.ui.application import application
    from omsdesk.ui.till.demonstration import ring_up, show_paper

    app = application(settings)
    desktop = Desktop(settings)
    try:
        desktop.window.resize(1366, 768)
        desktop.window.show()
        desktop.start()
        if desktop.till is None:
            raise TypeError("The demonstration shop has no till.")
        sale = ring_up(desktop.till)
        app.processEvents()
        for line in show_paper(desktop.till, sale, desktop.window, settings.pdf_path):
            print(line)  # noqa: T201 - a command that answers on the terminal
    finally:
        desktop.close()
    return 0
