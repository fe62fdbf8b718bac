"""What is out of the ordinary about a product stands in columns of its own."""

from __future__ import annotations

import pytest

from omsdesk.channels.product_files.layouts.generic import guess_mapping
from omsdesk.channels.product_files.trait_columns import NAMES, read
from omsdesk.domain.catalogue import TRAITS
from omsdesk.domain.values import Money


def test_cells_are_read_and_empty_ones_say_nothing() -> None:
    texts = [
        ("age", "18"), ("minimum_price", "1,50"), ("asks_price", "no"), ("is_divisible", ""), ("asks_serial", "Yes"),
        ("asks_lot", "JA"), ("deposit", " PF-25 "), ("is_deposit", "0"),
    ]  # fmt: skip
    assert dict(read(texts, "EUR", ",")) == {
        "age": 18, "minimum_price": Money(150, "EUR"), "asks_price": False, "asks_serial": True, "asks_lot": True,
        "deposit": "PF-25", "is_deposit": False,
    }  # fmt: skip
    assert dict(read([("age", "16+")], "EUR", ".")) == {"age": 16}


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("age", "adult", "“adult” is no age. Write it in years, such as 18."),
        ("age", "180", "“180” is no age. Write it in years, such as 18."),
        ("asks_lot", "maybe", "“maybe” in the column “lot asked” says neither yes nor no."),
    ],
)
def test_what_cannot_be_understood_is_said(field: str, text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        read([(field, text)], "EUR", ".")


def test_every_column_is_a_trait_and_found_by_its_first_name() -> None:
    assert set(NAMES) <= set(TRAITS)
    headers = ["Name", *(names.partition(";")[0].upper() for names in NAMES.values())]
    assert guess_mapping(headers, []).columns == {"name": 0, **{field: at for at, field in enumerate(NAMES, 1)}}


def test_a_column_of_lot_numbers_is_no_question_whether_they_are_asked() -> None:
    headers = ["Name", "Lot"]
    assert "asks_lot" not in guess_mapping(headers, [["Milk", "L-2041"], ["Tea", "L-7"]]).columns
    assert guess_mapping(headers, [["Milk", "yes"], ["Tea", ""]]).columns["asks_lot"] == 1
