"""Any shift: the rows of its report add up to what was turned over, and to what lies in the drawer."""

from __future__ import annotations

import random
import tempfile
from dataclasses import replace
from itertools import count
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from omsdesk.actions import shift_rows
from omsdesk.domain.account import AccountKind, account_id
from omsdesk.domain.buying import SetCustomer
from omsdesk.domain.card_number import new_number
from omsdesk.domain.cash import CashMoved, CloseShift, Counted, MoveCash, ShiftClosed, ShiftFigures
from omsdesk.domain.catalogue import ProductEdit, SaveProducts
from omsdesk.domain.customer import Customer, Exemption, SaveCustomer
from omsdesk.domain.discount import Discount
from omsdesk.domain.messages import Command
from omsdesk.domain.returns import ReturnGoods
from omsdesk.domain.sale import SaleCompleted
from omsdesk.domain.sale_command import (
    CompleteSale,
    DiscountSale,
    LoadAccount,
    ReturnDeposit,
    TakeVoidBack,
    VoidSale,
)
from omsdesk.domain.shop import SaveShop
from omsdesk.domain.tax import Tax, TaxRate, TaxRounding, TaxTerms
from omsdesk.domain.ticket_kind import TicketKind, kind_of
from omsdesk.domain.values import ONE, Money, Quantity
from omsdesk.store import journal
from omsdesk.store.queries import till as till_queries
from omsdesk.store.queries.shift import figures
from tests.domain.corner_shop import CARD, CASH, SHOP, VAT, gbp
from tests.store.station import Station

RATES = (
    TaxRate("standard", VAT),
    TaxRate("reduced", Tax("R", "VAT", 55_000)),
    TaxRate("zero", Tax("Z", "VAT", 0)),
)
GOODS = (
    ProductEdit("book", name="Book", tax_category="zero", price=gbp("7.99")),
    ProductEdit("heat", name="Heating", tax_category="reduced", price=gbp("0.97")),
    ProductEdit("stamp", name="Stamp", price=gbp("1.35")),
    ProductEdit("bottle", name="Bottle", tax_category="standard", price=gbp("0.25"), is_deposit=True),
)
FIVE = replace(CASH, rounding_step=5)
SELLABLE = ("coffee", "tea", "apples", "book", "heat", "stamp")


class AnyShift:
    """A till at which everything happens in any order."""

    def __init__(self, path: Path, seed: int, terms: TaxTerms) -> None:
        self.till, self.any, self.ids = Station(path), random.Random(seed), count()
        ways = (FIVE, CARD) if self.any.random() < 0.5 else (CARD, CASH)
        self.ways = ways
        self.till.do(SaveShop(replace(SHOP, tax_rates=RATES, tax_terms=terms, tender_methods=ways)))
        self.till.do(SaveProducts("goods", GOODS))
        self.till.do(SaveCustomer(Customer("trade", "Trade Ltd", exemption=Exemption("GB 77"), phone="0123 456789")))
        self.till.open_shift()
        self.sold: list[tuple[str, str]] = []
        self.taken_back = 0

    def new(self) -> str:
        return f"n{next(self.ids)}"

    def step(self) -> None:
        ticket = self.new()
        commands: list[Command] = []
        what = self.any.choice(["sale", "sale", "refund", "exchange", "empties", "load", "void", "undone", "cash"])
        if what == "cash":
            self.till.do(
                MoveCash("shift-1", ticket, Money(self.any.choice([-1, 1]) * self.any.randint(1, 900), "GBP"), "x")
            )
            return
        if what in {"sale", "exchange", "void", "undone"}:
            commands += self.goods(ticket)
        if what in {"refund", "exchange"} and self.sold:
            sale, line = self.sold.pop(self.any.randrange(len(self.sold)))
            commands.append(ReturnGoods(ticket, self.new(), sale, line, ONE))
        if what == "empties" or (what == "sale" and self.any.random() < 0.3):
            bottle = till_queries.product_by_id(self.till.database.writer, "bottle", SHOP, "2026-11-23")
            assert bottle is not None
            commands.append(ReturnDeposit(ticket, self.new(), bottle.article, Quantity.of(self.any.randint(1, 4))))
        if what == "load" or self.any.random() < 0.15:
            card = account_id(AccountKind.GIFT_CARD, new_number(self.any.randbytes(16)))
            commands.append(LoadAccount(ticket, self.new(), card, Money(self.any.randint(1, 5000), "GBP"), is_new=True))
        if not commands:
            return
        self.till.do(*commands)
        if what in {"void", "undone"}:
            self.till.do(VoidSale(ticket))
            if what == "undone":
                self.till.do(TakeVoidBack(ticket))
                self.taken_back += 1
            return
        self.finish(ticket)

    def goods(self, ticket: str) -> list[Command]:
        made: list[Command] = []
        for product in self.any.choices(SELLABLE, k=self.any.randint(1, 4)):
            quantity = Quantity.of(self.any.choice(["1", "2", "0.345"]) if product == "apples" else 1)
            made.append(self.till.add(ticket, product, quantity, self.new()))
        if self.any.random() < 0.25:
            made.append(SetCustomer(ticket, "trade"))
        if self.any.random() < 0.25:
            made.append(DiscountSale(ticket, Discount(ppm=self.any.choice([50_000, 333_333]))))
        return made

    def finish(self, ticket: str) -> None:
        state = till_queries.sale_state(self.till.database.writer, ticket)
        assert state is not None
        if state.due:
            self.till.do(self.till.pay(ticket, method=self.any.choice(self.ways)))
        self.till.do(CompleteSale(ticket))
        self.sold += [
            (ticket, row.line) for row in state.lines if row.returned is None and not row.loads and row.quantity == ONE
        ]

    def figures(self) -> ShiftFigures:
        shop = till_queries.shop_of(self.till.database.writer, "t1")
        assert shop is not None
        found = figures(self.till.database.writer, "shift-1", shop)
        assert found is not None
        return found


@settings(max_examples=12, deadline=None)
@given(
    seed=st.integers(0, 2**32),
    terms=st.builds(TaxTerms, is_inclusive=st.booleans(), rounding=st.sampled_from(TaxRounding)),
)
def test_every_sum_of_a_report_adds_up(seed: int, terms: TaxTerms) -> None:
    with tempfile.TemporaryDirectory() as folder:
        shift = AnyShift(Path(folder) / "shop.db", seed, terms)
        for _ in range(25):
            shift.step()
        found, facts = shift.figures(), [entry.fact for entry in journal.each(shift.till.database.writer)]
        tickets = [fact for fact in facts if isinstance(fact, SaleCompleted)]
        turnover = sum(fact.turnover.minor for fact in tickets)
        paid_in = sum(row.amount.minor for row in found.loads)
        moved = found.pay_in.minor + found.pay_out.minor + gbp("100.00").minor

        assert found.total.minor == turnover
        assert sum(row.net.minor + row.amount.minor for row in found.taxes) == turnover, "taxes, and what has none"
        assert sum(row.amount.minor for row in found.tickets) == turnover, "sales, refunds, exchanges, empties"
        assert sum(row.count for row in found.tickets) == found.sale_count == len(tickets)
        for kind in TicketKind:
            same = [fact for fact in tickets if kind_of(fact.lines) is kind]
            told = next(((row.count, row.amount.minor) for row in found.tickets if row.kind is kind), (0, 0))
            assert told == (len(same), sum(fact.turnover.minor for fact in same))
        expected = sum(row.expected.minor for row in found.tenders)
        assert expected == turnover + paid_in + found.rounding.minor + moved, "all that was taken, and what was there"
        drawer = sum(fact.amount.minor for fact in facts if isinstance(fact, CashMoved))
        shop = till_queries.shop_of(shift.till.database.writer, "t1")
        assert shop is not None
        assert shift_rows.expected_cash(found, shop) == Money(drawer, "GBP"), "what the journal says of the drawer"
        voids = sum(fact.kind == "sale.voided" for fact in facts)
        assert found.void_count == voids - shift.taken_back
        done = shift.till.do(CloseShift("shift-1", (Counted("cash", Money(drawer, "GBP")),)))
        (closed,) = [fact for fact in done.facts if isinstance(fact, ShiftClosed)]
        assert [row.difference for row in closed.figures.tenders if row.method == "cash"] == [gbp("0.00")]
        shift.till.close()
