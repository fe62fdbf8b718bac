"""Things on a label are moved, resized, copied and taken back; none ever leaves it."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.documents.labels.model import FieldKind, Label, LabelField, fault_of
from omsdesk.documents.labels.ready import READY
from omsdesk.ui.labels import drawing
from omsdesk.ui.labels.drawing import History

PRODUCT = READY[0].label
LENGTHS = st.integers(-3000, 3000)


@given(LENGTHS, LENGTHS, LENGTHS, LENGTHS, st.sampled_from([field.id for field in PRODUCT.fields]))
def test_nothing_leaves_the_label(x: int, y: int, width: int, height: int, id: str) -> None:
    label = drawing.resized(drawing.moved(PRODUCT, id, x, y), id, width, height)
    field = drawing.find(label, id)
    assert field is not None
    assert field.x >= 0
    assert field.y >= 0
    assert field.x + field.width <= label.width
    assert field.y + field.height <= label.height
    assert not fault_of(label)


def test_the_smallest_field_under_the_mouse_is_meant() -> None:
    label, box = drawing.added(Label(500, 300), FieldKind.BOX)
    label, text = drawing.added(label, FieldKind.TEXT)
    label = drawing.moved(label, box, 20, 20)
    label = drawing.moved(label, text, 20, 20)
    assert drawing.at(label, 25, 25) == text
    assert drawing.at(label, 25, 150) == box
    assert drawing.at(label, 480, 280) == ""


def test_what_is_new_touches_nothing_while_there_is_room() -> None:
    label, ids = Label(500, 300), []
    for _ in range(4):
        label, id = drawing.added(label, FieldKind.TEXT)
        ids.append(id)
    for one, other in itertools.combinations(filter(None, (drawing.find(label, id) for id in ids)), 2):
        assert one.y + one.height <= other.y or other.y + other.height <= one.y
    full, over = drawing.added(PRODUCT, FieldKind.BOX)
    assert drawing.find(full, over) is not None
    assert not fault_of(full)


@pytest.mark.parametrize(
    ("grip", "to", "box"),
    [
        ((1, 1), (200, 90), (100, 50, 100, 40)),
        ((-1, -1), (80, 20), (80, 20, 70, 60)),
        ((1, 0), (170, 5), (100, 50, 70, 30)),
        ((0, -1), (5, 60), (100, 60, 50, 20)),
        ((-1, 0), (400, 0), (145, 50, 5, 30)),
        ((0, 1), (0, 0), (100, 50, 50, 5)),
        ((1, 1), (900, 900), (100, 50, 400, 250)),
        ((-1, -1), (-50, -50), (0, 0, 150, 80)),
    ],
)
def test_edges_go_where_they_are_dragged_and_the_others_stay(
    grip: drawing.Grip, to: tuple[int, int], box: tuple[int, int, int, int]
) -> None:
    field = LabelField("a", FieldKind.BOX, 100, 50, 50, 30)
    label = drawing.stretched(Label(500, 300, (field,)), field, grip, to)
    (made,) = label.fields
    assert (made.x, made.y, made.width, made.height) == box


def test_every_kind_fits_on_the_smallest_label() -> None:
    for kind in FieldKind:
        label, id = drawing.added(Label(50, 50), kind)
        assert drawing.find(label, id) is not None
        assert not fault_of(label)


def test_a_copy_has_a_name_of_its_own() -> None:
    label, id = drawing.doubled(PRODUCT, "price")
    assert id != "price"
    assert len(label.fields) == len(PRODUCT.fields) + 1
    assert drawing.doubled(PRODUCT, "gone") == (PRODUCT, "gone")
    assert drawing.moved(PRODUCT, "gone", 0, 0) == drawing.resized(PRODUCT, "gone", 9, 9) == PRODUCT
    assert drawing.find(drawing.removed(PRODUCT, "price"), "price") is None


def test_tab_walks_around() -> None:
    ids = [field.id for field in PRODUCT.fields]
    assert drawing.next_to(PRODUCT, "", 1) == ids[0]
    assert drawing.next_to(PRODUCT, "", -1) == ids[-1]
    assert drawing.next_to(PRODUCT, ids[-1], 1) == ids[0]
    assert drawing.next_to(Label(500, 300), "", 1) == ""


def test_lengths_snap_to_millimetres() -> None:
    assert [drawing.snapped(length) for length in (0, 4, 6, 14, 16, -6)] == [0, 0, 10, 10, 20, -10]


class TestHistory:
    def test_what_was_done_is_taken_back_and_done_again(self) -> None:
        history, one, two = History(), Label(100, 100), Label(200, 100)
        assert history.undo(one) == history.redo(one) == one
        history.note(one, "")
        assert history.undo(two) == one
        assert not history.can_undo
        assert history.redo(one) == two
        assert history.can_undo

    def test_small_steps_of_one_kind_are_one(self) -> None:
        history = History()
        for width in (100, 110, 120):
            history.note(Label(width, 100), "drag")
        assert history.undo(Label(130, 100)) == Label(100, 100)
        history.note(Label(100, 100), "drag")
        history.note_end()
        history.note(Label(110, 100), "drag")
        assert history.undo(Label(120, 100)) == Label(110, 100)

    def test_something_new_ends_what_could_be_done_again(self) -> None:
        history = History()
        history.note(Label(100, 100), "")
        history.undo(Label(110, 100))
        history.note(Label(100, 100), "")
        assert not history.can_redo
