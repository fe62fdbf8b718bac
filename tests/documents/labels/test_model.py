"""What a label is kept as: nothing that holds its default, so that what comes later means what it meant."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from omsdesk.documents.labels.model import FieldKind, Label, LabelField, Media, fault_of
from omsdesk.documents.labels.symbology import Symbology
from omsdesk.documents.paper import Align
from omsdesk.domain.body import from_body, to_body

FIELDS = st.builds(
    LabelField, st.text(max_size=5), st.sampled_from(FieldKind), *[st.integers(1, 500)] * 4,
    turn=st.sampled_from([0, 90, 180, 270]), content=st.text(max_size=20), align=st.sampled_from(Align),
    symbology=st.sampled_from(Symbology), is_bold=st.booleans(),
)  # fmt: skip


@given(st.builds(Label, st.integers(50, 6000), st.integers(50, 6000), st.lists(FIELDS, max_size=5).map(tuple)))
def test_a_label_is_the_same_after_it_was_kept(label: Label) -> None:
    assert from_body(Label, to_body(label)) == label


def test_what_is_usual_is_not_written() -> None:
    body = to_body(Label(500, 300, (LabelField("a", FieldKind.TEXT, 1, 2, 3, 4),)))
    assert body == {
        "width": 500,
        "height": 300,
        "fields": [{"id": "a", "kind": "text", "x": 1, "y": 2, "width": 3, "height": 4}],
    }


def test_a_roll_without_labels_has_no_fault() -> None:
    assert fault_of(Label(500, 300, media=Media.CONTINUOUS, gap=0)) == ""
