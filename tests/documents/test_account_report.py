"""Accounts on paper: a statement with what each movement left, and what is open on all of them."""

from __future__ import annotations

from dataclasses import replace

from omsdesk.documents import plain
from omsdesk.documents.account_report import (
    AccountStatement,
    OpenBalances,
    OpenRow,
    StatementRow,
    open_balances_paper,
    statement_paper,
)
from tests.documents.samples import AFTERNOON, LETTERHEAD

STATEMENT = AccountStatement(
    letterhead=LETTERHEAD, name="Gift card …3912", at=AFTERNOON, balance="£29.10", notes=("It is blocked.",),
    rows=(
        StatementRow(AFTERNOON, "Spent", "Till 2 2A-000017", "-£20.90", "£29.10"),
        StatementRow(AFTERNOON, "Paid in", "Till 1 1A-000003", "£50.00", "£50.00"),
    ),
)  # fmt: skip
BALANCES = OpenBalances(
    letterhead=LETTERHEAD, at=AFTERNOON, owed=(OpenRow("Gift card", 12, "£340.00"), OpenRow("Points", 3, "640 points")),
    owing=(OpenRow("Customer account", 1, "£12.50"),),
)  # fmt: skip


def test_a_statement_tells_each_movement_with_what_it_left() -> None:
    text = plain.render(statement_paper(STATEMENT))
    for part in ("Gift card …3912", "BALANCE", "It is blocked.", "Spent", "2A-000017", "left £29.10"):
        assert part in text
    assert text.index("Spent") < text.index("Paid in")


def test_an_account_on_which_nothing_moved_says_so() -> None:
    assert "Nothing moved" in plain.render(statement_paper(replace(STATEMENT, rows=())))


def test_open_balances_tell_who_owes_whom() -> None:
    text = plain.render(open_balances_paper(BALANCES))
    assert (
        text.index("OWED BY THE SHOP") < text.index("£340.00") < text.index("OWED BY CUSTOMERS") < text.index("£12.50")
    )
    empty = plain.render(open_balances_paper(replace(BALANCES, owed=(), owing=())))
    assert "Nothing is open" in empty
    assert "No customer owes" in empty
