"""Somebody in the head office looks at the stores, by finger and by key."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from omsdesk.domain.shop import SaveTill, Till
from omsdesk.ui.stores.screen import StoresScreen
from tests.ui.back_office import BEN, Stage, click, press, put_on_stage, take_pictures
from tests.ui.stores.conftest import HeadOffice


def names(page: StoresScreen) -> list[str]:
    """What a screen reader reads of the list."""
    return [page.list.name_of(row).split(",")[0] for row in range(page.list.count())]


def test_the_stores_stand_below_the_totals(page: StoresScreen, stage: Stage) -> None:
    assert names(page) == ["Corner Coffee", "Harbour Espresso", "Lakeside Kiosk"]
    assert page.totals.isVisible()
    assert "£50.00" in page.totals.accessibleName()
    assert "85 % more than yesterday by now" in page.list.name_of(0)
    take_pictures(stage, "stores")


def test_a_store_is_opened_by_a_click_and_left_by_escape(qtbot: QtBot, page: StoresScreen, stage: Stage) -> None:
    click(page.list.viewport(), page.list.shown_rect(0).center())
    qtbot.waitUntil(page.view.isVisible)
    assert page.store_head.title.text() == "Corner Coffee"
    assert "Travel mug" in page.view.best.accessibleName()
    assert "09 £26.40" in page.view.chart.accessibleName()
    take_pictures(stage, "store")
    press("Esc")
    qtbot.waitUntil(page.list.isVisible)
    assert page.list.hasFocus()
    assert page.list.currentIndex().row() == 0, "one stands where one left"


def test_everything_goes_by_keys(qtbot: QtBot, page: StoresScreen, stage: Stage) -> None:
    press("Down")
    press("Return")
    qtbot.waitUntil(page.view.isVisible)
    assert page.store_head.title.text() == "Harbour Espresso"
    press("Alt+Right")
    qtbot.waitUntil(lambda: page.store_head.title.text() == "Lakeside Kiosk")
    press("Alt+Left")
    qtbot.waitUntil(lambda: page.store_head.title.text() == "Harbour Espresso")
    press("Alt+2")
    qtbot.waitUntil(lambda: "Nothing was sold" in page.view.best.accessibleName())
    press("Alt+3")
    qtbot.waitUntil(lambda: page.view.chart_title.text() == "Sales by day")
    assert len(page.view.chart.bars) == 7


def test_a_sale_that_is_heard_moves_the_figures(
    qtbot: QtBot, office: HeadOffice, page: StoresScreen, stage: Stage
) -> None:
    office.sell("h1", "mug")
    office.feed.look()
    qtbot.waitUntil(lambda: "£29.60" in page.list.name_of(1))
    assert "£74.00" in page.totals.accessibleName()


def test_a_cashier_reads_a_sentence(qtbot: QtBot, office: HeadOffice, page: StoresScreen) -> None:
    office.person = BEN
    stage = put_on_stage(qtbot, page)
    qtbot.waitUntil(page.empty.isVisible)
    assert "for managers" in page.empty.sentence.text()
    assert not page.pills.isVisible()
    take_pictures(stage, "stores-cashier")


@pytest.mark.parametrize("size", [(1024, 768), (1366, 768), (1920, 1080)])
def test_nothing_is_cut_off_sideways(page: StoresScreen, stage: Stage, size: tuple[int, int]) -> None:
    stage.resize(*size)
    assert page.minimumSizeHint().width() <= size[0] - 76
    page.session.open("s1")
    assert page.view.minimumSizeHint().width() <= size[0] - 76


def test_the_tills_of_a_store_are_chosen_above_its_figures(
    qtbot: QtBot, office: HeadOffice, page: StoresScreen, stage: Stage
) -> None:
    assert not page.tills.isVisible(), "over all stores there is no till to choose"
    office.do(SaveTill(Till("t2", "s1", "2", "Till 2")))
    office.sell("t2", "oat")
    page.session.open("s1")
    qtbot.waitUntil(page.tills.isVisible)
    qtbot.waitUntil(lambda: "Travel mug" in page.view.best.accessibleName())
    click(page.tills.viewport(), page.tills.shown_rect(2).center())
    qtbot.waitUntil(lambda: "Travel mug" not in page.view.best.accessibleName())
    assert "Oat" in page.view.best.accessibleName()
    take_pictures(stage, "store-till")
    press("Esc")
    qtbot.waitUntil(page.list.isVisible)
    assert not page.tills.isVisible()
