"""A document becomes pictures of its paper, or a PDF, or a sentence."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtGui import QImage

from omsdesk.ui.reports.drawing import Drawn, Kind, Saved, draw, save_pdf, save_table
from tests.ui.back_office import BackOffice
from tests.ui.reports.conftest import hear, traced
from tests.ui.till.card_shop import GIFT


def newest(shop: BackOffice) -> str:
    """The sale of the newest receipt."""
    return str(shop.reader.value("SELECT subject FROM journal WHERE kind = 'sale.completed' ORDER BY position DESC"))


def documents(shop: BackOffice) -> dict[Kind, str]:
    """A document of every kind."""
    hear(shop, 3_000)
    return {
        Kind.SHIFT: "shift-1",
        Kind.OPEN_SHIFT: "shift-2",
        Kind.RECEIPT: newest(shop),
        Kind.ACCOUNT: GIFT,
        Kind.BALANCES: "",
        Kind.TRACE: traced(shop),
    }


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_is_drawn_as_the_printer_would(shop: BackOffice, kind: Kind) -> None:
    drawn = draw(shop.reader, kind, documents(shop)[kind], shop.clock.now())
    assert drawn.trouble == ""
    image = QImage.fromData(drawn.pages[0])
    assert image.width() > 300
    assert image.height() > image.width() // 2


@pytest.mark.parametrize("kind", sorted(set(Kind) - {Kind.BALANCES}))
def test_what_is_not_in_the_database_is_said(shop: BackOffice, kind: Kind, tmp_path: Path) -> None:
    drawn = draw(shop.reader, kind, "nowhere", shop.clock.now())
    assert drawn == Drawn(trouble=drawn.trouble)
    assert "not in the database" in drawn.trouble
    saved = save_pdf(shop.reader, kind, "nowhere", "x", tmp_path, shop.clock.now())
    assert saved == Saved(drawn.trouble, is_good=False)
    assert list(tmp_path.glob("*.pdf")) == []


@pytest.mark.parametrize(
    ("kind", "name", "file", "words"),
    [
        (Kind.SHIFT, "Z1", "shift-Z1.pdf", "Z REPORT"),
        (Kind.OPEN_SHIFT, "open", "shift-open.pdf", "X REPORT"),
        (Kind.RECEIPT, "1A-000004", "receipt-1A-000004.pdf", "Hand grinder S2"),
        (Kind.ACCOUNT, "3912", "account-3912.pdf", "Gift card"),
        (Kind.BALANCES, "all", "balances-all.pdf", "OPEN BALANCES"),
        (Kind.TRACE, "L7", "trace-L7.pdf", "Lot L7"),
    ],
)
def test_every_kind_is_saved_where_one_finds_it(
    shop: BackOffice, tmp_path: Path, kind: Kind, name: str, file: str, words: str
) -> None:
    folder = tmp_path / "a" / "b"
    saved = save_pdf(shop.reader, kind, documents(shop)[kind], name, folder, shop.clock.now())
    assert saved == Saved(f"Saved as {file} in {folder}.", is_good=True)
    pdf = pypdfium2.PdfDocument(folder / file)
    text = " ".join(page.get_textpage().get_text_range() for page in pdf)
    assert words.casefold() in text.casefold()
    pdf.close()


def test_a_recall_is_saved_as_a_table(shop: BackOffice, tmp_path: Path) -> None:
    saved = save_table(shop.reader, traced(shop), "L7", tmp_path, shop.clock.now())
    assert saved == Saved(f"Saved as trace-L7.csv in {tmp_path}.", is_good=True)
    assert "Oat milk" in (tmp_path / "trace-L7.csv").read_text(encoding="utf-8-sig")
    assert "not in the database" in save_table(shop.reader, "L9", "L9", tmp_path, shop.clock.now()).sentence
    (tmp_path / "file").touch()
    assert not save_table(shop.reader, "L7", "L7", tmp_path / "file", shop.clock.now()).is_good


def test_saving_twice_keeps_the_newer(shop: BackOffice, tmp_path: Path) -> None:
    for _ in range(2):
        assert save_pdf(shop.reader, Kind.SHIFT, "shift-1", "Z1", tmp_path, shop.clock.now()).is_good
    assert [file.name for file in tmp_path.glob("*.pdf")] == ["shift-Z1.pdf"]


def test_a_file_in_the_way_is_said_with_what_to_do(shop: BackOffice, tmp_path: Path) -> None:
    way = tmp_path / "documents"
    way.write_text("in the way", encoding="utf-8")
    saved = save_pdf(shop.reader, Kind.SHIFT, "shift-1", "Z1", way, shop.clock.now())
    assert not saved.is_good
    assert saved.sentence.startswith(f"The PDF could not be saved in {way}:")
    assert saved.sentence.endswith("Choose another folder in the settings.")
