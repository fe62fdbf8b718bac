"""What the shift screens ask."""

from __future__ import annotations

from dataclasses import replace

from omsdesk.domain.cash import (
    CloseShift,
    Counted,
    MoveCash,
    OpenDrawer,
    OpenShift,
    ShiftClosed,
    ShiftFigures,
    TakeXReport,
    TaxTotal,
    TenderTotal,
    TicketTotal,
    XReportTaken,
)
from omsdesk.domain.sale_command import CompleteSale, HoldSale, VoidSale
from omsdesk.domain.shop import SaveShop, Shop
from omsdesk.domain.tax import Tax, TaxRate
from omsdesk.domain.tender import TenderKind, TenderMethod
from omsdesk.domain.ticket_kind import TicketKind
from omsdesk.store.queries import shift as ask
from omsdesk.store.queries.shift import ClosedShift
from tests.domain.corner_shop import CARD, CASH, SHOP, gbp
from tests.store.station import Station


def figures(till: Station, shop: Shop = SHOP) -> ShiftFigures:
    """The sums of the open shift."""
    found = ask.figures(till.database.writer, "shift-1", shop)
    assert found is not None
    return found


def test_a_fresh_shift_expects_its_float(till: Station) -> None:
    found = figures(till)
    assert (found.sale_count, found.total, found.first_number, found.last_number) == (0, gbp("0"), "", "")
    assert found.tenders == (TenderTotal("cash", "Cash", 0, gbp("100.00")),)
    assert found.taxes == ()


def test_a_day_at_the_till_adds_up(till: Station) -> None:
    till.sell("sale-1", "coffee", "apples")
    till.sell("sale-2", "tea", method=CARD)
    till.do(till.add("sale-3"), VoidSale("sale-3"))
    till.do(till.add("sale-4"), HoldSale("sale-4", "Ann"))
    till.do(MoveCash("shift-1", "m1", gbp("20.00"), "change"), MoveCash("shift-1", "m2", gbp("-5.50"), "milk"))
    till.do(OpenDrawer("shift-1", "o1", ""))
    found = figures(till)
    assert (found.sale_count, found.total) == (2, gbp("8.69"))
    assert (found.void_count, found.void_total, found.no_sale_count) == (1, gbp("3.20"), 1)
    assert (found.pay_in, found.pay_out, found.held_count) == (gbp("20.00"), gbp("-5.50"), 1)
    assert (found.first_number, found.last_number) == ("1A-000001", "1A-000002")
    assert found.tenders == (
        TenderTotal("cash", "Cash", 1, gbp("120.69")),
        TenderTotal("card", "Card", 1, gbp("2.50")),
    )
    assert found.taxes == (
        TaxTotal("VAT", "20 %", gbp("4.75"), gbp("0.95")),
        TaxTotal("Exempt", "", gbp("2.99"), gbp("0.00")),
    )
    assert found.tickets == (TicketTotal(TicketKind.SALE, 2, gbp("8.69")),)


def test_the_expected_cash_is_what_moved_through_the_drawer(till: Station) -> None:
    five = TenderMethod("cash", "Cash", TenderKind.CASH, 5)
    for number in range(3):
        till.sell(f"sale-{number}", "apples", method=five)
    till.do(MoveCash("shift-1", "m1", gbp("-7.00"), "milk"))
    moved = till.database.writer.value("SELECT sum(amount) FROM cash_movement")
    assert figures(till).tenders[0].expected.minor == moved == 10_000 + 3 * 300 - 700
    assert figures(till).rounding == gbp("0.03")


def test_of_two_kinds_of_cash_the_first_holds_the_float(till: Station) -> None:
    euros = TenderMethod("eur", "Euro notes", TenderKind.CASH)
    shop = replace(SHOP, tender_methods=(CASH, euros, CARD))
    till.sell("sale-1", method=euros)
    rows = figures(till, shop).tenders
    assert [(row.method, row.expected) for row in rows] == [("cash", gbp("100.00")), ("eur", gbp("3.20"))]


def test_a_way_to_pay_that_the_shop_gave_up_meanwhile_is_still_counted(till: Station) -> None:
    till.sell("sale-1", method=CARD)
    rows = figures(till, replace(SHOP, tender_methods=(CASH,))).tenders
    assert rows[1] == TenderTotal("card", "Card", 1, gbp("3.20"))


def test_a_tax_whose_code_has_a_bar_in_it_keeps_its_rate(till: Station) -> None:
    odd = TaxRate("standard", Tax("A|B", "Odd", 55_000))
    till.do(SaveShop(replace(SHOP, tax_rates=(odd,))))
    command = till.add("sale-1")
    till.do(replace(command, article=replace(command.article, taxes=(odd.tax,))))
    till.do(till.pay("sale-1"), CompleteSale("sale-1"))
    assert [(row.name, row.percent) for row in figures(till).taxes] == [("Odd", "5.5 %")]


def test_a_shift_that_never_was_has_no_figures(till: Station) -> None:
    assert ask.figures(till.database.writer, "nobody", SHOP) is None
    assert ask.shift_head(till.database.writer, "nobody") is None
    assert ask.report(till.database.writer, "nobody") is None


def test_the_head_of_a_shift_says_when_and_by_whom(till: Station) -> None:
    opened = till.clock.moment.utc_ms
    head = ask.shift_head(till.database.writer, "shift-1")
    assert head == ask.ShiftHead("shift-1", "t1", opened, "system", gbp("100.00"), None, None)
    till.do(CloseShift("shift-1", ()))
    head = ask.shift_head(till.database.writer, "shift-1")
    assert head is not None
    assert (head.closed_ms, head.z_number) == (till.clock.moment.utc_ms, 1)


def test_reports_are_read_as_they_were_taken(till: Station) -> None:
    till.sell("sale-1")
    till.do(TakeXReport("shift-1", "x1"), actor="cara")
    till.sell("sale-2")
    till.do(CloseShift("shift-1", (Counted("cash", gbp("106.00")),)), actor="sue")
    x_report, z_report = (ask.report(till.database.writer, name) for name in ("x1", "shift-1"))
    assert x_report is not None
    assert z_report is not None
    assert isinstance(x_report[0], XReportTaken)
    assert isinstance(z_report[0], ShiftClosed)
    assert (x_report[0].figures.sale_count, x_report[1]) == (1, "cara")
    assert (z_report[0].figures.sale_count, z_report[1]) == (2, "sue")
    assert z_report[0].figures.tenders[0].difference == gbp("-0.40")


def test_closed_shifts_are_listed_newest_first(till: Station) -> None:
    closed = []
    for number in range(1, 4):
        till.do(CloseShift(f"shift-{number}", ()))
        closed.append(ClosedShift(f"shift-{number}", number, till.clock.moment.utc_ms))
        till.do(OpenShift(f"shift-{number + 1}", gbp("0")))
    assert ask.closed_shifts(till.database.writer, "t1") == closed[::-1]
    assert ask.closed_shifts(till.database.writer, "t1", most=1) == closed[2:]
    assert ask.closed_shifts(till.database.writer, "t2") == []
    assert ask.next_z_number(till.database.writer, "1A") == 4
    assert ask.next_z_number(till.database.writer, "1B") == 1


def test_movements_by_hand_are_listed_and_no_others(till: Station) -> None:
    till.sell("sale-1")
    till.do(MoveCash("shift-1", "m1", gbp("5.00"), "change"))
    till.do(MoveCash("shift-1", "m2", gbp("-2.00"), "milk"))
    assert ask.movements(till.database.writer, "shift-1") == [("pay_in", "change", 500), ("pay_out", "milk", -200)]
