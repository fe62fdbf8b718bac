"""What is said of a role is kept by right, whoever says what without knowing of the other."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from omsdesk.actions.settle import settlement
from omsdesk.domain.people import Role
from omsdesk.domain.rights import Leave, Rule, built_in
from omsdesk.domain.role import RoleSaved, SaveRole
from omsdesk.store.queries import till as queries
from omsdesk.store.queries.people import rules
from omsdesk.store.replay import rebuild
from tests.stories.master_data import Office, exchange_all, three_offices

VOID, MOVE = Rule("sale.void", Leave.APPROVAL), Rule("cash.move", Leave.ALLOWED, 5_000)
MORE = Rule("cash.move", Leave.ALLOWED, 9_000)


@pytest.fixture
def offices(tmp_path: Path) -> list[Office]:
    return three_offices(tmp_path)


def said(office: Office) -> list[tuple[object, ...]]:
    return office.database.writer.rows("SELECT id, body, revision FROM role ORDER BY id")


def test_two_rights_that_two_people_change_while_apart_both_hold(offices: list[Office]) -> None:
    offices[0].do(SaveRole("cashier", (VOID,)), actor="max")
    offices[1].do(SaveRole("cashier", (MOVE,)), actor="max")
    exchange_all(offices, random.Random(1))
    assert len({repr(said(office)) for office in offices}) == 1
    for office in offices:
        found = rules(office.database.writer, Role.CASHIER)
        assert (found["sale.void"], found["cash.move"]) == (VOID, MOVE)
        assert found["sale.sell"] == built_in("cashier")["sale.sell"]
        assert office.conflicts() == []


def test_one_right_changed_twice_is_for_a_person_to_settle(offices: list[Office]) -> None:
    offices[0].do(SaveRole("cashier", (MOVE, VOID)), actor="max")
    offices[1].do(SaveRole("cashier", (MORE,)), actor="olga")
    exchange_all(offices, random.Random(2))
    (conflict,) = offices[2].conflicts()
    assert (conflict.noun, conflict.subject, conflict.field, conflict.name) == (
        "role", "cashier", "cash.move", "Cashier",
    )  # fmt: skip
    assert {row.value for row in conflict.values} == {MOVE, MORE}
    offices[2].do(settlement(conflict, MOVE, "b"), actor="max")
    exchange_all(offices, random.Random(3))
    for office in offices:
        assert office.conflicts() == []
        assert rules(office.database.writer, Role.CASHIER)["cash.move"] == MOVE


def test_it_holds_at_once_for_everybody_of_the_role_and_after_a_rebuild(offices: list[Office]) -> None:
    office = offices[0]
    writer = office.database.writer
    office.do(SaveRole("cashier", (MOVE,)), actor="max")
    cara, sue = queries.person(writer, "cara"), queries.person(writer, "sue")
    assert cara is not None
    assert sue is not None
    assert cara.may("cash.move", 5_000)
    assert not cara.may("cash.move", 5_001)
    assert sue.may("cash.move", 5_001), "another role"
    assert [row.may("cash.move", 5_000) for row in queries.people(writer) if row.id == "cara"] == [True]
    before = said(office)
    rebuild(office.database)
    assert said(office) == before


def test_what_is_said_again_takes_the_place_of_what_was_said_before(offices: list[Office]) -> None:
    (fact,) = offices[0].do(SaveRole("cashier", (MOVE,)), actor="max").facts
    assert isinstance(fact, RoleSaved)
    (fact,) = offices[0].do(SaveRole("cashier", (MORE,)), actor="max").facts
    assert isinstance(fact, RoleSaved)
    assert (len(fact.saw), fact.generation) == (1, 2), "its author saw the first"
