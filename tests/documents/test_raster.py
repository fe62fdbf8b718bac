"""Lines and codes as dots."""

from __future__ import annotations

import io

import pytest
import zxingcpp
from PIL import Image, ImageOps

from omsdesk.documents import raster
from omsdesk.documents.paper import Align, Columns, Size, Text
from omsdesk.documents.printer_profile import EPSON_80, PROFILES
from omsdesk.documents.typeset import Grid, Line, typeset
from tests.documents.samples import HEBREW, logo

GRID = Grid(42, 56, 21)
Box = tuple[int, int, int, int]


def line(text: Text) -> Line:
    (row,) = typeset((text,), GRID)
    assert isinstance(row, Line)
    return row


def ink(picture: Image.Image) -> Box:
    box = picture.convert("L").point(lambda level: 255 - level).getbbox()
    assert box is not None
    return box


def test_a_drawn_line_is_as_wide_as_the_paper_and_as_high_as_a_printed_one() -> None:
    assert raster.draw_line(line(Text("₹ 50")), 504).size == (504, 30)
    assert raster.draw_line(line(Text("₹ 50", size=Size.SMALL)), 504).size == (504, 22)


@pytest.mark.parametrize("size", Size)
@pytest.mark.parametrize("text", ["₹ 50", HEBREW, "Ελένη"])
def test_a_drawn_line_keeps_within_its_margins(text: str, size: Size) -> None:
    left, top, right, bottom = ink(raster.draw_line(line(Text(text, size=size)), 504))
    assert 0 <= left < right <= 504
    assert 0 <= top < bottom <= 60


def test_a_drawn_line_stands_where_its_text_would() -> None:
    left = ink(raster.draw_line(line(Text("₹ 50")), 504))
    centre = ink(raster.draw_line(line(Text("₹ 50", Align.CENTER)), 504))
    right = ink(raster.draw_line(line(Text("₹ 50", Align.RIGHT)), 504))
    assert left[0] <= 4
    assert abs((centre[0] + centre[2]) / 2 - 252) <= 6
    assert right[2] >= 500


def test_spaces_are_as_wide_as_the_printer_s_own() -> None:
    for size, cell in ((Size.NORMAL, 12), (Size.SMALL, 9)):
        apart = ink(raster.draw_line(line(Text("₹ I", size=size)), 504))[2]
        together = ink(raster.draw_line(line(Text("₹I", size=size)), 504))[2]
        assert abs(apart - together - cell) <= 2


def test_small_figures_that_are_drawn_end_where_the_printer_s_own_do() -> None:
    for dots, columns in ((384, 42), (504, 56), (576, 64)):
        (row,) = typeset((Columns("₹", "I", Size.SMALL),), Grid(dots // 12, columns, dots // 24))
        assert isinstance(row, Line)
        assert 0 <= columns * 9 - ink(raster.draw_line(row, dots))[2] <= 3


def test_letters_that_would_not_fit_are_drawn_smaller_and_none_is_cut_off() -> None:
    wide = line(Text("W" * 42))
    left, _, right, _ = ink(raster.draw_line(wide, 504))
    assert right <= 504
    assert right - left > 480


def test_bold_has_more_ink() -> None:
    thin, bold = (raster.draw_line(line(Text("₹ 50", is_bold=bold)), 504) for bold in (False, True))
    assert bold.histogram()[0] > thin.histogram()[0]


def test_a_bar_is_black_with_white_letters() -> None:
    bar = raster.draw_line(line(Text(HEBREW, is_inverted=True)), 504)
    assert bar.getpixel((500, 5)) == 0
    assert bar.histogram()[0] > bar.histogram()[255]


def test_a_picture_is_centred_on_white() -> None:
    box = ink(raster.draw_picture(logo(), 504, 200))
    assert abs(box[0] - (504 - box[2])) <= 2


@pytest.mark.parametrize(("width", "height"), [(512, 512), (100, 512), (3, 4000), (2000, 300)])
def test_a_logo_takes_25_mm_of_paper_at_most(width: int, height: int) -> None:
    for profile in PROFILES.values():
        picture = raster.draw_picture(logo(width, height), profile.dots, profile.tallest_picture)
        assert picture.width == profile.dots
        assert picture.height <= profile.tallest_picture <= 25 / 25.4 * 203
    assert EPSON_80.tallest_picture / 180 * 25.4 <= 25, "printers of 180 dpi have this profile, too"


def test_grey_becomes_a_pattern_of_dots_and_not_a_black_field() -> None:
    png = io.BytesIO()
    Image.new("L", (80, 80), 128).save(png, "PNG")
    dots = raster.draw_picture(png.getvalue(), 80, 200).histogram()
    assert 0.3 < dots[0] / (80 * 80) < 0.7


def test_slices_put_together_again_are_the_picture() -> None:
    picture = raster.draw_picture(logo(100, 700), 104, 700)
    pieces = list(raster.slices(picture))
    assert [piece.height for piece in pieces] == [256, 256, 188]
    assert raster.stack(pieces).tobytes() == picture.tobytes()


@pytest.mark.parametrize("content", ["1A-000123", "omsdesk {1}", "0123456789"])
def test_a_scanner_reads_what_was_drawn(content: str) -> None:
    bars = ImageOps.expand(raster.draw_barcode(content, 80).convert("L"), 30, 255)
    assert [code.text for code in zxingcpp.read_barcodes(bars)] == [content]
    bare = raster.draw_barcode(content, 80, has_text=False)
    assert bare.height == 80
    assert [code.text for code in zxingcpp.read_barcodes(ImageOps.expand(bare.convert("L"), 30, 255))] == [content]
    square = ImageOps.expand(raster.draw_qr(content, 4).convert("L"), 30, 255)
    assert [code.text for code in zxingcpp.read_barcodes(square)] == [content]


def test_a_code_wider_than_the_paper_is_refused_and_not_cut_off() -> None:
    with pytest.raises(ValueError, match="too wide for the paper"):
        raster.centre(raster.draw_barcode("A" * 80, 80), 384)
