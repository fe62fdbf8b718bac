"""Cards and accounts at the till: found by what is scanned, paid in, spent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from omsdesk.domain.account import AccountBlocked, AccountKind, AccountMoved, AccountOpened, account_id
from omsdesk.domain.approval import ApprovalGiven
from omsdesk.domain.sale import SaleCompleted, TenderTaken
from omsdesk.ui.till.cards.cards import CardShown
from omsdesk.ui.till.checkout import CardWanted
from tests.ui.till.bench import Bench, euros
from tests.ui.till.card_shop import (
    A_CUSTOMER,
    ANNA,
    BY_CARD,
    BY_POINTS,
    GIFT,
    LATER,
    NUMBER,
    OPEN_FOR_CARDS,
    balance,
    heard,
)
from tests.ui.till.shop import code_of, set_up


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(set_up(tmp_path))
    made.do(OPEN_FOR_CARDS, *A_CUSTOMER)
    made.counter.refresh()
    yield made
    made.close()


def test_a_new_card_is_sold_with_a_number_of_its_own(bench: Bench) -> None:
    cards = bench.state.cards
    account = cards.new_account()
    cards.load(account, euros("50.00"), is_new=True)
    assert bench.session.sale is not None
    assert bench.session.sale.total == euros("50.00")
    bench.checkout.pay_exactly()
    (opened,), (moved,) = bench.facts(AccountOpened), bench.facts(AccountMoved)
    assert opened.id == moved.id == account
    assert balance(bench.database, account) == 5_000
    assert account != cards.new_account()


def test_a_scanned_card_is_shown_and_one_of_ours_that_nobody_knows_is_said(bench: Bench) -> None:
    bench.session.intake.scanned(NUMBER)
    assert "not known here" in bench.said
    assert NUMBER not in bench.said
    heard(bench.database, GIFT, 5_000)
    bench.session.intake.scanned(NUMBER)
    assert bench.session.intake.demand == CardShown(GIFT)
    bench.session.intake.scanned(code_of("guji"))
    assert not bench.session.lines
    bench.state.cards.seen()
    assert len(bench.session.lines) == 1, "what was scanned meanwhile comes in"


def test_a_card_that_somebody_else_printed_is_left_to_others_while_it_is_unknown(bench: Bench) -> None:
    bench.session.intake.scanned("GIFT2026000417")
    assert bench.session.intake.demand is None
    assert "Nobody knows" in bench.said
    heard(bench.database, account_id(AccountKind.GIFT_CARD, "GIFT2026000417"), 700)
    bench.session.intake.scanned("gift2026000417")
    assert isinstance(bench.session.intake.demand, CardShown)


def test_a_card_scanned_while_paying_pays_what_is_on_it(bench: Bench) -> None:
    heard(bench.database, GIFT, 1_000)
    bench.session.intake.scanned(code_of("guji"))
    bench.checkout.open()
    bench.session.intake.scanned(NUMBER)
    assert bench.checkout.due == euros("2.90")
    assert bench.session.sale is not None
    assert bench.session.sale.tenders[0].account == GIFT
    bench.session.intake.scanned(NUMBER)
    assert "only" in bench.said or "Nothing is left" in bench.said
    bench.checkout.pay_exactly()
    assert balance(bench.database) == 0


def test_the_method_asks_for_a_card(bench: Bench) -> None:
    heard(bench.database, GIFT, 5_000)
    bench.session.intake.scanned(code_of("guji"))
    bench.checkout.open()
    bench.checkout.pay(BY_CARD, euros("5.00"))
    wanted = bench.state.cards.wanted()
    assert wanted == CardWanted(BY_CARD, euros("5.00"))
    bench.state.cards.seen()
    assert bench.state.cards.wanted() is None
    bench.state.cards.pay_with(GIFT, BY_CARD, euros("5.00"))
    assert bench.checkout.due == euros("7.90")
    bench.state.cards.pay_with(GIFT)
    (done,) = bench.facts(SaleCompleted)
    assert [tender.amount for tender in done.tenders] == [euros("5.00"), euros("7.90")]
    assert balance(bench.database) == 5_000 - 1_290


def test_a_customer_pays_later_and_then_pays_the_debt(bench: Bench) -> None:
    bench.session.intake.scanned(code_of("guji"))
    bench.checkout.open()
    bench.checkout.pay(LATER)
    assert "F4" in bench.said
    bench.checkout.close()
    bench.state.customers.attach(ANNA.id)
    bench.checkout.open()
    bench.checkout.pay(LATER)
    debt = account_id(AccountKind.CREDIT, ANNA.id)
    assert balance(bench.database, debt) == -1_290
    bench.session.intake.scanned(code_of("bag"))
    bench.state.customers.attach(ANNA.id)
    (owing,) = bench.state.cards.of_customer()
    assert (owing.id, owing.balance) == (debt, -1_290)
    bench.state.cards.load(debt, euros("12.90"), is_new=False)
    bench.checkout.pay_exactly()
    assert balance(bench.database, debt) == 0
    assert bench.facts(SaleCompleted)[-1].turnover == euros("0.20")


def test_who_may_let_a_customer_owe_more_than_their_limit_is_told_and_says_yes(bench: Bench) -> None:
    for _ in range(3):
        bench.session.intake.scanned(code_of("guji"))
    bench.state.customers.attach(ANNA.id)
    bench.checkout.open()
    bench.checkout.pay(LATER)
    desk = bench.state.approvals
    assert desk.sentence == "You are about to let this customer owe more than their limit: €38.70."
    desk.give_up()
    assert (bench.facts(TenderTaken), bench.said) == ([], "Nothing was changed.")
    bench.checkout.pay(LATER)
    desk.mean_it()
    assert balance(bench.database, account_id(AccountKind.CREDIT, ANNA.id)) == -3_870
    (given,) = bench.facts(ApprovalGiven)
    assert (given.grant.right, given.grant.most, given.asker) == ("sale.credit", 3_870, given.grant.approver)


def test_points_pay_what_they_are_worth(bench: Bench) -> None:
    heard(bench.database, account_id(AccountKind.POINTS, ANNA.id), 100, "")
    bench.session.intake.scanned(code_of("guji"))
    bench.state.customers.attach(ANNA.id)
    bench.checkout.open()
    bench.checkout.pay(BY_POINTS)
    assert bench.checkout.due == euros("7.90")
    bench.checkout.pay_exactly()
    assert balance(bench.database, account_id(AccountKind.POINTS, ANNA.id)) == 0


def test_a_lost_card_is_blocked_and_freed(bench: Bench) -> None:
    heard(bench.database, GIFT, 5_000)
    cards, done = bench.state.cards, list[str]()
    cards.block(cards.account(GIFT), is_blocked=True, then=lambda: done.append("blocked"))
    assert "blocked" in bench.said
    assert cards.account(GIFT).is_blocked
    assert not cards.can_pay_with(cards.account(GIFT))
    cards.block(cards.account(GIFT), is_blocked=False, then=lambda: done.append("free"))
    assert done == ["blocked", "free"]
    assert len(bench.facts(AccountBlocked)) == 2


def test_a_shop_without_gift_cards_says_so(bench: Bench, tmp_path: Path) -> None:
    heard(bench.database, GIFT, 5_000)
    bench.counter.shop = type(bench.counter.shop)("s1", "Kontor", "EUR")
    bench.session.intake.scanned(code_of("guji"))
    bench.state.cards.pay_with(GIFT)
    assert "takes no gift cards" in bench.said


def test_a_voided_card_is_rung_again_as_a_card(bench: Bench) -> None:
    cards = bench.state.cards
    account = cards.new_account()
    cards.load(account, euros("50.00"), is_new=True)
    bench.session.intake.scanned(code_of("guji"))
    bench.session.void()
    bench.session.take_back()
    assert [row.loads for row in bench.session.lines] == [account, ""]
    bench.checkout.pay_exactly()
    assert balance(bench.database, account) == 5_000


def test_money_goes_back_onto_the_customers_credit_or_a_new_note(bench: Bench) -> None:
    bench.session.intake.scanned(code_of("guji"))
    assert bench.state.cards.credit_account().startswith("store_credit:")
    assert bench.state.cards.credit_account() != bench.state.cards.credit_account()
    bench.state.customers.attach(ANNA.id)
    assert bench.state.cards.credit_account() == account_id(AccountKind.STORE_CREDIT, ANNA.id)
