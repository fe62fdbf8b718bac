"""Two stores sell, and the head office sees both: through a real service, over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from omsdesk.domain.period import Span
from omsdesk.domain.values import Stamp
from omsdesk.store.queries import stores as ask
from omsdesk.store.queries.stores import StoreFigures, Takings
from tests.domain.corner_shop import NOON, gbp
from tests.stories.business import Branch, Business

DAY_MS = 86_400_000
MIDNIGHT = NOON.utc_ms // DAY_MS * DAY_MS


def at(hour: int, days: int = 0) -> Stamp:
    """An hour of today, or so many days before."""
    return Stamp(MIDNIGHT - days * DAY_MS + hour * 3_600_000)


def figures(branch: Branch, back: int = 0) -> dict[str, StoreFigures]:
    found = ask.stores(branch.database.writer, Span.DAY, back, at(15))
    return {row.shop.id: row for row in found}


@pytest.fixture
def business(tmp_path: Path) -> Iterator[Business]:
    made = Business(tmp_path, at(7, days=1))
    yield made
    made.close()


def test_the_head_office_sees_what_both_stores_did(business: Business) -> None:
    corner, harbour, office = business.corner, business.harbour, business.office
    corner.open_till("t1", at(8, days=1))
    corner.sell_at(at(9, days=1), ["tea"])
    corner.close_till(at(18, days=1), difference=-230)
    corner.open_till("t1", at(8))
    corner.sell_at(at(9), ["coffee", "tea"])
    corner.sell_at(at(10), ["tea"])
    harbour.open_till("h1", at(9))
    harbour.sell_at(at(11), ["coffee"])
    for branch in (corner, harbour, office):
        branch.turn()
    today = figures(office)
    assert today["s1"].takings == (Takings(gbp("8.20"), 2, 3),)
    assert today["s1"].before == (Takings(gbp("2.50"), 1, 1),)
    assert today["s2"].takings == (Takings(gbp("3.20"), 1, 1),)
    assert [till.by for till in today["s1"].tills] == ["Cara Cashier"]
    (drawers,) = figures(office, back=1)["s1"].drawers
    assert (drawers.short, drawers.off) == (gbp("2.30"), 1)
    detail = ask.store(office.database.writer, "s1", Span.DAY, 0, at(15))
    assert detail is not None
    assert [(row.name, row.amount) for row in detail.best] == [("Tea, green", gbp("5.00")), ("Coffee", gbp("3.20"))]


def test_a_store_holds_its_own_sales_alone(business: Business) -> None:
    business.corner.open_till("t1", at(8))
    business.corner.sell_at(at(9), ["coffee"])
    business.corner.turn()
    business.harbour.turn()
    assert [row.shop.name for row in figures(business.harbour).values()] == ["Corner Shop", "Harbour Shop"]
    assert figures(business.harbour)["s1"].takings == ()
    assert figures(business.corner)["s1"].takings == (Takings(gbp("3.20"), 1, 1),)


def test_what_the_head_office_heard_it_knows_without_a_network(business: Business) -> None:
    business.corner.open_till("t1", at(8))
    business.corner.sell_at(at(9), ["coffee"])
    business.corner.turn()
    business.office.turn()
    business.corner.sell_at(at(10), ["coffee"])
    business.corner.turn()
    row = figures(business.office)["s1"]
    assert [taken.tickets for taken in row.takings] == [1], "the second sale was not heard yet"
    assert row.last_sale is not None
    assert row.last_sale.local.hour == 9
    business.office.turn()
    assert [taken.tickets for taken in figures(business.office)["s1"].takings] == [2]
