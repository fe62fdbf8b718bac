"""The service as a station reaches it over HTTP: requests signed, answers checked, every failure said in a sentence."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from omsdesk.sync import wire
from omsdesk.sync.failures import Refused, outside_failures, refusal_of
from omsdesk.sync.keys import DeviceKey
from omsdesk.sync.lines import Lines
from omsdesk.sync.messages import (
    Answer,
    Code,
    CodeWish,
    Complaint,
    Decision,
    Enrolled,
    Enrolment,
    Failure,
    Garbled,
    GoodsFound,
    GoodsWish,
    Heard,
    HeldEntries,
    KnownCodes,
    KnownDevices,
    Part,
    PartWish,
    Places,
    ReceiptFound,
    ReceiptWish,
    Rescued,
    Run,
    StationFacts,
    Stray,
    Strays,
    TillClaim,
    TillClaimed,
    Wanted,
)
from omsdesk.sync.signing import Request, sign
from omsdesk.sync.turn import Unreachable

if TYPE_CHECKING:
    from urllib3.response import BaseHTTPResponse

_log = logging.getLogger(__name__)
_Message = TypeVar("_Message")

_NO_SUCH_QUESTION = "not_found"
_OLDER = "The service is of an older version and knows nothing of other stores. Ask whoever runs it to update it."
HINT_SECONDS = 25
"""How long the service keeps a question for news."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a station waits, in seconds: for a connection, for the next bytes, for a whole answer."""

    connect: float = 5.0
    read: float = 20.0
    whole: float = 120.0


_PATIENCE = Patience()


class Remote:
    """A service, for one station. Its methods can be called by several threads at once."""

    def __init__(
        self,
        address: str,
        device: str,
        key: DeviceKey,
        *,
        certificates: Path | None = None,
        patience: Patience = _PATIENCE,
        program: str = "omsdesk",
        now: Callable[[], float] = time.time,
    ) -> None:
        """Name the service; nothing is sent yet.

        ``program`` says which program asks, such as ``omsdesk/1.2``; ``now`` is the clock of this machine, which may
        be wrong.

        Raises:
            Refused: the address is none, or the file of certificates cannot be read.

        """
        self._device, self._key, self._patience, self._program, self._now = device, key, patience, program, now
        self._lines = Lines(address, certificates, patience.connect)
        self._offset = 0.0
        """What the service's clock is ahead of this one's, in seconds."""

    def close(self) -> None:
        """Hang up, also what other threads are waiting for; what is asked afterwards is not reachable."""
        self._lines.close()

    # ------------------------------------------------------------------------------ what a station asks

    def push(self, run: Run) -> Answer:
        """Send a run."""
        return self._ask(Answer, "POST", "/v1/runs", run)

    def pull(self, wanted: Wanted) -> Heard:
        """Ask for what follows in a feed."""
        return self._ask(Heard, "POST", "/v1/feeds", wanted)

    def rescue(self, strays: tuple[Stray, ...]) -> int:
        """Give back what was heard once and is in the feed no more; gives how much of it was lost indeed."""
        return self._ask(Rescued, "POST", "/v1/rescues", Strays(strays)).count

    def part(self, wish: PartWish) -> Part:
        """Ask for a piece of a copy of the store's tables. While it is being made, the service is busy."""
        return self._ask(Part, "POST", "/v1/snapshots", wish)

    def hints(self, places: Places) -> Places:
        """Wait until a feed goes further than these places, for half a minute at most."""
        return self._ask(Places, "POST", "/v1/hints", places, HINT_SECONDS)

    def claim_till(self, claim: TillClaim) -> TillClaimed:
        """Say which till this station is; gives the epoch that it has to write in there, and who else is that till."""
        return self._ask(TillClaimed, "PUT", "/v1/till", claim)

    def enrol(self, enrolment: Enrolment) -> Enrolled:
        """Ask to be let in; the same request can be made again until it is answered."""
        return self._ask(Enrolled, "POST", "/v1/enrolments", enrolment)

    def find_receipt(self, wish: ReceiptWish) -> ReceiptFound:
        """Ask for a receipt of whatever store.

        Raises:
            Unreachable: no answer, or the service cannot look now.
            Refused: the service keeps no tables, or is an older one that knows no such question.

        """
        return self._ask_about_all(ReceiptFound, "/v1/receipts", wish)

    def find_goods(self, wish: GoodsWish) -> GoodsFound:
        """Ask what the stores have of some products.

        Raises:
            Unreachable: no answer, or the service cannot look now.
            Refused: the service keeps no tables, or is an older one that knows no such question.

        """
        return self._ask_about_all(GoodsFound, "/v1/goods", wish)

    def _ask_about_all(self, kind: type[_Message], path: str, wish: object) -> _Message:
        try:
            return self._ask(kind, "POST", path, wish)
        except Refused as refused:
            if refused.error != _NO_SUCH_QUESTION:
                raise
            raise Refused(Complaint.NO_TABLES, _OLDER) from refused

    # ------------------------------------------------------------------------------ what a manager's station asks

    def make_code(self, wish: CodeWish) -> Code:
        """Ask for a code that lets a station in."""
        return self._ask(Code, "POST", "/v1/codes", wish)

    def codes(self) -> KnownCodes:
        """Ask which codes there are, and who made them."""
        return self._ask(KnownCodes, "GET", "/v1/codes")

    def devices(self) -> KnownDevices:
        """Ask who was let in."""
        return self._ask(KnownDevices, "GET", "/v1/devices")

    def describe(self, device: str, facts: StationFacts) -> KnownDevices:
        """Say what a station is called and which till it is; gives all stations as they are then."""
        return self._ask(KnownDevices, "PUT", _path_of(device), facts)

    def retire(self, device: str) -> None:
        """Have the service let a device in no more."""
        self._answer("DELETE", _path_of(device), b"")

    def held(self) -> HeldEntries:
        """Ask what is not told before a manager looked at it."""
        return self._ask(HeldEntries, "GET", "/v1/held")

    def release(self, decision: Decision) -> HeldEntries:
        """Have an entry told that was held; gives what is still held."""
        return self._ask(HeldEntries, "POST", "/v1/releases", decision)

    def turn_away(self, decision: Decision) -> HeldEntries:
        """Have an entry that was held told to nobody for good; gives what is still held."""
        return self._ask(HeldEntries, "POST", "/v1/refusals", decision)

    # ------------------------------------------------------------------------------ how

    def _ask(self, kind: type[_Message], method: str, path: str, message: object = None, waits: float = 0) -> _Message:
        body = b"" if message is None else wire.encode(message)
        return wire.decode(kind, self._answer(method, path, body, waits))

    def _answer(self, method: str, path: str, body: bytes, waits: float = 0) -> bytes:
        """Make a request, and once more where this machine's clock is so wrong that the service says so.

        Raises:
            Unreachable: no answer, or none that the service gave.
            Refused: the service said no.

        """
        try:
            return self._try(method, path, body, waits)
        except Refused as refused:
            if refused.error != Complaint.CLOCK or refused.at is None:
                raise
            self._offset = refused.at - self._now()
            _log.info("The clock of the service is %d seconds ahead of this one.", self._offset)
        return self._try(method, path, body, waits)

    def _try(self, method: str, path: str, body: bytes, waits: float) -> bytes:
        fields = {"accept": wire.MSGPACK, "accept-encoding": "gzip, deflate", "user-agent": self._program}
        if body:
            fields["content-type"] = wire.MSGPACK
        if len(body) > wire.PACK_ABOVE:
            fields["content-encoding"] = "deflate"
            body = wire.pack(body, "deflate")
        target = self._lines.target(path)
        request = Request(method, target, fields, body)
        signature = sign(request, self._device, self._key.secret, round(self._now() + self._offset))
        with outside_failures(self._lines.host, self._lines.port):
            answer = self._lines.send(method, target, {**fields, **signature}, body, self._patience.read + waits)
            try:
                content = self._lines.read(answer, time.monotonic() + self._patience.whole + waits)
            except BaseException:
                answer.close()
                raise
            answer.release_conn()
        return _success(answer, content)


def _path_of(device: str) -> str:
    from urllib.parse import quote

    return f"/v1/devices/{quote(device, safe='')}"


def _success(answer: BaseHTTPResponse, content: bytes) -> bytes:
    """Give the body of an answer that is one.

    Raises:
        Unreachable: something else than the service answered, or the service is busy.
        Refused: the service said no.

    """
    media = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    is_message = media in {wire.MSGPACK, wire.JSON}
    if answer.status == 204 or (answer.status == 200 and media == wire.MSGPACK):
        return content
    if 300 <= answer.status < 400 or (not is_message and answer.status < 500):
        raise Unreachable(
            "Something else answered in the place of the service, such as the sign-in page of a wireless network. "
            "Sign in there, or check the address of the service."
        )
    raise refusal_of(answer.status, _failure(content, media) if is_message else None, answer.headers, _date(answer))


def _failure(content: bytes, media: str) -> Failure | None:
    try:
        return wire.decode(Failure, content, media)
    except Garbled:
        return None


def _date(answer: BaseHTTPResponse) -> float | None:
    try:
        return parsedate_to_datetime(answer.headers.get("date", "")).timestamp()
    except ValueError:
        return None
