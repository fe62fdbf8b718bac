"""What is typed over what is known: a part of the settings may be changed, was changed, can be taken back."""

from __future__ import annotations

from omsdesk.ui.settings.roles_session import RolesSession
from omsdesk.ui.settings.shop_session import ShopSession
from tests.ui.back_office import BEN, OWNER, BackOffice
from tests.ui.settings.conftest import Computer


def test_each_part_asks_for_its_own_right(shop: BackOffice, computer: Computer) -> None:
    of_shop, of_roles = ShopSession(computer.office()), RolesSession(computer.office())
    assert (of_shop.right, of_roles.right) == ("shop.edit", "people.edit")
    for person, may in ((OWNER, True), (BEN, False)):
        shop.person = person
        assert (of_shop.may_edit, of_roles.may_edit) == (may, may)


def test_nothing_is_typed_and_nothing_can_be_taken_back_at_first(computer: Computer) -> None:
    session = ShopSession(computer.office())
    assert (session.has_changes, session.can_undo) == (False, False)
    session.set("name", "Another name")
    assert session.has_changes
    session.set("name", session.start.name)
    assert not session.has_changes
