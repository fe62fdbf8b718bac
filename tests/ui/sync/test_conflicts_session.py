"""What two people said of one thing is settled by a third, and is gone at every station."""

from __future__ import annotations

from dataclasses import replace

import pytest

from omsdesk.domain.catalogue import PackCode, ProductEdit, SaveProducts
from omsdesk.domain.shop import SaveShop, SaveTill, Till
from omsdesk.domain.values import Money, barcode_key
from omsdesk.store.queries.catalogue import product_as_edit
from omsdesk.ui.sync.conflicts_session import ConflictsSession
from omsdesk.ui.sync.office import NO_RIGHT
from omsdesk.ui.sync.stations_session import StationsSession
from tests.ui.back_office import ANNA, BEN, until
from tests.ui.sync.desks import Desk, House, Opens


@pytest.fixture
def second(desk: Desk, house: House, opens: Opens) -> Desk:
    """Another station of the shop."""
    made = opens("second", is_set_up=False)
    made.connect(house, house.code("s1"))
    made.shop.person = ANNA
    return made


def meet(house: House, *desks: Desk, count: int = 1) -> None:
    """Let everybody hear of everybody, and find so much to settle."""
    house.come_back()
    for desk in desks:
        desk.exchange.sync_now()
    until(lambda: all(desk.is_synced() and desk.exchange.state.conflicts == count for desk in desks))


@pytest.fixture
def quarrel(desk: Desk, second: Desk, house: House) -> ConflictsSession:
    """Two prices for the oat milk; the part where it is settled, at the first station."""
    house.go_down()
    desk.reprice("oat", "2.95")
    second.reprice("oat", "3.10")
    meet(house, desk, second)
    return opened(desk)


def opened(desk: Desk) -> ConflictsSession:
    stations = StationsSession(desk.office)
    stations.refresh()
    session = ConflictsSession(desk.office, stations.name)
    session.refresh()
    until(lambda: session.is_read and stations.stations)
    return session


def test_both_values_are_there_with_whose_word_they_are(quarrel: ConflictsSession, desk: Desk) -> None:
    conflict = quarrel.conflict
    assert conflict is not None
    assert quarrel.title(conflict) == ("Oat milk, 1 L", "Product · Price")
    values = {value.words: value for value in quarrel.values(conflict)}
    assert set(values) == {"£2.95", "£3.10"}
    assert values["£2.95"].where == "this computer"
    assert values["£3.10"].where == "second"
    assert {value.who for value in values.values()} == {"Anna Keller"}
    assert desk.exchange.state.conflicts == 1


def test_settled_here_it_is_gone_there(quarrel: ConflictsSession, desk: Desk, second: Desk) -> None:
    conflict = quarrel.conflict
    assert conflict is not None
    at = [value.words for value in quarrel.values(conflict)].index("£3.10")
    quarrel.settle(at)
    quarrel.settle(1 - at)
    until(lambda: quarrel.done)
    assert quarrel.done == "Settled. Oat milk, 1 L, price: £3.10."
    until(lambda: not quarrel.conflicts)
    until(lambda: not second.exchange.state.conflicts and second.price("oat") == Money.of("3.10", "GBP"))
    assert desk.price("oat") == Money.of("3.10", "GBP")
    there = opened(second)
    assert there.conflicts == []


def test_settled_there_meanwhile_it_is_gone_here(quarrel: ConflictsSession, second: Desk) -> None:
    there = opened(second)
    there.settle(0)
    until(lambda: there.done)
    until(lambda: not quarrel.office.exchange.state.conflicts)
    quarrel.refresh()
    until(lambda: not quarrel.conflicts)
    quarrel.settle(0)
    assert not quarrel.is_saving


def test_who_may_not_change_products_can_only_look(quarrel: ConflictsSession, desk: Desk) -> None:
    desk.shop.person = BEN
    assert not quarrel.may_settle
    quarrel.settle(0)
    assert quarrel.refusal == NO_RIGHT
    assert desk.exchange.state.conflicts == 1


def test_a_barcode_of_two_products_goes_to_one(desk: Desk, second: Desk, house: House) -> None:
    house.go_down()
    code = (PackCode(barcode_key("4002515289693")),)
    for at, product in ((desk, "mug"), (second, "bag")):
        known = product_as_edit(at.shop.reader, product)
        assert known is not None
        at.shop.do(SaveProducts(f"codes-{product}", (ProductEdit(product, known.base, barcodes=code),)), actor="anna")
    meet(house, desk, second)
    session = opened(desk)
    conflict = session.conflict
    assert conflict is not None
    assert session.title(conflict) == ("4002515289693", "Barcode · The product it belongs to")
    words = [value.words for value in session.values(conflict)]
    assert sorted(words) == ["Paper bag", "Travel mug, 350 ml"]
    session.settle(words.index("Paper bag"))
    until(lambda: not session.conflicts)
    assert session.done == "Settled. 4002515289693, the product it belongs to: Paper bag."
    mug = product_as_edit(desk.shop.reader, "mug")
    assert mug is not None
    assert not mug.barcodes


def test_a_code_of_two_tills_is_kept_by_one_and_the_other_gets_a_free_one(
    desk: Desk, second: Desk, house: House
) -> None:
    house.go_down()
    for at, name in ((desk, "Bar"), (second, "Terrace")):
        at.shop.do(SaveTill(Till(name.lower(), "s1", "5", name)), actor="anna")
    meet(house, desk, second)
    session = opened(desk)
    conflict = session.conflict
    assert conflict is not None
    assert session.title(conflict) == ("5", "Code of tills · The till that keeps it")
    assert [value.words for value in session.values(conflict)] == ["Bar", "Terrace"]
    session.settle(1)
    until(lambda: not session.conflicts)
    assert session.done == "Settled. 5, the till that keeps it: Terrace."
    codes = {till.name: till.code for till in desk.office.tills}
    assert codes["Terrace"] == "5"
    assert codes["Bar"] != "5"


def test_the_next_one_takes_the_place_of_the_one_that_is_settled(desk: Desk, second: Desk, house: House) -> None:
    house.go_down()
    for at, price, foot in ((desk, "2.95", "Thank you!"), (second, "3.10", "Come again!")):
        at.reprice("oat", price)
        shop = at.office.shop
        assert shop is not None
        at.shop.do(SaveShop(replace(shop, footer=(foot,)), ("footer",)), actor="anna")
    meet(house, desk, second, count=2)
    session = opened(desk)
    assert len(session.conflicts) == 2
    session.choose(("product", "oat", session.conflicts[0].field))
    session.settle(0)
    until(lambda: len(session.conflicts) == 1)
    assert session.conflict is not None
    assert session.title(session.conflict) == ("Corner Coffee", "Shop · Last lines of receipts")
    session.choose(session.chosen)  # type: ignore[arg-type]
    assert session.done, "choosing what is shown already hides nothing"
