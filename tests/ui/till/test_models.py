"""What the lists of the till show."""

from __future__ import annotations

from omsdesk.domain.values import Quantity
from omsdesk.store.queries import till as queries
from omsdesk.store.queries.search import search
from omsdesk.store.queries.till import Tile
from omsdesk.ui.theme import Tone
from omsdesk.ui.till import models
from tests.ui.till.bench import Bench, euros
from tests.ui.till.shop import code_of


def test_a_cart_line_says_what_one_costs_and_what_was_noted(bench: Bench) -> None:
    bench.session.intake.scanned(code_of("mug"))
    bench.session.change_quantity(1)
    bench.session.note_selected("for Mia")
    line = models.cart_line(bench.counter, bench.session.lines[0])
    assert (line.quantity, line.title, line.amount) == ("2", "Travel mug 350 ml", "€48.00")
    assert line.detail == "€24.00 each · MUG · for Mia"


def test_a_typed_price_is_told(bench: Bench) -> None:
    bench.session.intake.scanned(code_of("card"))
    bench.session.intake.price_typed(euros("25.00"))
    assert models.cart_line(bench.counter, bench.session.lines[0]).note == "Price typed"


def test_a_tile_has_a_badge_only_for_exceptions(bench: Bench) -> None:
    stock = {None: "", "60": "", "5": "5 left", "0.5": "0.5 left", "0": "Sold out", "-2": "Sold out"}
    for on_hand, badge in stock.items():
        tile = Tile("p", "Product", "Drinks", euros("1.00"), Quantity.of(on_hand) if on_hand else None)
        (shown,) = models.tiles(bench.counter, [tile], {"Drinks": 3})
        assert (shown.badge, shown.hue) == (badge, 3)
        assert shown.is_dimmed is (badge == "Sold out")
        assert shown.badge_tone is (Tone.BAD if badge == "Sold out" else Tone.WARN)


def test_what_was_never_counted_is_not_sold_out_by_being_sold(bench: Bench) -> None:
    for product in ("house", "cake", "decaf"):
        bench.session.intake.scanned(code_of(product))
    bench.checkout.pay_exactly()
    found = queries.favourite_tiles(bench.reader, bench.counter.shop, bench.counter.day)
    badges = {tile.key: tile.badge for tile in models.tiles(bench.counter, found, {})}
    assert (badges["house"], badges["cake"], badges["decaf"]) == ("", "Sold out", "2 left")


def test_a_tile_without_a_price_says_what_will_be_asked(bench: Bench) -> None:
    (shown,) = models.tiles(bench.counter, [Tile("p", "Gift card", "", None, None)], {})
    assert shown.subtitle == "Type the price"


def test_favourites_come_in_their_order(bench: Bench) -> None:
    found = queries.favourite_tiles(bench.reader, bench.counter.shop, bench.counter.day)
    shown = models.tiles(bench.counter, found, {})
    assert [tile.title for tile in shown[:2]] == ["Ethiopia Guji 250 g", "House espresso 1 kg"]


def test_a_result_shows_where_it_belongs_and_what_it_costs(bench: Bench) -> None:
    (shown,) = models.hits(bench.counter, search(bench.reader, "guji"))
    assert (shown.title, shown.detail, shown.amount) == ("Ethiopia Guji 250 g", "Coffee · GUJI", "€12.90")
    (shown,) = models.hits(bench.counter, search(bench.reader, "gift card"))
    assert shown.amount == ""


def test_a_held_ticket_is_called_by_its_name_or_its_time(bench: Bench) -> None:
    for name in ("", "Mr Brown"):
        bench.session.intake.scanned(code_of("oat"))
        bench.session.hold(name)
    by_time, by_name = models.tickets(bench.counter, bench.session.held())
    assert by_time.title.startswith("Held at ")
    assert by_time.detail == "1 item: Oat milk 1 L"
    assert by_name.title == "Mr Brown"
    assert by_name.detail.startswith("1 item, since ")
    assert by_name.detail.endswith(": Oat milk 1 L")


def test_a_held_ticket_is_told_by_its_first_articles(bench: Bench) -> None:
    for product in ("oat", "guji", "mug", "bag", "oat"):
        bench.session.intake.scanned(code_of(product))
    bench.session.hold()
    (shown,) = models.tickets(bench.counter, bench.session.held())
    assert shown.detail == "5 items: Oat milk 1 L, Ethiopia Guji 250 g, Travel mug 350 ml"


def test_a_receipt_is_told_by_number_time_and_sum(bench: Bench) -> None:
    bench.session.intake.scanned(code_of("guji"))
    bench.session.change_quantity(1)
    bench.checkout.pay_exactly()
    (shown,) = models.receipts(bench.counter, bench.state.receipts.last())
    assert (shown.title, shown.amount) == ("1A-000001", "€25.80")
    assert shown.detail.endswith("2 items")
