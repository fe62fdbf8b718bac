"""One thread for each device: it works, rests, is woken, and begins only when those before it are gone."""

from __future__ import annotations

import logging
import threading
import time
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_T = TypeVar("_T")
_LOG = logging.getLogger(__name__)

KEPT_WAITING = (
    "What was set up here before is still busy. It goes on by itself; if it does not, start the program again."
)
"""What a person reads where a device that was set up differently does not let go."""
PATIENCE_SECONDS = 3.0
"""After so long a thread says that it waits for another."""
STOP_SECONDS = 1.0
_FAULT_SECONDS = 1.0
"""Until the next turn after one that went wrong."""
_SLICE = 0.05
"""Seconds between two looks at whether it is still wanted."""


class DeviceThread(ABC):
    """Create, ``start``, ``wake`` as often as there is news, ``end`` or ``stop``. It cannot be started again."""

    def __init__(self, name: str) -> None:
        """Take the name that a list of threads shows."""
        self._woken = threading.Event()
        self._is_ending = threading.Event()
        self._before: tuple[DeviceThread, ...] = ()
        self._thread = threading.Thread(target=self.run, name=name, daemon=True)

    def start(self, after: Iterable[DeviceThread] = ()) -> None:
        """Begin as soon as those are gone that had the same device or the same queue."""
        self._before = tuple(after)
        self._thread.start()

    def wake(self) -> None:
        """Have its next turn now, whatever it waits for."""
        self._woken.set()

    def end(self) -> None:
        """Tell it to end; this waits for nothing."""
        self._is_ending.set()
        self._woken.set()
        self._guarded(self.interrupt)

    def stop(self) -> None:
        """Have it end within a second."""
        self.end()
        self.is_gone(STOP_SECONDS)

    def is_gone(self, seconds: float = 0.0) -> bool:
        """Tell whether it has ended, or does so in the seconds that one waits."""
        if self._thread.is_alive():
            self._thread.join(seconds)
        return not self._thread.is_alive()

    def run(self) -> None:
        """Take turn after turn until the end; a fault in one does not end the thread."""
        is_first = self._is_first()
        while is_first:
            self._woken.clear()
            if self._is_ending.is_set():
                return
            pause = self._guarded(self.turn)
            self._woken.wait(_FAULT_SECONDS if pause is None else pause)

    @abstractmethod
    def turn(self) -> float:
        """Do what is to be done; give the seconds until the next turn."""

    @abstractmethod
    def interrupt(self) -> None:
        """Make whatever is waited for in a turn end within a fraction of a second."""

    def kept_waiting(self) -> None:
        """Say that those before it do not go."""
        _LOG.warning("The thread “%s” waits for the one before it.", self._thread.name)

    def _is_first(self) -> bool:
        """Wait until those before it are gone; False where it was ended meanwhile."""
        patience: float | None = time.monotonic() + PATIENCE_SECONDS
        for earlier in self._before:
            while not earlier.is_gone(_SLICE):
                if self._is_ending.is_set():
                    return False
                if patience is not None and time.monotonic() > patience:
                    patience = None
                    self._guarded(self.kept_waiting)
        self._before = ()
        return True

    def _guarded(self, work: Callable[[], _T]) -> _T | None:
        """Keep the thread alive whatever a driver, a queue or a window raises."""
        try:
            return work()
        except Exception:  # noqa: BLE001 - the device would be dead until the program is started again
            _LOG.exception("The thread “%s” goes on after a fault.", self._thread.name)
            return None


def stop_all(threads: Iterable[DeviceThread]) -> None:
    """Have all of them end, within one second together."""
    threads, end = tuple(threads), time.monotonic() + STOP_SECONDS
    for thread in threads:
        thread.end()
    for thread in threads:
        thread.is_gone(max(0.0, end - time.monotonic()))
