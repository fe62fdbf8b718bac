"""The sheet that a person has before them: one code at a time, and what was learnt."""

from __future__ import annotations

from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from omsdesk.devices.scanner import GS, Scan
from omsdesk.devices.scanner_lesson import LABELS
from omsdesk.settings import Settings
from omsdesk.ui.devices.scanner_setup import ScannerSetup
from omsdesk.ui.devices.scanner_setup_sheet import ScannerSetupSheet
from tests.ui.back_office import take_pictures

TEXTS = [*(label.content for label in LABELS[:5]), f"010{LABELS[0].content}10AB{GS}21CD"]


class Stage(QWidget):
    """An area of a till's size that the sheet covers."""


@pytest.fixture
def stage(qtbot: QtBot) -> Stage:
    made = Stage()
    qtbot.addWidget(made)
    made.resize(1290, 768)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def sheet(stage: Stage, tmp_path: Path) -> ScannerSetupSheet:
    kept = [Settings(tmp_path)]
    made = ScannerSetupSheet(ScannerSetup(lambda: kept[-1], kept.append), stage)
    made.open_sheet()
    return made


def picture_of(widget: QWidget) -> Image.Image:
    """What a scanner that reads screens sees."""
    image = widget.grab().toImage().convertToFormat(widget.grab().toImage().Format.Format_RGB888)
    return Image.frombytes("RGB", (image.width(), image.height()), bytes(image.constBits()), "raw", "RGB",
                           image.bytesPerLine())  # fmt: skip


def test_each_code_on_the_screen_is_read_by_a_foreign_reader(sheet: ScannerSetupSheet, stage: Stage) -> None:
    for number, text in enumerate(TEXTS, 1):
        assert sheet.content.step.text() == f"Scan code {number} of 6"
        assert [code.bytes.decode() for code in zxingcpp.read_barcodes(picture_of(stage))] == [text]
        if number == 2:
            take_pictures(stage, "scanner-setup-code")
        sheet.take_scan(Scan("", raw=text, source="scanner-1"))
    assert sheet.content.step.text() == "This is how the scanner is set"
    assert not sheet.content.code.isVisible()


def test_every_code_fits_a_small_screen(sheet: ScannerSetupSheet, stage: Stage) -> None:
    stage.resize(1024 - 76, 768)
    for text in TEXTS:
        assert [code.bytes.decode() for code in zxingcpp.read_barcodes(picture_of(stage))] == [text]
        sheet.take_scan(Scan("", raw=text, source="scanner-1"))


def test_what_is_wrong_stands_below_the_code(sheet: ScannerSetupSheet, stage: Stage) -> None:
    sheet.take_scan(Scan("", raw="7", source="scanner-1"))
    assert sheet.content.said.text() == "That was not the code that is shown. Scan code 1."
    take_pictures(stage, "scanner-setup-wrong")
    sheet.content.again.click()
    assert sheet.content.said.text().startswith("Hold the scanner a hand's length before the screen.")


def test_what_was_learnt_is_named_tried_and_saved(sheet: ScannerSetupSheet, stage: Stage) -> None:
    body = sheet.content
    french = str.maketrans("1234567890-aqwzm", "&é\"'(-è_çà)qazw,")
    for text in TEXTS:
        body.setup.heard_typed(f"~{text.translate(french)}", "F9", "Tab")
    assert "does not say which kind of code" in body.said.text()
    assert sheet.typing_place() is body.name
    body.name.setText("Till 1, in the hand")
    take_pictures(stage, "scanner-setup-learnt")
    body.setup.heard_typed("~" + "4006381333931".translate(french), "F9", "Tab")
    assert body.said.text() == "Read: 4006381333931"
    body.save.click()
    assert body.step.text() == "The scanner is set up"
    assert not body.save.isVisible()
    assert sheet.typing_place() is None


def test_the_page_is_offered_as_long_as_there_is_something_to_scan(sheet: ScannerSetupSheet) -> None:
    sheet.content.to_pdf.click()
    assert sheet.content.said.text().startswith("It lies in ")
