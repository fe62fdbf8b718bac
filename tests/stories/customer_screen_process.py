"""A till on a real X server, with a screen for the customer: tells in JSON how it stands whenever it is asked."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtCore import QSocketNotifier
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from omsdesk.app import Desktop
from omsdesk.devices.attendant import Link
from omsdesk.domain.cash import OpenShift
from omsdesk.domain.values import Money
from omsdesk.settings import DeviceSetting, Settings
from omsdesk.ui.application import application
from omsdesk.ui.devices.screens import look
from omsdesk.ui.till.screen import TillScreen


class Till:
    """The program, and what there is to know of both of its windows."""

    def __init__(self, folder: Path) -> None:
        screen = DeviceSetting("customer_screen", "screen:CUSTOMER")
        settings = Settings(folder, sound_volume=0, device={"customer-screen": screen})
        self.app = application(settings)
        self.desktop = Desktop(settings)
        self.desktop.writer.submit("system", OpenShift("shift-1", Money.of("150.00", "EUR"))).result()
        self.links: list[Link] = []
        self.desktop.devices.link_changed.connect(lambda _, link: self.links.append(link))
        self.desktop.window.setGeometry(0, 0, 1366, 768)
        self.desktop.window.show()
        self.desktop.window.activateWindow()
        self.app.processEvents()
        self.desktop.feed.look()
        self.desktop.start()

    def stand(self) -> dict[str, object]:
        """How it stands now."""
        shown, till = self.desktop.window.shown, self.desktop.till
        assert isinstance(shown, TillScreen)
        assert till is not None
        view = till.customer_side.windows["customer-screen"].view
        room, front = view.geometry(), QGuiApplication.focusWindow()
        return {
            "is_there": view.isVisible(),
            "place": [room.x(), room.y(), room.width(), room.height()] if view.isVisible() else [],
            "has_keys": front is self.desktop.window.windowHandle(),
            "field_has_focus": QApplication.focusWidget() is shown.sell.field,
            "typed": shown.sell.field.text(),
            "lines": [line.article.name for line in till.session.lines],
            "customer_sees": [row.name for row in view._shown.rows],
            "said": self.links[-1].sentence if self.links else None,
            "offered": [str(found.address) for found in look()],
        }

    def answer(self) -> None:
        """Do what is asked on standard input: an empty line is the end."""
        asked = sys.stdin.readline().strip()
        if not asked:
            self.desktop.window.close()
            return
        if asked.startswith("move"):
            self.desktop.window.move(int(asked.split()[1]), 0)
        sys.stdout.write(f"{json.dumps(self.stand())}\n")
        sys.stdout.flush()


def main() -> None:
    """Run until the till's window is closed: the customer's one holds nothing up."""
    till = Till(Path(sys.argv[1]))
    notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(till.answer)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    till.app.exec()
    till.desktop.close()


if __name__ == "__main__":
    main()
