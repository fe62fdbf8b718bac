"""Tickets as rows: a head from the first line on, and the whole document once it is completed."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

from omsdesk.domain.cash import CloseShift, OpenShift
from omsdesk.domain.receipt_policy import Paper
from omsdesk.domain.returns import ReturnGoods
from omsdesk.domain.sale import LineRemoved, SaleCompleted
from omsdesk.domain.sale_command import (
    CompleteSale,
    HoldSale,
    RecallSale,
    RemoveLine,
    RestoreLine,
    VoidSale,
)
from omsdesk.domain.shop import SaveTill
from omsdesk.domain.tender import TenderKind, TenderMethod
from omsdesk.domain.values import ONE, Quantity
from omsdesk.store.journal import Entry
from omsdesk.store.projections.all_nouns import project
from omsdesk.store.queries.till import sale_state
from tests.domain.corner_shop import CARD, NOON, TILL, gbp
from tests.store.projections.conftest import Rows
from tests.store.station import Station

HEAD = "SELECT till, shift, held_as, item_count, total, number, completed_ms, is_voided, is_training FROM sale"


def test_from_the_first_line_on_a_ticket_is_known_to_be_open(till: Station, rows: Rows) -> None:
    till.do(till.add("sale-1"), actor="cara")
    assert rows(HEAD) == [("t1", "shift-1", None, 0, 0, None, None, 0, 0)]
    assert rows("SELECT cashier, currency, started_ms FROM sale") == [("cara", "GBP", till.clock.moment.utc_ms)]


def test_a_ticket_that_waits_shows_its_name_and_what_it_comes_to(till: Station, rows: Rows) -> None:
    till.do(till.add("sale-1", quantity=Quantity.of(2)), HoldSale("sale-1", "Ann"))
    assert rows(HEAD)[0][2:5] == ("Ann", 2, 640)
    till.database.become_till("t2")
    till.do(RecallSale("sale-1"))
    assert rows(HEAD)[0][:3] == ("t2", "shift-1", None)


def test_a_voided_ticket_has_no_number_and_is_not_open(till: Station, rows: Rows) -> None:
    till.do(till.add("sale-1"), HoldSale("sale-1", "Ann"), VoidSale("sale-1"))
    assert rows(HEAD) == [("t1", "shift-1", None, 0, 320, None, None, 1, 0)]


def test_a_completed_ticket_is_written_with_lines_payments_and_taxes(till: Station, rows: Rows) -> None:
    till.do(till.add("sale-1", quantity=Quantity.of(2)), till.add("sale-1", "apples", Quantity.of("0.5")))
    till.do(till.pay("sale-1", gbp("5.00"), CARD))
    till.do(till.pay("sale-1", gbp("20.00")), CompleteSale("sale-1"), actor="cara")
    at = till.clock.moment
    assert rows(HEAD) == [("t1", "shift-1", None, 3, 790, "1A-000001", at.utc_ms, 0, 0)]
    assert rows("SELECT day, cashier FROM sale") == [(at.day, "cara")]
    assert rows("SELECT position, product, name, quantity, unit_price, amount FROM sale_line") == [
        (1, "coffee", "Coffee", 2_000_000, 320, 640),
        (2, "apples", "Apples", 500_000, 299, 150),
    ]
    assert rows("SELECT position, method, kind, amount, given, change, rounding FROM sale_tender") == [
        (1, "card", "card", 500, 500, 0, 0),
        (2, "cash", "cash", 290, 2000, 1710, 0),
    ]
    assert rows("SELECT position, code, rate_ppm, net, amount FROM sale_tax") == [(1, "S", 200_000, 533, 107)]


def test_the_rows_of_a_ticket_add_up_to_its_total(till: Station, rows: Rows) -> None:
    cash = TenderMethod("cash", "Cash", TenderKind.CASH, rounding_step=5)
    till.sell("sale-1", "coffee", "tea", "apples", method=cash)
    ((total,),) = rows("SELECT total FROM sale")
    assert rows("SELECT sum(amount) FROM sale_line") == rows("SELECT sum(amount) FROM sale_tender") == [(total,)]
    assert rows("SELECT given - change - amount - rounding FROM sale_tender") == [(0,)]


def test_a_ticket_belongs_to_the_shift_and_the_till_that_completed_it(till: Station, rows: Rows) -> None:
    till.do(till.add("sale-1"), HoldSale("sale-1", "Ann"))
    till.do(CloseShift("shift-1", ()), OpenShift("shift-2", gbp("0")))
    till.do(RecallSale("sale-1"))
    till.do(till.pay("sale-1"), CompleteSale("sale-1", Paper.NONE))
    assert rows(HEAD)[0][:2] == ("t1", "shift-2")
    assert rows("SELECT shift, amount FROM shift_sum WHERE measure = 'sales'") == [("shift-2", 320)]


def test_numbers_count_up_in_their_series(till: Station, rows: Rows) -> None:
    for number in range(3):
        till.sell(f"sale-{number}")
    till.database.raise_epoch()
    till.sell("sale-3")
    assert [number for (number,) in rows("SELECT number FROM sale ORDER BY started_ms")] == [
        "1A-000001",
        "1A-000002",
        "1A-000003",
        "1B-000001",
    ]
    assert rows("SELECT series, last FROM counter ORDER BY series") == [("1A", 3), ("1B", 1)]


def test_training_counts_in_its_own_series_and_in_no_sum(till: Station, rows: Rows) -> None:
    till.do(SaveTill(replace(TILL, is_training=True)))
    till.sell("sale-1")
    till.do(till.add("sale-2"), VoidSale("sale-2"))
    assert rows("SELECT number, is_training FROM sale WHERE number IS NOT NULL") == [("1AT-000001", 1)]
    assert rows("SELECT measure, key FROM shift_sum") == [("cash", "float")]
    assert rows("SELECT sum(sold_count) FROM product") == [(0,)]
    assert rows("SELECT * FROM stock_move") == []
    till.do(SaveTill(TILL))
    till.sell("sale-3")
    assert rows("SELECT number FROM sale WHERE id = 'sale-3'") == [("1A-000001",)]


def test_every_ticket_counts_its_products_once(till: Station, rows: Rows) -> None:
    till.do(till.add("sale-1", quantity=Quantity.of(7)), till.add("sale-1", "tea"))
    till.do(till.pay("sale-1"), CompleteSale("sale-1"))
    till.sell("sale-2", "tea")
    assert rows("SELECT id, sold_count FROM product WHERE sold_count > 0 ORDER BY id") == [("coffee", 1), ("tea", 2)]


def test_where_a_serial_number_went_is_told_of_both_where_a_ticket_was_ended_twice(till: Station, rows: Rows) -> None:
    till.do(till.add("sale-1"))
    done = till.do(till.pay("sale-1"), CompleteSale("sale-1"))
    (ended,) = [fact for fact in done.facts if isinstance(fact, SaleCompleted)]
    line = replace(ended.lines[0], serials=("SN-1",))
    twice = [replace(ended, number=f"{series}-000009", lines=(line,)) for series in ("1A", "2A")]
    for order in permutations(twice):
        till.database.writer.run("DELETE FROM sale")
        till.database.writer.run("DELETE FROM sale_line")
        till.database.writer.run("DELETE FROM sale_tender")
        till.database.writer.run("DELETE FROM sale_tax")
        till.database.writer.run("DELETE FROM sale_trace")
        with till.database.writer.transaction():
            for fact in order:
                project(till.database.writer, Entry(0, fact.at, "cara", fact, ""))
        told = rows("SELECT sale.number, code FROM sale_trace JOIN sale ON sale.id = sale_trace.sale ORDER BY 1")
        assert told == [("1A-000009", "SN-1"), ("2A-000009", "SN-1")]


def test_a_line_that_is_taken_off_is_remembered_with_who_did_it_last(till: Station, rows: Rows) -> None:
    till.do(till.add("sale-1", line="a"), till.add("sale-1", "tea", line="b"), actor="cara")
    ticket = sale_state(till.database.writer, "sale-1")
    assert ticket is not None
    till.do(RemoveLine("sale-1", "a"), actor="cara")
    at = till.clock.moment.utc_ms
    assert rows("SELECT * FROM given_up") == [("sale-1", "a", at, "cara", "coffee", 320, "")]
    till.do(RestoreLine("sale-1", ticket.lines[0], 0), actor="cara")
    till.do(RemoveLine("sale-1", "a"), actor="sue")
    assert rows("SELECT line, person FROM given_up") == [("a", "sue")]


def test_a_void_is_remembered_with_its_reason(till: Station, rows: Rows) -> None:
    till.do(till.add("sale-1"), HoldSale("sale-1", "Ann"))
    till.do(VoidSale("sale-1", "left without paying"), actor="max")
    assert rows("SELECT line, person, amount, reason FROM given_up") == [("", "max", 320, "left without paying")]


def test_a_return_that_is_taken_off_takes_nothing_from_the_shop(till: Station, rows: Rows) -> None:
    till.do(till.add("sale-1", line="a"))
    till.do(till.pay("sale-1"), CompleteSale("sale-1"))
    till.do(ReturnGoods("sale-2", "back", "sale-1", "a", ONE), till.add("sale-2", "tea"), actor="sue")
    till.do(RemoveLine("sale-2", "back"), actor="sue")
    assert rows("SELECT * FROM given_up") == []


def test_what_was_given_up_last_is_told_in_whatever_order_it_is_heard(till: Station, rows: Rows) -> None:
    gone = LineRemoved("sale-1", "a", "coffee", gbp("3.20"))
    told = set()
    for order in permutations([("cara", 1), ("sue", 3), ("max", 2)]):
        till.database.writer.run("DELETE FROM given_up")
        with till.database.writer.transaction():
            for who, second in order:
                project(till.database.writer, Entry(0, replace(NOON, utc_ms=second), who, gone, ""))
        told |= {*rows("SELECT utc_ms, person, product, amount FROM given_up")}
    assert told == {(3, "sue", "coffee", 320)}
