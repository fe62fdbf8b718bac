"""TSPL, read back by its manual and scanned by a scanner that is not ours."""

from __future__ import annotations

import pytest
from PIL import ImageChops

from omsdesk.documents.labels import tspl
from omsdesk.documents.labels.layout import lay_out
from omsdesk.documents.labels.model import Label, Media
from omsdesk.documents.labels.preview import paint
from omsdesk.documents.labels.print_settings import Finish, PrintSettings
from omsdesk.documents.labels.symbology import Symbology
from omsdesk.documents.labels.values import SAMPLE
from tests.documents.labels.dot_readers import read_tspl
from tests.documents.labels.foreign_zebra import scanned
from tests.documents.labels.label_samples import CONTENTS, PRODUCT, alone


@pytest.mark.parametrize("symbology", CONTENTS)
def test_every_code_comes_out_as_previewed_and_is_read(symbology: Symbology) -> None:
    content, said = CONTENTS[symbology]
    laid = lay_out(alone(symbology, content), SAMPLE)
    paper = read_tspl(tspl.render(laid)).picture
    mine = paint(laid)
    assert ImageChops.difference(paper.crop((0, 0, *mine.size)).convert("L"), mine.convert("L")).getbbox() is None
    assert scanned(paper) == [said]


@pytest.mark.parametrize(
    ("label", "size"),
    [
        (Label(508, 254, gap=30), ["SIZE 50.8 mm,25.4 mm", "GAP 3 mm,0 mm"]),
        (Label(500, 300, media=Media.MARK, gap=25), ["SIZE 50 mm,30 mm", "BLINE 2.5 mm,0 mm"]),
        (Label(500, 300, media=Media.CONTINUOUS), ["SIZE 50 mm,30 mm", "GAP 0 mm,0 mm"]),
    ],
)
def test_the_printer_is_told_where_a_label_ends(label: Label, size: list[str]) -> None:
    assert read_tspl(tspl.render(lay_out(label, {}))).said[1:3] == size


@pytest.mark.parametrize(
    ("finish", "said"),
    [
        (Finish.TEAR, ["SET PEEL OFF", "SET CUTTER OFF", "SET TEAR ON"]),
        (Finish.PEEL, ["SET PEEL ON", "SET CUTTER OFF", "SET TEAR OFF"]),
        (Finish.CUT, ["SET PEEL OFF", "SET CUTTER 1", "SET TEAR OFF"]),
    ],
)
def test_a_label_is_torn_peeled_or_cut(finish: Finish, said: list[str]) -> None:
    sheet = read_tspl(tspl.render(lay_out(PRODUCT, SAMPLE), 3, PrintSettings(40, 4, finish)))
    assert sheet.said[6:9] == said
    assert sheet.said[9:] == ["DENSITY 6", "SPEED 4", "CLS"]
    assert sheet.copies == 3


def test_no_copies_are_no_label() -> None:
    with pytest.raises(ValueError, match="once at least"):
        tspl.render(lay_out(PRODUCT, SAMPLE), 0)
