"""Who a customer is, what they are given, and what a ticket keeps of them."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from omsdesk.domain.body import from_json, to_json
from omsdesk.domain.customer import (
    CONTACT,
    TERMS,
    CardTaken,
    Customer,
    CustomerGroup,
    CustomerSaved,
    Exemption,
    GroupSaved,
    NoAddress,
    NothingKnown,
    SaveGroup,
    TermsSet,
    buyer,
    decide_contact,
    decide_group,
    decide_terms,
    from_text,
    said_of,
    tidied,
)
from omsdesk.domain.field_write import Seen
from omsdesk.domain.messages import Refusal
from tests.domain.corner_shop import NOON, gbp

ANNA = Customer("anna", "Anna Smith", phone="0170 1234567", email="anna@example.org", receipts_by_email=NOON)
CLUB = CustomerGroup("club", "Club", "club-prices", 2_000_000)
TRADE = CustomerGroup("trade", "Trade", "trade-prices")
GROUPS = {group.id: group for group in (CLUB, TRADE)}


def test_every_field_is_how_they_are_reached_or_what_they_are_given() -> None:
    assert {*CONTACT, *TERMS, "id"} == {row.name for row in fields(Customer)}
    assert not set(CONTACT) & set(TERMS)


def test_a_cashier_writes_down_who_somebody_is_and_not_what_they_are_given() -> None:
    (fact,) = decide_contact(replace(ANNA, groups=("club",), credit_limit=gbp("100.00")), ())  # type: ignore[misc]
    assert fact == CustomerSaved("anna", ANNA)


def test_an_entry_holds_what_was_said_and_nothing_else_of_a_person() -> None:
    (fact,) = decide_contact(ANNA, ("phone",), Seen(("a1",), 3))  # type: ignore[misc]
    assert fact == CustomerSaved("anna", Customer("anna", phone="0170 1234567"), ("phone",), ("a1",), 3)
    assert b"Smith" not in to_json(fact)
    assert from_json("customer.saved", 1, to_json(fact)) == fact


@pytest.mark.parametrize("known", [{"name": "A"}, {"company": "A"}, {"phone": "1"}, {"email": "a@b.c"}, {"card": "1"}])
def test_one_way_to_know_somebody_again_is_enough(known: dict[str, str]) -> None:
    assert not isinstance(decide_contact(Customer("x", **known), ()), Refusal)  # type: ignore[arg-type]


def test_nobody_at_all_is_refused() -> None:
    assert isinstance(decide_contact(Customer("x", note="Friendly"), ()), NothingKnown)


@pytest.mark.parametrize("email", ["anna", "anna@", "@example.org", "anna@example", "an na@example.org", "a@b@c.d"])
def test_what_is_no_address_is_told(email: str) -> None:
    refusal = decide_contact(replace(ANNA, email=email), ())
    assert isinstance(refusal, NoAddress)
    assert email in refusal.sentence


def test_receipts_by_e_mail_need_an_address() -> None:
    nowhere = replace(ANNA, email="")
    assert isinstance(decide_contact(nowhere, ()), NoAddress)
    assert isinstance(decide_contact(nowhere, ("receipts_by_email",)), NoAddress)
    # An address can go though they once agreed: nothing is sent without one.
    assert not isinstance(decide_contact(nowhere, ("email",)), Refusal)
    assert not nowhere.takes_receipts_by_email


def test_a_card_that_somebody_has_says_who() -> None:
    refusal = decide_contact(replace(ANNA, card="C1"), (), card_owner="Bert")
    assert isinstance(refusal, CardTaken)
    assert refusal.sentence == "The card C1 belongs to Bert already."


def test_the_spaces_of_typing_go() -> None:
    typed = Customer("x", "  Anna ", address=(" High Street 1", "  ", "London "), note=" nice ")
    assert tidied(typed) == Customer("x", "Anna", address=("High Street 1", "London"), note="nice")


# ---- what they are given


def test_terms_are_a_fact_of_their_own() -> None:
    given = replace(ANNA, credit_limit=gbp("100.00"), groups=("club",))
    (fact,) = decide_terms(given, ("credit_limit",), Seen((), 1))  # type: ignore[misc]
    assert fact == TermsSet("anna", Customer("anna", credit_limit=gbp("100.00")), ("credit_limit",), (), 1)


def test_terms_that_make_no_sense_are_refused() -> None:
    assert isinstance(decide_terms(replace(ANNA, credit_limit=gbp("-1.00")), ("credit_limit",)), Refusal)
    assert isinstance(decide_terms(replace(ANNA, exemption=Exemption(" ")), ("exemption",)), Refusal)


def test_a_group_needs_a_name() -> None:
    assert decide_group(SaveGroup(CLUB)) == (GroupSaved("club", CLUB),)
    assert isinstance(decide_group(SaveGroup(replace(CLUB, name=" "))), Refusal)
    assert isinstance(decide_group(SaveGroup(replace(CLUB, points_ppm=-1))), Refusal)


# ---- what a ticket keeps


def test_a_ticket_keeps_a_copy() -> None:
    known = replace(ANNA, groups=("club", "trade", "gone"), price_list="annas", card="C1")
    copy = buyer(known, GROUPS, NOON.day)
    assert copy.name == "Anna Smith"
    assert copy.groups == ("club", "trade")
    assert copy.price_lists == ("annas", "club-prices", "trade-prices")
    assert copy.points_ppm == 2_000_000
    assert copy.card == "C1"


def test_a_group_that_is_closed_gives_nothing() -> None:
    copy = buyer(replace(ANNA, groups=("club",)), {"club": replace(CLUB, is_active=False)}, NOON.day)
    assert (copy.groups, copy.price_lists, copy.has_own_prices) == ((), (), False)


def test_an_exemption_holds_until_its_last_day() -> None:
    known = replace(ANNA, exemption=Exemption("EX-7", "Embassy", "2026-11-23"))
    assert buyer(known, {}, "2026-11-23").exemption == "EX-7"
    assert buyer(known, {}, "2026-11-24").exemption == ""
    assert buyer(replace(ANNA, exemption=Exemption("EX-7")), {}, "2099-01-01").has_own_prices


def test_a_ticket_keeps_nothing_by_which_they_are_reached() -> None:
    copy = str(buyer(ANNA, {}, NOON.day))
    assert ANNA.phone not in copy
    assert ANNA.email not in copy


def test_they_are_called_by_the_first_that_is_known() -> None:
    assert Customer("x", company="Smith Ltd", phone="1").title == "Smith Ltd"
    assert Customer("x", card="C1").title == "C1"
    assert said_of(ANNA, ("email",)).title == "anna@example.org"


# ---- one field says it all


@pytest.mark.parametrize(
    ("typed", "name", "phone", "email"),
    [
        ("Anna Smith", "Anna Smith", "", ""),
        ("0170 1234567", "", "0170 1234567", ""),
        ("+49 (0)170/12345-67", "", "+49 (0)170/12345-67", ""),
        ("anna@example.org", "", "", "anna@example.org"),
        ("Anna Smith 0170 1234567 anna@example.org", "Anna Smith", "0170 1234567", "anna@example.org"),
        ("anna2000@example.org, Anna", "Anna", "", "anna2000@example.org"),
        ("0170 1234567 Anna", "Anna", "0170 1234567", ""),
        ("Room 12", "Room 12", "", ""),
        ("  ", "", "", ""),
    ],
)
def test_sense_is_made_of_what_is_typed(typed: str, name: str, phone: str, email: str) -> None:
    found = from_text("x", typed)
    assert (found.name, found.phone, found.email) == (name, phone, email)
