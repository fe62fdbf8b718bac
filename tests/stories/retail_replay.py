"""Sells a year of real orders again at one till of ours, by the commands of a cashier, on a real database file.

One shift a day. A row is put on the ticket at the price of the file; what comes back comes back against the receipt it
was sold on where one can be found (same customer, product and price, enough of it left), else without a receipt.

    python -m tests.stories.retail_replay [FILE] [DAYS] [--profile]

says what became of the rows of the whole file, and how long it took.
"""

from __future__ import annotations

import cProfile
import pstats
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from time import perf_counter

from omsdesk.actions.execute import Done, Executor
from omsdesk.domain.cash import CloseShift, Counted, OpenShift, ShiftClosed
from omsdesk.domain.catalogue import Article, ProductEdit, SaveProducts
from omsdesk.domain.messages import Command, Event
from omsdesk.domain.people import SYSTEM, Person, Role, SavePerson
from omsdesk.domain.pricing import PriceBreak
from omsdesk.domain.receipt_policy import Paper
from omsdesk.domain.return_policy import ReturnPolicy
from omsdesk.domain.returns import ReturnGoods, ReturnWithoutReceipt
from omsdesk.domain.sale import SaleCompleted
from omsdesk.domain.sale_command import AddLine, CompleteSale, TakeTender
from omsdesk.domain.shop import SaveShop, SaveTill, Shop, Till
from omsdesk.domain.tax import Tax, TaxRate
from omsdesk.domain.tender import TenderKind, TenderMethod
from omsdesk.domain.values import NONE, Money, Quantity, Stamp, uuid7
from omsdesk.store.database import open_database
from omsdesk.store.queries import shift as shift_queries
from omsdesk.store.queries import till as queries
from tests.stories.online_retail import SAMPLE, SERVICES, Day, Order, Retail, Row, read, whole_file

CASH = TenderMethod("cash", "Cash", TenderKind.CASH)
TRANSFER = TenderMethod("transfer", "Bank transfer", TenderKind.OTHER)
VAT = Tax("S", "VAT", 200_000)
SHOP = Shop(
    "s1", "Gifts", "GBP", "GB", tax_rates=(TaxRate("standard", VAT),), tender_methods=(TRANSFER, CASH),
    # What comes back without a receipt brings what the file says, and not the lowest price of a while.
    returns=ReturnPolicy(lowest_days=0),
)  # fmt: skip
TILL = Till("t1", "s1", "1", "Till 1")
CASHIER, SUPERVISOR = "cara", "sue"
_FLOAT = Money(100_00, "GBP")
_BATCH = 500


class FileClock:
    """The clock of the shop: as late as the order that is being served."""

    def __init__(self) -> None:
        self.moment = Stamp(0)
        self._count = 0

    def turn_to(self, at: datetime) -> None:
        """Go on to a moment; never back."""
        self.moment = Stamp(max(self.moment.utc_ms, round(at.replace(tzinfo=UTC).timestamp() * 1000)))

    def now(self) -> Stamp:
        self.moment = replace(self.moment, utc_ms=self.moment.utc_ms + 1)
        return self.moment

    def new_id(self) -> str:
        self._count += 1
        return uuid7(self.moment.utc_ms, self._count.to_bytes(10, "big"))


@dataclass(slots=True)
class _Sold:
    """A line that was sold, and how much of it can still come back."""

    sale: str
    line: str
    left: int


@dataclass(slots=True)
class Outcome:
    """What became of the orders."""

    totals: dict[str, Decimal] = field(default_factory=dict)
    """What each day's shift came to, as its report says."""
    closed: list[ShiftClosed] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


class Replay:
    """A till, and the orders that it serves."""

    def __init__(self, path: Path, retail: Retail) -> None:
        """Set up a shop that sells what is on the orders."""
        self.retail, self.path, self.clock = retail, path, FileClock()
        self.database = open_database(path, self.clock.new_id)
        self.executor = Executor(self.database, self.clock)
        self.outcome = Outcome()
        self._sold: dict[tuple[str, str, int], list[_Sold]] = defaultdict(list)
        self._articles: dict[str, Article] = {}
        if retail.days:
            self.clock.turn_to(retail.days[0].orders[0].at.replace(hour=0, minute=0))
        self.do(SYSTEM, SaveShop(SHOP), SaveTill(TILL))
        self.do(SYSTEM, SavePerson(Person(CASHIER, "Cara Cashier", Role.CASHIER)))
        self.do(SYSTEM, SavePerson(Person(SUPERVISOR, "Sue Supervisor", Role.SUPERVISOR)))
        self.database.become_till(TILL.id)
        self._make_products()

    def do(self, actor: str, *commands: Command) -> tuple[Event, ...]:
        """Carry commands out as one action, which has to be done."""
        done = self.executor.execute(actor, *commands)
        assert isinstance(done, Done), (done, commands[0])
        return done.facts

    def close(self) -> None:
        """Close the file."""
        self.database.close()

    def _make_products(self) -> None:
        names: dict[str, Counter[str]] = defaultdict(Counter)
        prices: dict[str, Counter[int]] = defaultdict(Counter)
        for row in self.retail.rows:
            names[row.code][row.name] += 1
            prices[row.code][_pence(row.price)] += 1
        edits = [
            ProductEdit(
                code, name=names[code].most_common(1)[0][0] or code, sku=code, tax_category="standard",
                price=Money(prices[code].most_common(1)[0][0], "GBP"), is_tracked=not code.upper().startswith(SERVICES),
            )
            for code in sorted(names)
        ]  # fmt: skip
        for at in range(0, len(edits), _BATCH):
            self.do(SYSTEM, SaveProducts(f"products {at}", tuple(edits[at : at + _BATCH])))

    def article(self, code: str) -> Article:
        """Look a product up as the till does."""
        if code not in self._articles:
            found = queries.product_by_id(self.database.writer, code, SHOP, self.clock.moment.day)
            assert found is not None
            self._articles[code] = found.article
        return self._articles[code]

    # ------------------------------------------------------------------------------ the days

    def run(self) -> Outcome:
        """Serve every order, a shift a day."""
        for day in self.retail.days:
            self.serve(day)
        return self.outcome

    def serve(self, day: Day) -> None:
        """Open, serve, count and close."""
        self.clock.turn_to(day.orders[0].at)
        shift = f"shift {day.day}"
        self.do(CASHIER, OpenShift(shift, _FLOAT))
        for order in day.orders:
            self.clock.turn_to(order.at)
            self._serve(order)
        figures = shift_queries.figures(self.database.writer, shift, SHOP)
        assert figures is not None
        counted = tuple(Counted(row.method, max(row.expected, Money(0, "GBP"))) for row in figures.tenders)
        closed = self.do(CASHIER, CloseShift(shift, counted))[0]
        assert isinstance(closed, ShiftClosed)
        self.outcome.closed.append(closed)
        self.outcome.totals[day.day] = closed.figures.total.decimal

    def _serve(self, order: Order) -> None:
        rows = self._returns(order) if order.is_return else self._lines(order)
        amount = Money(_pence(order.amount), "GBP")
        method = TRANSFER if order.customer else CASH
        payment = [TakeTender(order.invoice, self.clock.new_id(), method, amount)] if amount else []
        actor = SUPERVISOR if order.is_return else CASHIER
        facts = self.do(actor, *rows, *payment, CompleteSale(order.invoice, Paper.NONE))
        self.outcome.counts["tickets"] += 1
        if not order.is_return:
            self._remember(order, next(fact for fact in facts if isinstance(fact, SaleCompleted)))

    def _lines(self, order: Order) -> Iterator[Command]:
        for row in order.rows:
            article, price = self.article(row.code), Money(_pence(row.price), "GBP")
            usual = article.prices[0].price
            self.outcome.counts["lines sold"] += 1
            self.outcome.counts["lines sold at another price than usual"] += price != usual
            yield AddLine(
                order.invoice,
                self.clock.new_id(),
                article,
                Quantity.of(row.quantity),
                None if price == usual else price,
            )

    # ------------------------------------------------------------------------------ what comes back

    def _remember(self, order: Order, document: SaleCompleted) -> None:
        if order.customer:
            for line in document.lines:
                known = self._sold[order.customer, line.product, line.unit_price.minor]
                known.append(_Sold(order.invoice, line.line, int(line.quantity.decimal)))

    def _returns(self, order: Order) -> Iterator[Command]:
        against: dict[str, tuple[_Sold, int]] = {}
        for row in order.rows:
            found = self._find(order.customer, row)
            if found is None:
                self.outcome.counts["lines back without a receipt"] += 1
                yield self._without_receipt(order, row)
            else:
                found.left += row.quantity
                before = against.get(found.line, (found, 0))[1]
                against[found.line] = found, before - row.quantity
                self.outcome.counts["lines back against a receipt"] += 1
        for sold, count in against.values():
            yield ReturnGoods(order.invoice, self.clock.new_id(), sold.sale, sold.line, Quantity.of(count))

    def _find(self, customer: str, row: Row) -> _Sold | None:
        """Find what was bought last of it, where so many can still come back."""
        known = self._sold.get((customer, row.code, _pence(row.price)), ()) if customer else ()
        return next((sold for sold in reversed(known) if sold.left >= -row.quantity), None)

    def _without_receipt(self, order: Order, row: Row) -> Command:
        price = PriceBreak(NONE, Money(_pence(row.price), "GBP"))
        article = replace(self.article(row.code), prices=(price,))
        return ReturnWithoutReceipt(order.invoice, self.clock.new_id(), article, Quantity.of(-row.quantity))


def _pence(pounds: Decimal) -> int:
    return int(pounds.scaleb(2))


def replayed(path: Path, retail: Retail) -> tuple[Replay, float]:
    """Serve all orders in a new file; tells how many seconds that took."""
    replay = Replay(path, retail)
    begun = perf_counter()
    replay.run()
    return replay, perf_counter() - begun


def report(retail: Retail, outcome: Outcome, seconds: float) -> Iterator[str]:
    """Say what became of the rows."""
    tickets = outcome.counts["tickets"]
    lines = sum(1 for _ in retail.rows)
    yield f"{tickets} tickets of {lines} lines on {len(retail.days)} days in {seconds:.1f} s"
    yield f"{tickets / seconds:.0f} tickets and {lines / seconds:.0f} lines a second"
    yield from (f"{count:>8}  {what}" for what, count in sorted(outcome.counts.items()))
    yield "left out:"
    yield from (f"{count:>8}  {reason}" for reason, count in sorted(retail.left_out.items()))
    yield f"{sum(outcome.totals.values(), Decimal(0)):>14}  pounds in all"


def main(arguments: list[str]) -> None:
    """Serve a file, or the first days of it."""
    words, is_profiled = [word for word in arguments if word != "--profile"], "--profile" in arguments
    days = [int(word) for word in words if word.isdigit()]
    named = [Path(word) for word in words if not word.isdigit()]
    retail = read(named[0] if named else whole_file() or SAMPLE)
    if days:
        retail = retail.some(range(days[0]))
    profile = cProfile.Profile()
    with tempfile.TemporaryDirectory() as folder:
        if is_profiled:
            profile.enable()
        replay, seconds = replayed(Path(folder) / "shop.db", retail)
        profile.disable()
        replay.close()
        size = replay.path.stat().st_size
    wrong = [day.day for day in retail.days if replay.outcome.totals[day.day] != day.amount]
    print(*report(retail, replay.outcome, seconds), sep="\n")  # noqa: T201
    print(f"{size / 1e6:.0f} MB; days that do not add up: {', '.join(wrong) or 'none'}")  # noqa: T201
    if is_profiled:
        pstats.Stats(profile).sort_stats("cumulative").print_stats(40)


if __name__ == "__main__":
    main(sys.argv[1:])
