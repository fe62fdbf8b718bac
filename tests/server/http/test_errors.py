"""Each failure has its status, its word and its sentence, and tells nothing of the machine it happened on."""

from __future__ import annotations

import pytest

from omsdesk.server.enrolment import NotLetIn
from omsdesk.server.http.errors import Refused, broken, busy, refusal_of, too_large, too_many
from omsdesk.server.storage import Busy, Unfit
from omsdesk.store.engine import StoreFailure
from omsdesk.sync.messages import Failure, Garbled
from omsdesk.sync.wire import TooLarge


class DiskFullError(Exception):
    """As PostgreSQL's driver says it."""

    sqlstate = "53100"


def because(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "status", "word", "retries"),
    [
        (Garbled("It does not follow."), 422, "garbled", False),
        (TooLarge("Too much."), 413, "too_large", False),
        (NotLetIn("Used already."), 403, "code", False),
        (Unfit("integer out of range"), 422, "garbled", False),
        (Busy("connect to db-7.internal failed"), 503, "busy", True),
        (StoreFailure("/var/lib/omsdesk is locked"), 503, "busy", True),
        (because(Busy("x"), DiskFullError()), 507, "full", True),
        (Refused(418, "teapot", "No."), 418, "teapot", False),
    ],
)
def test_what_the_world_did_is_said(error: Exception, status: int, word: str, retries: bool) -> None:
    refused = refusal_of(error)
    assert refused is not None
    assert (refused.status, refused.error, "retry-after" in refused.headers) == (status, word, retries)
    assert refused.failure == Failure(word, refused.sentence)
    assert refused.sentence.endswith(".")
    assert not any(private in refused.sentence for private in ("db-7", "/var/lib", "integer"))


@pytest.mark.parametrize("error", [ZeroDivisionError("x"), KeyError("x"), AssertionError()])
def test_what_the_program_did_is_not_explained_away(error: Exception) -> None:
    assert refusal_of(error) is None
    assert "ab12" in broken("ab12").sentence


@pytest.mark.parametrize(("wait", "told"), [(0.01, "1"), (1.0, "1"), (1.01, "2"), (59.5, "60")])
def test_a_wait_is_told_in_whole_seconds_and_never_too_short(wait: float, told: str) -> None:
    assert too_many(wait).headers == {"retry-after": told}


def test_whoever_is_asked_who_they_are_is_told_how_to_say_it() -> None:
    assert Refused(401, "signature", "Sign it.").headers == {"www-authenticate": "Signature"}
    assert busy().headers == {"retry-after": "2"}
    assert "1,000 bytes" in too_large(1000).sentence
