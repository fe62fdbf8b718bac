"""What plays which role, kept and taken back; what was printed, counted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from omsdesk.domain.printing import AskPrint, NotePrint, PaperKind, PrintState
from omsdesk.settings import DeviceSetting, Settings
from omsdesk.store.queries.printing import JobDay
from omsdesk.ui.devices.heard import Heard, symbology_of
from omsdesk.ui.devices.session import DevicesSession
from tests.ui.back_office import BackOffice, until
from tests.ui.devices.desk import DeviceDesk

FILES = DeviceSetting("file", "file:receipts", {"title": "Files"})


@pytest.fixture
def session(desk: DeviceDesk) -> DevicesSession:
    return DevicesSession(desk.office())


def test_a_change_restarts_only_its_role(desk: DeviceDesk, session: DevicesSession) -> None:
    desk.set_up(receipt=FILES, kitchen=DeviceSetting("file", "file:kitchen"))
    kitchen = desk.devices.spoolers["kitchen"]
    assert session.bind("receipt", replace(FILES, address="file:other"), "Other")
    assert session.saved == "Receipts: Other"
    assert desk.devices.spoolers["kitchen"] is kitchen
    session.take_back()
    assert desk.settings().device["receipt"] == FILES
    assert not session.can_undo


def test_a_folder_that_cannot_be_written_is_said(desk: DeviceDesk) -> None:
    def full(_: Settings) -> None:
        raise OSError(28, "No space left on device")

    session = DevicesSession(replace(desk.office(), keep=full))
    assert not session.bind("receipt", FILES)
    assert "No space left on device" in session.refusal
    assert not session.can_undo


def test_an_option_is_set_and_the_others_stay(desk: DeviceDesk, session: DevicesSession) -> None:
    desk.set_up(receipt=DeviceSetting("escpos", "tcp:127.0.0.1:9", {"answers": False}))
    session.set_option("pages", "0,16")
    assert desk.settings().device["receipt"].options == {"answers": False, "pages": "0,16"}


def test_a_driver_that_is_gone_is_named_and_can_be_taken_away(desk: DeviceDesk, session: DevicesSession) -> None:
    desk.set_up(receipt=DeviceSetting("no_such_driver", "tcp:127.0.0.1:9"))
    assert session.player.card is None
    assert session.player.name == "no_such_driver"
    assert session.player.left_open == {}
    until(lambda: session.player.standing.word == "Not there")
    assert "Choose another one" in session.player.standing.sentence
    session.take_away()
    assert session.player.name == "Paper on the screen, without a printer"


def test_what_a_driver_has_not_shown_is_told(desk: DeviceDesk, session: DevicesSession) -> None:
    desk.set_up(receipt=DeviceSetting("escpos", "tcp:127.0.0.1:9"))
    assert "hardware" in session.player.left_open


def test_jobs_are_counted_today_and_ever(desk: DeviceDesk, session: DevicesSession, shop: BackOffice) -> None:
    desk.stop()
    states = (PrintState.PRINTED, PrintState.PRINTED, PrintState.SENT, PrintState.UNKNOWN, PrintState.CANCELLED)
    for number, state in enumerate((*states, PrintState.QUEUED)):
        shop.do(AskPrint(f"job-{number}", "t1", PaperKind.DRAWER, "nowhere"))
        if state is not PrintState.QUEUED:
            shop.do(NotePrint(f"job-{number}", state))
    shop.do(AskPrint("other", "t1", PaperKind.DRAWER, "nowhere", "kitchen"))
    session.refresh()
    until(lambda: session.counts.printed)
    counts = session.counts
    assert (counts.printed, counts.unknown, counts.cancelled, counts.waiting) == (3, 1, 1, 1)
    assert counts.days == (JobDay(shop.clock.now().day, 3, 1),)


def test_a_scan_of_a_product_says_which_and_what_else_it_says(desk: DeviceDesk) -> None:
    from omsdesk.devices.scanner import Scan

    heard = Heard(desk.office())
    heard.take(Scan("010400638133393110L26\x1d21S1", "]d2"))
    assert heard.scans[0].meaning == "Ethiopia Guji, 250 g · lot L26 · serial S1"
    assert heard.scans[0].symbology == "Data Matrix"
    heard.take(Scan("12345"))
    assert heard.scans[0].meaning == "No product has this code"
    for number in range(20):
        heard.take(Scan(str(number)))
    assert len(heard.scans) == 6


def test_a_kind_of_code_that_the_scanner_does_not_say_has_no_name() -> None:
    assert symbology_of("") == ""
    assert symbology_of("]x0") == ""
    assert symbology_of("]E0") == "EAN / UPC"
