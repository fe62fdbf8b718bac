"""Names in braces, and what becomes of fields whose values are empty."""

from __future__ import annotations

import pytest

from omsdesk.documents.labels.values import SAMPLE, VALUE_NAMES, filled, filled_gs1, is_left_out, names_in


def test_names_are_filled_and_other_braces_stay() -> None:
    assert filled("{name}: {price}", {"name": "Honey", "price": "€7.95"}) == "Honey: €7.95"
    assert filled("{size} {name}", {"name": "Honey"}) == "{size} Honey"
    assert filled("{lot}", {}) == ""


def test_a_value_is_not_filled_again() -> None:
    assert filled("{name}", {"name": "{price}", "price": "1"}) == "{price}"


@pytest.mark.parametrize(
    ("content", "only_with", "values", "is_out"),
    [
        ("Lot {lot}", "", {}, True),
        ("Lot {lot}", "", {"lot": "L1"}, False),
        ("{name} {lot}", "", {"name": "Honey"}, False),
        ("Lot", "", {}, False),
        ("Lot", "lot", {}, True),
        ("Lot", "lot", {"lot": "L1"}, False),
        ("", "", {}, False),
    ],
)
def test_a_field_vanishes_with_its_values(
    content: str, only_with: str, values: dict[str, str], *, is_out: bool
) -> None:
    assert is_left_out(content, only_with, values) is is_out


def test_a_part_of_a_gs1_code_vanishes_with_its_value() -> None:
    content = "(01){gtin}(17){expiry_gs1}(10){lot}"
    assert filled_gs1(content, {"gtin": "4006381333931"}) == "(01)04006381333931"
    assert filled_gs1(content, {"gtin": "96385074", "lot": "L1"}) == "(01)00000096385074(10)L1"
    assert filled_gs1(content, {}) == ""
    assert filled_gs1("{gtin}", {"gtin": "1"}) == "1"


def test_every_name_is_explained_once() -> None:
    assert len({value.name for value in VALUE_NAMES}) == len(VALUE_NAMES) == len({value.title for value in VALUE_NAMES})
    assert names_in("{name}{nothing}{price}") == ("name", "price")
    assert set(SAMPLE) == {value.name for value in VALUE_NAMES}
