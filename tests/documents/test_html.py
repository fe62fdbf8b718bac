"""A receipt as a page of an e-mail, read by Qt's own reader of rich text."""

from __future__ import annotations

import io
from dataclasses import replace
from html.parser import HTMLParser

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtGui import QTextDocument

from omsdesk.documents import html
from omsdesk.documents.paper import Barcode, Columns, Cut, Feed, KickDrawer, Picture, QrCode, Rule, Size, Table, Text
from omsdesk.documents.receipt import copy_of, receipt_paper
from tests.documents.samples import LETTERHEAD, ORDINARY, logo


class Reader(HTMLParser):
    """Tells whether every tag is closed by its own end, and which pictures are named."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.pictures: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"meta", "img", "br"}:
            self.open.append(tag)
        self.pictures += [value or "" for name, value in attrs if tag == "img" and name == "src"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def words(page: str) -> str:
    document = QTextDocument()
    document.setHtml(page)
    return document.toPlainText()


def test_a_receipt_says_all_that_it_says_on_paper() -> None:
    page = html.render(receipt_paper(ORDINARY), "Receipt", "Thank you.", "en-GB")
    text = words(page.text)
    for said in ("Thank you.", "Meadow & Sons", "Flat white", "TOTAL", "£16.61", "Served by Maya", "VAT 20\u00a0%"):
        assert said in text or said.replace("\u00a0", " ") in text, said
    assert Reader(page.text).open == []


def test_pictures_are_parts_that_the_page_names() -> None:
    paper = receipt_paper(replace(ORDINARY, letterhead=replace(LETTERHEAD, logo=logo())))
    page = html.render(paper, "Receipt")
    assert Reader(page.text).pictures == [f"cid:{row.name}" for row in page.pictures]
    assert page.pictures[0].png == logo()
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(page.pictures[1].png)).convert("L"))
    assert [code.text for code in found] == [ORDINARY.sale_id]


def test_what_a_shop_types_is_no_markup() -> None:
    nasty = '<script>alert("1")</script> & \u202etxet'
    paper = (Text(nasty), Columns(nasty, nasty), Table(((nasty, nasty),), (nasty, "x")), Picture(b"", nasty))
    page = html.render(paper, nasty, nasty).text
    assert "<script" not in page
    assert Reader(page).open == []


def test_every_block_has_its_place_and_devices_have_none() -> None:
    paper = (
        Rule(), Feed(2), Barcode("ABC-1"), QrCode("x"), Cut(), KickDrawer(), Text("inverted", is_inverted=True),
        Text("small", size=Size.SMALL, indent=2), Text("hangs", hang=4), Barcode("ABC-2", has_text=False),
        Columns("left", "right", indent=2, is_bold=True),
    )  # fmt: skip
    page = html.render(paper, "t").text
    for said in ("ABC-1", "inverted", "small", "hangs", "left", "right"):
        assert said in words(page)
    assert "ABC-2" not in words(page)
    assert "padding-left:32px;text-indent:-32px" in page


def test_a_copy_says_so() -> None:
    assert "COPY" in words(html.render(receipt_paper(copy_of(ORDINARY)), "t").text)


@pytest.mark.parametrize(("locale", "language"), [("de-DE", "de"), ("", "en"), ("fr", "fr")])
def test_the_page_says_its_language(locale: str, language: str) -> None:
    assert f'<html lang="{language}">' in html.render((), "t", locale=locale).text
