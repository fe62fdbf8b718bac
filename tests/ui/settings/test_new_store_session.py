"""A further store is set up from what the business has: money, taxes and people are there, name and place are typed."""

from __future__ import annotations

import pytest

from omsdesk.domain.shop import SaveTill, Till
from omsdesk.settings import Service, Settings, save
from omsdesk.store.queries.till import shop_by_id, shop_of, till_of, tills
from omsdesk.ui.settings.new_store_session import NewStoreDraft, NewStoreSession
from tests.ui.back_office import BackOffice, until
from tests.ui.settings.conftest import Computer


class Start:
    """A computer that was let in for the store s2 of a business and heard everything."""

    def __init__(self, shop: BackOffice) -> None:
        self.shop, self.finished = shop, 0
        shop.database.become_till("")
        save(Settings(shop.folder, service=Service("http://127.0.0.1:1", "s2")))
        self.session = NewStoreSession(Computer(shop).office(), self._finish)

    def _finish(self) -> None:
        self.finished += 1


@pytest.fixture
def start(shop: BackOffice) -> Start:
    return Start(shop)


def test_money_and_taxes_are_those_of_the_business(start: Start) -> None:
    known = shop_of(start.shop.reader, "t1")
    assert known is not None
    session = start.session
    assert session.draft == NewStoreDraft(country="GB")
    assert session.customs.startswith("As in Corner Coffee: GBP. Prices contain the tax: VAT")
    for name, value in (("name", " Harbour "), ("address", "2 Quay\n\n Hull"), ("phone", "0123")):
        session.set(name, value)
    session.open_store()
    session.open_store()
    until(lambda: start.finished)
    made = shop_by_id(start.shop.reader, "s2")
    assert made is not None
    assert (made.name, made.address, made.phone) == ("Harbour", ("2 Quay", "Hull"), "0123")
    assert (made.currency, made.tax_rates, made.tender_methods) == (
        known.currency, known.tax_rates, known.tender_methods,
    )  # fmt: skip
    assert shop_of(start.shop.reader, "t1") == known
    here = till_of(start.shop.reader, start.shop.database.station.till)
    assert here is not None
    assert (here.shop, here.code, here.name) == ("s2", "2", "Till 2")
    assert len(tills(start.shop.reader)) == 2


def test_a_store_abroad_has_the_money_and_the_taxes_there(start: Start) -> None:
    session = start.session
    session.set("country", "CH")
    assert session.customs.startswith("CHF. Prices contain the tax")
    session.set("name", "Seeufer")
    session.open_store()
    until(lambda: start.finished)
    made = shop_by_id(start.shop.reader, "s2")
    assert made is not None
    assert (made.currency, made.country) == ("CHF", "CH")


def test_its_tills_have_codes_that_no_till_of_the_business_has(start: Start) -> None:
    start.shop.do(SaveTill(Till("t3", "s1", "3", "Till 3")))
    session = start.session
    session.set("tills", "3")
    assert session.till_words == "This computer is Till 2. Till 4, Till 5: make a code for each computer, under Sync."
    session.set("name", "Harbour")
    session.open_store()
    until(lambda: start.finished)
    assert sorted(till.code for till in tills(start.shop.reader, "s2")) == ["2", "4", "5"]


def test_without_a_name_nothing_is_made(start: Start) -> None:
    start.session.open_store()
    assert start.session.errors == {"name": "Type what this store is called: it stands on receipts."}
    start.session.set("name", "Harbour")
    assert start.session.errors == {}
    assert shop_by_id(start.shop.reader, "s2") is None


def test_what_is_refused_is_said_and_can_be_tried_again(start: Start) -> None:
    session = start.session
    session.set("name", "Harbour")
    session.model = session.model.__class__("s1", "Corner", "pounds", country="GB")
    session.open_store()
    until(lambda: session.refusal)
    assert "currency" in session.refusal
    assert not session.is_working
    assert not start.finished
