"""Somebody agrees to what another person may not do alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from omsdesk.domain.approval import ApprovalGiven, ApprovalNeeded, Approve, Grant, decide, missing, told
from omsdesk.domain.messages import Refusal
from omsdesk.domain.people import NotAllowed, Person, Role
from omsdesk.domain.rights import Leave, Rule, rules_of
from omsdesk.domain.values import Stamp
from tests.domain.corner_shop import NOON

SUE = Person("sue", "Sue", Role.SUPERVISOR)
CARA = Person("cara", "Cara", Role.CASHIER)
GRANT = Grant("g1", "sale.discount", "sue", 200_000, sale="sale-1")
LATER = Stamp(NOON.utc_ms + 60_000, 0)
ASKED = Approve(GRANT, "t1", "cara", "  box is damaged ")


def test_who_may_do_it_may_approve_it_and_it_is_kept_with_who_asked_and_why() -> None:
    assert decide(ASKED, SUE, NOON) == (ApprovalGiven("g1", GRANT, "t1", "cara", "box is damaged"),)


@pytest.mark.parametrize(
    ("grant", "approver", "said"),
    [
        (GRANT, CARA, "may not approve"),
        (GRANT, None, "may not approve"),
        (GRANT, replace(SUE, is_active=False), "may not approve"),
        (replace(GRANT, most=400_000), SUE, "may not approve"),
        (replace(GRANT, most=0), SUE, "may not approve"),
        (replace(GRANT, sale=""), SUE, "needs an end"),
        (replace(GRANT, until=NOON), SUE, "over already"),
        (replace(GRANT, right="cash.move", most=0), CARA, "may not approve"),
        (replace(GRANT, right="people.edit"), replace(SUE, role=Role.OWNER), "cannot be approved"),
    ],
)
def test_who_may_not_cannot_approve_and_no_approval_is_for_ever(
    grant: Grant, approver: Person | None, said: str
) -> None:
    outcome = decide(replace(ASKED, grant=grant), approver, NOON)
    assert isinstance(outcome, Refusal)
    assert said in outcome.sentence


def test_an_approval_says_why_and_whether_a_badge_was_read() -> None:
    assert decide(replace(ASKED, reason=" "), SUE, NOON) == Refusal("Say why: a manager reads it later.")
    (given,) = outcome if not isinstance(outcome := decide(replace(ASKED, by_badge=True), SUE, NOON), Refusal) else ()
    assert isinstance(given, ApprovalGiven)
    assert given.by_badge


def test_who_means_it_themselves_need_not_say_why_but_must_be_allowed_to() -> None:
    own = replace(ASKED, asker="sue", reason="")
    assert decide(own, SUE, NOON) == (ApprovalGiven("g1", GRANT, "t1", "sue"),)
    outcome = decide(replace(own, asker="cara"), CARA, NOON)
    assert isinstance(outcome, Refusal)
    assert "may not approve" in outcome.sentence


def test_who_may_is_told_only_of_what_is_easily_done_by_mistake() -> None:
    assert told("sale.discount", 5, "take 5 % off “Tea”", "sale-1") is None
    assert told("of.another.program", 5, "do it", "sale-1") is None
    needed = told("sale.credit", 5, "let them owe more", "sale-1")
    assert needed is not None
    assert (needed.is_own, needed.lent_for, needed.every) == (True, "sale-1", (needed,))
    assert needed.assumed.holds("sale.credit", 5, "sale-1", NOON)


def test_what_nobody_can_agree_to_asks_for_nobody() -> None:
    needed = missing("sale.discount", 5, "take off 5 %", CARA, "sale-1")
    assert needed == ApprovalNeeded(
        "Cara may not take off 5 %. Ask somebody who may.", (), "sale.discount", 5, "take off 5 %", "sale-1"
    )
    denied = replace(CARA, rules=rules_of("cashier", (Rule("sale.discount", Leave.DENIED),)))
    said = NotAllowed("Cara may not take off 5 %. Ask somebody to sign in who may.")
    assert missing("sale.discount", 5, "take off 5 %", denied) == said
    assert isinstance(missing("catalogue.edit", 0, "change products", CARA), NotAllowed)


def test_an_approval_holds_for_its_ticket_or_its_time_and_as_far_as_it_says() -> None:
    assert GRANT.holds("sale.discount", 200_000, "sale-1", LATER)
    assert not GRANT.holds("sale.discount", 200_001, "sale-1", LATER)
    assert not GRANT.holds("sale.discount", 1, "sale-2", LATER)
    assert not GRANT.holds("sale.void", 0, "sale-1", LATER)
    timed = replace(GRANT, sale="", most=0, until=LATER)
    assert timed.holds("sale.discount", 1_000_000, "sale-2", LATER)
    assert not timed.holds("sale.discount", 1, "sale-2", replace(LATER, utc_ms=LATER.utc_ms + 1))


def test_an_approval_in_training_says_so() -> None:
    decision = decide(ASKED, SUE, NOON, is_training=True)
    assert decision == (ApprovalGiven("g1", GRANT, "t1", "cara", "box is damaged", is_training=True),)
