"""Who may do what, and who lets whom in."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from omsdesk.domain.body import to_body
from omsdesk.domain.field_write import Seen, changed
from omsdesk.domain.messages import Command, Refusal
from omsdesk.domain.people import (
    BadgeTaken,
    NobodyLeft,
    NotAllowed,
    Person,
    PersonSaved,
    Role,
    SavePerson,
    SignedIn,
    SignIn,
    decide,
)
from omsdesk.domain.rights import RIGHTS, Leave, Rule, rules_of
from tests.actions.every_command import every_command

OLGA = Person("olga", "Olga Owner", Role.OWNER)
MAX = Person("max", "Max Manager", Role.MANAGER)
CARA = Person("cara", "Cara Cashier", Role.CASHIER)
TEAM = (OLGA, MAX, CARA)


def rights(role: Role) -> set[str]:
    return {right for right in RIGHTS if Person("p", "P", role).may(right)}


def test_each_step_up_may_do_all_that_the_step_below_may() -> None:
    ladder = (Role.CASHIER, Role.SUPERVISOR, Role.MANAGER, Role.OWNER)
    assert all(rights(low) < rights(high) for low, high in pairwise(ladder))


@pytest.mark.parametrize(
    ("role", "may", "may_not"),
    [
        (Role.CASHIER, "sale.sell", "cash.move"),
        (Role.SUPERVISOR, "cash.move", "catalogue.edit"),
        (Role.MANAGER, "people.edit", "shop.own"),
        (Role.OWNER, "shop.own", "nonsense"),
        (Role.CLERK, "stock.move", "sale.sell"),
        (Role.ACCOUNTANT, "reports.read", "sale.sell"),
    ],
)
def test_a_role_may_what_it_is_employed_for(role: Role, may: str, may_not: str) -> None:
    person = Person("p", "P", role)
    assert person.may(may)
    assert not person.may(may_not)
    assert person.may("")


def test_who_has_left_may_nothing() -> None:
    gone = replace(OLGA, is_active=False)
    assert not gone.may("sale.sell")
    assert not gone.may("")


def test_every_permission_that_a_command_asks_for_is_somebodys_right() -> None:
    asked = {command.permission for command in every_command(Command)} - {""}
    assert asked <= set(RIGHTS)
    assert rights(Role.OWNER) == set(RIGHTS), "an owner is never locked out of the own shop"


def test_who_may_not_alone_may_ask_and_of_some_things_nobody_may() -> None:
    assert CARA.may_ask("sale.discount")
    assert CARA.may_ask("return.no_receipt")
    assert not CARA.may_ask("catalogue.edit")
    assert not CARA.may_ask("nonsense")
    assert not replace(CARA, is_active=False).may_ask("sale.sell")
    assert not Person("ruth", "Ruth", Role.ACCOUNTANT).may_ask("sale.sell")


def test_a_role_may_what_the_shop_says_of_it() -> None:
    rules = rules_of("cashier", (Rule("sale.discount", Leave.ALLOWED, 50_000), Rule("cash.move", Leave.ALLOWED, 2_000)))
    cara = replace(CARA, rules=rules)
    assert cara == CARA, "it is nothing that is said of her"
    assert changed(CARA, cara) == ()
    assert to_body(cara) == to_body(CARA)
    assert cara.may("sale.discount", 50_000)
    assert not cara.may("sale.discount", 50_001)
    assert cara.limit("cash.move") == 2_000
    assert cara.limit("nonsense") is None
    assert cara.may("sale.sell"), "of what nothing was said, what is usual holds"


@pytest.mark.parametrize(("name", "letters"), [("Ann Lee", "AL"), ("ann", "A"), ("Ana de la Cruz", "AD"), ("", "")])
def test_a_badge_has_the_first_letters(name: str, letters: str) -> None:
    assert replace(CARA, name=name).initials == letters


# --- changing people --------------------------------------------------------------------------------------------------


def test_somebody_is_added_and_changed() -> None:
    new = Person("nia", "Nia", Role.CASHIER, "$argon2id$x")
    assert decide(SavePerson(new), TEAM, may_own=False) == (PersonSaved("nia", new),)
    promoted = replace(CARA, role=Role.SUPERVISOR)
    assert decide(SavePerson(promoted), TEAM, may_own=False) == (PersonSaved("cara", promoted),)


def test_a_change_names_its_fields_and_what_was_seen_of_them() -> None:
    promoted = replace(CARA, role=Role.SUPERVISOR)
    decision = decide(SavePerson(promoted, ("role",), 3), TEAM, Seen(("a",), 2), may_own=False)
    assert decision == (PersonSaved("cara", promoted, ("role",), ("a",), 2),)


def test_a_person_has_a_name() -> None:
    assert decide(SavePerson(replace(CARA, name=" ")), TEAM, may_own=True) == Refusal("Type the person's name.")


@pytest.mark.parametrize(
    "person",
    [
        replace(MAX, role=Role.OWNER),
        replace(OLGA, pin_hash="mine now"),
        replace(OLGA, role=Role.CASHIER),
        replace(OLGA, is_active=False),
        Person("new", "New", Role.OWNER),
    ],
)
def test_nobody_makes_or_changes_an_owner_but_an_owner(person: Person) -> None:
    assert isinstance(decide(SavePerson(person), TEAM, may_own=False), NotAllowed)
    team = (*TEAM, Person("otto", "Otto", Role.OWNER))
    assert decide(SavePerson(person), team, may_own=True) == (PersonSaved(person.id, person),)


@pytest.mark.parametrize("change", [{"is_active": False}, {"role": Role.CASHIER}])
def test_somebody_must_be_left_who_can_let_people_in(change: dict[str, object]) -> None:
    last = replace(OLGA, **change)  # type: ignore[arg-type]
    assert isinstance(decide(SavePerson(last), (OLGA, CARA), may_own=True), NobodyLeft)
    otto = Person("otto", "Otto", Role.OWNER)
    assert decide(SavePerson(last), (*TEAM, otto), may_own=True) == (PersonSaved("olga", last),)


@pytest.mark.parametrize("change", [{"is_active": False}, {"role": Role.MANAGER}])
def test_a_shop_keeps_an_owner_though_a_manager_could_let_people_in(change: dict[str, object]) -> None:
    last = replace(OLGA, **change)  # type: ignore[arg-type]
    said = "The shop would have no owner any more. Make somebody else an owner first."
    assert decide(SavePerson(last), (OLGA, MAX, CARA), may_own=True) == NobodyLeft(said)


def test_a_shop_without_an_owner_goes_on_as_it_is() -> None:
    changed = replace(CARA, name="Cara B.")
    assert decide(SavePerson(changed), (MAX, CARA), may_own=True) == (PersonSaved("cara", changed),)


def test_the_first_person_of_a_new_shop_may_be_anybody() -> None:
    assert decide(SavePerson(CARA), (), may_own=True) == (PersonSaved("cara", CARA),)


@pytest.mark.parametrize("other", [MAX, Person("new", "New", Role.CASHIER)])
def test_a_badge_is_one_persons(other: Person) -> None:
    cara = replace(CARA, badge_hash="badge")
    taken = decide(SavePerson(replace(other, badge_hash="badge")), (OLGA, MAX, cara), may_own=False)
    assert taken == BadgeTaken("This is the badge of Cara Cashier. Scan another one.")
    again = decide(SavePerson(replace(cara, name="Cara C.")), (OLGA, MAX, cara), may_own=False)
    assert not isinstance(again, Refusal)


# --- signing in -------------------------------------------------------------------------------------------------------


def test_who_works_here_stands_at_a_till() -> None:
    assert decide(SignIn("t1", "cara"), TEAM, may_own=False) == (SignedIn("t1", "cara"),)


def test_who_does_not_work_here_does_not() -> None:
    assert isinstance(decide(SignIn("t1", "zoe"), TEAM, may_own=False), NotAllowed)
