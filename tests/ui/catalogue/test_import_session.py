"""A manager brings in the files of a whole shop: what is read, what is refused, what stops, what comes twice."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook

from omsdesk.domain.catalogue import ProductEdit, SaveProducts
from omsdesk.domain.shop import SaveShop, TaxWord
from omsdesk.domain.values import Money, barcode_key
from omsdesk.store.queries.catalogue import owners, product_as_edit, product_by_source_key
from omsdesk.store.queries.products import last_no
from omsdesk.ui.catalogue.import_session import ImportSession, Step
from omsdesk.ui.catalogue.office import NO_RIGHT
from tests.ui.back_office import BEN, BackOffice, until
from tests.ui.catalogue.conftest import office_of

PRICES = "Name;SKU;Price;EAN;Group\nBlue mug;M-1;4.50;5012345678900;Mugs\nRed mug;M-2;4.50;;Mugs\n"
MISTAKES = PRICES + "Green mug;M-3;much;;Mugs\n;M-4;1.00;;\nOld mug;M-5;3.00;5012345678900;Mugs\n"
SHOPIFY = (
    "Handle,Title,Vendor,Type,Published,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Barcode,Status\n"
    "mug,Mug,Nord,Mugs,TRUE,Title,Default Title,MUG-1,9.50,5012345678900,active\n"
)


class Import:
    """An import in one program, without a window around it."""

    def __init__(self, shop: BackOffice, folder: Path) -> None:
        self.session = ImportSession(office_of(shop))
        self.folder = folder
        self.steps: list[Step] = []
        self.session.listeners.append(lambda: self.steps.append(self.session.step))

    def write(self, text: str, name: str = "prices.csv") -> Path:
        """Put a file into the folder."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def comes_to(self, step: Step) -> ImportSession:
        """Wait for a step."""
        until(lambda: self.session.step is step)
        return self.session

    def choose(self, path: Path) -> ImportSession:
        """Choose a file and wait until it was looked at."""
        self.session.choose(path)
        until(lambda: self.session.step is not Step.LOOK)
        return self.session

    def preview(self, path: Path) -> ImportSession:
        """Choose a file and go on to what would happen."""
        if self.choose(path).step is Step.MAP:
            self.session.try_out()
        return self.comes_to(Step.PREVIEW)

    def bring_in(self, path: Path) -> str:
        """Import a file and give the sentence that sums it up."""
        self.preview(path).run()
        summary = self.comes_to(Step.DONE).summary
        assert summary is not None
        return summary.sentence


@pytest.fixture
def coming(shop: BackOffice, tmp_path: Path) -> Import:
    """Open the import page."""
    made = Import(shop, tmp_path)
    made.session.begin()
    return made


# --- files that are right ---------------------------------------------------------------------------------------------


def test_a_table_is_tried_without_writing_and_then_imported(shop: BackOffice, coming: Import) -> None:
    before = shop.facts
    session = coming.preview(coming.write(PRICES))
    assert session.preview is not None
    assert (session.preview.summary.new, session.preview.summary.problem_count) == (2, 0)
    assert shop.facts == before, "trying writes nothing"
    session.run()
    coming.comes_to(Step.DONE)
    assert owners(shop.reader, [barcode_key("5012345678900")])
    assert last_no(shop.reader) == 14
    assert coming.steps[-2:] == [Step.IMPORT, Step.DONE]


def test_the_same_file_again_changes_nothing(shop: BackOffice, coming: Import) -> None:
    path = coming.write(PRICES)
    coming.bring_in(path)
    facts = shop.facts
    coming.session.begin()
    session = coming.preview(path)
    assert session.preview is not None
    assert (session.preview.summary.new, session.preview.summary.unchanged) == (0, 2)
    session.run()
    coming.comes_to(Step.DONE)
    assert (last_no(shop.reader), shop.facts) == (14, facts)


def test_a_file_with_new_prices_changes_prices_alone(shop: BackOffice, coming: Import) -> None:
    coming.bring_in(coming.write(PRICES))
    mug = product_by_source_key(shop.reader, "generic:sku:M-1")
    shop.do(SaveProducts("shelf", (ProductEdit(mug, 1, favourite=3),)))
    coming.session.begin()
    said = coming.bring_in(coming.write(PRICES.replace("4.50;5012345678900", "4.80;5012345678900")))
    assert said == "0 new products, 1 changed, 1 as they were."
    kept = product_as_edit(shop.reader, mug)
    assert kept is not None
    assert (kept.price, kept.favourite) == (Money(480, "GBP"), 3)


def test_a_known_export_goes_straight_to_what_would_happen(coming: Import) -> None:
    session = coming.choose(coming.write(SHOPIFY))
    coming.comes_to(Step.PREVIEW)
    assert Step.MAP not in coming.steps
    assert session.is_certain
    assert session.title == "Shopify product export"
    assert session.file_name == "prices.csv"


def test_a_packed_file_is_read_as_it_is(coming: Import) -> None:
    path = coming.folder / "prices.csv.gz"
    path.write_bytes(gzip.compress(PRICES.encode()))
    assert "2 new products" in coming.bring_in(path)


def workbook(path: Path, **pages: list[list[object]]) -> Path:
    """Write a workbook, a worksheet per name."""
    book = Workbook()
    for name, rows in pages.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.remove(book.worksheets[0])
    book.save(path)
    return path


GOODS: list[list[object]] = [["Name", "SKU", "Price"], ["Candle", "C-1", 2.5], ["Lantern", "L-1", 12]]


def test_the_page_of_products_is_found_behind_a_page_of_words(coming: Import) -> None:
    path = workbook(coming.folder / "list.xlsx", About=[["Our list, spring"]], Empty=[], Goods=GOODS)
    session = coming.choose(path)
    assert session.sheet is not None
    assert session.sheet.name == "Goods"
    assert session.sheet.names == ("About", "Empty", "Goods")


def test_a_page_that_a_person_chooses_is_taken_even_if_it_looks_wrong(coming: Import) -> None:
    path = workbook(coming.folder / "list.xlsx", About=[["Our list, spring"], ["by Anna"]], Goods=GOODS)
    session = coming.choose(path)
    session.choose_worksheet("About")
    until(lambda: session.sheet is not None and session.sheet.name == "About" and session.step is Step.MAP)
    session.try_out()
    assert session.trouble == "Choose the column that holds the product names."
    session.choose_worksheet("Goods")
    until(lambda: session.sheet is not None and session.sheet.name == "Goods" and session.step is Step.MAP)
    session.choose_worksheet("Goods")
    assert session.step is Step.MAP, "it is open already"


def test_a_workbook_without_products_begins_with_its_first_page(coming: Import) -> None:
    path = workbook(coming.folder / "list.xlsx", Notes=[["7"], ["8"]], More=[["9"], ["10"]])
    session = coming.choose(path)
    assert session.step is Step.MAP
    assert session.sheet is not None
    assert session.sheet.name == "Notes"


# --- columns ----------------------------------------------------------------------------------------------------------


def test_columns_are_guessed_and_show_their_first_values(coming: Import) -> None:
    session = coming.choose(coming.write(PRICES))
    assert session.mapping is not None
    assert {name: session.sheet.headers[at] for name, at in session.mapping.columns.items()} == {  # type: ignore[union-attr]
        "name": "Name", "sku": "SKU", "price": "Price", "codes": "EAN", "category": "Group",
    }  # fmt: skip
    assert session.samples(session.mapping.columns["name"]) == ("Blue mug", "Red mug")
    assert session.samples(session.mapping.columns["codes"]) == ("5012345678900",), "empty values show nothing"
    assert session.samples(None) == ()


def test_a_column_that_is_taken_moves(coming: Import) -> None:
    session = coming.choose(coming.write(PRICES))
    assert session.mapping is not None
    group = session.mapping.columns["category"]
    session.set_column("brand", group)
    assert "category" not in session.mapping.columns
    assert session.mapping.columns["brand"] == group
    session.set_column("brand", None)
    assert "brand" not in session.mapping.columns
    told = len(coming.steps)
    session.set_column("brand", None)
    assert len(coming.steps) == told, "nothing changed, nothing is told"


def test_a_correction_is_what_is_imported(shop: BackOffice, coming: Import) -> None:
    session = coming.choose(coming.write(PRICES))
    assert session.mapping is not None
    session.set_column("brand", session.mapping.columns["category"])
    session.try_out()
    coming.comes_to(Step.PREVIEW)
    session.change_columns()
    assert session.step is Step.MAP, "one can look again"
    session.try_out()
    coming.comes_to(Step.PREVIEW).run()
    coming.comes_to(Step.DONE)
    kept = product_as_edit(shop.reader, product_by_source_key(shop.reader, "generic:sku:M-2"))
    assert kept is not None
    assert (kept.brand, kept.category) == ("Mugs", "")


def test_a_file_without_names_is_not_tried(coming: Import) -> None:
    session = coming.choose(coming.write(PRICES))
    session.set_column("name", None)
    session.try_out()
    assert session.step is Step.MAP
    assert session.trouble == "Choose the column that holds the product names."
    session.set_column("name", 0)
    assert session.trouble == ""


# --- files with mistakes ----------------------------------------------------------------------------------------------


def test_bad_rows_are_counted_explained_and_written_beside_the_file(shop: BackOffice, coming: Import) -> None:
    said = coming.bring_in(coming.write(MISTAKES))
    assert said.startswith("3 new products")
    assert "2 rows have problems" in said
    summary = coming.session.summary
    assert summary is not None
    assert summary.error_file == coming.folder / "prices-problems.csv"
    assert any("belongs to “Blue mug" in remark.sentence for remark in summary.remarks)
    owner = owners(shop.reader, [barcode_key("5012345678900")])[barcode_key("5012345678900")]
    assert owner == product_by_source_key(shop.reader, "generic:sku:M-1"), "a barcode is never taken away"


def test_corrected_rows_are_imported_from_the_file_of_problems(shop: BackOffice, coming: Import) -> None:
    coming.bring_in(coming.write(MISTAKES))
    summary = coming.session.summary
    assert summary is not None
    assert summary.error_file is not None
    text = summary.error_file.read_text(encoding="utf-8-sig")
    corrected = coming.write(text.replace("much", "4.75"), "corrected.csv")
    coming.session.begin()
    coming.bring_in(corrected)
    kept = product_as_edit(shop.reader, product_by_source_key(shop.reader, "generic:sku:M-3"))
    assert kept is not None
    assert kept.price == Money(475, "GBP")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.csv", b""),
        ("spaces.csv", b"\n \n\n"),
        ("book.xlsx", b"PK\x03\x04 and no more"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8),
        ("packed.csv.gz", b"\x1f\x8b\x08 broken"),
    ],
)
def test_a_file_that_cannot_be_read_is_said_by_its_name(coming: Import, name: str, data: bytes) -> None:
    (coming.folder / name).write_bytes(data)
    session = coming.choose(coming.folder / name)
    until(lambda: session.trouble or session.step is Step.MAP)
    assert session.step is Step.CHOOSE
    assert name in session.trouble
    assert session.trouble.endswith(".")
    assert "2 new products" in coming.bring_in(coming.write(PRICES)), "and the next file is read"


def test_a_file_that_is_not_there_and_a_folder_are_said(coming: Import) -> None:
    assert "Choose the file again" in coming.choose(coming.folder / "gone.csv").trouble
    assert "is a folder" in coming.choose(coming.folder).trouble


def test_a_file_that_goes_between_looking_and_importing_is_said(shop: BackOffice, coming: Import) -> None:
    path = coming.write(PRICES)
    session = coming.preview(path)
    path.unlink()
    session.run()
    until(lambda: session.step in {Step.MAP, Step.DONE})
    assert session.trouble or (session.summary is not None and session.summary.stopped)
    assert last_no(shop.reader) == 12


# --- stopping, leaving, and who may -----------------------------------------------------------------------------------


def long_file(coming: Import, count: int) -> Path:
    """Write a long file."""
    rows = "".join(f"Product {no};SKU-{no};{no % 90}.50\n" for no in range(count))
    return coming.write(f"Name;SKU;Price\n{rows}")


def test_what_is_stopped_stays_as_far_as_it_came_and_goes_on_later(shop: BackOffice, coming: Import) -> None:
    path = long_file(coming, 6000)
    session = coming.preview(path)
    session.run()
    until(lambda: session.progress.rows > 0)
    session.stop()
    assert session.is_stopping
    coming.comes_to(Step.DONE)
    assert session.summary is not None
    came = session.summary.new
    assert last_no(shop.reader) == 12 + came
    assert (came < 6000) == bool(session.summary.stopped)
    session.begin()
    again = coming.preview(path)
    assert again.preview is not None
    assert (again.preview.summary.unchanged, again.preview.summary.new) == (came, 6000 - came)


def test_progress_is_counted_against_all_rows(coming: Import) -> None:
    session = coming.preview(long_file(coming, 2500))
    session.run()
    assert session.progress.of == 2500
    coming.comes_to(Step.DONE)
    assert session.progress.rows == 2500


def test_who_begins_anew_hears_nothing_of_the_file_before(coming: Import) -> None:
    coming.session.choose(long_file(coming, 3000))
    coming.session.begin()
    told = len(coming.steps)
    until(lambda: not coming.session.office.work._pool._work_queue.qsize())
    other = coming.choose(coming.write(SHOPIFY, "other.csv"))
    assert other.file_name == "other.csv"
    assert all(step is not Step.MAP for step in coming.steps[told:])


def test_a_cashier_is_told_before_anything_is_read(shop: BackOffice, coming: Import) -> None:
    shop.person = BEN
    coming.session.choose(coming.write(PRICES))
    assert coming.session.step is Step.CHOOSE
    assert coming.session.trouble == NO_RIGHT


def test_a_manager_who_signs_out_before_the_last_step_imports_nothing(shop: BackOffice, coming: Import) -> None:
    session = coming.preview(coming.write(PRICES))
    shop.person = None
    session.run()
    assert session.trouble == NO_RIGHT
    assert session.step is Step.PREVIEW
    assert last_no(shop.reader) == 12


def test_nothing_is_tried_before_there_is_a_file(coming: Import) -> None:
    coming.session.try_out()
    coming.session.change_columns()
    coming.session.choose_worksheet("Goods")
    coming.session.set_column("name", 0)
    assert coming.session.step is Step.CHOOSE
    assert (coming.session.file_name, coming.session.title, coming.session.is_certain) == ("", "", False)
    assert coming.session.samples(0) == ()


# --- taxes that nobody knows ------------------------------------------------------------------------------------------

TAXES = "Name;SKU;Price;Tax\nBread;B-1;1.50;basic need\nMug;M-1;4.50;standard\nWine;W-1;9.50;luxury\n"


def taxed(shop: BackOffice, sku: str) -> str | None:
    """The tax category that a product was saved with."""
    product = product_by_source_key(shop.reader, f"generic:sku:{sku}")
    known = product_as_edit(shop.reader, product) if product else None
    return known.tax_category if known else None


def test_words_for_taxes_that_nobody_knows_are_asked_about(shop: BackOffice, coming: Import) -> None:
    session = coming.preview(coming.write(TAXES))
    assert session.tax_words == {"basic need": "", "luxury": ""}
    assert session.tax_offers()[0][1].startswith("As usual: Standard")
    session.set_tax("basic need", "zero")
    assert session.is_stale
    session.try_out()
    coming.comes_to(Step.PREVIEW)
    assert not session.is_stale
    assert session.tax_words == {"basic need": "zero", "luxury": ""}, "what was chosen can be changed again"
    session.run()
    coming.comes_to(Step.DONE)
    assert (taxed(shop, "B-1"), taxed(shop, "M-1"), taxed(shop, "W-1")) == ("zero", "standard", "standard")


def test_what_was_chosen_is_remembered_for_the_next_file(shop: BackOffice, coming: Import) -> None:
    session = coming.preview(coming.write(TAXES))
    session.set_tax("basic need", "zero")
    session.try_out()
    coming.comes_to(Step.PREVIEW)
    session.run()
    coming.comes_to(Step.DONE)
    until(lambda: bool(session.office.shop.tax_words))
    session.begin()
    coming.preview(coming.write("Name;SKU;Price;Tax\nRoll;R-1;0.50;Basic Need\n", "more.csv"))
    assert session.tax_words == {}
    session.run()
    coming.comes_to(Step.DONE)
    assert taxed(shop, "R-1") == "zero"


def test_a_word_for_a_tax_that_the_shop_gave_up_is_asked_about_again(shop: BackOffice, coming: Import) -> None:
    known = coming.session.office.shop
    shop.do(SaveShop(replace(known, tax_words=(TaxWord("basic need", "gone"),))))
    session = coming.preview(coming.write(TAXES))
    assert session.tax_words == {"basic need": "", "luxury": ""}


def test_what_was_chosen_and_given_up_is_not_remembered(shop: BackOffice, coming: Import) -> None:
    session = coming.preview(coming.write(TAXES))
    session.set_tax("luxury", "zero")
    session.begin()
    assert (session.tax_words, session.office.shop.tax_words) == ({}, ())
