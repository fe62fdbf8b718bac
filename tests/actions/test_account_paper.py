"""Statements and open balances as the database knows them."""

from __future__ import annotations

import pytest

from omsdesk.actions.account_paper import open_balances_of, statement_of, written
from omsdesk.actions.paper import NoDocument
from omsdesk.domain.account import Account, AccountBlocked, AccountOpened
from tests.domain.corner_shop import NOON, SHOP
from tests.domain.test_stored_value import DEBT, GIFT, NUMBER, POINTS
from tests.store.queries.test_account import move
from tests.store.station import Station


def test_a_statement_says_what_happened_and_what_is_to_know(till: Station) -> None:
    move(till, 5_000, GIFT)
    move(till, -6_000, GIFT)
    with till.database.transaction("cara", till.clock.now()) as transaction:
        transaction.record(AccountOpened(GIFT, "GBP", "t1", "s", "2028-11-23"))
        transaction.record(AccountBlocked(GIFT, is_blocked=True, turn=1, till="t1"))
    told = statement_of(till.database.writer, SHOP, GIFT, NOON)
    assert (told.name, told.balance) == (f"Gift card …{NUMBER[-4:]}", "-£10.00")
    assert told.notes == (
        "More was spent than was on it.", "Can be spent until Nov 23, 2028.", "It is blocked: nobody can spend it.",
    )  # fmt: skip
    assert [(row.what, row.amount, row.left) for row in told.rows] == [
        ("Corrected", "-£60.00", "-£10.00"), ("Corrected", "£50.00", "£50.00"),
    ]  # fmt: skip


def test_a_debt_is_no_overspend(till: Station) -> None:
    move(till, -1_250, DEBT)
    assert statement_of(till.database.writer, SHOP, DEBT, NOON).notes == ("So much is owed by the customer.",)


def test_an_account_that_nobody_knows_has_no_statement(till: Station) -> None:
    with pytest.raises(NoDocument, match="not in the database"):
        statement_of(till.database.writer, SHOP, GIFT, NOON)


def test_open_balances_part_what_is_owed_from_what_customers_owe(till: Station) -> None:
    for amount, account, currency in ((5_000, GIFT, "GBP"), (-1_250, DEBT, "GBP"), (64, POINTS, "")):
        move(till, amount, account, currency)
    told = open_balances_of(till.database.writer, SHOP, NOON)
    assert [(row.name, row.accounts, row.amount) for row in told.owed] == [
        ("Gift card", 1, "£50.00"), ("Points", 1, "64 points"),
    ]  # fmt: skip
    assert [(row.name, row.amount) for row in told.owing] == [("Customer account", "£12.50")]
    assert written(64, Account(POINTS), SHOP) == "64 points"
