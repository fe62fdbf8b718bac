"""The service as an ASGI application: its routes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from omsdesk.release import VERSION
from omsdesk.server.http import intake
from omsdesk.server.http.description import describe
from omsdesk.server.http.errors import NO_SUCH_METHOD, NOT_FOUND, Refused, busy
from omsdesk.server.http.metrics import MEDIA
from omsdesk.server.http.operations import OPERATIONS
from omsdesk.server.http.service import Service
from omsdesk.server.http.watch import Watch, notes_of, refusal, refuse
from omsdesk.sync.wire import JSON

if TYPE_CHECKING:
    from starlette.requests import Request

_Ask = Callable[[Service], Awaitable[Response]]


def application(service: Service) -> Watch:
    """Make the application of a service."""
    routes = [
        Route(operation.path, partial(intake.answer, service, operation), methods=[operation.method])
        for operation in OPERATIONS
    ]
    routes += [Route(path, partial(_plainly, service, ask), methods=["GET"]) for path, ask in _PLAIN.items()]
    inner = Starlette(routes=routes, exception_handlers={HTTPException: _astray})
    inner.router.redirect_slashes = False
    return Watch(service, inner)


# ---- what everybody may ask


async def _plainly(service: Service, ask: _Ask, request: Request) -> Response:
    notes = notes_of(request)
    notes.route = request.url.path.strip("/")
    try:
        return await ask(service)
    except Exception as error:  # noqa: BLE001 - whatever it was, who asked gets an answer
        return await refuse(refusal(error, notes), notes)


async def _health(_: Service) -> Response:
    return PlainTextResponse("It runs.\n")


async def _ready(service: Service) -> Response:
    if not await service.is_ready():
        raise busy("The database does not answer.")
    return PlainTextResponse("It is ready.\n")


async def _metrics(service: Service) -> Response:
    return Response(service.metrics.text(), media_type=MEDIA)


async def _description(service: Service) -> Response:
    return Response(describe(VERSION, service.limits), media_type=JSON)


_PLAIN: dict[str, _Ask] = {
    "/health": _health,
    "/ready": _ready,
    "/metrics": _metrics,
    "/openapi.json": _description,
}


async def _astray(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 405:
        refused = Refused(405, NO_SUCH_METHOD, "This cannot be asked in this way. /openapi.json says what can.")
    else:
        refused = Refused(404, NOT_FOUND, "There is nothing here. /openapi.json says what there is.")
    response = await refuse(refused, notes_of(request))
    response.headers.update(error.headers or {})
    return response
