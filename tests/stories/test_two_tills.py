"""Two tills of one store: a ticket that waits at one is taken up at the other, and each drawer is counted right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from omsdesk.domain.cash import CloseShift, Counted, OpenShift, ShiftClosed
from omsdesk.domain.printing import AskPrint, PaperKind, PrintAsked
from omsdesk.domain.sale_command import ChangeQuantity, CompleteSale, HoldSale, RecallSale, RemoveTender, VoidSale
from omsdesk.domain.sale_refusal import Elsewhere, SaleEnded
from omsdesk.domain.values import Money, Quantity
from omsdesk.store import exchange
from omsdesk.store.queries import receipts
from omsdesk.store.queries import shift as shift_queries
from omsdesk.store.queries import ticket as ticket_queries
from omsdesk.store.queries import till as queries
from omsdesk.store.verify import verify
from tests.domain.corner_shop import CARD, SHOP, gbp
from tests.sync.stations import Cloud, Member, a_shop


class Shop:
    """Two tills and the service between them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cloud = Cloud(folder / "cloud.db")
        self.one, self.two = self.members = a_shop(folder, self.cloud)
        # Their clocks were set by two people.
        self.two.clock.moment = replace(self.two.clock.moment, utc_ms=self.two.clock.moment.utc_ms + 137)

    def exchange(self) -> None:
        for _ in range(2):
            for member in self.members:
                self.cloud.turn(member)

    def held_at_one(self) -> str:
        """Put a ticket with a coffee aside at the first till, and let everybody hear of it."""
        sale = self.one.clock.new_id()
        self.one.do(self.one.add(sale), HoldSale(sale, "Ann"))
        self.exchange()
        return sale

    def twin(self) -> Member:
        """Copy the first till's disk, and start the program on the copy."""
        twin = self.one.again(77, self.one.save(self.folder / "twin.db"))
        twin.clock.moment = replace(self.one.clock.moment, utc_ms=self.one.clock.moment.utc_ms + 11)
        self.members = [*self.members, twin]
        return twin

    def cash_in(self, member: Member) -> Money:
        shift = queries.open_shift(member.database.writer, member.database.station.till)
        figures = shift_queries.figures(member.database.writer, shift, SHOP)
        assert figures is not None
        return figures.tenders[0].expected


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    made = Shop(tmp_path)
    yield made
    for member in made.members:
        assert exchange.set_aside(member.database.writer) == []
        member.close()
    made.cloud.close()


def finish(member: Member, sale: str) -> str:
    """Pay a ticket in cash and end it; gives its number."""
    member.do(member.pay(sale), CompleteSale(sale))
    found = ticket_queries.completed_sale(member.database.writer, sale)
    assert found is not None
    return found[0].number


def test_a_ticket_held_at_one_till_is_taken_up_at_the_other(shop: Shop) -> None:
    sale = shop.held_at_one()
    (held,) = queries.held_sales(shop.two.database.writer, "t2")
    assert (held.sale, held.name, held.till) == (sale, "Ann", "t1")
    shop.two.do(RecallSale(sale))
    assert finish(shop.two, sale) == "2A-000001"
    shop.exchange()
    assert queries.held_sales(shop.one.database.writer, "t1") == []
    assert isinstance(shop.one.refusal(RecallSale(sale)), SaleEnded)
    assert shop.cash_in(shop.one) == gbp("100.00")
    assert shop.cash_in(shop.two) == gbp("103.20")


def test_the_ticket_in_work_at_one_till_is_never_that_of_the_other(shop: Shop) -> None:
    sale = shop.one.clock.new_id()
    shop.one.do(shop.one.add(sale))
    shop.exchange()
    reader = shop.two.database.writer
    assert queries.open_sale(reader, "t2") is None
    assert queries.held_sales(reader, "t2") == []
    assert isinstance(shop.two.refusal(ChangeQuantity(sale, "x", Quantity.of(2))), Elsewhere)
    assert isinstance(shop.two.refusal(VoidSale(sale)), Elsewhere)
    other = shop.two.clock.new_id()
    shop.two.do(shop.two.add(other))
    shop.exchange()
    assert queries.open_sale_id(shop.one.database.writer, "t1") == sale
    assert queries.open_sale_id(reader, "t2") == other


def test_money_stays_in_the_drawer_that_it_was_put_into(shop: Shop) -> None:
    sale = shop.one.clock.new_id()
    shop.one.do(shop.one.add(sale), shop.one.add(sale, "tea"))
    shop.one.do(shop.one.pay(sale, gbp("1.00")))
    shop.one.sell_one()
    shop.exchange()
    assert [row.sale for row in queries.held_sales(shop.two.database.writer, "t2")] == [sale], "set aside for the next"
    assert isinstance(shop.two.refusal(RecallSale(sale)), Elsewhere)
    assert queries.paid_in_part(shop.two.database.writer, "t2") == []
    assert [row.sale for row in queries.paid_in_part(shop.one.database.writer, "t1")] == [sale]
    shop.one.do(RecallSale(sale))
    finish(shop.one, sale)
    shop.exchange()
    assert shop.cash_in(shop.one) == gbp("108.90")
    assert shop.cash_in(shop.two) == gbp("100.00")


def test_after_the_money_was_given_back_the_other_till_may_have_it(shop: Shop) -> None:
    sale = shop.one.clock.new_id()
    shop.one.do(shop.one.add(sale))
    pay = shop.one.pay(sale, gbp("1.00"))
    shop.one.do(pay)
    shop.one.do(RemoveTender(sale, pay.tender), HoldSale(sale, "Ann"))
    shop.exchange()
    shop.two.do(RecallSale(sale))
    finish(shop.two, sale)
    shop.exchange()
    assert (shop.cash_in(shop.one), shop.cash_in(shop.two)) == (gbp("100.00"), gbp("103.20"))


def test_two_tills_that_complete_one_ticket_have_two_receipts_and_both_are_found(shop: Shop) -> None:
    sale = shop.held_at_one()
    for member in (shop.two, shop.one):
        member.do(RecallSale(sale))
    shop.two.do(shop.two.add(sale, "tea"))
    numbers = [finish(shop.two, sale), finish(shop.one, sale)]
    shop.exchange()
    for member in shop.members:
        reader = member.database.writer
        found = receipts.double(reader)
        assert {row.number: row.total for row in found} == {"1A-000001": gbp("3.20"), "2A-000001": gbp("5.70")}
        for row in found:
            document = ticket_queries.completed_sale(reader, row.sale)
            assert document is not None
            assert (document[0].number, document[0].total) == (row.number, row.total)
        assert (
            reader.value("SELECT quantity FROM stock_level WHERE product = 'coffee' AND place = 'customer'")
            == 2 * 10**6
        )
        assert verify(member.path).sentences == ()
    assert (shop.cash_in(shop.one), shop.cash_in(shop.two)) == (gbp("103.20"), gbp("105.70"))
    assert numbers == ["2A-000001", "1A-000001"]


def test_each_prints_the_receipt_that_it_made(shop: Shop) -> None:
    sale = shop.held_at_one()
    for member in shop.members:
        member.do(RecallSale(sale))
        finish(member, sale)
    shop.exchange()
    for member, number in zip(shop.members, ("1A-000001", "2A-000001"), strict=True):
        found = ticket_queries.completed_sale(member.database.writer, sale)
        assert found is not None
        assert found[0].number == number, "the print job knows the ticket alone"


def test_a_ticket_stays_open_here_though_another_till_completed_it(shop: Shop) -> None:
    sale = shop.held_at_one()
    for member in shop.members:
        member.do(RecallSale(sale))
    finish(shop.one, sale)
    shop.exchange()
    again = Member(shop.two.path, 55)
    found = queries.open_sale(again.database.writer, "t2")
    assert found is not None
    assert (found.sale, found.is_elsewhere) == (sale, False), "found even after a restart"
    again.close()
    shop.two.do(VoidSale(sale))
    shop.exchange()
    for member in shop.members:
        (row,) = member.database.writer.rows("SELECT number, is_voided FROM sale WHERE id = :sale", sale=sale)
        assert row == ("1A-000001", 0)
        assert receipts.double(member.database.writer) == []
    assert queries.open_sale_id(shop.two.database.writer, "t2") == ""


def test_money_taken_for_a_ticket_that_ended_elsewhere_still_has_to_be_settled(shop: Shop) -> None:
    sale = shop.held_at_one()
    for member in shop.members:
        member.do(RecallSale(sale))
    pay = shop.two.pay(sale, gbp("1.00"))
    shop.two.do(pay)
    shop.two.sell_one()
    finish(shop.one, sale)
    shop.exchange()
    assert [row.sale for row in queries.paid_in_part(shop.two.database.writer, "t2")] == [sale]
    shop.two.do(RecallSale(sale), RemoveTender(sale, pay.tender), VoidSale(sale))
    assert queries.paid_in_part(shop.two.database.writer, "t2") == []
    assert shop.cash_in(shop.two) == gbp("103.20")


def test_what_another_till_made_is_printed_as_a_copy(shop: Shop) -> None:
    sale = shop.one.sell_one()
    shop.exchange()
    for member, is_copy in ((shop.one, True), (shop.two, True)):
        (asked,) = member.do(AskPrint(member.clock.new_id(), "t", PaperKind.RECEIPT, sale)).facts
        assert isinstance(asked, PrintAsked)
        assert asked.is_copy is is_copy


def test_the_report_counts_the_tickets_that_wait_at_its_own_till(shop: Shop) -> None:
    shop.held_at_one()
    for member, count in ((shop.one, 1), (shop.two, 0)):
        writer = member.database.writer
        figures = shift_queries.figures(writer, queries.open_shift(writer, member.database.station.till), SHOP)
        assert figures is not None
        assert figures.held_count == count


def test_a_till_that_lost_its_disk_finds_what_was_in_work_on_it(shop: Shop) -> None:
    before = shop.one.save(shop.folder / "before.db")
    sale = shop.one.clock.new_id()
    shop.one.do(shop.one.add(sale))
    shop.exchange()
    shop.one.close()
    shop.members[0] = shop.one = shop.one.again(88, before)
    shop.exchange()
    reader = shop.one.database.writer
    assert queries.open_sale(reader, "t1") is None, "it is in nobody's hands here"
    (left,) = queries.held_sales(reader, "t1")
    assert (left.sale, left.total, left.is_left) == (sale, gbp("3.20"), True)
    assert queries.held_sales(shop.two.database.writer, "t2") == []
    shop.one.do(RecallSale(sale))
    finish(shop.one, sale)


def test_twins_that_close_one_shift_have_a_report_each(shop: Shop) -> None:
    twin = shop.twin()
    shift = queries.open_shift(shop.one.database.writer, "t1")
    shop.one.sell_one()
    closes = {}
    for member, cash in ((shop.one, "103.20"), (twin, "100.00")):
        (closed, _) = member.do(CloseShift(shift, (Counted("cash", gbp(cash)),))).facts
        assert isinstance(closed, ShiftClosed)
        closes[member] = closed
    shop.exchange()
    for member in shop.members:
        listed = shift_queries.closed_shifts(member.database.writer, "t1")
        assert [(row.number, row.is_double) for row in listed] == [(1, True), (1, True)]
        reports = [shift_queries.report(member.database.writer, row.shift) for row in listed]
        assert {report[0] for report in reports if report} == set(closes.values())
    for member, closed in closes.items():
        own = shift_queries.report(member.database.writer, shift)
        assert own is not None
        assert own[0] == closed, "each prints its own"


def test_the_shift_of_a_lost_disk_goes_on_on_the_new_one(shop: Shop) -> None:
    before = shop.one.save(shop.folder / "before.db")
    first = queries.open_shift(shop.one.database.writer, "t1")
    second = shop.one.clock.new_id()
    shop.one.do(CloseShift(first, ()))
    shop.one.do(OpenShift(second, gbp("50.00")))
    shop.exchange()
    shop.one.close()
    shop.members[0] = shop.one = shop.one.again(88, before)
    assert queries.open_shift(shop.one.database.writer, "t1") == first
    shop.exchange()
    assert queries.open_shift(shop.one.database.writer, "t1") == second
    shop.one.do(CloseShift(second, (Counted("cash", gbp("50.00")),)))


def test_voided_twice_and_held_again_nothing_is_set_aside(shop: Shop) -> None:
    sale = shop.held_at_one()
    shop.one.do(VoidSale(sale))
    shop.two.do(VoidSale(sale))
    other = shop.held_at_one()
    for member in shop.members:
        member.do(RecallSale(other))
    shop.one.do(HoldSale(other, "Ann again"))
    shop.two.do(VoidSale(other))
    shop.exchange()
    for member in shop.members:
        assert member.database.writer.value("SELECT is_voided FROM sale WHERE id = :sale", sale=sale) == 1
        (held,) = queries.held_sales(member.database.writer)
        assert (held.sale, held.name) == (other, "Ann again"), "what is still wanted by one is not out of sight"


def test_card_payments_are_counted_where_they_were_taken(shop: Shop) -> None:
    sale = shop.held_at_one()
    shop.two.do(RecallSale(sale))
    shop.two.do(shop.two.pay(sale, method=CARD), CompleteSale(sale))
    shop.exchange()
    assert (shop.cash_in(shop.one), shop.cash_in(shop.two)) == (gbp("100.00"), gbp("100.00"))
