"""What is kept for orders is seen where stock is: on its tile, and in the price check."""

from __future__ import annotations

from PySide6.QtCore import Qt

from omsdesk.domain.order import Purpose
from omsdesk.domain.order_command import PlaceOrder
from omsdesk.domain.sale_command import AddLine
from omsdesk.domain.values import Quantity
from omsdesk.store.queries import till as queries
from omsdesk.ui.theme import Tone
from omsdesk.ui.till import models
from omsdesk.ui.till.goods.price_sheets import PriceCheckSheet
from tests.ui.till.shop import SHOP, Station, code_of


def keep(till: Station, product: str, count: int) -> None:
    """Order so many of a product behind the till's back."""
    clock = till.state.counter.clock
    found = queries.product_by_id(till.reader, product, SHOP, clock.now().day)
    assert found is not None
    sale = clock.new_id()
    till.do(AddLine(sale, clock.new_id(), found.article, Quantity.of(count)))
    till.do(PlaceOrder(clock.new_id(), Purpose.LAYAWAY, "s1", sale))
    till.settle()


def badge(till: Station, product: str) -> tuple[str, Tone]:
    found = queries.favourite_tiles(till.reader, SHOP, till.state.counter.day)
    shown = {tile.key: tile for tile in models.tiles(till.state.counter, found, {})}
    return shown[product].badge, shown[product].badge_tone


def test_a_tile_says_that_all_of_it_is_kept(till: Station) -> None:
    assert badge(till, "grinder") == ("5 left", Tone.WARN)
    keep(till, "grinder", 4)
    assert badge(till, "grinder") == ("5 left", Tone.WARN)
    keep(till, "grinder", 1)
    assert badge(till, "grinder") == ("All kept", Tone.WARN)


def test_the_price_check_says_how_many_are_kept(till: Station) -> None:
    keep(till, "grinder", 2)
    till.press(Qt.Key.Key_F3)
    till.scan(code_of("grinder"))
    assert till.sheet(PriceCheckSheet).stock.text() == "5 in stock, 2 kept for orders"


def test_what_is_kept_can_still_be_sold(till: Station) -> None:
    keep(till, "decaf", 3)
    till.scan(code_of("decaf"))
    assert [title for _, title in till.lines] == ["Decaf Huila 250 g"]
