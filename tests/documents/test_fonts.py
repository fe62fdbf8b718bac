"""Which font draws a letter, and how a letter that none has is owned up to."""

from __future__ import annotations

from omsdesk.documents import fonts
from omsdesk.documents.even_figures import even_figures
from tests.documents.samples import HEBREW


def test_the_bundled_font_draws_latin_greek_and_cyrillic() -> None:
    (run,) = fonts.runs("Žluťoučký kůň, Ελένη, Борщ, 12,50 €, ₽ ₺ ₹")
    assert run.path.name == "Inter-Regular.ttf"
    assert fonts.runs("TOTAL", is_bold=True)[0].path.name == "Inter-Bold.ttf"


def test_a_right_to_left_line_is_drawn_whole_by_one_font_of_the_system() -> None:
    (run,) = fonts.runs(f"{HEBREW} 2 × 5")
    assert run.path.name != "Inter-Regular.ttf"
    assert run.is_covered


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
