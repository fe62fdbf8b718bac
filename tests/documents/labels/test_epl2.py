"""EPL2, read back by its manual and scanned by a scanner that is not ours."""

from __future__ import annotations

import pytest
from PIL import ImageChops

from omsdesk.documents.labels import epl2
from omsdesk.documents.labels.layout import lay_out
from omsdesk.documents.labels.model import Label, Media
from omsdesk.documents.labels.preview import paint
from omsdesk.documents.labels.print_settings import PrintSettings
from omsdesk.documents.labels.symbology import Symbology
from omsdesk.documents.labels.values import SAMPLE
from tests.documents.labels.dot_readers import read_epl2
from tests.documents.labels.foreign_zebra import scanned
from tests.documents.labels.label_samples import CONTENTS, PRODUCT, alone


@pytest.mark.parametrize("symbology", CONTENTS)
def test_every_code_comes_out_as_previewed_and_is_read(symbology: Symbology) -> None:
    content, said = CONTENTS[symbology]
    laid = lay_out(alone(symbology, content), SAMPLE)
    paper = read_epl2(epl2.render(laid)).picture
    mine = paint(laid)
    assert ImageChops.difference(paper.crop((0, 0, *mine.size)).convert("L"), mine.convert("L")).getbbox() is None
    assert paper.crop((mine.width, 0, 2000, 2000)).getextrema() == (255, 255)
    assert scanned(paper) == [said]


@pytest.mark.parametrize(
    ("label", "size"),
    [
        (Label(500, 300, gap=30), "Q240,24"),
        (Label(500, 300, gap=5), "Q240,16"),
        (Label(500, 300, media=Media.MARK, gap=40), "Q240,B32"),
        (Label(500, 300, media=Media.CONTINUOUS), "Q240,0"),
    ],
)
def test_the_printer_is_told_where_a_label_ends(label: Label, size: str) -> None:
    assert read_epl2(epl2.render(lay_out(label, {}))).said == ["", "N", "q400", size, "R0,0", "ZT"]


def test_settings_are_in_the_printer_s_own_steps() -> None:
    sheet = read_epl2(epl2.render(lay_out(PRODUCT, SAMPLE), 12, PrintSettings(darkness=100, speed=9)))
    assert sheet.said[-2:] == ["D15", "S6"]
    assert sheet.copies == 12
    with pytest.raises(ValueError, match="1 to 65,535 times"):
        epl2.render(lay_out(PRODUCT, SAMPLE), 0)
