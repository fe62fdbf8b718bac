"""The test page of a receipt printer, read back by the simulator and by an interpreter that is not ours."""

from __future__ import annotations

from dataclasses import replace

import pytest

from omsdesk.devices.drivers.simulator.printer import SimulatedPrinter
from omsdesk.documents.plain import render
from omsdesk.documents.printer_profile import EPSON_PAGES, PROFILES, verified_pages
from omsdesk.documents.trial_page import PAGE_LETTERS, kick_bytes, trial_bytes, trial_pages, trial_paper
from tests.devices.foreign_printer import ForeignPrinter


@pytest.mark.parametrize("profile", PROFILES)
def test_it_fills_a_line_of_every_model_and_comes_out(profile: str) -> None:
    model = PROFILES[profile]
    text = render(trial_paper("Corner Coffee", model, "today"), model.columns)
    assert len(next(line for line in text.splitlines() if line.startswith("12345"))) == model.columns
    printer = SimulatedPrinter(model)
    printer.print(trial_bytes("Corner Coffee", model, "today"), "test-page")
    assert "Corner Coffee" in printer.sheets[0].text


def test_every_table_that_a_printer_may_have_is_on_it() -> None:
    for model in PROFILES.values():
        numbers = [page.number for page in trial_pages(model)]
        assert len(numbers) == len(set(numbers))
        assert {page.number for page in EPSON_PAGES} <= set(numbers)
        assert numbers[0] == model.code_pages[0].number


def test_a_table_that_was_given_up_can_be_tried_again() -> None:
    plain = replace(PROFILES["epson-80"], code_pages=verified_pages("none"))
    assert set(trial_pages(plain)) == set(EPSON_PAGES)


def test_letters_of_a_table_are_in_it() -> None:
    for codec, letters in PAGE_LETTERS.items():
        assert letters.encode(codec).decode(codec) == letters


def test_a_foreign_printer_selects_each_table_by_its_number() -> None:
    printer = ForeignPrinter()
    sheet = printer.print(trial_bytes("Corner Coffee", PROFILES["epson-80"], "today"))
    for page in EPSON_PAGES:
        assert f"\n{page.number:<2}  {PAGE_LETTERS[page.codec]}\n" in sheet.text
    assert not [words for words in printer.complaints if "codepage" in words]


@pytest.mark.parametrize("pin", [2, 5])
def test_the_drawer_opens_on_its_pin(pin: int) -> None:
    printer = ForeignPrinter()
    printer._apply(printer._printer.open_connection("direct", 0.0))
    printer._apply(printer._printer.receive("direct", kick_bytes(pin, 200), 0.0))
    assert printer.drawer_kicks == [pin]
