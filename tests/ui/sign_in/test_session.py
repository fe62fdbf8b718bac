"""Who works where nothing is sold."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from omsdesk.actions.people import hash_badge
from omsdesk.domain.attempts import FREE
from omsdesk.domain.people import Role, SavePerson
from omsdesk.domain.shop import SaveShop
from omsdesk.ui.sign_in.session import BackOfficeSession
from tests.ui.back_office import ANNA, BackOffice, until
from tests.ui.sign_in.conftest import PIN

BADGE = "ANNAS-BADGE-0001"


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


def test_wrong_pins_rest_and_that_is_all_that_is_noted(
    shop: BackOffice, session: BackOfficeSession, qapp: object
) -> None:
    before = shop.facts
    for _ in range(FREE):
        sign_in(session, "9999")
    assert session.message.startswith("Too many wrong PINs. Try again in ")
    assert shop.facts == before + 1
    sign_in(session)
    assert session.person is None, "not even the right one is looked at"


def test_a_badge_says_who_is_there_and_lets_them_in_where_the_shop_says_so(
    shop: BackOffice, session: BackOfficeSession, qapp: object
) -> None:
    assert session.read_badge(BADGE), "nobody has one; it is no PIN either"
    assert session.message == "Sign in first, then scan."
    anna = next(person for person in session.people if person.id == "anna")
    shop.do(SavePerson(replace(anna, badge_hash=hash_badge(BADGE, ()))))
    assert session.read_badge("SOMEBODY-ELSES-BADGE")
    until(lambda: session.message == "Nobody here has this badge.")
    assert session.read_badge(BADGE)
    until(lambda: session.badge_of == "anna")
    assert session.person is None
    where = session.shop
    assert where is not None
    shop.do(SaveShop(replace(where, badge_signs_in=True)))
    assert session.read_badge(BADGE)
    until(lambda: session.person is not None)
    assert not session.read_badge(BADGE), "whoever scans now scans no badge"


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
    of_a_store = BackOfficeSession(shop.reader, shop.work, lambda: "s1", shop.clock)
    assert (of_a_store.title, "stores" in of_a_store.what) == ("Back office of Corner Coffee", False)


def test_where_nobody_has_a_pin_nobody_has_to_sign_in(tmp_path: Path, qapp: object) -> None:
    shop = BackOffice(tmp_path)
    session = BackOfficeSession(shop.reader, shop.work, lambda: "", shop.clock)
    assert session.person is None, "there is no shop yet"
    shop.set_up()
    assert session.person is not None
    assert session.people == []
    shop.close()
