"""People are added, changed and locked out; what is typed of one is never saved as another's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from omsdesk.actions.people import knows_pin
from omsdesk.domain.people import Person, Role, SavePerson
from omsdesk.store.queries.conflicts import conflicts
from omsdesk.store.queries.settings import everybody
from omsdesk.ui.settings.office import NO_RIGHT
from omsdesk.ui.settings.people_session import PeopleSession
from tests.ui.back_office import ANNA, BEN, OWNER, BackOffice, until
from tests.ui.settings.conftest import Computer

CARLA = Person("carla", "Carla Moss", Role.CASHIER, "a hash")


@pytest.fixture
def session(shop: BackOffice, computer: Computer) -> PeopleSession:
    """Sit down before the people's page; Carla has a PIN, so that saving her hashes none."""
    shop.do(SavePerson(CARLA))
    return PeopleSession(computer.office())


@pytest.fixture
def elsewhere(shop: BackOffice, session: PeopleSession) -> Iterator[PeopleSession]:
    """Sit down before the same page in a second program."""
    other = shop.another_program()
    yield PeopleSession(Computer(other).office())
    other.close()


def kept(shop: BackOffice, person: str = "carla") -> Person:
    """Read somebody as they are kept."""
    return next(who for who in everybody(shop.reader) if who.id == person)


def save(session: PeopleSession) -> None:
    """Press Save and wait until it is on the disk."""
    session.save()
    assert session.is_saving, (session.errors, session.refusal)
    until(lambda: not session.is_saving)


def test_everybody_is_listed_and_the_first_is_shown(session: PeopleSession) -> None:
    assert [who.name for who in session.listed] == ["Anna Keller", "Ben Ito", "Carla Moss", "Olga Berg"]
    assert session.chosen == ANNA
    assert not session.has_changes


def test_a_role_is_changed_and_taken_back(shop: BackOffice, session: PeopleSession) -> None:
    session.choose("carla")
    session.set("role", "supervisor")
    save(session)
    assert kept(shop).role is Role.SUPERVISOR
    assert kept(shop).pin_hash == "a hash", "an empty PIN leaves the one they have"
    assert session.saved == "Saved “Carla Moss”"
    assert session.can_undo
    session.take_back()
    until(lambda: kept(shop).role is Role.CASHIER)
    until(lambda: session.draft.role == "cashier")


def test_a_pin_is_hashed_and_forgotten(shop: BackOffice, session: PeopleSession) -> None:
    session.choose("carla")
    session.set("pin", "2580")
    session.set("pin_again", "2580")
    save(session)
    assert knows_pin(kept(shop), "2580")
    assert (session.draft.pin, session.draft.pin_again) == ("", "")
    assert not session.has_changes


def test_a_pin_is_never_given_to_whoever_is_chosen_while_it_is_hashed(shop: BackOffice, session: PeopleSession) -> None:
    session.choose("carla")
    session.set("pin", "2580")
    session.set("pin_again", "2580")
    session.save()
    session.choose("ben")
    session.set("name", "Benjamin Ito")
    until(lambda: not session.is_saving)
    assert kept(shop, "ben") == BEN, "Ben has the PIN and the name that he had"
    assert kept(shop).pin_hash != "a hash"
    assert (session.chosen, session.draft.name) == (BEN, "Benjamin Ito")
    assert session.unsaved == [], "Carla was saved after all"


def test_somebody_new_is_added_and_undone(shop: BackOffice, session: PeopleSession) -> None:
    session.begin()
    assert session.has_changes
    for name, text in (("name", " Dora Lind "), ("pin", "1357"), ("pin_again", "1357")):
        session.set(name, text)
    save(session)
    dora = next(who for who in everybody(shop.reader) if who.name == "Dora Lind")
    assert session.chosen == dora
    assert not session.is_new
    session.take_back()
    until(lambda: not kept(shop, dora.id).is_active)
    until(lambda: not session.draft.is_active)


def test_nothing_typed_is_nothing_saved(shop: BackOffice, session: PeopleSession) -> None:
    before = shop.facts
    session.choose("carla")
    session.save()
    session.set("name", "X")
    session.set("name", "Carla Moss")
    session.save()
    assert shop.facts == before


def test_save_pressed_twice_saves_once(shop: BackOffice, session: PeopleSession) -> None:
    session.choose("carla")
    session.set("role", "clerk")
    before = shop.facts
    session.save()
    session.save()
    until(lambda: not session.is_saving)
    assert shop.facts == before + 1


def test_what_is_typed_while_the_disk_is_busy_stays(shop: BackOffice, session: PeopleSession) -> None:
    session.choose("carla")
    session.set("role", "clerk")
    session.save()
    session.set("name", "Carla Moss-Lind")
    until(lambda: not session.is_saving)
    assert kept(shop).name == "Carla Moss"
    assert session.draft.name == "Carla Moss-Lind"
    assert session.draft.role == "clerk"


# --- going from one to another ----------------------------------------------------------------------------------------


def test_what_was_typed_of_one_waits_until_one_comes_back(shop: BackOffice, session: PeopleSession) -> None:
    session.choose("carla")
    session.set("name", "Carla Lind")
    session.choose("ben")
    assert session.draft.name == "Ben Ito"
    assert session.unsaved == ["carla"]
    session.choose("carla")
    assert session.draft.name == "Carla Lind"
    assert session.unsaved == []
    save(session)
    assert kept(shop).name == "Carla Lind"


def test_somebody_new_waits_in_the_list(session: PeopleSession) -> None:
    session.begin()
    session.set("name", "Dora Lind")
    new = session.chosen
    assert new is not None
    session.choose("ben")
    assert [who.name for who in session.listed][-1] == "Dora Lind"
    session.choose(new.id)
    assert session.is_new
    assert session.draft.name == "Dora Lind"


def test_an_empty_form_for_somebody_new_leaves_nothing_behind(session: PeopleSession) -> None:
    session.begin()
    session.choose("ben")
    assert session.unsaved == []
    assert len(session.listed) == 4


def test_what_was_typed_is_forgotten_when_one_wants(session: PeopleSession) -> None:
    session.choose("carla")
    session.set("name", "")
    session.save()
    assert session.errors
    session.discard()
    assert (session.draft.name, session.errors) == ("Carla Moss", {})
    session.begin()
    session.set("name", "Dora")
    session.discard()
    assert session.chosen == ANNA


def test_choosing_who_is_shown_or_who_is_nobody_changes_nothing(session: PeopleSession) -> None:
    session.choose("carla")
    session.set("name", "Carla Lind")
    session.choose("carla")
    session.choose("nobody")
    assert session.draft.name == "Carla Lind"


# --- refusals ---------------------------------------------------------------------------------------------------------


def test_a_manager_cannot_make_an_owner(shop: BackOffice, session: PeopleSession) -> None:
    session.choose("carla")
    session.set("role", "owner")
    session.save()
    until(lambda: session.refusal)
    assert "owner" in session.refusal
    assert not session.is_saving
    assert kept(shop).role is Role.CASHIER
    assert session.draft.role == "owner"


def test_a_refusal_names_who_was_refused_if_somebody_else_is_shown(session: PeopleSession) -> None:
    session.choose("carla")
    session.set("role", "owner")
    session.save()
    session.choose("ben")
    until(lambda: session.refusal)
    assert session.refusal.startswith("“Carla Moss” was not saved:")
    session.choose("carla")
    assert (session.draft.role, session.refusal) == ("owner", "")


def test_the_last_owner_cannot_leave_though_there_is_a_manager(shop: BackOffice, session: PeopleSession) -> None:
    shop.person = OWNER
    session.choose(OWNER.id)
    session.set("is_active", False)
    session.save()
    until(lambda: session.refusal)
    assert session.refusal.startswith("The shop would have no owner any more.")
    assert kept(shop, OWNER.id).is_active


def test_a_cashier_changes_nobody(shop: BackOffice, session: PeopleSession) -> None:
    shop.person = BEN
    session.choose("carla")
    session.set("name", "Carl")
    session.save()
    assert session.refusal == NO_RIGHT
    assert kept(shop) == CARLA


# --- two people -------------------------------------------------------------------------------------------------------


def test_a_new_pin_from_elsewhere_is_not_overwritten_by_a_new_name(
    shop: BackOffice, session: PeopleSession, elsewhere: PeopleSession
) -> None:
    session.choose("carla")
    session.set("name", "Carla Lind")
    shop.do(SavePerson(Person("carla", "Carla Moss", Role.SUPERVISOR, "a new hash")))
    elsewhere.refresh()
    save(session)
    assert kept(shop) == Person("carla", "Carla Lind", Role.SUPERVISOR, "a new hash")


def test_undo_leaves_what_others_changed_since(
    shop: BackOffice, session: PeopleSession, elsewhere: PeopleSession
) -> None:
    session.choose("carla")
    session.set("role", "clerk")
    save(session)
    elsewhere.refresh()
    elsewhere.choose("carla")
    elsewhere.set("name", "Carla Lind")
    save(elsewhere)
    session.take_back()
    until(lambda: kept(shop).role is Role.CASHIER)
    assert kept(shop).name == "Carla Lind"


def test_two_who_change_one_thing_of_somebody_both_have_said_it(
    shop: BackOffice, session: PeopleSession, elsewhere: PeopleSession
) -> None:
    for page, role in ((session, "clerk"), (elsewhere, "supervisor")):
        page.refresh()
        page.choose("carla")
        page.set("role", role)
    save(elsewhere)
    session.refresh()
    save(session)
    (found,) = conflicts(shop.reader)
    assert {said.value for said in found.values} == {Role.CLERK, Role.SUPERVISOR}


def test_somebody_who_changes_one_thing_again_and_undoes_it_differs_from_nobody(
    shop: BackOffice, session: PeopleSession
) -> None:
    session.choose("carla")
    for role in ("clerk", "supervisor"):
        session.set("role", role)
        save(session)
    session.take_back()
    until(lambda: kept(shop).role is Role.CLERK)
    assert conflicts(shop.reader) == []


def test_undo_of_what_another_changed_since_is_a_second_opinion(
    shop: BackOffice, session: PeopleSession, elsewhere: PeopleSession
) -> None:
    session.choose("carla")
    session.set("role", "clerk")
    save(session)
    elsewhere.refresh()
    elsewhere.choose("carla")
    elsewhere.set("role", "supervisor")
    save(elsewhere)
    session.take_back()
    until(lambda: conflicts(shop.reader))
    (found,) = conflicts(shop.reader)
    assert {said.value for said in found.values} == {Role.CASHIER, Role.SUPERVISOR}


def test_who_is_added_elsewhere_is_listed_and_what_is_typed_stays(
    session: PeopleSession, elsewhere: PeopleSession, shop: BackOffice
) -> None:
    session.choose("carla")
    session.set("name", "Carla Lind")
    shop.do(SavePerson(Person("dora", "Dora Lind", Role.CLERK, "hash")))
    session.refresh()
    assert "Dora Lind" in [who.name for who in session.listed]
    assert session.draft.name == "Carla Lind"
