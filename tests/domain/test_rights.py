"""What is usual for each role, and what a shop says instead."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from omsdesk import domain
from omsdesk.domain.people import Role
from omsdesk.domain.rights import (
    OWNER,
    RIGHTS,
    Leave,
    Measure,
    Rule,
    built_in,
    can_be_lent,
    is_fixed,
    rules_of,
    what,
)


@pytest.mark.parametrize("role", Role)
def test_something_is_usual_for_every_role_and_every_right(role: str) -> None:
    assert set(built_in(role)) == set(RIGHTS)


def test_the_roles_that_the_table_names_are_those_there_are() -> None:
    named = {role for row in RIGHTS.values() for role in (*row.may, *row.asks, *dict(row.limits))}
    assert named <= set(Role)


@pytest.mark.parametrize("right", RIGHTS.values(), ids=RIGHTS)
def test_every_right_is_somebodys_and_is_told_in_words(right: object) -> None:
    row = next(row for row in RIGHTS.values() if row is right)
    assert row.may
    assert what(row.code) == row.what
    assert row.what[0].islower()
    assert not row.what.endswith(".")
    assert not row.asks or can_be_lent(row.code), "what cannot be lent is not asked for"
    assert not row.limits or row.measure is not Measure.NOTHING


def asked_for() -> Iterator[tuple[str, str]]:
    """Find every right that a decision asks for, where it is written: as it is, or by the name of a constant."""
    for file in Path(domain.__path__[0]).glob("*.py"):
        constants = vars(import_module(f"omsdesk.domain.{file.stem}"))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "lacks":
                match node.args[0]:
                    case ast.Constant(value=right):
                        yield file.name, str(right)
                    case ast.Name(id=name) if name in constants:
                        yield file.name, constants[name]


def test_every_right_that_a_decision_asks_for_is_in_the_table() -> None:
    found = set(asked_for())
    assert len(found) > 8
    assert {right for _, right in found} <= set(RIGHTS), "what nobody knows nobody may, not even an owner"


def test_what_nobody_knows_is_spoken_of_all_the_same() -> None:
    assert what("loyalty.give") == "do this"


def test_what_a_shop_says_stands_over_what_is_usual() -> None:
    rules = rules_of("cashier", (Rule("sale.void", Leave.APPROVAL), Rule("loyalty.give", Leave.ALLOWED)))
    assert rules["sale.void"].leave is Leave.APPROVAL
    assert rules["sale.sell"] == built_in("cashier")["sale.sell"]
    assert rules["loyalty.give"].allows(), "a newer station may know more rights"
    assert rules_of("cashier", ()) is built_in("cashier")


def test_an_owner_may_everything_whatever_is_said() -> None:
    rules = rules_of(OWNER, (Rule("people.edit", Leave.DENIED), Rule("sale.discount", Leave.ALLOWED, 1)))
    assert all(rule == Rule(rule.right, Leave.ALLOWED) for rule in rules.values())


def test_nobody_becomes_an_owner_by_a_rule() -> None:
    assert is_fixed("shop.own")
    assert not rules_of("manager", (Rule("shop.own", Leave.ALLOWED),))["shop.own"].allows()


@pytest.mark.parametrize(
    ("rule", "size", "is_allowed"),
    [
        (Rule("sale.discount", Leave.ALLOWED), 10**9, True),
        (Rule("sale.discount", Leave.ALLOWED, 100), 100, True),
        (Rule("sale.discount", Leave.ALLOWED, 100), 101, False),
        (Rule("sale.discount", Leave.ALLOWED, 0), 1, False),
        (Rule("sale.discount", Leave.APPROVAL), 0, False),
        (Rule("sale.discount", Leave.DENIED), 0, False),
    ],
)
def test_a_rule_allows_up_to_its_limit(rule: Rule, size: int, is_allowed: bool) -> None:
    assert rule.allows(size) is is_allowed
