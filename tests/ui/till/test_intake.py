"""What comes in at the till: articles, quantities before them, questions in between, and codes of other kinds."""

from __future__ import annotations

import pytest

from omsdesk.domain.catalogue import PackCode, ProductEdit, SaveProducts
from omsdesk.domain.values import Quantity, barcode_key
from omsdesk.ui.till.counter import Tone
from omsdesk.ui.till.goods.incoming import PriceWanted
from omsdesk.ui.till.intake import ProductWanted
from tests.ui.till.bench import Bench, euros
from tests.ui.till.shop import code_of

CASE = "40098765432101"


def test_an_sku_is_understood_where_no_barcode_is(bench: Bench) -> None:
    assert bench.session.intake.entered("GUJI")
    assert bench.lines == [("1", "Ethiopia Guji 250 g")]


@pytest.mark.parametrize("typed", ["12*", "12 * ", "12×"])
def test_a_quantity_is_typed_before_the_article(bench: Bench, typed: str) -> None:
    assert bench.session.intake.entered(typed)
    assert bench.session.intake.multiplier == Quantity.of("12")
    bench.session.intake.scanned(code_of("croissant"))
    assert bench.lines == [("12", "Butter croissant")]
    assert bench.session.intake.multiplier is None


def test_a_quantity_and_its_article_are_typed_at_once(bench: Bench) -> None:
    bench.session.intake.entered(f"3*{code_of('oat')}")
    assert bench.lines == [("3", "Oat milk 1 L")]


def test_a_case_is_as_many_as_are_in_it(bench: Bench) -> None:
    codes = (PackCode(barcode_key(code_of("oat"))), PackCode(barcode_key(CASE), Quantity.of("6")))
    bench.do(SaveProducts("case", (ProductEdit("oat", barcodes=codes),)))
    bench.session.intake.entered("2*")
    bench.session.intake.scanned(CASE)
    assert bench.lines == [("12", "Oat milk 1 L")]


def test_a_number_is_found_however_short_its_code_was_printed(bench: Bench) -> None:
    codes = (PackCode(barcode_key("042100005264")),)
    bench.do(SaveProducts("short", (ProductEdit("oat", barcodes=codes),)))
    for code in ("04252614", "042100005264", "42100005264"):
        bench.session.intake.scanned(code)
    assert bench.lines == [("3", "Oat milk 1 L")]


def test_a_shops_own_text_in_a_code_of_gs1_is_found(bench: Bench) -> None:
    bench.do(SaveProducts("own", (ProductEdit("oat", barcodes=(PackCode("OAT/1"),)),)))
    bench.session.intake.scanned("]d2OAT/1")
    assert bench.lines == [("1", "Oat milk 1 L")]


def test_the_label_of_an_article_that_nobody_knows_is_said_by_its_number(bench: Bench) -> None:
    bench.session.intake.scanned("]C10104012345000023" + "17270131")
    assert bench.counter.notice is not None
    assert bench.counter.notice.code == "04012345000023"


def test_any_code_of_an_article_finds_it_where_only_the_article_counts(bench: Bench) -> None:
    key = barcode_key(code_of("oat"))
    found = bench.session.intake.look_up(f"]C101{key}17270131")
    assert found is not None
    assert found.article.name == "Oat milk 1 L"


def test_a_code_that_nobody_knows_is_said_with_the_code(bench: Bench) -> None:
    assert not bench.session.intake.entered("4099999999991")
    notice = bench.counter.notice
    assert notice is not None
    assert (notice.tone, notice.code) == (Tone.WARN, "4099999999991")
    bench.session.intake.scanned(code_of("oat"))
    assert bench.counter.notice is None


def test_what_is_not_sold_any_more_says_so(bench: Bench) -> None:
    bench.do(SaveProducts("off", (ProductEdit("oat", is_sold=False),)))
    bench.session.intake.scanned(code_of("oat"))
    assert bench.said == "“Oat milk 1 L” is not sold any more."
    assert bench.lines == []


def test_an_article_without_a_price_waits_for_one(bench: Bench) -> None:
    bench.session.intake.entered("2*")
    bench.session.intake.scanned(code_of("card"))
    assert isinstance(bench.session.intake.demand, PriceWanted)
    assert bench.session.intake.is_deciding
    bench.session.intake.price_typed(euros("25.00"))
    assert bench.lines == [("2", "Gift card")]
    assert bench.session.sale is not None
    assert bench.session.sale.total == euros("50.00")


def test_scans_wait_while_a_price_is_asked_and_come_in_after_it(bench: Bench) -> None:
    bench.session.intake.scanned(code_of("card"))
    bench.session.intake.scanned(code_of("oat"))
    bench.session.intake.scanned(code_of("open"))
    bench.session.intake.scanned(code_of("guji"))
    assert bench.lines == []
    bench.session.intake.price_typed(euros("10.00"))
    assert bench.lines == [("1", "Gift card"), ("1", "Oat milk 1 L")]
    assert bench.session.intake.waiting == [code_of("guji")]
    bench.session.intake.price_given_up()
    assert bench.lines[-1] == ("1", "Ethiopia Guji 250 g")
    assert bench.session.intake.waiting == []


def test_a_code_can_be_of_another_kind_than_an_article(bench: Bench) -> None:
    taken: list[str] = []

    def is_parcel(code: str) -> bool:
        if code.startswith("PARCEL"):
            taken.append(code)
        return code.startswith("PARCEL")

    bench.session.intake.finders.append(is_parcel)
    bench.session.intake.scanned("PARCEL-7")
    bench.session.intake.scanned(code_of("oat"))
    assert taken == ["PARCEL-7"]
    assert bench.counter.notice is None
    assert bench.lines == [("1", "Oat milk 1 L")]


def test_whatever_is_asked_scans_wait_for_the_answer(bench: Bench) -> None:
    bench.session.intake.ask(ProductWanted("4099999999991"))
    bench.session.intake.scanned(code_of("oat"))
    assert bench.lines == []
    bench.session.intake.answered()
    assert bench.lines == [("1", "Oat milk 1 L")]
