"""Names, yes and no, units, categories and descriptions out of other people's cells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.channels.product_files.words import UNITS, category_path, clean, is_yes, plain_text, unit_of


def test_a_name_is_one_line_without_what_nobody_sees() -> None:
    assert clean("  Tea\u00a0 pot\n\u200bblue\x07 ") == "Tea pot blue"
    assert clean("'=SUM tea") == "=SUM tea"
    assert clean("'80s party") == "'80s party"
    assert clean("👩‍🍳 apron") == "👩‍🍳 apron"


@pytest.mark.parametrize("text", ["0", "No", "FALSE", " nein ", "inaktiv", "draft", "archived", "0.0", "Não"])
def test_no_is_known_in_five_languages(text: str) -> None:
    assert not is_yes(text)


@pytest.mark.parametrize("text", ["", "1", "yes", "TRUE", "1.0", "active", "Ja", "whatever"])
def test_everything_else_is_yes(text: str) -> None:
    assert is_yes(text)


@pytest.mark.parametrize(
    ("text", "unit"),
    [("", "piece"), ("Stück", "piece"), ("Stk.", "piece"), ("KG", "kg"), ("Litre", "l"), ("m²", "m2"), ("pallet", "")],
)
def test_units_are_known_by_many_names(text: str, unit: str) -> None:
    assert unit_of(text) == unit
    assert not unit or unit in UNITS


@pytest.mark.parametrize(
    "text", ["Clothing > T-shirts", "Clothing>T-shirts", "Clothing / T-shirts", "Clothing » T-shirts >"]
)
def test_categories_have_one_form_whatever_parts_their_levels(text: str) -> None:
    assert category_path(text) == "Clothing > T-shirts"


def test_a_slash_within_a_word_parts_nothing() -> None:
    assert category_path("Tea/Coffee") == "Tea/Coffee"


def test_a_description_loses_its_markup_and_keeps_its_lines() -> None:
    page = '<p class="x">Fine&nbsp;tea &amp; more</p><ul><li>black</li><li>green</li></ul><script>alert(1)</script>'
    assert plain_text(page) == "Fine tea & more\nblack\ngreen"
    assert plain_text("a < b and c > d") == "a < b and c > d"


@given(st.text(max_size=60))
def test_any_text_can_be_cleaned_and_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(clean(text))) == clean(clean(text))
    plain_text(text)
    category_path(text)
