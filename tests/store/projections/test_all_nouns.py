"""The tables are made of the journal and of nothing else: replayed from zero, every row is the same."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from omsdesk.domain.cash import (
    CloseShift,
    Counted,
    MoveCash,
    OpenDrawer,
    OpenShift,
    PaidInPart,
    ShiftClosed,
    TakeXReport,
)
from omsdesk.domain.catalogue import PackCode, PriceRow, ProductEdit, SaveProducts, SetPrices
from omsdesk.domain.messages import Command, Refusal
from omsdesk.domain.people import Person, SavePerson, SignIn
from omsdesk.domain.pricing import PriceList
from omsdesk.domain.printing import AskPrint, NotePrint, PaperKind, PrintState
from omsdesk.domain.receipt_policy import Paper
from omsdesk.domain.sale import SaleCompleted
from omsdesk.domain.sale_command import ChangeQuantity, CompleteSale, HoldSale, RecallSale, RemoveLine, VoidSale
from omsdesk.domain.shop import SaveShop, SaveTill
from omsdesk.domain.stock import SUPPLIER, Move, MoveGoods
from omsdesk.domain.tender import TenderMethod
from omsdesk.domain.values import Money, Quantity
from omsdesk.store import journal
from omsdesk.store.database import open_database
from omsdesk.store.engine import Connection
from omsdesk.store.projections.all_nouns import project
from omsdesk.store.queries import shift as shift_queries
from omsdesk.store.queries import till as till_queries
from tests.domain.corner_shop import CARD, CASH, SHOP, TILL, gbp
from tests.store.station import PEOPLE, Clock, Station

NOT_MADE = {"journal", "station", "fork", "alembic_version"}
"""The truth itself, and what only this device knows."""


def tables(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table that is made of the journal, and every word of the search index."""
    found = connection.rows(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%!_search%' ESCAPE '!'"
    )
    names = sorted(name for (name,) in found if name not in NOT_MADE)
    rows = {name: sorted(connection.rows(f"SELECT * FROM {name}"), key=repr) for name in names}  # noqa: S608
    for index in ("product_search", "customer_search"):
        connection.run(f"CREATE VIRTUAL TABLE temp.found USING fts5vocab(main, {index}, instance)")
        rows[index] = sorted(connection.rows("SELECT * FROM temp.found"))
        connection.run("DROP TABLE temp.found")
    return rows


def replayed(source: Connection, path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Make the tables again in a fresh file."""
    fresh = open_database(path, Clock().new_id)
    after = 0
    with fresh.writer.transaction():
        while entries := journal.since(source, after, most=50):
            for entry in entries:
                project(fresh.writer, entry)
            after = entries[-1].position
    found = tables(fresh.writer)
    fresh.close()
    return found


products = st.sampled_from(["coffee", "tea", "apples", "repair"])
quantities = st.sampled_from(["1", "2", "0.345", "12"]).map(Quantity.of)
sales = st.integers(0, 4).map(lambda number: f"sale-{number}")
methods = st.sampled_from([CASH, replace(CASH, rounding_step=5), CARD])
amounts = st.integers(-5000, 5000).map(lambda minor: Money(minor, "GBP"))
words = st.sampled_from(["Coffee", "Café au lait", "緑茶", "Tea", "Süßes", ""])


class AnyDay(RuleBasedStateMachine):
    """A shop where anything may happen; at the end of the day the tables are made again from the journal."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name)
        self.station = Station(self.path / "shop.db")
        self.count = 0

    def do(self, *commands: Command) -> None:
        self.station.outcome(*commands)

    def new(self, what: str) -> str:
        self.count += 1
        return f"{what}-{self.count}"

    @property
    def shift(self) -> str:
        return till_queries.open_shift(self.station.database.writer, self.station.database.station.till)

    # --- the till

    @initialize()
    def open(self) -> None:
        self.do(OpenShift(self.new("shift"), gbp("100.00")))

    @precondition(lambda self: not self.shift)
    @rule()
    def open_again(self) -> None:
        self.open()

    @rule(sale=sales, product=products, quantity=quantities)
    def scan(self, sale: str, product: str, quantity: Quantity) -> None:
        self.do(self.station.add(sale, product, quantity))

    @rule(sale=sales, method=methods, paper=st.sampled_from(Paper))
    def finish(self, sale: str, method: TenderMethod, paper: Paper) -> None:
        ticket = till_queries.sale_state(self.station.database.writer, sale)
        if ticket is not None and ticket.is_open and ticket.due:
            self.do(self.station.pay(sale, method=method), CompleteSale(sale, paper))

    @rule(goods=st.lists(products, min_size=1, max_size=4), quantity=quantities, method=methods)
    def sell(self, goods: list[str], quantity: Quantity, method: TenderMethod) -> None:
        sale = self.new("sold")
        self.do(*(self.station.add(sale, product, quantity) for product in goods))
        self.finish(sale, method, Paper.PRINT)

    @rule(sale=sales, method=methods)
    def take_up_and_finish(self, sale: str, method: TenderMethod) -> None:
        self.do(self.station.add(sale), HoldSale(sale, "Ann"))
        self.do(RecallSale(sale))
        self.finish(sale, method, Paper.NONE)

    @rule(sale=sales, part=st.sampled_from(["0.50", "1.00"]))
    def pay_a_part(self, sale: str, part: str) -> None:
        if till_queries.sale_state(self.station.database.writer, sale) is not None:
            self.do(self.station.pay(sale, gbp(part), CARD))

    @rule(sale=sales, quantity=quantities)
    def change(self, sale: str, quantity: Quantity) -> None:
        ticket = till_queries.sale_state(self.station.database.writer, sale)
        if ticket is not None and ticket.lines:
            self.do(ChangeQuantity(sale, ticket.lines[-1].line, quantity), RemoveLine(sale, ticket.lines[0].line))

    @rule(command=st.builds(HoldSale, sales, words) | st.builds(RecallSale, sales) | st.builds(VoidSale, sales))
    def turn(self, command: Command) -> None:
        self.do(command)

    @rule(amount=amounts)
    def move_cash(self, amount: Money) -> None:
        self.do(MoveCash(self.shift, self.new("move"), amount, "reason"), OpenDrawer(self.shift, self.new("open"), ""))

    @rule()
    def report(self) -> None:
        self.do(TakeXReport(self.shift, self.new("x")))

    @precondition(lambda self: self.shift and self.count % 3 == 0)
    @rule(counted=st.integers(0, 20_000))
    def close(self, counted: int) -> None:
        close = CloseShift(self.shift, (Counted("cash", Money(counted, "GBP")),))
        where = till_queries.station(self.station.database.writer).till
        if till_queries.paid_in_part(self.station.database.writer, where):
            assert isinstance(self.station.refusal(close), PaidInPart)
            return
        done = self.station.do(close)
        assert isinstance(done.facts[0], ShiftClosed), "a close cannot fail"

    @rule(till=st.sampled_from(["t1", "t2"]), is_training=st.booleans())
    def walk(self, till: str, is_training: bool) -> None:
        self.station.database.become_till(till)
        found = till_queries.till_of(self.station.database.writer, till) or TILL
        self.do(SaveTill(replace(found, is_training=is_training)))
        if not self.shift:
            self.open()

    @rule()
    def restore(self) -> None:
        self.station.database.raise_epoch()

    # --- the office

    @rule(product=products, name=words, category=words, price=st.none() | amounts, code=st.sampled_from("12345"))
    def edit(self, product: str, name: str, category: str, price: Money | None, code: str) -> None:
        edits = (
            ProductEdit(product, name=name, category=category, price=price, barcodes=(PackCode(code),)),
            ProductEdit(self.new("product"), name=name, category=f"{category} {code}"),
            ProductEdit(product, variant=code, is_sold=code != "1"),
        )
        self.do(SaveProducts(self.new("batch"), edits))

    @rule(product=products, minor=st.integers(1, 900), priority=st.integers(0, 2))
    def set_prices(self, product: str, minor: int, priority: int) -> None:
        rows = (PriceRow(product, Money(minor, "GBP"), Quantity.of(priority * 5)), PriceRow("nobody", gbp("1")))
        self.do(SetPrices(self.new("batch"), PriceList(f"list-{priority}", "List", priority), rows))

    @rule(product=products, quantity=quantities)
    def deliver(self, product: str, quantity: Quantity) -> None:
        self.do(MoveGoods(self.new("delivery"), "delivery", (Move(product, quantity, SUPPLIER, "shop:s1"),)))

    @rule(person=st.sampled_from(PEOPLE), is_active=st.booleans())
    def people(self, person: Person, is_active: bool) -> None:
        self.do(SavePerson(replace(person, is_active=is_active)))
        self.do(SignIn("t1", person.id))

    @rule(name=words)
    def rename(self, name: str) -> None:
        self.do(SaveShop(replace(SHOP, name=name)))

    @rule(state=st.sampled_from(PrintState), sale=sales)
    def printer(self, state: PrintState, sale: str) -> None:
        self.do(AskPrint(self.new("job"), "t1", PaperKind.RECEIPT, sale), NotePrint(f"job-{self.count}", state, "why"))
        self.do(NotePrint(f"{sale}:receipt", state))

    # --- the end of the day

    def teardown(self) -> None:
        writer = self.station.database.writer
        made = tables(writer)
        assert replayed(writer, self.path / "fresh.db") == made
        assert list(journal.broken_links(writer)) == []
        self.check_sums(writer)
        self.station.close()
        self.folder.cleanup()

    def check_sums(self, writer: Connection) -> None:
        places = writer.rows("SELECT product, sum(quantity) FROM stock_level GROUP BY product")
        assert all(total == 0 for _, total in places), "goods come from somewhere and go somewhere"
        facts = [entry.fact for entry in journal.each(writer)]
        numbers = [fact.number for fact in facts if isinstance(fact, SaleCompleted)]
        assert len(set(numbers)) == len(numbers), "no receipt number comes twice"
        names = [fact.name for fact in facts if isinstance(fact, ShiftClosed)]
        assert len(set(names)) == len(names), "nor does the number of a Z report"
        for shift in {fact.shift for fact in facts if isinstance(fact, SaleCompleted)}:
            sold = [f for f in facts if isinstance(f, SaleCompleted) and f.shift == shift and not f.is_training]
            figures = shift_queries.figures(writer, shift, SHOP)
            assert figures is not None
            assert figures.total.minor == sum(fact.total.minor for fact in sold)
            assert figures.sale_count == len(sold)
        open_at: dict[str, int] = {}
        for (till,) in writer.rows("SELECT till FROM sale WHERE number IS NULL AND is_voided = 0 AND held_as IS NULL"):
            open_at[till] = open_at.get(till, 0) + 1
        assert all(count == 1 for count in open_at.values()), "a till has one ticket in work"


TestAnyDay = AnyDay.TestCase
TestAnyDay.settings = settings(max_examples=30, stateful_step_count=40, deadline=None)


def test_a_refused_action_leaves_no_row(till: Station) -> None:
    before = tables(till.database.writer)
    assert isinstance(till.outcome(till.add("sale-1"), CompleteSale("sale-1")), Refusal)
    assert tables(till.database.writer) == before
