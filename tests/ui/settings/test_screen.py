"""A manager sets the shop up: its name, taxes, ways to pay, tills, people, and this computer."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from omsdesk.actions.people import knows_pin
from omsdesk.domain.cash import OpenShift
from omsdesk.domain.people import Person, Role, SavePerson
from omsdesk.domain.shop import SaveShop, Shop
from omsdesk.domain.tender import TenderKind
from omsdesk.domain.values import Money
from omsdesk.settings import ThemeChoice, load
from omsdesk.store.queries.settings import everybody
from omsdesk.store.queries.till import shop_of, tills
from omsdesk.ui.settings.people_view import PeopleView
from omsdesk.ui.settings.screen import SettingsScreen
from omsdesk.ui.settings.shop_view import ShopView
from omsdesk.ui.settings.station_view import StationView
from omsdesk.ui.settings.taxes_view import TaxesView
from omsdesk.ui.settings.tenders_view import TendersView
from omsdesk.ui.settings.tills_view import TillsView
from tests.ui.back_office import BEN, OWNER, BackOffice, Stage, click, press, take_pictures, type_into
from tests.ui.settings.conftest import Computer


def the_shop(shop: BackOffice) -> Shop:
    """Read the shop as it is kept."""
    found = shop_of(shop.reader, "t1")
    assert found is not None
    return found


def the_person(shop: BackOffice, name: str) -> Person:
    """Read somebody as they are kept."""
    return next(who for who in everybody(shop.reader) if who.name == name)


def choose(editor: object, key: str) -> None:
    """Choose in a list of choices, as a person does."""
    assert isinstance(editor, QComboBox)
    editor.setCurrentIndex(editor.findData(key))


# --- the shop ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def shop_view(settings: SettingsScreen, stage: Stage) -> ShopView:
    """Show the shop's part."""
    settings.show_part("shop")
    assert isinstance(settings.part, ShopView)
    return settings.part


def test_an_address_is_typed_saved_and_taken_back(
    qtbot: QtBot, shop: BackOffice, shop_view: ShopView, stage: Stage
) -> None:
    take_pictures(stage, "settings-shop")
    assert not shop_view.save.isEnabled()
    address = shop_view.letterhead.editor("address")
    assert isinstance(address, QPlainTextEdit)
    address.setPlainText("12 Market Street\n\n  York  ")
    type_into(shop_view.letterhead.editor("phone"), "01904 555 012", stage)
    press("Ctrl+S")
    qtbot.waitUntil(lambda: the_shop(shop).address == ("12 Market Street", "York"))
    assert the_shop(shop).phone == "01904 555 012"
    qtbot.waitUntil(shop_view.head.undo.isVisible)
    take_pictures(stage, "settings-shop-saved")
    press("Ctrl+Z")
    qtbot.waitUntil(lambda: the_shop(shop).address == ())
    qtbot.waitUntil(lambda: address.toPlainText() == "")


def test_a_shop_keeps_a_name(qtbot: QtBot, shop: BackOffice, shop_view: ShopView, stage: Stage) -> None:
    type_into(shop_view.letterhead.editor("name"), " ", stage)
    press("Ctrl+S")
    assert shop_view.session.has_changes
    qtbot.wait(50)
    assert the_shop(shop).name == "Corner Coffee"
    take_pictures(stage, "settings-shop-mistake")


def test_what_another_computer_changed_comes_in(
    qtbot: QtBot, shop: BackOffice, shop_view: ShopView, stage: Stage
) -> None:
    shop.do(SaveShop(Shop("s1", "Corner Tea", "GBP", locale="en-GB")))
    shop.feed.look()
    name = shop_view.letterhead.editor("name")
    assert isinstance(name, QLineEdit)
    assert name.text() == "Corner Tea"


def test_a_cashier_reads_and_changes_nothing(shop: BackOffice, settings: SettingsScreen, stage: Stage) -> None:
    shop.person = BEN
    for key, part in settings.parts.items():
        settings.show_part(key)
        assert part.banner.text() == "You can look at the settings. To change them, ask a manager to sign in."
        assert not part.save.isVisible()
        editors = [w for kind in (QLineEdit, QComboBox, QPlainTextEdit) for w in part.findChildren(kind)]
        assert not any(w.isEnabled() for w in editors if not isinstance(w.parent(), QComboBox)), key
    take_pictures(stage, "settings-read-only")


# --- taxes ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def taxes(settings: SettingsScreen, stage: Stage) -> TaxesView:
    """Show the taxes."""
    settings.show_part("taxes")
    assert isinstance(settings.part, TaxesView)
    return settings.part


def test_a_rate_ends_and_another_begins(qtbot: QtBot, shop: BackOffice, taxes: TaxesView, stage: Stage) -> None:
    take_pictures(stage, "settings-taxes")
    rows = taxes.table.count()
    type_into(taxes.table.editor(1, "valid_to"), "31/03/2027", stage)
    click(taxes.add)
    for name, text in (("category", "standard"), ("name", "VAT"), ("percent", "22,5"), ("valid_from", "2027-04-01")):
        type_into(taxes.table.editor(rows, name), text, stage)
    press("Ctrl+S")
    qtbot.waitUntil(lambda: len(the_shop(shop).tax_rates) == rows + 1)
    rate = the_shop(shop).tax_rates[-1]
    assert (rate.tax.rate_ppm, rate.valid_from) == (225_000, "2027-04-01")
    assert the_shop(shop).tax_rates[1].valid_to == "2027-03-31"


def test_a_rate_that_is_none_is_said_below_its_row(
    qtbot: QtBot, shop: BackOffice, taxes: TaxesView, stage: Stage
) -> None:
    type_into(taxes.table.editor(0, "percent"), "a fifth", stage)
    type_into(taxes.table.editor(2, "percent"), "120", stage)
    type_into(taxes.table.editor(3, "valid_to"), "31.13.2026", stage)
    press("Ctrl+S")
    assert taxes.table.error(0) == "“a fifth” is not a rate. Type a number such as 20 or 5.5."
    assert taxes.table.error(2) == "A rate lies between 0 and 100 and has four decimals at most."
    assert taxes.table.error(3) == "“31.13.2026” is not a day. Type it like 31/12/2027."
    take_pictures(stage, "settings-taxes-mistakes")
    type_into(taxes.table.editor(0, "percent"), "17.5", stage)
    assert taxes.table.error(0) == "", "what is corrected is quiet at once"


def test_a_rate_is_removed_and_the_usual_ones_come_back(
    qtbot: QtBot, shop: BackOffice, taxes: TaxesView, stage: Stage
) -> None:
    before = the_shop(shop).tax_rates
    click(taxes.table.bin(0))
    choose(taxes.terms.editor("is_inclusive"), "no")
    press("Ctrl+S")
    qtbot.waitUntil(lambda: the_shop(shop).tax_rates == before[1:] and not taxes.session.has_changes)
    assert not the_shop(shop).tax_terms.is_inclusive
    click(taxes.usual)
    press("Ctrl+S")
    qtbot.waitUntil(lambda: the_shop(shop).tax_rates == before)
    assert the_shop(shop).tax_terms.is_inclusive


# --- ways to pay ------------------------------------------------------------------------------------------------------


@pytest.fixture
def tenders(settings: SettingsScreen, stage: Stage) -> TendersView:
    """Show the ways to pay."""
    settings.show_part("tenders")
    assert isinstance(settings.part, TendersView)
    return settings.part


def test_cash_is_rounded_and_vouchers_are_taken(
    qtbot: QtBot, shop: BackOffice, tenders: TendersView, stage: Stage
) -> None:
    type_into(tenders.table.editor(0, "step"), "0.05", stage)
    click(tenders.add)
    type_into(tenders.table.editor(3, "name"), "Lunch voucher", stage)
    take_pictures(stage, "settings-tenders")
    press("Ctrl+S")
    qtbot.waitUntil(lambda: len(the_shop(shop).tender_methods) == 4)
    cash, card, _, voucher = the_shop(shop).tender_methods
    assert (cash.code, cash.rounding_step) == ("cash", 5)
    assert (card.code, card.rounding_step) == ("card", 1)
    assert (voucher.code, voucher.kind) == ("lunch-voucher", TenderKind.OTHER)


def test_two_ways_to_pay_have_two_names_and_one_is_needed(
    qtbot: QtBot, shop: BackOffice, tenders: TendersView, stage: Stage
) -> None:
    type_into(tenders.table.editor(1, "name"), "cash", stage)
    press("Ctrl+S")
    assert tenders.table.error(1) == "There is another way to pay of this name."
    for number in (2, 1, 0):
        click(tenders.table.bin(number))
    press("Ctrl+S")
    assert tenders.trouble.text() == "Customers need at least one way to pay."
    assert len(the_shop(shop).tender_methods) == 3


# --- tills ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def tills_view(settings: SettingsScreen, stage: Stage) -> TillsView:
    """Show the tills."""
    settings.show_part("tills")
    assert isinstance(settings.part, TillsView)
    return settings.part


def test_a_second_till_is_added_and_this_computer_becomes_it(
    qtbot: QtBot, shop: BackOffice, tills_view: TillsView, stage: Stage
) -> None:
    click(tills_view.add)
    code = tills_view.table.editor(1, "code")
    assert isinstance(code, QLineEdit)
    assert code.text() == "2"
    practice = tills_view.table.editor(1, "is_training")
    assert isinstance(practice, QCheckBox)
    practice.click()
    take_pictures(stage, "settings-tills")
    press("Ctrl+S")
    qtbot.waitUntil(lambda: len(tills(shop.reader)) == 2)
    made = next(till for till in tills(shop.reader) if till.code == "2")
    assert made.is_training
    qtbot.waitUntil(lambda: tills_view.here.count() == 3)
    tills_view.here.setCurrentIndex(tills_view.here.findData(made.id))
    tills_view.here.activated.emit(tills_view.here.currentIndex())
    assert shop.database.station.till == made.id


def test_two_tills_never_share_a_code(qtbot: QtBot, shop: BackOffice, tills_view: TillsView, stage: Stage) -> None:
    click(tills_view.add)
    type_into(tills_view.table.editor(1, "code"), "1", stage)
    press("Ctrl+S")
    qtbot.waitUntil(lambda: "has the code 1 already" in tills_view.banner.text())
    assert len(tills(shop.reader)) == 1
    take_pictures(stage, "settings-tills-taken")


def test_a_till_with_an_open_shift_stays_this_computer(
    qtbot: QtBot, shop: BackOffice, tills_view: TillsView, stage: Stage
) -> None:
    shop.do(OpenShift("shift-1", Money(0, "GBP")), actor="ben")
    tills_view.here.setCurrentIndex(0)
    tills_view.here.activated.emit(0)
    assert "open shift" in tills_view.banner.text()
    assert shop.database.station.till == "t1"
    assert tills_view.here.currentData() == "t1"


# --- people -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def people(settings: SettingsScreen, stage: Stage) -> PeopleView:
    """Show the people."""
    settings.show_part("people")
    assert isinstance(settings.part, PeopleView)
    return settings.part


def test_somebody_is_added_with_a_pin_that_is_never_kept_as_digits(
    qtbot: QtBot, shop: BackOffice, people: PeopleView, stage: Stage
) -> None:
    press("Ctrl+N")
    assert QApplication.focusWidget() is people.form.editor("name")
    type_into(people.form.editor("name"), "Carla Moss", stage)
    choose(people.form.editor("role"), "supervisor")
    for name in ("pin", "pin_again"):
        type_into(people.form.editor(name), "2580", stage)
    take_pictures(stage, "settings-person-new")
    press("Ctrl+S")
    qtbot.waitUntil(lambda: any(who.name == "Carla Moss" for who in everybody(shop.reader)))
    carla = the_person(shop, "Carla Moss")
    assert carla.role is Role.SUPERVISOR
    assert knows_pin(carla, "2580")
    assert "2580" not in carla.pin_hash
    pin = people.form.editor("pin")
    assert isinstance(pin, QLineEdit)
    qtbot.waitUntil(lambda: pin.text() == "")


@pytest.mark.parametrize(
    ("pin", "again", "field", "sentence"),
    [
        ("12", "12", "pin", "A PIN has four to eight digits."),
        ("", "", "pin", "Choose a PIN of four to eight digits: it is how they sign in."),
        ("1234", "1243", "pin_again", "The two entries differ. Type the PIN again."),
    ],
)
def test_a_pin_is_typed_twice_and_long_enough(
    shop: BackOffice, people: PeopleView, stage: Stage, pin: str, again: str, field: str, sentence: str
) -> None:
    press("Ctrl+N")
    type_into(people.form.editor("name"), "Carla Moss", stage)
    type_into(people.form.editor("pin"), pin, stage)
    type_into(people.form.editor("pin_again"), again, stage)
    press("Ctrl+S")
    assert people.session_people.errors == {field: sentence}
    take_pictures(stage, f"settings-person-{field}")


def test_who_leaves_is_locked_out_and_stays_on_the_list(
    qtbot: QtBot, shop: BackOffice, people: PeopleView, stage: Stage
) -> None:
    shop.do(SavePerson(Person("carla", "Carla Moss", Role.CASHIER, "hash")))
    shop.feed.look()
    qtbot.waitUntil(lambda: people.list.count() == 4)
    click(people.list.viewport(), people.list.shown_rect(2).center())
    assert people.session_people.chosen is not None
    assert people.session_people.chosen.name == "Carla Moss"
    active = people.form.editor("is_active")
    assert isinstance(active, QCheckBox)
    active.click()
    press("Ctrl+S")
    qtbot.waitUntil(lambda: not the_person(shop, "Carla Moss").is_active)
    qtbot.waitUntil(lambda: people.list.name_of(3) == "Carla Moss, Cashier, not here any more")
    take_pictures(stage, "settings-people")
    press("Ctrl+Z")
    qtbot.waitUntil(lambda: the_person(shop, "Carla Moss").is_active)


def test_a_manager_cannot_touch_the_owner(qtbot: QtBot, shop: BackOffice, people: PeopleView, stage: Stage) -> None:
    people.session_people.choose(OWNER.id)
    type_into(people.form.editor("name"), "Olga the Great", stage)
    for name in ("pin", "pin_again"):
        type_into(people.form.editor(name), "9999", stage)
    press("Ctrl+S")
    qtbot.waitUntil(lambda: "Only an owner" in people.banner.text())
    assert the_person(shop, "Olga Berg").pin_hash == ""
    take_pictures(stage, "settings-people-refused")


# --- this computer ----------------------------------------------------------------------------------------------------


@pytest.fixture
def station(settings: SettingsScreen, stage: Stage) -> StationView:
    """Show this computer."""
    settings.show_part("station")
    assert isinstance(settings.part, StationView)
    return settings.part


def test_settings_are_kept_and_taken_back(
    qtbot: QtBot, shop: BackOffice, computer: Computer, station: StationView, stage: Stage
) -> None:
    take_pictures(stage, "settings-station")
    choose(station.look.editor("theme"), "dark")
    choose(station.look.editor("sound_volume"), "35")
    press("Ctrl+S")
    kept = load(shop.folder)
    assert (kept.theme, kept.sound_volume) == (ThemeChoice.DARK, 35)
    press("Ctrl+Z")
    assert load(shop.folder).theme is ThemeChoice.SYSTEM
    assert len(computer.kept) == 2


def test_files_need_a_folder(shop: BackOffice, station: StationView, stage: Stage) -> None:
    type_into(station.folders.editor("pdf_folder"), " ", stage)
    press("Ctrl+S")
    assert station._session_station.errors == {"pdf_folder": "Choose the folder for PDF files."}
    assert load(shop.folder).pdf_folder == "documents"


def test_the_pills_lead_to_every_part(settings: SettingsScreen, stage: Stage) -> None:
    for row, part in enumerate(settings.parts.values()):
        rect = settings.pills.shown_rect(row)
        click(settings.pills.viewport(), QPoint(rect.center()))
        assert part.isVisible()
