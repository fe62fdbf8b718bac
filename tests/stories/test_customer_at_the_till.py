"""Customers at the counter, through the real screen: found, written down, attached, priced, forgotten by Ctrl+Z."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from omsdesk.domain.catalogue import PriceRow, SetPrices
from omsdesk.domain.customer import Customer, CustomerGroup, Exemption, SaveCustomer, SaveGroup, SetTerms
from omsdesk.domain.pricing import PriceList
from omsdesk.domain.sale import SaleCompleted
from omsdesk.domain.values import Money
from omsdesk.store import journal
from omsdesk.store.queries.customer import search
from omsdesk.ui import theme
from omsdesk.ui.till.customers.customer_form import CustomerFormSheet
from omsdesk.ui.till.customers.customer_sheet import CustomerSheet
from omsdesk.ui.till.screen import Mode
from tests.ui.till.shop import Station, code_of, set_up

CTRL = Qt.KeyboardModifier.ControlModifier
MIA = Customer(
    "mia", "Mia Schneider", phone="0170 1234567", email="mia@example.org", card="2900001", note="Keep oat milk aside"
)
MISSION = Customer("mission", "Mission of Peru")


@pytest.fixture
def till(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Station]:
    """A till whose shop knows two customers: one of a group with prices of its own, one that pays no tax."""
    theme.apply(theme.load("light"), qapp)
    made = Station(set_up(tmp_path), qtbot).start()
    made.do(
        SetPrices("b1", PriceList("gold", "Gold", 10, is_given=True), (PriceRow("guji", euros("11.90")),)),
        SaveGroup(CustomerGroup("gold", "Gold", "gold")),
        SaveCustomer(MIA),
        SaveCustomer(MISSION),
        SetTerms(replace(MIA, groups=("gold",))),
        SetTerms(replace(MISSION, exemption=Exemption("EX-7", "Embassy"))),
    )
    made.settle()
    yield made
    made.stop()


def euros(amount: str) -> Money:
    return Money.of(amount, "EUR")


def who(till: Station) -> tuple[str, str, str]:
    """What the top of the cart shows: who, what of them, and what to know."""
    cart = till.screen.cart
    return cart.customer.label, cart.customer.detail, cart.note.text()


def rows(till: Station) -> list[str]:
    shown = till.sheet(CustomerSheet).list
    return [shown.name_of(row) for row in range(shown.count())]


def last(till: Station) -> SaleCompleted:
    *_, found = (entry.fact for entry in journal.since(till.reader, 0) if isinstance(entry.fact, SaleCompleted))
    return found


def look_for(till: Station, text: str) -> None:
    """Type into the sheet, until all of it stands there."""
    till.press(Qt.Key.Key_F4)
    till.type_in(text)
    till.until(lambda: till.sheet(CustomerSheet).field.text() == text)


def choose(till: Station, text: str) -> None:
    look_for(till, text)
    till.press(Qt.Key.Key_Return)


def test_a_customer_is_found_by_the_end_of_their_number_and_pays_their_prices(till: Station) -> None:
    till.scan(code_of("guji"))
    assert who(till) == ("Customer", "", "")
    look_for(till, "4567")
    till.until(lambda: rows(till)[0].startswith("Mia"))
    assert rows(till)[0] == "Mia Schneider, 0170 1234567 · mia@example.org · Gold"
    till.press(Qt.Key.Key_Return)
    assert who(till) == ("Mia Schneider", "Gold", "Keep oat milk aside")
    assert till.total == "€11.90"
    till.scan(code_of("guji"))
    assert till.lines == [("2", "Ethiopia Guji 250 g")]
    assert till.total == "€23.80"
    till.press(Qt.Key.Key_F5)
    assert till.is_in(Mode.DONE)
    assert last(till).customer is not None
    assert last(till).total == euros("23.80")
    till.press(Qt.Key.Key_F12)
    assert who(till)[0] == "Customer", "the next one is somebody else"


def test_a_card_is_scanned_before_anything_else_or_in_the_middle(till: Station) -> None:
    till.scan("2900001")
    assert who(till)[0] == "Mia Schneider"
    assert till.lines == []
    till.scan(code_of("guji"))
    assert till.total == "€11.90"
    till.scan("2900001")
    assert till.total == "€11.90"


def test_taking_it_back_gives_everybodys_prices(till: Station) -> None:
    till.scan(code_of("guji"))
    choose(till, "mia")
    till.press(Qt.Key.Key_Z, CTRL)
    assert who(till)[0] == "Customer"
    assert till.total == "€12.90"
    till.press(Qt.Key.Key_Z, CTRL)
    assert who(till)[0] == "Mia Schneider"
    till.press(Qt.Key.Key_F4)
    till.sheet(CustomerSheet).take_off.click()
    till.settle()
    assert (who(till)[0], till.total) == ("Customer", "€12.90")


def test_who_is_exempt_pays_no_tax_and_the_screen_says_by_which_number(till: Station) -> None:
    till.scan(code_of("guji"))
    till.scan(code_of("v60"))
    choose(till, "peru")
    assert who(till)[:2] == ("Mission of Peru", "Tax exempt EX-7")
    # 12.90 with 7 %, 18.00 with 19 %.
    assert till.total == "€27.19"
    till.scan(code_of("mug"))
    till.press(Qt.Key.Key_F5)
    sale = last(till)
    assert (sale.taxes, sale.total) == ((), euros("47.36"))
    assert sale.customer is not None
    assert sale.customer.exemption == "EX-7"


def test_somebody_new_is_written_down_in_one_field(till: Station) -> None:
    till.scan(code_of("guji"))
    look_for(till, "Otto Maier 0151 2233445 otto@example.org")
    till.until(lambda: rows(till)[0].endswith("org"))
    assert rows(till) == ["New: Otto Maier, Phone 0151 2233445 · E-mail otto@example.org"]
    till.press(Qt.Key.Key_Return)
    assert who(till)[0] == "Otto Maier"
    (otto,) = (row.customer for row in search(till.reader, "0151 22"))
    assert (otto.name, otto.phone, otto.email) == ("Otto Maier", "0151 2233445", "otto@example.org")


def test_who_is_known_by_the_number_is_told_before_they_are_written_down_twice(till: Station) -> None:
    look_for(till, "Maria Schneider +49 170 1234567")
    till.until(lambda: rows(till)[0].startswith("Mia Schneider, 0170 1234567"))
    assert rows(till)[-1].startswith("New: Maria Schneider, Mia Schneider has this already")
    till.press(Qt.Key.Key_Return)
    assert who(till)[0] == "Mia Schneider"


def test_what_they_agree_to_is_kept_with_the_moment(till: Station) -> None:
    look_for(till, "Nina")
    till.sheet(CustomerSheet).change.click()
    till.settle()
    form = till.sheet(CustomerFormSheet)
    form.receipts.click()
    till.press(Qt.Key.Key_F12)
    assert till.sheet(CustomerFormSheet) is form, "receipts by e-mail need an address"
    form.fields["email"].setText("nina@example.org")
    till.press(Qt.Key.Key_F12)
    assert who(till)[0] == "Nina"
    (nina,) = (row.customer for row in search(till.reader, "nina@"))
    assert nina.takes_receipts_by_email
    given = nina.receipts_by_email
    look_for(till, "nina")
    till.sheet(CustomerSheet).change.click()
    till.settle()
    till.sheet(CustomerFormSheet).fields["phone"].setText("040 112233")
    till.press(Qt.Key.Key_F12)
    (nina,) = (row.customer for row in search(till.reader, "nina@"))
    assert (nina.phone, nina.receipts_by_email, nina.marketing) == ("040 112233", given, None)


def test_a_card_that_is_scanned_into_the_form_is_theirs(till: Station) -> None:
    choose(till, "Nina 0151 999888")
    look_for(till, "nina")
    till.sheet(CustomerSheet).change.click()
    till.settle()
    till.scan("2900001")
    till.press(Qt.Key.Key_F12)
    assert till.sheet(CustomerFormSheet), "Mia has this card"
    till.scan("2900002")
    till.press(Qt.Key.Key_F12)
    till.scan("2900002")
    assert who(till)[0] == "Nina"


def test_one_card_of_two_people_asks_who_it_is(till: Station) -> None:
    with till.database.transaction("system", till.clock.now()) as transaction:
        from omsdesk.domain.customer import CustomerSaved

        transaction.record(CustomerSaved("mio", Customer("mio", "Mio Other", card="2900001")))
    till.scan("2900001")
    assert "Several customers" in till.said
    assert len([row for row in rows(till) if row.startswith("Mi")]) == 2


def test_a_held_ticket_waits_with_its_customer(till: Station) -> None:
    till.scan(code_of("guji"))
    choose(till, "mia")
    till.press(Qt.Key.Key_F6)
    assert who(till)[0] == "Customer"
    assert [row.name for row in till.state.session.held()] == ["Mia Schneider"]
    till.press(Qt.Key.Key_F6)
    till.press(Qt.Key.Key_Return)
    assert (who(till)[0], till.total) == ("Mia Schneider", "€11.90")


def test_what_another_station_changes_of_them_is_shown(till: Station) -> None:
    till.scan(code_of("guji"))
    choose(till, "mia")
    till.do(SaveCustomer(replace(MIA, note="Asked for a catalogue")))
    till.settle()
    assert who(till)[2] == "Asked for a catalogue"


def test_f4_goes_there_and_back(till: Station) -> None:
    till.press(Qt.Key.Key_F4)
    till.sheet(CustomerSheet)
    till.press(Qt.Key.Key_F4)
    assert till.screen.sheet is None
    till.screen.cart.customer.click()
    till.sheet(CustomerSheet)
    till.press(Qt.Key.Key_Escape)
    assert till.screen.sheet is None


def test_a_voided_ticket_that_comes_back_is_still_theirs(till: Station) -> None:
    till.scan(code_of("guji"))
    choose(till, "mia")
    till.state.session.void("mistake")
    till.settle()
    assert who(till)[0] == "Customer"
    till.press(Qt.Key.Key_Z, CTRL)
    assert (who(till)[0], till.total) == ("Mia Schneider", "€11.90")
