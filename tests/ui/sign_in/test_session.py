"""Who works where nothing is sold."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from omsdesk.domain.people import Role, SavePerson
from omsdesk.ui.sign_in.session import BackOfficeSession
from tests.ui.back_office import ANNA, BackOffice, until
from tests.ui.sign_in.conftest import PIN


def sign_in(session: BackOfficeSession, pin: str = PIN) -> None:
    """Type Anna's PIN, and wait until it was looked at."""
    session.sign_in(next(person for person in session.people if person.id == "anna"), pin)
    until(lambda: not session.is_checking)


def test_nobody_is_there_before_a_pin_was_right(session: BackOfficeSession, qapp: object) -> None:
    assert session.person is None
    sign_in(session, "9999")
    assert (session.person, session.is_wrong) == (None, True)
    sign_in(session)
    assert session.person is not None
    assert (session.person.name, session.is_wrong) == (ANNA.name, False)
    session.sign_out()
    assert session.person is None


def test_those_come_first_who_have_something_to_do_there(session: BackOfficeSession, qapp: object) -> None:
    assert [person.name for person in session.people] == ["Anna Keller", "Olga Berg", "Ben Ito"]


def test_rights_are_those_of_now(shop: BackOffice, session: BackOfficeSession, qapp: object) -> None:
    sign_in(session)
    known = session.person
    assert known is not None
    shop.do(SavePerson(replace(known, role=Role.CASHIER)))
    assert session.person is not None
    assert not session.person.may("reports.read")
    shop.do(SavePerson(replace(known, is_active=False)))
    assert session.person is None, "who left the business is not there any more"


def test_nothing_is_noted_in_the_journal(shop: BackOffice, session: BackOfficeSession, qapp: object) -> None:
    before = shop.facts
    sign_in(session)
    assert shop.facts == before


def test_it_says_what_the_computer_is(shop: BackOffice, session: BackOfficeSession, qapp: object) -> None:
    assert (session.title, "hears all stores" in session.what) == ("Head office", True)
    of_a_store = BackOfficeSession(shop.reader, shop.work, lambda: "s1")
    assert (of_a_store.title, "stores" in of_a_store.what) == ("Back office of Corner Coffee", False)


def test_where_nobody_has_a_pin_nobody_has_to_sign_in(tmp_path: Path, qapp: object) -> None:
    shop = BackOffice(tmp_path)
    session = BackOfficeSession(shop.reader, shop.work, lambda: "")
    assert session.person is None, "there is no shop yet"
    shop.set_up()
    assert session.person is not None
    assert session.people == []
    shop.close()
