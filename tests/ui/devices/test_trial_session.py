"""Trying devices, without a window."""

from __future__ import annotations

import pytest

from omsdesk.devices.drivers.simulator.printer import SimulatedPrinter
from omsdesk.devices.drivers.virtual_display.display import SimulatedDisplay
from omsdesk.devices.ports import Condition
from omsdesk.settings import DeviceSetting
from omsdesk.ui.devices.session import DevicesSession
from omsdesk.ui.devices.trial_session import Trial, TrialSession
from tests.ui.back_office import BackOffice, until
from tests.ui.devices.desk import DeviceDesk


@pytest.fixture
def trial(desk: DeviceDesk) -> TrialSession:
    return TrialSession(DevicesSession(desk.office()))


def told(trial: TrialSession) -> Trial:
    """Wait for what becomes of a trial."""
    until(lambda: not trial.running and trial.trial is not None)
    assert trial.trial is not None
    return trial.trial


def test_a_label_is_shown_where_there_is_no_printer(desk: DeviceDesk, trial: TrialSession) -> None:
    desk.set_up(label=DeviceSetting("virtual_labels", "virtual:"))
    trial.page.look_at("label")
    trial.print_label()
    assert trial.running == "label"
    done = told(trial)
    assert (done.sentence, done.is_good, len(done.sheets)) == ("The test label was printed.", True, 1)
    assert done.sheets[0].startswith(b"\x89PNG")


def test_a_page_goes_into_a_folder(desk: DeviceDesk, trial: TrialSession) -> None:
    desk.set_up(receipt=DeviceSetting("file", "file:receipts"))
    trial.print_page()
    done = told(trial)
    assert done.is_good
    assert done.sheets != ()
    assert (desk.settings().folder / "receipts" / "test-page.bin").exists()


def test_a_driver_that_stumbles_ends_the_trial_with_a_sentence(
    desk: DeviceDesk, trial: TrialSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object) -> None:
        raise RuntimeError("a driver of others")

    monkeypatch.setattr(desk.devices.devices["receipt"], "print", stumble)
    trial.print_page()
    done = told(trial)
    assert not done.is_good
    assert "set it up" in done.sentence


def test_a_press_too_many_prints_one_page(desk: DeviceDesk, trial: TrialSession) -> None:
    trial.print_page()
    trial.print_page()
    told(trial)
    printer = desk.devices.devices["receipt"]
    assert isinstance(printer, SimulatedPrinter)
    assert len(printer.sheets) == 1


def test_a_printer_without_paper_says_what_to_do_and_gets_nothing(desk: DeviceDesk, trial: TrialSession) -> None:
    printer = desk.devices.devices["receipt"]
    assert isinstance(printer, SimulatedPrinter)
    printer.set_condition(Condition.PAPER_OUT)
    trial.print_page()
    done = told(trial)
    assert not done.is_good
    assert "paper" in done.sentence
    assert printer.sheets == ()
    assert not trial.has_tables


def test_the_drawer_opens_and_what_opened_it_is_kept(desk: DeviceDesk, trial: TrialSession) -> None:
    trial.kick(5, 200)
    assert told(trial).is_good
    printer = desk.devices.devices["receipt"]
    assert isinstance(printer, SimulatedPrinter)
    assert printer.kicked_pins == (5,)
    trial.keep_kick()
    options = desk.settings().device["receipt"].options
    assert (options["kick_pin"], options["pulse_ms"]) == (5, 200)
    assert trial.kicked is None


def test_without_any_table_only_plain_letters_are_sent_as_text(desk: DeviceDesk, trial: TrialSession) -> None:
    desk.set_up(receipt=DeviceSetting("escpos", "tcp:127.0.0.1:9"))
    for page, _ in trial.pages:
        trial.use_page(page.number, is_right=False)
    assert desk.settings().device["receipt"].options["pages"] == "none"
    assert [page.number for page, is_used in trial.pages if is_used] == []
    trial.use_page(0, is_right=True)
    assert desk.settings().device["receipt"].options["pages"] == "0"


def test_two_lines_reach_the_display(desk: DeviceDesk, trial: TrialSession) -> None:
    desk.set_up(display=DeviceSetting("virtual_display", "virtual:"))
    trial.page.look_at("display")
    trial.show_line("Welcome", "to the shop")
    display = desk.devices.devices["display"]
    assert isinstance(display, SimulatedDisplay)
    assert display.lines == ("Welcome", "to the shop")
    assert told(trial).is_good


def test_what_is_not_there_is_said(desk: DeviceDesk, trial: TrialSession) -> None:
    trial.page.look_at("display")
    trial.show_line("Welcome", "")
    assert told(trial).sentence == "The display is not there."
    trial.page.look_at("scale")
    assert trial.weighing() is None
    trial.zero()
    trial.page.look_at("label")
    assert trial.trial is None, "what became of another trial is gone"


def test_an_office_tries_its_printers_as_a_till_does(shop: BackOffice) -> None:
    office = DeviceDesk(shop, is_till=False)
    office.set_up(receipt=DeviceSetting("simulator", "virtual:"))
    office.start()
    trial = TrialSession(DevicesSession(office.office()))
    assert trial.page.current == "label"
    trial.print_label()
    assert trial.trial is None, "there is nothing to try"
    trial.page.look_at("receipt")
    trial.print_page()
    assert told(trial).sentence == "The test page was printed."
    office.stop()
