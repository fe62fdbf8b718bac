"""A manager reads what shifts came to, and finds any receipt again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from omsdesk.documents.logo import make_logo
from omsdesk.domain.shop import SaveShop, SaveTill, Till
from omsdesk.store.queries.printing import unsettled
from omsdesk.store.queries.till import shop_of
from omsdesk.ui.reports.drawing import Kind
from omsdesk.ui.reports.screen import ReportsScreen
from omsdesk.ui.reports.session import ACCOUNTS
from tests.documents.samples import logo
from tests.ui.back_office import ANNA, BEN, BackOffice, Stage, click, press, put_on_stage, scan, take_pictures
from tests.ui.reports.conftest import complete_again, hear, sell, traced
from tests.ui.till.card_shop import NUMBER


def titles(reports: ReportsScreen) -> list[str]:
    """What the list shows."""
    return [row.title for row in reports.session.items]


def choose(qtbot: QtBot, reports: ReportsScreen, row: int) -> None:
    """Click a row and wait for its paper."""
    before = reports.session.drawn
    click(reports.list.viewport(), reports.list.shown_rect(row).center())
    qtbot.waitUntil(lambda: reports.session.drawn is not before, timeout=10_000)


def test_the_open_shift_stands_above_the_closed_ones(qtbot: QtBot, reports: ReportsScreen, stage: Stage) -> None:
    assert titles(reports) == ["Open now", "Z 1"]
    assert [row.amount for row in reports.session.items] == ["£89.00", "£50.30"]
    assert reports.head.title.text() == "Open now"
    take_pictures(stage, "reports-open-shift")
    choose(qtbot, reports, 1)
    assert reports.head.title.text() == "Z 1"
    take_pictures(stage, "reports-z")


def test_a_ticket_that_two_tills_completed_gets_a_list_of_its_own(
    qtbot: QtBot, shop: BackOffice, reports: ReportsScreen, stage: Stage
) -> None:
    pills = [reports.pills.name_of(row) for row in range(reports.pills.count())]
    assert pills == ["Shifts", "Receipts", "Cards", "Exceptions", "Serials"]
    shop.do(SaveTill(Till("t2", "s1", "2", "Till 2")))
    sale = sell(shop, "mug")
    sell(shop, "cake")
    complete_again(shop, sale, "2A-000007")
    shop.feed.look()
    qtbot.waitUntil(lambda: reports.pills.count() == 6)
    assert reports.pills.chosen_key() == "shifts"
    reports.pills.choose(5)
    qtbot.waitUntil(lambda: titles(reports) == ["1A-000005", "2A-000007"])
    assert [row.detail.partition(" · ")[0] for row in reports.session.items] == ["Till 1", "Till 2"]
    take_pictures(stage, "reports-sold-twice")
    choose(qtbot, reports, 1)
    assert reports.head.title.text() == "2A-000007"
    shop.person = BEN
    reports.arrived()
    assert titles(reports) == [], "figures of other tills are for managers"
    reports.pills.choose(1)
    qtbot.waitUntil(lambda: len(titles(reports)) == 7)
    assert [row.title for row in reports.session.items if " · One of two · " in row.detail] == [
        "2A-000007",
        "1A-000005",
    ]


def test_a_z_report_is_printed_again_as_a_copy(
    qtbot: QtBot, shop: BackOffice, reports: ReportsScreen, stage: Stage
) -> None:
    choose(qtbot, reports, 1)
    press("Ctrl+P")
    qtbot.waitUntil(reports.banner.isVisible)
    assert reports.banner.text() == "The copy is printing."
    job = unsettled(shop.reader)[-1]
    assert (job.document, job.is_copy) == ("shift-1", True)


def test_the_figures_so_far_are_printed_as_an_x_report(
    qtbot: QtBot, shop: BackOffice, reports: ReportsScreen, stage: Stage
) -> None:
    assert reports.printing.label == "Print as X report"
    before = len(unsettled(shop.reader))
    click(reports.printing)
    qtbot.waitUntil(reports.banner.isVisible)
    assert reports.banner.text() == "The X report is printing."
    assert len(unsettled(shop.reader)) == before + 1


def test_a_sale_at_the_till_moves_the_figures(
    qtbot: QtBot, shop: BackOffice, reports: ReportsScreen, stage: Stage
) -> None:
    sell(shop, "mug")
    shop.feed.look()
    qtbot.waitUntil(lambda: reports.session.items[0].amount == "£113.00")


def test_receipts_are_listed_found_and_saved(
    qtbot: QtBot, reports: ReportsScreen, stage: Stage, tmp_path: Path
) -> None:
    press("Ctrl+F")
    qtbot.waitUntil(lambda: titles(reports) == ["1A-000004", "1A-000003", "1A-000002", "1A-000001"])
    qtbot.waitUntil(lambda: bool(reports.session.drawn.pages))
    take_pictures(stage, "reports-receipts")
    scan(stage, "1A-000002")
    qtbot.waitUntil(lambda: titles(reports) == ["1A-000002"])
    assert reports.session.chosen is not None
    assert reports.session.chosen.kind is Kind.RECEIPT
    press("Ctrl+S")
    qtbot.waitUntil(reports.banner.isVisible, timeout=10_000)
    assert (tmp_path / "documents" / "receipt-1A-000002.pdf").read_bytes().startswith(b"%PDF")
    take_pictures(stage, "reports-saved")


def test_the_end_of_a_number_is_enough(qtbot: QtBot, reports: ReportsScreen, stage: Stage) -> None:
    reports.show_list("receipts")
    reports.session.search("3")
    qtbot.waitUntil(lambda: titles(reports) == ["1A-000003"])
    reports.session.search("77")
    qtbot.waitUntil(lambda: not titles(reports))
    assert reports.empty.sentence.text() == "No receipt has the number “77”."
    take_pictures(stage, "reports-not-found")


def test_a_folder_that_cannot_be_written_is_said(
    qtbot: QtBot, reports: ReportsScreen, stage: Stage, tmp_path: Path
) -> None:
    (tmp_path / "documents").write_text("a file in the way", encoding="utf-8")
    press("Ctrl+S")
    qtbot.waitUntil(reports.banner.isVisible, timeout=10_000)
    assert "Choose another folder in the settings." in reports.banner.text()


def test_a_cashier_sees_receipts_and_a_sentence_instead_of_figures(
    qtbot: QtBot, shop: BackOffice, reports: ReportsScreen
) -> None:
    shop.person = BEN
    stage = put_on_stage(qtbot, reports)
    qtbot.waitUntil(lambda: len(titles(reports)) == 4)
    click(reports.pills.viewport(), QPoint(20, 20))
    assert reports.empty.isVisible()
    assert "for managers" in reports.empty.sentence.text()
    take_pictures(stage, "reports-cashier")


def test_a_till_that_never_sold_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    from omsdesk.ui.reports.office import Office

    shop = BackOffice(tmp_path)
    shop.set_up()
    reports = ReportsScreen(Office(shop.reader, shop.work, shop.feed, shop.clock, "t1", lambda: ANNA, lambda: tmp_path))
    stage = put_on_stage(qtbot, reports)
    qtbot.waitUntil(reports.empty.isVisible)
    assert "No shift was opened" in reports.empty.sentence.text()
    take_pictures(stage, "reports-empty")
    shop.close()


def test_a_logo_that_is_saved_is_on_the_paper_that_is_shown(
    qtbot: QtBot, shop: BackOffice, reports: ReportsScreen, stage: Stage
) -> None:
    before = reports.session.drawn.pages
    known = shop_of(shop.reader, "t1")
    assert known is not None
    shop.do(SaveShop(replace(known, logo=make_logo(logo()))))
    shop.feed.look()
    qtbot.waitUntil(lambda: reports.session.drawn.pages not in {(), before}, timeout=10_000)
    assert reports.paper.isVisible()
    take_pictures(stage, "reports-logo")


def test_overspent_cards_are_shown_with_their_tills(
    qtbot: QtBot, shop: BackOffice, reports: ReportsScreen, stage: Stage
) -> None:
    hear(shop, 5_000)
    hear(shop, 4_200, "deposit:order-1")
    hear(shop, -1_250, "credit:anna")
    for till in ("t1", "t2"):
        hear(shop, -4_000, till=till)
    shop.feed.look()
    qtbot.waitUntil(lambda: reports.pills.name_of(2) == "Cards · 1")
    reports.pills.choose(2)
    qtbot.waitUntil(lambda: len(titles(reports)) == 2)
    take_pictures(stage, "reports-open-balances")
    choose(qtbot, reports, 1)
    assert reports.head.title.text() == f"Gift card …{NUMBER[-4:]}"
    assert not reports.printing.isVisible()
    take_pictures(stage, "reports-overspent")
    reports.scanned(NUMBER)
    qtbot.waitUntil(lambda: len(titles(reports)) == 1)
    assert reports.session.view == ACCOUNTS
    reports.scanned("71234567890")
    qtbot.waitUntil(lambda: titles(reports) == [])
    assert "Nobody knows this card" in reports.empty.sentence.text()


def test_a_lot_is_followed_to_its_receipts(
    qtbot: QtBot, shop: BackOffice, reports: ReportsScreen, stage: Stage
) -> None:
    traced(shop)
    assert reports.scanned("L7")
    session = reports.session
    qtbot.waitUntil(lambda: [item.title for item in session.items[:1]] == ["Lot L7"], timeout=10_000)
    assert reports.pills.name_of(reports.pills.currentIndex().row()) == "Serials"
    assert session.items[0].detail == "Oat milk, 1 L · 1 with customers"
    assert session.items[1].detail.startswith("Sold · ")
    qtbot.waitUntil(lambda: bool(session.drawn.pages), timeout=10_000)
    assert reports.table.isVisible()
    assert reports.pdf.isVisible()
    assert not reports.printing.isVisible()
    take_pictures(stage, "reports-lot")
    reports.table.click()
    qtbot.waitUntil(lambda: "trace-L7.csv" in reports.banner.text(), timeout=10_000)
    session.choose(session.items[1].document)
    qtbot.waitUntil(lambda: not reports.table.isVisible(), timeout=10_000)
    session.search("nothing")
    qtbot.waitUntil(reports.empty.isVisible, timeout=10_000)
    assert "Nothing with the number “nothing” was sold" in reports.empty.sentence.text()
