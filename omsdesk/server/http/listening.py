"""The server of the service: uvicorn, as it has to behave here."""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import uvicorn

from omsdesk.server.http.application import application
from omsdesk.server.http.service import Service
from omsdesk.server.place import Place

if TYPE_CHECKING:
    import socket

_log = logging.getLogger("omsdesk.server")


class Server(uvicorn.Server):
    """A server that ends long polls when it stops, and lets nobody hold a connection without asking anything.

    It stops when ``should_exit`` is set, or when SIGTERM or SIGINT comes.
    """

    def __init__(self, service: Service, place: Place) -> None:
        """Serve at a place."""
        super().__init__(_configured(service, place))
        self._service = service
        self._silent: dict[Any, tuple[Any, float]] = {}

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen."""
        await super().startup(sockets)
        names = [listener.getsockname()[:2] for listener in sockets or ()]
        _log.info("The service runs.", extra={"fields": {"listens": names}})

    async def on_tick(self, counter: int) -> bool:
        """Look around, ten times a second."""
        if counter % 10 == 0:
            self._close_silent()
        return await super().on_tick(counter)

    def _close_silent(self) -> None:
        # uvicorn would wait for ever for the head of a request that comes letter by letter.
        before, now = self._silent, time.monotonic()
        self._silent = {}
        for connection in list[Any](self.server_state.connections):
            if _is_being_answered(connection):
                continue
            cycle, since = before.get(connection, (None, now))
            # With another question since the last look, its time begins anew.
            since = since if cycle is connection.cycle else now
            self._silent[connection] = connection.cycle, since
            waited = (now - since) / self._service.limits.head_time
            if waited > 2:
                # It does not even read what it was answered.
                connection.transport.abort()
            elif waited > 1:
                connection.transport.close()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop: nobody new, those who wait are answered, what is in work is finished."""
        self._service.hints.stop()
        await super().shutdown(sockets)
        _log.info("The service has stopped.")

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop at a signal. uvicorn's own raises it again once all is done, and the process would not end well."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {name: signal.signal(name, self.handle_exit) for name in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for name, handler in before.items():
                signal.signal(name, handler)


def _is_being_answered(connection: Any) -> bool:
    """Tell whether it is the service's turn: there is a question, and its answer is being made, or taken in."""
    cycle = connection.cycle
    is_read = not connection.flow.write_paused and not connection.transport.is_closing()
    return cycle is not None and not cycle.response_complete and is_read


def _configured(service: Service, place: Place) -> uvicorn.Config:
    limits = service.limits
    return uvicorn.Config(
        application(service),
        # By name: what happens to be installed beside it must not change how it behaves.
        loop="asyncio",
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(place.proxies),
        forwarded_allow_ips=place.proxies or None,
        timeout_keep_alive=max(1, int(limits.head_time)),
        timeout_graceful_shutdown=max(1, int(limits.stop_time)),
        ssl_certfile=place.certificate,
        ssl_keyfile=place.key,
    )
