"""What the settings' screens work with: whoever is there, the shop of now, and the first commands of all."""

from __future__ import annotations

from omsdesk.actions.execute import Done
from omsdesk.domain.people import Person, Role, SavePerson
from omsdesk.domain.shop import SaveShop, Shop
from omsdesk.store.queries.till import people
from tests.ui.back_office import ANNA, BEN, BackOffice, until
from tests.ui.settings.conftest import Computer


def test_before_there_is_a_shop_there_is_none_and_then_it_is_there(empty: BackOffice) -> None:
    office = Computer(empty).office()
    assert office.shop is None
    empty.do(SaveShop(Shop("s1", "Corner Coffee", "GBP")))
    assert office.shop is not None
    assert office.till() == "", "a back office knows its shop, too"


def test_the_first_commands_need_nobody_and_the_next_need_somebody(empty: BackOffice) -> None:
    office = Computer(empty).office()
    done: list[Done] = []
    refused: list[str] = []
    empty.person = None
    office.set_up(SavePerson(ANNA), then=done.append, refused=refused.append)
    until(lambda: done)
    assert people(empty.reader) == [ANNA]
    office.change(SavePerson(BEN), then=done.append, refused=refused.append)
    assert refused == ["Sign in first, then save again."]
    empty.person = ANNA
    office.change(SavePerson(BEN), then=done.append, refused=refused.append)
    until(lambda: len(done) == 2)
    empty.person = BEN
    office.change(SavePerson(ANNA), then=done.append, refused=refused.append)
    until(lambda: len(refused) == 2)
    assert refused[1].endswith(".")


def test_rights_are_asked_of_whoever_is_there(empty: BackOffice) -> None:
    office = Computer(empty).office()
    for person, may in ((ANNA, True), (BEN, False), (Person("x", "X", Role.MANAGER, is_active=False), False)):
        empty.person = person
        assert office.may("shop.edit") is may
