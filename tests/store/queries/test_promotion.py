"""The promotions that hold at a till: read when something changed, and not with every scan."""

from __future__ import annotations

from dataclasses import replace

import pytest

from omsdesk.domain.promotion import Benefit, Need, Promotion, Takes
from omsdesk.domain.promotion_book import SavePromotion
from omsdesk.domain.values import Stamp
from omsdesk.store.queries.promotion import offers
from tests.domain.corner_shop import NOON
from tests.store.station import Station

TENTH = Promotion("p1", "A tenth off", (Need(),), Benefit(Takes.PERCENT, 100_000))
MINUTE, HOUR = 60_000, 3_600_000
DAY = 24 * HOUR


def ids(till: Station, at: Stamp = NOON, store: str = "s1") -> list[str]:
    found = offers(till.database.writer, store, at)
    return [row.id for row in found.promotions] if found else []


def later(milliseconds: int) -> Stamp:
    return replace(NOON, utc_ms=NOON.utc_ms + milliseconds)


def test_a_shop_without_promotions_has_none(till: Station) -> None:
    assert offers(till.database.writer, "s1", NOON) is None


def test_who_asks_again_gets_the_same_and_who_asks_after_a_change_what_is_new(till: Station) -> None:
    till.do(SavePromotion(TENTH))
    found = offers(till.database.writer, "s1", NOON)
    assert found is offers(till.database.writer, "s1", NOON)
    assert found is offers(till.database.writer, "s1", later(5 * MINUTE)), "what is made of it is kept, too"
    till.do(SavePromotion(replace(TENTH, id="p2")))
    assert ids(till) == ["p1", "p2"]
    till.do(SavePromotion(replace(TENTH, is_active=False)))
    assert ids(till) == ["p2"]


def test_a_reader_sees_what_was_written(till: Station) -> None:
    reader = till.database.reader()
    try:
        till.do(SavePromotion(TENTH))
        for name in ("One", "Two"):
            till.do(SavePromotion(replace(TENTH, name=name)))
            found = offers(reader, "s1", NOON)
            assert found is not None
            assert [row.name for row in found.promotions] == [name]
    finally:
        reader.close()


@pytest.mark.parametrize(
    ("change", "holds", "ended"),
    [
        ({"to_time": "12:30"}, 0, 31 * MINUTE),
        ({"from_time": "12:30"}, 31 * MINUTE, 0),
        ({"valid_to": "2026-11-23"}, 0, DAY),
        ({"valid_from": "2026-11-24"}, DAY, 0),
        ({"valid_to": "2026-11-23", "from_time": "22:00", "to_time": "02:00"}, 13 * HOUR, 15 * HOUR),
        ({"valid_from": "2026-11-24", "weekdays": (2,)}, DAY, 2 * DAY),
    ],
)
def test_promotions_begin_and_end_without_anybodys_doing(
    till: Station, change: dict[str, object], holds: int, ended: int
) -> None:
    till.do(SavePromotion(replace(TENTH, **change)))  # type: ignore[arg-type]
    assert NOON.day == "2026-11-23"
    for _ in range(2):
        assert ids(till, later(holds)) == ["p1"]
        assert ids(till, later(ended)) == []


def test_each_store_has_its_own(till: Station) -> None:
    till.do(SavePromotion(replace(TENTH, stores=("s1",))), SavePromotion(replace(TENTH, id="p2", stores=("s2",))))
    assert (ids(till), ids(till, store="s2")) == (["p1"], ["p2"])


def test_nothing_is_read_where_nothing_changed(till: Station) -> None:
    till.do(SavePromotion(TENTH))
    offers(till.database.writer, "s1", NOON)
    asked: list[str] = []
    till.database.writer.raw.set_trace_callback(asked.append)
    offers(till.database.writer, "s1", NOON)
    till.database.writer.raw.set_trace_callback(None)
    assert len(asked) == 1
    assert "max(promotion.position)" in asked[0]
    (plan,) = till.database.writer.rows(f"EXPLAIN QUERY PLAN {asked[0]}")
    assert plan[3] == "SEARCH promotion USING COVERING INDEX promotion_position"


def test_a_till_takes_off_what_holds(till: Station) -> None:
    till.do(SavePromotion(TENTH))
    done = till.do(till.add("sale-1"))
    assert [fact.kind for fact in done.facts][-1] == "sale.repriced"
    sold = till.do(till.pay("sale-1"))
    assert str(sold.facts[0].tender.amount) == "2.88 GBP"  # type: ignore[attr-defined]
