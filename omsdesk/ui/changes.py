"""One signal for every change, whoever made it: this program, another one of this station, or sync."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from omsdesk.actions.execute import Changes
from omsdesk.store import journal
from omsdesk.store.engine import Connection

_LOOK_EVERY_MS = 400


class ChangeFeed(QObject):
    """Tells screens which nouns and ids are different now."""

    changed = Signal(object)
    """Emitted with ``Changes`` after they are durable, on the GUI thread."""

    def __init__(self, reader: Connection) -> None:
        """Watch the journal through a connection of the GUI thread."""
        super().__init__()
        self._reader = reader
        self._seen = journal.last_position(reader)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin to watch for what other programs write."""
        self._timer.start()

    def stop(self) -> None:
        """Watch no more: the connection is about to be closed."""
        self._timer.stop()

    def look(self) -> None:
        """Emit what came into the journal since the last look."""
        found = journal.changed_since(self._reader, self._seen)
        if found:
            self._seen = found[-1][0]
            subjects = frozenset((kind.partition(".")[0], subject) for _, kind, subject in found)
            self.changed.emit(Changes(subjects))
