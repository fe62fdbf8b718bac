"""Variants as a matrix."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from omsdesk.store.queries.till import Tile
from omsdesk.ui.till.goods.variant_sheet import matrix_of

words = st.lists(st.text("abcdefgh", min_size=1, max_size=4), min_size=1, max_size=6, unique=True)


def tiles(*variants: str) -> tuple[Tile, ...]:
    return tuple(Tile(f"p{at}", "Shirt", "", None, None, variant=name) for at, name in enumerate(variants))


@given(words, words, st.sampled_from([", ", " / ", "/", " · "]))
def test_two_attributes_are_rows_and_columns(sizes: list[str], colours: list[str], sign: str) -> None:
    made = matrix_of(tiles(*(f"{size}{sign}{colour}" for size in sizes for colour in colours)))
    assert made is not None
    rows, columns, cells = made
    assert (rows, columns) == (sizes, colours)
    assert {tile.variant for tile in cells.values()} == {
        f"{size}{sign}{colour}" for size in sizes for colour in colours
    }


def test_what_has_one_attribute_or_three_is_a_list() -> None:
    assert matrix_of(tiles("S", "M")) is None
    assert matrix_of(tiles("S, red", "M")) is None
    assert matrix_of(tiles("S, red, long", "M, red, long")) is None


def test_two_of_one_kind_are_a_list_for_none_would_be_seen() -> None:
    assert matrix_of(tiles("S, red", "S / red")) is None


def test_many_colours_stand_below_one_another() -> None:
    made = matrix_of(tiles(*(f"S, colour {number}" for number in range(9))))
    assert made is not None
    assert (len(made[0]), len(made[1])) == (9, 1)
    assert matrix_of(tiles(*(f"s{number}, c{other}" for number in range(9) for other in range(9)))) is None
