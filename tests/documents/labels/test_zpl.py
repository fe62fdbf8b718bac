"""ZPL as a printer that is not ours prints it: dot for dot what the preview showed."""

from __future__ import annotations

import re

import pytest
from PIL import ImageChops

from omsdesk.documents.labels import zpl
from omsdesk.documents.labels.layout import Laid, lay_out
from omsdesk.documents.labels.model import Label, Media
from omsdesk.documents.labels.preview import paint
from omsdesk.documents.labels.print_settings import Finish, PrintSettings
from omsdesk.documents.labels.symbology import Symbology
from omsdesk.documents.labels.values import SAMPLE
from tests.documents.labels.foreign_zebra import printed_all, scanned
from tests.documents.labels.label_samples import CONTENTS, PRODUCT, alone, text


def assert_prints_as_previewed(labels: list[Laid], dots_per_mm: int = 8) -> None:
    """Print labels on the foreign printer, and compare each of their dots with the preview's."""
    jobs = [(zpl.render(laid), laid.width / dots_per_mm, laid.height / dots_per_mm, dots_per_mm) for laid in labels]
    for laid, paper in zip(labels, printed_all(jobs), strict=True):
        mine = paint(laid).convert("L")
        theirs = paper.crop((0, 0, laid.width, laid.height)).point(lambda level: 255 if level > 127 else 0)
        assert ImageChops.difference(mine, theirs).getbbox() is None


def test_every_code_in_every_turn_comes_out_as_previewed_and_is_read() -> None:
    contents = [
        (symbology, content, turn) for symbology, (content, _) in CONTENTS.items() for turn in (0, 90, 180, 270)
    ]
    labels = [lay_out(alone(*case), SAMPLE) for case in contents]
    assert_prints_as_previewed(labels)
    papers = printed_all([(zpl.render(laid), 90, 90, 8) for laid in labels])
    for (symbology, _, _), paper in zip(contents, papers, strict=True):
        assert scanned(paper) == [CONTENTS[symbology][1]]


@pytest.mark.parametrize("content", ["A^B~C_D", "a>b", "A1234567", "1234A", "000000", "000067", "9999", "(x) #1, $%&"])
def test_signs_that_mean_something_to_the_printer_are_printed(content: str) -> None:
    laid = lay_out(alone(Symbology.CODE_128, content), SAMPLE)
    assert_prints_as_previewed([laid])
    assert scanned(printed_all([(zpl.render(laid), 90, 90, 8)])[0]) == [("]C0", content)]


def test_a_product_label_comes_out_as_previewed_at_300_dpi() -> None:
    assert_prints_as_previewed([lay_out(PRODUCT, SAMPLE, 300)], 12)


def test_text_of_every_script_comes_out_as_previewed() -> None:
    names = ("Blütenhonig", "Μέλι", "Мёд", "דבש", "عسل زهور", "蜂蜜", "₽ 790 · ₺ 12 · ₹ 5")
    label = Label(600, 700, tuple(text(name, 20, 20 + 90 * row, 560, 80, size=60) for row, name in enumerate(names)))
    assert_prints_as_previewed([lay_out(label, {})])


def test_as_many_labels_come_out_as_were_asked_for() -> None:
    assert b"^PQ250,0,0,N" in zpl.render(lay_out(PRODUCT, SAMPLE), 250)
    for none in (0, -1, 10**9):
        with pytest.raises(ValueError, match="once at least"):
            zpl.render(lay_out(PRODUCT, SAMPLE), none)


def test_every_setting_of_the_label_before_is_set_again() -> None:
    said = zpl.render(lay_out(Label(500, 300, media=Media.MARK), {})).decode()
    assert said.startswith("^XA\n^MNM\n^MMT\n^PW400\n^LL240\n")
    assert "~SD" not in said
    assert "^PR" not in said
    dark = PrintSettings(darkness=50, speed=4, finish=Finish.CUT)
    said = zpl.render(lay_out(Label(500, 300, media=Media.CONTINUOUS), {}), settings=dark).decode()
    assert "^MNN\n^MMC\n" in said
    assert "~SD15\n^PR4\n" in said


def test_nothing_of_what_a_label_says_is_taken_for_a_command() -> None:
    laid = lay_out(Label(500, 300, (text("^XZ ~JA ^FS ^JUF", 10, 10, 400, 100),)), {})
    said = zpl.render(laid).decode()
    assert re.findall(r"[\^~]JA|\^JU", said) == []
    assert said.count("^XZ") == 1


def test_a_label_is_small_on_the_wire() -> None:
    assert len(zpl.render(lay_out(PRODUCT, SAMPLE))) < 4000


def test_one_set_of_signs_is_left_to_the_printer_whatever_its_check_digit() -> None:
    for content, is_native in (
        ("000067", True),
        ("9999", True),
        ("OMS-1", True),
        ("1234A", False),
        ("A1234567", False),
    ):
        said = zpl.render(lay_out(alone(Symbology.CODE_128, content), SAMPLE))
        assert (b"^BC" in said) is is_native
