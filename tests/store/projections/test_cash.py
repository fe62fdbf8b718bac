"""Shifts and cash as rows."""

from __future__ import annotations

from omsdesk.domain.cash import CloseShift, Counted, MoveCash, OpenDrawer, OpenShift, z_series
from omsdesk.domain.drawer import NoteDrawer
from tests.domain.corner_shop import CARD, gbp
from tests.store.projections.conftest import Rows
from tests.store.station import Station


def test_an_open_shift_is_known_by_its_till(till: Station, rows: Rows) -> None:
    found = rows("SELECT id, till, opened_by, float_counted, currency, closed_ms, z_number FROM shift")
    assert found == [("shift-1", "t1", "system", 10_000, "GBP", None, None)]


def test_a_closed_shift_has_a_number_and_the_next_one_the_next(till: Station, rows: Rows) -> None:
    till.do(CloseShift("shift-1", (Counted("cash", gbp("99.00")),)))
    closed = till.clock.moment.utc_ms
    till.do(OpenShift("shift-2", gbp("0")), CloseShift("shift-2", ()))
    assert rows("SELECT id, z_number FROM shift ORDER BY id") == [("shift-1", 1), ("shift-2", 2)]
    assert rows("SELECT closed_ms FROM shift WHERE id = 'shift-1'") == [(closed,)]
    assert rows("SELECT last FROM counter WHERE series = 'Z 1A'") == [(2,)]


def test_z_reports_of_a_restored_till_begin_a_series_of_their_own(till: Station, rows: Rows) -> None:
    till.do(CloseShift("shift-1", ()))
    till.database.raise_epoch()
    (closed,) = till.do(OpenShift("shift-2", gbp("0")), CloseShift("shift-2", ())).facts[2:3]
    assert getattr(closed, "name", "") == "1B-1"
    assert rows("SELECT series, last FROM counter ORDER BY series") == [("Z 1A", 1), ("Z 1B", 1)]
    assert z_series("1B") == "Z 1B"


def test_every_movement_of_cash_is_a_row_with_its_reason(till: Station, rows: Rows) -> None:
    till.sell("sale-1")
    till.sell("sale-2", method=CARD)
    till.do(MoveCash("shift-1", "m1", gbp("-20.00"), "window cleaner"))
    at = till.clock.moment.utc_ms
    assert rows("SELECT id, amount, reason, note FROM cash_movement ORDER BY utc_ms") == [
        ("shift-1:float", 10_000, "float", ""),
        ("sale-1:cash", 320, "sale", "1A-000001"),
        ("m1", -2000, "pay_out", "window cleaner"),
    ]
    assert rows("SELECT utc_ms FROM cash_movement WHERE id = 'm1'") == [(at,)]


def test_the_movements_of_a_shift_are_the_cash_in_its_drawer(till: Station, rows: Rows) -> None:
    for number in range(4):
        till.sell(f"sale-{number}", "tea", "coffee")
    till.do(MoveCash("shift-1", "m1", gbp("5.00"), "change"))
    assert rows("SELECT sum(amount) FROM cash_movement WHERE shift = 'shift-1'") == [(10_000 + 4 * 570 + 500,)]


def test_the_same_movement_handed_in_twice_is_one(till: Station, rows: Rows) -> None:
    command = MoveCash("shift-1", "m1", gbp("5.00"), "change")
    till.do(command)
    assert till.do(command).facts == ()
    assert rows("SELECT count(*) FROM cash_movement WHERE id = 'm1'") == [(1,)]


def test_openings_of_the_drawer_are_counted_and_say_who_and_why(till: Station, rows: Rows) -> None:
    for opening in ("o1", "o2", "o2"):
        till.do(OpenDrawer("shift-1", opening, "change"), actor="sue")
    assert rows("SELECT count FROM shift_sum WHERE measure = 'no_sales'") == [(2,)]
    assert rows("SELECT id, till, shift, person, reason FROM drawer_opening") == [
        ("o1", "t1", "shift-1", "sue", "change"),
        ("o2", "t1", "shift-1", "sue", "change"),
    ]


def test_a_drawer_that_was_found_open_is_a_row_with_when_and_who(till: Station, rows: Rows) -> None:
    till.do(NoteDrawer("o1", "t1", "ben"))
    at = till.clock.moment.utc_ms
    till.do(NoteDrawer("o1", "t1", "ben"))
    till.do(NoteDrawer("o2", "t9"))
    assert rows("SELECT * FROM drawer_found_open WHERE id = 'o1'") == [("o1", "t1", at, "shift-1", "ben")]
    assert rows("SELECT shift, person FROM drawer_found_open WHERE id = 'o2'") == [("", "")]
