"""The page that asks who is selling follows what becomes of people elsewhere."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from omsdesk.actions.people import hash_badge
from omsdesk.domain.people import Person, Role, SavePerson
from omsdesk.domain.shop import SaveShop
from omsdesk.store.queries import till as queries
from omsdesk.ui.till.lock_view import LockView
from omsdesk.ui.till.screen import Mode
from tests.ui.till.shop import PINS, SHOP, Station, code_of, hashed

NEW = Person("nora", "Nora New", Role.CASHIER, hashed("1357"))


@pytest.fixture
def locked(station: Station) -> Station:
    return station.start(is_signed_in=False)


def hear(station: Station, *people: Person) -> None:
    """Hear of people as another station saved them."""
    station.do(*map(SavePerson, people))
    station.settle()


def known(station: Station, who: str) -> Person:
    found = queries.person(station.reader, who)
    assert found is not None
    return found


def test_a_new_cashier_appears_on_the_page_that_waits(locked: Station) -> None:
    view = locked.view(LockView)
    locked.type_in("25")
    locked.until(lambda: view.pad._pin == "25")
    hear(locked, NEW)
    assert list(view.cards) == ["anna", "ben", "nora"]
    assert view.cards["nora"].isVisible()
    assert view.pad._pin == "25", "nobody loses the digits they were typing"
    view.cards["nora"].click()
    locked.type_in("1357")
    locked.press(Qt.Key.Key_Return)
    locked.until(lambda: locked.is_in(Mode.SELLING))
    assert locked.state.counter.actor == "nora"


def test_a_badge_chooses_who_it_is_and_the_pin_lets_them_in(locked: Station) -> None:
    view = locked.view(LockView)
    badge = hash_badge("BENS-BADGE-0001", ())
    hear(locked, replace(known(locked, "ben"), badge_hash=badge))
    locked.scan("SOMEBODY-ELSES-BADGE")
    locked.until(lambda: view.pad._message.text() == "Nobody here has this badge.")
    locked.scan("BENS-BADGE-0001")
    locked.until(lambda: view.chosen is not None and view.chosen.id == "ben")
    assert locked.is_in(Mode.LOCKED)
    locked.type_in(PINS["ben"])
    locked.press(Qt.Key.Key_Return)
    locked.until(lambda: locked.is_in(Mode.SELLING))
    assert locked.state.counter.actor == "ben"


def test_the_digits_of_an_article_are_no_pin(locked: Station) -> None:
    view = locked.view(LockView)
    locked.scan(code_of("oat"))
    locked.until(lambda: view.pad._message.text() == "Sign in first, then scan.")
    assert (view.pad._pin, locked.state.sign_in.is_wrong) == ("", False)
    locked.type_in(PINS["anna"])
    locked.press(Qt.Key.Key_Return)
    locked.until(lambda: locked.is_in(Mode.SELLING))
    assert locked.lines == []


def test_a_badge_is_enough_where_the_shop_says_so(locked: Station) -> None:
    hear(locked, replace(known(locked, "ben"), badge_hash=hash_badge("BENS-BADGE-0001", ())))
    locked.do(SaveShop(replace(SHOP, badge_signs_in=True)))
    locked.settle()
    locked.scan("BENS-BADGE-0001")
    locked.until(lambda: locked.is_in(Mode.SELLING))
    assert locked.state.counter.actor == "ben"


def test_how_long_a_pin_rests_is_counted_down_until_it_may_be_typed_again(locked: Station) -> None:
    view = locked.view(LockView)
    for _ in range(3):
        locked.type_in("0000")
        locked.press(Qt.Key.Key_Return)
        locked.until(lambda: bool(view.pad._message.text()))
    said = view.pad._message.text()
    assert said.startswith("Too many wrong PINs. Try again in ")
    locked.bot.waitUntil(lambda: view.pad._message.text() != said, timeout=20_000)
    assert view.pad._message.text().startswith("Too many wrong PINs.")


def test_names_and_pins_are_those_of_now(locked: Station) -> None:
    view = locked.view(LockView)
    view.cards["ben"].click()
    locked.type_in("2")
    locked.until(lambda: view.pad._pin == "2")
    hear(locked, replace(known(locked, "ben"), name="Ben O.", pin_hash=hashed("8642")))
    assert view.hint.text() == "Ben O.: type your PIN and press Enter."
    assert view.pad._pin == ""
    locked.type_in("8642")
    locked.press(Qt.Key.Key_Return)
    locked.until(lambda: locked.state.counter.actor == "ben")


def test_who_has_left_cannot_be_chosen_any_more(locked: Station) -> None:
    view = locked.view(LockView)
    view.cards["ben"].click()
    hear(locked, replace(known(locked, "ben"), is_active=False))
    assert list(view.cards) == ["anna"]
    assert view.chosen is not None
    assert view.chosen.id == "anna"


def test_a_wrong_pin_is_said_once_however_much_is_heard(locked: Station) -> None:
    view = locked.view(LockView)
    locked.type_in(f"9{PINS['anna']}")
    locked.press(Qt.Key.Key_Return)
    locked.until(lambda: view.pad._message.text() != "")
    locked.type_in("47")
    locked.until(lambda: view.pad._pin == "47")
    hear(locked, NEW)
    assert view.pad._pin == "47"


def test_the_name_at_the_bottom_of_the_rail_follows(till: Station) -> None:
    hear(till, replace(known(till, "anna"), name="Zoe Klein"))
    assert till.screen.cart.cashier.text() == "Zoe Klein"
    assert till.window.rail._user.label == "Zoe Klein"


def test_a_till_in_use_locks_after_the_customer_was_served(till: Station) -> None:
    till.state.counter.person = known(till, "ben")
    till.scan(code_of("guji"))
    hear(till, replace(known(till, "ben"), is_active=False))
    assert till.is_in(Mode.SELLING)
    assert till.said.endswith("Finish this sale: then the till locks.")
    till.state.checkout.pay_exactly()
    till.settle()
    assert till.is_in(Mode.DONE)
    till.scan(code_of("oat"))
    assert till.is_in(Mode.LOCKED)
    assert till.lines == []


def test_a_till_locks_before_the_drawer_is_counted_too(till: Station) -> None:
    till.state.shift.close(())
    till.settle()
    assert till.is_in(Mode.REPORT)
    till.state.shift.begin_next()
    assert till.is_in(Mode.OPENING)
    till.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert till.is_in(Mode.LOCKED), "whoever counts it signs in first"
