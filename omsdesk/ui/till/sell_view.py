"""Selling: the field that hears everything, the categories and their tiles, what a search found, the actions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from omsdesk.store.engine import Connection
from omsdesk.store.queries import receipts
from omsdesk.store.queries import till as queries
from omsdesk.store.queries.receipts import Receipt
from omsdesk.store.queries.search import is_clear, search
from omsdesk.store.queries.till import Tile
from omsdesk.ui.till import models
from omsdesk.ui.till.counter import Tone
from omsdesk.ui.till.sell_field import SellField
from omsdesk.ui.till.sheets import while_alive
from omsdesk.ui.till.state import TillState
from omsdesk.ui.widgets.action_bar import Action, ActionBar
from omsdesk.ui.widgets.empty_state import EmptyState
from omsdesk.ui.widgets.layouts import column
from omsdesk.ui.widgets.pill_bar import PillBar
from omsdesk.ui.widgets.result_list import ResultList
from omsdesk.ui.widgets.tile_grid import TileGrid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omsdesk.ui.till.tile_pictures import TilePictures
    from omsdesk.ui.widgets.tile_grid import Tile as GridTile

FAVOURITES = ""
"""The key of the first pill; a category's key is its name."""

MOST_RESULTS = 30
_TIMES = re.compile(r"-?\d{1,6}([.,]\d{1,6})?\s*[*×]\Z")

_MINUS = re.compile(r"\s*-\s*(\d{1,6}([.,]\d{0,6})?\s*)?\Z")
"""What begins such a number and finds nothing: no article is looked for yet."""

HOLD, RETURN, RECEIPT, MORE = "hold", "return", "receipt", "more"


class SellView(QWidget):
    """Emits ``acted(name)`` for the action bar."""

    acted = Signal(str)
    help_page = "sell"

    def __init__(self, state: TillState) -> None:
        """Show the favourites."""
        super().__init__()
        self.state = state
        self.field = SellField("Scan or type a name, SKU or barcode…", "F2")
        self._pictures: TilePictures | None = None
        self.pills, self.grid, self.results = PillBar("Categories"), TileGrid("Products"), ResultList("Found products")
        self.nothing = EmptyState("search", "")
        self.no_tiles = EmptyState(
            "package", "No products yet. Import a list, or scan a barcode to make the first one."
        )
        self.bar = ActionBar(
            (
                Action(HOLD, "Hold", "pause", "F6"),
                Action(RETURN, "Return", "undo-2", "F7"),
                Action(RECEIPT, "Last receipts", "receipt", "F8"),
                Action(MORE, "More", "layout-grid", "F10"),
            )
        )
        self.bar.chosen.connect(self.acted)
        middle = QWidget()
        self._middle = QStackedLayout(middle)
        for part in (self.grid, self.results, self.nothing, self.no_tiles):
            self._middle.addWidget(part)
        made = column(self.field, self.pills, middle, self.bar, spacing=12)
        made.setStretch(2, 1)
        self.setLayout(made)
        self._connect()

    def _connect(self) -> None:
        session = self.state.session
        self.field.textChanged.connect(self._typed)
        self.field.returnPressed.connect(self.confirm)
        self.field.stepped.connect(self.results.step)
        self.field.line_stepped.connect(session.select_step)
        self.field.quantity_stepped.connect(session.change_quantity)
        self.field.removed.connect(session.remove_selected)
        self.results.chosen.connect(self._chosen)
        self.grid.chosen.connect(self._chosen)
        self.pills.chosen.connect(lambda _: self.show_tiles())

    # ------------------------------------------------------------------------------ tiles

    def load(self) -> None:
        """Read the categories, and show the tiles of the chosen one."""
        found = queries.categories(self.state.counter.reader)
        self.hues = {name: hue for name, hue in found if name}
        kept = self.pills.chosen_key()
        self.pills.set_pills([(FAVOURITES, "Favourites"), *((name, name) for name in self.hues)])
        keys = [FAVOURITES, *self.hues]
        if kept in keys:
            self.pills.move_to(keys.index(kept))
        self.show_tiles()

    def show_tiles(self) -> None:
        """Show the products of the chosen category, from the top."""
        self._put_tiles(self._tiles_of(self.category, self.state.counter.reader))

    def refresh_tiles(self) -> None:
        """Show what has changed of the tiles in view; read elsewhere, for it happens after every sale."""
        category = self.category

        def arrived(found: list[Tile]) -> None:
            if category == self.category:
                scrolled = self.grid.verticalScrollBar().value()
                self._put_tiles(found)
                self.grid.verticalScrollBar().setValue(scrolled)

        self.state.counter.work.ask(lambda reader: self._tiles_of(category, reader), while_alive(self, arrived))

    @property
    def category(self) -> str:
        """The chosen category."""
        return str(self.pills.chosen_key() or FAVOURITES)

    def _tiles_of(self, category: str, reader: Connection) -> list[Tile]:
        shop, day = self.state.counter.shop, self.state.counter.day
        if category == FAVOURITES:
            return queries.favourite_tiles(reader, shop, day)
        return queries.category_tiles(reader, category, shop, day)

    def _put_tiles(self, found: list[Tile]) -> None:
        tiles: Sequence[GridTile] = models.tiles(self.state.counter, found, self.hues)
        if any(tile.image for tile in found):
            tiles = self._with_pictures(tiles, found)
        self.grid.set_tiles(tiles)
        self._show_middle()

    def _with_pictures(self, tiles: Sequence[GridTile], found: list[Tile]) -> Sequence[GridTile]:
        from omsdesk.ui.till.tile_pictures import PicturedTiles, TilePictures

        if self._pictures is None:
            self._pictures = TilePictures(self.state.counter.work, while_alive(self, self._picture_came))
        return PicturedTiles(tiles, [tile.image for tile in found], self._pictures)

    def _picture_came(self, _: str) -> None:
        # Tiles at rest are copied, so all of them are painted again as quickly as one.
        self.grid.viewport().update()

    # ------------------------------------------------------------------------------ typing

    def _typed(self, text: str) -> None:
        if _TIMES.fullmatch(text):
            self.state.session.intake.entered(text)
            self.field.clear()
            return
        counter = self.state.counter
        wanted = "" if _MINUS.match(text) else text.rpartition("*")[2].strip()
        found = search(counter.reader, wanted, MOST_RESULTS) if wanted else []
        known = receipts.by_code(counter.reader, wanted)
        rows = [*models.receipt_hits(counter, known), *models.hits(counter, found)]
        self.results.show_results(rows, wanted, is_clear=bool(known) or is_clear(found, wanted))
        self._show_middle()

    def _show_middle(self) -> None:
        text = self.field.text().strip()
        if not text or _MINUS.match(text):
            self._middle.setCurrentWidget(self.grid if self.grid.count() else self.no_tiles)
        elif self.results.count():
            self._middle.setCurrentWidget(self.results)
        else:
            self.nothing.set_content("search", f"Nothing is called “{text}”. Press Enter to look for it as a barcode.")
            self._middle.setCurrentWidget(self.nothing)

    def confirm(self) -> None:
        """Take what was typed: a code if it is one, else the result that is marked."""
        text, intake = self.field.text().strip(), self.state.session.intake
        if not text:
            return
        found = intake.look_up(text.rpartition("*")[2])
        if found is None and self.results.choose_current():
            return
        if found is None and self.results.count() and not intake.found(text):
            self._ask_which(text)
            return
        if found is not None or not self.results.count():
            intake.entered(text)
        self.field.clear()

    def _ask_which(self, text: str) -> None:
        """Sell nothing by accident: of several it is said which, and a number that is no code means none of them."""
        is_named = any(letter.isalpha() for letter in text)
        if is_named:
            self.results.move_to(0)
        said = "Several fit. Enter takes the marked one" if is_named else f"No article has the code “{text}”"
        self.state.counter.say(Tone.INFO if is_named else Tone.WARN, f"{said}; ↓ chooses another.")

    def _chosen(self, found: object) -> None:
        self.field.clear()
        if isinstance(found, Receipt):
            self.state.session.intake.show_receipts([found])
        else:
            self.state.session.intake.chosen(str(found))

    # ------------------------------------------------------------------------------ around it

    def refresh(self) -> None:
        """Show the quantity that waits for its article, and what F6 does now."""
        session = self.state.session
        times = session.intake.multiplier
        shown = f"{self.state.counter.quantity(times)} ×" if times else ""
        if self.field.key == (shown or "F2"):
            return
        self.field.key = shown or "F2"
        self.field.setPlaceholderText(
            f"{shown} … now scan or choose the article" if shown else "Scan or type a name, SKU or barcode…"
        )
        self.field.update()

    def show_held(self, count: int) -> None:
        """Say what F6 does: hold what is there, or take up what waits."""
        hold = self.bar.buttons[HOLD]
        hold.set_label("Hold" if self.state.session.lines or not count else f"Held ({count})")
        hold.setEnabled(bool(self.state.session.lines or count))
