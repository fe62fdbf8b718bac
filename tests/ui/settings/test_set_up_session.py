"""The first start without a window: what is missing, what is made, and what happens when it cannot be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from omsdesk.actions.people import knows_pin
from omsdesk.domain.people import Role
from omsdesk.store.engine import StoreFailure
from omsdesk.store.queries.till import people, shop_of, till_of, tills
from omsdesk.ui.settings.office import Office, Station
from omsdesk.ui.settings.set_up_session import SetUpDraft, SetUpSession, problems
from tests.ui.back_office import BackOffice, until
from tests.ui.settings.conftest import Computer


class Start:
    """The first start."""

    def __init__(self, office: Office, country: str = "GB") -> None:
        self.finished = 0
        self.session = SetUpSession(office, country, self._finish)

    def _finish(self) -> None:
        self.finished += 1

    def type(self, **said: str) -> SetUpSession:
        """Type what is asked, and something else where the story says so."""
        usual = {"shop_name": "Corner Coffee", "name": "Anna Keller", "pin": "2580", "pin_again": "2580"}
        for name, value in (usual | said).items():
            self.session.set(name, value)
        return self.session


@pytest.fixture
def start(empty: BackOffice) -> Start:
    """Start the program for the first time."""
    return Start(Computer(empty).office())


def test_three_steps_make_a_till_that_somebody_can_sign_in_at(empty: BackOffice, start: Start) -> None:
    start.type(name=" Anna Keller ").open_shop()
    assert start.session.is_working
    until(lambda: start.finished)
    shop, till = shop_of(empty.reader, ""), till_of(empty.reader, empty.database.station.till)
    assert shop is not None
    assert till is not None
    assert (shop.name, shop.currency, shop.locale) == ("Corner Coffee", "GBP", "en-GB")
    assert (till.code, till.shop) == ("1", shop.id)
    owner = people(empty.reader)[0]
    assert (owner.name, owner.role) == ("Anna Keller", Role.OWNER)
    assert knows_pin(owner, "2580")
    assert not start.session.is_working


def test_enter_pressed_twice_opens_one_shop(empty: BackOffice, start: Start) -> None:
    session = start.type()
    session.open_shop()
    session.open_shop()
    session.open_demo_shop()
    until(lambda: start.finished)
    assert len(tills(empty.reader)) == 1
    assert start.finished == 1


@pytest.mark.parametrize(
    ("draft", "fields"),
    [
        (SetUpDraft("GB"), {"shop_name", "name", "pin"}),
        (SetUpDraft("GB", " ", " ", "12", "12"), {"shop_name", "name", "pin"}),
        (SetUpDraft("GB", "Shop", "Anna", "1234", "1243"), {"pin_again"}),
        (SetUpDraft("GB", "Shop", "Anna", "", "1234"), {"pin"}),
        (SetUpDraft("GB", "Shop", "Anna", "abcd", "abcd"), {"pin"}),
        (SetUpDraft("GB", "Shop", "Anna", "123456789", "123456789"), {"pin"}),
        (SetUpDraft("GB", "Shop", "Anna", "1234", "1234"), set()),
    ],
)
def test_what_is_missing_has_a_field(draft: SetUpDraft, fields: set[str]) -> None:
    assert set(problems(draft)) == fields


def test_a_mistake_makes_nothing_and_is_quiet_once_corrected(empty: BackOffice, start: Start) -> None:
    session = start.type(pin_again="1111")
    session.open_shop()
    assert list(session.errors) == ["pin_again"]
    session.set("pin_again", "2580")
    assert session.errors == {}
    assert empty.facts == 0


def test_where_the_system_names_no_country_none_is_taken_for_granted(empty: BackOffice) -> None:
    start = Start(Computer(empty).office(), "ZZ")
    session = start.type(country="")
    assert session.countries[0] == ("", "Choose…")
    assert session.customs.startswith("The money of the shop")
    session.open_shop()
    assert session.errors == {"country": "Choose your country: money and taxes come with it."}
    session.set("country", "DE")
    assert session.customs.startswith("EUR")
    session.open_shop()
    until(lambda: start.finished)


@pytest.mark.parametrize(
    ("country", "currency", "words"),
    [("DE", "EUR", "Prices contain the tax"), ("US-NY", "USD", "Tax is added at the till"), ("CH", "CHF", "8.1")],
)
def test_the_customs_of_a_country_are_said(start: Start, country: str, currency: str, words: str) -> None:
    start.session.set("country", country)
    said = start.session.customs
    assert said.startswith(f"{currency}. ")
    assert words in said
    assert said.endswith("Taxes can be changed later, the currency cannot.")


def test_a_refusal_leaves_the_page_as_it_was_typed(empty: BackOffice, start: Start) -> None:
    empty.set_up()
    session = start.type(shop_name="Second shop")
    session.open_shop()
    until(lambda: session.refusal or start.finished)
    assert session.refusal
    assert (session.is_working, start.finished) == (False, 0)
    assert session.draft.shop_name == "Second shop"


def test_a_full_disk_is_said_and_one_can_try_again(empty: BackOffice) -> None:
    office = Computer(empty).office()
    space: list[str] = []

    def make() -> None:
        if not space:
            raise StoreFailure("The disk is full. Free some space and try again.")

    station = Station(office.station.settings, office.station.keep, office.station.become_till, make)
    start = Start(replace(office, station=station))
    start.session.open_demo_shop()
    until(lambda: start.session.refusal)
    assert start.session.refusal == "The disk is full. Free some space and try again."
    space.append("some")
    start.session.open_demo_shop()
    assert start.session.refusal == ""
    until(lambda: start.finished)
