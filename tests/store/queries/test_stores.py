"""What all stores took, against a plain count of everything that happened."""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from omsdesk.domain.cash import CloseShift, Counted, OpenShift
from omsdesk.domain.messages import Event
from omsdesk.domain.period import Period, Span, period, period_before
from omsdesk.domain.sale import SaleCompleted, SaleVoided
from omsdesk.domain.sale_command import CompleteSale, VoidSale
from omsdesk.domain.shop import SaveShop, SaveTill, Till
from omsdesk.domain.values import Money, Quantity, Stamp
from omsdesk.store import journal
from omsdesk.store.queries import stores as ask
from omsdesk.store.queries import till as queries
from omsdesk.store.queries.shift import figures
from omsdesk.store.queries.stores import StoreFigures, Takings
from tests.domain.corner_shop import NOON, SHOP, TILL, gbp
from tests.store.station import Station

DAY_MS = 86_400_000
HARBOUR = replace(SHOP, id="s2", name="Harbour Shop")
ALPS = replace(SHOP, id="s3", name="Alpine Shop", currency="CHF")
TILLS = ("t1", "t2", "h1", "training")


class Business(Station):
    """Three stores in one database, as the head office has them; one of them sells nothing."""

    def set_up_stores(self) -> None:
        """Add two stores and their tills to the first."""
        self.do(SaveShop(HARBOUR), SaveTill(Till("h1", "s2", "H1", "Harbour till")), SaveShop(ALPS))
        self.do(SaveTill(Till("training", "s2", "H2", "School", is_training=True)))

    def stand_at(self, till: str) -> str:
        """Go to a till, and open its shift where none is open."""
        self.database.become_till(till)
        shift = queries.open_shift(self.database.writer, till)
        if not shift:
            shift = self.clock.new_id()
            self.do(OpenShift(shift, gbp("100.00")), actor="cara")
        return shift

    def close_shift(self, difference: int) -> None:
        """Count what should be there, so many pence off."""
        till = self.database.station.till or ""
        shift, shop = queries.open_shift(self.database.writer, till), queries.shop_of(self.database.writer, till)
        assert shop is not None
        known = figures(self.database.writer, shift, shop)
        assert known is not None
        expected = known.tenders[0].expected
        # A count is never below zero.
        counted = Money(max(0, expected.minor + difference), expected.currency)
        self.do(CloseShift(shift, (Counted("cash", counted),)))

    def facts(self) -> list[tuple[Stamp, Event]]:
        """Everything that ever happened."""
        return [(entry.stamp, entry.fact) for entry in journal.each(self.database.writer)]

    def ask(self, span: Span = Span.DAY, back: int = 0, at: Stamp = NOON) -> dict[str, StoreFigures]:
        """Ask for all stores."""
        return {row.shop.id: row for row in ask.stores(self.database.writer, span, back, at)}


class Deed(NamedTuple):
    """What somebody does at a till, so many days before noon."""

    till: str
    days: int
    minute: int
    what: str
    products: tuple[str, ...]
    difference: int


DEEDS = st.lists(
    st.builds(
        Deed,
        st.sampled_from(TILLS),
        st.integers(0, 40),
        st.integers(0, 24 * 60 - 1),
        st.sampled_from(("sell", "sell", "sell", "void", "close")),
        st.lists(st.sampled_from(("coffee", "tea", "apples", "repair")), min_size=1, max_size=3).map(tuple),
        st.integers(-500, 500),
    ),
    max_size=12,
)


def play(business: Business, deeds: list[Deed]) -> None:
    """Do everything in the order of time."""
    for deed in sorted(deeds, key=lambda deed: (-deed.days, deed.minute)):
        business.clock.moment = Stamp(NOON.utc_ms // DAY_MS * DAY_MS - deed.days * DAY_MS + deed.minute * 60_000)
        business.stand_at(deed.till)
        if deed.what == "close":
            business.close_shift(deed.difference)
            continue
        sale = business.clock.new_id()
        business.do(*(business.add(sale, product) for product in deed.products))
        if deed.what == "sell":
            business.do(business.pay(sale), CompleteSale(sale))
        else:
            business.do(VoidSale(sale))


def counted(facts: list[tuple[Stamp, Event]], tills: set[str], when: Period) -> tuple[Takings, ...]:
    """Count what was sold, ticket by ticket."""
    sold = [
        fact
        for _, fact in facts
        if isinstance(fact, SaleCompleted)
        and fact.till in tills
        and not fact.is_training
        and when.first <= fact.at.day <= when.last
        and fact.at.utc_ms <= when.until_ms
    ]
    total = sum((fact.total for fact in sold), gbp("0"))
    return (Takings(total, len(sold), sum(fact.item_count for fact in sold)),) if sold else ()


@settings(max_examples=25)
@given(DEEDS, st.sampled_from(Span), st.integers(0, 2))
def test_the_figures_are_those_of_a_plain_count(deeds: list[Deed], span: Span, back: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        business = Business(Path(folder) / "shop.db")
        try:
            business.set_up_stores()
            play(business, deeds)
            _compare(business, span, back)
        finally:
            business.close()


def _compare(business: Business, span: Span, back: int) -> None:
    facts, found = business.facts(), business.ask(span, back)
    assert [row.shop.name for row in found.values()] == ["Alpine Shop", "Corner Shop", "Harbour Shop"]
    when, before = period(span, back, NOON), period_before(span, back, NOON)
    low, high = when.bounds(0)
    for shop, tills in (("s1", {"t1", "t2"}), ("s2", {"h1", "training"}), ("s3", set[str]())):
        row = found[shop]
        assert row.takings == counted(facts, tills, when)
        assert row.before == counted(facts, tills, before)
        voided = {fact.sale for _, fact in facts if isinstance(fact, SaleVoided) and fact.till in tills - {"training"}}
        started = {fact.subject: stamp.utc_ms for stamp, fact in facts if fact.kind == "sale.started"}
        assert row.voids == sum(low <= started[sale] < high for sale in voided)
        _compare_detail(business, row, facts, tills, (span, back))


def _compare_detail(
    business: Business, row: StoreFigures, facts: list[tuple[Stamp, Event]], tills: set[str], asked: tuple[Span, int]
) -> None:
    found = ask.store(business.database.writer, row.shop.id, *asked, NOON)
    assert found is not None
    assert found.figures == row
    when = period(*asked, NOON)
    sold = [
        fact
        for _, fact in facts
        if isinstance(fact, SaleCompleted) and fact.till in tills and not fact.is_training
        if when.first <= fact.at.day <= when.last
    ]
    assert sum(bar.total.minor for bar in found.bars) == sum(fact.total.minor for fact in sold)
    assert sum(bar.tickets for bar in found.bars) == len(sold)
    amounts, pieces = Counter[str](), Counter[str]()
    for fact in sold:
        for line in fact.lines:
            amounts[line.name] += line.amount.minor
            pieces[line.name] += line.quantity.micro
    best = sorted(amounts, key=lambda name: (-amounts[name], name))[:5]
    assert [(seller.name, seller.amount.minor, seller.quantity.micro) for seller in found.best] == [
        (name, amounts[name], pieces[name]) for name in best
    ]


# ------------------------------------------------------------------------------------------- one by one


def at(hour: int, days: int = 0, minute: int = 0, offset: int = 0) -> Stamp:
    """A moment of today, or so many days before."""
    midnight = NOON.utc_ms // DAY_MS * DAY_MS
    return Stamp(midnight - days * DAY_MS + hour * 3_600_000 + minute * 60_000, offset)


def sell(business: Business, till: str, moment: Stamp, *products: str) -> None:
    """Sell something somewhere, some time."""
    business.clock.moment = moment
    business.stand_at(till)
    business.sell(business.clock.new_id(), *products)


def business_in(folder: Path) -> Business:
    """Make three stores."""
    made = Business(folder / "shop.db")
    made.set_up_stores()
    return made


def test_a_store_that_never_sold_is_listed_with_nothing(tmp_path: Path) -> None:
    business = business_in(tmp_path)
    row = business.ask()["s3"]
    assert (row.takings, row.before, row.drawers, row.tills, row.last_sale, row.heard) == ((), (), (), (), None, None)
    assert ask.store(business.database.writer, "s3", Span.DAY, 0, NOON) is not None
    assert ask.store(business.database.writer, "gone", Span.DAY, 0, NOON) is None
    business.close()


def test_a_morning_is_compared_with_yesterdays_morning(tmp_path: Path) -> None:
    business = business_in(tmp_path)
    sell(business, "t1", at(9, days=1), "tea")
    sell(business, "t1", at(17, days=1), "coffee", "coffee")
    sell(business, "t1", at(10), "coffee")
    row = business.ask(at=at(12))["s1"]
    assert row.takings == (Takings(gbp("3.20"), 1, 1),)
    assert row.before == (Takings(gbp("2.50"), 1, 1),), "what was sold in the evening is not yet to be beaten"
    business.close()


def test_amounts_of_two_currencies_are_never_added_up(tmp_path: Path) -> None:
    business = business_in(tmp_path)
    sell(business, "t1", at(9), "coffee")
    sell(business, "t1", at(10), "coffee")
    business.close_shift(0)
    business.do(SaveShop(replace(SHOP, currency="EUR")))
    business.clock.moment = at(11)
    business.do(OpenShift("euro-shift", Money(0, "EUR")))
    sale = business.clock.new_id()
    line = replace(business.add(sale, "repair"), open_price=Money(1000, "EUR"))
    business.do(line)
    business.do(business.pay(sale), CompleteSale(sale))
    row = business.ask()["s1"]
    assert [(taken.total, taken.tickets) for taken in row.takings] == [(gbp("6.40"), 2), (Money(1000, "EUR"), 1)]
    found = ask.store(business.database.writer, "s1", Span.DAY, 0, NOON)
    assert found is not None
    assert {bar.total.currency for bar in found.bars} == {"GBP"}, "the one it sold most often in"
    business.close()


def test_drawers_that_do_not_add_up_are_told_over_and_short_apart(tmp_path: Path) -> None:
    business = business_in(tmp_path)
    for till, difference in (("t1", -230), ("t2", 500), ("training", -999)):
        sell(business, till, at(9), "coffee")
        business.close_shift(difference)
    sell(business, "t1", at(10), "coffee")
    business.close_shift(0)
    (drawers,) = business.ask()["s1"].drawers
    assert (drawers.over, drawers.short, drawers.shifts, drawers.off) == (gbp("5.00"), gbp("2.30"), 3, 2)
    assert business.ask()["s2"].drawers == (), "what is missing at school is not missing"
    assert business.ask(back=1)["s1"].drawers == ()
    business.close()


def test_each_till_says_who_opened_it_when_it_sold_and_when_it_was_heard(tmp_path: Path) -> None:
    business = business_in(tmp_path)
    sell(business, "t1", at(9, days=1, offset=60), "coffee")
    one, two = business.ask()["s1"].tills
    assert (one.till, one.by) == (TILL, "Cara Cashier")
    assert one.since is not None
    assert one.last_sale is not None
    assert one.heard is not None
    assert one.since.utc_ms < one.last_sale.utc_ms <= one.heard.utc_ms
    assert one.heard.offset_minutes == 60, "by the clocks of the store"
    assert (two.till.id, two.since, two.last_sale, two.heard) == ("t2", None, None, None)
    business.close_shift(0)
    assert business.ask()["s1"].tills[0].since is None
    assert business.ask()["s1"].tills[0].heard is not None
    business.close()


def test_a_day_is_the_day_of_the_store(tmp_path: Path) -> None:
    business = business_in(tmp_path)
    # At three in the morning in London it is noon in Tokyo: what was sold at midnight there is of today.
    sell(business, "h1", at(15, days=1, minute=30, offset=540), "coffee")
    row = business.ask(at=at(3))["s2"]
    assert [taken.tickets for taken in row.takings] == [1]
    found = ask.store(business.database.writer, "s2", Span.DAY, 0, at(3))
    assert found is not None
    assert [bar.when for bar in found.bars if bar.tickets] == [0], "half past midnight there"
    business.close()


def test_a_ticket_with_two_receipts_is_counted_once_and_both_its_receipts_are_money(tmp_path: Path) -> None:
    business = business_in(tmp_path)
    sell(business, "t1", at(9), "coffee")
    fact = next(fact for _, fact in business.facts() if isinstance(fact, SaleCompleted))
    with business.database.transaction("system", at(10)) as transaction:
        transaction.record(replace(fact, number="2A-000001", till="t2"))
    row = business.ask()["s1"]
    assert (row.doubles, row.takings) == (1, (Takings(gbp("6.40"), 2, 2),))
    assert business.ask()["s2"].doubles == 0
    business.close()


def test_a_kilogram_is_told_exactly(tmp_path: Path) -> None:
    business = business_in(tmp_path)
    business.clock.moment = at(9)
    business.stand_at("t1")
    sale = business.clock.new_id()
    business.do(business.add(sale, "apples", Quantity.of("0.350")))
    business.do(business.pay(sale), CompleteSale(sale))
    found = ask.store(business.database.writer, "s1", Span.WEEK, 0, NOON)
    assert found is not None
    assert [(row.name, row.quantity) for row in found.best] == [("Apples", Quantity.of("0.35"))]
    assert len(found.bars) == 7
    business.close()


def test_every_question_goes_through_an_index(tmp_path: Path) -> None:
    business = business_in(tmp_path)
    from omsdesk.store.sql import compile_module

    for name, text in compile_module("stores").items():
        plan = [row[3] for row in business.database.writer.rows(f"EXPLAIN QUERY PLAN {text}", **_nothing(text))]
        scans = [step for step in plan if step.startswith("SCAN")]
        assert not scans or name == "DOUBLES", (name, plan)
        if name in {"TAKINGS", "HOURS"}:
            assert any("COVERING INDEX sale_day" in step for step in plan), plan
        if name == "TAKINGS":
            assert not any("TEMP B-TREE" in step for step in plan), plan
    business.close()


def _nothing(text: str) -> dict[str, object]:
    import re

    return dict.fromkeys(re.findall(r":(\w+)", text), 0)
