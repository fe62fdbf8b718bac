"""What the reports' screens work with: the shop of now, and who may see figures."""

from __future__ import annotations

from pathlib import Path

from omsdesk.domain.people import Person, Role
from omsdesk.domain.shop import SaveShop, Shop
from omsdesk.ui.reports.office import Office
from tests.ui.back_office import BackOffice


def test_figures_are_for_those_who_answer_for_them(shop: BackOffice, tmp_path: Path) -> None:
    office = Office(shop.reader, shop.work, shop.feed, shop.clock, "t1", lambda: shop.person, lambda: tmp_path)
    may = {}
    for role in Role:
        shop.person = Person(str(role), str(role), role)
        may[role] = office.may_read
    assert {role for role, reads in may.items() if reads} == {Role.MANAGER, Role.OWNER, Role.ACCOUNTANT}
    shop.person = None
    assert not office.may_read


def test_the_shop_is_the_one_of_now_and_of_this_till(shop: BackOffice, tmp_path: Path) -> None:
    office = Office(shop.reader, shop.work, shop.feed, shop.clock, "t1", lambda: None, lambda: tmp_path)
    shop.do(SaveShop(Shop("s1", "Corner Tea", "GBP")))
    assert office.shop.name == "Corner Tea"
