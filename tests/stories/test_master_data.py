"""Master data that is edited at several stations: whatever was heard first, all of them come to show the same."""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from omsdesk.actions.settle import settlement
from omsdesk.domain.catalogue import PackCode, PriceRow, ProductEdit, SaveProducts, SetPrices
from omsdesk.domain.customer import CustomerGroup, SaveCustomer, SaveGroup, SetTerms
from omsdesk.domain.people import Person, Role, SavePerson
from omsdesk.domain.pricing import PriceList
from omsdesk.domain.promotion import Benefit, Promotion, Takes
from omsdesk.domain.promotion_book import SavePromotion, said_of_edit
from omsdesk.domain.rights import Leave, Rule
from omsdesk.domain.role import SaveRole
from omsdesk.domain.shop import SaveShop, SaveTill, TaxWord
from omsdesk.domain.tender import TenderMethod
from omsdesk.domain.values import Quantity
from omsdesk.store.queries import till as queries
from omsdesk.store.queries.catalogue import product_as_edit
from omsdesk.store.queries.customer import customer_by_id
from omsdesk.store.queries.field_writes import whole
from omsdesk.store.replay import rebuild
from tests.domain.corner_shop import SHOP, gbp
from tests.store.station import PEOPLE
from tests.stories.master_data import TENTH, Edit, Office, exchange_all, picture, three_offices, what_holds

PRODUCTS = ("coffee", "coffee", "tea")


def save(product: str, **said: object) -> Edit:
    return lambda office: save_from(office, product, 0, **said)


def save_from(office: Office, product: str, base: int, **said: object) -> None:
    edit = ProductEdit(product, base, **said)  # type: ignore[arg-type]
    office.outcome(SaveProducts(office.clock.new_id(), (edit,)))


def old_form(product: str, age: int, **said: object) -> Edit:
    """Save a form that was opened some revisions ago."""

    def do(office: Office) -> None:
        known = product_as_edit(office.database.writer, product)
        save_from(office, product, max(known.base - age, 1) if known else 0, **said)

    return do


def set_prices(product: str, list_id: str, minor: int, valid_to: str, priority: int) -> Edit:
    rows = (PriceRow(product, gbp(f"0.0{minor}"), Quantity.of(5), "2026-01-01", valid_to), PriceRow(product, gbp("7")))
    return lambda office: office.outcome(SetPrices(office.clock.new_id(), PriceList(list_id, "Club", priority), rows))


def head(list_id: str, name: str) -> Edit:
    return lambda office: office.outcome(SetPrices(office.clock.new_id(), PriceList(list_id, name), ()))


def person(who: Person) -> Edit:
    return lambda office: office.outcome(SavePerson(who))


def customer(**said: object) -> Edit:
    """Write down how a customer is reached, or what they are given."""

    def do(office: Office) -> None:
        known = customer_by_id(office.database.writer, "anna")
        if known is not None:
            after = replace(known, **said)  # type: ignore[arg-type]
            office.outcome(SaveCustomer(after), SetTerms(after))

    return do


def group(**said: object) -> Edit:
    return lambda office: office.outcome(SaveGroup(CustomerGroup("club", **said), tuple(said)))  # type: ignore[arg-type]


def promotion(**said: object) -> Edit:
    def do(office: Office) -> None:
        known = whole(office.database.writer, Promotion, TENTH.id)
        if known is not None:
            after = replace(known[0], **said)
            office.outcome(SavePromotion(after, said_of_edit(known[0], after), known[1]))

    return do


def shop(**said: object) -> Edit:
    def do(office: Office) -> None:
        known = queries.shop_of(office.database.writer, "")
        assert known is not None
        office.outcome(SaveShop(replace(known, **said)))  # type: ignore[arg-type]

    return do


def methods(code: str, name: str) -> Edit:
    return shop(tender_methods=(*SHOP.tender_methods, TenderMethod(code, name)))


def words(word: str, category: str) -> Edit:
    return shop(tax_words=(TaxWord(word, category),))


def rename_till(till: str, name: str) -> Edit:
    def do(office: Office) -> None:
        known = whole(office.database.writer, type(queries.tills(office.database.writer)[0]), till)
        assert known is not None
        office.outcome(SaveTill(replace(known[0], name=name)))

    return do


def two_at_once(product: str, name: str) -> Edit:
    """Name one product twice in a batch, and make a new one."""

    def do(office: Office) -> None:
        made = office.clock.new_id()
        edits = (
            ProductEdit(product, name=name, variant="one"),
            ProductEdit(product, variant="two"),
            ProductEdit(made, name=f"Made {name}", barcodes=(PackCode("NEW"),), price=gbp("1.00")),
        )
        office.outcome(SaveProducts(office.clock.new_id(), edits), SaveProducts(made, (replace(edits[2], name=name),)))

    return do


def allow(right: str, leave: Leave, most: int | None) -> Edit:
    """Say how far cashiers may do something."""
    limit = most if leave is Leave.ALLOWED and right == "cash.move" else None
    return lambda office: office.outcome(SaveRole("cashier", (Rule(right, leave, limit),)))


ids, texts = st.sampled_from(PRODUCTS), st.sampled_from(["Tea", "Coffee", "Chai", ""])
names, two, three, ages = texts.filter(bool), st.sampled_from("AB"), st.integers(1, 3), st.integers(0, 3)
codes, days = st.sampled_from(["111", "222", "BOX"]), st.sampled_from(["", "2026-12-31"])
a_pack = st.builds(PackCode, codes, st.sampled_from([1, 6]).map(Quantity.of))
packs = st.lists(a_pack, max_size=2, unique_by=lambda pack: pack.code).map(tuple)
edits: st.SearchStrategy[Edit] = st.one_of(
    st.builds(lambda product, name: save(product, name=name), ids, names),
    st.builds(lambda product, name, is_sold: save(product, category=name, is_sold=is_sold), ids, texts, st.booleans()),
    st.builds(lambda product, packs: save(product, barcodes=packs), ids, packs),
    st.builds(lambda product, pounds: save(product, price=gbp(f"{pounds}.00")), ids, three),
    st.builds(lambda product, age, name, price: old_form(product, age, name=name, price=gbp(f"{price}")),
              ids, ages, names, three),
    st.builds(lambda product, age, packs: old_form(product, age, barcodes=packs), ids, ages, packs),
    st.builds(set_prices, ids, st.sampled_from(["retail", "club"]), three, days, three),
    st.builds(head, st.sampled_from(["club", "retail"]), texts),
    st.builds(lambda name, role: person(replace(PEOPLE[3], name=name, role=role)),
              two, st.sampled_from([Role.CASHIER, Role.CLERK])),
    st.builds(lambda name, phone: shop(name=name, phone=phone), two, texts),
    st.builds(methods, st.sampled_from(["cash", "twint", "voucher"]), two),
    st.builds(words, st.sampled_from(["VAT", "MwSt"]), two),
    st.builds(allow, st.sampled_from(["sale.void", "cash.move"]), st.sampled_from(Leave), st.sampled_from([None, 5])),
    st.builds(rename_till, st.sampled_from(["t1", "t2"]), texts),
    st.builds(two_at_once, ids, two),
    st.builds(lambda name, phone: customer(name=name, phone=phone), two, codes),
    st.builds(lambda note, groups: customer(note=note, groups=groups), texts, st.sampled_from([(), ("club",)])),
    st.builds(lambda name, ppm: group(name=name, points_ppm=ppm), two, three),
    st.builds(lambda name, day: promotion(name=name, valid_to=day), two, days),
    st.builds(lambda ppm, most: promotion(benefit=Benefit(Takes.PERCENT, ppm), most=most), three, ages),
)  # fmt: skip
places = st.integers(0, 2)
steps = st.lists(
    st.tuples(places, edits) | st.tuples(places, st.tuples(places, st.integers(0, 1000))), min_size=8, max_size=24
)


@contextmanager
def offices_apart() -> Iterator[list[Office]]:
    with tempfile.TemporaryDirectory() as folder:
        offices = three_offices(Path(folder))
        # Somebody who comes later hears everything for the first time, in any order.
        offices.append(Office(Path(folder) / "late.db", 9))
        yield offices
        for office in offices:
            office.close()


def play(offices: list[Office], history: list[tuple[int, object]]) -> None:
    for place, step in history:
        if isinstance(step, tuple):
            # Some of what another station knows is heard, in any order.
            other, seed = step
            letters = offices[other].letters()
            chance = random.Random(seed)
            offices[place].hear(chance.sample(letters, chance.randint(0, len(letters))))
        elif callable(step):
            step(offices[place])


def settle_everything(office: Office, pick: Callable[[int], int]) -> int:
    """Settle every conflict a person could see; gives how many there were."""
    found = office.conflicts()
    for conflict in found:
        value = conflict.values[pick(len(conflict.values))].value
        office.do(settlement(conflict, value, office.clock.new_id()))
    return len(found)


@settings(max_examples=60)
@given(steps, st.integers(0, 1000))
def test_whatever_is_edited_and_heard_in_whatever_order_all_show_the_same_and_nothing_is_lost(
    history: list[tuple[int, object]], seed: int
) -> None:
    chance = random.Random(seed)
    with offices_apart() as offices:
        play(offices, history)
        exchange_all(offices, chance)
        first, *others = (picture(office.database.writer) for office in offices)
        assert all(other == first for other in others)
        check_nothing_is_lost(offices[chance.randrange(4)])
        check_a_rebuild_changes_nothing(offices[chance.randrange(4)])
        # Settling one thing may uncover another: who gives a barcode up may have two opinions of the rest.
        rounds = 0
        while settle_everything(offices[chance.randrange(4)], chance.randrange):
            exchange_all(offices, chance)
            rounds += 1
            assert rounds < 3
        assert [office.conflicts() for office in offices] == [[]] * 4
        first, *others = (picture(office.database.writer) for office in offices)
        assert all(other == first for other in others)


def check_nothing_is_lost(office: Office) -> None:
    """Every value that no later edit has seen stands in the tables: several are a conflict, or a union."""
    found: dict[tuple[str, str, str], dict[str, object]] = {}
    rows = office.database.writer.rows(
        "SELECT noun, subject, field, ref, value FROM field_write WHERE until IS NULL AND value IS NOT NULL"
    )
    for noun, subject, field, ref, value in rows:
        found.setdefault((noun, subject, field), {})[ref] = json.loads(value)
    assert found == what_holds(office.database.writer)
    open_fields = {(row.noun, row.subject, row.field) for row in office.conflicts()}
    merged = {"barcodes", "tender_methods", "tax_words", "price_lists"}
    for place, values in found.items():
        differ = len({json.dumps(value, sort_keys=True) for value in values.values()}) > 1
        assert place in open_fields or not differ or place[2] in merged


def check_a_rebuild_changes_nothing(office: Office) -> None:
    tables = (
        "product",
        "barcode",
        "price",
        "price_list",
        "category",
        "shop",
        "till",
        "person",
        "customer",
        "customer_key",
        "customer_group",
        "field_write",
        "field_conflict",
    )
    before = {table: office.database.writer.rows(f"SELECT * FROM {table} ORDER BY 1") for table in tables}  # noqa: S608
    rebuild(office.database)
    after = {table: office.database.writer.rows(f"SELECT * FROM {table} ORDER BY 1") for table in tables}  # noqa: S608
    assert after == before
