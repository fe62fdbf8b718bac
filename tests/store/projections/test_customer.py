"""Customers as rows: merged field by field, found by what is known of them, and forgotten for good."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from omsdesk.domain.account import AccountKind, AccountMoved, MoveReason, account_id
from omsdesk.domain.customer import (
    Customer,
    CustomerForgotten,
    CustomerGroup,
    CustomerSaved,
    ForgetCustomer,
    NotSettled,
    SaveCustomer,
    SaveGroup,
    SetTerms,
    TermsSet,
)
from omsdesk.domain.messages import Refusal
from omsdesk.domain.people import NotAllowed
from omsdesk.store.engine import Connection
from omsdesk.store.queries.customer import customer_by_id, groups, search, with_revision
from omsdesk.store.replay import rebuild
from tests.domain.corner_shop import gbp
from tests.store.projections.conftest import Rows
from tests.store.station import Station
from tests.stories.master_data import Office, exchange_all, picture, three_offices

ANNA = Customer("anna", "Anna Smith", phone="0170 1234567", email="anna@example.org", card="C-100")


def known(till: Station, id: str = "anna") -> Customer:
    found = customer_by_id(till.database.writer, id)
    assert found is not None
    return found


def names(connection: Connection, text: str) -> list[str]:
    return [row.customer.title for row in search(connection, text)]


def test_a_cashier_writes_a_customer_down_and_mends_what_was_wrong(till: Station) -> None:
    till.do(SaveCustomer(ANNA), actor="cara")
    till.do(SaveCustomer(replace(ANNA, phone="0171 7654321", note="Deaf in one ear")), actor="cara")
    assert known(till) == replace(ANNA, phone="0171 7654321", note="Deaf in one ear")
    assert names(till.database.writer, "0170 1234567") == []
    assert names(till.database.writer, "0171 76") == ["Anna Smith"]


def test_what_costs_money_is_not_for_a_cashier(till: Station) -> None:
    till.do(SaveCustomer(replace(ANNA, groups=("club",), credit_limit=gbp("900.00"))), actor="cara")
    assert known(till) == ANNA
    assert isinstance(till.refusal(SetTerms(replace(ANNA, groups=("club",))), actor="cara"), NotAllowed)
    till.do(SetTerms(replace(ANNA, groups=("club",), credit_limit=gbp("50.00"))), actor="max")
    assert known(till) == replace(ANNA, groups=("club",), credit_limit=gbp("50.00"))


def test_one_form_saves_both_in_one_action(till: Station) -> None:
    till.do(SaveCustomer(ANNA), SetTerms(replace(ANNA, price_list="club")), actor="max")
    found = with_revision(till.database.writer, "anna")
    assert found is not None
    after = replace(ANNA, name="Anna Miller", price_list="")
    till.do(SaveCustomer(after, base=found[1]), SetTerms(after, base=found[1]), actor="max")
    assert known(till) == after


def test_saying_nothing_new_leaves_no_entry(till: Station) -> None:
    till.do(SaveCustomer(ANNA))
    assert till.do(SaveCustomer(ANNA), SetTerms(ANNA)).entries == ()


def test_a_card_is_nobody_elses(till: Station) -> None:
    till.do(SaveCustomer(ANNA))
    refusal = till.refusal(SaveCustomer(Customer("bert", "Bert", card="C-100")))
    assert refusal.sentence == "The card C-100 belongs to Anna Smith already."
    till.do(SaveCustomer(replace(ANNA, card="")), SaveCustomer(Customer("bert", "Bert", card="C-100")))
    assert names(till.database.writer, "c-100") == ["Bert"]


def test_terms_of_nobody_are_refused(till: Station) -> None:
    assert isinstance(till.refusal(SetTerms(ANNA)), Refusal)
    assert isinstance(till.refusal(ForgetCustomer("anna")), Refusal)


def test_a_group_is_kept(till: Station) -> None:
    club = CustomerGroup("club", "Club", "club-prices")
    till.do(SaveGroup(club), actor="max")
    till.do(SaveGroup(replace(club, name="The Club", points_ppm=3_000_000)), actor="max")
    assert groups(till.database.writer) == {"club": CustomerGroup("club", "The Club", "club-prices", 3_000_000)}
    assert isinstance(till.refusal(SaveGroup(club), actor="cara"), NotAllowed)


def test_whoever_is_gone_is_not_found_any_more(till: Station) -> None:
    till.do(SaveCustomer(ANNA), SetTerms(replace(ANNA, is_active=False)))
    assert names(till.database.writer, "anna") == names(till.database.writer, "c-100") == []
    till.do(SetTerms(ANNA))
    assert names(till.database.writer, "anna") == ["Anna Smith"]


# ---- forgetting


def nothing_of_anna(rows: Rows) -> None:
    for table in ("customer", "customer_key", "field_write", "field_conflict"):
        found = " ".join(str(value) for row in rows(f'SELECT * FROM "{table}"') for value in row)  # noqa: S608
        assert not any(text in found for text in ("Smith", "anna@", "1234567", "C-100", "ear")), table


def test_a_person_who_asks_is_forgotten(till: Station, rows: Rows) -> None:
    till.do(
        SaveCustomer(ANNA), SaveCustomer(replace(ANNA, note="Deaf in one ear")), SetTerms(replace(ANNA, groups=("a",)))
    )
    assert isinstance(till.refusal(ForgetCustomer("anna"), actor="cara"), NotAllowed)
    till.do(ForgetCustomer("anna"), actor="max")
    nothing_of_anna(rows)
    assert known(till) == Customer("anna", is_active=False)
    for text in ("anna", "smith", "0170", "c-100", "anna@example.org"):
        assert names(till.database.writer, text) == []


def test_who_owes_something_is_not_forgotten_yet(till: Station) -> None:
    till.do(SaveCustomer(ANNA))
    owed = AccountMoved(account_id(AccountKind.CREDIT, "anna"), "m1", -500, "GBP", MoveReason.SPENT, "t1", "d")
    with till.database.transaction("cara", till.clock.now()) as transaction:
        transaction.record(owed)
    assert isinstance(till.refusal(ForgetCustomer("anna")), NotSettled)
    with till.database.transaction("cara", till.clock.now()) as transaction:
        transaction.record(replace(owed, movement="m2", amount=500))
    till.do(ForgetCustomer("anna"))


def test_a_form_that_stood_open_does_not_bring_them_back(till: Station) -> None:
    till.do(SaveCustomer(ANNA), ForgetCustomer("anna"))
    for command in (SaveCustomer(ANNA, ("phone",), 1), SetTerms(replace(ANNA, groups=("club",)), ("groups",), 1)):
        assert "asked to be forgotten" in till.refusal(command).sentence


def test_what_is_heard_of_them_later_is_not_kept_either(till: Station, rows: Rows) -> None:
    till.do(SaveCustomer(ANNA), ForgetCustomer("anna"))
    with till.database.transaction("cara", till.clock.now()) as transaction:
        transaction.record(CustomerSaved("anna", replace(ANNA, note="ear"), ("note", "name"), (), 4))
        transaction.record(TermsSet("anna", replace(ANNA, groups=("club",)), ("groups",)))
    nothing_of_anna(rows)
    rebuild(till.database)
    nothing_of_anna(rows)


def test_nobody_comes_back_who_was_forgotten_before_they_were_heard_of(till: Station, rows: Rows) -> None:
    with till.database.transaction("cara", till.clock.now()) as transaction:
        transaction.record(CustomerForgotten("anna"))
        transaction.record(CustomerSaved("anna", ANNA))
    nothing_of_anna(rows)


# ---- two stations


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[list[Office]]:
    made = three_offices(tmp_path)
    yield made
    for office in made:
        office.close()


def together(offices: list[Office], seed: int = 1) -> None:
    exchange_all(offices, Random(seed))
    pictures = [picture(office.database.writer) for office in offices]
    assert pictures[0] == pictures[1] == pictures[2]


def test_two_tills_change_different_fields_and_both_hold(offices: list[Office]) -> None:
    offices[0].do(SaveCustomer(ANNA))
    together(offices)
    offices[0].do(SaveCustomer(replace(ANNA, phone="0999 111222")))
    offices[1].do(SaveCustomer(replace(ANNA, name="Anna Miller")))
    offices[2].do(SetTerms(replace(ANNA, credit_limit=gbp("20.00"))))
    together(offices)
    merged = replace(ANNA, phone="0999 111222", name="Anna Miller", credit_limit=gbp("20.00"))
    assert all(customer_by_id(office.database.writer, "anna") == merged for office in offices)
    assert names(offices[2].database.writer, "miller") == names(offices[2].database.writer, "0999") == ["Anna Miller"]


def test_one_field_changed_twice_waits_for_somebody_to_choose(offices: list[Office]) -> None:
    offices[0].do(SaveCustomer(ANNA))
    together(offices)
    offices[0].do(SaveCustomer(replace(ANNA, email="a@one.org")))
    offices[1].do(SaveCustomer(replace(ANNA, email="a@two.org")))
    together(offices)
    (conflict,) = offices[2].conflicts()
    assert (conflict.noun, conflict.field, conflict.name) == ("customer", "email", "Anna Smith")
    assert {said.value for said in conflict.values} == {"a@one.org", "a@two.org"}


def test_one_card_given_to_two_people_finds_both(offices: list[Office]) -> None:
    offices[0].do(SaveCustomer(ANNA))
    offices[1].do(SaveCustomer(Customer("bert", "Bert", card="C-100")))
    together(offices)
    assert sorted(names(offices[2].database.writer, "C-100")) == ["Anna Smith", "Bert"]
    # Each of them can be changed otherwise meanwhile.
    offices[2].do(SaveCustomer(Customer("bert", "Bert", card="C-100", note="Has Anna’s card")))


def test_forgetting_wins_wherever_it_is_heard_when(offices: list[Office]) -> None:
    offices[0].do(SaveCustomer(ANNA))
    together(offices)
    offices[0].do(ForgetCustomer("anna"))
    offices[1].do(SaveCustomer(replace(ANNA, name="Anna Miller")), SetTerms(replace(ANNA, groups=("club",))))
    for seed in range(4):
        together(offices, seed)
    assert all(
        customer_by_id(office.database.writer, "anna") == Customer("anna", is_active=False) for office in offices
    )
