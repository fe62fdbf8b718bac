"""Which labels are out of date: by what changed since a day, and by what was printed since."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from omsdesk.domain.catalogue import PackCode, PriceRow, ProductEdit, SaveProducts, SetPrices
from omsdesk.domain.labels import AskLabels, LabelRow
from omsdesk.domain.pricing import RETAIL, PriceList
from omsdesk.domain.printing import NotePrint, PrintState
from omsdesk.domain.values import Quantity, Stamp, barcode_key
from omsdesk.store.queries.labels import BARCODE, NAME, NEW, PRICE, last_printed, named, out_of_date
from omsdesk.store.sql import Statements
from tests.domain.corner_shop import NOON, gbp
from tests.store.station import Station

DAY = 86_400_000
RETAIL_LIST = PriceList(RETAIL, "Retail")


def day(after: int) -> str:
    return (date.fromisoformat(NOON.day) + timedelta(days=after)).isoformat()


class Shelf:
    """A till whose days pass, with labels on its shelves."""

    def __init__(self, till: Station) -> None:
        self.till = till
        self.at(1)

    def at(self, days: int) -> Stamp:
        """Go on to noon of a day after the shop was set up."""
        self.till.clock.moment = replace(NOON, utc_ms=NOON.utc_ms + days * DAY)
        return self.till.clock.moment

    def edit(self, product: str, **said: object) -> None:
        self.till.do(SaveProducts(self.till.clock.new_id(), (ProductEdit(product, **said),)))  # type: ignore[arg-type]

    def price(self, product: str, amount: str, first: str = "", last: str = "", **row: object) -> None:
        rows = (PriceRow(product, gbp(amount), valid_from=first, valid_to=last, **row),)  # type: ignore[arg-type]
        self.till.do(SetPrices(self.till.clock.new_id(), RETAIL_LIST, rows))

    def label(self, *products: str) -> str:
        """Ask for labels, and give the batch."""
        batch = self.till.clock.new_id()
        self.till.do(AskLabels(batch, "t1", "Shelf", "{}", tuple(map(LabelRow, products))))
        return batch

    def stale(self, since: int = 0) -> dict[str, tuple[str, ...]]:
        """What is out of date by what changed since a day."""
        rows = out_of_date(self.till.database.writer, day(since), self.till.clock.now())
        return {row.product: row.changes for row in rows}


@pytest.fixture
def shelf(till: Station) -> Shelf:
    return Shelf(till)


def test_price_name_and_barcode_are_told_and_nothing_else(shelf: Shelf) -> None:
    shelf.edit("coffee", price=gbp("3.40"))
    shelf.edit("tea", variant="black", barcodes=(PackCode(barcode_key("96385074")),))
    shelf.edit("apples", description="Sweet", category="Orchard", tax_category="zero")
    assert shelf.stale(1) == {"coffee": (PRICE,), "tea": (NAME, BARCODE)}


def test_what_is_new_has_no_label_yet(shelf: Shelf) -> None:
    assert shelf.stale(0) == dict.fromkeys(("coffee", "tea", "apples", "repair"), (NEW,))
    shelf.edit("mug", name="Mug", price=gbp("9.00"))
    assert shelf.stale(1) == {"mug": (NEW,)}
    shelf.edit("mug", price=gbp("9.50"))
    assert shelf.stale(1) == {"mug": (NEW, PRICE)}


def test_a_label_that_was_printed_since_is_as_it_should_be(shelf: Shelf) -> None:
    shelf.edit("coffee", price=gbp("3.40"))
    shelf.edit("tea", price=gbp("2.60"))
    shelf.label("coffee")
    assert shelf.stale(1) == {"tea": (PRICE,)}
    shelf.edit("coffee", price=gbp("3.45"))
    assert shelf.stale(1) == {"coffee": (PRICE,), "tea": (PRICE,)}


def test_labels_that_were_given_up_do_not_count(shelf: Shelf) -> None:
    shelf.edit("coffee", price=gbp("3.40"))
    batch = shelf.label("coffee")
    shelf.till.do(NotePrint(batch, PrintState.CANCELLED))
    assert shelf.stale(1) == {"coffee": (PRICE,)}


def test_the_day_counts_from_its_first_moment_by_the_shop_s_clock(shelf: Shelf) -> None:
    shelf.edit("coffee", price=gbp("3.40"))
    shelf.at(2)
    shelf.edit("tea", price=gbp("2.60"))
    assert shelf.stale(1) == {"coffee": (PRICE,), "tea": (PRICE,)}
    assert shelf.stale(2) == {"tea": (PRICE,)}
    assert shelf.stale(3) == {}


def test_a_price_for_a_time_is_told_when_it_begins_and_when_it_is_over(shelf: Shelf) -> None:
    shelf.price("coffee", "2.80", day(3), day(5))
    assert shelf.stale(1) == {}, "nobody pays it yet"
    shelf.at(3)
    assert shelf.stale(1) == {"coffee": (PRICE,)}
    shelf.label("coffee")
    assert shelf.stale(1) == {}
    shelf.at(5)
    assert shelf.stale(1) == {}
    shelf.at(6)
    assert shelf.stale(1) == {"coffee": (PRICE,)}
    assert shelf.stale(6) == {"coffee": (PRICE,)}, "its last day was the day before"
    shelf.label("coffee")
    assert shelf.stale(1) == {}


def test_prices_that_stand_on_no_label_are_none(shelf: Shelf) -> None:
    shelf.price("coffee", "2.50", from_quantity=Quantity.of(6))
    members = PriceList("members", "Members", priority=5, is_given=True)
    shelf.till.do(SetPrices("m", members, (PriceRow("tea", gbp("2.00")),)))
    assert shelf.stale(1) == {}
    shelf.price("coffee", "3.30")
    assert shelf.stale(1) == {"coffee": (PRICE,)}


def test_what_is_not_sold_any_more_needs_no_label(shelf: Shelf) -> None:
    shelf.edit("coffee", price=gbp("3.40"))
    shelf.edit("coffee", is_sold=False)
    assert shelf.stale(1) == {}


def test_they_come_as_shelves_are_filled(shelf: Shelf) -> None:
    for product, name, category in (
        ("z", "Apple juice", "Drinks"),
        ("y", "Zwieback", "Bakery"),
        ("x", "Ale", "Drinks"),
    ):
        shelf.edit(product, name=name, category=category)
    assert list(shelf.stale(1)) == ["y", "x", "z"]


def test_when_labels_were_printed_here_last(shelf: Shelf) -> None:
    reader = shelf.till.database.writer
    assert last_printed(reader) is None
    shelf.label("coffee")
    shelf.at(4)
    batch = shelf.label("tea")
    found = last_printed(reader)
    assert found is not None
    assert Stamp(found, NOON.offset_minutes).day == day(4)
    shelf.till.do(NotePrint(batch, PrintState.CANCELLED))
    found = last_printed(reader)
    assert found is not None
    assert Stamp(found, NOON.offset_minutes).day == day(1)


def test_many_are_named_in_the_order_in_which_they_were_marked(shelf: Shelf) -> None:
    shelf.edit("coffee", is_sold=False)
    rows = named(shelf.till.database.writer, ["tea", "nowhere", "coffee", "apples"])
    assert [(row.product, row.name) for row in rows] == [("tea", "Tea, green"), ("apples", "Apples")]


def test_ids_of_rows_are_those_of_the_list(till: Station) -> None:
    from omsdesk.store.queries import products

    reader = till.database.writer
    top = products.last_no(reader)
    assert products.ids_up_to(reader, top, 3) == [row.product for row in products.listed(reader, "shop:s1", top, 3)]
    assert products.ids_of_category(reader, "Drinks", 1, 5) == ["coffee"]


@pytest.mark.parametrize(
    ("module", "name"), [("labels", "PRINTED"), ("labels", "LAST_PRINTED"), ("printing", "BATCHES")]
)
def test_labels_are_found_without_looking_at_every_receipt_that_was_printed(
    till: Station, module: str, name: str
) -> None:
    question = getattr(Statements(module), name)
    plan = till.database.writer.rows(f"EXPLAIN QUERY PLAN {question}", till="t1", after=0, most=20)
    assert not [step for *_, step in plan if step.startswith("SCAN print_job")]


def test_the_last_entry_before_a_day_is_looked_for_backwards(till: Station) -> None:
    plan = till.database.writer.rows(f"EXPLAIN QUERY PLAN {Statements('labels').LAST_BEFORE}", ms=0)
    assert not [step for *_, step in plan if "TEMP B-TREE" in step or "autoindex_journal" in step]
