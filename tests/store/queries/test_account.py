"""What is asked about accounts: balances, statements, what is owed, what was overspent, what nobody could hear of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from omsdesk.domain.account import (
    AccountKind,
    AccountMoved,
    BlockAccount,
    MoveReason,
    account_id,
    display_name,
    owner_of,
)
from omsdesk.domain.approval import ApprovalNeeded
from omsdesk.domain.customer import Customer, SaveCustomer, SetTerms
from omsdesk.domain.sale_command import CompleteSale
from omsdesk.domain.stored_value import CardInUse, NotEnough, UnknownCard
from omsdesk.store import exchange, journal
from omsdesk.store.journal import Author
from omsdesk.store.queries import account as queries
from omsdesk.store.queries.till import station
from tests.domain.corner_shop import gbp
from tests.domain.test_stored_value import BY_CARD, DEBT, DEPOSIT, GIFT, LATER, NOTE, POINTS, SALE, sell_card
from tests.store.station import Station


@pytest.fixture
def counter(till: Station) -> Station:
    """A till that sold a card of 50."""
    till.do(sell_card())
    till.do(till.pay(SALE), CompleteSale(SALE))
    return till


def spend(counter: Station, amount: str, account: str = GIFT, sale: str = "sale-2", actor: str = "cara") -> None:
    counter.do(counter.add(sale, "coffee"))
    counter.do(replace(counter.pay(sale, gbp(amount), BY_CARD), account=account), actor=actor)
    counter.do(counter.pay(sale), CompleteSale(sale))


def move(counter: Station, amount: int, account: str, currency: str = "GBP") -> None:
    """Let something be heard that moved elsewhere."""
    fact = AccountMoved(account, counter.clock.new_id(), amount, currency, MoveReason.CORRECTED, "t9", "d")
    with counter.database.transaction("cara", counter.clock.now()) as transaction:
        transaction.record(fact)


def test_a_card_is_found_by_its_number(counter: Station) -> None:
    found = queries.card(counter.database.writer, owner_of(GIFT))
    assert found is not None
    assert (found.id, found.balance, found.currency, found.is_known) == (GIFT, 5_000, "GBP", True)
    assert queries.card(counter.database.writer, "nobody") is None
    move(counter, 100, NOTE)
    note = queries.card(counter.database.writer, owner_of(NOTE))
    assert note is not None
    assert note.kind is AccountKind.STORE_CREDIT


def test_a_statement_tells_each_movement_and_what_was_left(counter: Station) -> None:
    spend(counter, "2.00")
    told = queries.statement(counter.database.writer, GIFT)
    assert [(row.amount, row.reason, row.number, left) for row, left in told.rows] == [
        (-200, MoveReason.SPENT, "1A-000002", 4_800),
        (5_000, MoveReason.LOADED, "1A-000001", 5_000),
    ]
    assert told.account.balance == 4_800 == sum(row.amount for row, _ in told.rows)
    assert queries.statement(counter.database.writer, "gift_card:none").rows == ()


def test_a_card_is_sold_once_and_pays_what_is_on_it(counter: Station) -> None:
    assert isinstance(counter.refusal(replace(sell_card(), sale="s3")), CardInUse)
    counter.do(counter.add("sale-2", "coffee"))
    wanted = replace(counter.pay("sale-2", gbp("3.20"), BY_CARD), account="gift_card:none")
    assert isinstance(counter.refusal(wanted), UnknownCard)
    move(counter, -4_900, GIFT)
    assert isinstance(counter.refusal(replace(wanted, account=GIFT)), NotEnough)


def test_a_lost_card_is_blocked_by_who_may_and_pays_nothing(counter: Station) -> None:
    block = BlockAccount(GIFT, True, "t1", "lost")
    assert isinstance(counter.refusal(block, actor="cara"), ApprovalNeeded)
    counter.do(block, actor="sue")
    assert counter.do(block, actor="sue").facts == ()
    counter.do(counter.add("sale-2", "coffee"))
    wanted = replace(counter.pay("sale-2", gbp("3.20"), BY_CARD), account=GIFT)
    assert isinstance(counter.refusal(wanted), UnknownCard)
    counter.do(replace(block, is_blocked=False), actor="sue")
    assert counter.do(wanted).facts
    unknown = counter.refusal(BlockAccount("gift_card:none", True, "t1"), actor="sue")
    assert "not known" in unknown.sentence


def test_what_is_open_is_told_by_kind(counter: Station) -> None:
    for amount, account, currency in (
        (300, NOTE, "GBP"), (700, DEPOSIT, "GBP"), (64, POINTS, ""), (-1_200, DEBT, "GBP"),
        (500, account_id(AccountKind.CREDIT, "bert"), "GBP"), (900, account_id(AccountKind.GIFT_CARD, "EURO01"), "EUR"),
    ):  # fmt: skip
        move(counter, amount, account, currency)
    told = queries.open_balances(counter.database.writer)
    assert [(row.kind, row.currency, row.accounts, row.amount) for row in told] == [
        ("gift_card", "EUR", 1, 900), ("gift_card", "GBP", 1, 5_000), ("store_credit", "GBP", 1, 300),
        ("credit", "GBP", 1, 500), ("credit", "GBP", 1, -1_200), ("points", "", 1, 64), ("deposit", "GBP", 1, 700),
    ]  # fmt: skip


def test_what_was_overspent_is_a_list_with_its_tickets(counter: Station) -> None:
    assert queries.overspent_count(counter.database.writer) == 0
    spend(counter, "3.00")
    move(counter, -5_000, GIFT)
    move(counter, -900, DEBT)
    (found,) = queries.overspent(counter.database.writer)
    assert (found.account.id, found.account.balance) == (GIFT, -300)
    assert [(row.till, row.amount) for row in found.movements] == [("t9", -5_000), ("t1", -300), ("t1", 5_000)]
    assert queries.overspent_count(counter.database.writer) == 1


def test_what_a_customer_may_owe_is_their_limit(counter: Station) -> None:
    anna = Customer("anna", "Anna", credit_limit=gbp("10.00"))
    counter.do(SaveCustomer(anna), SetTerms(anna))
    counter.do(counter.add("sale-2", "coffee"))
    wanted = replace(counter.pay("sale-2", method=LATER), account=DEBT)
    counter.do(wanted, CompleteSale("sale-2"), actor="cara")
    found = queries.ledger(counter.database.writer, station(counter.database.writer), (DEBT,)).account(DEBT)
    assert (found.balance, found.limit, found.available) == (-320, 1_000, 680)
    counter.do(*(counter.add("sale-3", product) for product in ("coffee", "coffee", "tea")))
    more = replace(counter.pay("sale-3", method=LATER), account=DEBT)
    refusal = counter.refusal(more, actor="cara")
    assert isinstance(refusal, ApprovalNeeded)
    assert refusal.right == "sale.credit"
    assert display_name(DEBT) == "Customer account"


# ---- what the others cannot have heard of


def test_without_a_service_nothing_waits_to_be_heard(counter: Station) -> None:
    spend(counter, "3.00")
    reader = counter.database.writer
    ledger = queries.ledger(reader, station(reader), (GIFT,))
    assert (ledger.is_alone, ledger.unconfirmed) == (True, 0)


def test_what_was_given_out_waits_until_it_is_heard_again(counter: Station) -> None:
    writer = counter.database.writer
    exchange.acknowledge(writer, 1, 1)
    spend(counter, "3.00")
    move(counter, 400, GIFT)
    move(counter, -1_000, DEBT)
    with counter.database.transaction("cara", counter.clock.now()) as transaction:
        transaction.record(AccountMoved(POINTS, "p", -64, "", MoveReason.SPENT, "t1", "d", worth=-320))
    assert queries.unconfirmed(writer, station(writer)) == 300 + 320, "debts have limits of their own"
    assert not queries.ledger(writer, station(writer), ()).is_alone
    head = journal.head(writer, station(writer).device, 1)
    exchange.note_came_back(writer, 1, head.number - 1)
    assert queries.unconfirmed(writer, station(writer)) == 320
    exchange.note_came_back(writer, 1, head.number)
    exchange.note_came_back(writer, 1, 2)
    assert queries.unconfirmed(writer, station(writer)) == 0
    assert exchange.came_back(writer, 1) == head.number


def test_what_another_station_gave_out_is_not_ones_own(counter: Station) -> None:
    writer = counter.database.writer
    exchange.acknowledge(writer, 1, 1)
    fact = AccountMoved(GIFT, "m", -900, "GBP", MoveReason.SPENT, "t2", "d")
    author = Author("another", 1, "cara", counter.clock.now())
    with writer.transaction():
        journal.append(writer, author, journal.head(writer, "another", 1), 1, fact)
    assert queries.unconfirmed(writer, station(writer)) == 0
