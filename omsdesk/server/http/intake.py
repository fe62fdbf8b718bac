"""The one way that every signed request goes: who asks, what, whether they may now, the work, the answer."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from collections.abc import Callable
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from starlette.responses import Response

from omsdesk.server.enrolment import Key
from omsdesk.server.http import media, shapes
from omsdesk.server.http.bodies import Gone, read_body
from omsdesk.server.http.caller import claim_in, make_sure
from omsdesk.server.http.errors import Refused
from omsdesk.server.http.limits import Limits
from omsdesk.server.http.operations import Call, Operation
from omsdesk.server.http.service import Service
from omsdesk.server.http.watch import notes_of, refusal, refuse
from omsdesk.server.ledger import Caller
from omsdesk.sync import wire
from omsdesk.sync.messages import Complaint, Enrolment
from omsdesk.sync.signing import Claim
from omsdesk.sync.signing import Request as Signed

if TYPE_CHECKING:
    from starlette.requests import Request

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")

_CLIENT_CLOSED_REQUEST = 499
"""For the log alone: nobody is there to read it."""


async def answer(service: Service, operation: Operation, request: Request) -> Response:
    """Answer a request, whatever comes of it."""
    notes = notes_of(request)
    notes.route = operation.name
    try:
        with service.room.share() as take_room:
            call = await _heard(service, operation, request, take_room)
            result = await _done(service, operation, call)
        return await media.answer(result, notes.fields)
    except Gone:
        return Response(status_code=_CLIENT_CLOSED_REQUEST)
    except Exception as error:  # noqa: BLE001 - who asked gets an answer, and the log gets what nobody expected
        return await refuse(refusal(error, notes), notes)


async def _heard(service: Service, operation: Operation, request: Request, take_room: Callable[[int], None]) -> Call:
    """Find out who asks, and for what. Of a request that cannot be from whom it says, the body is not read."""
    notes, limits = notes_of(request), service.limits
    claim = claim_in(notes.fields, service.now() / 1000)
    key = None if operation.is_for_strangers else await _key_of(service, claim.key)
    most = limits.sent_by_strangers if operation.is_for_strangers else limits.sent
    if operation.shape:
        media.check(notes.fields)
    body = await read_body(request.receive, notes.fields, most, limits, take_room)
    notes.received = len(body)
    signed = Signed(request.method, _target(request), notes.fields, body)
    if key is not None:
        await _beside(len(body), make_sure, claim, signed, key.public_key)
        # Only now: nobody else can use up what a device may ask.
        service.devices.take(claim.key)
        is_about_itself = request.path_params.get("device") == claim.key
        if operation.is_for_managers and key.only_sells and not is_about_itself:
            raise Refused(403, Complaint.NOT_ALLOWED, "This station only sells. Ask at a manager's station.")
    message = await _message_in(signed, operation, limits, take_room) if operation.shape else None
    if key is None:
        _check_stranger(claim, signed, message)
    caller = Caller(key.tenant if key else "", claim.key)
    notes.tenant, notes.device = caller
    signature = b64encode(claim.signature).decode()
    return Call(caller, message, request.path_params, notes.address, signature, request.receive)


async def _key_of(service: Service, device: str) -> Key:
    """Find the key of whoever claims to ask. They have shown nothing yet: what has to be looked up waits its turn."""
    key = service.keys.recalled(device)
    if key is None:
        async with service.gate.enter():
            key = await service.keys.known(device)
    return key


def _target(request: Request) -> str:
    """Path and query as they came, which is how they were signed."""
    query = request.scope["query_string"].decode("latin-1")
    path: str = request.scope["raw_path"].decode("latin-1")
    return f"{path}?{query}" if query else path


async def _message_in(signed: Signed, operation: Operation, limits: Limits, take_room: Callable[[int], None]) -> object:
    most = limits.sent_by_strangers if operation.is_for_strangers else wire.MOST_BYTES
    encoding = media.encoding_of(signed.fields)
    body = await _beside(len(signed.body), wire.unpack, signed.body, encoding, most)
    if encoding:
        take_room(len(body))
    assert operation.shape is not None
    assert operation.message is not None
    return await _beside(
        len(body), shapes.read, operation.shape, operation.message, body, media.format_of(signed.fields)
    )


async def _beside(size: int, work: Callable[_Given, _Result], *given: _Given.args, **named: _Given.kwargs) -> _Result:
    """Do what takes long for a large body on another thread, so that nobody else waits for it."""
    return await asyncio.to_thread(work, *given, **named) if size > media.SLOW_ABOVE else work(*given, **named)


def _check_stranger(claim: Claim, signed: Signed, message: object) -> None:
    assert isinstance(message, Enrolment), "a stranger asks to be let in, and for nothing else"
    if message.device != claim.key:
        raise Refused(401, Complaint.SIGNATURE, "The request is signed for another station.")
    make_sure(claim, signed, message.public_key)


async def _done(service: Service, operation: Operation, call: Call) -> object:
    if operation.is_patient:
        return await operation.does(service, call)
    async with service.gate.enter():
        if call.caller.tenant:
            await service.note(call.caller)
        return await operation.does(service, call)
