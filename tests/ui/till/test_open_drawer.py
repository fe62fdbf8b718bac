"""A drawer that has to be shut before the next sale: nothing is lost meanwhile, and nobody is stuck."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from omsdesk.domain.discount import Discount
from omsdesk.domain.people import Role
from omsdesk.domain.sale import SaleCompleted
from omsdesk.domain.sale_command import DiscountSale
from omsdesk.domain.tax import PPM
from omsdesk.ui.till.open_drawer import SHUT_IT
from omsdesk.ui.till.screen import Mode
from tests.ui.till.bench import Bench
from tests.ui.till.shop import Station, code_of, set_up

ONE = [("1", "Oat milk 1 L")]


@pytest.fixture
def cashier(tmp_path: Path) -> Bench:
    return Bench(set_up(tmp_path), "ben")


def test_as_shipped_nothing_stands_in_the_way(bench: Bench) -> None:
    bench.session.intake.scanned(code_of("oat"))
    bench.checkout.pay_exactly()
    assert len(bench.facts(SaleCompleted)) == 1


def test_what_is_scanned_before_it_is_shut_is_rung_up_after(bench: Bench) -> None:
    bench.state.drawer.seen(True)
    bench.session.intake.scanned(code_of("oat"))
    bench.session.intake.scanned(code_of("mug"))
    assert bench.lines == []
    assert bench.said == f"{SHUT_IT} What was scanned waits."
    bench.state.drawer.seen(False)
    assert bench.said == ""
    assert bench.lines == [*ONE, ("1", "Travel mug 350 ml")]


def test_a_ticket_that_was_begun_goes_on_and_its_money_waits(bench: Bench) -> None:
    bench.session.intake.scanned(code_of("oat"))
    bench.state.drawer.seen(True)
    bench.session.intake.scanned(code_of("mug"))
    assert len(bench.lines) == 2
    bench.checkout.open()
    bench.checkout.pay_exactly()
    assert bench.said == SHUT_IT
    assert bench.facts(SaleCompleted) == []
    bench.state.drawer.seen(False)
    bench.checkout.pay_exactly()
    assert len(bench.facts(SaleCompleted)) == 1


def test_a_ticket_on_which_nothing_is_left_to_pay_waits_too(bench: Bench) -> None:
    bench.session.intake.scanned(code_of("oat"))
    assert bench.session.sale is not None
    bench.session.submit(DiscountSale(bench.session.sale.sale, Discount(ppm=PPM)), then=bench.session.follow)
    bench.state.drawer.seen(True)
    bench.checkout.open()
    assert bench.said == SHUT_IT
    assert bench.facts(SaleCompleted) == []
    bench.state.drawer.seen(False)
    bench.checkout.open()
    assert len(bench.facts(SaleCompleted)) == 1


def test_another_notice_stays_when_it_is_shut(bench: Bench) -> None:
    bench.state.drawer.seen(True)
    bench.session.intake.scanned("0000")
    before = bench.said
    bench.state.drawer.seen(False)
    assert bench.said == before


def test_who_may_set_devices_up_goes_on_although_the_sensor_says_it_is_open(bench: Bench) -> None:
    bench.state.drawer.seen(True)
    bench.session.intake.scanned(code_of("oat"))
    notice = bench.counter.notice
    assert notice is not None
    assert notice.offer is not None
    notice.offer.act()
    assert bench.lines == ONE
    bench.checkout.pay_exactly()
    assert len(bench.facts(SaleCompleted)) == 1
    bench.state.drawer.seen(False)
    bench.state.drawer.seen(True)
    bench.session.intake.scanned(code_of("mug"))
    assert bench.said.startswith(SHUT_IT), "the next opening counts again"


def test_enter_twice_does_not_pass_it(till: Station) -> None:
    till.scan(code_of("oat"))
    till.press(Qt.Key.Key_F12)
    till.screen.status.set_in_the_way(True)
    for _ in range(3):
        till.press(Qt.Key.Key_Return)
    assert till.said == SHUT_IT
    assert till.is_in(Mode.PAYING)
    assert till.state.drawer.is_in_the_way
    till.press(Qt.Key.Key_G, Qt.KeyboardModifier.AltModifier)
    assert not till.state.drawer.is_in_the_way
    till.press(Qt.Key.Key_Return)
    till.until(lambda: till.is_in(Mode.DONE))


def test_where_enter_takes_money_it_makes_no_product(till: Station) -> None:
    till.scan(code_of("oat"))
    till.press(Qt.Key.Key_F12)
    till.scan("4099999999991")
    assert till.screen.status.has_offer
    till.type_in("50")
    till.press(Qt.Key.Key_Return)
    till.until(lambda: till.is_in(Mode.DONE))


def test_nobody_else_does(cashier: Bench) -> None:
    assert cashier.counter.person is not None
    assert cashier.counter.person.role is Role.CASHIER
    cashier.state.drawer.seen(True)
    cashier.session.intake.scanned(code_of("oat"))
    assert cashier.counter.notice is not None
    assert cashier.counter.notice.offer is None
    cashier.state.drawer.seen(False)
    assert cashier.lines == ONE
    cashier.close()
