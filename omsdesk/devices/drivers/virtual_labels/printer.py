"""Labels on the screen: each is a picture, as it would come out of a printer."""

from __future__ import annotations

import threading
from collections import deque
from typing import TYPE_CHECKING

from omsdesk.devices.ports import AtOnce, Condition, Delivery, PrinterStatus
from omsdesk.domain.printing import PrintState

if TYPE_CHECKING:
    from collections.abc import Callable

KEPT = 50
"""Labels that stay to be looked at."""
_PNG = b"\x89PNG\r\n\x1a\n"


class LabelsOnScreen(AtOnce):
    """Shows each label at once. ``on_label`` is called from the printing thread with the PNG file of each."""

    def __init__(self, on_label: Callable[[bytes], None] | None = None) -> None:
        self.on_label = on_label
        self._labels: deque[bytes] = deque(maxlen=KEPT)
        self._condition = Condition.READY
        self._lock = threading.Lock()

    @property
    def labels(self) -> tuple[bytes, ...]:
        """The newest labels as PNG files."""
        with self._lock:
            return tuple(self._labels)

    def set_condition(self, condition: Condition) -> None:
        """Take the labels away, open the head, switch off, or make all well again."""
        self._condition = condition

    def status(self) -> PrinterStatus:
        """Say what was set."""
        return PrinterStatus.of(self._condition)

    def print(self, payload: bytes, name: str) -> Delivery:
        """Show labels, one picture after the other; nothing where somebody took the roll away."""
        status = self.status()
        if not status.can_print:
            return Delivery(PrintState.FAILED, status.sentence, self._condition)
        pictures = [_PNG + picture for picture in payload.split(_PNG)[1:]]
        with self._lock:
            self._labels.extend(pictures)
        if self.on_label is not None:
            for picture in pictures:
                self.on_label(picture)
        return Delivery(PrintState.PRINTED, condition=self._condition, out=len(pictures))
