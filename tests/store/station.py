"""A till on a real database file: made once, copied for every test."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path

from omsdesk.actions.execute import Done, Executor
from omsdesk.domain.cash import OpenShift
from omsdesk.domain.catalogue import PackCode, ProductEdit, SaveProducts
from omsdesk.domain.messages import Command, Refusal
from omsdesk.domain.people import SYSTEM, Person, Role, SavePerson
from omsdesk.domain.receipt_policy import Paper
from omsdesk.domain.sale_command import AddLine, CompleteSale, TakeTender
from omsdesk.domain.shop import SaveShop, SaveTill
from omsdesk.domain.tender import TenderMethod
from omsdesk.domain.values import ONE, Money, Quantity, Stamp, barcode_key, uuid7
from omsdesk.store.database import Database, open_database
from omsdesk.store.queries import till as till_queries
from tests.domain.corner_shop import CASH, NOON, SHOP, TILL, gbp

EAN = "4006381333931"
PRODUCTS = (
    ProductEdit(
        "coffee",
        name="Coffee",
        sku="C-1",
        category="Drinks",
        tax_category="standard",
        price=gbp("3.20"),
        barcodes=(PackCode(barcode_key(EAN)), PackCode("BOX", Quantity.of(6))),
    ),
    ProductEdit("tea", name="Tea", variant="green", category="Drinks", tax_category="standard", price=gbp("2.50")),
    ProductEdit("apples", name="Apples", unit="kg", category="Fruit", price=gbp("2.99")),
    ProductEdit("repair", name="Repair", is_tracked=False),
)
PEOPLE = (
    Person("olga", "Olga Owner", Role.OWNER),
    Person("max", "Max Manager", Role.MANAGER),
    Person("sue", "Sue Supervisor", Role.SUPERVISOR),
    Person("cara", "Cara Cashier", Role.CASHIER),
    Person("clem", "Clem Clerk", Role.CLERK),
)


class Clock:
    """A clock that goes on by a second whenever somebody looks, and never gives an id twice."""

    def __init__(self, start: Stamp = NOON) -> None:
        self.moment = start
        self._count = 0

    def now(self) -> Stamp:
        self.moment = replace(self.moment, utc_ms=self.moment.utc_ms + 1000)
        return self.moment

    def new_id(self) -> str:
        self._count += 1
        return uuid7(self.moment.utc_ms, self._count.to_bytes(10, "big"))


class Station:
    """A till with its shop set up."""

    def __init__(self, path: Path, *, is_new: bool = False) -> None:
        if not is_new:
            path.write_bytes(template())
        self.path = path
        self.clock = Clock()
        self.database: Database = open_database(path, self.clock.new_id)
        self.executor = Executor(self.database, self.clock)

    def outcome(self, *commands: Command, actor: str = SYSTEM) -> Done | Refusal:
        """Carry out commands as one action, whatever comes of it."""
        return self.executor.execute(actor, *commands)

    def do(self, *commands: Command, actor: str = SYSTEM) -> Done:
        """Carry out commands that are to be done."""
        outcome = self.outcome(*commands, actor=actor)
        assert isinstance(outcome, Done), outcome
        return outcome

    def refusal(self, *commands: Command, actor: str = SYSTEM) -> Refusal:
        """Carry out commands that are to be refused."""
        outcome = self.outcome(*commands, actor=actor)
        assert isinstance(outcome, Refusal), outcome
        return outcome

    def add(self, sale: str, product: str = "coffee", quantity: Quantity = ONE, line: str = "") -> AddLine:
        """Make the command of a scan."""
        found = till_queries.product_by_id(self.database.writer, product, SHOP, NOON.day)
        assert found is not None
        price = None if found.article.prices else gbp("10.00")
        return AddLine(sale, line or self.clock.new_id(), found.article, quantity, price)

    def pay(self, sale: str, amount: Money | None = None, method: TenderMethod = CASH) -> TakeTender:
        """Make the command of a payment: of all that is due, unless it is told."""
        ticket = till_queries.sale_state(self.database.writer, sale)
        assert ticket is not None
        return TakeTender(sale, self.clock.new_id(), method, amount or method.asks(ticket.due))

    def sell(self, sale: str, *products: str, method: TenderMethod = CASH, paper: Paper = Paper.NONE) -> Done:
        """Sell one of each product."""
        self.do(*(self.add(sale, product) for product in products or ("coffee",)))
        return self.do(self.pay(sale, method=method), CompleteSale(sale, paper))

    def open_shift(self, shift: str = "shift-1", amount: str = "100.00") -> Done:
        """Count the drawer and begin."""
        return self.do(OpenShift(shift, gbp(amount)))

    def set_up(self) -> None:
        """Make the shop, its tills, its people and its products."""
        self.do(SaveShop(SHOP), SaveTill(TILL), SaveTill(replace(TILL, id="t2", code="2", name="Till 2")))
        self.do(*map(SavePerson, PEOPLE))
        self.do(SaveProducts("first", PRODUCTS))
        self.database.become_till("t1")

    def close(self) -> None:
        """Close the file."""
        self.database.close()


@cache
def template() -> bytes:
    """The file of a shop that is set up and has sold nothing yet."""
    with tempfile.TemporaryDirectory() as folder:
        station = Station(Path(folder) / "shop.db", is_new=True)
        station.set_up()
        station.close()
        return station.path.read_bytes()
