"""What is around every request: its number, its line in the log, its place in the counts, and how many there may be."""

from __future__ import annotations

import logging
import time
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from omsdesk.server.http import media
from omsdesk.server.http.errors import Refused, broken, busy, refusal_of
from omsdesk.server.http.limits import household
from omsdesk.server.http.service import Service

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_log = logging.getLogger("omsdesk.server")
_ALWAYS_ANSWERED = {"/health", "/ready"}
_CLOSING = {408, 413, 503}
"""After these there may be more of the request on its way, which nobody is going to read."""


@dataclass(slots=True)
class Notes:
    """What is known of a request while it is answered. ``fields`` are its header fields, in small letters."""

    number: str
    address: str
    fields: dict[str, str]
    begun: float = field(default_factory=time.perf_counter)
    route: str = "other"
    device: str = ""
    tenant: str = ""
    reason: str = ""
    status: int = 0
    received: int = 0
    sent: int = 0


def notes_of(request: Request) -> Notes:
    """Give what is known of a request."""
    return cast("Notes", request.scope["notes"])


async def refuse(refused: Refused, notes: Notes) -> Response:
    """Answer that something is not done."""
    notes.reason = refused.error
    response = await media.answer(refused.failure, notes.fields, refused.status)
    response.headers.update(refused.headers)
    if refused.status in _CLOSING:
        response.headers["connection"] = "close"
    return response


def refusal(error: Exception, notes: Notes) -> Refused:
    """Say what to answer to an error; what nobody expected stands in the log under the request's number."""
    known = refusal_of(error)
    if known is None or known.status == 507 or error.__cause__ is not None:
        _log.error("A request failed.", exc_info=error, extra={"fields": {"request": notes.number}})
    return known or broken(notes.number)


class Watch:
    """The outermost part of the application."""

    def __init__(self, service: Service, inner: ASGIApp) -> None:
        """Stand around the routes of a service."""
        self.service, self._inner, self._open = service, inner, 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, and note how."""
        notes = scope["notes"] = _noted(scope)

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                notes.status = message["status"]
                message["headers"] = [*message["headers"], (b"request-id", notes.number.encode())]
            notes.sent += len(message.get("body", b""))
            await send(message)

        self._open += 1
        try:
            self._check(scope["path"], notes)
            await self._inner(scope, receive, counted)
        except Exception as error:  # noqa: BLE001 - nothing that goes wrong may leave somebody without an answer
            refused = refusal(error, notes)
            if not notes.status:
                response = await refuse(refused, notes)
                await response(scope, receive, counted)
        finally:
            self._open -= 1
            self._write_down(notes)

    def _check(self, path: str, notes: Notes) -> None:
        if path in _ALWAYS_ANSWERED:
            return
        self.service.addresses.take(notes.address)
        if self._open > self.service.limits.open_requests:
            raise busy()

    def _write_down(self, notes: Notes) -> None:
        seconds, metrics = time.perf_counter() - notes.begun, self.service.metrics
        metrics.requests.add(route=notes.route, status=str(notes.status))
        metrics.seconds.observe(seconds, notes.route)
        if notes.reason:
            metrics.refused.add(reason=notes.reason)
        _log.log(
            logging.WARNING if notes.status >= 500 else logging.INFO,
            "answered",
            extra={
                "fields": {
                    "request": notes.number,
                    "route": notes.route,
                    "status": notes.status,
                    "ms": round(seconds * 1000, 1),
                    "device": notes.device,
                    "tenant": notes.tenant,
                    "bytes": notes.received,
                    "bytes_sent": notes.sent,
                    "reason": notes.reason,
                }
            },
        )


def _noted(scope: Scope) -> Notes:
    fields: dict[str, str] = {}
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
        # Lines of one field are one field (RFC 9110, section 5.3); so they are signed (RFC 9421, section 2.1).
        fields[name] = f"{fields[name]}, {value}" if name in fields else value
    client = scope.get("client")
    return Notes(uuid.uuid4().hex[:16], household(client[0]) if client else "", fields)
