"""What prints and mails that want a person have in common on the screen."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from omsdesk.ui.till.receipts.trouble_sheet import TroubleSheet
from omsdesk.ui.widgets.result_list import Result
from tests.ui.till.shop import Station


class Lost(TroubleSheet[str]):
    """Umbrellas that somebody left."""

    title = "Lost"
    icon = "mail"
    none = "Nothing was lost."
    things: tuple[str, ...] = ("red", "blue")

    def __init__(self, till: Station) -> None:
        self.done_again: list[str] = []
        self.given_up: list[str] = []
        super().__init__(till.state, "Ring again")

    def rows(self) -> Sequence[str]:
        return self.things

    def result(self, row: str) -> Result:
        return Result(row, self.icon, row, "waits")

    def explain(self, row: str | None) -> None:
        self.reason.setText(f"The {row} one." if row else "")

    def do_again(self, row: str) -> None:
        self.done_again.append(row)

    def give_up(self, row: str) -> None:
        self.given_up.append(row)


@pytest.fixture
def sheet(till: Station) -> Lost:
    made = Lost(till)
    till.bot.addWidget(made)
    made.show()
    return made


def test_the_first_one_is_marked_and_explained(sheet: Lost) -> None:
    assert (sheet.marked, sheet.reason.text()) == ("red", "The red one.")
    assert not sheet.empty.isVisible()


def test_the_buttons_act_on_the_marked_one(sheet: Lost) -> None:
    sheet.begin()
    QTest.keyClick(sheet.list, Qt.Key.Key_Down)
    assert sheet.reason.text() == "The blue one."
    sheet.confirm()
    sheet.settle.click()
    assert (sheet.done_again, sheet.given_up) == (["blue"], ["blue"])


def test_what_cannot_be_done_again_is_not(sheet: Lost) -> None:
    sheet.again.setEnabled(False)
    sheet.confirm()
    assert sheet.done_again == []


def test_where_nothing_waits_it_says_so(sheet: Lost) -> None:
    sheet.things = ()
    sheet.refresh()
    assert sheet.marked is None
    assert sheet.empty.isVisible()
    assert not sheet.list.isVisible()
    sheet.confirm()
    sheet.settle.click()
    assert sheet.done_again == sheet.given_up == []
