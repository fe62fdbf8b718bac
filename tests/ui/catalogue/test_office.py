"""What the catalogue's screens work with: the shop as it is now, and whoever is there now."""

from __future__ import annotations

from omsdesk.actions.execute import Done
from omsdesk.domain.catalogue import ProductEdit, SaveProducts
from omsdesk.domain.people import Role
from omsdesk.domain.shop import SaveShop, Shop
from tests.ui.back_office import ANNA, BEN, OWNER, BackOffice, until
from tests.ui.catalogue.conftest import kept, office_of


def test_managers_and_owners_change_the_catalogue_and_nobody_else(shop: BackOffice) -> None:
    office = office_of(shop)
    for person, may in ((ANNA, True), (OWNER, True), (BEN, False), (None, False)):
        shop.person = person
        assert office.may_edit is may
    assert BEN.role is Role.CASHIER


def test_the_shop_is_the_one_of_now(shop: BackOffice) -> None:
    office = office_of(shop)
    assert office.shop.name == "Corner Coffee"
    shop.do(SaveShop(Shop("s1", "Corner Tea", "GBP")))
    assert office.shop.name == "Corner Tea"


def test_a_change_is_told_when_it_is_on_the_disk(shop: BackOffice) -> None:
    done: list[Done] = []
    refused: list[str] = []
    office_of(shop).change(
        SaveProducts("b", (ProductEdit("mug", 1, brand="Nord"),)), then=done.append, refused=refused.append
    )
    assert done == [], "never at once: the disk comes first"
    until(lambda: done)
    assert kept(shop, "mug").brand == "Nord"
    assert refused == []


def test_a_refusal_and_nobody_there_are_told_in_words(shop: BackOffice) -> None:
    refused: list[str] = []
    done: list[Done] = []
    shop.person = BEN
    edit = SaveProducts("b", (ProductEdit("mug", 1, brand="Nord"),))
    office_of(shop).change(edit, then=done.append, refused=refused.append)
    until(lambda: refused)
    shop.person = None
    office_of(shop).change(edit, then=done.append, refused=refused.append)
    assert refused[1] == "Sign in first, then try again."
    assert done == []
    assert kept(shop, "mug").brand == ""
