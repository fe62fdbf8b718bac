"""Labels as PDF, drawn by a renderer that is not ours."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pypdfium2
import pytest
from PIL import ImageChops

from omsdesk.documents.labels import pdf
from omsdesk.documents.labels.layout import DOTS_PER_MM, lay_out
from omsdesk.documents.labels.preview import paint
from omsdesk.documents.labels.symbology import Symbology
from omsdesk.documents.labels.values import SAMPLE
from tests.documents.labels.foreign_zebra import scanned
from tests.documents.labels.label_samples import CONTENTS, PRODUCT, alone


def pages(file: bytes, dots_per_mm: float) -> list[Any]:
    document = pypdfium2.PdfDocument(file)
    # A hair less, or a page of whole dots is given one more.
    scale = dots_per_mm * 25.4 / 72 * (1 - 1e-6)
    return [page.render(scale=scale, grayscale=True).to_pil() for page in document]


@pytest.mark.parametrize("symbology", CONTENTS)
def test_every_code_is_read_from_paper(symbology: Symbology) -> None:
    content, said = CONTENTS[symbology]
    laid = lay_out(alone(symbology, content), SAMPLE, 300)
    (page,) = pages(pdf.render([laid]), float(DOTS_PER_MM[300]))
    assert scanned(page) == [said]


@pytest.mark.parametrize("dpi", DOTS_PER_MM)
def test_a_printer_of_the_same_resolution_prints_the_preview_to_the_dot(dpi: int) -> None:
    # Two inches by one and a half, or as many millimetres as whole dots have: other pages end within a dot.
    size = (500, 300) if dpi == 203 else (508, 381)
    laid = lay_out(replace(PRODUCT, width=size[0], height=size[1]), SAMPLE, dpi)
    (page,) = pages(pdf.render([laid]), float(DOTS_PER_MM[dpi]))
    assert page.size == (laid.width, laid.height)
    black_and_white = page.point(lambda level: 255 if level > 127 else 0)
    assert ImageChops.difference(paint(laid).convert("L"), black_and_white).getbbox() is None


def test_each_label_is_a_page_of_its_size() -> None:
    labels = [lay_out(PRODUCT, SAMPLE, 300), lay_out(alone(Symbology.QR, "x"), SAMPLE, 300)]
    document = pypdfium2.PdfDocument(pdf.render([*labels, labels[0]]))
    sizes = [tuple(round(side / 72 * 25.4, 2) for side in page.get_size()) for page in document]
    assert sizes == [(50, 30), (90, 90), (50, 30)]


def test_the_same_labels_are_the_same_file() -> None:
    assert pdf.render([lay_out(PRODUCT, SAMPLE)]) == pdf.render([lay_out(PRODUCT, SAMPLE)])


def test_no_label_is_no_file() -> None:
    with pytest.raises(ValueError, match="There is no label"):
        pdf.render([])
