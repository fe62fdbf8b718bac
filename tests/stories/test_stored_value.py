"""A gift card at two tills that do not always hear of each other: nothing is lost, and what is overspent is bounded."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from omsdesk.domain.approval import ApprovalNeeded
from omsdesk.domain.messages import Refusal
from omsdesk.domain.sale_command import CompleteSale, LoadAccount, TakeTender, VoidSale
from omsdesk.domain.shop import SaveTill
from omsdesk.domain.values import Money, Quantity
from omsdesk.store.queries import account as queries
from omsdesk.store.queries.till import sale_state
from omsdesk.store.replay import rebuild
from tests.domain.corner_shop import SHOP, TILL
from tests.domain.test_stored_value import BY_CARD, GIFT
from tests.store.station import Station
from tests.sync.stations import Cloud, Member

ALLOWANCE = SHOP.offline_value
CASHIER = "cara"


@pytest.fixture
def cloud(tmp_path: Path) -> Iterator[Cloud]:
    service = Cloud(tmp_path / "service.db")
    yield service
    service.close()


@pytest.fixture
def tills(tmp_path: Path, cloud: Cloud) -> Iterator[list[Member]]:
    """Three tills of one shop, which know each other."""
    first = Member(tmp_path / "till-1.db", 1)
    first.set_up()
    first.do(SaveTill(replace(TILL, id="t3", code="3", name="Till 3")))
    members = [first, Member(tmp_path / "till-2.db", 2), Member(tmp_path / "till-3.db", 3)]
    for member in members:
        cloud.let_in(member)
        cloud.turn(member)
    for place, member in enumerate(members, 1):
        member.stand_at(f"t{place}")
    yield members
    for member in members:
        member.close()


def load(till: Station, minor: int, *, is_new: bool = False) -> None:
    sale = till.clock.new_id()
    till.do(LoadAccount(sale, till.clock.new_id(), GIFT, Money(minor, "GBP"), is_new=is_new))
    till.do(till.pay(sale), CompleteSale(sale))


def spend(till: Station, minor: int, actor: str = CASHIER) -> Refusal | None:
    """Pay so much with the card; gives why not, and then nothing was sold."""
    sale = till.clock.new_id()
    till.do(till.add(sale, "coffee", Quantity.of(minor // 320 + 1)), actor=actor)
    pay = TakeTender(sale, till.clock.new_id(), BY_CARD, Money(minor, "GBP"), account=GIFT)
    outcome = till.outcome(pay, actor=actor)
    if isinstance(outcome, Refusal):
        till.do(VoidSale(sale), actor="sue")
        return outcome
    state = sale_state(till.database.writer, sale)
    rest = [till.pay(sale)] if state is not None and state.due else []
    till.do(*rest, CompleteSale(sale), actor=actor)
    return None


def balance(till: Station) -> int:
    found = queries.account(till.database.writer, GIFT)
    return found.balance if found else 0


def settle(cloud: Cloud, tills: list[Member]) -> None:
    for _ in range(2):
        for till in tills:
            cloud.turn(till)


def test_a_card_sold_at_one_till_is_spent_at_another(cloud: Cloud, tills: list[Member]) -> None:
    one, two, _ = tills
    load(one, 5_000, is_new=True)
    assert isinstance(spend(two, 2_000), Refusal), "it has not heard of the card yet"
    settle(cloud, tills)
    assert spend(two, 2_000) is None
    settle(cloud, tills)
    assert [balance(till) for till in tills] == [3_000] * 3
    assert queries.overspent(one.database.writer) == []


def test_two_tills_apart_overspend_what_both_may_and_it_is_shown(cloud: Cloud, tills: list[Member]) -> None:
    one, two, three = tills
    load(one, 11_000, is_new=True)
    settle(cloud, tills)
    for till in tills:
        assert spend(till, 9_000) is None
        refusal = spend(till, 1_500)
        assert isinstance(refusal, ApprovalNeeded), "no more than the allowance before the others hear of it"
        assert (refusal.right, refusal.size) == ("sale.offline_value", 10_500)
    settle(cloud, tills)
    assert [balance(till) for till in tills] == [11_000 - 27_000] * 3
    for till in tills:
        (found,) = queries.overspent(till.database.writer)
        assert sorted(row.till for row in found.movements if row.amount < 0) == ["t1", "t2", "t3"]
        assert {row.number for row in found.movements} == {"1A-000001", "1A-000002", "2A-000001", "3A-000001"}
    assert spend(two, 100) is not None, "now everybody knows"
    load(three, 20_000)
    settle(cloud, tills)
    assert queries.overspent_count(one.database.writer) == 0


def test_the_allowance_is_free_again_as_soon_as_the_till_heard_what_was_told_before(
    cloud: Cloud, tills: list[Member]
) -> None:
    one = tills[0]
    load(one, 50_000, is_new=True)
    for _ in range(3):
        assert spend(one, 10_000) is None
        assert isinstance(spend(one, 1), ApprovalNeeded)
        cloud.turn(one)
    assert balance(one) == 20_000


def test_told_is_not_heard(cloud: Cloud, tills: list[Member], monkeypatch: pytest.MonkeyPatch) -> None:
    """A till that reaches the service and hears nothing of the others gives out no more than one that is alone."""
    one, two, _ = tills
    load(one, 50_000, is_new=True)
    settle(cloud, tills)
    assert spend(one, 10_000) is None
    monkeypatch.setattr("omsdesk.sync.turn._Exchange.hear", lambda *_: 0)
    cloud.turn(one)
    assert isinstance(spend(one, 1), ApprovalNeeded)
    monkeypatch.undo()
    cloud.turn(one)
    assert spend(one, 10_000) is None
    assert spend(two, 10_000) is None


def test_a_supervisor_lets_more_pass_and_that_is_in_the_journal(cloud: Cloud, tills: list[Member]) -> None:
    one = tills[0]
    load(one, 50_000, is_new=True)
    settle(cloud, tills)
    assert spend(one, 30_000, actor="sue") is None


@pytest.mark.parametrize("seed", range(25))
def test_whatever_the_order_the_ledger_adds_up_and_the_overspend_is_bounded(
    cloud: Cloud, tills: list[Member], seed: int
) -> None:
    chance = random.Random(seed)
    load(tills[0], 30_000, is_new=True)
    loaded, spent = 30_000, 0
    settle(cloud, tills)
    cloud.network.loses = 0.2
    for _ in range(40):
        till, minor = chance.choice(tills), chance.randrange(1, 9_000)
        match chance.randrange(6):
            case 0 if chance.random() < 0.3:
                load(till, minor)
                loaded += minor
            case 0 | 1 | 2 | 3:
                spent += minor if spend(till, minor) is None else 0
            case _:
                cloud.try_turn(till)
        for one in tills:
            known = queries.statement(one.database.writer, GIFT)
            assert known.account.balance == sum(row.amount for row, _ in known.rows), "at each moment"
    cloud.network.loses = 0.0
    settle(cloud, tills)
    assert {balance(till) for till in tills} == {loaded - spent}
    assert spent - loaded <= len(tills) * ALLOWANCE
    assert bool(queries.overspent(tills[0].database.writer)) is (spent > loaded)
    rebuild(tills[1].database)
    assert balance(tills[1]) == loaded - spent
