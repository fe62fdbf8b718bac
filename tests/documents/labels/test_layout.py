"""Nothing leaves the label, whatever it says and however small it is, and what cannot be printed is said."""

from __future__ import annotations

import base64
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omsdesk.documents.labels.layout import DOTS_PER_MM, lay_out
from omsdesk.documents.labels.marks import Bars, Dots
from omsdesk.documents.labels.model import FieldKind, Label, LabelField, Stand
from omsdesk.documents.labels.preview import paint
from omsdesk.documents.labels.symbology import Symbology
from omsdesk.documents.labels.values import SAMPLE
from omsdesk.documents.paper import Align
from tests.documents.labels.foreign_zebra import scanned
from tests.documents.labels.label_samples import CONTENTS, PRODUCT, alone, code, shape, text
from tests.documents.samples import logo

PLACES, SIDES = st.integers(-200, 1200), st.integers(1, 1200)
FIELDS = st.builds(
    LabelField,
    st.uuids().map(str),
    st.sampled_from(FieldKind),
    PLACES,
    PLACES,
    SIDES,
    SIDES,
    st.sampled_from([0, 90, 180, 270]),
    st.one_of(st.text(max_size=40), st.sampled_from([content for content, _ in CONTENTS.values()])),
    size=st.integers(1, 200),
    least_size=st.integers(1, 60),
    most_lines=st.integers(1, 5),
    is_bold=st.booleans(),
    is_inverted=st.booleans(),
    align=st.sampled_from(Align),
    stand=st.sampled_from(Stand),
    symbology=st.sampled_from(Symbology),
    shows_text=st.booleans(),
    module=st.sampled_from([0, 200, 500, 3000]),
    thickness=st.integers(1, 40),
)
LABELS = st.builds(
    Label,
    st.integers(50, 1200),
    st.integers(50, 1200),
    st.lists(FIELDS, max_size=4, unique_by=lambda f: f.id).map(tuple),
)


@given(LABELS, st.sampled_from([*DOTS_PER_MM]))
@settings(max_examples=150, deadline=None)
def test_nothing_ever_leaves_the_label(label: Label, dpi: int) -> None:
    laid = lay_out(label, SAMPLE, dpi)
    for mark in laid.marks:
        box = mark.box
        assert box.x >= 0
        assert box.y >= 0
        assert box.right <= laid.width
        assert box.bottom <= laid.height
        if isinstance(mark, Dots):
            assert mark.picture.size == (box.width, box.height)
        if isinstance(mark, Bars):
            assert mark.picture.size == (box.width, box.height)
            assert mark.module >= DOTS_PER_MM[dpi] * 245 / 1000
    assert paint(laid).size == (laid.width, laid.height)


@given(FIELDS, st.sampled_from([*DOTS_PER_MM]))
@settings(max_examples=100, deadline=None)
def test_a_field_prints_inside_of_its_box_or_says_why_not(field: LabelField, dpi: int) -> None:
    label = Label(1200, 1200, (field,))
    laid = lay_out(label, SAMPLE, dpi)
    density = DOTS_PER_MM[dpi] / 10
    for mark in laid.marks:
        assert mark.box.x >= round(field.x * density)
        assert mark.box.y >= round(field.y * density)
        assert mark.box.right <= max(round((field.x + field.width) * density), round(field.x * density) + 1)
        assert mark.box.bottom <= max(round((field.y + field.height) * density), round(field.y * density) + 1)
    is_empty = field.kind in {FieldKind.TEXT, FieldKind.CODE} and not field.content.strip()
    assert laid.marks or laid.notes or is_empty or field.kind is FieldKind.TEXT


@pytest.mark.parametrize("dpi", DOTS_PER_MM)
def test_a_product_label_is_read_at_every_resolution(dpi: int) -> None:
    laid = lay_out(PRODUCT, SAMPLE, dpi)
    assert laid.notes == ()
    assert scanned(paint(laid)) == [("]E0", "4006381333931")]
    assert (laid.width, laid.height) == (round(50 * DOTS_PER_MM[dpi]), round(30 * DOTS_PER_MM[dpi]))


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("symbology", CONTENTS)
def test_every_code_is_read_however_it_is_turned(symbology: Symbology, turn: int) -> None:
    content, said = CONTENTS[symbology]
    laid = lay_out(alone(symbology, content, turn), SAMPLE)
    assert laid.notes == ()
    assert scanned(paint(laid)) == [said]


class TestCodesWithoutRoom:
    def test_a_code_that_is_too_narrow_to_be_read_is_left_out_with_what_to_do(self) -> None:
        laid = lay_out(Label(300, 200, (code("4006381333931", 10, 10, 250, 150),)), SAMPLE)
        assert laid.marks == ()
        (note,) = laid.notes
        assert note.startswith("The code “4006381333931” needs 28.2 mm of width to be read and has 25.0 mm. Make its")

    def test_bars_that_are_too_short_are_no_barcode(self) -> None:
        (note,) = lay_out(Label(500, 100, (code("4006381333931", 10, 10, 450, 50),)), SAMPLE).notes
        assert "of height to be read" in note

    def test_a_code_that_cannot_be_said_is_left_out_with_why(self) -> None:
        label = Label(500, 300, (code("Żółw", 10, 10, 450, 200, symbology=Symbology.CODE_39),))
        assert "cannot be a Code 39" in lay_out(label, SAMPLE).notes[0]

    def test_a_module_is_as_wide_as_wished_at_most(self) -> None:
        widths = []
        for module in (0, 330, 500):
            (bars, *_) = lay_out(
                Label(1000, 300, (code("4006381333931", 10, 10, 900, 250, module=module),)), SAMPLE
            ).marks
            assert isinstance(bars, Bars)
            widths.append(bars.module)
        assert widths == [5, 2, 4]

    def test_what_stands_too_near_to_a_code_is_reported(self) -> None:
        near = text("€7.95", 280, 200, 100, 40)
        laid = lay_out(replace(PRODUCT, fields=(*PRODUCT.fields, near)), SAMPLE)
        assert any("too near to a code" in note for note in laid.notes)

    def test_a_frame_around_everything_is_not_too_near(self) -> None:
        frame = shape(FieldKind.BOX, 0, 0, 500, 300)
        assert lay_out(replace(PRODUCT, fields=(*PRODUCT.fields, frame)), SAMPLE).notes == ()


class TestWhatVanishes:
    def test_a_field_without_its_value_is_left_out(self) -> None:
        label = Label(500, 300, (text("Lot {lot}", 10, 10, 300, 40), code("{gtin}", 10, 60, 400, 200)))
        assert lay_out(label, {}).marks == ()
        assert lay_out(label, {}).notes == ()
        assert len(lay_out(label, {"lot": "L1"}).marks) == 1

    def test_a_field_outside_of_the_label_is_reported(self) -> None:
        label = Label(500, 300, (text("Lost", 600, 10, 100, 40),))
        assert lay_out(label, {}).notes == ("The field “Lost@600,10” lies outside of the label. Move it back.",)


class TestPictures:
    def test_a_logo_is_as_large_as_its_box_allows(self) -> None:
        values = {"logo": base64.b64encode(logo()).decode()}
        label = Label(500, 300, (replace(shape(FieldKind.PICTURE, 10, 10, 220, 240), content="{logo}"),))
        (mark,) = lay_out(label, values).marks
        assert (mark.box.width, mark.box.height) == (176, 96)

    def test_what_is_no_picture_is_reported(self) -> None:
        label = Label(500, 300, (replace(shape(FieldKind.PICTURE, 10, 10, 220, 240), content="!"),))
        assert lay_out(label, {}).notes == ("A picture of this label cannot be read. Choose a PNG or JPEG file.",)


def test_white_letters_stand_on_a_black_box() -> None:
    laid = lay_out(Label(500, 300, (text("SALE", 10, 10, 200, 80, is_inverted=True, size=60),)), {})
    (mark,) = laid.marks
    assert (mark.box.width, mark.box.height) == (160, 64)
    black = paint(laid).crop((8, 8, 168, 72)).convert("L").histogram()[0]
    assert 0.5 < black / (160 * 64) < 0.95


@pytest.mark.parametrize(
    ("label", "sentence"),
    [
        (Label(20, 300), "The width of a label is between 5 and 600 mm"),
        (Label(500, 7000), "The height of a label is between 5 and 600 mm"),
        (Label(500, 300, gap=-1), "The gap between two labels"),
        (Label(500, 300, (text("a", 0, 0, 9, 9), text("a", 0, 0, 9, 9))), "Two fields of this label"),
        (Label(500, 300, (text("a", 0, 0, 9, 9, turn=45),)), "turned by 90, 180 or 270"),
        (Label(500, 300, (text("a", 0, 0, 0, 9),)), "more than nothing"),
    ],
)
def test_a_label_that_cannot_be_is_explained(label: Label, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        lay_out(label, {})


def test_there_is_no_printer_of_any_resolution() -> None:
    with pytest.raises(ValueError, match="203, 300 or 600"):
        lay_out(PRODUCT, {}, 150)
