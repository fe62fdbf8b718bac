"""The running sums of a shift are the sums of its tickets."""

from __future__ import annotations

from dataclasses import replace

import pytest

from omsdesk.domain.cash import CloseShift, MoveCash, OpenDrawer
from omsdesk.domain.discount import Discount
from omsdesk.domain.returns import ReturnGoods
from omsdesk.domain.sale_command import CompleteSale, DiscountLine, TakeVoidBack, VoidSale
from omsdesk.domain.shop import SaveShop
from omsdesk.domain.tax import TaxTerms
from omsdesk.domain.tender import TenderKind, TenderMethod
from omsdesk.domain.values import ONE, Quantity
from omsdesk.store.queries import till as till_queries
from omsdesk.store.queries.shift import figures
from omsdesk.store.tables.sale_places import RUNG_AGAIN
from tests.domain.corner_shop import CARD, SHOP, gbp
from tests.store.projections.conftest import Rows
from tests.store.station import Station

SUMS = "SELECT measure, key, count, amount, base FROM shift_sum ORDER BY measure, key"
FIVE = TenderMethod("cash", "Cash", TenderKind.CASH, rounding_step=5)
FLOAT = ("cash", "float", 1, 10_000, 0)


def test_a_shift_begins_with_its_float(rows: Rows) -> None:
    assert rows(SUMS) == [FLOAT]


def test_a_ticket_is_added_to_sales_payments_and_taxes(till: Station, rows: Rows) -> None:
    till.sell("sale-1", "coffee")
    till.sell("sale-2", "coffee", "tea", method=CARD)
    assert rows(SUMS) == [
        FLOAT,
        ("sales", "", 2, 320 + 570, 0),
        ("tax", "S|20 %", 2, 53 + 95, 267 + 475),
        ("tender", "card:card", 1, 570, 0),
        ("tender", "cash:cash", 1, 320, 0),
        ("tickets", "sale", 2, 320 + 570, 0),
    ]
    assert rows("SELECT first_number, last_number FROM shift") == [("1A-000001", "1A-000002")]


def test_cash_counts_as_what_stayed_in_the_drawer(till: Station, rows: Rows) -> None:
    till.do(till.add("sale-1"))
    till.do(till.pay("sale-1", gbp("50.00")), CompleteSale("sale-1"))
    assert ("tender", "cash:cash", 1, 320, 0) in rows(SUMS)


def test_rounding_is_a_sum_of_its_own_so_that_the_payments_are_the_drawer(till: Station, rows: Rows) -> None:
    till.sell("sale-1", "apples", method=FIVE)
    assert [row[:4] for row in rows(SUMS)] == [
        FLOAT[:4],
        ("exempt", "goods", 1, 299),
        ("rounding", "", 1, 1),
        ("sales", "", 1, 299),
        ("tender", "cash:cash", 1, 300),
        ("tickets", "sale", 1, 299),
    ]


def test_without_rounding_there_is_no_such_sum(till: Station, rows: Rows) -> None:
    till.sell("sale-1", "coffee", method=FIVE)
    assert rows("SELECT * FROM shift_sum WHERE measure = 'rounding'") == []


def test_a_payment_in_two_parts_counts_twice_and_a_ticket_once(till: Station, rows: Rows) -> None:
    till.do(till.add("sale-1"))
    till.do(till.pay("sale-1", gbp("1.00")))
    till.do(till.pay("sale-1"), CompleteSale("sale-1"))
    assert ("tender", "cash:cash", 2, 320, 0) in rows(SUMS)
    assert ("sales", "", 1, 320, 0) in rows(SUMS)


def test_pay_ins_and_pay_outs_are_kept_apart(till: Station, rows: Rows) -> None:
    for number, amount in enumerate(("5.00", "7.00", "-3.00")):
        till.do(MoveCash("shift-1", f"m{number}", gbp(amount), "why"))
    assert rows(SUMS) == [FLOAT, ("cash", "pay_in", 2, 1200, 0), ("cash", "pay_out", 1, -300, 0)]


def test_cash_of_a_sale_is_not_counted_a_second_time_as_a_movement(till: Station, rows: Rows) -> None:
    till.sell("sale-1")
    assert [row for row in rows(SUMS) if row[0] == "cash"] == [FLOAT]


def test_voids_and_openings_are_counted(till: Station, rows: Rows) -> None:
    till.do(till.add("sale-1"), VoidSale("sale-1"))
    till.do(till.add("sale-2", "tea"), VoidSale("sale-2"), OpenDrawer("shift-1", "o1", ""))
    assert rows(SUMS) == [FLOAT, ("no_sales", "", 1, 0, 0), ("voids", "", 2, 570, 0)]


def test_a_ticket_given_up_between_two_shifts_belongs_to_none(till: Station, rows: Rows) -> None:
    till.do(till.add("sale-1"))
    till.do(CloseShift("shift-1", ()))
    till.do(VoidSale("sale-1"))
    assert rows(SUMS) == [FLOAT]
    assert rows("SELECT is_voided FROM sale") == [(1,)]


@pytest.mark.parametrize("tickets", [1, 17])
def test_the_sums_are_as_many_after_many_tickets_as_after_one(till: Station, rows: Rows, tickets: int) -> None:
    for number in range(tickets):
        till.sell(f"sale-{number}", "coffee", "tea")
    assert len(rows(SUMS)) == 5
    assert ("sales", "", tickets, tickets * 570, 0) in rows(SUMS)
    assert rows("SELECT sum(total) FROM sale") == [(tickets * 570,)]


def test_what_came_back_and_what_was_taken_off_are_told_apart(till: Station, rows: Rows) -> None:
    till.do(till.add("sale-1", quantity=Quantity.of(2), line="a"), DiscountLine("sale-1", "a", Discount(ppm=250_000)))
    till.do(till.pay("sale-1"), CompleteSale("sale-1"))
    till.do(ReturnGoods("back-1", "r", "sale-1", "a", ONE), till.add("back-1", "tea"))
    till.do(till.pay("back-1"), CompleteSale("back-1"))
    assert ("refunds", "", 1, -240, 0) in rows(SUMS)
    assert ("discounts", "", 1, 160, 0) in rows(SUMS)
    assert ("sales", "", 2, 480 + 10, 0) in rows(SUMS)
    shop = till_queries.shop_of(till.database.writer, "t1")
    assert shop is not None
    found = figures(till.database.writer, "shift-1", shop)
    assert found is not None
    assert (found.refund_count, found.refunded, found.discounted, found.total) == (1, -240, 160, gbp("4.90"))


def test_tax_on_top_comes_back_in_the_sums_too(till: Station, rows: Rows) -> None:
    till.do(SaveShop(replace(SHOP, tax_terms=TaxTerms(is_inclusive=False))))
    till.do(till.add("sale-1", line="a"))
    till.do(till.pay("sale-1"), CompleteSale("sale-1"))
    till.do(ReturnGoods("back-1", "r", "sale-1", "a", ONE))
    till.do(till.pay("back-1"), CompleteSale("back-1"))
    assert ("refunds", "", 1, -384, 0) in rows(SUMS)
    assert ("sales", "", 2, 0, 0) in rows(SUMS)


def test_a_void_that_is_taken_back_is_none(till: Station, rows: Rows) -> None:
    till.do(till.add("sale-1"), VoidSale("sale-1"))
    till.do(till.add("sale-2", "tea"), VoidSale("sale-2"))
    till.do(TakeVoidBack("sale-1"), till.add("sale-3"))
    assert rows(SUMS) == [FLOAT, ("voids", "", 1, 250, 0)]
    assert rows("SELECT id, is_voided FROM sale ORDER BY id") == [
        ("sale-1", RUNG_AGAIN),
        ("sale-2", 1),
        ("sale-3", 0),
    ], "it is no open ticket either"
    assert till.do(TakeVoidBack("sale-1")).facts == (), "once is enough"
    assert till.do(TakeVoidBack("sale-3")).facts == (), "what is open was never given up"
    till.do(VoidSale("sale-3"))
    assert ("voids", "", 2, 250 + 320, 0) in rows(SUMS), "what is rung up again can be given up again"


def test_a_void_of_an_earlier_shift_stays_one(till: Station, rows: Rows) -> None:
    till.do(till.add("sale-1"), VoidSale("sale-1"))
    till.do(CloseShift("shift-1", ()))
    till.open_shift("shift-2")
    assert till.do(TakeVoidBack("sale-1")).facts == (), "its Z report said so"
    assert ("voids", "", 1, 320, 0) in rows(SUMS)
