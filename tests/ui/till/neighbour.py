"""The other till of a shop: a station with a disk of its own, whose facts come here as sync brings them."""

from __future__ import annotations

from pathlib import Path

from omsdesk.actions.clock import SystemClock
from omsdesk.actions.execute import Done, Executor
from omsdesk.domain.cash import OpenShift
from omsdesk.domain.messages import Command
from omsdesk.domain.people import SYSTEM
from omsdesk.domain.receipt_policy import Paper
from omsdesk.domain.sale_command import AddLine, CompleteSale, TakeTender
from omsdesk.domain.shop import SaveTill, Till
from omsdesk.domain.values import ONE, Money
from omsdesk.store import exchange, journal
from omsdesk.store.database import Database, open_database
from omsdesk.store.queries import till as queries
from tests.ui.till.shop import CASH, SHOP

SECOND = Till("t2", "s1", "2", "Till 2")


def hear(here: Database, there: Database) -> None:
    """Take over what another station did in its present epoch, as the thread that writes does."""
    where = there.station
    with here.writer.transaction():
        previous = journal.GENESIS
        for entry in journal.run_after(there.writer, where.device, where.epoch, 0, 10_000):
            exchange.take(here.writer, where.device, where.epoch, previous, entry)
            previous = entry.hash


class Neighbour:
    """Till 2, which knows the shop from till 1."""

    def __init__(self, folder: Path, first: Database) -> None:
        self.clock = SystemClock()
        self.database = open_database(folder / "neighbour.db", self.clock.new_id)
        self.executor = Executor(self.database, self.clock)
        hear(self.database, first)
        self.do(SaveTill(SECOND))
        self.database.become_till(SECOND.id)
        self.do(OpenShift(self.clock.new_id(), Money.of("150.00", "EUR")))

    def do(self, *commands: Command, actor: str = SYSTEM) -> Done:
        done = self.executor.execute(actor, *commands)
        assert isinstance(done, Done), done
        return done

    def sell(self, *products: str, paper: Paper = Paper.PRINT) -> str:
        """Sell products for cash; gives the sale."""
        sale = self.clock.new_id()
        for product in products:
            found = queries.product_by_id(self.database.writer, product, SHOP, self.clock.now().day)
            assert found is not None
            self.do(AddLine(sale, self.clock.new_id(), found.article, ONE))
        self.do(TakeTender(sale, self.clock.new_id(), CASH, Money.of("200.00", "EUR")), CompleteSale(sale, paper))
        return sale

    def close(self) -> None:
        self.database.close()
