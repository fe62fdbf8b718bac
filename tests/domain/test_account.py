"""Accounts: what they are stands in their ids, and a balance is what was moved."""

from __future__ import annotations

import pytest

from omsdesk.domain.account import (
    CARDS,
    NAMES,
    PAID_WITH,
    Account,
    AccountKind,
    Ledger,
    account_id,
    display_name,
    has_number,
    kind_of,
    owner_of,
)
from omsdesk.domain.card_number import new_number
from omsdesk.domain.tender import FROM_ACCOUNT

NUMBER = new_number(b"a card of tests")


@pytest.mark.parametrize("kind", AccountKind)
def test_an_account_says_what_it_is_and_whose(kind: AccountKind) -> None:
    account = account_id(kind, "anna:2")
    assert (kind_of(account), owner_of(account)) == (kind, "anna:2")
    assert kind in NAMES
    assert PAID_WITH[kind] in FROM_ACCOUNT


def test_what_is_no_account_is_told() -> None:
    with pytest.raises(ValueError, match="something"):
        kind_of("something:else")


def test_a_card_is_called_by_the_end_of_its_number_and_a_customers_account_is_not() -> None:
    assert display_name(account_id(AccountKind.GIFT_CARD, NUMBER)) == f"Gift card …{NUMBER[-4:]}"
    assert display_name(account_id(AccountKind.GIFT_CARD, "GIFT2026000417")) == "Gift card …0417"
    assert display_name(account_id(AccountKind.STORE_CREDIT, NUMBER)) == f"Store credit …{NUMBER[-4:]}"
    assert display_name(account_id(AccountKind.STORE_CREDIT, "customer-anna")) == "Store credit"
    assert display_name(account_id(AccountKind.CREDIT, "customer-anna")) == "Customer account"
    assert {kind for kind in AccountKind if has_number(account_id(kind, NUMBER))} >= CARDS


def test_what_can_be_spent_is_the_balance_and_what_may_be_owed() -> None:
    assert Account("gift_card:1", "EUR", 500).available == 500
    assert Account("credit:anna", "EUR", -500, limit=2_000).available == 1_500
    assert Account("gift_card:1", "EUR", -500).available == -500


def test_a_card_can_be_spent_on_its_last_day() -> None:
    card = Account("gift_card:1", "EUR", 500, expires="2026-11-23")
    assert not card.has_expired("2026-11-23")
    assert card.has_expired("2026-11-24")
    assert not Account("gift_card:1").has_expired("9999-12-31")


def test_of_what_was_never_heard_of_nothing_is_known() -> None:
    known = Account("gift_card:1", "EUR", 500)
    ledger = Ledger((known,))
    assert ledger.account("gift_card:1") is known
    other = ledger.account("gift_card:2")
    assert (other.is_known, other.available) == (False, 0)
