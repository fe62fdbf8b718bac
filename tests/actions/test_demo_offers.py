"""The demonstration shop shows what the till does beside selling: offers, customers, goods that ask something."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from omsdesk.actions.clock import SystemClock
from omsdesk.actions.demo_shop import make_demo_shop
from omsdesk.actions.execute import Done, Executor
from omsdesk.domain.buying import SetCustomer
from omsdesk.domain.cash import OpenShift
from omsdesk.domain.catalogue import Article
from omsdesk.domain.messages import Command
from omsdesk.domain.people import SYSTEM
from omsdesk.domain.sale import Sale
from omsdesk.domain.sale_command import AddLine
from omsdesk.domain.shop import Shop
from omsdesk.domain.tender import TenderKind
from omsdesk.domain.values import ONE, Money
from omsdesk.store.database import open_database
from omsdesk.store.queries import till as queries
from omsdesk.store.queries.customer import search
from omsdesk.store.verify import verify


class Counter:
    """The first till of the demonstration shop, with its shift open."""

    def __init__(self, folder: Path) -> None:
        self.clock = SystemClock()
        self.database = open_database(folder / "shop.db", self.clock.new_id)
        self.executor = Executor(self.database, self.clock)
        make_demo_shop(self.executor)
        self.connection = self.database.writer
        shop = queries.shop_of(self.connection, self.database.station.till)
        assert shop is not None
        self.shop: Shop = shop
        self.do(OpenShift("shift", Money(10_000, shop.currency)))

    def do(self, *commands: Command) -> None:
        done = self.executor.execute(SYSTEM, *commands)
        assert isinstance(done, Done), done

    def article(self, sku: str) -> Article:
        found = queries.product_by_sku(self.connection, sku, self.shop, self.clock.now().day)
        assert found is not None
        return found.article

    def rung(self, *skus: str, customer: str = "") -> Sale:
        """A ticket of these goods, one of each."""
        ticket = self.clock.new_id()
        self.do(*(AddLine(ticket, self.clock.new_id(), self.article(sku), ONE) for sku in skus))
        if customer:
            (known,) = search(self.connection, customer)
            self.do(SetCustomer(ticket, known.customer.id))
        sale = queries.sale_state(self.connection, ticket)
        assert sale is not None
        return sale


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    made = Counter(tmp_path)
    yield made
    made.database.close()


def pounds(amount: str) -> Money:
    return Money.of(amount, "GBP")


def test_what_is_shown_is_sound(counter: Counter) -> None:
    assert verify(counter.database.path).sentences == ()
    kinds = {method.kind for method in counter.shop.tender_methods}
    assert kinds >= {TenderKind.CASH, TenderKind.CARD, TenderKind.STORED, TenderKind.ACCOUNT, TenderKind.POINTS}


def test_no_way_to_pay_is_there_twice_so_that_the_settings_can_be_saved(counter: Counter) -> None:
    methods = counter.shop.tender_methods
    assert len({method.code for method in methods}) == len(methods)
    assert len({method.name for method in methods}) == len(methods)


def test_the_third_lunch_bag_is_free_and_two_lemonades_are_cheaper(counter: Counter) -> None:
    assert counter.rung("20725", "22383", "20727").total == pounds("3.30")
    assert counter.rung("LEMONADE", "LEMONADE").total == pounds("3.00")


def test_trade_pays_less_and_a_hospice_no_tax(counter: Counter) -> None:
    assert counter.rung("22423", customer="Priya").total < counter.rung("22423").total
    assert not counter.rung("22423", customer="Hospice").summary().taxes


def test_goods_ask_for_an_age_a_weight_a_number_or_a_price(counter: Counter) -> None:
    assert counter.article("GIN").traits.age == 18
    assert counter.article("HONEY").unit == "kg"
    assert counter.article("RADIO").traits.asks_serial
    assert counter.article("TASTING").traits.asks_price
