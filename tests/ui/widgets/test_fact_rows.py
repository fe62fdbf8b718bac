"""Lines to read, and a sentence where there is none."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from omsdesk.ui import theme
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.fact_rows import Fact, FactRows

FACTS = (
    Fact("lock-open", "Till 1", "Shift open since 09:00", "last sale 10:00", "heard 10:01", Tone.OK),
    Fact("tag", "Travel mug", "", "£24.00"),
)


@pytest.fixture
def rows(qtbot: QtBot, qapp: QApplication) -> FactRows:
    theme.apply(theme.load("light"), qapp)
    made = FactRows("Tills", "There is no till yet.")
    qtbot.addWidget(made)
    return made


def test_there_is_room_for_every_line(rows: FactRows) -> None:
    nothing = rows.sizeHint().height()
    rows.show_facts(FACTS)
    assert rows.sizeHint().height() == 2 * nothing
    assert rows.minimumSizeHint().height() == rows.sizeHint().height()


def test_a_screen_reader_reads_lines_or_the_sentence(rows: FactRows) -> None:
    rows.show_facts(())
    assert rows.accessibleName() == "Tills: There is no till yet."
    rows.show_facts(FACTS)
    assert rows.accessibleName() == (
        "Tills: Till 1, Shift open since 09:00, last sale 10:00, heard 10:01; Travel mug, £24.00"
    )


@pytest.mark.parametrize("name", theme.THEMES)
def test_the_tone_is_that_of_the_detail(rows: FactRows, qapp: QApplication, name: str) -> None:
    look = theme.load(name)
    theme.apply(look, qapp)
    rows.show_facts(FACTS)
    rows.resize(500, rows.sizeHint().height())
    image = rows.grab().toImage()
    inks = {image.pixelColor(across, down).rgb() for across in range(300) for down in range(52)}
    assert look.colour.ok.rgb() in inks
    theme.apply(theme.load("light"), qapp)
