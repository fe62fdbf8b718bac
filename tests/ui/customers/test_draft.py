"""A customer written into the form and read again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.domain.customer import Customer, Exemption
from omsdesk.domain.values import Money, Stamp
from omsdesk.ui.customers.draft import Draft, customer_of, draft_of, problems

NOW, BEFORE = Stamp(2_000), Stamp(1_000)
ANNA = Customer(
    "anna", "Anna", "Smith Ltd", "0170 1", "a@b.org", ("High Street 1", "York"), "GB", "GB1", "C1", "Nice", BEFORE,
    None, ("club",), "trade", Exemption("EX", "Embassy", "2027-12-31"), Money.of(250, "GBP"),
)  # fmt: skip
texts = st.text("abc ", max_size=6).map(str.strip)


def read(draft: Draft, known: Customer = ANNA) -> Customer:
    return customer_of(draft, known, NOW, "GBP", "en-GB")


def test_what_nobody_touched_stays_as_it_was() -> None:
    assert read(draft_of(ANNA, "en-GB")) == ANNA
    assert read(draft_of(Customer("x"), "en-GB"), Customer("x")) == Customer("x")


@given(texts, texts, texts, st.booleans(), st.booleans())
def test_whatever_is_typed_is_read_again(name: str, note: str, address: str, receipts: bool, offers: bool) -> None:
    draft = replace(
        draft_of(ANNA, "en-GB"), name=name, note=note, address=address, wants_receipts=receipts, wants_offers=offers
    )
    assert draft_of(read(draft), "en-GB") == draft


def test_leave_keeps_its_moment_until_it_is_taken_back() -> None:
    draft = draft_of(ANNA, "en-GB")
    assert read(replace(draft, wants_offers=True)).marketing == NOW
    assert read(replace(draft, email="new@b.org")).receipts_by_email == BEFORE
    assert read(replace(draft, wants_receipts=False)).receipts_by_email is None


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({}, set()),
        ({"name": "", "company": "", "phone": "", "email": "", "card": "", "wants_receipts": False}, {"name"}),
        ({"email": " "}, {"email"}),
        ({"exemption": ""}, {"exemption"}),
        ({"exemption": "", "exemption_reason": "", "exemption_until": ""}, set()),
        ({"exemption_until": "soon"}, {"exemption_until"}),
        ({"credit_limit": "a lot"}, {"credit_limit"}),
        ({"credit_limit": ""}, set()),
    ],
)
def test_what_is_wrong_is_told_by_its_field(change: dict[str, object], wrong: set[str]) -> None:
    draft = replace(draft_of(ANNA, "en-GB"), **change)  # type: ignore[arg-type]
    assert set(problems(draft, "GBP", "en-GB")) == wrong
