"""A manager imports product files: known exports, anybody's tables, and files that are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from omsdesk.domain.values import Money
from omsdesk.store.queries.catalogue import product_as_edit, product_by_source_key
from omsdesk.store.queries.products import last_no
from omsdesk.ui.catalogue.import_session import Step
from omsdesk.ui.catalogue.screen import ProductsScreen
from tests.ui.back_office import BEN, BackOffice, Stage, click, press, take_pictures

TABLE = """Artikel;Nummer;Preis;Farbe;Notiz
Tasse;T-1;4,50;blau;neu
Teller;T-2;6,00;;
Kanne;T-3;viel;rot;
;T-4;1,00;;
"""
SHOPIFY = (
    "Handle,Title,Body (HTML),Vendor,Product Category,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,"
    "Variant Inventory Qty,Variant Price,Variant Barcode,Image Src,Status\n"
    "mug,Mug,<p>Holds tea</p>,Nord,Kitchen,Mugs,,TRUE,Title,Default Title,MUG-1,12,9.50,5012345678900,,active\n"
    "pot,Pot,,Nord,Kitchen,Pots,,TRUE,Title,Default Title,POT-1,3,29.00,,,active\n"
)


def at(products: ProductsScreen, step: Step) -> bool:
    """Tell where the import is; a story looks again and again."""
    return products.importing.session.step == step


def drop(products: ProductsScreen, path: Path) -> None:
    """Let a file fall onto the page."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    target, middle = products.importing.choose, QPoint(200, 200)
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(target, QDragEnterEvent(middle, Qt.DropAction.CopyAction, data, button, none))
    take = QDropEvent(QPointF(middle), Qt.DropAction.CopyAction, data, button, none)
    QApplication.sendEvent(target, take)


def test_an_anybodys_table_is_mapped_tried_and_imported(
    qtbot: QtBot, shop: BackOffice, products: ProductsScreen, stage: Stage, tmp_path: Path
) -> None:
    file = tmp_path / "artikel.csv"
    file.write_text(TABLE, encoding="utf-8")
    press("Ctrl+I")
    assert at(products, Step.CHOOSE)
    take_pictures(stage, "import-choose")
    drop(products, file)
    qtbot.waitUntil(lambda: at(products, Step.MAP))
    view = products.importing
    assert view.map.columns["name"].currentText() == "Artikel"
    assert view.map._samples["name"].text().split() == ["Tasse", "Teller", "Kanne"]
    take_pictures(stage, "import-map")
    sku = view.map.columns["sku"]
    sku.setCurrentIndex(sku.findText("Nummer"))
    press("Ctrl+S")
    qtbot.waitUntil(lambda: at(products, Step.PREVIEW))
    assert {name: figure.number.text() for name, figure in view.preview.figures.items()} == {
        "new": "2",
        "changed": "0",
        "unchanged": "0",
        "problem_count": "2",
    }
    assert "“viel” is not an amount" in view.preview.rows.name_of(2)
    take_pictures(stage, "import-preview")
    assert last_no(shop.reader) == 12, "trying writes nothing"
    press("Ctrl+S")
    qtbot.waitUntil(lambda: at(products, Step.DONE))
    assert "2 new products" in view.done.sentence.text()
    take_pictures(stage, "import-done")
    cup = product_as_edit(shop.reader, product_by_source_key(shop.reader, "generic:sku:T-1"))
    assert cup is not None
    assert (cup.name, cup.price) == ("Tasse", Money(450, "GBP"))


def test_the_folder_of_the_bad_rows_is_opened(
    qtbot: QtBot, products: ProductsScreen, stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    file = tmp_path / "artikel.csv"
    file.write_text(TABLE, encoding="utf-8")
    products.begin_import()
    drop(products, file)
    qtbot.waitUntil(lambda: at(products, Step.MAP))
    click(products.importing.go)
    qtbot.waitUntil(lambda: at(products, Step.PREVIEW))
    click(products.importing.go)
    qtbot.waitUntil(lambda: at(products, Step.DONE))
    assert (tmp_path / "artikel-problems.csv").exists()
    click(products.importing.done.folder)
    assert [Path(url.toLocalFile()) for url in opened] == [tmp_path]


def test_a_known_export_needs_no_mapping_and_a_second_import_changes_nothing(
    qtbot: QtBot, shop: BackOffice, products: ProductsScreen, stage: Stage, tmp_path: Path
) -> None:
    file = tmp_path / "products_export.csv"
    file.write_text(SHOPIFY, encoding="utf-8")
    view = products.importing
    for round_, label in ((1, "Import 2"), (2, "Nothing to import")):
        products.begin_import()
        drop(products, file)
        qtbot.waitUntil(lambda: at(products, Step.PREVIEW))
        assert "Shopify" in view.recognised.label
        assert view.recognised.label == "Shopify product export"
        if round_ == 1:
            take_pictures(stage, "import-known")
        assert view.go.label == label
        if view.go.isEnabled():
            click(view.go)
            qtbot.waitUntil(lambda: at(products, Step.DONE))
    assert last_no(shop.reader) == 14
    press("Esc")
    assert at(products, Step.CHOOSE)
    press("Esc")
    assert products.list.isVisible()


def test_what_is_no_product_file_is_said_and_another_can_be_chosen(
    qtbot: QtBot, products: ProductsScreen, stage: Stage, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_text("\n\n", encoding="utf-8")
    products.begin_import()
    drop(products, empty)
    qtbot.waitUntil(products.importing.banner.isVisible)
    assert at(products, Step.CHOOSE)
    assert "empty.csv" in products.importing.banner.text()
    drop(products, tmp_path / "gone.csv")
    qtbot.waitUntil(lambda: "gone" in products.importing.banner.text() or "read" in products.importing.banner.text())
    take_pictures(stage, "import-trouble")


def test_a_column_holds_one_field(qtbot: QtBot, products: ProductsScreen, stage: Stage, tmp_path: Path) -> None:
    file = tmp_path / "artikel.csv"
    file.write_text(TABLE, encoding="utf-8")
    products.begin_import()
    drop(products, file)
    qtbot.waitUntil(lambda: at(products, Step.MAP))
    brand: QComboBox = products.importing.map.columns["brand"]
    brand.setCurrentIndex(brand.findText("Artikel"))
    assert products.importing.map.columns["name"].currentText() == "–"
    press("Ctrl+S")
    assert products.importing.banner.text() == "Choose the column that holds the product names."


def test_a_large_file_counts_and_stops_at_once_when_asked(
    qtbot: QtBot, shop: BackOffice, products: ProductsScreen, stage: Stage, tmp_path: Path
) -> None:
    file = tmp_path / "large.csv"
    rows = "\n".join(f"Product {number},SKU-{number},{number % 90}.50" for number in range(20_000))
    file.write_text(f"Name,SKU,Price\n{rows}\n", encoding="utf-8")
    products.begin_import()
    drop(products, file)
    qtbot.waitUntil(lambda: at(products, Step.MAP))
    products.importing.go_on()
    qtbot.waitUntil(lambda: at(products, Step.PREVIEW), timeout=20_000)
    products.importing.go_on()
    session = products.importing.session
    qtbot.waitUntil(lambda: session.progress.rows > 0, timeout=20_000)
    qtbot.wait(150)
    assert products.importing.wait.count.text().endswith("of 20,000 products")
    take_pictures(stage, "import-progress")
    press("Esc")
    qtbot.waitUntil(lambda: at(products, Step.DONE), timeout=20_000)
    if session.summary is not None and session.summary.stopped:
        assert products.importing.done.title.text() == "The import was stopped"
        assert last_no(shop.reader) == 12 + session.summary.new, "what was imported until then stays"
        take_pictures(stage, "import-stopped")


def test_a_cashier_cannot_import(shop: BackOffice, products: ProductsScreen, stage: Stage) -> None:
    shop.person = BEN
    press("Ctrl+I")
    assert products.list.isVisible()
    products.importing.session.choose(Path("anything.csv"))
    assert at(products, Step.CHOOSE)
    assert "ask a manager" in products.importing.session.trouble
