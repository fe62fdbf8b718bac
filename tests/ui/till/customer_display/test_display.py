"""Whoever looks on is told, a moment later, and only what is different."""

from __future__ import annotations

from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from omsdesk.devices.drivers.virtual_scale.scale import SimulatedScale
from omsdesk.ui.till.counter import Aspect
from omsdesk.ui.till.customer_display import display as module
from omsdesk.ui.till.customer_display.display import AFTER_MS, CustomerDisplay
from omsdesk.ui.till.customer_display.shown import Shown, Stage
from tests.ui.till import goods_shop
from tests.ui.till.bench import Bench, euros
from tests.ui.till.shop import code_of


class Viewer:
    """Remembers what there was to see."""

    def __init__(self) -> None:
        self.seen: list[Shown] = []

    def show_to_customer(self, shown: Shown) -> None:
        self.seen.append(shown)

    @property
    def stage(self) -> Stage:
        return self.seen[-1].stage


def test_a_new_viewer_sees_at_once_how_it_stands(bench: Bench, qtbot: QtBot) -> None:
    bench.session.intake.scanned(code_of("mug"))
    viewer, display = Viewer(), CustomerDisplay(bench.state)
    display.set_viewer("display", viewer)
    assert [one.stage for one in viewer.seen] == [Stage.SELLING]


def test_ten_quick_scans_are_one_change_after_the_till_has_shown_them(bench: Bench, qtbot: QtBot) -> None:
    viewer, display = Viewer(), CustomerDisplay(bench.state)
    display.set_viewer("display", viewer)
    for _ in range(10):
        bench.session.intake.scanned(code_of("mug"))
    assert viewer.stage is Stage.IDLE, "not in the middle of a scan"
    qtbot.waitUntil(lambda: viewer.stage is Stage.SELLING)
    assert len(viewer.seen) == 2
    assert [row.detail for row in viewer.seen[-1].rows] == ["10 × €24.00"]


def test_what_stays_the_same_is_not_told_again(bench: Bench, qtbot: QtBot) -> None:
    viewer, display = Viewer(), CustomerDisplay(bench.state)
    display.set_viewer("display", viewer)
    bench.counter.tell(Aspect.CART)
    QTest.qWait(3 * AFTER_MS)
    bench.counter.tell(Aspect.NOTICE)
    display.look_again()
    QTest.qWait(3 * AFTER_MS)
    assert len(viewer.seen) == 1


def test_nothing_is_worked_out_while_nobody_looks(bench: Bench, qtbot: QtBot) -> None:
    viewer, display = Viewer(), CustomerDisplay(bench.state)
    display.set_viewer("display", viewer)
    display.set_viewer("display", None)
    display.set_viewer("nobody", None)
    bench.session.intake.scanned(code_of("mug"))
    assert not display._soon.isActive()
    assert len(viewer.seen) == 1


def test_the_weight_is_live_while_it_is_asked_for_and_not_longer(bench: Bench, qtbot: QtBot) -> None:
    bench.do(*goods_shop.COMMANDS)
    scale = bench.counter.scale = SimulatedScale()
    viewer, display = Viewer(), CustomerDisplay(bench.state)
    display.set_viewer("display", viewer)
    bench.session.intake.scanned(goods_shop.code(1))
    qtbot.waitUntil(lambda: viewer.stage is Stage.ASKING)
    for grams, amount in ((352, "7.00"), (500, "9.95")):
        scale.put(grams)
        expected = euros(amount)
        qtbot.waitUntil(lambda: getattr(viewer.seen[-1].question, "amount", None) == expected)  # noqa: B023
    assert bench.session.intake.demand is not None
    bench.session.intake.give_up(bench.session.intake.demand)
    qtbot.waitUntil(lambda: viewer.stage is Stage.IDLE)
    assert not display._weighs.isActive()


def test_what_was_paid_is_forgotten_when_nobody_comes_next(bench: Bench, qtbot: QtBot) -> None:
    viewer, display = Viewer(), CustomerDisplay(bench.state)
    display._forgets.setInterval(50)
    display.set_viewer("display", viewer)
    for _ in range(2):
        bench.session.intake.scanned(code_of("mug"))
        bench.checkout.pay_exactly()
        qtbot.waitUntil(lambda: viewer.stage is Stage.DONE)
        qtbot.waitUntil(lambda: viewer.stage is Stage.IDLE)
        assert bench.checkout.completed is not None, "the till itself waits for the next customer"
    assert module._FORGETS_MS >= 30_000, "there is time to take a picture of the code"


def test_a_quick_next_customer_is_not_forgotten_early(bench: Bench, qtbot: QtBot) -> None:
    viewer, display = Viewer(), CustomerDisplay(bench.state)
    display.set_viewer("display", viewer)
    display._forget()
    bench.session.intake.scanned(code_of("mug"))
    bench.checkout.pay_exactly()
    qtbot.waitUntil(lambda: viewer.stage is Stage.DONE)
    assert display._forgets.isActive()
    bench.checkout.next_customer()
    qtbot.waitUntil(lambda: viewer.stage is Stage.IDLE)
    assert not display._forgets.isActive()
