"""A file with words for taxes that the shop does not know: a choice for each of them."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from omsdesk.store.queries.catalogue import product_as_edit, product_by_source_key
from omsdesk.ui.catalogue.import_session import Step
from omsdesk.ui.catalogue.import_taxes import MOST
from omsdesk.ui.catalogue.screen import ProductsScreen
from tests.ui.back_office import BackOffice, Stage, press, take_pictures
from tests.ui.catalogue.test_import_view import at, drop


def previewed(qtbot: QtBot, products: ProductsScreen, file: Path) -> None:
    press("Ctrl+I")
    drop(products, file)
    qtbot.waitUntil(lambda: at(products, Step.MAP))
    press("Ctrl+S")
    qtbot.waitUntil(lambda: at(products, Step.PREVIEW))


def test_a_word_is_given_its_tax_and_the_preview_is_made_anew(
    qtbot: QtBot, shop: BackOffice, products: ProductsScreen, stage: Stage, tmp_path: Path
) -> None:
    file = tmp_path / "food.csv"
    file.write_text("Name;SKU;Price;Tax\nBread;B-1;1.50;basic need\nWine;W-1;9.50;luxury\n", encoding="utf-8")
    previewed(qtbot, products, file)
    view = products.importing
    taxes = view.preview.taxes
    assert taxes.isVisible()
    assert list(taxes.combos) == ["basic need", "luxury"]
    assert not view.preview._remarks.isVisible(), "what is asked is not said as well"
    take_pictures(stage, "import-taxes")
    editor = taxes.combos["basic need"]
    editor.setCurrentIndex(editor.findData("zero"))
    editor.activated.emit(editor.currentIndex())
    assert view.go.label == "Preview again"
    press("Ctrl+S")
    qtbot.waitUntil(lambda: at(products, Step.PREVIEW))
    assert taxes.combos["basic need"].currentData() == "zero"
    assert view.go.label == "Import 2"
    press("Ctrl+S")
    qtbot.waitUntil(lambda: at(products, Step.DONE))
    made = product_as_edit(shop.reader, product_by_source_key(shop.reader, "generic:sku:B-1") or "")
    assert made is not None
    assert made.tax_category == "zero"


def test_a_file_whose_taxes_are_known_asks_nothing(
    qtbot: QtBot, products: ProductsScreen, stage: Stage, tmp_path: Path
) -> None:
    file = tmp_path / "cups.csv"
    file.write_text("Name;SKU;Price;Tax\nCup;C-1;1.50;standard\n", encoding="utf-8")
    previewed(qtbot, products, file)
    assert not products.importing.preview.taxes.isVisible()


def test_a_column_that_holds_no_taxes_asks_about_a_few_and_doubts_the_column(
    qtbot: QtBot, products: ProductsScreen, stage: Stage, tmp_path: Path
) -> None:
    file = tmp_path / "odd.csv"
    rows = "\n".join(f"Cup {n};C-{n};1.50;note {chr(97 + n)}" for n in range(12))
    file.write_text(f"Name;SKU;Price;Tax\n{rows}\n", encoding="utf-8")
    previewed(qtbot, products, file)
    taxes = products.importing.preview.taxes
    assert len(taxes.combos) == MOST
    assert taxes.hint.text() == "And 4 words more. Is the right column chosen for the tax?"
    take_pictures(stage, "import-many-taxes")
