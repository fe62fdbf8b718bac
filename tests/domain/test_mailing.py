"""Mails are facts without addresses, and none is begun twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.domain.mailing import (
    AskMail,
    Known,
    Letter,
    MailAsked,
    MailNoted,
    MailState,
    NoAddress,
    NoteMail,
    TakenAlready,
    decide,
    is_address,
    job_of_sale,
    without_addresses,
)
from omsdesk.domain.messages import Refusal

ASK = AskMail("m1", Letter.RECEIPT, "sale-1", "anna")


def note(state: MailState, before: MailState, detail: str = "") -> object:
    return decide(NoteMail("m1", state, detail), Known(before))


def test_a_mail_is_asked_for_once_and_names_no_address() -> None:
    assert decide(ASK, None, "anna@example.org") == (MailAsked("m1", Letter.RECEIPT, "sale-1", "anna"),)
    assert decide(ASK, Known(MailState.SENT), "anna@example.org") == ()


def test_without_an_address_it_is_refused() -> None:
    assert isinstance(decide(ASK, None, ""), NoAddress)


def test_a_mail_that_is_not_there_is_refused() -> None:
    assert isinstance(decide(NoteMail("m1", MailState.SENT), None), Refusal)


@pytest.mark.parametrize(
    "text",
    ["anna@example.org", "a.b+c@sub.example.co.uk", "anna@bücher.example", "o'hara@example.org"],
)
def test_addresses(text: str) -> None:
    assert is_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "anna", "anna@", "@example.org", "anna@example", "a b@example.org", "a@example.org, b@example.org",
        "Anna <anna@example.org>", "anna@example.org\n", "жанна@example.org", "a" * 250 + "@example.org", "a@b.c.",
    ],
)  # fmt: skip
def test_what_is_no_address(text: str) -> None:
    assert not is_address(text)


@given(st.emails())
def test_no_address_survives_in_a_sentence(address: str) -> None:
    assert address not in without_addresses(f"550 <{address}>: unknown")


def test_only_what_waits_can_be_begun() -> None:
    waits = {MailState.QUEUED, MailState.DEFERRED}
    for state in MailState:
        outcome = note(MailState.SENDING, state)
        assert isinstance(outcome, tuple if state in waits else TakenAlready), state


def test_that_it_was_taken_is_always_believed() -> None:
    for state in set(MailState) - {MailState.SENT}:
        assert note(MailState.SENT, state) == (MailNoted("m1", MailState.SENT),), state


def test_what_a_program_learns_late_of_a_mail_that_ended_is_no_news() -> None:
    for state in (MailState.SENT, MailState.CANCELLED):
        for learned in (MailState.DEFERRED, MailState.FAILED, MailState.UNKNOWN):
            assert note(learned, state) == ()


def test_the_same_news_is_written_once_and_each_attempt_counts() -> None:
    known = Known(MailState.DEFERRED, "Later.", 1)
    assert decide(NoteMail("m1", MailState.DEFERRED, "Later.", 1), known) == ()
    assert decide(NoteMail("m1", MailState.DEFERRED, "Later.", 2), known) != ()


def test_a_mail_is_named_after_its_sale() -> None:
    assert job_of_sale("s") == "s:mail"
