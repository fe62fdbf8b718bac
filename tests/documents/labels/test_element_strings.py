"""GS1 codes are written with brackets by people, checked, and brought into the order that needs fewest separators."""

from __future__ import annotations

import pytest
from biip.gs1_messages import GS1Message

from omsdesk.documents.labels.element_strings import element_strings
from omsdesk.documents.labels.symbology import Symbology, encode


def test_values_of_fixed_length_come_first() -> None:
    said = element_strings("(10)AB1(01)04006381333931(21)7(17)271231")
    assert said.pieces == ("01040063813339311727123110AB1", "217")
    assert said.text == "(01)04006381333931(17)271231(10)AB1(21)7"
    assert said.plain == "01040063813339311727123110AB1\x1d217"


def test_another_reader_understands_the_same() -> None:
    said = element_strings("(01)04006381333931(10)AB1(3103)000500(37)24")
    assert GS1Message.parse(said.plain).as_hri() == said.text


def test_a_last_value_of_free_length_needs_no_separator() -> None:
    assert "\x1d" not in element_strings("(00)340123450000000017(10)L1").plain


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("0104006381333931", "not written as GS1 wants it"),
        ("", "not written as GS1 wants it"),
        ("x(10)A", "not written as GS1 wants it"),
        ("(01)123", "after .01. in a GS1 code: it is too short"),
        ("(10)", "it is too short, or holds what is not allowed"),
        ("(10)Żółw", "it is too short, or holds what is not allowed"),
        ("(10)123456789012345678901", "it is too long"),
        ("(17)271331", "it is too short, or holds what is not allowed"),
        ("(00)340123450000000018", "its last digit should be 7"),
        ("(01)04006381333930", "its last digit should be 1"),
        ("(05)123", "GS1 code|GS1 knows no"),
    ],
)
def test_a_slip_is_explained(content: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        element_strings(content)


def test_what_a_gs1_128_cannot_hold_is_for_two_codes() -> None:
    long = "(01)04006381333931(10)12345678901234567890(21)12345678901234567890"
    with pytest.raises(ValueError, match="too long for one GS1-128"):
        encode(Symbology.GS1_128, long)
    assert encode(Symbology.GS1_DATA_MATRIX, long).is_matrix
