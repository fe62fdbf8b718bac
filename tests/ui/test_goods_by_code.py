"""Whatever stands on an article finds it, on every screen in the same way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from omsdesk.domain.catalogue import PackCode, ProductEdit, SaveProducts
from omsdesk.domain.values import barcode_key
from omsdesk.ui.goods_by_code import by_code, by_number
from tests.ui.till.bench import Bench
from tests.ui.till.shop import code_of, set_up


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(set_up(tmp_path))
    codes = (PackCode(barcode_key(code_of("oat"))), PackCode(barcode_key("042100005264")))
    made.do(SaveProducts("short", (ProductEdit("oat", barcodes=codes),)))
    yield made
    made.close()


def _name(bench: Bench, code: str, *, is_number: bool = False) -> str:
    counter = bench.counter
    found = (by_number if is_number else by_code)(counter.reader, code, counter.shop, counter.day)
    return found.article.name if found else ""


@pytest.mark.parametrize("code", ["oat", "042100005264", "04252614", "42100005264", " 425261 "])
def test_a_number_finds_it_however_it_is_written(bench: Bench, code: str) -> None:
    number = code_of("oat") if code == "oat" else code
    assert _name(bench, number, is_number=True) == "Oat milk 1 L"


def test_an_sku_comes_before_what_a_number_can_be_beside_itself(bench: Bench) -> None:
    bench.do(SaveProducts("sku", (ProductEdit("mug", sku="425261"),)))
    assert _name(bench, "425261", is_number=True) not in {"", "Oat milk 1 L"}


def test_a_label_of_gs1_finds_it_by_its_article(bench: Bench) -> None:
    key = barcode_key(code_of("oat"))
    assert _name(bench, f"]C101{key}17270131") == "Oat milk 1 L"
    assert _name(bench, f"https://id.gs1.org/01/{key}?17=270131") == "Oat milk 1 L"
    assert _name(bench, f"]C101{key}17270131", is_number=True) == ""
    assert _name(bench, "4099999999991") == ""
