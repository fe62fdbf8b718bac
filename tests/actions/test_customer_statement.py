"""The statement of a customer from what a real database knows."""

from __future__ import annotations

import pytest

from omsdesk.actions.customer_statement import statement_of
from omsdesk.actions.paper import NoDocument
from omsdesk.domain.account import AccountKind, AccountMoved, MoveReason, account_id
from omsdesk.domain.customer import Customer, SaveCustomer
from omsdesk.domain.period import Period
from omsdesk.domain.values import Stamp
from tests.domain.corner_shop import NOON, gbp
from tests.store.station import Station

DAY = 86_400_000
CREDIT, POINTS = (account_id(kind, "anna") for kind in (AccountKind.CREDIT, AccountKind.POINTS))
YEAR = Period("2026-11-01", "2026-11-30")


def move(till: Station, account: str, amount: int, days: int, reason: MoveReason = MoveReason.SPENT) -> None:
    moment = Stamp(NOON.utc_ms + days * DAY, NOON.offset_minutes)
    currency = "" if account == POINTS else "GBP"
    with till.database.transaction("system", moment) as transaction:
        transaction.record(
            AccountMoved(account, till.clock.new_id(), amount, currency, reason, "t1", "d", f"1A-{days + 900:06d}")
        )


@pytest.fixture
def shop(till: Station) -> Station:
    till.do(SaveCustomer(Customer("anna", "Anna Smith", address=("1 High Street", "York"))))
    return till


def test_what_they_owe_is_above_zero_and_adds_up(shop: Station) -> None:
    move(shop, CREDIT, -2_000, -60)
    move(shop, CREDIT, 500, -1, MoveReason.LOADED)
    move(shop, CREDIT, -1_250, 0)
    move(shop, CREDIT, -9_999, 40)
    made = statement_of(shop.database.writer, "anna", YEAR, NOON)
    assert made.customer == ("Anna Smith", "1 High Street", "York")
    (part,) = made.parts
    assert (part.name, part.opening, part.closing) == ("To pay", gbp("20.00"), gbp("27.50"))
    assert [(row.words, row.amount, row.left) for row in part.rows] == [
        ("Paid in, receipt 1A-000899", gbp("-5.00"), gbp("15.00")),
        ("Bought, receipt 1A-000900", gbp("12.50"), gbp("27.50")),
    ]


def test_points_are_counted_as_they_are(shop: Station) -> None:
    move(shop, POINTS, 40, -1, MoveReason.EARNED)
    move(shop, POINTS, -15, 0, MoveReason.UNEARNED)
    (part,) = statement_of(shop.database.writer, "anna", YEAR, NOON).parts
    assert (part.name, part.opening, part.closing) == ("Points", 0, 25)
    assert [row.words.partition(",")[0] for row in part.rows] == ["Earned", "Goods came back"]


def test_where_nothing_ever_moved_there_is_no_part(shop: Station) -> None:
    assert statement_of(shop.database.writer, "anna", YEAR, NOON).parts == ()


def test_nobody_has_no_statement(shop: Station) -> None:
    with pytest.raises(NoDocument, match="not in the database"):
        statement_of(shop.database.writer, "ghost", YEAR, NOON)
