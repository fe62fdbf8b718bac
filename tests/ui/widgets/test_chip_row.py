"""Chips stand close together and agree on showing words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.chip import Chip
from omsdesk.ui.widgets.chip_row import ChipRow

if TYPE_CHECKING:
    from tests.ui.widgets.conftest import Show


def test_chips_show_all_their_words_or_none(show: Show) -> None:
    chips = [Chip("Synced", "cloud-check", Tone.OK), Chip("Printer", "printer", Tone.OK), Chip("Scanner", "scan-line")]
    bar = show(ChipRow(chips), 400, 48)
    assert bar.sizeHint().width() <= 400
    assert chips[0].width() == chips[0].sizeHint().width()
    assert chips[1].x() == chips[0].width() + 8
    bar.resize(200, 48)
    assert [chip.width() for chip in chips] == [48, 48, 48]
    assert bar.minimumSizeHint().width() == 160


def test_a_chip_that_changes_or_goes_leaves_no_gap(show: Show) -> None:
    chips = [Chip("Synced", "cloud-check", Tone.OK), Chip("Printer", "printer", Tone.OK), Chip("Scanner", "scan-line")]
    bar = show(ChipRow(chips), 500, 48)
    chips[0].set_state("Offline, 14 sales wait", "cloud-off", Tone.WARN)
    QApplication.processEvents()
    assert chips[1].x() == chips[0].sizeHint().width() + 8
    chips[0].hide()
    QApplication.processEvents()
    assert chips[1].x() == 0
    assert bar.sizeHint().width() < 250
