"""Two stations without a line change the same things, meet at the service, and a person settles what differs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from omsdesk.actions.settle import settlement
from omsdesk.domain.catalogue import PackCode, ProductEdit, SaveProducts
from omsdesk.domain.people import Role, SavePerson
from omsdesk.domain.shop import SaveShop
from omsdesk.store import exchange
from omsdesk.store.queries.conflicts import conflict_count, conflicts
from omsdesk.store.queries.till import product_by_barcode, shop_of
from omsdesk.store.verify import verify
from tests.domain.corner_shop import NOON, SHOP, gbp
from tests.store.station import PEOPLE
from tests.stories.master_data import picture
from tests.sync.stations import Cloud, Member, a_shop


@pytest.fixture
def cloud(tmp_path: Path) -> Iterator[Cloud]:
    made = Cloud(tmp_path / "cloud.db")
    yield made
    made.close()


@pytest.fixture
def tills(tmp_path: Path, cloud: Cloud) -> Iterator[list[Member]]:
    made = a_shop(tmp_path, cloud)
    yield made
    for member in made:
        member.close()


def save(member: Member, product: str, **said: object) -> None:
    edit = ProductEdit(product, **said)  # type: ignore[arg-type]
    member.do(SaveProducts(member.clock.new_id(), (edit,)), actor="max")


def meet(cloud: Cloud, *members: Member) -> None:
    """Let everybody exchange until nobody has anything new."""
    for member in (*members, *members):
        cloud.turn(member)


def same_everywhere(*members: Member) -> bool:
    first, *others = (picture(member.database.writer) for member in members)
    return all(other == first for other in others)


def test_a_price_that_two_changed_is_settled_once_and_holds_everywhere(cloud: Cloud, tills: list[Member]) -> None:
    here, there = tills
    save(here, "coffee", price=gbp("3.40"), name="Espresso")
    save(there, "coffee", price=gbp("3.60"), brand="Acme")
    meet(cloud, here, there)
    assert same_everywhere(here, there)
    assert conflict_count(here.database.writer) == conflict_count(there.database.writer) == 1
    (found,) = conflicts(there.database.writer)
    stations = {said.value.price: said.station for said in found.values}
    assert stations == {gbp("3.40"): here.database.station.device, gbp("3.60"): there.database.station.device}
    there.do(settlement(found, found.values[0].value, "settled"))
    meet(cloud, there, here)
    assert [conflict_count(member.database.writer) for member in tills] == [0, 0]
    assert same_everywhere(here, there)
    assert here.database.writer.row("SELECT name, brand FROM product WHERE id = 'coffee'") == ("Espresso", "Acme")


def test_a_disk_that_was_put_back_says_again_what_it_said_and_nothing_is_said_twice(
    tmp_path: Path, cloud: Cloud, tills: list[Member]
) -> None:
    here, there = tills
    copy = here.save(tmp_path / "copy.db")
    save(here, "tea", name="Told")
    meet(cloud, here, there)
    here.close()
    tills[0] = here = here.again(7, copy)
    save(here, "tea", name="Typed on the old disk")
    meet(cloud, here, there)
    assert same_everywhere(here, there)
    (found,) = conflicts(there.database.writer)
    assert {said.value for said in found.values} == {"Told", "Typed on the old disk"}
    here.do(settlement(conflicts(here.database.writer)[0], "Both", "settled"))
    meet(cloud, here, there)
    assert [conflict_count(member.database.writer) for member in tills] == [0, 0]
    for member in tills:
        assert verify(member.path).sentences == ()


def test_a_code_that_two_gave_away_reaches_no_quarantine(cloud: Cloud, tills: list[Member]) -> None:
    here, there = tills
    save(here, "tea", barcodes=(PackCode("555"),))
    save(there, "apples", barcodes=(PackCode("555"),))
    meet(cloud, here, there)
    for member in tills:
        assert exchange.set_aside(member.database.writer) == []
        found = product_by_barcode(member.database.writer, "555", SHOP, NOON.day)
        assert found is not None
        assert found.article.product == "apples"
    save(there, "apples", barcodes=())
    meet(cloud, there, here)
    found = product_by_barcode(here.database.writer, "555", SHOP, NOON.day)
    assert found is not None
    assert found.article.product == "tea"


def test_who_comes_later_sees_what_all_see(tmp_path: Path, cloud: Cloud, tills: list[Member]) -> None:
    here, there = tills
    here.do(SavePerson(replace(PEOPLE[3], role=Role.CLERK)), SaveShop(replace(SHOP, phone="1", name="A")))
    there.do(SavePerson(replace(PEOPLE[3], name="Cara C.")), SaveShop(replace(SHOP, phone="2", footer=("Bye",))))
    meet(cloud, here, there)
    late = Member(tmp_path / "late.db", 9)
    cloud.let_in(late)
    meet(cloud, late)
    assert same_everywhere(here, there, late)
    assert [(row.noun, row.field) for row in conflicts(late.database.writer)] == [("shop", "phone")]
    late.close()


def test_terms_of_orders_that_two_changed_apart_are_both_there(cloud: Cloud, tills: list[Member]) -> None:
    here, there = tills
    here.do(SaveShop(replace(SHOP, cancel_ppm=50_000, layaway_days=60), ("cancel_ppm", "layaway_days")), actor="max")
    there.do(SaveShop(replace(SHOP, cancel_ppm=150_000, layaway_ppm=0), ("cancel_ppm", "layaway_ppm")), actor="max")
    meet(cloud, here, there)
    for member in tills:
        shop = shop_of(member.database.writer, member.database.station.till)
        assert shop is not None
        assert (shop.layaway_days, shop.layaway_ppm) == (60, 0), "what only one of them changed needs nobody"
        (found,) = conflicts(member.database.writer)
        assert found.field == "cancel_ppm", "each term is a field of its own"
        assert {said.value for said in found.values} == {50_000, 150_000}
