"""The description of the service for programs and their makers: OpenAPI 3.1, made from what the routes are."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

from omsdesk.server.http import shapes
from omsdesk.server.http.limits import Limits
from omsdesk.server.http.media import ENCODINGS, FORMATS
from omsdesk.server.http.operations import OPERATIONS, Operation
from omsdesk.sync import messages, wire
from omsdesk.sync.signing import COVERED, TOLERANCE_SECONDS

_ABOUT = f"""Stations tell what happened, and hear what others did.

Every request under /v1 is signed: HTTP Message Signatures (RFC 9421) with Ed25519, the device's id as keyid, covering
{", ".join(COVERED)}, with the digest of the body as it travels (RFC 9530, sha-256) and created within
{TOLERANCE_SECONDS} seconds of the service's clock. Which business is meant follows from the key alone. A request to be
let in is signed with the key that it shows.

Bodies are {" or ".join(FORMATS)}, compressed as {" or ".join(ENCODINGS)} if the sender likes; the schemas say what JSON
looks like, where bytes are base64, and MessagePack holds the same with bytes as they are. Fields that are not known are
passed over. Asking the same twice does it once."""

_REFUSALS = {
    401: "Not signed, or by an unknown station, or its clock is off (error: signature, not_enrolled, clock).",
    403: "The sender is known and may not do this (error: revoked, not_allowed, code).",
    404: "There is no such thing (error: not_found).",
    408: "The request did not arrive in time (error: too_slow).",
    413: "There is more in it than may be (error: too_large).",
    415: "A format or compression that the service does not read (error: garbled).",
    422: "It is no such message, or its entries do not follow from one another (error: garbled).",
    429: "This is asked too often; Retry-After says when to ask again (error: too_many).",
    500: "The service failed; the sentence holds the number of the failure in its log (error: broken).",
    503: "The service cannot do it now; nothing was done, and Retry-After says when to ask again (error: busy).",
    507: "The service's disk is full (error: full).",
}
_WITH_BODY = {408, 413, 415, 422}
_WAITING = {429, 503, 507}
_ALWAYS = {401, 403, 429, 500, 503, 507}
_TEMPLATE = "#/components/schemas/{name}"

_PLAIN = {
    "/health": ("Tell whether the service runs", "text/plain", ()),
    "/ready": ("Tell whether the service and its database answer", "text/plain", (503,)),
    "/metrics": ("Count, as Prometheus reads it", "text/plain", ()),
    "/openapi.json": ("Describe the service", "application/json", ()),
}


@cache
def describe(version: str, limits: Limits) -> bytes:
    """Write the description of a service."""
    asked, answered = _schemas()
    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _described(operation, limits)
    for path, (summary, media, refusals) in _PLAIN.items():
        paths[path] = {"get": _plain(path, summary, media, refusals)}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "omsdesk", "version": version, "description": _ABOUT},
        "paths": paths,
        "components": {"schemas": answered | asked, "securitySchemes": _schemes()},
    }
    return msgspec.json.encode(document)


def _schemes() -> dict[str, Any]:
    about = "HTTP Message Signatures (RFC 9421); Signature-Input and Content-Digest come with it."
    return {"signature": {"type": "apiKey", "in": "header", "name": "Signature", "description": about}}


def _schemas() -> tuple[dict[str, Any], dict[str, Any]]:
    shaped = [operation.shape for operation in OPERATIONS if operation.shape]
    told = [*(operation.answer for operation in OPERATIONS), messages.Failure]
    _, asked = msgspec.json.schema_components(shaped, ref_template="#/components/schemas/Asked.{name}")
    _, answered = msgspec.json.schema_components(told, ref_template=_TEMPLATE)
    return {f"Asked.{name}": schema for name, schema in asked.items()}, answered


def _described(operation: Operation, limits: Limits) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.summary,
        "security": [{"signature": []}],
        "responses": {"200": _response("Done.", operation.answer, FORMATS)},
    }
    statuses = _ALWAYS | set(operation.refusals)
    if operation.shape:
        statuses |= _WITH_BODY
        most = limits.sent_by_strangers if operation.is_for_strangers else limits.sent
        schema = {"$ref": f"#/components/schemas/Asked.{operation.shape.__name__}"}
        described["description"] = f"At most {most:,} bytes as it travels and {wire.MOST_BYTES:,} unpacked."
        described["requestBody"] = {"required": True, "content": {media: {"schema": schema} for media in FORMATS}}
    for status in sorted(statuses):
        described["responses"][str(status)] = _refusal(status)
    if "{device}" in operation.path:
        schema = msgspec.json.schema(shapes.DeviceId)
        described["parameters"] = [{"name": "device", "in": "path", "required": True, "schema": schema}]
    return described


def _response(about: str, kind: type, formats: tuple[str, ...]) -> dict[str, Any]:
    schema = {"$ref": _TEMPLATE.format(name=kind.__name__)}
    return {"description": about, "content": {media: {"schema": schema} for media in formats}}


def _refusal(status: int) -> dict[str, Any]:
    response = _response(_REFUSALS[status], messages.Failure, FORMATS)
    if status in _WAITING:
        about = {"description": "Seconds until it is worth asking again.", "schema": {"type": "integer", "minimum": 1}}
        response["headers"] = {"Retry-After": about}
    return response


def _plain(path: str, summary: str, media: str, refusals: tuple[int, ...]) -> dict[str, Any]:
    schema = {"type": "object"} if media == "application/json" else {"type": "string"}
    responses: dict[str, Any] = {"200": {"description": "It is so.", "content": {media: {"schema": schema}}}}
    responses |= {str(status): _refusal(status) for status in (*refusals, 429, 503)}
    return {"operationId": path.strip("/").replace(".", "_"), "summary": summary, "responses": responses}
