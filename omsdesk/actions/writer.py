"""The one thread that writes: everybody else hands it commands and gets a promise."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
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

    def submit(self, actor: str, *commands: Command) -> Future[Outcome]:
        """Have commands carried out as one action, after those that were handed in before."""
        return self._thread.submit(self.executor.execute, actor, *commands)

    def run(self, task: Callable[[], _Answer]) -> Future[_Answer]:
        """Have something done that needs the writing thread for itself, such as filling a new database."""
        return self._thread.submit(task)

    def close(self) -> None:
        """Finish what was handed in, then end the thread."""
        self._thread.shutdown(wait=True)
