"""Promotions over tills that hear of each other late: every station tells the same of every ticket."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from omsdesk.domain.cash import OpenShift
from omsdesk.domain.promotion import Benefit, Need, Promotion, Selection, Takes
from omsdesk.domain.promotion_book import SavePromotion, said_of_edit
from omsdesk.domain.sale_command import ChangeQuantity, CompleteSale, HoldSale, RecallSale, RemoveLine
from omsdesk.domain.values import Quantity
from omsdesk.store.queries.promotion import promotion
from omsdesk.store.queries.ticket import ticket
from omsdesk.store.queries.till import sale_state
from omsdesk.store.replay import rebuild
from tests.domain.corner_shop import gbp
from tests.stories.master_data import Office, picture, three_offices

COFFEE, TEA = Selection(products=("coffee",)), Selection(products=("tea",))
FREE, TENTH = Benefit(Takes.PERCENT, 1_000_000), Benefit(Takes.PERCENT, 100_000)
THREE_FOR_TWO = Promotion("3for2", "3 for 2", (Need(COFFEE, 2, is_reduced=False), Need(COFFEE)), FREE)
TEA_WEEK = Promotion("tea", "Tea week", (Need(TEA),), TENTH)


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[list[Office]]:
    """Two tills and a back office that know the same promotions."""
    made = three_offices(tmp_path)
    made[0].do(SavePromotion(THREE_FOR_TWO), SavePromotion(TEA_WEEK))
    hear_all(made, Random(1))
    for office, till in zip(made, ("t1", "t2"), strict=False):
        office.database.become_till(till)
        office.do(OpenShift(office.clock.new_id(), gbp("100.00")))
    yield made
    for office in made:
        office.close()


def hear_all(offices: list[Office], chance: Random) -> None:
    """Let everybody hear everything: what one station wrote comes in its order, between others as it happens."""
    chains = [office.letters() for office in offices]
    for office in offices:
        left = [list(chain) for chain in chains]
        while any(left):
            office.hear([chance.choice([chain for chain in left if chain]).pop(0)])


def ring(office: Office, sale: str, seed: int) -> None:
    """Ring something up, and change it."""
    chance = Random(seed)
    for _ in range(chance.randint(1, 3)):
        product, count = chance.choice(["coffee", "tea"]), Quantity.of(chance.randint(1, 4))
        office.do(office.add(sale, product, count))
    known = sale_state(office.database.writer, sale)
    assert known is not None
    line = chance.choice(known.lines).line
    office.do(ChangeQuantity(sale, line, Quantity.of(chance.randint(1, 7))))
    if len(known.lines) > 1 and chance.random() < 0.4:
        office.do(RemoveLine(sale, line))


def sums(office: Office, sale: str) -> list[tuple[str, int]]:
    known = sale_state(office.database.writer, sale)
    assert known is not None
    return [(row.line, row.amount("GBP").minor) for row in known.lines]


@pytest.mark.parametrize("seed", range(6))
def test_a_ticket_that_waits_costs_the_same_wherever_it_is_looked_at(offices: list[Office], seed: int) -> None:
    one, other, back = offices
    sale = one.clock.new_id()
    ring(one, sale, seed)
    one.do(HoldSale(sale, "Ann"))
    hear_all(offices, Random(seed))
    assert sums(one, sale) == sums(other, sale) == sums(back, sale)
    other.do(RecallSale(sale))
    ring(other, sale, seed + 100)
    other.do(other.pay(sale), CompleteSale(sale))
    hear_all(offices, Random(seed + 1))
    ended = [ticket(office.database.writer, sale) for office in offices]
    totals = {state.ended[0].total for state in ended if state is not None}
    assert len(totals) == 1
    rows = [office.database.writer.rows("SELECT id, number, total, till FROM sale ORDER BY id") for office in offices]
    assert rows[0] == rows[1] == rows[2]


def test_a_till_that_has_not_heard_of_a_change_sells_as_it_knows_and_all_tell_the_same(offices: list[Office]) -> None:
    one, other, _ = offices
    known = promotion(one.database.writer, "tea")
    assert known is not None
    half = replace(known[0], benefit=Benefit(Takes.PERCENT, 500_000))
    one.do(SavePromotion(half, said_of_edit(known[0], half), known[1]))
    here, there = one.clock.new_id(), other.clock.new_id()
    for office, sale in ((one, here), (other, there)):
        office.do(office.add(sale, "tea"))
    assert [sums(one, here)[0][1], sums(other, there)[0][1]] == [125, 225]
    for office, sale in ((one, here), (other, there)):
        office.do(office.pay(sale), CompleteSale(sale))
    hear_all(offices, Random(5))
    assert len({str(picture(office.database.writer)) for office in offices}) == 1
    rows = [office.database.writer.rows("SELECT id, total FROM sale ORDER BY id") for office in offices]
    assert rows[0] == rows[1] == rows[2]
    next_sale = other.clock.new_id()
    other.do(other.add(next_sale, "tea"))
    assert sums(other, next_sale)[0][1] == 125


def test_everything_can_be_made_again_from_the_journal(offices: list[Office]) -> None:
    one = offices[0]
    sale = one.clock.new_id()
    ring(one, sale, 3)
    one.do(one.pay(sale), CompleteSale(sale))
    tables = "sale", "promotion", "coupon", "coupon_use"
    before = [one.database.writer.rows(f"SELECT * FROM {table}") for table in tables]  # noqa: S608 - names of ours
    rebuild(one.database)
    assert [one.database.writer.rows(f"SELECT * FROM {table}") for table in tables] == before  # noqa: S608 - likewise
