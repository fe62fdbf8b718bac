"""Lines from right to left without FriBiDi: the pieces of ink are those of FriBiDi and HarfBuzz, in their order."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont, features

from omsdesk.documents import fonts
from omsdesk.documents.right_to_left import has_any, joined, visual

HEBREW = (
    "שלום", "שלום 2 × 5 ₪", "תודה (רבה) 12.50", "Tea שלום תודה 5", "5 × תה", "[תה] 1,200.50 - קפה",
    "תה Earl Grey 250 g", "12:30 תה, קפה!",
)  # fmt: skip
ARABIC = ("قهوة عربية 250 غ × 2", "مرحبا بكم في المتجر", "الشاي لا إلا", "Coffee قهوة 2", "شاي (أسود) 12.50", "ﺷﺎي")


def drawn(name: str, text: str, engine: ImageFont.Layout, wanted: list[str] | None = None) -> list[tuple[int, int]]:
    """A text as its pieces of ink from left to right, each with its width and its height."""
    font = ImageFont.truetype(str(fonts.bundled().with_name(f"NotoSans{name}-Regular.ttf")), 60, layout_engine=engine)
    sheet = Image.new("1", (1600, 120))
    ImageDraw.Draw(sheet).text((10, 80), text, font=font, fill=1, anchor="ls", features=wanted)
    inked = [x for x in range(sheet.width) if sheet.crop((x, 0, x + 1, sheet.height)).getbbox()]
    starts = [x for x in inked if x - 1 not in inked]
    ends = [x + 1 for x in inked if x + 1 not in inked]
    boxes = [sheet.crop((start, 0, end, sheet.height)).getbbox() for start, end in zip(starts, ends, strict=True)]
    return [(box[2] - box[0], box[3] - box[1]) for box in boxes if box]


@pytest.mark.skipif(not features.check_feature("raqm"), reason="FriBiDi, which this is compared with, is not here")
@pytest.mark.parametrize(
    ("script", "text"), [*(("Hebrew", row) for row in HEBREW), *(("Arabic", row) for row in ARABIC)]
)
def test_a_line_is_drawn_as_it_would_be_with_fribidi(script: str, text: str) -> None:
    theirs = drawn(script, text, ImageFont.Layout.RAQM, ["-kern", "-liga", "-dlig"])
    ours = drawn(script, visual(text), ImageFont.Layout.BASIC)
    assert len(ours) == len(theirs)
    far = [pair for pair in zip(ours, theirs, strict=True) if max(abs(a - b) for a, b in zip(*pair, strict=True)) > 2]
    assert far == []


def test_lines_that_run_to_the_right_stay_as_they_are() -> None:
    assert visual("Tea (2 × 5)") == "Tea (2 × 5)"
    assert not has_any("Tea 5 €")


def test_letters_take_the_form_of_their_place() -> None:
    assert joined("بيت") == "\ufe91\ufef4\ufe96"
    assert joined("دار") == "\u062f\ufe8d\u0631".replace("\u062f", "\ufea9").replace("\u0631", "\ufead")
    assert joined("لا") == "\ufefb"
    assert joined("سلام")[1] == "\ufefc"


def test_marks_do_not_part_letters() -> None:
    assert joined("بَيت")[0] == joined("بيت")[0]


def test_without_fribidi_fonts_give_lines_as_they_stand_on_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_turns_lines", lambda: False)
    fonts.runs.cache_clear()
    (run,) = fonts.runs("תה 5")
    assert (run.text, run.is_covered) == ("5 הת", True)
    (run,) = fonts.runs("بيت")
    assert (run.text, run.is_covered) == (visual("بيت"), True)
    fonts.runs.cache_clear()


HEBREW_LETTERS = "אבגדהוזחטיכלמנסעפצקרשת"


@given(st.text(alphabet=HEBREW_LETTERS + " ,.!()×₪AbC123", max_size=30))
def test_no_letter_is_lost_or_made_up(text: str) -> None:
    brackets = str.maketrans("()", "))")
    assert sorted(visual(text).translate(brackets)) == sorted(text.translate(brackets))


@given(st.integers(0, 99_999), st.text(alphabet=HEBREW_LETTERS, min_size=1, max_size=10))
def test_a_number_is_read_the_same_way_round_everywhere(number: int, word: str) -> None:
    price = f"{number // 100}.{number % 100:02}"
    for line in (f"{word} {price}", f"{price} {word}", f"Tea {word} {price}", f"{word} {price} {word}"):
        assert price in visual(line)
        assert word[::-1] in visual(line)


@given(st.text(alphabet="بتثجحخسشصضطظعغفقكلمنهي", min_size=2, max_size=12))
def test_letters_that_join_on_both_sides_are_one_word(text: str) -> None:
    shapes = joined(text)
    assert len(shapes) == len(text)
    names = [unicodedata.name(letter) for letter in shapes]
    assert names[0].endswith("INITIAL FORM")
    assert names[-1].endswith("FINAL FORM")
    assert all(name.endswith("MEDIAL FORM") for name in names[1:-1])


def test_a_letter_alone_keeps_its_own_form() -> None:
    assert unicodedata.name(joined("ب")) == "ARABIC LETTER BEH ISOLATED FORM"
    assert joined("5") == "5"
    assert joined("ـب") == "ـ" + "\N{ARABIC LETTER BEH FINAL FORM}"
