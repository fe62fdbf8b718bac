"""The two verbs of every screen: change something, ask something; answers come back on the GUI thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from omsdesk.actions.execute import Outcome
from omsdesk.actions.writer import Writer
from omsdesk.domain.messages import Command
from omsdesk.store.engine import Connection

_Answer = TypeVar("_Answer")


class Background(QObject):
    """Work that the GUI thread must not wait for."""

    _arrived = Signal(object)

    def __init__(self, writer: Writer, open_reader: Callable[[], Connection]) -> None:
        """Take the thread that writes, and a way to open connections for those that read."""
        super().__init__()
        self._writer = writer
        self._open_reader = open_reader
        self._pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="ask")
        self._local = threading.local()
        self._is_closed = False
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def change(self, actor: str, *commands: Command, then: Callable[[Outcome], None]) -> None:
        """Have commands carried out as one action; ``then`` gets the outcome once it is durable."""
        self._return(self._writer.submit(actor, *commands), then)

    def ask(self, question: Callable[[Connection], _Answer], then: Callable[[_Answer], None]) -> None:
        """Have a question answered from the database by another thread."""
        self.work(lambda: self._answer(question), then)

    def work(self, task: Callable[[], _Answer], then: Callable[[_Answer], None]) -> None:
        """Have something slow done that needs no database: checking a PIN, drawing a document."""
        # An answer that comes at the end may lead to a question, and nobody is left to hear that answer.
        if not self._is_closed:
            self._return(self._pool.submit(task), then)

    def reach(self, task: Callable[[], _Answer], then: Callable[[_Answer], None]) -> None:
        """Have somebody outside asked, in a thread of its own: nothing else waits behind a slow line, not even the end.

        A task that is under way when the program ends is broken off.
        """
        promise: Future[_Answer] = Future()
        self._return(promise, then)
        threading.Thread(target=_fulfil, args=(promise, task), name="reach", daemon=True).start()

    def close(self) -> None:
        """End the threads that ask; what was asked is answered first."""
        self._is_closed = True
        self._pool.shutdown(wait=True)

    def _answer(self, question: Callable[[Connection], _Answer]) -> _Answer:
        connection: Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = self._open_reader()
        return question(connection)

    def _return(self, future: Future[_Answer], then: Callable[[_Answer], None]) -> None:
        future.add_done_callback(lambda done: self._send(then, done))

    def _send(self, then: Callable[[_Answer], None], done: Future[_Answer]) -> None:
        # What is answered while the pool is emptied still arrives; a line may answer when nobody is left to hear.
        if not (self._is_closed and threading.current_thread().daemon):
            self._arrived.emit((then, done))

    def _deliver(self, letter: tuple[Callable[[object], None], Future[object]]) -> None:
        then, done = letter
        then(done.result())


def _fulfil(promise: Future[_Answer], task: Callable[[], _Answer]) -> None:
    try:
        promise.set_result(task())
    except BaseException as error:  # noqa: BLE001 - whoever waits for the answer gets it
        promise.set_exception(error)
