"""Any picture becomes a logo that fits a shop's record, and a damaged one never stops a receipt."""

from __future__ import annotations

import base64
import io
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from omsdesk.documents import escpos, pdf
from omsdesk.documents.logo import MOST, logo_png, make_logo
from omsdesk.documents.receipt import receipt_paper
from tests.documents.samples import LETTERHEAD, ORDINARY, logo


def picture(logo: str) -> Image.Image:
    """Open a logo as a printer does."""
    png = logo_png(logo)
    assert png is not None
    return Image.open(io.BytesIO(png))


def file(image: Image.Image, kind: str) -> bytes:
    """Save a picture as a file of some kind."""
    made = io.BytesIO()
    image.save(made, kind)
    return made.getvalue()


@given(width=st.integers(1, 1500), height=st.integers(1, 1500))
def test_no_logo_is_larger_than_the_paper_and_none_is_blown_up(width: int, height: int) -> None:
    made = picture(make_logo(file(Image.new("L", (width, height), 40), "PNG")))
    assert made.width <= min(width, MOST)
    assert made.height <= min(height, MOST)
    assert made.width == width or made.height == height or MOST in made.size


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "WEBP"])
def test_every_usual_kind_of_file_becomes_a_png(kind: str) -> None:
    made = picture(make_logo(file(Image.new("RGB", (40, 20), "red"), kind)))
    assert (made.format, made.size) == ("PNG", (40, 20))


def test_what_was_transparent_is_white_as_the_paper_is() -> None:
    made = picture(make_logo(logo())).convert("RGB")
    assert made.getpixel((0, 0)) == (255, 255, 255)
    assert made.getpixel((110, 60)) == (0, 0, 0)


def test_a_photograph_stays_small_enough_for_a_record_that_is_read_at_every_start() -> None:
    noise = Image.frombytes("RGB", (1600, 1200), Random(7).randbytes(1600 * 1200 * 3))
    assert len(make_logo(file(noise, "PNG"))) < 400_000


def test_the_same_picture_gives_the_same_logo() -> None:
    assert make_logo(logo()) == make_logo(logo()), "who saves the shop again changes nothing"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n", logo()[:60]])
def test_what_is_no_picture_is_said(data: bytes) -> None:
    with pytest.raises(ValueError, match="Choose a PNG or JPEG file"):
        make_logo(data)


@given(st.one_of(st.text(max_size=40), st.binary(max_size=40).map(lambda data: base64.b64encode(data).decode())))
def test_a_logo_that_came_damaged_is_none(text: str) -> None:
    assert logo_png(text) is None


def test_a_receipt_carries_it_to_both_kinds_of_paper() -> None:
    with_logo = replace(ORDINARY, letterhead=replace(LETTERHEAD, logo=logo_png(make_logo(logo()))))
    plain = replace(ORDINARY, letterhead=LETTERHEAD)
    for render in (escpos.render, pdf.render):
        assert len(render(receipt_paper(with_logo)).payload) > len(render(receipt_paper(plain)).payload)
