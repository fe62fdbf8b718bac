"""What was set up for the customer is put to work, and let go."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from omsdesk.ui.devices.station_devices import SEEN_BY_CUSTOMERS
from omsdesk.ui.till.customer_display.side import POLE, SCREEN, CustomerSide
from tests.ui.till.bench import Bench
from tests.ui.till.customer_display.test_pole import Remembered
from tests.ui.till.shop import code_of


def test_its_roles_are_those_of_the_station() -> None:
    assert SEEN_BY_CUSTOMERS == (POLE, SCREEN)


def test_a_pole_shows_what_is_sold_until_it_is_taken_away(bench: Bench, qtbot: QtBot) -> None:
    pole, side = Remembered(), CustomerSide(bench.state)
    side.attach(POLE, pole)
    assert pole.lines[-1][0].strip() == "Kontor Kaffee"
    bench.session.intake.scanned(code_of("oat"))
    qtbot.waitUntil(lambda: pole.lines[-1] == ("Oat milk 1 L    2.80", "Total           2.80"))
    side.attach(POLE, None)
    bench.session.void()
    assert not side.display._soon.isActive()
