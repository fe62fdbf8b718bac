"""A head office: three stores in its tables, and what they sold today and before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from omsdesk.actions.clock import SystemClock
from omsdesk.actions.set_up import country_preset
from omsdesk.domain.cash import CloseShift, Counted, OpenShift
from omsdesk.domain.sale_command import AddLine, CompleteSale, TakeTender, VoidSale
from omsdesk.domain.shop import SaveShop, SaveTill, Till
from omsdesk.domain.values import ONE, Money, Stamp
from omsdesk.store.queries import till as queries
from omsdesk.store.queries.shift import figures
from omsdesk.sync.scopes import HEAD_OFFICE
from omsdesk.ui.office import Office, Post
from omsdesk.ui.stores.screen import StoresScreen
from tests.ui.back_office import BackOffice, Stage, put_on_stage

NOON = 1_795_435_200_000
DAY_MS = 86_400_000


class NoonClock(SystemClock):
    """Ids of the system's clock, and the moment that a story says."""

    moment = Stamp(NOON)

    def now(self) -> Stamp:
        return self.moment


class HeadOffice(BackOffice):
    """The tables of all stores, sold in by hand."""

    store = HEAD_OFFICE

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, NoonClock())
        self.set_up()
        self.stock()
        lakeside = country_preset("CH").shop("s3", "Lakeside Kiosk")
        harbour = country_preset("GB").shop("s2", "Harbour Espresso")
        self.do(SaveShop(harbour), SaveTill(Till("h1", "s2", "H1", "Harbour till")))
        self.do(SaveShop(lakeside), SaveTill(Till("k1", "s3", "K1", "Kiosk")))

    def at(self, hour: int, days: int = 0) -> None:
        """Let it be some hour, so many days ago."""
        moment = Stamp(NOON // DAY_MS * DAY_MS - days * DAY_MS + hour * 3_600_000)
        self.clock.moment = moment  # type: ignore[attr-defined]

    def sell(self, till: str, *products: str, is_paid: bool = True) -> None:
        """Sell one of each at a till; its shift is opened where none is open."""
        self.writer.run(lambda: self.database.become_till(till)).result()
        shop = queries.shop_of(self.reader, till)
        assert shop is not None
        if not queries.open_shift(self.reader, till):
            self.do(OpenShift(self.clock.new_id(), Money.of(100, shop.currency)), actor="ben")
        sale = self.clock.new_id()
        day = self.clock.now().day
        for product in products:
            found = queries.product_by_id(self.reader, product, shop, day)
            assert found is not None
            self.do(AddLine(sale, self.clock.new_id(), found.article, ONE), actor="ben")
        if not is_paid:
            self.do(VoidSale(sale))
            return
        ticket = queries.sale_state(self.reader, sale)
        assert ticket is not None
        cash = shop.tender_methods[0]
        self.do(TakeTender(sale, self.clock.new_id(), cash, cash.asks(ticket.due)), CompleteSale(sale), actor="ben")

    def close_shift(self, till: str, difference: int) -> None:
        """Count the drawer so many minor units off."""
        self.writer.run(lambda: self.database.become_till(till)).result()
        shop, shift = queries.shop_of(self.reader, till), queries.open_shift(self.reader, till)
        assert shop is not None
        known = figures(self.reader, shift, shop)
        assert known is not None
        expected = known.tenders[0].expected
        self.do(CloseShift(shift, (Counted("cash", replace(expected, minor=expected.minor + difference)),)))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[HeadOffice]:
    """Two stores that sold yesterday and today, and one that sold nothing."""
    made = HeadOffice(tmp_path)
    made.at(9, days=1)
    made.sell("t1", "mug")
    made.at(18, days=1)
    made.sell("t1", "grinder", "grinder")
    made.close_shift("t1", -230)
    made.at(9)
    made.sell("t1", "mug", "croissant")
    made.sell("h1", "oat", "oat")
    made.at(10)
    made.sell("t1", "dripper")
    made.sell("t1", "bag", is_paid=False)
    made.at(12)
    made.writer.run(lambda: made.database.become_till("")).result()
    yield made
    made.close()


@pytest.fixture
def page(office: HeadOffice) -> StoresScreen:
    """Make the page."""
    return StoresScreen(office_of(office))


def office_of(office: HeadOffice) -> Office:
    """Give the page what it works with."""
    post = Post(lambda: "", lambda: office.store)
    return Office(office.reader, office.work, office.feed, office.clock, post, lambda: office.person)


@pytest.fixture
def stage(qtbot: QtBot, page: StoresScreen) -> Stage:
    """Show it, with its stores read."""
    stage = put_on_stage(qtbot, page)
    qtbot.waitUntil(lambda: bool(page.session.sheet.rows), timeout=10_000)
    return stage
