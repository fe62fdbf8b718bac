"""The one thread that writes: everybody else hands it commands and gets a promise."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from omsdesk.actions.execute import Executor, Outcome
from omsdesk.domain.messages import Command

_Answer = TypeVar("_Answer")


class Writer:
    """A thread of its own for an executor, so that no screen ever waits for the disk."""

    def __init__(self, executor: Executor) -> None:
        """Start the thread."""
        self.executor = executor
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        self._lock, self._unfinished = threading.Lock(), 0
        executor.database.is_waited_for = self.is_waited_for

    def submit(self, actor: str, *commands: Command) -> Future[Outcome]:
        """Have commands carried out as one action, after those that were handed in before."""
        return self.run(partial(self.executor.execute, actor, *commands))

    def run(self, task: Callable[[], _Answer]) -> Future[_Answer]:
        """Have something done that needs the writing thread for itself, such as filling a new database."""
        promise = self._thread.submit(task)
        self._count(1)
        promise.add_done_callback(lambda _: self._count(-1))
        return promise

    def is_waited_for(self) -> bool:
        """Tell a task that is carried out whether somebody waits for its end."""
        return self._unfinished > 1

    def close(self) -> None:
        """Finish what was handed in, then end the thread."""
        self._thread.shutdown(wait=True)

    def _count(self, step: int) -> None:
        with self._lock:
            self._unfinished += step
