"""The variants of a family: a matrix where they have two attributes, such as size and colour, else a list of keys."""

from __future__ import annotations

import re
from functools import partial

from PySide6.QtWidgets import QGridLayout

from omsdesk.store.queries.till import Tile
from omsdesk.ui.theme import Tone
from omsdesk.ui.till.goods.incoming import VariantWanted
from omsdesk.ui.till.sheets import Body
from omsdesk.ui.till.state import TillState
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import column

_PARTED = re.compile(r"\s*(?:,|/|·)\s*")
_ACROSS = 4
_MOST_ACROSS = 8
"""Columns that a finger still hits."""


def matrix_of(variants: tuple[Tile, ...]) -> tuple[list[str], list[str], dict[tuple[str, str], Tile]] | None:
    """Lay variants of two attributes out as rows and columns; None where they have not two, or not one each."""
    parts = [tuple(_PARTED.split(tile.variant)) for tile in variants]
    if any(len(part) != 2 for part in parts):
        return None
    cells = {(part[0], part[1]): tile for part, tile in zip(parts, variants, strict=True)}
    rows, columns = list(dict.fromkeys(row for row, _ in cells)), list(dict.fromkeys(col for _, col in cells))
    if len(columns) > _MOST_ACROSS:
        rows, columns = columns, rows
        cells = {(second, first): tile for (first, second), tile in cells.items()}
    is_good = len(cells) == len(variants) and len(columns) <= _MOST_ACROSS
    return (rows, columns, cells) if is_good else None


class VariantSheet(Body):
    """Shows price and stock of each variant; a tap takes one."""

    help_page = "variants"

    def __init__(self, state: TillState, demand: VariantWanted) -> None:
        """Show what there is."""
        super().__init__()
        self.state, self.demand = state, demand
        self.title = demand.name
        self.cells: dict[str, KeyButton] = {}
        grid = QGridLayout()
        grid.setSpacing(8)
        found = matrix_of(demand.variants)
        if found is None:
            for number, tile in enumerate(demand.variants):
                grid.addWidget(self._cell(tile, tile.variant or tile.name), number // _ACROSS, number % _ACROSS)
        else:
            self._fill(grid, *found)
        made = column(spacing=16)
        made.addLayout(grid)
        made.addStretch(1)
        self.setLayout(made)

    def _fill(self, grid: QGridLayout, rows: list[str], columns: list[str], cells: dict[tuple[str, str], Tile]) -> None:
        for at, name in enumerate(columns, 1):
            grid.setColumnStretch(at, 1)
            grid.addWidget(Label(name, 16, 600, Tone.NEUTRAL), 0, at)
        for at, name in enumerate(rows, 1):
            grid.addWidget(Label(name, 16, 600), at, 0)
            for across, other in enumerate(columns, 1):
                tile = cells.get((name, other))
                if tile is not None:
                    grid.addWidget(self._cell(tile, ""), at, across)

    def _cell(self, tile: Tile, name: str) -> KeyButton:
        counter = self.state.counter
        price = counter.money(tile.price) if tile.price else "Type the price"
        left = ""
        if tile.on_hand is not None:
            left = f"{counter.quantity(tile.on_hand)} left" if tile.on_hand.micro > 0 else "sold out"
        words = " · ".join(part for part in (name, price, left) if part)
        button = KeyButton(words, height=68)
        button.setAccessibleName(f"{tile.name}, {words}")
        button.clicked.connect(partial(self._taken, tile.product))
        self.cells[tile.product] = button
        return button

    def _taken(self, product: str) -> None:
        self.state.session.intake.variant_chosen(self.demand, product)

    def left(self) -> None:
        """Leave it where none was chosen."""
        self.state.session.intake.give_up(self.demand)
