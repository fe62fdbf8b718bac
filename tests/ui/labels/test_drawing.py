"""Things on a label are moved, resized, copied and taken back; none ever leaves it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from omsdesk.documents.labels.model import FieldKind, Label, fault_of
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
    assert drawing.at(label, 25, 25) == text
    assert drawing.at(label, 25, 150) == box
    assert drawing.at(label, 480, 280) == ""


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
