"""What did not come out of the printer is told in words, and settled by whoever looked."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from omsdesk.devices.ports import Condition, PrinterStatus
from omsdesk.devices.spooler import STATE_WORDS
from omsdesk.domain.printing import NotePrint, PrintState
from omsdesk.store.queries import printing
from omsdesk.store.queries.printing import Job, unsettled
from omsdesk.ui.till.counter import Tone
from omsdesk.ui.till.done_view import DoneView
from omsdesk.ui.till.receipts.prints_sheet import PrintsSheet
from tests.ui.till.shop import PINS, Station, code_of


def tap(till: Station, widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
    till.settle()


def sell(till: Station, state: PrintState, detail: str = "") -> Job:
    """Sell something whose receipt gets into this state."""
    till.scan(code_of("oat"))
    till.press(Qt.Key.Key_F5)
    job = unsettled(till.reader)[-1]
    till.do(NotePrint(job.job, state, detail))
    till.settle()
    return job


def state_of(till: Station, job: Job) -> PrintState:
    return PrintState(printing.state_of(till.reader, job.job))


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (PrintState.SENDING, "Receipt 1A-000001 is printing"),
        (PrintState.PRINTED, "Receipt 1A-000001 is printed"),
        (PrintState.SENT, "Receipt 1A-000001 was sent to the printer"),
        (PrintState.HELD, "Receipt 1A-000001 waits in the printer"),
        (PrintState.FAILED, "Receipt 1A-000001 waits for the printer"),
        (PrintState.UNKNOWN, "Receipt 1A-000001: look whether it came out"),
        (PrintState.CANCELLED, "Receipt 1A-000001"),
    ],
)
def test_the_moment_after_says_how_the_printing_stands(till: Station, state: PrintState, sentence: str) -> None:
    sell(till, state)
    view = till.view(DoneView)
    assert view.number.text() == sentence
    assert view.print_button.label == ("Print" if state is PrintState.CANCELLED else "Print a copy")
    assert view.none_button.isVisible() is (state is PrintState.CANCELLED)


def test_a_receipt_behind_one_that_cannot_come_out_is_not_printing(till: Station) -> None:
    sell(till, PrintState.HELD, "no paper")
    sell(till, PrintState.QUEUED)
    assert till.view(DoneView).number.text() == "Receipt 1A-000002 waits for the printer"


def test_a_print_that_failed_is_shown_with_its_reason_and_printed_again(till: Station) -> None:
    job = sell(till, PrintState.FAILED, "The printer does not answer. Check that it is switched on.")
    chip = till.screen.status.printer
    assert chip.label == "1 print waits"
    tap(till, chip)
    sheet = till.sheet(PrintsSheet)
    assert sheet.list.name_of(0).startswith(f"Receipt 1A-000001, {STATE_WORDS[PrintState.FAILED]}")
    assert sheet.reason.text().startswith("The printer does not answer.")
    till.press(Qt.Key.Key_Return)
    assert state_of(till, job) is PrintState.QUEUED
    assert till.screen.sheet is None
    till.screen.show_printer("receipt", PrinterStatus.of(Condition.READY))
    assert chip.label == "Printer"


def test_paper_that_may_have_come_out_is_looked_for_first(till: Station) -> None:
    job = sell(till, PrintState.UNKNOWN, "It may have been printed. Look whether it came out.")
    tap(till, till.screen.status.printer)
    sheet = till.sheet(PrintsSheet)
    assert sheet.reason.text().startswith("Did receipt 1A-000001 come out? It may have been printed.")
    assert (sheet.settle.label, sheet.again.label) == ("Yes, it came out", "No, print it again")
    tap(till, sheet.settle)
    assert state_of(till, job) is PrintState.PRINTED
    assert till.screen.sheet is None


def test_what_the_printer_holds_is_not_sent_twice(till: Station) -> None:
    job = sell(till, PrintState.HELD, "The paper is out.")
    tap(till, till.screen.status.printer)
    sheet = till.sheet(PrintsSheet)
    assert not sheet.again.isEnabled()
    till.press(Qt.Key.Key_Return)
    assert state_of(till, job) is PrintState.HELD
    tap(till, sheet.settle)
    assert state_of(till, job) is PrintState.CANCELLED


def test_of_several_the_marked_one_is_meant(till: Station) -> None:
    first, second = sell(till, PrintState.FAILED, "off"), sell(till, PrintState.UNKNOWN, "look")
    assert till.screen.status.printer.label == "2 prints wait"
    tap(till, till.screen.status.printer)
    sheet = till.sheet(PrintsSheet)
    assert sheet.list.hasFocus()
    till.press(Qt.Key.Key_Down)
    assert (sheet.reason.text(), sheet.settle.label) == ("Did receipt 1A-000002 come out? look", "Yes, it came out")
    till.press(Qt.Key.Key_F12)
    assert state_of(till, second) is PrintState.QUEUED
    assert sheet.list.count() == 2, "it waits behind the one that is stuck"
    till.press(Qt.Key.Key_Up)
    assert sheet.settle.label == "Do not print it"
    tap(till, sheet.settle)
    assert state_of(till, first) is PrintState.CANCELLED
    assert till.screen.sheet is None


def test_a_printer_that_comes_back_empties_the_list_by_itself(till: Station) -> None:
    job = sell(till, PrintState.FAILED, "off")
    tap(till, till.screen.status.printer)
    assert till.sheet(PrintsSheet).isVisible()
    till.do(NotePrint(job.job, PrintState.SENDING), NotePrint(job.job, PrintState.PRINTED))
    till.settle()
    assert till.screen.sheet is None


def test_a_scan_behind_the_list_is_an_article(till: Station) -> None:
    sell(till, PrintState.FAILED, "off")
    tap(till, till.screen.status.printer)
    till.scan(code_of("mug"))
    assert till.lines == [("1", "Travel mug 350 ml")]


def test_without_trouble_the_printer_says_how_it_is(till: Station) -> None:
    till.screen.show_printer("receipt", PrinterStatus.of(Condition.COVER_OPEN))
    assert till.screen.status.printer.label == "Printer: cover open"
    tap(till, till.screen.status.printer)
    assert till.screen.sheet is None
    assert till.said.startswith("The cover of the printer is open.")


def test_whether_paper_came_out_is_asked_once_and_again_only_of_who_wants_to_know(till: Station) -> None:
    sell(till, PrintState.UNKNOWN, "The printer was switched off.")
    assert till.said == "Did receipt 1A-000001 come out?"
    till.scan(code_of("mug"))
    till.state.counter.hush()
    till.settle()
    till.screen.show_printer("receipt", PrinterStatus.of(Condition.READY))
    assert till.said == "", "nobody is asked twice"
    assert till.screen.status.printer.label == "Did it come out?"
    tap(till, till.screen.status.printer)
    assert till.sheet(PrintsSheet).reason.text().startswith("Did receipt 1A-000001 come out?")


def test_the_question_waits_for_what_is_being_said(till: Station) -> None:
    job = sell(till, PrintState.SENDING)
    till.state.counter.say(Tone.INFO, "Something else.")
    till.do(NotePrint(job.job, PrintState.UNKNOWN))
    till.settle()
    assert till.said == "Something else."
    till.state.counter.hush()
    till.until(lambda: till.said == "Did receipt 1A-000001 come out?")


def test_the_question_is_answered_by_keys_alone(till: Station) -> None:
    job = sell(till, PrintState.UNKNOWN)
    till.press(Qt.Key.Key_Return)
    sheet = till.sheet(PrintsSheet)
    till.press(Qt.Key.Key_Tab)
    assert sheet.settle.hasFocus()
    till.press(Qt.Key.Key_Space)
    till.until(lambda: state_of(till, job) is PrintState.PRINTED)
    assert till.screen.sheet is None


def test_that_it_is_printing_gives_way_to_the_question(till: Station) -> None:
    job = sell(till, PrintState.SENDING)
    till.state.counter.say(Tone.OK, "The receipt is printing.")
    till.do(NotePrint(job.job, PrintState.UNKNOWN))
    till.until(lambda: till.said == "Did receipt 1A-000001 come out?")


def test_the_question_comes_again_when_something_else_was_said_over_it(till: Station) -> None:
    sell(till, PrintState.UNKNOWN)
    till.state.counter.say(Tone.OK, "Saved.")
    till.state.counter.hush()
    till.until(lambda: till.said == "Did receipt 1A-000001 come out?")
    till.state.counter.hush()
    till.settle()
    assert till.said == "", "whoever put it away read it"


def test_whoever_signs_in_is_asked_what_nobody_has_answered(till: Station) -> None:
    job = sell(till, PrintState.SENDING)
    till.state.sign_in.lock()
    till.do(NotePrint(job.job, PrintState.UNKNOWN))
    till.settle()
    assert till.said == ""
    till.type_in(PINS["anna"])
    till.press(Qt.Key.Key_Return)
    till.until(lambda: till.said == "Did receipt 1A-000001 come out?")


def test_the_chip_names_the_trouble_that_prints_wait_for(till: Station) -> None:
    chip = till.screen.status.printer
    sell(till, PrintState.HELD)
    till.screen.show_printer("receipt", PrinterStatus.of(Condition.PAPER_OUT))
    assert chip.label == "Paper out, 1 waits"
    sell(till, PrintState.QUEUED)
    assert chip.label == "Paper out, 2 wait"
    till.screen.show_printer("receipt", PrinterStatus.of(Condition.READY))
    till.screen.show_printer("kitchen", PrinterStatus.of(Condition.COVER_OPEN))
    assert chip.label == "Kitchen: cover open, 2 wait"


def test_the_question_leads_to_its_answer(till: Station) -> None:
    job = sell(till, PrintState.UNKNOWN)
    assert till.screen.status.take_offer()
    till.settle()
    till.press(Qt.Key.Key_Return)
    assert state_of(till, job) is PrintState.UNKNOWN, "a second Enter is no answer"
    till.press(Qt.Key.Key_F12)
    assert state_of(till, job) is PrintState.QUEUED


def test_what_waits_behind_a_print_that_is_stuck_is_seen_and_can_be_given_up(till: Station) -> None:
    sell(till, PrintState.FAILED, "off")
    second = sell(till, PrintState.QUEUED)
    assert till.screen.status.printer.label == "2 prints wait"
    tap(till, till.screen.status.printer)
    sheet = till.sheet(PrintsSheet)
    till.press(Qt.Key.Key_Down)
    assert not sheet.again.isEnabled()
    tap(till, sheet.settle)
    assert state_of(till, second) is PrintState.CANCELLED
