"""Receipts are found by what somebody remembers: day, amount, article, the last digits of the card."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from omsdesk.domain.receipt_policy import Paper
from omsdesk.domain.sale_command import CompleteSale
from omsdesk.store.queries import receipts as ask
from omsdesk.store.queries.receipts import Wanted
from omsdesk.store.sql import Statements
from tests.domain.corner_shop import CARD, gbp
from tests.store.station import Station

DAY_MS = 24 * 60 * 60 * 1000


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Station]:
    """On three days a coffee, a tea by card 4711, and both together."""
    made = Station(tmp_path / "shop.db")
    made.open_shift()
    for day, products in enumerate((("coffee",), ("tea",), ("coffee", "tea"))):
        if day:
            made.clock.moment = replace(made.clock.moment, utc_ms=made.clock.moment.utc_ms + DAY_MS)
        sale = made.clock.new_id()
        made.do(*(made.add(sale, product) for product in products))
        pay = made.pay(sale, method=CARD)
        made.do(replace(pay, reference=" 4711 " if day == 1 else ""), CompleteSale(sale, Paper.NONE))
    yield made
    made.close()


def found(till: Station, wanted: Wanted, most: int = 50) -> list[str]:
    return [row.number[-1] for row in ask.remembered(till.database.writer, ["t1"], wanted, most)]


def test_the_newest_come_first(till: Station) -> None:
    assert found(till, Wanted()) == ["3", "2", "1"]
    assert found(till, Wanted(), most=2) == ["3", "2"]
    assert ask.remembered(till.database.writer, ["t2"], Wanted()) == []


def test_by_what_it_came_to(till: Station) -> None:
    assert found(till, Wanted(total=gbp("5.70").minor)) == ["3"]
    assert found(till, Wanted(total=gbp("3.20").minor, product="tea")) == []
    assert found(till, Wanted(total=gbp("2.50").minor, product="tea", reference="4711")) == ["2"]


def test_where_cash_is_rounded_what_was_paid_finds_it(till: Station) -> None:
    assert found(till, Wanted(total=318)) == []
    assert found(till, Wanted(total=318, near=2)) == ["1"]
    assert found(till, Wanted(total=318, near=1)) == []


def test_by_an_article_on_it(till: Station) -> None:
    assert found(till, Wanted(product="tea")) == ["3", "2"]
    assert found(till, Wanted(product="apples")) == []


def test_by_the_card_it_was_paid_with(till: Station) -> None:
    assert found(till, Wanted(reference="4711")) == ["2"]
    assert found(till, Wanted(reference="4711", product="coffee")) == []
    assert found(till, Wanted(reference="4712")) == []


def test_by_the_time_with_and_without_anything_else(till: Station) -> None:
    last = till.clock.moment.utc_ms
    today = Wanted(first_ms=last - DAY_MS // 2)
    assert found(till, today) == ["3"]
    assert found(till, replace(today, product="tea")) == ["3"]
    assert found(till, replace(today, reference="4711")) == []
    assert found(till, Wanted(last_ms=last - DAY_MS // 2, total=gbp("3.20").minor)) == ["1"]


def test_nothing_remembered_is_nothing_wanted() -> None:
    assert not Wanted().is_anything
    assert Wanted(total=0).is_anything


@pytest.mark.parametrize(
    ("name", "index"),
    [
        ("BY_TOTAL", "sale_total"),
        ("BY_CARD", "sale_tender_reference"),
        ("BY_CUSTOMER", "sale_customer"),
        ("BY_PRODUCT", "stock_move_sold"),
        ("BY_TIME", "sale_completed"),
        ("LOWEST_PRICE", "stock_move_sold"),
    ],
)
def test_a_million_receipts_are_not_walked(till: Station, name: str, index: str) -> None:
    named = dict.fromkeys(
        ("low", "high", "product", "reference", "first_ms", "last_ms", "most", "till", "currency", "customer"), 0
    )
    plan = till.database.writer.rows(f"EXPLAIN QUERY PLAN {getattr(Statements('receipts'), name)}", **named)
    words = [row[3] for row in plan]
    assert any(f"INDEX {index} " in word for word in words), words
    assert not any(word.startswith("SCAN") for word in words), words
