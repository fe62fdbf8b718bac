"""How messages travel: which format and which compression both sides know."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from starlette.responses import Response

from omsdesk.server.http.errors import Refused
from omsdesk.sync import wire
from omsdesk.sync.messages import Complaint

FORMATS = (wire.JSON, wire.MSGPACK)
ENCODINGS = ("gzip", "deflate")
SLOW_ABOVE = 64 * 1024
"""Bytes above which packing and reading are left to another thread, so that nobody waits for it."""


def format_of(fields: Mapping[str, str]) -> str:
    """Say which format a body has.

    Raises:
        Refused: it is one that the service does not read.

    """
    media = fields.get("content-type", "").partition(";")[0].strip().lower()
    if media not in FORMATS:
        raise Refused(415, Complaint.GARBLED, f"The service reads {' and '.join(FORMATS)}. Send one of them.")
    return media


def encoding_of(fields: Mapping[str, str]) -> str:
    """Say how a body was compressed, empty where it was not.

    Raises:
        Refused: it is a way that the service does not know.

    """
    encoding = fields.get("content-encoding", "").strip().lower().replace("identity", "")
    if encoding and encoding not in ENCODINGS:
        raise Refused(415, Complaint.GARBLED, f"The service reads {' and '.join(ENCODINGS)}, one of them at a time.")
    return encoding


def check(fields: Mapping[str, str]) -> None:
    """Make sure, before a body is read, that it can be.

    Raises:
        Refused: it cannot.

    """
    format_of(fields)
    encoding_of(fields)


def format_wanted(fields: Mapping[str, str]) -> str:
    """Choose the format of an answer: what was asked for, else what was sent, else JSON."""
    wanted = _choices(fields.get("accept", ""))
    if wire.MSGPACK in wanted or wire.JSON in wanted:
        return wire.MSGPACK if wire.MSGPACK in wanted else wire.JSON
    sent = fields.get("content-type", "").partition(";")[0].strip().lower()
    return sent if sent in FORMATS else wire.JSON


async def answer(message: object, fields: Mapping[str, str], status: int = 200) -> Response:
    """Write an answer to a request with these header fields."""
    media = format_wanted(fields)
    body, encoding = wire.encode(message, media), ""
    if len(body) >= wire.PACK_ABOVE:
        wanted = _choices(fields.get("accept-encoding", ""))
        encoding = next((known for known in ENCODINGS if known in wanted), "")
        is_long = encoding and len(body) > SLOW_ABOVE
        packed = await asyncio.to_thread(wire.pack, body, encoding) if is_long else wire.pack(body, encoding)
        body, encoding = (packed, encoding) if len(packed) < len(body) else (body, "")
    headers = {"cache-control": "no-store", "vary": "accept, accept-encoding", "x-content-type-options": "nosniff"}
    return Response(body, status, headers | ({"content-encoding": encoding} if encoding else {}), media)


def _choices(field: str) -> set[str]:
    """Read what is acceptable; what has no weight at all is not (RFC 9110, section 12.4.2)."""
    chosen = set()
    for part in field.lower().split(","):
        name, _, weight = part.replace(" ", "").partition(";q=")
        if weight.rstrip("0.") or not weight:
            chosen.add(name.partition(";")[0])
    return chosen
