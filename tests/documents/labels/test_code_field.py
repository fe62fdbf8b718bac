"""A code in its box: whole dots, its quiet zone inside, its text below, and never too narrow to be read."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omsdesk.documents.labels.code_field import LEAST_MODULE, lay_code
from omsdesk.documents.labels.layout import DOTS_PER_MM
from omsdesk.documents.labels.marks import Bars, Rectangle
from omsdesk.documents.labels.symbology import Symbology
from omsdesk.documents.paper import Align
from tests.documents.labels.label_samples import CONTENTS, code


@given(
    symbology=st.sampled_from([*CONTENTS]),
    width=st.integers(10, 1500),
    height=st.integers(10, 800),
    density=st.sampled_from([*DOTS_PER_MM.values()]),
    align=st.sampled_from(Align),
    shows_text=st.booleans(),
)
@settings(max_examples=200, deadline=None)
def test_a_code_keeps_its_quiet_zone_in_its_box_or_is_left_out_with_a_note(
    symbology: Symbology, width: int, height: int, density: Fraction, align: Align, *, shows_text: bool
) -> None:
    field = code(CONTENTS[symbology][0], 0, 0, 10, 10, symbology=symbology, align=align, shows_text=shows_text)
    laying = lay_code(field, {}, (width, height), density)
    if not laying.marks:
        assert laying.notes
        assert "to be read and has" in laying.notes[0]
        return
    bars = laying.marks[0]
    assert isinstance(bars, Bars)
    assert bars.module / density >= LEAST_MODULE
    (quiet,) = laying.quiet
    assert Rectangle(0, 0, width, height).encloses(quiet)
    left, right = bars.box.x - quiet.x, quiet.right - bars.box.right
    assert (left, right) == tuple(bars.module * modules for modules in bars.symbol.quiet)


@pytest.mark.parametrize(("align", "left"), [(Align.LEFT, 0), (Align.CENTER, 87), (Align.RIGHT, 174)])
def test_a_code_stands_where_it_was_put(align: Align, left: int) -> None:
    field = code("4006381333931", 0, 0, 10, 10, align=align, module=250)
    (quiet,) = lay_code(field, {}, (400, 150), Fraction(8)).quiet
    assert quiet.x == left


def test_without_its_text_the_bars_have_all_of_the_height() -> None:
    with_text = lay_code(code("OMS-1", 0, 0, 10, 10), {}, (500, 150), Fraction(8)).marks[0]
    without = lay_code(code("OMS-1", 0, 0, 10, 10, shows_text=False), {}, (500, 150), Fraction(8)).marks
    assert len(without) == 1
    assert without[0].box.height == 150 > with_text.box.height


def test_nothing_to_say_is_no_code_and_no_fault() -> None:
    assert lay_code(code("{gtin}", 0, 0, 10, 10), {"gtin": " "}, (500, 150), Fraction(8)).notes == ()
