"""What a station and the service say to each other."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from omsdesk.store.journal import GENESIS, Head, Sealed


@dataclass(frozen=True, slots=True)
class Run:
    """Entries of one epoch without a gap, after an entry whose hash is ``previous``; without entries, a question."""

    epoch: int
    after: int
    previous: bytes
    entries: tuple[Sealed, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What the service has of an epoch once it took what it could.

    ``ends`` are the hashes at the ends of all chains of the station that it has, by epoch. ``is_parted`` says that the
    run does not belong to the chain that is there; ``probes`` are places of that chain, to find where they part.
    """

    epoch: int
    head: Head
    ends: tuple[tuple[int, bytes], ...]
    is_parted: bool = False
    probes: tuple[Head, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question for what follows in a feed. ``owned`` says how far the station has its own epochs."""

    scope: str
    after: int
    digest: bytes = GENESIS
    owned: tuple[tuple[int, int], ...] = ()
    most: int = 500


@dataclass(frozen=True, slots=True)
class Item:
    """One place of a feed. A station's own entry that it has already comes without content."""

    origin: str
    epoch: int
    number: int
    hash: bytes
    previous: bytes = GENESIS
    entry: Sealed | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """What follows in a feed, and the digest after it; ``is_rewound`` where the feed is not the one that was heard."""

    items: tuple[Item, ...] = ()
    digest: bytes = GENESIS
    high: int = 0
    is_rewound: bool = False


# ---- being let in


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A station asks to be let in with a code, and shows the key that it signs with from now on.

    The same request again is answered as before, because the first answer may have been lost. ``is_fresh``: nothing
    was written under ``device`` yet, so that the answer may give the station the id of one that lost its disk.
    ``shop`` and ``till`` are what the station is already, empty where it is none yet: a code for another shop is
    refused, and a station that is a till stays that till.
    """

    code: str
    device: str
    public_key: bytes
    name: str = ""
    version: str = ""
    is_fresh: bool = False
    shop: str = ""
    till: str = ""


@dataclass(frozen=True, slots=True)
class Enrolled:
    """Where a station belongs, who it is, and the epoch that it writes in from now on (or a later one)."""

    tenant: str
    store: str
    till: str
    epoch: int
    device: str


@dataclass(frozen=True, slots=True)
class CodeWish:
    """A manager's station asks for a code. ``device`` names a station that comes again with a new disk or key.

    Without a store, the code is for the one that the station has already, or for a new one: so a shop that worked by
    itself comes in. Only who runs the service makes such a code.

    ``made_by`` is the person who asked for it; the station has made sure that they may. A station that ``only_sells``
    changes nothing of what all stations share, whoever works there: that is held until a manager looked at it.
    """

    store: str
    till: str = ""
    device: str = ""
    made_by: str = ""
    only_sells: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """A code that lets one station in, once, until a moment in milliseconds UTC."""

    code: str
    expires_ms: int


COMMAND_LINE = "command line"
"""Who made a code that was made where the service runs, and not at a station."""


@dataclass(frozen=True, slots=True)
class KnownCode:
    """A code that is valid still or was used, without its letters: those only its maker saw.

    ``made_by`` is the person who asked for it, as their station said, ``COMMAND_LINE``, or the id of a station that
    named nobody. ``used_by`` is the station that it let in, empty as long as it let in none.
    """

    store: str
    till: str = ""
    device: str = ""
    made_by: str = ""
    expires_ms: int = 0
    used_by: str = ""
    only_sells: bool = False


@dataclass(frozen=True, slots=True)
class KnownCodes:
    """The codes of a business that have not expired, those that expire last first."""

    codes: tuple[KnownCode, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownDevice:
    """A device as a manager sees it; moments in milliseconds UTC, 0 where there was none."""

    device: str
    store: str
    till: str = ""
    name: str = ""
    version: str = ""
    enrolled_ms: int = 0
    retired_ms: int = 0
    seen_ms: int = 0
    entries: int = 0
    till_ms: int = 0
    """When it said that it is this till; 0 where only the code said it that let it in."""


@dataclass(frozen=True, slots=True)
class KnownDevices:
    """The devices of a business, retired ones too."""

    devices: tuple[KnownDevice, ...] = ()


@dataclass(frozen=True, slots=True)
class StationFacts:
    """What a station is called."""

    name: str


@dataclass(frozen=True, slots=True)
class TillClaim:
    """A station says which till it is, empty for none, and in which epoch it writes."""

    till: str
    epoch: int


@dataclass(frozen=True, slots=True)
class Claimant:
    """Another station that says it is the same till, and when the service heard of it last."""

    device: str
    name: str = ""
    seen_ms: int = 0


@dataclass(frozen=True, slots=True)
class TillClaimed:
    """The epoch that a station has to write in (or a later one), and the other stations that say they are its till.

    It is another than its own where somebody else was at that till in its own or a later one: then both would write
    the same receipt numbers.
    """

    epoch: int
    others: tuple[Claimant, ...] = ()


# ---- receipts of other stores


@dataclass(frozen=True, slots=True)
class ReceiptWish:
    """A till asks for a receipt that it does not know: by its whole number, or by the id of its sale that its code has.

    A receipt is never found by a part of it: whoever asks holds the paper.
    """

    number: str = ""
    sale: str = ""


@dataclass(frozen=True, slots=True)
class FoundReceipt:
    """A receipt as another store writes it down: the body of ``receipt.copied`` as JSON, and the version of its shape.

    What came back of it is what all stations told up to the moment of the question.
    """

    version: int
    body: bytes


@dataclass(frozen=True, slots=True)
class ReceiptFound:
    """The receipts that a wish fits: none where nobody told of one, two where two tills completed one ticket."""

    receipts: tuple[FoundReceipt, ...] = ()


# ---- goods in other stores


MOST_GOODS = 100
"""So many products can be asked about at once."""


@dataclass(frozen=True, slots=True)
class GoodsWish:
    """A till asks what the stores of the business have of some products, ``MOST_GOODS`` at most."""

    products: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoodsThere:
    """What a store has of a product, and what of it is kept for orders, in millionths of its unit."""

    product: str
    store: str
    on_hand: int
    kept: int


@dataclass(frozen=True, slots=True)
class GoodsFound:
    """What is known of each product in each store that ever counted or received it."""

    levels: tuple[GoodsThere, ...] = ()


# ---- what is about the exchange itself


@dataclass(frozen=True, slots=True)
class Places:
    """How far feeds were heard, as a question that is answered when one goes further; how far they go, as an answer.

    The answer comes after 25 seconds at the latest, then with nothing new in it.
    """

    feeds: dict[str, int]


class Complaint(StrEnum):
    """Why the service did not do what it was asked; others may come with later versions."""

    NOT_ENROLLED = "not_enrolled"
    REVOKED = "revoked"
    CLOCK = "clock"
    SIGNATURE = "signature"
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    BUSY = "busy"
    GARBLED = "garbled"
    TOO_OLD = "too_old"
    CODE = "code"
    NOT_ALLOWED = "not_allowed"
    NO_COPY = "no_copy"
    NO_TABLES = "no_tables"


@dataclass(frozen=True, slots=True)
class Failure:
    """The body of every answer that is no success: a word for programs (``Complaint``), a sentence for people."""

    error: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Stray:
    """An entry that a station heard once and that the service lost, with the place where it stood."""

    origin: str
    epoch: int
    previous: bytes
    entry: Sealed


@dataclass(frozen=True, slots=True)
class Strays:
    """What a station gives back."""

    entries: tuple[Stray, ...]


@dataclass(frozen=True, slots=True)
class Rescued:
    """How much of it the service did not have."""

    count: int


class HeldEntry(NamedTuple):
    """An entry that the service does not tell before a manager looked at it, and why."""

    device: str
    epoch: int
    number: int
    kind: str
    actor: str
    utc_ms: int
    reason: str


class TurnedAway(NamedTuple):
    """An entry that is told to nobody for good: who decided so, and the moment in milliseconds UTC."""

    entry: HeldEntry
    turned_away_by: str
    decided_ms: int


@dataclass(frozen=True, slots=True)
class HeldEntries:
    """All that wait, the oldest first, and the last of those that were turned away, the newest first."""

    entries: tuple[HeldEntry, ...]
    turned_away: tuple[TurnedAway, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """Somebody looked at an entry that was held, and decided whether it is told."""

    device: str
    epoch: int
    number: int
    decided_by: str = ""


@dataclass(frozen=True, slots=True)
class PartWish:
    """A new station asks for a copy of its store's tables, from a byte on. ``copy`` is the digest of the one begun."""

    copy: str = ""
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a copy: the SHA-256 of the whole file, its size, and the bytes that begin at ``offset``."""

    copy: str
    size: int
    offset: int
    content: bytes


class Garbled(ValueError):
    """What came is not what was sent, or was made by a program that does not keep to the protocol."""
