"""The picture of a label: its dots, and a file that knows its size."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageChops

from omsdesk.documents.labels.layout import DOTS_PER_MM, lay_out
from omsdesk.documents.labels.model import FieldKind, Label
from omsdesk.documents.labels.preview import paint, png
from omsdesk.documents.labels.values import SAMPLE
from tests.documents.labels.label_samples import PRODUCT, shape, text


@pytest.mark.parametrize("dpi", DOTS_PER_MM)
def test_the_file_has_the_dots_and_the_size(dpi: int) -> None:
    laid = lay_out(PRODUCT, SAMPLE, dpi)
    with Image.open(io.BytesIO(png(laid))) as file:
        assert file.info["dpi"][0] == pytest.approx(dpi, abs=0.1)
        assert ImageChops.difference(file.convert("L"), paint(laid).convert("L")).getbbox() is None


def test_white_covers_nothing() -> None:
    line = shape(FieldKind.LINE, 0, 0, 300, 20)
    over = lay_out(Label(500, 300, (line, text("H", 0, 0, 300, 200, size=200))), {})
    assert paint(over).crop((0, 0, 240, 16)).convert("L").histogram()[255] == 0
