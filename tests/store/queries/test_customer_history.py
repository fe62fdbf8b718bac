"""What a customer bought, from an index alone."""

from __future__ import annotations

from omsdesk.domain.buying import SetCustomer
from omsdesk.domain.customer import Customer, SaveCustomer
from omsdesk.domain.returns import ReturnGoods
from omsdesk.domain.sale_command import CompleteSale
from omsdesk.domain.values import ONE
from omsdesk.store.queries.customer_history import Turnover, receipts_of, turnover_of
from omsdesk.store.queries.ticket import completed_sale
from tests.domain.corner_shop import gbp
from tests.store.station import Station


def buy(till: Station, sale: str, *products: str) -> None:
    till.do(*(till.add(sale, product) for product in products), SetCustomer(sale, "anna"))
    till.do(till.pay(sale), CompleteSale(sale))


def test_the_newest_receipt_comes_first_and_all_add_up(till: Station) -> None:
    till.do(SaveCustomer(Customer("anna", "Anna")))
    buy(till, "s1", "coffee")
    buy(till, "s2", "tea", "coffee")
    till.sell("s3")
    reader = till.database.writer
    assert [row.sale for row in receipts_of(reader, "anna")] == ["s2", "s1"]
    assert [row.sale for row in receipts_of(reader, "anna", most=1)] == ["s2"]
    assert turnover_of(reader, "anna") == [Turnover(2, gbp("8.90"))]
    assert receipts_of(reader, "") == []
    assert turnover_of(reader, "") == []


def test_what_comes_back_is_taken_off(till: Station) -> None:
    till.do(SaveCustomer(Customer("anna", "Anna")))
    buy(till, "s1", "coffee")
    found = completed_sale(till.database.writer, "s1")
    assert found is not None
    till.do(ReturnGoods("back", "r", "s1", found[0].lines[0].line, ONE), SetCustomer("back", "anna"))
    till.do(till.pay("back"), CompleteSale("back"))
    assert turnover_of(till.database.writer, "anna") == [Turnover(2, gbp("0.00"))]


def test_both_questions_read_the_index(till: Station) -> None:
    from omsdesk.store.sql import Statements

    for name in ("RECEIPTS_OF", "TURNOVER_OF"):
        plan = till.database.writer.rows(
            f"EXPLAIN QUERY PLAN {getattr(Statements('customer'), name)}", customer="anna", most=5
        )
        assert "sale_customer" in str(plan), plan
