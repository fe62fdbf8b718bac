"""Every code that a label can have, drawn module by module and read by a scanner that is not ours."""

from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omsdesk.documents.labels.linear import START_B, START_C, TO_B, TO_C, check_digit
from omsdesk.documents.labels.marks import Bars, Rectangle
from omsdesk.documents.labels.symbology import Symbol, Symbology, encode
from tests.documents.labels.foreign_zebra import scanned
from tests.documents.labels.label_samples import CONTENTS

PRINTABLE = string.digits + string.ascii_letters + string.punctuation + " "


def read(symbol: Symbol) -> list[tuple[str, str]]:
    """Draw a symbol three dots to a module, with nothing but its quiet zone around it, and scan it."""
    high = 3 * len(symbol.rows) if symbol.is_matrix else 120
    return scanned(Bars(Rectangle(0, 0, 3 * len(symbol.rows[0]), high), symbol, 3).picture)


@pytest.mark.parametrize("symbology", CONTENTS)
def test_a_scanner_reads_what_was_to_be_said(symbology: Symbology) -> None:
    content, said = CONTENTS[symbology]
    assert read(encode(symbology, content)) == [said]


class TestArticleNumbers:
    @pytest.mark.parametrize(
        ("symbology", "content", "digits"),
        [
            (Symbology.EAN_13, "400638133393", "4006381333931"),
            (Symbology.EAN_13, "04006381333931", "4006381333931"),
            (Symbology.EAN_8, "9638507", "96385074"),
            (Symbology.UPC_A, "03600029145", "036000291452"),
            (Symbology.UPC_A, "0036000291452", "036000291452"),
            (Symbology.ITF_14, "1400638133393", "14006381333938"),
            (Symbology.ITF_14, "4006381333931", "04006381333931"),
        ],
    )
    def test_a_check_digit_is_added_and_leading_noughts_are_no_matter(
        self, symbology: Symbology, content: str, digits: str
    ) -> None:
        assert encode(symbology, content).data == digits

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            ("4006381333930", "The last digit of “4006381333930” should be 1"),
            ("40063813339", "has 11 digits and an EAN-13 has 13"),
            ("400638A333931", "it holds 13 digits and nothing else"),
            ("٤٠٠٦٣٨١٣٣٣٩٣١", "it holds 13 digits and nothing else"),
            ("", "it holds 13 digits and nothing else"),
        ],
    )
    def test_a_wrong_one_is_explained(self, content: str, sentence: str) -> None:
        with pytest.raises(ValueError, match=sentence):
            encode(Symbology.EAN_13, content)

    @pytest.mark.parametrize(
        ("content", "symbology"),
        [
            ("4006381333931", Symbology.EAN_13),
            ("04006381333931", Symbology.EAN_13),
            ("036000291452", Symbology.UPC_A),
            ("96385074", Symbology.EAN_8),
            ("14006381333938", Symbology.ITF_14),
            ("HON-500", Symbology.CODE_128),
            ("4006381333930", Symbology.CODE_128),
            ("17", Symbology.CODE_128),
        ],
    )
    def test_the_code_suits_the_number(self, content: str, symbology: Symbology) -> None:
        assert encode(Symbology.ARTICLE, content).symbology is symbology

    @given(st.integers(0, 10**12 - 1))
    @settings(max_examples=50, deadline=None)
    def test_every_ean_13_is_read(self, number: int) -> None:
        digits = f"{number:012}"
        assert read(encode(Symbology.EAN_13, digits)) == [("]E0", digits + check_digit(digits))]


class TestCode128:
    @given(st.text(PRINTABLE, min_size=1, max_size=30))
    @settings(max_examples=100, deadline=None)
    def test_any_text_is_read(self, content: str) -> None:
        assert read(encode(Symbology.CODE_128, content)) == [("]C0", content)]

    @pytest.mark.parametrize(
        ("content", "codes"),
        [
            ("123456", (START_C, 12, 34, 56)),
            ("AB", (START_B, 33, 34)),
            ("1234A", (START_C, 12, 34, TO_B, 33)),
            ("A1234567", (START_B, 33, 17, TO_C, 23, 45, 67)),
            ("A12", (START_B, 33, 17, 18)),
        ],
    )
    def test_it_is_as_short_as_can_be(self, content: str, codes: tuple[int, ...]) -> None:
        assert encode(Symbology.CODE_128, content).codes[:-2] == codes

    @pytest.mark.parametrize("content", ["", "Żółw", "a\nb", "x" * 81])
    def test_what_it_cannot_say_is_explained(self, content: str) -> None:
        with pytest.raises(ValueError, match="Take a QR code"):
            encode(Symbology.CODE_128, content)


def test_code_39_has_capitals_only() -> None:
    for content in ("lower", "A*B", ""):
        with pytest.raises(ValueError, match="cannot be a Code 39"):
            encode(Symbology.CODE_39, content)


class TestDataMatrix:
    @pytest.mark.parametrize("length", [*range(1, 175, 7), 174])
    def test_letters_of_every_length_are_read(self, length: int) -> None:
        content = ("Label " * 40)[:length].replace(" ", "-")
        assert read(encode(Symbology.DATA_MATRIX, content)) == [("]d1", content)]

    @pytest.mark.parametrize("length", [1, 2, 6, 88, 348])
    def test_digits_take_half_the_room(self, length: int) -> None:
        content = ("0123456789" * 40)[:length]
        assert read(encode(Symbology.DATA_MATRIX, content)) == [("]d1", content)]

    @given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), min_size=1, max_size=20))
    @settings(max_examples=50, deadline=None)
    def test_every_script_is_read(self, content: str) -> None:
        assert [text for _, text in read(encode(Symbology.DATA_MATRIX, content))] == [content]

    @pytest.mark.parametrize("content", ["", "x" * 175, "1" * 350])
    def test_too_much_and_nothing_are_explained(self, content: str) -> None:
        with pytest.raises(ValueError, match="DataMatrix"):
            encode(Symbology.DATA_MATRIX, content)


def test_a_qr_code_too_has_its_limits() -> None:
    for content in ("", "x" * 3000):
        with pytest.raises(ValueError, match="QR code"):
            encode(Symbology.QR, content)
