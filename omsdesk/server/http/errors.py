"""What the service says when it does not do what it was asked: a word for programs, a sentence for people."""

from __future__ import annotations

from omsdesk.server.enrolment import NotLetIn
from omsdesk.server.storage import Busy, Unfit
from omsdesk.store.engine import StoreFailure
from omsdesk.sync.messages import Complaint, Failure, Garbled
from omsdesk.sync.wire import TooLarge

# Words beyond ``Complaint``: a station needs none of them to know what to do.
NOT_FOUND = "not_found"
NO_SUCH_METHOD = "no_such_method"
TOO_SLOW = "too_slow"
FULL = "full"
BROKEN = "broken"

_DISK_FULL = "53100"
"""PostgreSQL's word for it."""
_SHORTLY = 2
_LATER = 60


class Refused(Exception):
    """A request that is not done. ``retry_after`` is in seconds, 0 where asking again changes nothing."""

    def __init__(self, status: int, error: str, sentence: str, retry_after: int = 0) -> None:
        super().__init__(sentence)
        self.status, self.error, self.sentence, self.retry_after = status, error, sentence, retry_after

    @property
    def failure(self) -> Failure:
        """The body of the answer."""
        return Failure(self.error, self.sentence)

    @property
    def headers(self) -> dict[str, str]:
        """What the head of the answer says about it."""
        headers = {"retry-after": str(self.retry_after)} if self.retry_after else {}
        # Whoever is asked to show who they are is told how (RFC 9110, section 15.5.2).
        return headers | ({"www-authenticate": "Signature"} if self.status == 401 else {})


def busy(sentence: str = "The service is busy. Nothing was done: the same can be asked again in a moment.") -> Refused:
    """Say that there is too much to do right now."""
    return Refused(503, Complaint.BUSY, sentence, _SHORTLY)


def too_many(wait: float, sentence: str = "This is asked too often. Wait a little and ask again.") -> Refused:
    """Say that somebody asks too often; ``wait`` is in seconds."""
    return Refused(429, Complaint.TOO_MANY, sentence, max(1, -int(-wait // 1)))


def too_large(most: int) -> Refused:
    """Say that there is more in a request than may be."""
    return Refused(413, Complaint.TOO_LARGE, f"This is more than {most:,} bytes. Send less at once.")


def refusal_of(error: Exception) -> Refused | None:
    """Say what to answer to an error that the world made; None where the program did."""
    match error:
        case Refused():
            return error
        case TooLarge():
            return Refused(413, Complaint.TOO_LARGE, str(error))
        case Garbled():
            return Refused(422, Complaint.GARBLED, str(error))
        case NotLetIn():
            return Refused(403, Complaint.CODE, str(error))
        case Unfit():
            return Refused(
                422, Complaint.GARBLED, "A value is not one that the service keeps. Tell who makes the program."
            )
        case Busy() | StoreFailure():
            return _of_the_database(error)
        case _:
            return None


def _of_the_database(error: Busy | StoreFailure) -> Refused:
    # What the driver said names files and hosts of the service: it is for the log, and not for the answer.
    cause = error.__cause__
    if getattr(cause, "sqlite_errorname", "") == "SQLITE_FULL" or getattr(cause, "sqlstate", "") == _DISK_FULL:
        return Refused(507, FULL, "The service's disk is full. Nothing was taken; tell who runs it.", _LATER)
    return busy()


def broken(number: str) -> Refused:
    """Say that the program failed; what happened stands in the log under a number."""
    return Refused(
        500, BROKEN, f"Something went wrong in the service. Tell who runs it this number, it is in the log: {number}."
    )
