"""What the customer should see, from the first article to the thanks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from omsdesk.devices.drivers.virtual_scale.scale import SimulatedScale
from omsdesk.devices.scale import Weighing
from omsdesk.domain.customer import Customer, SaveCustomer
from omsdesk.domain.discount import Discount
from omsdesk.domain.points import PointsRule
from omsdesk.domain.sale_command import DiscountSale
from omsdesk.domain.shop import SaveShop
from omsdesk.ui.till.customer_display.shown import Figure, Shown, Stage, first_name, shown
from omsdesk.ui.till.goods.incoming import AgeWanted
from tests.ui.till import goods_shop
from tests.ui.till.bench import Bench, euros
from tests.ui.till.shop import CASH, SHOP, code_of, set_up


def see(bench: Bench, weighing: Weighing | None = None) -> Shown:
    return shown(bench.state, weighing)


def ring(bench: Bench, *products: str) -> None:
    for product in products:
        bench.session.intake.scanned(code_of(product))


@pytest.fixture
def goods(bench: Bench) -> Bench:
    bench.do(*goods_shop.COMMANDS)
    return bench


def test_between_two_customers_there_is_the_shop(bench: Bench) -> None:
    assert see(bench) == Shown(Stage.IDLE, "Kontor Kaffee", "en-IE")


def test_each_article_with_how_many_and_what_one_costs(bench: Bench) -> None:
    ring(bench, "mug", "oat")
    bench.session.change_quantity(2)
    found = see(bench)
    mug, oat = found.rows
    assert (mug.name, mug.detail, mug.amount) == ("Travel mug 350 ml", "", euros("24.00"))
    assert (oat.name, oat.detail, oat.amount) == ("Oat milk 1 L", "3 × €2.80", euros("8.40"))
    assert found.touched == oat.key
    assert found.main == Figure("Total", euros("32.40"))
    assert found.taxes.replace("\N{NO-BREAK SPACE}", " ") == "Includes VAT 19 % €3.83 · VAT 7 % €0.55"


def test_what_is_taken_off_stands_below_the_article_and_is_told_in_all(bench: Bench) -> None:
    ring(bench, "mug", "house")
    bench.session.select(bench.session.lines[0].line)
    offer = Discount(ppm=100_000, reason="Damaged")
    row = replace(bench.session.lines[0], discount=offer)
    assert bench.session.sale is not None
    bench.session.take_up(replace(bench.session.sale, lines=(row, bench.session.lines[1])))
    found = see(bench)
    assert found.rows[0].amount == euros("24.00")
    assert found.rows[0].off == (Figure("Damaged", euros("-2.40"), is_off=True),)
    assert found.saved == euros("2.40")
    assert found.main == Figure("Total", euros("49.10"))


def test_what_is_off_the_whole_ticket_stands_above_the_total(bench: Bench) -> None:
    ring(bench, "mug")
    bench.session.submit(
        DiscountSale(bench.session.ticket(), Discount(ppm=100_000, reason="Loyal customer")), then=bench.session.follow
    )
    found = see(bench)
    assert found.figures == (Figure("Discount 10 % · Loyal customer", euros("-2.40"), is_off=True),)
    assert (found.saved, found.main) == (euros("2.40"), Figure("Total", euros("21.60")))


def test_while_it_is_paid_one_sees_what_was_given_and_what_is_left(bench: Bench) -> None:
    ring(bench, "mug")
    bench.checkout.open()
    assert see(bench).stage is Stage.PAYING
    assert see(bench).main == Figure("Total", euros("24.00"))
    bench.checkout.pay(CASH, euros("10.00"))
    assert see(bench).figures == (Figure("Total", euros("24.00")), Figure("Cash", euros("-10.00")))
    assert see(bench).main == Figure("Left to pay", euros("14.00"))


def test_at_the_end_there_is_the_change_and_the_code_of_the_receipt(bench: Bench) -> None:
    ring(bench, "mug")
    bench.checkout.pay(CASH, euros("50.00"))
    found, done = see(bench), bench.checkout.completed
    assert done is not None
    assert (found.stage, found.main, found.code) == (Stage.DONE, Figure("Change", euros("26.00")), done.sale)
    assert found.figures == (Figure("Total", euros("24.00")), Figure("Cash", euros("50.00")))
    bench.checkout.next_customer()
    assert see(bench).stage is Stage.IDLE


def test_paid_exactly_there_is_no_change(bench: Bench) -> None:
    ring(bench, "mug")
    bench.checkout.pay_exactly()
    assert (see(bench).main, see(bench).figures) == (Figure("Paid", euros("24.00")), ())


def test_a_held_ticket_is_nobody_elses_to_see(bench: Bench) -> None:
    ring(bench, "mug")
    bench.session.hold()
    assert see(bench) == Shown(Stage.IDLE, "Kontor Kaffee", "en-IE")


def test_nothing_is_shown_of_a_ticket_while_the_till_is_locked(bench: Bench) -> None:
    ring(bench, "mug")
    bench.state.sign_in.lock()
    assert see(bench) == Shown(Stage.AWAY, "Kontor Kaffee", "en-IE")


def test_a_till_without_a_shift_is_closed(tmp_path: Path) -> None:
    bench = Bench(set_up(tmp_path), is_open=False)
    assert see(bench).stage is Stage.CLOSED
    bench.close()


def test_training_is_said_at_every_stage(tmp_path: Path) -> None:
    bench = Bench(set_up(tmp_path, is_training=True))
    assert see(bench).is_training
    ring(bench, "mug")
    assert see(bench).is_training
    bench.checkout.pay_exactly()
    assert (see(bench).is_training, see(bench).code) == (True, "")
    bench.close()


def test_weight_price_per_unit_and_price_are_seen_on_the_scale(goods: Bench) -> None:
    scale = goods.counter.scale = SimulatedScale()
    goods.session.intake.scanned(goods_shop.code(1))
    asked = see(goods, scale.live_weight()).question
    assert asked is not None
    assert (asked.title, asked.about, asked.each) == ("Put it on the scale", "Mountain cheese", "€19.90 / kg")
    scale.put(352, is_steady=False)
    moving = see(goods, scale.live_weight()).question
    assert moving is not None
    assert "not steady" in moving.advice
    scale.put(352)
    weighed = see(goods, scale.live_weight())
    assert weighed.stage is Stage.ASKING
    assert weighed.question is not None
    assert (weighed.question.weight, weighed.question.amount) == ("0.352 kg", euros("7.00"))


def test_what_is_typed_without_a_scale_is_between_the_till_and_whoever_serves(goods: Bench) -> None:
    goods.session.intake.scanned(goods_shop.code(1))
    assert see(goods).stage is Stage.IDLE
    ring(goods, "mug")
    goods.session.intake.scanned(goods_shop.code(2))
    assert (see(goods).stage, see(goods).question) == (Stage.IDLE, None)


def test_whoever_may_be_too_young_is_asked_for_a_paper(goods: Bench) -> None:
    ring(goods, "mug")
    goods.session.intake.scanned(goods_shop.code(3))
    assert isinstance(goods.session.intake.demand, AgeWanted)
    found = see(goods)
    assert found.question is not None
    assert (found.stage, found.question.title, len(found.rows)) == (Stage.ASKING, "May we see your ID?", 1)
    assert "18" in found.question.about


def test_what_comes_back_is_marked_and_money_goes_back(bench: Bench) -> None:
    ring(bench, "mug")
    bench.checkout.pay_exactly()
    sold = bench.checkout.completed
    assert sold is not None
    bench.checkout.next_customer()
    desk = bench.state.returns
    desk.begin()
    assert desk.show(sold.sale)
    desk.all_of_it()
    assert desk.put()
    found = see(bench)
    (mug,) = found.rows
    assert (mug.comes_back, mug.amount, mug.detail) == (True, euros("-24.00"), "")
    assert (found.main, found.saved) == (Figure("You get back", euros("24.00")), None)
    bench.checkout.open()
    assert see(bench).wish == "Your money back", "nobody who gets money is asked to pay"
    bench.checkout.pay(CASH)
    assert see(bench).main == Figure("Given back", euros("24.00"))


def test_points_and_the_first_name_of_whoever_bought(bench: Bench) -> None:
    bench.do(
        SaveShop(replace(SHOP, points=PointsRule(per=100))),
        SaveCustomer(Customer("mia", "Mia Schmidt", phone="+49 40 123456")),
    )
    bench.counter.refresh()
    bench.session.set_customer("mia")
    assert see(bench).customer == ""
    ring(bench, "mug")
    assert see(bench).customer == "Mia"
    bench.checkout.pay_exactly()
    found = see(bench)
    assert (found.points, found.customer) == (24, "Mia")
    assert "Schmidt" not in repr(found)
    assert "123456" not in repr(found)


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Mia Schmidt", "Mia"), ("Schmidt, Mia Sophie", "Mia"), ("Mia", "Mia"), ("", ""), (" , ", ""),
        ("王小明", ""), ("אברהם כהן", "אברהם"), ("محمد علي", "محمد"), ("김민수", ""),
    ],
)  # fmt: skip
def test_the_first_name_is_all_there_is_of_a_name(name: str, first: str) -> None:
    assert first_name(name) == first


def test_no_note_and_no_number_is_shown(goods: Bench) -> None:
    ring(goods, "mug")
    goods.session.note_selected("for the mayor's birthday")
    assert "mayor" not in repr(see(goods))
