"""Labels are drawn with a real product on them, kept, and printed by the thousand."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from omsdesk.documents.labels.model import FieldKind
from omsdesk.documents.labels.preview import paint, png
from omsdesk.documents.labels.ready import READY
from omsdesk.domain.label_design import LabelDesign, SaveDesign
from omsdesk.domain.printing import NotePrint, PrintState
from omsdesk.store.queries.label_design import designs
from omsdesk.store.queries.printing import label_batch, label_batches
from omsdesk.ui.labels.screen import DRAW, LabelsScreen
from omsdesk.ui.labels.session import design_of, label_of
from omsdesk.ui.labels.wanted import Wanted
from omsdesk.ui.widgets.result_list import ROW
from tests.documents.labels.foreign_zebra import scanned
from tests.ui.back_office import BEN, BackOffice, Stage, press, take_pictures, type_into, until
from tests.ui.labels.conftest import draw, drawn, is_said


class TestPrinting:
    def test_a_product_that_is_scanned_stands_on_the_label(self, page: LabelsScreen, stage: Stage) -> None:
        assert page.scanned("4006381333931")
        until(lambda: page.session.values.get("sku") == "GUJI-250")
        drawn(page)
        assert page.session.laid is not None
        assert scanned(paint(page.session.laid)) == [("]E0", "4006381333931")]
        page.scanned("4006381333931")
        assert [(row.product, row.count) for row in page.printing.wanted] == [("guji", 2)]

    def test_a_scan_that_says_lot_and_last_day_puts_them_on_the_label(
        self, page: LabelsScreen, stage: Stage, shop: BackOffice
    ) -> None:
        page.session.choose("expiry-50x30")
        page.scanned("]d201040063813339311727123110L2607")
        until(lambda: page.session.values.get("lot") == "L2607")
        drawn(page)
        assert page.session.laid is not None
        assert scanned(paint(page.session.laid)) == [("]d2", "01040063813339311527123110L2607")]
        press("Ctrl+P")
        until(lambda: page.printing.batches)
        known = label_batch(shop.reader, page.printing.batches[0].job.job)
        assert known is not None
        assert {value.name: value.text for value in known.rows[0].values} == {
            "lot": "L2607",
            "expiry": "31 Dec 2027",
            "expiry_gs1": "271231",
        }

    def test_all_of_a_category_at_once(self, page: LabelsScreen, stage: Stage) -> None:
        type_into(page.print_card.search, "coff", stage)
        until(lambda: [group.name for group in page.printing.groups] == ["Coffee"])
        QTest.keyClick(page.print_card.search, Qt.Key.Key_Return)
        until(lambda: page.printing.wanted)
        assert sorted(row.product for row in page.printing.wanted) == ["decaf", "espresso", "guji"]

    def test_what_changed_is_listed_by_the_button_by_enter_and_by_the_palette(
        self, page: LabelsScreen, stage: Stage, shop: BackOffice
    ) -> None:
        until(page.print_card.since.text)
        page.print_card.changed.click()
        until(lambda: len(page.printing.wanted) == 12)
        assert page.print_card.wanted.name_of(0).endswith("new, 1 ×")
        page.print_card.clear.click()
        assert not page.printing.wanted
        type_into(page.print_card.since, "tomorrow", stage)
        QTest.keyClick(page.print_card.since, Qt.Key.Key_Return)
        until(lambda: is_said(page, "No label is out of date"))
        type_into(page.print_card.since, "x", stage)
        QTest.keyClick(page.print_card.since, Qt.Key.Key_Return)
        assert is_said(page, "is not a day")
        page.print_card.since.clearFocus()
        page.printing.since = ""
        page.printing.refresh()
        until(lambda: page.printing.since)
        page.show_side(DRAW)
        next(intent for intent in page.intents() if intent.name == "labels.changed").act()
        until(lambda: len(page.printing.wanted) == 12)
        assert page.side.currentWidget() is page.print_card

    def test_ten_thousand_in_the_list_are_rows_that_are_made_when_they_are_looked_at(
        self, page: LabelsScreen, stage: Stage
    ) -> None:
        page.printing._add_many([Wanted(f"p{no}", f"Nail {no}", "") for no in range(10_000)])
        view = page.print_card.wanted
        assert (view.count(), view.currentIndex().row()) == (10_000, 9_999)
        QApplication.processEvents()
        page.printing.choose("p5000")
        top = view.verticalScrollBar().value()
        assert abs(top - 5000 * ROW) < 600
        page.print_card.count.setText("12")
        page.printing.set_count("12")
        assert view.name_of(5000) == "Nail 5000, 12 ×"
        assert view.verticalScrollBar().value() == top, "it stays where it was looked at"
        page.print_card.every.click()
        assert page.printing.count == 120_000

    def test_the_batch_that_wants_somebody_is_before_the_others(
        self, page: LabelsScreen, stage: Stage, shop: BackOffice
    ) -> None:
        for product in ("oat", "guji", "mug"):
            page.take_products([product])
            before = len(page.printing.batches)
            page.printing.print()
            until(lambda: len(page.printing.batches) > before)  # noqa: B023 - asked at once
        assert page.print_card.others.text() == "2 more batches wait."
        first = page.printing.batches[0].job.job
        shop.do(NotePrint(first, PrintState.UNKNOWN, "Label 1 may have come out.", 0, 1))
        page.printing.refresh()
        until(lambda: len(page.print_card.batch_cards[0].buttons) == 3)
        assert page.window().minimumSizeHint().height() <= 768

    def test_an_unknown_barcode_is_said(self, page: LabelsScreen, stage: Stage) -> None:
        page.scanned("4012345678901")
        assert "No product has the barcode" in page.banner.text()

    def test_products_are_searched_and_counted_by_keyboard(
        self, page: LabelsScreen, stage: Stage, shop: BackOffice
    ) -> None:
        type_into(page.print_card.search, "oat", stage)
        until(lambda: [row.product for row in page.printing.found] == ["oat"])
        QTest.keyClick(page.print_card.search, Qt.Key.Key_Return)
        assert [row.title for row in page.printing.wanted] == ["Oat milk, 1 L"]
        type_into(page.print_card.count, "12", stage)
        press("Ctrl+P")
        until(lambda: page.printing.batches)
        (batch,) = label_batches(shop.reader)
        assert (batch.count, batch.title) == (12, READY[0].title)
        known = label_batch(shop.reader, batch.job.job)
        assert known is not None
        assert label_of(known.design) == READY[0].label
        assert not page.printing.wanted
        assert "12 labels are printing" in page.banner.text()
        assert page.print_card.search.hasFocus(), "the next product is typed at once"

    def test_as_many_as_on_hand(self, page: LabelsScreen, stage: Stage) -> None:
        for product in ("guji", "decaf", "croissant", "mug"):
            page.take_products([product])
        page.print_card.stock.click()
        until(lambda: page.printing.said)
        assert [(row.product, row.count) for row in page.printing.wanted] == [("guji", 24), ("mug", 7)]
        assert "2 without stock left out" in page.banner.text()
        page.print_card.remove.click()
        assert len(page.printing.wanted) in {1, 2}

    def test_how_far_a_batch_is_and_stopping_it(self, page: LabelsScreen, stage: Stage, shop: BackOffice) -> None:
        page.scanned("4006381333931")
        page.printing.set_count("10000")
        page.printing.print()
        until(lambda: page.printing.batches)
        (batch,) = page.printing.batches
        shop.do(NotePrint(batch.job.job, PrintState.SENDING, done=2500, sent=2500))
        page.printing.refresh()
        until(lambda: page.printing.batches[0].job.done == 2500)
        (card,) = page.print_card.batch_cards
        assert (card.bar.value(), card.bar.maximum()) == (2500, 10000)
        QTest.mousePress(card.cancel, Qt.MouseButton.LeftButton)
        shop.do(NotePrint(batch.job.job, PrintState.SENDING, done=2600, sent=2600))
        page.printing.refresh()
        until(lambda: card.bar.value() == 2600)
        QTest.mouseRelease(card.cancel, Qt.MouseButton.LeftButton)
        until(lambda: page.printing.batches[0].job.state is PrintState.CANCELLED)
        until(lambda: not page.print_card.batch_cards)

    @pytest.mark.parametrize(("button", "done"), [(0, 411), (1, 415)])
    def test_labels_of_which_nobody_knows_are_decided_here(
        self, page: LabelsScreen, stage: Stage, shop: BackOffice, button: int, done: int
    ) -> None:
        page.scanned("4006381333931")
        page.printing.set_count("1000")
        page.printing.print()
        until(lambda: page.printing.batches)
        job = page.printing.batches[0].job.job
        shop.do(NotePrint(job, PrintState.UNKNOWN, "Labels 412 to 415 may have come out.", 411, 415))
        page.printing.refresh()
        until(lambda: page.printing.batches[0].job.state is PrintState.UNKNOWN)
        page.print_card.batch_cards[0].buttons[button].click()
        until(lambda: page.printing.batches[0].job.state is PrintState.QUEUED)
        assert page.printing.batches[0].job.done == done

    def test_one_label_to_try_says_what_the_board_shows(
        self, page: LabelsScreen, stage: Stage, shop: BackOffice
    ) -> None:
        press("Ctrl+T")
        until(lambda: page.printing.batches)
        known = label_batch(shop.reader, page.printing.batches[0].job.job)
        assert known is not None
        assert {value.name: value.text for value in known.rows[0].values}["name"] == "Blossom honey"

    def test_what_was_done_last_is_said(self, page: LabelsScreen, stage: Stage) -> None:
        page.pills.choose(1)
        page.session.rename("Mine")
        press("Ctrl+S")
        until(lambda: is_said(page, "“Mine” saved"))
        press("Ctrl+T")
        until(lambda: is_said(page, "1 label is printing"))

    def test_without_a_printer_labels_wait_and_that_is_said(
        self, page: LabelsScreen, stage: Stage, shop: BackOffice
    ) -> None:
        page.printing.has_printer = lambda: False
        page.scanned("4006381333931")
        page.printing.print()
        until(lambda: page.printing.batches)
        assert "No label printer is set up at this computer." in page.banner.text()
        assert label_batches(shop.reader)[0].job.state is PrintState.QUEUED

    def test_a_label_that_came_out_on_the_screen_is_shown(self, page: LabelsScreen, stage: Stage) -> None:
        drawn(page)
        assert page.session.laid is not None
        page.print_card.show_label(png(page.session.laid))
        assert page.print_card.printed.isVisible()
        assert page.print_card.printed.pixmap().width() > 200
        take_pictures(stage, "labels_printed")


class TestKeeping:
    def test_a_ready_label_becomes_the_shop_s_own(self, page: LabelsScreen, stage: Stage, shop: BackOffice) -> None:
        press("Ctrl+N")
        name = page.form.label_card.editor("name")
        assert isinstance(name, QLineEdit)
        assert name.hasFocus()
        type_into(name, "Our honey", stage)
        page.session.select("price")
        page.session.set(size=60)
        press("Ctrl+S")
        until(lambda: page.session.saved)
        (kept,) = designs(shop.reader)
        assert kept.name == "Our honey"
        assert next(field.size for field in label_of(kept.label).fields if field.id == "price") == 60
        until(lambda: [entry.name for entry in page.session.own] == ["Our honey"])
        page.away.click()
        until(lambda: designs(shop.reader) == [])

    def test_two_who_change_one_label_lose_nothing(self, page: LabelsScreen, stage: Stage, shop: BackOffice) -> None:
        label = design_of(READY[0].label)
        shop.do(SaveDesign(LabelDesign("d1", "Honey", label)), actor="anna")
        page.session.refresh()
        until(lambda: page.session.own)
        page.session.choose("d1")
        shop.do(SaveDesign(LabelDesign("d1", "Honey, new name", label), ("name",), 1), actor="olga")
        page.session.select("sku")
        page.session.remove()
        page.session.save()
        until(lambda: page.session.saved)
        (kept,) = designs(shop.reader)
        assert kept.name == "Honey, new name"
        assert len(json.loads(kept.label)["fields"]) == len(READY[0].label.fields) - 1

    def test_what_is_not_saved_waits_at_its_label(self, page: LabelsScreen, stage: Stage) -> None:
        page.session.select("price")
        page.session.set(size=60)
        changed = page.session.label
        page.session.choose(READY[1].id)
        assert [row.name for row in page.unsaved()] == [READY[0].title]
        page.session.choose(READY[0].id)
        assert page.session.label == changed
        page.session.discard()
        assert page.unsaved() == []

    def test_a_cashier_prints_and_changes_nothing(self, page: LabelsScreen, stage: Stage, shop: BackOffice) -> None:
        shop.person = BEN
        page.show_side(DRAW)
        page.session.select("price")
        page.session.set(size=60)
        page.session.add(FieldKind.TEXT)
        page.session.copy()
        assert page.session.label == READY[0].label
        assert "ask a manager" in page.banner.text()
        assert not page.save.isVisible()
        page.scanned("4006381333931")
        page.printing.print()
        until(lambda: page.printing.batches)


def test_it_looks_as_it_should(page: LabelsScreen, stage: Stage) -> None:
    page.scanned("4006381333931")
    drawn(page)
    take_pictures(stage, "labels")
    draw(page, "price")
    take_pictures(stage, "labels_draw")
