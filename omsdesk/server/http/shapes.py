"""What a message may be before anybody looks into it: the fields of ``sync.messages``, each with its bounds.

The bounds are wide: a fact that happened is never refused, only what no program of ours could have written or the
database could not hold. The description of the service is made from these shapes, so it says exactly this.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, NamedTuple, TypeVar

import msgspec
from msgspec import Meta

from omsdesk.store.journal import GENESIS
from omsdesk.sync import wire
from omsdesk.sync.messages import MOST_GOODS

_Message = TypeVar("_Message")

# Numbers stay exact wherever JSON is read (RFC 7493, section 2.2).
_MOST = 2**53 - 1
Number = Annotated[int, Meta(ge=1, le=_MOST)]
Place = Annotated[int, Meta(ge=0, le=_MOST)]
Moment = Annotated[int, Meta(ge=-_MOST, le=_MOST)]
Epoch = Annotated[int, Meta(ge=1, le=2**31 - 1)]
Hash = Annotated[bytes, Meta(min_length=32, max_length=32)]

# No text of ours holds the character that PostgreSQL cannot.
_TEXT = r"^[^\x00]*$"
Text = Annotated[str, Meta(max_length=250, pattern=_TEXT)]
Name = Annotated[str, Meta(min_length=1, max_length=64, pattern=_TEXT)]
OptionalName = Annotated[str, Meta(max_length=64, pattern=_TEXT)]
DeviceId = Annotated[str, Meta(pattern=r"^[0-9A-Za-z._~-]{1,64}$")]
OptionalDeviceId = Annotated[str, Meta(pattern=r"^[0-9A-Za-z._~-]{0,64}$")]


class FactId(NamedTuple):
    """Where a fact was written first."""

    epoch: Epoch
    number: Number
    hash: Hash


class Sealed(NamedTuple):
    """An entry of a journal: envelope, body, hash, and where it was written first if not here."""

    number: Number
    action: Place
    utc_ms: Moment
    offset_minutes: Annotated[int, Meta(ge=-1440, le=1440)]
    actor: Text
    subject: Text
    kind: Text
    version: Annotated[int, Meta(ge=1, le=2**15 - 1)]
    body: Annotated[bytes, Meta(max_length=8 * 1024 * 1024)]
    hash: Hash
    first: FactId | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """Entries of one epoch without a gap, after an entry whose hash is ``previous``; without entries, a question."""

    epoch: Epoch
    after: Place
    previous: Hash
    entries: Annotated[tuple[Sealed, ...], Meta(max_length=1000)] = ()


@dataclass(frozen=True, slots=True)
class Stray:
    """An entry that a station heard once and that the service lost. Epochs below the first are those of rescues."""

    origin: DeviceId
    epoch: Annotated[int, Meta(ge=-1, le=2**31 - 1)]
    previous: Hash
    entry: Sealed


@dataclass(frozen=True, slots=True)
class Strays:
    """What a station gives back."""

    entries: Annotated[tuple[Stray, ...], Meta(min_length=1, max_length=1000)]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question for what follows in a feed. ``owned`` says how far the station has its own epochs."""

    scope: OptionalName
    after: Place
    digest: Hash = GENESIS
    owned: Annotated[tuple[tuple[Epoch, Place], ...], Meta(max_length=10_000)] = ()
    most: Annotated[int, Meta(ge=1, le=1000)] = 500


@dataclass(frozen=True, slots=True)
class PartWish:
    """A new station asks for a copy of its store's tables, from a byte on. ``copy`` is the digest of the one begun."""

    copy: Annotated[str, Meta(pattern=r"^([0-9a-f]{64})?$")] = ""
    offset: Place = 0


@dataclass(frozen=True, slots=True)
class ReceiptWish:
    """A till asks for a receipt of whatever store by its whole number, or by the id of its sale."""

    number: OptionalName = ""
    sale: OptionalName = ""


@dataclass(frozen=True, slots=True)
class GoodsWish:
    """A till asks what the stores of the business have of some products."""

    products: Annotated[tuple[Name, ...], Meta(min_length=1, max_length=MOST_GOODS)]


@dataclass(frozen=True, slots=True)
class Places:
    """How far feeds were heard: answered when one goes further, or after 25 seconds with nothing in it."""

    feeds: Annotated[dict[OptionalName, Place], Meta(min_length=1, max_length=1000)]


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A station asks to be let in with a code, and shows the key that it signs with from now on."""

    code: Annotated[str, Meta(max_length=64, pattern=_TEXT)]
    device: DeviceId
    public_key: Hash
    name: Text = ""
    version: Text = ""
    is_fresh: bool = False
    shop: OptionalName = ""
    till: OptionalName = ""


@dataclass(frozen=True, slots=True)
class CodeWish:
    """A manager's station asks for a code. ``device`` names a station that comes again with a new disk or key."""

    store: Name
    till: OptionalName = ""
    device: OptionalDeviceId = ""
    made_by: Text = ""
    only_sells: bool = False


@dataclass(frozen=True, slots=True)
class StationFacts:
    """What a station is called."""

    name: Text


@dataclass(frozen=True, slots=True)
class TillClaim:
    """A station says which till it is, empty for none, and in which epoch it writes."""

    till: OptionalName
    epoch: Epoch


@dataclass(frozen=True, slots=True)
class Decision:
    """Somebody looked at an entry that was held, and decided. Epochs below the first are those of rescues."""

    device: DeviceId
    epoch: Annotated[int, Meta(ge=-1, le=2**31 - 1)]
    number: Number
    decided_by: Text = ""


def read(shape: type[Any], message: type[_Message], body: bytes, media: str) -> _Message:
    """Read a message that has to have a shape.

    Raises:
        Garbled: these bytes are no such message.

    """
    return msgspec.convert(wire.decode(shape, body, media), message, from_attributes=True)
