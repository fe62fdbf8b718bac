"""Messages as bytes and back, for both sides; what is not a message is refused before it costs memory."""

from __future__ import annotations

import zlib
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from omsdesk.sync.messages import Garbled

if TYPE_CHECKING:
    from collections.abc import Callable

JSON = "application/json"
MSGPACK = "application/msgpack"
MOST_BYTES = 16 * 1024 * 1024
"""What one message may be, unpacked. A station keeps its runs far below, see ``push.MOST_BYTES``."""
PACK_ABOVE = 1024

_GZIP, _DEFLATE = zlib.MAX_WBITS | 16, zlib.MAX_WBITS
_Message = TypeVar("_Message")


class TooLarge(Garbled):
    """More than anybody may send at once."""


def encode(message: object, media: str = MSGPACK) -> bytes:
    """Write a message."""
    return _encoder(media)(message)


def decode(kind: type[_Message], body: bytes, media: str = MSGPACK) -> _Message:
    """Read a message. Fields that this program does not know are passed over: a newer one may have sent them.

    Raises:
        Garbled: these bytes are no such message.

    """
    anything: Any = kind
    try:
        message: _Message = _decoder(anything, media)(body)
    except (ValueError, RecursionError) as error:
        raise Garbled(f"This is not a message that this program knows ({error}).") from None
    return message


@lru_cache(maxsize=2)
def _encoder(media: str) -> Callable[[object], bytes]:
    import msgspec

    return msgspec.msgpack.Encoder().encode if media == MSGPACK else msgspec.json.Encoder().encode


@lru_cache(maxsize=64)
def _decoder(kind: Any, media: str) -> Callable[[bytes], Any]:
    import msgspec

    return msgspec.msgpack.Decoder(kind).decode if media == MSGPACK else msgspec.json.Decoder(kind).decode


def pack(body: bytes, encoding: str) -> bytes:
    """Compress a body as ``Content-Encoding`` names it: gzip, deflate (which HTTP means in zlib's wrapping)."""
    if not encoding:
        return body
    packer = zlib.compressobj(1, wbits=_bits(encoding))
    return packer.compress(body) + packer.flush()


def unpack(body: bytes, encoding: str, most: int = MOST_BYTES) -> bytes:
    """Give the body as it was before it was compressed, if it is no larger than ``most`` bytes.

    Raises:
        TooLarge: it is larger. Not more than ``most`` bytes of it were unpacked to find that out.
        Garbled: it was not compressed so, or is not whole.

    """
    if not encoding or encoding == "identity":
        if len(body) > most:
            raise TooLarge(f"This is more than {most} bytes.")
        return body
    unpacker = zlib.decompressobj(_bits(encoding))
    try:
        plain = unpacker.decompress(body, most + 1)
    except zlib.error as error:
        raise Garbled(f"This was not compressed as {encoding} ({error}).") from None
    if len(plain) > most:
        raise TooLarge(f"This is more than {most} bytes.")
    if not unpacker.eof or unpacker.unused_data:
        raise Garbled("What came is not whole, or something follows it.")
    return plain


def _bits(encoding: str) -> int:
    try:
        return {"gzip": _GZIP, "deflate": _DEFLATE}[encoding]
    except KeyError:
        raise Garbled(f"Nobody here reads {encoding}.") from None
