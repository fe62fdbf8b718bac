"""What the back office works with: whoever is there, the shop that is looked at, and the first commands of all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from omsdesk.actions.execute import Done
from omsdesk.domain.people import Person, Role, SavePerson
from omsdesk.domain.shop import SaveShop, SaveTill, Shop, Till
from omsdesk.store.queries.till import people
from omsdesk.sync.scopes import HEAD_OFFICE
from omsdesk.ui.office import Office, Post
from tests.ui.back_office import ANNA, BEN, BackOffice, until


@pytest.fixture
def empty(tmp_path: Path, qapp: object) -> Iterator[BackOffice]:
    """Open a database in which nothing is set up."""
    made = BackOffice(tmp_path)
    yield made
    made.close()


def office_of(shop: BackOffice, *, till: str | None = None, store: str = "", chosen: str = "") -> Office:
    """Sit down at a station."""
    where = Post(lambda: shop.database.station.till if till is None else till, lambda: store, lambda: chosen)
    return Office(shop.reader, shop.work, shop.feed, shop.clock, where, lambda: shop.person)


def test_a_till_shows_its_own_shop_and_any_other_station_the_one_that_was_chosen(empty: BackOffice) -> None:
    for shop in ("s1", "s2", "s3"):
        empty.do(SaveShop(Shop(shop, shop.upper(), "GBP")))
    empty.do(SaveTill(Till("t2", "s2", "2", "Till 2")))

    def shown(till: str = "", store: str = "", chosen: str = "") -> str:
        shop = office_of(empty, till=till, store=store, chosen=chosen).shop
        return shop.id if shop else ""

    assert shown() == "s1", "the first one that there is"
    assert shown(store="s3") == "s3", "the one whose station it is"
    assert shown(store=HEAD_OFFICE) == "s1"
    assert shown(store=HEAD_OFFICE, chosen="s2") == "s2"
    assert shown(store=HEAD_OFFICE, chosen="gone") == "s1"
    assert shown(till="t2", chosen="s1") == "s2"


def test_a_head_office_hears_all_stores_and_a_store_itself(empty: BackOffice) -> None:
    assert office_of(empty, store=HEAD_OFFICE).hears("s1")
    assert office_of(empty).hears("s1")
    assert [office_of(empty, store="s1").hears(shop) for shop in ("s1", "s2")] == [True, False]


def test_all_tills_are_listed_by_their_codes(empty: BackOffice) -> None:
    empty.do(SaveShop(Shop("s1", "Corner Coffee", "GBP")))
    for code in ("10", "2", "1"):
        empty.do(SaveTill(Till(f"t{code}", "s1", code, f"Till {code}")))
    assert [till.code for till in office_of(empty).tills] == ["1", "2", "10"]
    assert office_of(empty).locale == "en"


def test_before_there_is_a_shop_there_is_none_and_then_it_is_there(empty: BackOffice) -> None:
    office = office_of(empty)
    assert office.shop is None
    empty.do(SaveShop(Shop("s1", "Corner Coffee", "GBP")))
    assert office.shop is not None
    assert office.till() == "", "a back office knows its shop, too"


def test_the_first_commands_need_nobody_and_the_next_need_somebody(empty: BackOffice) -> None:
    office = office_of(empty)
    done: list[Done] = []
    refused: list[str] = []
    empty.person = None
    office.set_up(SavePerson(ANNA), then=done.append, refused=refused.append)
    until(lambda: done)
    assert people(empty.reader) == [ANNA]
    office.change(SavePerson(BEN), then=done.append, refused=refused.append)
    assert refused == ["Sign in first, then try again."]
    empty.person = ANNA
    office.change(SavePerson(BEN), then=done.append, refused=refused.append)
    until(lambda: len(done) == 2)
    empty.person = BEN
    office.change(SavePerson(ANNA), then=done.append, refused=refused.append)
    until(lambda: len(refused) == 2)
    assert refused[1].endswith(".")


def test_rights_are_asked_of_whoever_is_there(empty: BackOffice) -> None:
    office = office_of(empty)
    for person, may in ((ANNA, True), (BEN, False), (Person("x", "X", Role.MANAGER, is_active=False), False)):
        empty.person = person
        assert office.may("shop.edit") is may
