"""A shop says what its roles may, and nobody gives themselves more or locks everybody out."""

from __future__ import annotations

import pytest

from omsdesk.domain.field_write import Seen
from omsdesk.domain.messages import Refusal
from omsdesk.domain.people import NobodyLeft, NotAllowed, Person, Role
from omsdesk.domain.rights import Leave, Rule, built_in
from omsdesk.domain.role import RoleSaved, SaveRole, decide

OLGA = Person("olga", "Olga", Role.OWNER)
MAX = Person("max", "Max", Role.MANAGER)
TEAM = (OLGA, MAX)
LESS = Rule("sale.discount", Leave.ALLOWED, 50_000)
VOID = Rule("sale.void", Leave.APPROVAL)


def test_what_is_said_is_kept() -> None:
    usual = built_in("cashier")
    said = (LESS, usual["sale.sell"])
    assert decide(SaveRole("cashier", said), usual, TEAM, may_own=False) == (RoleSaved("cashier", said),)
    assert decide(SaveRole("cashier", ()), usual, TEAM, may_own=False) == ()


def test_it_says_what_its_author_saw() -> None:
    decision = decide(SaveRole("cashier", (VOID,)), built_in("cashier"), TEAM, Seen(("a",), 3), may_own=False)
    assert decision == (RoleSaved("cashier", (VOID,), ("a",), 3),)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (Rule("shop.own", Leave.ALLOWED), "cannot be given"),
        (Rule("nonsense", Leave.ALLOWED), "cannot be given"),
        (Rule("catalogue.edit", Leave.APPROVAL), "Nobody can agree"),
        (Rule("sale.sell", Leave.ALLOWED, 5), "has no limit"),
        (Rule("sale.discount", Leave.DENIED, 5), "has no limit"),
        (Rule("sale.discount", Leave.ALLOWED, -1), "not below zero"),
        (Rule("sale.discount", Leave.ALLOWED, 1_000_001), "100 at most"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_reason(rule: Rule, said: str) -> None:
    outcome = decide(SaveRole("cashier", (VOID, rule)), built_in("cashier"), TEAM, may_own=True)
    assert isinstance(outcome, Refusal)
    assert said in outcome.sentence


def test_money_may_have_any_limit() -> None:
    rule = Rule("cash.move", Leave.ALLOWED, 5_000_000)
    assert decide(SaveRole("cashier", (rule,)), built_in("cashier"), TEAM, may_own=True) == (
        RoleSaved("cashier", (rule,)),
    )


def test_there_is_no_role_but_those_there_are_and_of_an_owner_nothing_is_said() -> None:
    assert decide(SaveRole("king", (VOID,)), built_in("cashier"), TEAM, may_own=True) == Refusal(
        "There is no such role."
    )
    assert isinstance(decide(SaveRole("owner", (VOID,)), built_in("owner"), TEAM, may_own=True), NotAllowed)


@pytest.mark.parametrize(
    "command",
    [
        SaveRole("manager", (VOID,)),
        SaveRole("manager", (Rule("people.edit", Leave.DENIED),)),
        SaveRole("cashier", (Rule("people.edit", Leave.ALLOWED),)),
    ],
)
def test_nobody_gives_more_to_those_who_can_give_but_an_owner(command: SaveRole) -> None:
    assert isinstance(decide(command, built_in(command.role), TEAM, may_own=False), NotAllowed)
    assert decide(command, built_in(command.role), TEAM, may_own=True) == (RoleSaved(command.role, command.rules),)


def test_where_nobody_owns_the_shop_managers_say_it_and_cannot_lock_themselves_out() -> None:
    usual = built_in("manager")
    assert decide(SaveRole("manager", (VOID,)), usual, (MAX,), may_own=False) == (RoleSaved("manager", (VOID,)),)
    out = SaveRole("manager", (Rule("people.edit", Leave.DENIED),))
    assert isinstance(decide(out, usual, (MAX,), may_own=False), NobodyLeft)
