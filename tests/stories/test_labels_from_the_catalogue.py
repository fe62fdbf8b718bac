"""Labels of products that were marked, and of those that changed: from the catalogue to the bytes at a printer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from omsdesk.app import Desktop
from omsdesk.domain.catalogue import ProductEdit, SaveProducts
from omsdesk.domain.messages import Command
from omsdesk.domain.printing import PrintState
from omsdesk.domain.values import Money
from omsdesk.settings import DeviceSetting
from omsdesk.store.queries.printing import label_batches
from omsdesk.ui.catalogue.product_list import ROW
from omsdesk.ui.catalogue.screen import ProductsScreen
from omsdesk.ui.labels.screen import LabelsScreen
from tests.devices.label_printer_on_a_socket import LabelPrinterOnASocket
from tests.documents.labels.foreign_zebra import printed_all, scanned
from tests.test_app import Shop
from tests.ui.back_office import press, until
from tests.ui.till.shop import code_of

_COPIES = re.compile(rb"\^PQ(\d+)")


class Day:
    """A shop with a Zebra printer on the network."""

    def __init__(self, folder: Path, bot: QtBot) -> None:
        self.printer = LabelPrinterOnASocket(seconds_a_label=0.001).listen()
        self.shop = Shop(folder, bot)
        address = f"tcp:127.0.0.1:{self.printer.port}"
        self.desktop: Desktop = self.shop.start(device={"label": DeviceSetting("zpl", address)})

    def do(self, *commands: Command) -> None:
        self.desktop.writer.submit("system", *commands).result()
        self.desktop.feed.look()

    @property
    def products(self) -> ProductsScreen:
        self.desktop.window.go("products")
        page = self.desktop.window.shown
        assert isinstance(page, ProductsScreen)
        until(lambda: page.list.session.rows.count and page.list.session.rows.row(0))
        return page

    @property
    def labels(self) -> LabelsScreen:
        page = self.desktop.window.shown
        assert isinstance(page, LabelsScreen)
        return page

    def mark(self, *products: str) -> None:
        """Mark products in the list, each with Ctrl and a click."""
        view = self.products.list
        for product in products:
            rows = view.session.rows
            until(lambda: all(rows.row(at) for at in range(rows.count)))  # noqa: B023 - asked at once
            at = next(at for at in range(rows.count) if (row := rows.row(at)) and row.product == product)
            # Below the list a bar has come.
            QApplication.processEvents()
            view.list.move_to(at)
            top = view.list.shown_rect(at).y()
            QTest.mouseClick(
                view.list.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier,
                QPoint(200, top + ROW // 2),
            )  # fmt: skip

    def came_out(self, count: int) -> Counter[str]:
        """Wait for so many labels; gives what a scanner reads from them, printed by a printer that is not ours."""
        until(lambda: len(self.printer.printed) >= count)
        forms = Counter(self.printer.printed)
        one = [(_COPIES.sub(b"^PQ1", form), 70.0, 38.0, 8) for form in forms]
        pictures = printed_all(one)
        found: Counter[str] = Counter()
        for picture, times in zip(pictures, forms.values(), strict=True):
            ((_, code),) = scanned(picture)
            found[code] += times
        self.printer.printed.clear()
        return found

    def end(self) -> None:
        self.shop.stop()
        self.printer.switch_off()


@pytest.fixture
def day(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Day]:
    made = Day(tmp_path, qtbot)
    yield made
    made.end()


def test_marked_products_get_shelf_labels(day: Day) -> None:
    day.mark("oat", "guji", "mug")
    press("Ctrl+P")
    page = day.labels
    assert [row.product for row in page.printing.wanted] == ["oat", "guji", "mug"]
    page.session.choose("shelf-70x38")
    page.print_card.count.setText("2")
    page.print_card.every.click()
    page.printing.choose("mug")
    page.print_card.count.setText("5")
    page.printing.set_count("5")
    press("Ctrl+P")
    assert day.came_out(9) == {code_of("oat"): 2, code_of("guji"): 2, code_of("mug"): 5}
    until(lambda: label_batches(day.desktop.reader)[0].job.state is PrintState.PRINTED)


def test_labels_for_what_changed_are_listed_and_printed_in_one_go(day: Day) -> None:
    day.mark("oat", "guji", "mug")
    press("Ctrl+P")
    page = day.labels
    page.session.choose("shelf-70x38")
    press("Ctrl+P")
    day.came_out(3)
    day.do(
        SaveProducts("new prices", (
            ProductEdit("oat", price=Money.of("3.10", "EUR")),
            ProductEdit("mug", name="Travel mug, steel"),
            ProductEdit("guji", description="Washed"),
        ))
    )  # fmt: skip
    until(page.print_card.since.text)
    page.print_card.since.setText("today")
    page.print_card.changed.click()
    until(lambda: page.printing.wanted)
    by_product = {row.product: row.detail for row in page.printing.wanted}
    assert (by_product["oat"], by_product["mug"]) == ("price", "name")
    assert "guji" not in by_product, "its label says what is so"
    others = len(by_product) - 2
    press("Ctrl+P")
    found = day.came_out(2 + others)
    assert (found[code_of("oat")], found[code_of("mug")], found[code_of("guji")]) == (1, 1, 0)
    page.print_card.changed.click()
    until(lambda: "No label is out of date" in page.banner.text())


def test_ten_thousand_are_marked_and_printed_and_stopped(day: Day) -> None:
    edits = tuple(ProductEdit(f"p{no}", name=f"Nail {no:05}", sku=f"N-{no:05}") for no in range(10_000))
    day.do(*(SaveProducts(f"b{at}", edits[at : at + 1000]) for at in range(0, 10_000, 1000)))
    products = day.products
    until(lambda: products.list.session.rows.count > 10_000)
    count = products.list.session.rows.count
    press("Ctrl+A")
    until(lambda: products.list.marks.count == count)
    press("Ctrl+P")
    page = day.labels
    until(lambda: page.printing.count == count)
    page.printing.print()
    until(lambda: page.print_card.batch_cards)
    until(lambda: day.printer.printed)
    page.print_card.batch_cards[0].cancel.click()
    until(lambda: label_batches(day.desktop.reader)[0].job.state is PrintState.CANCELLED)
    (batch,) = label_batches(day.desktop.reader)
    assert batch.count == count
    until(lambda: not page.print_card.batch_cards)
