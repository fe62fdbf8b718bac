"""A shop to tell whole stories in: a real database file, a till, goods, and somebody who works a shift by a script."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path

from omsdesk.actions.clock import SystemClock
from omsdesk.actions.execute import Done, Executor
from omsdesk.actions.set_up import country_preset
from omsdesk.domain.cash import CloseShift, Counted, MoveCash, OpenDrawer, OpenShift, TakeXReport
from omsdesk.domain.catalogue import PackCode, ProductEdit, SaveProducts
from omsdesk.domain.messages import Command
from omsdesk.domain.people import SYSTEM
from omsdesk.domain.sale import Sale
from omsdesk.domain.sale_command import (
    AddLine,
    ChangeQuantity,
    CompleteSale,
    HoldSale,
    RecallSale,
    RemoveLine,
    TakeTender,
    VoidSale,
)
from omsdesk.domain.shop import SaveShop, SaveTill, Till
from omsdesk.domain.stock import SUPPLIER, Move, MoveGoods
from omsdesk.domain.values import ONE, Money, Quantity, barcode_key, check_digit
from omsdesk.store.database import open_database
from omsdesk.store.engine import Connection
from omsdesk.store.queries import shift as shift_queries
from omsdesk.store.queries import till as till_queries

CLOCK = SystemClock()
SHOP = country_preset("CH").shop("s1", "Dorfladen")
CASH, CARD, *_ = SHOP.tender_methods
PRODUCTS = tuple(f"p{number}" for number in range(40))
DAY = "2026-11-23"


class NotDone(AssertionError):
    """The shop refused something that a story counts on."""


def francs(minor: int) -> Money:
    return Money(minor, "CHF")


def product(number: int) -> ProductEdit:
    body = f"20{number:010d}"
    return ProductEdit(
        f"p{number}",
        name=f"Käse Nr. {number}",
        price=francs(95 + 37 * number),
        tax_category=("reduced", "standard", "exempt")[number % 3],
        unit="kg" if number % 5 == 0 else "piece",
        is_divisible=True,
        barcodes=(PackCode(barcode_key(body + str(check_digit(body)))),),
    )


def wait_at_the_door(path: Path) -> None:
    """Say that this program is ready, and begin when all are, where a test keeps a closed door beside the database."""
    door = path.parent / "closed-door"
    if door.exists():
        (path.parent / f"ready-{os.getpid()}").touch()
        while door.exists():
            time.sleep(0.002)


def open_the_door(path: Path, programs: int) -> None:
    """Let so many programs begin in the same moment."""
    end = time.monotonic() + 60
    while len(list(path.parent.glob("ready-*"))) < programs and time.monotonic() < end:
        time.sleep(0.002)
    (path.parent / "closed-door").unlink()


def open_station(path: Path, *, till: str = "t1") -> Executor:
    """Open the database of the shop; the first to do so sets the shop up."""
    database = open_database(path, CLOCK.new_id)
    executor = Executor(database, CLOCK)
    if till_queries.shop_of(database.writer, "") is None:
        must(
            executor,
            SaveShop(SHOP),
            SaveTill(Till("t1", "s1", "1", "Kasse 1")),
            SaveProducts("first", tuple(product(number) for number in range(len(PRODUCTS)))),
            MoveGoods(
                "delivery",
                "delivery",
                tuple(Move(name, Quantity.of(50), SUPPLIER, "shop:s1") for name in PRODUCTS),
            ),
        )
    if database.station.till != till:
        database.become_till(till)
    return executor


@contextmanager
def station(path: Path) -> Iterator[Executor]:
    executor = open_station(path)
    try:
        yield executor
    finally:
        executor.database.close()


def must(executor: Executor, *commands: Command) -> Done:
    outcome = executor.execute(SYSTEM, *commands)
    if not isinstance(outcome, Done):
        raise NotDone(outcome.sentence)
    return outcome


def sell(executor: Executor, *products: str) -> Done:
    """Sell one of each for cash, from the first line to the receipt."""
    sale = CLOCK.new_id()
    with closing(executor.database.reader()) as reader:
        for name in products:
            must(executor, add(reader, sale, name))
        ticket = till_queries.sale_state(reader, sale)
    assert ticket is not None
    return must(executor, TakeTender(sale, CLOCK.new_id(), CASH, CASH.asks(ticket.due)), CompleteSale(sale))


def add(reader: Connection, sale: str, name: str, quantity: Quantity = ONE) -> AddLine:
    found = till_queries.product_by_id(reader, name, SHOP, DAY)
    assert found is not None
    return AddLine(sale, CLOCK.new_id(), found.article, quantity)


def begin_shift(executor: Executor) -> str:
    shift = CLOCK.new_id()
    must(executor, OpenShift(shift, francs(20000)))
    return shift


def a_days_work(path: Path, actions: int = 120, seed: int = 1) -> None:
    """Make a database with a day's work in it, closed and ready to be looked at."""
    with station(path) as executor, closing(ShiftScript(executor, random.Random(seed))) as script:
        for _ in islice(script.work(), actions):
            pass


class ShiftScript:
    """Works at the till for ever, one durable action after the other; takes up whatever was left open."""

    def __init__(self, executor: Executor, chance: random.Random) -> None:
        self._executor, self._chance = executor, chance
        self._reader = executor.database.reader()
        self._till = executor.database.station.till

    def work(self) -> Iterator[Done]:
        """Give each action once it is durable: what a screen would show now."""
        while True:
            shift = till_queries.open_shift(self._reader, self._till)
            if not shift:
                shift = CLOCK.new_id()
                yield self._do(OpenShift(shift, francs(20000)))
            left = till_queries.open_sale(self._reader, self._till)
            if left is not None:
                yield from self._finish(left.sale)
            for _ in range(8):
                yield from self._ticket()
            yield from self._beside_the_tickets(shift)

    def close(self) -> None:
        self._reader.close()

    def ticket(self) -> Sale | None:
        """The ticket on the screen."""
        return till_queries.open_sale(self._reader, self._till)

    def _do(self, *commands: Command) -> Done:
        return must(self._executor, *commands)

    def _ticket(self) -> Iterator[Done]:
        sale = CLOCK.new_id()
        for _ in range(self._chance.randint(1, 5)):
            quantity = Quantity(self._chance.choice((1_000_000, 2_000_000, 350_000)))
            yield self._do(add(self._reader, sale, self._chance.choice(PRODUCTS), quantity))
        match self._chance.random():
            case luck if luck < 0.1:
                yield self._do(VoidSale(sale, "changed their mind"))
                return
            case luck if luck < 0.3:
                yield self._do(HoldSale(sale, "Frau Meier"))
                held = self._chance.choice(till_queries.held_sales(self._reader))
                yield self._do(RecallSale(held.sale))
                sale = held.sale
            case luck if luck < 0.5:
                yield from self._change(sale)
        yield from self._finish(sale)

    def _change(self, sale: str) -> Iterator[Done]:
        lines = self._state(sale).lines
        yield self._do(ChangeQuantity(sale, lines[0].line, Quantity.of(3)))
        if len(lines) > 1:
            yield self._do(RemoveLine(sale, lines[-1].line))

    def _finish(self, sale: str) -> Iterator[Done]:
        ticket = self._state(sale)
        if not ticket.lines:
            yield self._do(VoidSale(sale))
            return
        if ticket.due.minor > 1 and not ticket.tenders and self._chance.random() < 0.4:
            yield self._do(TakeTender(sale, CLOCK.new_id(), CARD, francs(ticket.due.minor // 2)))
        due = self._state(sale).due
        if not due:
            yield self._do(CompleteSale(sale))
        elif CASH.asks(due):
            note = francs(-(-due.minor // 1000) * 1000)
            yield self._do(TakeTender(sale, CLOCK.new_id(), CASH, note))
            yield self._do(CompleteSale(sale))
        else:
            yield self._do(TakeTender(sale, CLOCK.new_id(), CARD, due), CompleteSale(sale))

    def _beside_the_tickets(self, shift: str) -> Iterator[Done]:
        yield self._do(MoveCash(shift, CLOCK.new_id(), francs(-500), "milk for the coffee"))
        yield self._do(OpenDrawer(shift, CLOCK.new_id(), "change"))
        yield self._do(TakeXReport(shift, CLOCK.new_id()))
        figures = shift_queries.figures(self._reader, shift, SHOP)
        assert figures is not None
        counted = tuple(Counted(row.method, row.expected) for row in figures.tenders)
        yield self._do(CloseShift(shift, counted))

    def _state(self, sale: str) -> Sale:
        state = till_queries.sale_state(self._reader, sale)
        assert state is not None
        return state
