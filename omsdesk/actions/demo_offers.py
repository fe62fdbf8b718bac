"""What the demonstration shop has beside its products: goods that ask something, offers, customers, ways to pay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from omsdesk.domain.catalogue import TRAITS, ProductEdit, SaveProducts, SetPrices
from omsdesk.domain.customer import Customer, CustomerGroup, Exemption, SaveCustomer, SaveGroup, SetTerms
from omsdesk.domain.messages import Command
from omsdesk.domain.points import PointsRule
from omsdesk.domain.pricing import PriceList
from omsdesk.domain.promotion import Benefit, Need, Promotion, Selection, Takes
from omsdesk.domain.promotion_book import SavePromotion
from omsdesk.domain.shop import Shop
from omsdesk.domain.tax import PPM
from omsdesk.domain.tender import TenderKind, TenderMethod
from omsdesk.domain.values import Money

Said = dict[str, Any]
_GIVEN = 10
"""The priority of a list that customers are given: above that of the shelf."""


def with_ways_to_pay(shop: Shop, plan: Said) -> Shop:
    """Let a shop take bills and points beside what its country has anyway."""
    more = (
        TenderMethod(row["code"], row["name"], TenderKind(row["kind"]), point_value=row.get("point_value", 0))
        for row in plan["tenders"]
    )
    points = plan["points"]
    rule = PointsRule(Money.of(points["per"], shop.currency).minor, least=points["least"])
    return replace(shop, tender_methods=(*shop.tender_methods, *more), points=rule)


def goods(new_id: str, plan: Said, currency: str) -> SaveProducts:
    """Make the goods that the till asks something about; their ids are their stock numbers."""
    return SaveProducts(new_id, tuple(_product(row, currency) for row in plan["goods"]))


def _product(said: Said, currency: str) -> ProductEdit:
    traits = {name: said[name] for name in TRAITS if name in said}
    if "minimum_price" in traits:
        traits["minimum_price"] = Money.of(traits["minimum_price"], currency)
    price = Money.of(said["price"], currency) if "price" in said else None
    return ProductEdit(
        said["sku"], name=said["name"], sku=said["sku"], category=said["category"], unit=said.get("unit", "piece"),
        tax_category=said.get("tax", "standard"), price=price, is_sold=True,
        is_tracked=not (said.get("is_deposit") or said.get("is_gift_card")), favourite=said.get("favourite"), **traits,
    )  # fmt: skip


def offers(plan: Said, products: Mapping[str, str], currency: str) -> Iterator[Command]:
    """Make the promotions; ``products`` are ids by stock number."""
    for number, said in enumerate(plan["promotions"], 1):
        chosen = Selection(products=tuple(products[sku] for sku in said["skus"]))
        if "price" in said:
            needs: tuple[Need, ...] = (Need(chosen, said["buy"]),)
            benefit = Benefit(Takes.SET_PRICE, money=Money.of(said["price"], currency))
        else:
            needs = (Need(chosen, said["buy"], is_reduced=False), Need(chosen, said["get"]))
            benefit = Benefit(Takes.PERCENT, PPM)
        yield SavePromotion(Promotion(f"offer-{number}", said["name"], needs, benefit))


def customers(plan: Said, new_ids: Iterator[str], currency: str) -> Iterator[Command]:
    """Write down the customers, their groups, and the price lists that these have."""
    for said in plan["price_lists"]:
        off = int(Decimal(said["percent_off"]) * PPM / 100)
        price_list = PriceList(said["id"], said["name"], _GIVEN, is_given=True, off_ppm=off)
        yield SetPrices(next(new_ids), price_list, ())
    for said in plan["groups"]:
        ppm = PPM * said.get("points_times", 1)
        yield SaveGroup(CustomerGroup(said["id"], said["name"], said.get("price_list", ""), ppm))
    for said in plan["customers"]:
        exemption = Exemption(said["exemption"]) if "exemption" in said else None
        limit = Money.of(said["credit_limit"], currency) if "credit_limit" in said else None
        known = Customer(
            next(new_ids), said["name"], said.get("company", ""), said["phone"], said.get("email", ""),
            card=said.get("card", ""), note=said.get("note", ""), groups=tuple(said.get("groups", ())),
            exemption=exemption, credit_limit=limit,
        )  # fmt: skip
        yield SaveCustomer(known)
        yield SetTerms(known)
