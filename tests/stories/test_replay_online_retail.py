"""A year of a real wholesaler goes through our till, and every day comes to the penny to what its lines say.

The sample always runs. The first days of the whole file run where the file is, and all of it with ``--long``;
``python -m tests.stories.retail_replay`` says how fast that is, and ``online_retail.py`` where the file is looked for.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from omsdesk.domain.cash import OpenShift
from omsdesk.domain.returns import MoreThanSold, ReturnGoods
from omsdesk.domain.sale import SaleCompleted
from omsdesk.domain.values import ONE, Money, Quantity
from omsdesk.store.queries.ticket import completed_sale
from omsdesk.store.replay import projected_tables, rebuild
from omsdesk.store.verify import verify
from tests.stories.online_retail import NAMED_BY, SAMPLE, SERVICES, LeftOut, Order, Retail, Row, read, whole_file
from tests.stories.retail_replay import CASHIER, SUPERVISOR, Replay, replayed, report

DAYS = (0, 1, 34, 35, 100, 150, 218)
"""Days of the whole file that a normal run serves: the first, some in between, the last."""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Replay]:
    """The till after the orders of the sample."""
    replay, _ = replayed(tmp_path_factory.mktemp("sample") / "shop.db", read(SAMPLE))
    yield replay
    replay.close()


def row(invoice: str, quantity: int = 1, price: str = "1.25", code: str = "22423") -> Row:
    return Row(invoice, code, "CAKESTAND", quantity, datetime(2011, 3, 1, 9, 30), Decimal(price), "c1")  # noqa: DTZ001


# --- what is read -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (row("536365"), None),
        (row("C536365", -1), None),
        (row("536365", code="POST"), None),
        (row("A563186", price="-11062.06", code="B"), LeftOut.BAD_DEBT),
        (row("536589", -10, "0"), LeftOut.STOCK),
        (row("536414", 56, "0"), LeftOut.NO_PRICE),
        (row("C540117", -1, "16888.02", "AMAZONFEE"), LeftOut.FEE),
        (row("540118", 1, "15", "BANK CHARGES"), LeftOut.FEE),
        (row("C536379", -1, "27.5", "D"), LeftOut.ACCOUNT),
        (row("550193", 1, "0.001", "PADS"), LeftOut.UNDER_A_PENNY),
    ],
)
def test_what_is_no_sale_is_left_out_with_its_reason(line: Row, reason: LeftOut | None) -> None:
    assert line.left_out is reason


def test_a_line_comes_to_whole_pennies() -> None:
    assert row("1", 3, "0.335").amount == Decimal("1.01")
    assert row("C1", -3, "0.335").amount == Decimal("-1.01")


def test_every_reason_is_in_the_sample_and_every_row_is_accounted_for() -> None:
    retail = read(SAMPLE)
    assert set(retail.left_out) == set(LeftOut)
    written = sum(1 for line in SAMPLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")) - 1
    assert sum(1 for _ in retail.rows) + retail.left_out.total() == written


def test_orders_are_whole_and_in_the_order_of_their_time() -> None:
    orders = [order for day in read(SAMPLE).days for order in day.orders]
    assert [order.at for order in orders] == sorted(order.at for order in orders)
    assert len({order.invoice for order in orders}) == len(orders)
    for order in orders:
        assert {line.customer for line in order.rows} == {order.customer}
        assert {line.quantity < 0 for line in order.rows} == {order.is_return}


# --- what became of it ------------------------------------------------------------------------------------------------


def adds_up(replay: Replay) -> None:
    """Whether each day's report, the tickets and the lines say the sum of the file's lines."""
    database, days = replay.database.writer, replay.retail.days
    assert replay.outcome.totals == {day.day: day.amount for day in days}
    for question in (
        "SELECT substr(shift, 7), sum(total) FROM sale WHERE number IS NOT NULL GROUP BY shift",
        "SELECT substr(shift, 7), sum(amount) FROM sale_line JOIN sale ON sale.id = sale_line.sale GROUP BY shift",
        "SELECT substr(shift, 7), sum(amount) FROM sale_tender JOIN sale ON sale.id = sale_tender.sale GROUP BY shift",
    ):
        told = {day: Decimal(minor).scaleb(-2) for day, minor in database.rows(question)}
        assert told == {day.day: day.amount for day in days}, question
    for day, closed in zip(days, replay.outcome.closed, strict=True):
        assert closed.figures.sale_count == len(day.orders)


def test_every_day_comes_to_the_sum_of_its_lines(sample: Replay) -> None:
    adds_up(sample)


def test_taxes_of_lines_are_those_of_the_day(sample: Replay) -> None:
    for closed in sample.outcome.closed:
        (tax,) = closed.figures.taxes
        assert tax.net + tax.amount == closed.figures.total
    for order in orders_of(sample.retail):
        document = document_of(sample, order.invoice)
        of_lines = sum(part.minor for line in document.lines for part in line.tax_amounts)
        assert of_lines == sum(line.amount.minor for line in document.taxes)


def test_stock_is_what_came_back_less_what_was_sold(sample: Replay) -> None:
    expected: dict[str, int] = defaultdict(int)
    for line in sample.retail.rows:
        if not line.code.upper().startswith(SERVICES):
            expected[line.code] -= line.quantity
    level = "SELECT product, sum(quantity) FROM stock_level WHERE place = 'shop:s1' GROUP BY product"
    found = {product: Quantity(micro) for product, micro in sample.database.writer.rows(level)}
    assert found == {product: Quantity.of(count) for product, count in expected.items()}


def test_what_came_back_is_known_by_its_receipt(sample: Replay) -> None:
    counts = sample.outcome.counts
    assert counts["lines back against a receipt"] > 20
    assert counts["lines back without a receipt"] > 10
    for order in orders_of(sample.retail):
        for line in document_of(sample, order.invoice).lines:
            assert (line.returned is not None) is order.is_return
            if line.returned is not None and line.returned.sale:
                sold = next(
                    row for row in document_of(sample, line.returned.sale).lines if row.line == line.returned.line
                )
                assert (sold.product, sold.unit_price) == (line.product, line.unit_price)
                assert line.quantity + sold.quantity >= Quantity(0)


def test_the_largest_order_that_came_back_is_as_if_it_had_never_been(sample: Replay) -> None:
    sold, back = document_of(sample, "541431"), document_of(sample, "C541433")
    assert sold.total == Money.of("77183.60", "GBP")
    assert back.total == -sold.total
    assert [(part.tax, -part.amount) for part in back.taxes] == [(part.tax, part.amount) for part in sold.taxes]


def test_nothing_comes_back_more_often_than_it_was_sold(sample: Replay) -> None:
    again = ReturnGoods("again", sample.clock.new_id(), "541431", document_of(sample, "541431").lines[0].line, ONE)
    sample.do(CASHIER, OpenShift("later", Money(0, "GBP")))
    refusal = sample.executor.execute(SUPERVISOR, again)
    assert isinstance(refusal, MoreThanSold)


def test_the_journal_says_all_of_it(sample: Replay) -> None:
    assert verify(sample.path).sentences == ()
    tables = [name for name in projected_tables(sample.database.writer) if name.startswith(("sale", "cash", "stock"))]
    before = {name: sorted(map(str, sample.database.writer.rows(f"SELECT * FROM {name}"))) for name in tables}  # noqa: S608
    rebuild(sample.database)
    for name, rows in before.items():
        assert sorted(map(str, sample.database.writer.rows(f"SELECT * FROM {name}"))) == rows, name  # noqa: S608


def orders_of(retail: Retail) -> Iterator[Order]:
    return (order for day in retail.days for order in day.orders)


def document_of(replay: Replay, invoice: str) -> SaleCompleted:
    found = completed_sale(replay.database.writer, invoice)
    assert found is not None
    return found[0]


# --- the whole file ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def whole() -> Retail:
    """The whole file, if it is here."""
    place = whole_file()
    if place is None:
        pytest.skip(f"The whole file is not here: {NAMED_BY} names it, or it lies in ../shared/data.")
    return read(place)


def test_every_row_of_the_file_is_replayed_or_left_out_for_a_reason(whole: Retail) -> None:
    assert whole.left_out == Counter(
        {
            LeftOut.STOCK: 925,
            LeftOut.NO_PRICE: 872,
            LeftOut.ACCOUNT: 109,
            LeftOut.FEE: 49,
            LeftOut.BAD_DEBT: 3,
            LeftOut.UNDER_A_PENNY: 2,
        }
    )
    assert sum(1 for _ in whole.rows) + whole.left_out.total() == 320_705


def test_days_of_the_file_add_up(whole: Retail, tmp_path: Path) -> None:
    replay, _ = replayed(tmp_path / "shop.db", whole.some(DAYS))
    adds_up(replay)
    replay.close()


@pytest.mark.long
def test_the_whole_file_adds_up(whole: Retail, tmp_path: Path) -> None:
    replay, seconds = replayed(tmp_path / "shop.db", whole)
    print(*report(whole, replay.outcome, seconds), sep="\n")  # noqa: T201
    adds_up(replay)
    replay.close()
    assert verify(tmp_path / "shop.db").sentences == ()
