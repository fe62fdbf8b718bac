"""Points through a real database: earned at the till, kept on the account, gone when the goods come back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from omsdesk.actions.paper import receipt_of
from omsdesk.domain.account import AccountKind, account_id
from omsdesk.domain.buying import SetCustomer
from omsdesk.domain.customer import Customer, CustomerGroup, Exemption, SaveCustomer, SaveGroup, SetTerms
from omsdesk.domain.points import PointsRule
from omsdesk.domain.returns import ReturnGoods
from omsdesk.domain.sale_command import CompleteSale
from omsdesk.domain.shop import SaveShop
from omsdesk.domain.values import ONE, Quantity
from omsdesk.store.queries.account import account
from omsdesk.store.queries.ticket import completed_sale
from tests.domain.corner_shop import SHOP
from tests.store.station import Station

ANNA = Customer("anna", "Anna Smith")


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Station]:
    till = Station(tmp_path / "shop.db")
    till.open_shift()
    till.do(
        SaveShop(replace(SHOP, points=PointsRule(per=10))),
        SaveGroup(CustomerGroup("gold", "Gold", points_ppm=2_000_000)),
        SaveCustomer(ANNA),
        SetTerms(replace(ANNA, groups=("gold",))),
    )
    yield till
    till.close()


def points(shop: Station) -> int:
    found = account(shop.database.writer, account_id(AccountKind.POINTS, "anna"))
    return found.balance if found else 0


def buy(shop: Station, sale: str = "sale-1", count: int = 3) -> str:
    shop.do(shop.add(sale, "coffee", Quantity.of(count)), SetCustomer(sale, "anna"))
    shop.do(shop.pay(sale), CompleteSale(sale))
    found = completed_sale(shop.database.writer, sale)
    assert found is not None
    return found[0].lines[0].line


def test_a_group_earns_twice_as_many(shop: Station) -> None:
    buy(shop)
    assert points(shop) == 192


def test_what_comes_back_in_parts_takes_all_of_them(shop: Station) -> None:
    line = buy(shop)
    left = []
    for number in range(3):
        back = f"back-{number}"
        shop.do(ReturnGoods(back, shop.clock.new_id(), "sale-1", line, ONE))
        shop.do(shop.pay(back), CompleteSale(back))
        left.append(points(shop))
    assert left == [128, 64, 0]


def test_the_receipt_says_whose_it_is_and_what_it_earned(shop: Station) -> None:
    buy(shop)
    assert receipt_of(shop.database.writer, "sale-1").customer == ("Customer: Anna Smith", "Points for this: 192")


def test_the_receipt_names_the_exemption(shop: Station) -> None:
    shop.do(SetTerms(replace(ANNA, exemption=Exemption("EX-7", "Embassy"))))
    buy(shop)
    receipt = receipt_of(shop.database.writer, "sale-1")
    assert "No tax: exemption EX-7" in receipt.customer
    assert receipt.taxes == ()


def test_nobodys_receipt_says_nothing(shop: Station) -> None:
    shop.sell("sale-9")
    assert receipt_of(shop.database.writer, "sale-9").customer == ()
