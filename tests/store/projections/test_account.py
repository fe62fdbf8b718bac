"""Accounts as rows: the same balance whatever was heard first."""

from __future__ import annotations

from itertools import permutations

import pytest

from omsdesk.domain.account import AccountBlocked, AccountMoved, AccountOpened, MoveReason
from omsdesk.domain.messages import Event
from omsdesk.domain.sale_command import CompleteSale
from omsdesk.domain.values import Stamp
from omsdesk.store.journal import Entry
from omsdesk.store.projections.all_nouns import project
from omsdesk.store.replay import rebuild
from omsdesk.store.verify import verify
from tests.domain.test_stored_value import GIFT, SALE, sell_card
from tests.store.projections.conftest import Rows
from tests.store.station import Station

ACCOUNTS = "SELECT id, kind, currency, balance, opened_ms, expires, is_blocked, block_turn FROM account"
MOVES = "SELECT id, account, amount, reason, till, document, number FROM account_move ORDER BY id"


def hear(till: Station, facts: tuple[Event, ...]) -> None:
    """Put facts into the tables in this order; each happened at a moment of its own."""
    with till.database.writer.transaction():
        for fact in facts:
            moment = int(getattr(fact, "document", "") or "9") * 1000
            project(till.database.writer, Entry(0, Stamp(moment), "cara", fact, ""))


def moved(amount: int, document: str, movement: str = "") -> AccountMoved:
    return AccountMoved(GIFT, movement or document, amount, "GBP", MoveReason.SPENT, "t1", document)


FACTS = (
    AccountOpened(GIFT, "GBP", "t1", "1", "2027-01-31"),
    AccountOpened(GIFT, "GBP", "t2", "2", "2027-03-31"),
    moved(5_000, "1"),
    moved(-700, "3"),
)


@pytest.mark.parametrize("order", [*permutations(FACTS)])
def test_whatever_is_heard_first_the_account_is_the_same(till: Station, rows: Rows, order: tuple[Event, ...]) -> None:
    hear(till, order)
    assert rows(ACCOUNTS) == [(GIFT, "gift_card", "GBP", 4_300, 1_000, "2027-03-31", 0, 0)]


def test_one_that_ends_nowhere_for_one_till_ends_nowhere(till: Station, rows: Rows) -> None:
    for facts in permutations((AccountOpened(GIFT, "GBP", "t1", "1"), FACTS[1])):
        hear(till, facts)
        assert rows("SELECT expires FROM account") == [("",)]


def test_of_two_blocks_the_later_turn_holds_and_of_one_turn_the_block(till: Station, rows: Rows) -> None:
    lost, found = AccountBlocked(GIFT, True, 1, "t1"), AccountBlocked(GIFT, False, 2, "t2")
    for facts in permutations((lost, found, moved(100, "1", "m-1"))):
        till.database.writer.run("DELETE FROM account")
        till.database.writer.run("DELETE FROM account_move")
        hear(till, facts)
        assert rows("SELECT is_blocked, block_turn, balance FROM account") == [(0, 2, 100)]
    hear(till, (AccountBlocked(GIFT, True, 2, "t1"), found))
    assert rows("SELECT is_blocked, block_turn FROM account") == [(1, 2)]


def test_a_ticket_that_ended_twice_moved_twice(till: Station, rows: Rows) -> None:
    twice = (moved(-700, "3"), moved(-500, "3"))
    for facts in permutations(twice):
        till.database.writer.run("DELETE FROM account_move")
        hear(till, facts)
        assert [row[:3] for row in rows(MOVES)] == [("3", GIFT, -700), ("3~2", GIFT, -500)]


def test_a_sold_card_has_its_rows_and_they_can_be_made_again(till: Station, rows: Rows) -> None:
    till.do(sell_card())
    till.do(till.pay(SALE))
    assert rows(ACCOUNTS) == [], "nothing moves before the ticket is completed"
    till.do(CompleteSale(SALE))
    before = rows(ACCOUNTS), rows(MOVES)
    assert [row[1:4] for row in before[0]] == [("gift_card", "GBP", 5_000)]
    assert [row[2:] for row in before[1]] == [(5_000, "loaded", "t1", SALE, "1A-000001")]
    rebuild(till.database)
    assert (rows(ACCOUNTS), rows(MOVES)) == before
    assert verify(till.path).sentences == ()


def test_a_balance_that_is_not_the_sum_of_what_moved_is_found(till: Station) -> None:
    till.do(sell_card())
    till.do(till.pay(SALE), CompleteSale(SALE))
    till.database.writer.run("UPDATE account SET balance = balance + 1")
    found = verify(till.path).sentences
    assert any(sentence.startswith("Gift card …") and "(off by 1)" in sentence for sentence in found)


def test_what_is_paid_in_is_on_the_ticket_and_in_no_turnover(till: Station, rows: Rows) -> None:
    till.do(till.add(SALE), sell_card("20.00"))
    till.do(till.pay(SALE), CompleteSale(SALE))
    assert rows("SELECT total, loaded FROM sale") == [(2_320, 2_000)]
    assert rows("SELECT product, amount, loads FROM sale_line ORDER BY position") == [
        ("coffee", 320, ""), ("", 2_000, GIFT),
    ]  # fmt: skip
    sums = "SELECT measure || key, amount FROM shift_sum WHERE measure IN ('sales', 'loads')"
    assert dict(rows(sums)) == {"sales": 320, "loadsgift_card": 2_000}
