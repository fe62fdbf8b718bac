"""A print job: asked for once, and never printed twice by itself."""

from __future__ import annotations

from itertools import product

import pytest

from omsdesk.domain.messages import Refusal
from omsdesk.domain.printing import (
    AskPrint,
    NotePrint,
    PaperKind,
    PrintAsked,
    PrintNoted,
    PrintState,
    decide,
    is_of_sale,
    job_of_sale,
)

ASK = AskPrint("j1", "t1", PaperKind.RECEIPT, "sale-1")
ENDED = {PrintState.PRINTED, PrintState.SENT, PrintState.CANCELLED}


@pytest.mark.parametrize("was_asked", [False, True])
def test_there_is_one_original_and_what_is_printed_again_is_a_copy(*, was_asked: bool) -> None:
    asked = PrintAsked("j1", "t1", PaperKind.RECEIPT, "sale-1", is_copy=was_asked)
    assert decide(ASK, None, was_asked=was_asked) == (asked,)


def test_what_follows_from_a_sale_is_told_by_its_name() -> None:
    assert is_of_sale(job_of_sale("sale-1"))
    assert not is_of_sale("sale-1:report")
    assert not is_of_sale("j1")


@pytest.mark.parametrize("state", PrintState)
def test_the_same_job_is_asked_for_once(state: PrintState) -> None:
    assert decide(ASK, state) == ()


def test_nothing_becomes_of_a_job_that_is_not_there() -> None:
    assert decide(NotePrint("j1", PrintState.PRINTED), None) == Refusal("There is no such print job.")


def test_what_the_spooler_learned_is_a_fact_with_its_reason() -> None:
    note = NotePrint("j1", PrintState.FAILED, "The paper is out.")
    assert decide(note, PrintState.SENDING) == (PrintNoted("j1", PrintState.FAILED, "The paper is out."),)


@pytest.mark.parametrize(("before", "after"), list(product(PrintState, PrintState)))
def test_what_came_out_stays_out_unless_somebody_asks_again(before: PrintState, after: PrintState) -> None:
    decision = decide(NotePrint("j1", after), before)
    stays = before is after or (before in ENDED and after is not PrintState.QUEUED)
    is_copy = after is PrintState.QUEUED and before in {PrintState.PRINTED, PrintState.SENT, PrintState.UNKNOWN}
    assert decision == (() if stays else (PrintNoted("j1", after, is_copy=is_copy),))


def test_how_far_labels_are_is_noted_while_they_are_printed() -> None:
    note = NotePrint("j1", PrintState.SENDING, done=25, sent=25)
    assert decide(note, PrintState.SENDING) == (PrintNoted("j1", PrintState.SENDING, done=25, sent=25),)
    assert decide(NotePrint("j1", PrintState.SENDING), PrintState.SENDING) == ()
    assert decide(note, PrintState.CANCELLED) == ()
