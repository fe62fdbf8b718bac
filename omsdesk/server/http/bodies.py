"""Reading what is sent, as far as it may go: no more bytes, and for no longer, than the limits say."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from omsdesk.server.http.errors import TOO_SLOW, Refused, too_large
from omsdesk.server.http.limits import Limits

if TYPE_CHECKING:
    from starlette.types import Receive

_LINGER_SECONDS = 0.5


class Gone(Exception):
    """Whoever asked is not there any more."""


async def read_body(
    receive: Receive, fields: Mapping[str, str], most: int, limits: Limits, take_room: Callable[[int], None]
) -> bytes:
    """Read the body of a request as it travels.

    Raises:
        Refused: it is too large, too slow, or there is no room for it now.
        Gone: the connection ended.

    """
    try:
        # Before the first byte is read: whoever waits for a word to go on (Expect) then sends nothing at all.
        if int(fields.get("content-length", 0)) > most:
            raise too_large(most)
        async with asyncio.timeout(limits.body_time):
            return await _read(receive, most, limits.body_pause, take_room)
    except TimeoutError:
        raise Refused(408, TOO_SLOW, "The request did not arrive in time. Send it again, or less at once.", 1) from None
    except Refused:
        if "expect" not in fields:
            await _linger(receive)
        raise


async def _read(receive: Receive, most: int, pause: float, take_room: Callable[[int], None]) -> bytes:
    body, is_more = bytearray(), True
    while is_more:
        piece, is_more = await _next(receive, pause)
        if len(body) + len(piece) > most:
            raise too_large(most)
        take_room(len(piece))
        body += piece
    return bytes(body)


async def _next(receive: Receive, pause: float) -> tuple[bytes, bool]:
    async with asyncio.timeout(pause):
        event = await receive()
    if event["type"] == "http.disconnect":
        raise Gone
    return event.get("body", b""), event.get("more_body", False)


async def _linger(receive: Receive) -> None:
    """Throw away for a moment what still comes: a sender that is cut off while sending does not see the answer."""
    try:
        async with asyncio.timeout(_LINGER_SECONDS):
            while (await receive()).get("more_body", False):
                pass
    except TimeoutError:
        return
