"""The page about the service, by keyboard and finger."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from omsdesk.sync.codes import invitation
from omsdesk.sync.state import Phase, SyncState
from omsdesk.ui import theme
from omsdesk.ui.sync.screen import SyncScreen
from tests.ui.back_office import ANNA, BEN, Stage, click, press, put_on_stage, take_pictures, type_into, until
from tests.ui.sync.desks import Desk, House, Opens
from tests.ui.sync.test_aside_session import hear_something_new


def show(qtbot: QtBot, desk: Desk) -> tuple[SyncScreen, Stage]:
    """Show the page of a station."""
    screen = SyncScreen(desk.office)
    stage = put_on_stage(qtbot, screen)
    until(stage.isActiveWindow)
    return screen, stage


def labels(screen: SyncScreen) -> list[str]:
    """The pills that can be chosen."""
    return [screen.pills.name_of(row) for row in range(screen.pills.count())] if screen.pills.isVisible() else []


def test_a_station_by_itself_is_let_in_by_keyboard(qtbot: QtBot, alone: Desk, house: House) -> None:
    screen, stage = show(qtbot, alone)
    assert screen.standing.standing.word.text() == "This computer works by itself"
    assert labels(screen) == []
    assert screen.typing_place() is screen.standing.form.first
    take_pictures(stage, "sync-alone")
    type_into(screen.standing.form.editor("address"), house.address, stage)
    type_into(screen.standing.form.editor("code"), "0000-0000-0000", stage)
    press("Ctrl+Return")
    until(lambda: screen.standing.form.session.errors)
    take_pictures(stage, "sync-wrong-code")
    type_into(screen.standing.form.editor("code"), house.code().lower().replace("-", " "), stage)
    press("Ctrl+Return")
    until(alone.is_synced)
    assert screen.standing.standing.word.text() == "Synced"
    assert labels(screen) == ["How it stands", "Stations", "To settle", "Put aside"]
    assert not screen.standing.form.isVisible()
    assert screen.pills.hasFocus(), "the keyboard is not left in a form that is gone"
    take_pictures(stage, "sync-standing")


def test_an_invitation_is_scanned_from_another_screen(qtbot: QtBot, alone: Desk, house: House) -> None:
    screen, _stage = show(qtbot, alone)
    code = house.code()
    assert screen.scanned(invitation(house.address, code))
    assert screen.standing.form.editor("code").property("text") == code
    assert not screen.scanned("4006381333931")
    alone.shop.person = BEN
    assert not screen.scanned(invitation(house.address, code))


def test_offline_and_what_waits_are_shown(qtbot: QtBot, desk: Desk, house: House) -> None:
    screen, stage = show(qtbot, desk)
    house.go_down()
    desk.reprice("oat", "2.95")
    until(lambda: desk.exchange.state.phase is Phase.OFFLINE)
    assert screen.standing.standing.word.text().startswith("Offline: ")
    assert screen.standing.now.label == "Try now"
    sentence = screen.standing.standing.sentence
    until(lambda: "Tries again in" in sentence.text())
    before = sentence.text()
    until(lambda: sentence.text() != before)
    take_pictures(stage, "sync-offline")
    house.come_back()
    press("Ctrl+R")
    until(desk.is_synced)
    assert screen.standing.standing.word.text() == "Synced"
    assert screen.standing.now.label == "Sync now"


def test_who_opens_the_page_on_a_bad_line_has_it_tried(qtbot: QtBot, desk: Desk, house: House) -> None:
    house.go_down()
    desk.reprice("oat", "2.95")
    until(lambda: desk.exchange.state.next_try_ms)
    tries = list[SyncState]()
    desk.exchange.changed.connect(lambda state: None if state.next_try_ms else tries.append(state))
    courier = desk.exchange._courier
    assert courier is not None
    courier._schedule.due += 3600
    house.come_back()
    show(qtbot, desk)
    until(lambda: tries)
    until(desk.is_synced)


def test_a_code_for_another_till_is_made_by_keyboard(qtbot: QtBot, desk: Desk) -> None:
    screen, stage = show(qtbot, desk)
    press("Alt+2")
    stations = screen.stations
    until(lambda: stations.list.count() == 1)
    take_pictures(stage, "sync-stations")
    press("Ctrl+N")
    assert stations.form.editor("post").hasFocus()
    take_pictures(stage, "sync-add")
    press("Ctrl+Return")
    until(stations.ticket.isVisible)
    assert stations.session.ticket is not None
    assert stations.code.text() == stations.session.ticket.code
    assert stations.what.text() == "For Till 2, a new till"
    assert stations.list.hasFocus()
    assert stations.how.text().endswith("It lets one station in, once, and holds for 23 h 59 min more.")
    take_pictures(stage, "sync-code")


def test_whoever_waits_at_the_code_sees_that_the_station_has_joined(
    qtbot: QtBot, desk: Desk, house: House, opens: Opens
) -> None:
    screen, stage = show(qtbot, desk)
    press("Alt+2")
    stations = screen.stations
    until(lambda: stations.list.count() == 1)
    press("Ctrl+N")
    press("Ctrl+Return")
    until(stations.ticket.isVisible)
    assert stations.session.ticket is not None
    until(desk.is_synced)
    second = opens("second", is_set_up=False)
    second.connect(house, stations.session.ticket.code)
    until(lambda: not stations.ticket.isVisible())
    assert stations.banner.text() == "Till 2 has joined."
    assert stations.name.text() == "Till 2 · second"
    assert stations.list.count() == 2
    take_pictures(stage, "sync-joined")


def test_who_walks_the_stations_by_arrows_is_not_called_back(
    qtbot: QtBot, desk: Desk, house: House, opens: Opens
) -> None:
    second = opens("second", is_set_up=False)
    second.connect(house, house.code("s1"))
    screen, _ = show(qtbot, desk)
    press("Alt+2")
    stations = screen.stations
    until(lambda: stations.list.count() == 2)
    press("Down")
    stations._tick()
    stations.session.refresh()
    until(lambda: not stations.session._is_asking)
    assert stations.list.currentIndex().row() == 1
    press("Return")
    assert stations.session.chosen == second.exchange.device


def test_escape_leaves_the_form_for_a_new_station(qtbot: QtBot, desk: Desk) -> None:
    screen, _ = show(qtbot, desk)
    press("Alt+2")
    until(lambda: screen.stations.list.count() == 1)
    press("Ctrl+N")
    assert screen.stations.form.isVisible()
    press("Escape")
    assert not screen.stations.form.isVisible()
    assert screen.stations.list.hasFocus()


def test_nobody_is_asked_for_while_nobody_looks(qtbot: QtBot, desk: Desk) -> None:
    screen, _ = show(qtbot, desk)
    press("Alt+2")
    assert screen.stations._timer.isActive()
    press("Alt+1")
    assert not screen.stations._timer.isActive()


def test_a_station_is_retired_by_finger(qtbot: QtBot, desk: Desk, house: House, opens: Opens) -> None:
    second = opens("second", is_set_up=False)
    second.connect(house, house.code("s1"))
    screen, stage = show(qtbot, desk)
    screen.show_part("stations")
    until(lambda: screen.stations.list.count() == 2)
    click(screen.stations.list.viewport(), screen.stations.list.cell_rect(1).center())
    assert screen.stations.name.text() == "Back office · second"
    click(screen.stations.ask)
    take_pictures(stage, "sync-retire")
    click(screen.stations.retire)
    until(screen.stations.banner.isVisible)
    assert screen.stations.banner.text() == "Second is let in no more. What it told stays."
    assert not screen.stations.ask.isVisible()
    assert screen.stations.again.isVisible()


@pytest.fixture
def quarrel(desk: Desk, house: House, opens: Opens) -> Desk:
    """Two stations gave the oat milk two prices; this is the second one."""
    second = opens("second", is_set_up=False)
    second.connect(house, house.code("s1"))
    second.shop.person = ANNA
    house.go_down()
    desk.reprice("oat", "2.95")
    second.reprice("oat", "3.10")
    house.come_back()
    for one in (desk, second):
        one.exchange.sync_now()
    until(lambda: all(one.is_synced() and one.exchange.state.conflicts == 1 for one in (desk, second)))
    return second


@pytest.mark.parametrize("way", ["key", "enter", "finger"])
def test_a_conflict_is_settled_here_and_gone_there(qtbot: QtBot, desk: Desk, quarrel: Desk, way: str) -> None:
    screen, stage = show(qtbot, desk)
    assert screen.part is screen.conflicts, "what is to be settled comes first"
    until(lambda: screen.conflicts.cards and screen.conflicts.cards[0].isVisible())
    assert "To settle (1)" in labels(screen)
    assert screen.conflicts.subject.text() == "Oat milk, 1 L"
    take_pictures(stage, f"sync-settle-{way}")
    first = screen.conflicts.cards[0].label
    match way:
        case "key":
            press("Ctrl+1")
        case "enter":
            screen.conflicts.list.setFocus()
            press("Return")
            assert screen.conflicts.cards[0].hasFocus()
            press("Return")
        case "finger":
            click(screen.conflicts.cards[0])
    until(screen.conflicts.banner.isVisible)
    assert screen.conflicts.banner.text() == f"Settled. Oat milk, 1 L, price: {first}."
    until(lambda: not quarrel.exchange.state.conflicts)
    assert quarrel.price("oat") == desk.price("oat")
    until(lambda: "To settle" in labels(screen))
    take_pictures(stage, f"sync-settled-{way}")


def test_who_may_not_settle_can_look(qtbot: QtBot, desk: Desk, quarrel: Desk) -> None:
    desk.shop.person = BEN
    screen, _stage = show(qtbot, desk)
    until(lambda: screen.conflicts.cards and screen.conflicts.cards[0].isVisible())
    assert not screen.conflicts.cards[0].isEnabled()
    assert "ask a manager" in screen.conflicts.banner.text()
    press("Ctrl+1")
    assert desk.exchange.state.conflicts == 1
    screen.show_part("stations")
    assert not screen.stations.add.isVisible()
    screen.show_part("standing")
    assert not screen.standing.leaving.isVisible()


def test_leaving_is_asked_for_twice_and_the_form_is_there_again(qtbot: QtBot, desk: Desk) -> None:
    screen, stage = show(qtbot, desk)
    click(screen.standing.ask)
    assert screen.standing.leave.isVisible()
    take_pictures(stage, "sync-leaving")
    click(screen.standing.stay)
    click(screen.standing.ask)
    click(screen.standing.leave)
    until(screen.standing.form.isVisible)
    assert labels(screen) == []
    assert screen.part is screen.standing


def test_a_retired_station_is_offered_the_form(qtbot: QtBot, desk: Desk, house: House) -> None:
    screen, stage = show(qtbot, desk)
    house.running.do(lambda service: service.registrar.retire(house.tenant, desk.exchange.device))
    desk.reprice("oat", "2.95")
    until(lambda: desk.exchange.state.phase is Phase.REFUSED)
    assert screen.standing.standing.word.text() == "Sync stopped"
    assert screen.standing.form.isVisible()
    take_pictures(stage, "sync-stopped")
    code = invitation(house.address, house.code("s1", desk.exchange.device))
    assert screen.scanned(code)
    press("Ctrl+Return")
    until(desk.is_synced)
    assert not screen.standing.form.isVisible()


@pytest.mark.parametrize(("width", "scale"), [(1024, 1.0), (1366, 1.5)])
def test_it_fits_small_screens_and_large_text(
    qtbot: QtBot, desk: Desk, quarrel: Desk, width: int, scale: float
) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(theme.load("light", scale), app)
    screen = SyncScreen(desk.office)
    qtbot.addWidget(screen)
    screen.resize(width - 80, 768)
    screen.show()
    for key in ("standing", "stations", "conflicts", "aside"):
        screen.show_part(key)
        assert screen.minimumSizeHint().width() <= width - 80, key
    theme.apply(theme.load("light"), app)


def test_what_was_put_aside_is_listed_in_plain_words(qtbot: QtBot, desk: Desk) -> None:
    screen, stage = show(qtbot, desk)
    screen.show_part("aside")
    hear_something_new(desk)
    screen.aside.arrived()
    until(lambda: screen.aside.session.entries)
    words = [label.text() for label in screen.aside.cards.findChildren(QLabel)]
    assert words[0] == "Weather: turned"
    assert words[2].endswith("another station")
    take_pictures(stage, "sync-aside")
