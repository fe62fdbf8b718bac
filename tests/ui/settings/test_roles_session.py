"""What a role may is changed right by right, saved together, taken back, and merged with what others say."""

from __future__ import annotations

import pytest

from omsdesk.domain.people import Person, Role
from omsdesk.domain.rights import Leave, Rule
from omsdesk.domain.role import SaveRole
from omsdesk.store.queries.people import rules
from omsdesk.ui.settings.office import NO_RIGHT
from omsdesk.ui.settings.roles_session import ROLES, SHOWN, RolesSession
from tests.ui.back_office import ANNA, BEN, OWNER, BackOffice, until
from tests.ui.settings.conftest import Computer


@pytest.fixture
def session(computer: Computer) -> RolesSession:
    return RolesSession(computer.office())


def rule(shop: BackOffice, right: str, role: str = "cashier") -> Rule:
    return rules(shop.reader, role)[right]


def save(session: RolesSession) -> None:
    session.save()
    until(lambda: not session.is_saving)


def test_what_is_usual_is_shown_and_owners_are_not(session: RolesSession) -> None:
    assert Role.OWNER not in ROLES
    assert "shop.own" not in SHOWN
    assert session.rows["sale.discount"].most == "10"
    assert session.rows["cash.move"].leave == Leave.APPROVAL
    assert not session.has_changes


def test_changes_of_several_roles_are_saved_together_and_taken_back(shop: BackOffice, session: RolesSession) -> None:
    session.set_most("sale.discount", "7,5")
    session.set_leave("sale.void", "approval")
    session.choose("supervisor")
    session.set_most("cash.move", "200")
    save(session)
    assert (session.saved, session.refusal, session.has_changes) == ("Roles saved", "", False)
    assert rule(shop, "sale.discount") == Rule("sale.discount", Leave.ALLOWED, 75_000)
    assert rule(shop, "sale.void").leave is Leave.APPROVAL
    assert rule(shop, "cash.move", "supervisor").most == 20_000
    session.choose("cashier")
    assert session.rows["sale.discount"].most == "7.5", "as it is written here"
    session.take_back()
    until(lambda: rule(shop, "sale.void").leave is Leave.ALLOWED)
    assert rule(shop, "sale.discount").most == 100_000
    assert rule(shop, "cash.move", "supervisor").most is None
    assert not session.can_undo


def test_a_limit_that_cannot_be_read_is_said_at_its_right_and_nothing_is_saved(
    shop: BackOffice, session: RolesSession
) -> None:
    before = shop.facts
    session.set_most("sale.discount", "ten")
    session.choose("supervisor")
    session.set_leave("sale.void", "denied")
    save(session)
    assert session.role == "cashier", "the role with the mistake is shown"
    assert "percentage" in session.errors["sale.discount"]
    assert shop.facts == before
    session.set_most("sale.discount", "10")
    save(session)
    assert rule(shop, "sale.void", "supervisor").leave is Leave.DENIED


def test_what_somebody_else_says_meanwhile_comes_in_beside_what_is_typed(
    shop: BackOffice, session: RolesSession
) -> None:
    session.set_leave("sale.void", "approval")
    shop.do(SaveRole("cashier", (Rule("cash.move", Leave.DENIED),)))
    session.refresh()
    assert session.rows["cash.move"].leave == "denied"
    assert session.rows["sale.void"].leave == "approval"
    save(session)
    assert rule(shop, "cash.move").leave is Leave.DENIED
    assert rule(shop, "sale.void").leave is Leave.APPROVAL


def test_what_was_typed_is_forgotten_on_demand(session: RolesSession) -> None:
    session.set_leave("sale.void", "approval")
    session.discard()
    assert not session.has_changes


def test_a_manager_does_not_give_managers_more_and_a_cashier_changes_nothing(
    shop: BackOffice, session: RolesSession
) -> None:
    session.choose("manager")
    session.set_leave("stock.move", "denied")
    save(session)
    assert "for an owner to say" in session.refusal
    shop.person = OWNER
    save(session)
    assert rule(shop, "stock.move", "manager").leave is Leave.DENIED
    shop.person = BEN
    assert not session.may_edit
    session.set_leave("stock.move", "allowed")
    save(session)
    assert session.refusal == NO_RIGHT
    shop.person = Person(ANNA.id, ANNA.name, ANNA.role)
