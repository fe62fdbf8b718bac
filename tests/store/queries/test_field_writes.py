"""What an edit was made from is told by the revision that was before its author."""

from __future__ import annotations

from omsdesk.domain.catalogue import ProductEdit, SaveProducts
from omsdesk.domain.field_write import Seen
from omsdesk.domain.people import Person, Role, SavePerson
from omsdesk.domain.shop import Shop, Till
from omsdesk.store.queries.field_writes import Held, left_at, revisions, seen_at, seen_now, whole, writes_of
from tests.domain.corner_shop import SHOP
from tests.store.station import PEOPLE, Station

WRITES = [
    Held("name", "a", 1, 2, 3),
    Held("name", "b", 2, 3, None),
    Held("name", "c", 1, 5, None),
    Held("sku", "b", 2, 3, None),
]


def test_at_the_beginning_nothing_was_written_yet() -> None:
    assert seen_at(WRITES, ["name"], 1) == Seen((), 1)


def test_a_revision_shows_what_held_then() -> None:
    assert seen_at(WRITES, ["name"], 2) == Seen(("a",), 2)
    assert seen_at(WRITES, ["name"], 4) == Seen(("b",), 3)
    assert seen_at(WRITES, ["name"], 9) == Seen(("b", "c"), 3)


def test_only_the_fields_that_are_spoken_of_are_seen() -> None:
    assert seen_at(WRITES, ["sku", "brand"], 9) == Seen(("b",), 3)
    assert seen_at(WRITES, [], 9) == Seen((), 1)


def test_writes_are_read_for_many_at_once_and_now_is_what_holds(till: Station) -> None:
    done = till.do(SaveProducts("b", (ProductEdit("coffee", name="Espresso"), ProductEdit("tea", sku="T"))))
    (ref,) = (entry.ref for entry in done.entries)
    writer = till.database.writer
    assert writes_of(writer, "product", ["coffee", "tea", "nobody"], 1) == {
        "coffee": [Held("name", ref, 1, 2, None)], "tea": [Held("sku", ref, 1, 2, None)],
    }  # fmt: skip
    assert seen_now(writer, "product", "tea", ["sku"]) == Seen((ref,), 2)


def test_what_an_action_left_behind_is_known_by_its_entries(till: Station) -> None:
    writer = till.database.writer
    first = till.do(SaveProducts("b1", (ProductEdit("coffee", name="One"),)))
    second = till.do(SaveProducts("b2", (ProductEdit("coffee", name="Two"),)))
    assert left_at(writer, "product", "coffee", first.entries) == 2
    assert left_at(writer, "product", "coffee", second.entries) == 3
    assert left_at(writer, "product", "coffee", ()) == 3, "who changed nothing has it as it is"
    assert left_at(writer, "product", "nobody", ()) == 0
    made = till.do(SavePerson(Person("nia", "Nia", Role.CASHIER)))
    assert left_at(writer, "person", "nia", made.entries) == 1


def test_shops_tills_and_people_have_revisions(till: Station) -> None:
    writer = till.database.writer
    till.do(SavePerson(Person("cara", "Cara C.", Role.CASHIER)))
    assert revisions(writer, Person) == {row.id: 1 for row in PEOPLE} | {"cara": 2}
    assert revisions(writer, Shop) == {"s1": 1}
    assert set(revisions(writer, Till)) == {"t1", "t2"}
    assert whole(writer, Shop, "s1") == (SHOP, 1)
    assert whole(writer, Shop, "nowhere") is None
