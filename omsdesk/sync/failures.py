"""What can come in the place of an answer, and the sentence for each: what happened, and what to do."""

from __future__ import annotations

import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from typing import TypeVar

from omsdesk.sync.messages import Complaint, Failure
from omsdesk.sync.turn import Unreachable

MOST_PAUSE_SECONDS = 3600
"""A service may ask to be left alone for this long; who asks for more is asked again then."""
_MOST_SENTENCE = 400
_Error = TypeVar("_Error", bound=ssl.SSLError)

_SENTENCES: dict[str, str] = {
    Complaint.NOT_ENROLLED: "The service does not know this station. Ask a manager for a code and enrol it.",
    Complaint.REVOKED: "A manager took this station off the service. Selling goes on; to sync again, enrol it anew.",
    Complaint.CLOCK: "The clocks of this station and of the service do not agree. Check date and time.",
    Complaint.SIGNATURE: "The service does not accept the key of this station. Ask a manager for a code and enrol it.",
    Complaint.TOO_LARGE: "This is more than the service takes at once. Tell whoever runs it.",
    Complaint.TOO_OLD: "The service needs a newer version of this program. Update it.",
    Complaint.CODE: "The service does not accept this code. Ask a manager for a new one.",
    Complaint.NO_COPY: "The service makes no copy of the tables: everything is heard from the beginning.",
    Complaint.NO_TABLES: "The service knows nothing of other stores, for it keeps no tables. Tell whoever runs it.",
    Complaint.NOT_ALLOWED: "This station may not do that. Ask at a manager's station.",
}


class Refused(Exception):
    """The service answered, and said no. ``error`` is a ``Complaint`` or a word of a later version."""

    def __init__(self, error: str, sentence: str = "", at: float | None = None) -> None:
        """Take the service's sentence where it has one; ``at`` is its clock, in seconds since 1970."""
        self.error = error
        self.sentence = _clean(sentence) or _SENTENCES.get(error, "The service refused. Tell whoever runs it.")
        self.at = at
        super().__init__(self.sentence)


class Busy(Unreachable):
    """The service asks to be left alone for some seconds."""

    def __init__(self, sentence: str, retry_after: float) -> None:
        """Take the sentence, and the seconds that the service asked for; 0 where it did not say."""
        super().__init__(sentence)
        self.retry_after = retry_after


def refusal_of(status: int, said: Failure | None, fields: Mapping[str, str], at: float | None) -> Refused | Busy:
    """Make of an answer that is no success what a station has to know of it."""
    if status in {408, 429} or status >= 500:
        sentence = _clean(said.sentence) if said else ""
        return Busy(sentence or "The service is busy or being repaired.", _pause(fields, at))
    if said is not None:
        return Refused(said.error, said.sentence, at)
    return Refused("", f"The service refused, and did not say why ({status}). Tell whoever runs it.")


def _pause(fields: Mapping[str, str], at: float | None) -> float:
    """Read Retry-After (RFC 9110, 10.2.3): seconds, or a moment by the service's clock."""
    asked = fields.get("retry-after", "").strip()
    if asked.isdecimal() and len(asked) < 10:
        return min(float(asked), MOST_PAUSE_SECONDS)
    try:
        until = parsedate_to_datetime(asked).timestamp()
    except ValueError:
        return 0.0
    return 0.0 if at is None else min(max(0.0, until - at), MOST_PAUSE_SECONDS)


def _clean(sentence: str) -> str:
    """Keep of a sentence from outside what can stand on a screen."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in sentence).split())[:_MOST_SENTENCE]


@contextmanager
def outside_failures(host: str, port: int) -> Iterator[None]:
    """Turn what goes wrong on the way to a port of a host into a sentence.

    Raises:
        Unreachable: for whatever went wrong.

    """
    from http.client import HTTPException

    from urllib3.exceptions import HTTPError

    try:
        yield
    except (HTTPError, HTTPException, OSError) as error:
        if isinstance(error, Unreachable):
            raise
        raise Unreachable(_sentence(host, port, error)) from error


def _sentence(host: str, port: int, error: Exception) -> str:
    from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError, ReadTimeoutError

    if wrong := _in(error, ssl.SSLCertVerificationError):
        return _about_certificate(host, wrong)
    if _in(error, ssl.SSLError):
        return f"{host} does not speak securely. Check the address of the service, and its port."
    match error:
        case NameResolutionError():
            return f"Nobody knows where {host} is. Check the internet connection and the address of the service."
        case ConnectTimeoutError() | NewConnectionError():
            return f"{host}, port {port}, does not answer. Check the network; if it works, the service is down."
        case ReadTimeoutError() | TimeoutError():
            return f"{host} takes too long to answer. The line is slow, or the service has too much to do."
        case _:
            return f"The line to {host} broke off."


_NOT_YET, _NOT_ANY_MORE = 9, 10
"""X509_V_ERR_CERT_NOT_YET_VALID and X509_V_ERR_CERT_HAS_EXPIRED of OpenSSL."""


def _about_certificate(host: str, error: ssl.SSLCertVerificationError) -> str:
    if error.verify_code in {_NOT_YET, _NOT_ANY_MORE}:
        return f"The certificate of {host} does not hold at this time. Check date and time of this computer."
    return (
        f"{host} cannot prove that it is the service ({error.verify_message}). Check the address; "
        "a service of your own needs its certificates in the settings of this station."
    )


def _in(error: BaseException, kind: type[_Error]) -> _Error | None:
    """Look for an error of a kind in what was raised around it."""
    seen: BaseException | None = error
    while seen is not None:
        for inner in (seen, *seen.args):
            if isinstance(inner, kind):
                return inner
        seen = seen.__cause__ or seen.__context__
    return None
