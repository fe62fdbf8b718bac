"""The manager's list: what was agreed to in a time, for whom, and where PINs were wrong too often."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from omsdesk.domain.approval import Approve, Grant
from omsdesk.domain.attempts import ShutOut
from omsdesk.domain.cash import MoveCash, OpenDrawer
from omsdesk.domain.drawer import NoteDrawer
from omsdesk.domain.receipt_policy import Paper
from omsdesk.domain.sale_command import CompleteSale, RemoveLine, RestoreLine, TakeVoidBack, VoidSale
from omsdesk.store.queries.approvals import Share, before, found_open, given, given_up, opened, refused, shares
from omsdesk.store.queries.till import sale_state
from tests.domain.corner_shop import gbp
from tests.store.station import Station

EVER = 2**62


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Station]:
    """A till where three things were agreed to, and a PIN was wrong too often."""
    made = Station(tmp_path / "shop.db")
    made.open_shift()
    made.sell("sale-1")
    agree(made, "g1", "cara", "sale-1")
    agree(made, "g2", "cara", "sale-2")
    agree(made, "g3", "clem")
    made.do(ShutOut("a1", "sue", "t1", 3, "sale.discount"), actor="cara")
    made.do(ShutOut("a2", "max", "t1", 3))
    yield made
    made.close()


def agree(till: Station, grant: str, asker: str, sale: str = "") -> None:
    now = till.clock.moment
    until = None if sale else replace(now, utc_ms=now.utc_ms + 900_000)
    till.do(Approve(Grant(grant, "sale.void", "max", 5, sale, until), "t1", asker, "why"), actor="max")


def test_the_newest_comes_first_with_the_receipt_of_its_ticket(till: Station) -> None:
    rows = given(till.database.writer, 0, EVER)
    assert [row.id for row in rows] == ["g3", "g2", "g1"]
    assert [row.number for row in rows] == ["", "", "1A-000001"], "sale-2 was never finished"
    assert (rows[2].asker, rows[2].approver, rows[2].reason, rows[2].most) == ("cara", "max", "why", 5)


def test_one_persons_and_one_times_can_be_listed(till: Station) -> None:
    assert [row.id for row in given(till.database.writer, 0, EVER, "cara")] == ["g2", "g1"]
    middle = given(till.database.writer, 0, EVER)[1].at_ms
    assert [row.id for row in given(till.database.writer, middle, EVER)] == ["g3", "g2"]
    assert [row.id for row in given(till.database.writer, 0, middle)] == ["g1"]


def test_what_was_refused_is_listed_with_who_stood_there(till: Station) -> None:
    rows = refused(till.database.writer, 0, EVER)
    assert [(row.person, row.asker, row.right, row.wrong) for row in rows] == [
        ("max", "", "", 3),
        ("sue", "cara", "sale.discount", 3),
    ]
    assert [row.id for row in refused(till.database.writer, 0, EVER, "cara")] == ["a1"]


def test_a_drawer_that_was_found_open_is_listed_with_what_came_before(till: Station) -> None:
    till.do(NoteDrawer("o1", "t1", "cara"))
    till.do(MoveCash("shift-1", "m1", gbp("-5.00"), "window cleaner"))
    till.do(NoteDrawer("o2", "t1"))
    till.do(NoteDrawer("o3", "t9"))
    connection = till.database.writer
    rows = found_open(connection, 0, EVER)
    assert [(row.id, row.person, row.shift) for row in rows] == [
        ("o3", "", ""),
        ("o2", "", "shift-1"),
        ("o1", "cara", "shift-1"),
    ]
    other, moved, sold = (before(connection, row) for row in rows)
    assert other is None
    assert moved is not None
    assert (moved.note, moved.number) == ("window cleaner", "")
    assert sold is not None
    assert (sold.number, sold.note) == ("1A-000001", "")
    assert sold.at_ms <= rows[2].at_ms
    assert [row.id for row in found_open(connection, 0, EVER, "cara")] == ["o1"]
    assert [row.id for row in found_open(connection, rows[1].at_ms, EVER)] == ["o3", "o2"]
    assert shares(connection, 0, EVER)[0] == Share("cara", given=2, refused=1, found_open=1)


def test_each_is_counted_who_asked_most_first(till: Station) -> None:
    assert shares(till.database.writer, 0, EVER) == [
        Share("cara", given=2, refused=1),
        Share("clem", given=1),
        Share("", refused=1),
    ]
    assert shares(till.database.writer, EVER - 1, EVER) == []


def test_what_was_given_up_is_listed_with_lines_of_a_ticket_together(till: Station) -> None:
    till.do(*(till.add("sale-3", product, line=product) for product in ("coffee", "tea", "apples")), actor="cara")
    till.do(RemoveLine("sale-3", "tea"), actor="cara")
    till.do(RemoveLine("sale-3", "coffee"), actor="cara")
    ticket = sale_state(till.database.writer, "sale-3")
    assert ticket is not None
    till.do(RemoveLine("sale-3", "apples"), RestoreLine("sale-3", ticket.lines[0], 0), actor="cara")
    assert given_up(till.database.writer, 0, EVER) == [], "until it is paid it may be put back"
    till.do(till.pay("sale-3"), CompleteSale("sale-3", Paper.NONE), actor="cara")
    till.do(till.add("sale-4"), VoidSale("sale-4", "left"), actor="sue")
    till.do(till.add("sale-5"), VoidSale("sale-5"), actor="cara")
    till.do(TakeVoidBack("sale-5"), actor="cara")
    connection = till.database.writer
    void, lines = given_up(connection, 0, EVER)
    assert (void.is_ticket, void.person, void.amount, void.reason, void.number) == (1, "sue", gbp("3.20"), "left", "")
    assert (lines.is_ticket, lines.person, lines.amount, lines.number) == (0, "cara", gbp("5.70"), "1A-000002")
    assert lines.names == ("Coffee", "Tea, green")
    assert void.at_ms > lines.at_ms
    assert [row.sale for row in given_up(connection, 0, EVER, "cara")] == ["sale-3"]
    assert given_up(connection, void.at_ms + 1, EVER) == []
    counted = {share.asker: (share.tickets, share.lines) for share in shares(connection, 0, EVER)}
    assert counted == {"cara": (0, 2), "clem": (0, 0), "": (0, 0), "sue": (1, 0)}


def test_a_drawer_that_was_opened_without_a_sale_says_who_and_why(till: Station) -> None:
    till.do(OpenDrawer("shift-1", "o1", "change"), actor="sue")
    till.do(OpenDrawer("shift-1", "o2", "coins"), actor="max")
    connection = till.database.writer
    assert [(row.id, row.person, row.reason) for row in opened(connection, 0, EVER)] == [
        ("o2", "max", "coins"),
        ("o1", "sue", "change"),
    ]
    assert [row.id for row in opened(connection, 0, EVER, "sue")] == ["o1"]
    assert {share.asker: share.opened for share in shares(connection, 0, EVER)}["max"] == 1
