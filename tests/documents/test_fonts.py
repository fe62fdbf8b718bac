"""Which font draws a letter, and how a letter that none has is owned up to."""

from __future__ import annotations

import pytest

from omsdesk.documents import fonts
from omsdesk.documents.even_figures import even_figures
from tests.documents.samples import HEBREW


def test_the_bundled_font_draws_latin_greek_and_cyrillic() -> None:
    (run,) = fonts.runs("Žluťoučký kůň, Ελένη, Борщ, 12,50 €, ₽ ₺ ₹")
    assert run.path.name == "Inter-Regular.ttf"
    assert fonts.runs("TOTAL", is_bold=True)[0].path.name == "Inter-Bold.ttf"


SCRIPTS = {
    "Thai": "ชาไทยเย็น ที่ร้าน น้ำแข็ง 25 ฿ × 2",
    "Hebrew": f"{HEBREW} 2 × 5 ₪",
    "Arabic": "قهوة عربية 250 غ × 2",
    "Devanagari": "हिन्दी क्षत्रिय चाय ₹ 20",
    "Tamil": "தமிழ் கொழுக்கட்டை ₹ 20",
    "CJK": "日本茶 抹茶ラテ 한국어 김치찌개 中文简体 繁體臺灣 ¥1,200 €",
}


@pytest.fixture
def fresh_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer on which nobody has installed a font."""
    monkeypatch.setattr(fonts, "_installed", lambda: ())
    fonts.runs.cache_clear()


@pytest.mark.usefixtures("fresh_machine")
@pytest.mark.parametrize("script", SCRIPTS)
def test_each_script_is_drawn_whole_by_one_bundled_font_on_a_computer_without_any(script: str) -> None:
    (run,) = fonts.runs(SCRIPTS[script])
    assert (run.path.name.startswith(f"NotoSans{script}-"), run.is_covered) == (True, True)
    assert fonts.missing_note(SCRIPTS[script]) == ""


def test_arabic_letters_are_joined() -> None:
    (run,) = fonts.runs("بيت")
    mask = fonts.load(run.path, 60).getmask("بيت")
    inked = [x for x in range(mask.size[0]) if any(mask.getpixel((x, y)) for y in range(mask.size[1]))]
    assert inked == list(range(inked[0], inked[-1] + 1)), "there is no gap between letters that are joined"


def test_the_bundled_fonts_stay_small() -> None:
    folder = fonts.bundled().parent
    assert sum(path.stat().st_size for path in folder.glob("NotoSans*")) < 2_600_000
    assert "Noto" in (folder / "LICENSE-Noto.txt").read_text(encoding="utf-8")


def test_a_letter_that_no_font_has_is_named_in_a_sentence() -> None:
    lost = "\N{HANGUL SYLLABLE GAG}" if not _has("\N{HANGUL SYLLABLE GAG}") else "\U000e0020"
    note = fonts.missing_note(f"Kimchi \U0001f980 {lost}") or fonts.missing_note("\U0003fffd")
    assert "No font on this computer has" in note
    assert "U+" in note
    assert fonts.missing_note("Žluťoučký kůň") == ""


def test_text_around_a_missing_letter_is_still_drawn() -> None:
    runs = fonts.runs("Tea \U0003fffd now")
    assert "".join(run.text for run in runs) == "Tea \U0003fffd now"
    assert [run.is_covered for run in runs] == [True, False, True]


def test_an_accent_stays_with_its_letter() -> None:
    word = "q\N{COMBINING DOT ABOVE}\U0003fffd"
    assert fonts.runs(word)[0].text.startswith("q\N{COMBINING DOT ABOVE}")


def test_the_bundled_font_has_figures_of_one_width() -> None:
    for name in ("Inter-Regular.ttf", "Inter-Bold.ttf"):
        swaps = even_figures(fonts.bundled().with_name(name))
        assert len(swaps) == 10
        assert len({width for _, width in swaps.values()}) == 1


def _has(letter: str) -> bool:
    return fonts.runs(letter)[0].is_covered
