"""A barcode on the screen is read in every theme, at every width."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtGui import QImage

from omsdesk.documents.labels.symbology import Symbology, encode
from omsdesk.ui.widgets.barcode_view import BarcodeView

if TYPE_CHECKING:
    from tests.ui.widgets.conftest import Show


def _read(view: BarcodeView) -> list[str]:
    image = view.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    size = (image.width(), image.height())
    picture = Image.frombytes("L", size, bytes(image.constBits()), "raw", "L", image.bytesPerLine())
    return [code.text for code in zxingcpp.read_barcodes(picture)]


@pytest.mark.parametrize("width", [420, 800, 1400])
def test_a_code_is_read_from_the_screen(show: Show, width: int) -> None:
    view = show(BarcodeView(), width, 150)
    symbol = encode(Symbology.CODE_128, "0123456789ABCDEFGHIJ")
    view.show_row(symbol.rows[0], "Barcode")
    assert _read(view) == ["0123456789ABCDEFGHIJ"]
    assert view.accessibleName() == "Barcode"


def test_without_a_code_it_is_empty(show: Show) -> None:
    view = show(BarcodeView(), 420, 150)
    assert _read(view) == []
    assert view.module == 0
