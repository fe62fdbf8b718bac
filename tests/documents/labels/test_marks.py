"""Rectangles of dots are turned as paper is, and turned four times they are where they were."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from omsdesk.documents.labels.marks import Bars, Dots, Ink, Rectangle, blank, turned, turned_box
from omsdesk.documents.labels.symbology import Symbology, encode

SIZES = st.integers(1, 60)
ROOMS = st.tuples(st.integers(61, 200), st.integers(61, 200))


@given(st.builds(Rectangle, st.integers(0, 60), st.integers(0, 60), SIZES, SIZES), ROOMS)
def test_four_quarters_are_a_whole_turn(box: Rectangle, room: tuple[int, int]) -> None:
    width, height = room
    # What would reach out of the room is not turned.
    inside = box.within(Rectangle(0, 0, width, height))
    assert inside is not None
    once = turned_box(inside, 90, room, Rectangle(0, 0, height, width))
    twice = turned_box(once, 90, (height, width), Rectangle(0, 0, width, height))
    assert twice == turned_box(inside, 180, room, Rectangle(0, 0, width, height))
    third = turned_box(twice, 90, room, Rectangle(0, 0, height, width))
    assert third == turned_box(inside, 270, room, Rectangle(0, 0, height, width))
    assert turned_box(third, 90, (height, width), Rectangle(0, 0, width, height)) == inside


def test_a_quarter_to_the_right_brings_the_left_edge_to_the_top() -> None:
    assert turned_box(Rectangle(0, 0, 5, 10), 90, (100, 50), Rectangle(7, 9, 50, 100)) == Rectangle(47, 9, 10, 5)


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_pictures_turn_with_their_place(degrees: int) -> None:
    picture = blank(8, 4)
    picture.putpixel((0, 0), 0)
    room = (8, 4)
    box = Rectangle(0, 0, 4, 8) if degrees in {90, 270} else Rectangle(0, 0, 8, 4)
    mark = turned(Dots.of(picture, 0, 0), degrees, room, box)
    assert isinstance(mark, Dots)
    corner = {0: (0, 0), 90: (3, 0), 180: (7, 3), 270: (0, 7)}[degrees]
    black = [(x, y) for x in range(box.width) for y in range(box.height) if mark.picture.getpixel((x, y)) == 0]
    assert black == [corner]


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_bars_are_drawn_turned(degrees: int) -> None:
    symbol = encode(Symbology.EAN_8, "96385074")
    upright = Bars(Rectangle(0, 0, 134, 50), symbol, 2, guard=10)
    box = Rectangle(0, 0, 50, 134) if degrees in {90, 270} else Rectangle(0, 0, 134, 50)
    mark = turned(upright, degrees, (134, 50), box)
    assert isinstance(mark, Bars)
    assert mark.length == 40
    back = {90: Image.Transpose.ROTATE_90, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_270}[degrees]
    assert mark.picture.transpose(back).tobytes() == upright.picture.tobytes()


def test_guard_bars_reach_further_down_than_the_others() -> None:
    symbol = encode(Symbology.EAN_13, "4006381333931")
    picture = Bars(Rectangle(0, 0, 95, 30), symbol, 1, guard=5).picture
    foot = [x for x in range(95) if picture.getpixel((x, 29)) == 0]
    assert foot == [0, 2, 46, 48, 92, 94]


def test_rectangles_know_what_lies_in_both() -> None:
    one = Rectangle(0, 0, 10, 10)
    assert one.within(Rectangle(5, 5, 10, 10)) == Rectangle(5, 5, 5, 5)
    assert one.within(Rectangle(10, 0, 5, 5)) is None
    assert one.encloses(Rectangle(1, 1, 3, 3))
    assert not one.encloses(Rectangle(8, 8, 3, 3))
    assert turned(Ink(one), 0, (10, 10), Rectangle(5, 5, 10, 10)) == Ink(Rectangle(5, 5, 10, 10))
