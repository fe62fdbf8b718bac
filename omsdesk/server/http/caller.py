"""Who asks: the key that signed a request says which device and which tenant it is, and nothing else does."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

from omsdesk.server.enrolment import Key, Registrar
from omsdesk.server.http.errors import Refused
from omsdesk.sync.messages import Complaint
from omsdesk.sync.signing import TOLERANCE_SECONDS, BadSignature, Claim, Request, claim_of, verify

KEPT_SECONDS = 0.8
"""A key is asked for again after this time, so that a device that another process retired is out within a second."""
MOST_KEPT = 10_000
_Value = TypeVar("_Value")


class Memory(Generic[_Value]):
    """What is remembered for a while, as far as there is room for it."""

    def __init__(self, seconds: float, clock: Callable[[], float], most: int = MOST_KEPT) -> None:
        """Remember up to ``most`` values, each for so many seconds of a clock."""
        self._seconds, self._clock, self._most = seconds, clock, most
        self._kept: OrderedDict[str, tuple[float, _Value]] = OrderedDict()

    def get(self, name: str) -> _Value | None:
        """Recall a value, if it is not too old."""
        since, value = self._kept.get(name, (0.0, None))
        return value if value is not None and self._clock() - since < self._seconds else None

    def keep(self, name: str, value: _Value) -> _Value:
        """Remember a value."""
        self._kept[name] = self._clock(), value
        self._kept.move_to_end(name)
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return value

    def forget(self, name: str) -> None:
        """Forget a value."""
        self._kept.pop(name, None)


class Keys:
    """The keys of all devices that may ask, and for a moment the names of those that may not.

    The two are remembered apart, so that strangers with many names push no key out. Both only for a moment: a device
    that another process let in or retired is known within a second.
    """

    def __init__(self, registrar: Registrar, clock: Callable[[], float]) -> None:
        """Ask a registrar, and remember what it said for a moment."""
        self._registrar = registrar
        self._known: Memory[Key] = Memory(KEPT_SECONDS, clock)
        self._strangers: Memory[bool] = Memory(KEPT_SECONDS, clock)

    def recalled(self, device: str) -> Key | None:
        """Find a key without asking the database; None where it has to be asked.

        Raises:
            Refused: nobody knew the device a moment ago, or it was retired.

        """
        if self._strangers.get(device):
            raise _not_enrolled()
        key = self._known.get(device)
        if key is not None and key.is_retired:
            raise Refused(
                403, Complaint.REVOKED, "This station was retired. It goes on selling; to sync again it needs a code."
            )
        return key

    async def known(self, device: str) -> Key:
        """Find the key of a device. Whoever did not sign yet waits at the gate first.

        Raises:
            Refused: nobody knows the device, or it was retired.
            Busy: the database cannot be asked now.

        """
        if self.recalled(device) is None:
            found = await self._registrar.key_of(device)
            if found is None:
                self._strangers.keep(device, value=True)
                raise _not_enrolled()
            self._known.keep(device, found)
        key = self.recalled(device)
        assert key is not None, "it was remembered just now"
        return key

    def forget(self, device: str) -> None:
        """Ask again next time."""
        self._known.forget(device)
        self._strangers.forget(device)


def _not_enrolled() -> Refused:
    return Refused(401, Complaint.NOT_ENROLLED, "This station is not known here. Enrol it with a code.")


def claim_in(fields: dict[str, str], now: float) -> Claim:
    """Read who claims to ask; ``now`` is in seconds since 1970.

    Raises:
        Refused: nobody signed, or not about now.

    """
    try:
        claim = claim_of(fields)
    except BadSignature as error:
        raise Refused(401, Complaint.SIGNATURE, str(error)) from None
    if not claim.is_timely(now):
        off = f"The clock of this computer is more than {TOLERANCE_SECONDS // 60} minutes off."
        raise Refused(401, Complaint.CLOCK, f"{off} Set it right; nothing that was sold is lost.")
    return claim


def make_sure(claim: Claim, request: Request, public_key: bytes) -> None:
    """Check that the owner of a key signed all of a request.

    Raises:
        Refused: they did not.

    """
    try:
        verify(claim, request, public_key)
    except BadSignature as error:
        raise Refused(401, Complaint.SIGNATURE, str(error)) from None
