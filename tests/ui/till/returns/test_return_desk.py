"""What comes back, counted before it is on the ticket."""

from __future__ import annotations

from dataclasses import replace

import pytest

from omsdesk.domain.buying import SetCustomer
from omsdesk.domain.catalogue import ProductEdit, SaveProducts
from omsdesk.domain.customer import Customer, SaveCustomer
from omsdesk.domain.people import SYSTEM
from omsdesk.domain.return_policy import ReturnPolicy, WithoutReceipt
from omsdesk.domain.returns import ReturnGoods
from omsdesk.domain.sale import SaleCompleted
from omsdesk.domain.values import NONE, ONE, Quantity
from omsdesk.store.queries.receipts import Receipt
from omsdesk.ui.till.goods.incoming import SerialsWanted, with_serial
from omsdesk.ui.till.returns.return_desk import ReturnDesk
from tests.ui.till import goods_shop
from tests.ui.till.bench import Bench, euros
from tests.ui.till.shop import code_of


@pytest.fixture
def sold(bench: Bench) -> SaleCompleted:
    """A receipt of two coffees, a kilo and a half of beans, and a mug."""
    bench.do(SaveProducts("kilos", (ProductEdit("house", unit="kg"),)))
    for typed in (code_of("guji"), code_of("guji"), f"1.5*{code_of('house')}", code_of("mug")):
        bench.session.intake.entered(typed)
    bench.checkout.pay_exactly()
    bench.checkout.next_customer()
    return bench.facts(SaleCompleted)[-1]


@pytest.fixture
def desk(bench: Bench, sold: SaleCompleted) -> ReturnDesk:
    found = bench.state.returns
    found.begin()
    assert found.show(sold.sale)
    return found


def counts(desk: ReturnDesk) -> list[str]:
    return [str(row.now) for row in desk.shown]


def test_lines_are_counted_up_to_what_was_bought(bench: Bench, desk: ReturnDesk) -> None:
    for _ in range(3):
        desk.step(1)
    assert counts(desk) == ["2", "0", "0"]
    assert bench.said == "Only 2 of “Ethiopia Guji 250 g” can still come back."
    desk.step(-1)
    assert (counts(desk)[0], desk.brings, bench.said) == ("1", euros("12.90"), "")
    desk.select_step(1)
    desk.step(1)
    assert counts(desk) == ["1", "1.5", "0"], "of what is weighed all comes back"
    desk.step(-1)
    desk.set_now(Quantity.of("0.5"))
    assert desk.brings == euros("12.90") + euros("13.75")
    desk.select_step(9)
    desk.select_step(-1)
    assert desk.rows[desk.selected].unit == "kg"


def test_all_of_it_and_none_of_it(desk: ReturnDesk) -> None:
    desk.all_of_it()
    assert counts(desk) == ["2", "1.5", "1"]
    desk.all_of_it()
    assert counts(desk) == ["0", "0", "0"]
    assert not desk.put() or desk.chosen, "Enter alone takes one of the chosen line"


def test_an_article_chooses_its_line_by_scan_or_by_name(bench: Bench, desk: ReturnDesk) -> None:
    assert desk.scanned_article(code_of("mug"))
    assert counts(desk) == ["0", "0", "1"]
    assert desk.scanned_article(code_of("oat"))
    assert bench.said == "“Oat milk 1 L” is not on this receipt."
    assert not desk.scanned_article("nothing")
    assert desk.named("espresso")
    assert desk.rows[desk.selected].name.startswith("House")
    assert not desk.named("tea")


def test_reasons_and_scrap_belong_to_lines(desk: ReturnDesk) -> None:
    desk.step(1)
    desk.say_why("Damaged")
    desk.turn_scrap()
    desk.select_step(2)
    desk.step(1)
    desk.say_why("Wrong article")
    rows = desk.chosen
    assert [(row.reason, row.is_scrap) for row in rows] == [("Damaged", True), ("Wrong article", False)]


def test_what_is_on_the_ticket_already_counts(bench: Bench, desk: ReturnDesk, sold: SaleCompleted) -> None:
    desk.step(1)
    assert desk.put()
    assert bench.lines == [("-1", "Ethiopia Guji 250 g")]
    desk.begin()
    desk.show(sold.sale)
    assert desk.shown[0].left == ONE
    bench.do(ReturnGoods(bench.session.ticket(), "x", sold.sale, desk.shown[0].key, ONE))
    bench.session.take_up(None)


def test_receipts_are_found_by_number_and_by_what_is_remembered(
    bench: Bench, desk: ReturnDesk, sold: SaleCompleted
) -> None:
    def found(text: str) -> list[str]:
        got: list[Receipt] = []
        desk.find(text, got.extend)
        return [row.number for row in got]

    assert found("") == found(sold.number) == found("1") == found("mug") == found("today") == [sold.number]
    assert found(str(sold.total.decimal)) == [sold.number]
    assert found("9.99") == found("oat") == found("9999") == []


def test_a_receipt_of_returns_alone_has_nothing_to_bring(bench: Bench, desk: ReturnDesk) -> None:
    desk.all_of_it()
    desk.put()
    bench.checkout.pay(bench.checkout.methods[0])
    back = bench.facts(SaleCompleted)[-1]
    desk.begin()
    assert not desk.show(back.sale)
    assert bench.said == "Nothing on this receipt can come back."
    assert not desk.scanned_receipt("nothing")


def test_without_a_receipt_articles_are_counted_as_they_come(bench: Bench, desk: ReturnDesk) -> None:
    desk.begin_without_receipt()
    desk.scanned_article(code_of("oat"))
    desk.scanned_article(code_of("oat"))
    desk.step(1)
    (row,) = desk.shown
    assert (row.now, row.brings) == (Quantity.of(3), euros("8.40"))
    desk.scanned_article(code_of("open"))
    assert "no price" in bench.said
    assert desk.put()
    assert bench.lines == [("-3", "Oat milk 1 L")]


def test_empties_without_a_receipt_are_counted_as_at_the_till(bench: Bench) -> None:
    bench.do(*goods_shop.COMMANDS)
    bench.session.intake.entered(goods_shop.code(5))
    desk = bench.state.returns
    desk.begin()
    desk.begin_without_receipt()
    desk.scanned_article(goods_shop.code(5))
    desk.step(1)
    assert desk.put()
    assert bench.lines == [("-3", "Bottle deposit")], "counted with those that came back already"


def test_a_shop_without_such_returns_says_so(bench: Bench, desk: ReturnDesk) -> None:
    bench.counter.shop = replace(bench.counter.shop, returns=ReturnPolicy(without_receipt=WithoutReceipt.NEVER))
    desk.begin_without_receipt()
    assert desk.has_receipt
    assert bench.said == "This shop takes nothing back without a receipt."


def test_nothing_chosen_changes_nothing(bench: Bench) -> None:
    desk = bench.state.returns
    desk.begin()
    desk.step(1)
    desk.set_now(ONE)
    desk.turn_scrap()
    desk.select_step(1)
    assert not desk.put()
    assert desk.brings == euros("0")
    assert desk.shown == []
    assert bench.executor.execute(SYSTEM)
    assert desk.chosen == []
    assert Quantity(0) == NONE


def test_a_customer_is_remembered_when_the_receipt_is_not(bench: Bench, desk: ReturnDesk) -> None:
    bench.do(SaveCustomer(Customer("c1", "Mia Lindqvist")))
    bench.session.intake.entered(code_of("oat"))
    bench.do(SetCustomer(bench.session.ticket(), "c1"))
    bench.checkout.pay_exactly()
    bought = bench.facts(SaleCompleted)[-1]
    assert bought.customer is not None
    got: list[Receipt] = []
    desk.find("lindqvist", got.extend)
    assert [row.number for row in got] == [bought.number]
    got.clear()
    desk.find("lindqvist 99.00", got.extend)
    assert got == []


@pytest.fixture
def odd(bench: Bench) -> ReturnDesk:
    """A receipt of two machines with numbers of their own, and three bottles with their deposit."""
    bench.do(*goods_shop.COMMANDS)
    intake = bench.session.intake
    intake.entered(f"2*{goods_shop.code(6)}")
    for serial in ("SN-1", "SN-2"):
        assert isinstance(intake.demand, SerialsWanted)
        intake.answer(with_serial(intake.demand.coming, serial))
    intake.entered(f"3*{goods_shop.code(9)}")
    bench.checkout.pay_exactly()
    bench.checkout.next_customer()
    found = bench.state.returns
    found.begin()
    return found


def test_a_serial_number_finds_its_receipt_and_is_the_one_that_comes_back(bench: Bench, odd: ReturnDesk) -> None:
    assert odd.scanned_receipt("SN-2")
    assert counts(odd) == ["1", "0", "0"]
    assert odd.scanned_article("SN-2")
    assert counts(odd) == ["1", "0", "0"], "it is counted once"
    assert odd.put()
    assert bench.session.lines[0].serials == ("SN-2",)
    assert not odd.scanned_receipt("SN-9")


def test_a_deposit_comes_back_with_its_bottle_unless_somebody_keeps_that(bench: Bench, odd: ReturnDesk) -> None:
    assert odd.show(bench.facts(SaleCompleted)[-1].sale)
    odd.select_step(1)
    odd.set_now(Quantity.of(2))
    assert counts(odd) == ["0", "2", "2"]
    odd.select_step(1)
    odd.set_now(ONE)
    assert odd.put()
    assert [str(row.quantity) for row in bench.session.lines] == ["-2", "-1"]
    odd.begin()
    odd.show(bench.facts(SaleCompleted)[-1].sale)
    odd.all_of_it()
    assert odd.put(), "all of it is all of it once"
    assert [str(row.quantity) for row in bench.session.lines] == ["-2", "-1", "-2", "-1", "-2"]


def test_what_was_put_on_the_ticket_in_one_go_is_taken_off_in_one_go(bench: Bench, desk: ReturnDesk) -> None:
    desk.all_of_it()
    desk.put()
    assert len(bench.lines) == 3
    assert bench.session.undo is not None
    assert bench.session.undo.sentence == "3 lines come back"
    bench.session.take_back()
    assert bench.lines == []
