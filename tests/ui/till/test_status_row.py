"""The lowest line: chips, the way back, and what there is to say."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from omsdesk.devices.attendant import Link, Power
from omsdesk.devices.ports import Condition, PrinterStatus
from omsdesk.domain.people import Person, Role
from omsdesk.sync.state import Phase, SyncState
from omsdesk.ui.theme import Tone
from omsdesk.ui.till import counter as counters
from omsdesk.ui.till.counter import Aspect, Offer
from omsdesk.ui.till.status_row import StatusRow
from tests.ui.till.bench import Bench
from tests.ui.till.shop import code_of


@pytest.fixture
def status(bench: Bench, qtbot: QtBot) -> StatusRow:
    made = StatusRow(bench.state)
    qtbot.addWidget(made)
    made.resize(818, 48)
    made.show()
    qtbot.waitExposed(made)
    follow = {
        Aspect.NOTICE: lambda: made.show_notice(bench.counter.notice),
        Aspect.UNDO: made.show_undo,
        Aspect.STATUS: made.show_printer,
    }
    bench.counter.listeners.append(lambda aspect: follow.get(aspect, lambda: None)())
    return made


def test_where_and_when_is_told(bench: Bench, status: StatusRow) -> None:
    assert status.where.text() == f"Till 1 · {bench.counter.clock.now().local:%H:%M}"


@pytest.mark.parametrize(
    ("condition", "label", "tone"),
    [
        (Condition.UNKNOWN, "Printer", Tone.NEUTRAL),
        (Condition.READY, "Printer", Tone.OK),
        (Condition.PAPER_LOW, "Paper low", Tone.WARN),
        (Condition.PAPER_OUT, "Printer: paper out", Tone.BAD),
        (Condition.OFFLINE, "Printer: offline", Tone.BAD),
    ],
)
def test_the_printer_is_a_word_and_a_colour(status: StatusRow, condition: Condition, label: str, tone: Tone) -> None:
    status.set_printer("receipt", PrinterStatus.of(condition))
    assert (status.printer.label, status.printer.tone) == (label, tone)


def test_a_printer_is_explained(bench: Bench, status: StatusRow) -> None:
    status.set_printer("receipt", PrinterStatus.of(Condition.COVER_OPEN))
    status.printer.click()
    assert bench.said == "The cover of the printer is open. Close it; printing goes on by itself."


def test_the_scanner_is_green_once_it_was_heard(status: StatusRow) -> None:
    tones = [status.scanner.tone]
    status.scan_heard()
    assert [*tones, status.scanner.tone] == [Tone.NEUTRAL, Tone.OK]


def test_a_notice_takes_the_place_of_the_chips_until_it_is_hushed(bench: Bench, status: StatusRow) -> None:
    bench.counter.say(counters.Tone.BAD, "The drawer is stuck.")
    assert status.notice.isVisible()
    assert not status.printer.isVisible()
    assert not status.notice.button.isVisible()
    bench.counter.hush()
    assert status.printer.isVisible()


def test_what_is_offered_is_done_once(bench: Bench, status: StatusRow) -> None:
    done: list[str] = []
    bench.counter.say(counters.Tone.BAD, "It failed.", offer=Offer("Try again", lambda: done.append("tried")))
    assert status.has_offer
    assert status.notice.button.label == "Try again"
    status.notice.button.click()
    assert done == ["tried"]
    assert bench.counter.notice is None
    assert not status.take_offer()


def test_good_news_goes_by_itself_and_bad_news_stays(bench: Bench, status: StatusRow) -> None:
    bench.counter.say(counters.Tone.OK, "Saved.")
    assert status._passing.isActive()
    bench.counter.say(counters.Tone.BAD, "Not saved.")
    assert not status._passing.isActive()


def test_a_step_back_is_offered_and_taken(bench: Bench, status: StatusRow) -> None:
    bench.session.intake.scanned(code_of("oat"))
    assert status.undo.isVisible()
    assert status.undo.label == "Oat milk 1 L added"
    status.undo.click()
    assert bench.lines == []


def test_the_chance_passes(bench: Bench, status: StatusRow) -> None:
    bench.session.intake.scanned(code_of("oat"))
    status.undo.expired.emit()
    assert bench.session.undo is None


def test_chips_keep_their_words_whatever_can_be_undone(bench: Bench, status: StatusRow, qtbot: QtBot) -> None:
    before = status.scanner.geometry()
    status.undo.offer("Pack of 72 very small and very round cake cases with retro spots added")
    qtbot.wait(10)
    assert status.scanner.geometry() == before


def test_chips_are_icons_where_there_is_little_room(status: StatusRow, qtbot: QtBot) -> None:
    status.resize(520, 48)
    qtbot.wait(10)
    assert status.printer.width() == 48


def test_where_there_is_little_room_the_time_stays_and_the_name_goes(
    bench: Bench, status: StatusRow, qtbot: QtBot
) -> None:
    status.resize(460, 48)
    qtbot.wait(10)
    assert status.where.text() == f"{bench.counter.clock.now().local:%H:%M}"
    bench.session.intake.scanned(code_of("oat"))
    qtbot.wait(10)
    assert status.undo.width() >= status.undo.minimumSizeHint().width()
    status.resize(818, 48)
    qtbot.wait(10)
    assert status.where.text().startswith("Till 1 · ")


@pytest.mark.parametrize(("width", "label", "key"), [(818, "Make the product", "Enter"), (460, "Make it", "")])
def test_where_there_is_little_room_it_is_the_sentences(
    bench: Bench, status: StatusRow, *, width: int, label: str, key: str
) -> None:
    status.resize(width, 48)
    bench.session.intake.scanned("4099999999991")
    assert (status.notice.button.label, status.notice.button.key) == (label, key)
    assert status.notice.text() == "Nobody knows “4099999999991”."


def test_an_offer_without_a_short_word_keeps_its_own(bench: Bench, status: StatusRow) -> None:
    status.resize(460, 48)
    bench.counter.say(counters.Tone.BAD, "It failed.", offer=Offer("Try again", lambda: None))
    assert status.notice.button.label == "Try again"


def test_the_exchange_is_a_word_and_a_colour(bench: Bench, status: StatusRow) -> None:
    assert (status.sync.label, status.sync.tone) == ("This till only", Tone.NEUTRAL)
    synced = SyncState(is_enrolled=True, phase=Phase.IDLE, last_contact_ms=bench.counter.clock.now().utc_ms)
    status.show_sync(synced)
    assert (status.sync.label, status.sync.tone) == ("Synced", Tone.OK)
    status.sync.click()
    assert bench.said.startswith("This station and the service know the same")


def test_what_waits_too_long_is_noticed_by_the_clock_alone(
    bench: Bench, status: StatusRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = bench.counter.clock.now()
    waiting = SyncState(
        is_enrolled=True, phase=Phase.TALKING, last_contact_ms=now.utc_ms, waiting=7, waiting_since_ms=now.utc_ms
    )
    status.show_sync(waiting)
    assert status.sync.label == "Synced", "it is on its way"
    later = replace(now, utc_ms=now.utc_ms + 20_000)
    monkeypatch.setattr(bench.counter.clock, "now", lambda: later)
    status._clock.timeout.emit()
    assert (status.sync.label, status.sync.tone) == (f"7 waiting since {now.local:%H:%M}", Tone.WARN)


def test_a_refusal_leads_to_where_it_is_put_right(bench: Bench, status: StatusRow, qtbot: QtBot) -> None:
    status.show_sync(SyncState(is_enrolled=True, phase=Phase.REFUSED, sentence="This station was retired."))
    status.sync.click()
    assert bench.said == "This station was retired."
    with qtbot.waitSignal(status.sync_wanted):
        status.notice.button.click()


def test_a_drawer_that_was_left_open_is_a_chip_until_it_is_shut(bench: Bench, status: StatusRow) -> None:
    assert status.drawer.isHidden()
    status.set_drawer(True)
    assert (status.drawer.isHidden(), status.drawer.tone) == (False, Tone.BAD)
    status.drawer.click()
    assert bench.said.startswith("The drawer is open. Close it")
    status.set_drawer(False)
    assert status.drawer.isHidden()


# --- other devices ----------------------------------------------------------------------------------------------------

GONE = Link(Power.OFFLINE, "The device does not answer. Check that it is switched on.")


def test_a_scale_that_works_says_nothing(status: StatusRow) -> None:
    status.set_link("scale", Link(Power.ONLINE))
    assert not status.lost.isVisible()


def test_a_scale_that_is_gone_has_a_chip_until_it_is_back(bench: Bench, status: StatusRow) -> None:
    status.set_link("scale", GONE)
    assert (status.lost.label, status.lost.tone, status.lost.isVisible()) == ("Scale not there", Tone.BAD, True)
    status.lost.click()
    assert bench.said == f"Scale: {GONE.sentence}"
    bench.counter.hush()
    status.set_link("scale", Link(Power.ONLINE))
    assert not status.lost.isVisible()


def test_several_devices_share_a_chip(bench: Bench, status: StatusRow) -> None:
    status.set_link("scale", GONE)
    status.set_link("scanner-2", GONE)
    assert status.lost.label == "2 devices not there"
    status.lost.click()
    assert bench.said == f"Scale: {GONE.sentence} Scanner: {GONE.sentence}"


def test_what_was_taken_away_is_not_missed(status: StatusRow) -> None:
    status.set_link("scale", GONE)
    status.set_printer("kitchen", PrinterStatus.of(Condition.OFFLINE))
    assert status.printer.label == "Kitchen: offline"
    status.set_attached("scale", object())
    assert status.lost.isVisible()
    status.set_attached("scale", None)
    status.set_attached("kitchen", None)
    assert not status.lost.isVisible()
    assert status.printer.label == "Printer"


@pytest.mark.parametrize(("role", "leads"), [(Role.MANAGER, True), (Role.CASHIER, False)])
def test_who_may_change_devices_is_led_there(bench: Bench, status: StatusRow, role: Role, *, leads: bool) -> None:
    wanted: list[bool] = []
    status.devices_wanted.connect(lambda: wanted.append(True))
    bench.counter.person = Person("someone", "Someone", role)
    status.set_link("scale", GONE)
    status.lost.click()
    assert status.take_offer() is leads
    assert wanted == [True] * leads


def test_nothing_is_asked_any_more_once_the_window_is_closed(bench: Bench, status: StatusRow, qtbot: QtBot) -> None:
    asked: list[str] = []
    bench.state.receipts.to_ask_about = lambda: asked.append("asked") or ""  # type: ignore[method-assign,func-returns-value]
    bench.counter.say(counters.Tone.OK, "Sold.")
    bench.counter.hush()
    qtbot.waitUntil(lambda: asked == ["asked"])
    bench.counter.say(counters.Tone.OK, "Sold.")
    status.close()
    bench.counter.hush()
    qtbot.wait(1)
    assert asked == ["asked"]
