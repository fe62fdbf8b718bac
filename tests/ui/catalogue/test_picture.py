"""The picture of a product is read away from the window, and shown small."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from omsdesk.store.queries.catalogue import product_as_edit
from omsdesk.ui.catalogue.picture import SIDE
from omsdesk.ui.catalogue.screen import ProductsScreen
from tests.ui.back_office import BackOffice, Stage, press, take_pictures, type_into


def picture(folder: Path) -> Path:
    """Paint a large picture into a file."""
    image = QImage(1600, 1200, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    place = folder / "mug.png"
    assert image.save(str(place))
    return place


def test_a_picture_is_shown_small_and_kept_by_its_path(
    qtbot: QtBot, shop: BackOffice, products: ProductsScreen, stage: Stage, tmp_path: Path
) -> None:
    place = picture(tmp_path)
    products.open("mug")
    shown = products.form.picture
    type_into(products.form._image, str(place), stage)
    qtbot.waitUntil(lambda: shown.image is not None)
    assert shown.image is not None
    assert shown.image.width() == 2 * SIDE
    middle = shown.grab().toImage().pixelColor(SIDE // 2, SIDE // 2)
    assert middle.green() > middle.red()
    take_pictures(stage, "product-picture")
    press("Ctrl+S")
    qtbot.waitUntil(lambda: (edit := product_as_edit(shop.reader, "mug")) is not None and edit.image == str(place))


def test_what_is_no_picture_leaves_the_sign_of_a_missing_one(
    qtbot: QtBot, products: ProductsScreen, stage: Stage, tmp_path: Path
) -> None:
    text = tmp_path / "mug.txt"
    text.write_text("a mug", encoding="utf-8")
    shown = products.form.picture
    products.open("mug")
    for path in (str(text), str(tmp_path / "gone.png"), "https://example.org/mug.png"):
        shown.show_path(path)
        qtbot.wait(50)
        assert shown.image is None


def test_a_picture_that_comes_late_is_not_shown_for_another_product(
    qtbot: QtBot, products: ProductsScreen, stage: Stage, tmp_path: Path
) -> None:
    shown = products.form.picture
    products.open("mug")
    shown.show_path(str(picture(tmp_path)))
    shown.show_path("")
    qtbot.wait(200)
    assert shown.image is None
