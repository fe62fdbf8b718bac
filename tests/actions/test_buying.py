"""A customer at the till: their price list and their exemption reach what is on the ticket, and what comes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from omsdesk.domain.buying import SetCustomer
from omsdesk.domain.catalogue import PriceRow, ProductEdit, SaveProducts, SetPrices
from omsdesk.domain.customer import Buyer, Customer, CustomerGroup, Exemption, SaveCustomer, SaveGroup, SetTerms
from omsdesk.domain.messages import Refusal
from omsdesk.domain.pricing import PriceList
from omsdesk.domain.promotion import Benefit, Need, Promotion, Takes
from omsdesk.domain.promotion_book import SavePromotion
from omsdesk.domain.sale import Sale
from omsdesk.domain.sale_command import CompleteSale, HoldSale, Part, RecallSale, ReturnDeposit
from omsdesk.domain.values import Quantity
from omsdesk.store.queries import customer as customers
from omsdesk.store.queries import till as queries
from omsdesk.store.queries.ticket import completed_sale
from tests.domain.corner_shop import gbp
from tests.store.station import Station

TRADE = PriceList("trade", "Trade", 10, is_given=True)
STAFF = PriceList("staff", "Staff", 20, is_given=True, off_ppm=250_000)
ANNA, BERT, MISSION, ZOE = (Customer(name, name.title()) for name in ("anna", "bert", "mission", "zoe"))


@pytest.fixture
def shop(till: Station) -> Station:
    till.do(
        SetPrices("b1", TRADE, (PriceRow("coffee", gbp("3.00")), PriceRow("coffee", gbp("2.50"), Quantity.of(10)))),
        SetPrices("b2", STAFF, ()),
        SaveGroup(CustomerGroup("staff", "Staff", "staff")),
        *(SaveCustomer(who) for who in (ANNA, BERT, MISSION, ZOE)),
        SetTerms(replace(ANNA, price_list="trade")),
        SetTerms(replace(BERT, groups=("staff",))),
        SetTerms(replace(MISSION, exemption=Exemption("EX-7", "Embassy"))),
    )
    return till


def ticket(shop: Station) -> Sale:
    found = queries.sale_state(shop.database.writer, "sale-1")
    assert found is not None
    return found


def amounts(shop: Station) -> list[str]:
    return [str(amount.decimal) for amount in ticket(shop).amounts()]


def test_a_list_that_is_given_to_some_is_nobody_elses(shop: Station) -> None:
    shop.do(shop.add("sale-1"), SetCustomer("sale-1", "zoe"))
    assert amounts(shop) == ["3.20"]


def test_their_list_holds_for_what_is_there_and_what_comes(shop: Station) -> None:
    shop.do(shop.add("sale-1", "coffee", line="a"), shop.add("sale-1", "tea"))
    shop.do(SetCustomer("sale-1", "anna"))
    assert amounts(shop) == ["3.00", "2.50"]
    shop.do(shop.add("sale-1", "coffee"))
    assert amounts(shop) == ["6.00", "2.50"], "it is the same line"
    shop.do(shop.add("sale-1", "coffee", Quantity.of(8)))
    assert amounts(shop) == ["25.00", "2.50"]


def test_a_list_with_a_percentage_takes_it_off_what_others_pay(shop: Station) -> None:
    shop.do(shop.add("sale-1", "coffee"), shop.add("sale-1", "tea"), SetCustomer("sale-1", "bert"))
    assert amounts(shop) == ["2.40", "1.88"]


def test_whoever_comes_before_the_first_line_gets_their_prices(shop: Station) -> None:
    shop.do(SetCustomer("sale-1", "anna"))
    shop.do(shop.add("sale-1", "coffee"))
    assert amounts(shop) == ["3.00"]


def test_without_them_everything_costs_what_it_did(shop: Station) -> None:
    shop.do(shop.add("sale-1", "coffee"), SetCustomer("sale-1", "anna"), SetCustomer("sale-1"))
    assert amounts(shop) == ["3.20"]
    shop.do(SetCustomer("sale-1", "mission"), SetCustomer("sale-1", "zoe"))
    assert amounts(shop) == ["3.20"]
    assert ticket(shop).summary().taxes[0].amount == gbp("0.53")


def test_an_exemption_takes_the_tax_out(shop: Station) -> None:
    shop.do(shop.add("sale-1", "coffee"), SetCustomer("sale-1", "mission"), shop.add("sale-1", "tea"))
    assert amounts(shop) == ["2.67", "2.08"]
    assert ticket(shop).summary().taxes == ()
    shop.do(shop.pay("sale-1"), CompleteSale("sale-1"))
    found = completed_sale(shop.database.writer, "sale-1")
    assert found is not None
    assert found[0].customer is not None
    assert found[0].customer.exemption == "EX-7"
    assert found[0].total == found[0].net == gbp("4.75")


def test_a_price_that_was_typed_stays(shop: Station) -> None:
    shop.do(shop.add("sale-1", "repair"), SetCustomer("sale-1", "mission"))
    assert amounts(shop) == ["10.00"]


def test_a_held_ticket_keeps_its_customer_and_prices(shop: Station) -> None:
    shop.do(shop.add("sale-1", "coffee"), SetCustomer("sale-1", "anna"), HoldSale("sale-1", "Anna"))
    shop.do(RecallSale("sale-1"))
    assert ticket(shop).customer is not None
    assert amounts(shop) == ["3.00"]


def test_who_is_gone_or_unknown_cannot_be_attached(shop: Station) -> None:
    shop.do(shop.add("sale-1"), SetTerms(replace(ZOE, is_active=False)))
    for who in ("zoe", "ghost"):
        assert isinstance(shop.refusal(SetCustomer("sale-1", who)), Refusal)
    assert ticket(shop).customer is None


def test_a_cashier_may_and_a_clerk_may_not(shop: Station) -> None:
    shop.do(shop.add("sale-1"), SetCustomer("sale-1", "anna"), actor="cara")
    assert isinstance(shop.refusal(SetCustomer("sale-1", "zoe"), actor="clem"), Refusal)


def test_the_tables_know_whose_tickets_were_whose(shop: Station) -> None:
    for number, who in enumerate(("anna", "anna", "zoe")):
        sale = f"s{number}"
        shop.do(shop.add(sale), SetCustomer(sale, who))
        shop.do(shop.pay(sale), CompleteSale(sale))
    rows = shop.database.writer.rows("SELECT id, customer FROM sale ORDER BY id")
    assert rows == [("s0", "anna"), ("s1", "anna"), ("s2", "zoe")]
    assert [row.visits for row in customers.search(shop.database.writer, "anna")] == [2]


def test_a_ticket_that_was_heard_before_its_customer_counts_as_well(shop: Station) -> None:
    shop.sell("early")
    found = completed_sale(shop.database.writer, "early")
    assert found is not None
    with shop.database.transaction("system", shop.clock.now()) as transaction:
        transaction.record(replace(found[0], sale="late", number="2A-000001", customer=Buyer("nina")))
    shop.do(SaveCustomer(Customer("nina", "Nina")))
    assert [row.visits for row in customers.search(shop.database.writer, "nina")] == [1]


def test_goods_that_come_back_bring_what_the_customer_paid(shop: Station) -> None:
    shop.do(shop.add("sale-1", "coffee"), SetCustomer("sale-1", "anna"))
    shop.do(shop.pay("sale-1"), CompleteSale("sale-1"))
    found = completed_sale(shop.database.writer, "sale-1")
    assert found is not None
    assert found[0].lines[0].amount == gbp("3.00")


def test_what_goes_with_an_article_is_theirs_as_well(shop: Station) -> None:
    shop.do(SetCustomer("sale-1", "mission"))
    tea = shop.add("sale-1", "tea")
    shop.do(replace(shop.add("sale-1", "coffee", line="cup"), parts=(Part("extra", tea.article),)))
    assert amounts(shop) == ["2.67", "2.08"]
    assert ticket(shop).summary().taxes == ()


def _bottled(shop: Station) -> Part:
    bottle = ProductEdit("bottle", name="Bottle", price=gbp("0.24"), tax_category="standard", is_deposit=True)
    shop.do(SaveProducts("bottles", (bottle,)))
    return Part("bottle-1", shop.add("sale-1", "bottle").article)


def test_nothing_is_taken_off_a_deposit_by_a_customers_list(shop: Station) -> None:
    bottle = _bottled(shop)
    shop.do(SetCustomer("sale-1", "bert"))
    shop.do(replace(shop.add("sale-1", "coffee", line="cup"), parts=(bottle,)))
    assert amounts(shop) == ["2.40", "0.24"], "so much is given back for the bottle"
    shop.do(SetCustomer("sale-1"), SetCustomer("sale-1", "bert"))
    assert amounts(shop) == ["2.40", "0.24"]


def test_an_empty_brings_whoever_pays_no_tax_what_they_paid(shop: Station) -> None:
    bottle = _bottled(shop)
    shop.do(SetCustomer("sale-1", "mission"))
    shop.do(replace(shop.add("sale-1", "coffee", line="cup"), parts=(bottle,)))
    shop.do(ReturnDeposit("sale-1", "back", bottle.article, Quantity.of(1)))
    assert amounts(shop) == ["2.67", "0.20", "-0.20"]
    assert ticket(shop).summary().taxes == ()


def test_an_offer_for_a_group_comes_and_goes_with_its_customers(shop: Station) -> None:
    half = Promotion("half", "Half for staff", (Need(),), Benefit(Takes.PERCENT, 500_000), groups=("staff",))
    shop.do(SavePromotion(half))
    shop.do(shop.add("sale-1", "coffee"), SetCustomer("sale-1", "zoe"))
    assert amounts(shop) == ["3.20"]
    shop.do(SetCustomer("sale-1", "bert"))
    assert amounts(shop) == ["1.20"]
    shop.do(SetCustomer("sale-1"))
    assert amounts(shop) == ["3.20"]
