"""A drawer that tells whether it is open: kicks are expected, a key is not, and an open drawer is called out."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from omsdesk.domain.printing import PaperKind, PrintAsked, PrintNoted, PrintState
from omsdesk.settings import DeviceSetting
from omsdesk.ui.devices.drawer_watch import Care, DrawerWatch, care_of

KICK = PrintAsked("sale-1:receipt", "t1", PaperKind.RECEIPT, "sale-1", opens_drawer=True)


class Bench:
    """A drawer under a clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.unasked = 0
        self.rung: list[bool] = []
        self.in_the_way: list[bool] = []
        self.watch = DrawerWatch(self._count, lambda: self.now)
        self.watch.in_the_way.connect(self.in_the_way.append)
        self.watch.left_open.connect(self.rung.append)
        self.watch.seen(False)

    def _count(self) -> None:
        self.unasked += 1


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return Bench()


def test_a_key_in_the_drawer_is_noted_once_for_each_opening(bench: Bench) -> None:
    for is_open in (True, True, False, True):
        bench.watch.seen(is_open)
    assert bench.unasked == 2


def test_a_sale_opens_the_drawer_and_that_is_nothing_to_note(bench: Bench) -> None:
    bench.watch.heard(KICK)
    bench.watch.heard(PrintNoted(KICK.job, PrintState.SENDING))
    bench.watch.seen(True)
    bench.watch.heard(PrintNoted(KICK.job, PrintState.PRINTED))
    bench.watch.seen(False)
    assert bench.unasked == 0


def test_a_kick_that_waited_for_paper_is_expected_when_it_comes(bench: Bench) -> None:
    bench.watch.heard(KICK)
    bench.watch.heard(PrintNoted(KICK.job, PrintState.HELD))
    bench.now += 600
    bench.watch.heard(PrintNoted(KICK.job, PrintState.PRINTED))
    bench.now += 3
    bench.watch.seen(True)
    assert bench.unasked == 0


def test_long_after_a_kick_an_opening_is_somebodys_own(bench: Bench) -> None:
    bench.watch.heard(KICK)
    bench.watch.heard(PrintNoted(KICK.job, PrintState.PRINTED))
    bench.now += 60
    bench.watch.seen(True)
    assert bench.unasked == 1


def test_paper_without_a_kick_expects_nothing(bench: Bench) -> None:
    bench.watch.heard(PrintAsked("j", "t1", PaperKind.SHIFT_REPORT, "shift-1"))
    bench.watch.heard(PrintNoted("j", PrintState.PRINTED))
    bench.watch.seen(True)
    assert bench.unasked == 1


def test_a_drawer_that_stood_open_at_the_start_is_not_held_against_anybody(bench: Bench) -> None:
    bench.watch.seen(None)
    bench.watch.seen(True)
    assert bench.unasked == 0


def test_a_drawer_left_open_is_called_out_until_it_is_shut(bench: Bench, qtbot: QtBot) -> None:
    bench.watch.care = Care(1)
    bench.watch.seen(True)
    qtbot.waitUntil(lambda: bench.rung == [True], timeout=20_000)
    bench.watch.seen(True)
    bench.watch.seen(False)
    bench.watch.seen(False)
    assert bench.rung == [True, False]


def test_a_drawer_that_is_shut_in_time_is_not(bench: Bench) -> None:
    bench.watch.seen(True)
    assert bench.watch._timer.isActive()
    bench.watch.seen(False)
    assert (bench.watch._timer.isActive(), bench.rung) == (False, [])


def test_nothing_is_called_out_where_nobody_wants_it(bench: Bench) -> None:
    bench.watch.care = Care(0)
    bench.watch.seen(True)
    assert not bench.watch._timer.isActive()


def test_an_open_drawer_is_in_the_way_where_it_has_to_be_shut_first_until_it_is_shut_or_nobody_knows(
    bench: Bench,
) -> None:
    bench.watch.seen(True)
    bench.watch.seen(False)
    assert bench.in_the_way == [], "as shipped it is in nobody's way"
    bench.watch.care = Care(is_shut_first=True)
    for is_open in (True, True, False, False, True, None):
        bench.watch.seen(is_open)
    assert bench.in_the_way == [True, False, True, False]


@pytest.mark.parametrize(
    ("setting", "care"),
    [
        (DeviceSetting("escpos", "tcp:127.0.0.1:9100"), None),
        (DeviceSetting("escpos", "tcp:127.0.0.1:9100", {"sensor": "open is low"}), Care()),
        (
            DeviceSetting("escpos", "tcp:127.0.0.1:9100", {"sensor": "open is high", "shut_first": True}),
            Care(is_shut_first=True),
        ),
        (DeviceSetting("simulator", "virtual:", {"alarm_seconds": 15}), Care(15)),
        (DeviceSetting("simulator", "virtual:", {"sensor": "none", "shut_first": True}), None),
        (DeviceSetting("escpos", "tcp:127.0.0.1:9100", {"sensor": "by magic"}), None),
        (DeviceSetting("file", "file:receipts"), None),
        (DeviceSetting("no such driver", "virtual:"), None),
    ],
)
def test_a_drawer_is_looked_after_as_its_printer_is_set_up(setting: DeviceSetting, care: Care | None) -> None:
    assert care_of(setting) == care
