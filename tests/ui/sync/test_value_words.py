"""Fields and values as people read them."""

from __future__ import annotations

from typing import Any

import pytest

from omsdesk.domain.catalogue import ORDINARY_PRICE, PackCode, PriceRow, ProductEdit, price_field
from omsdesk.domain.customer import Customer, CustomerGroup
from omsdesk.domain.people import Role
from omsdesk.domain.pricing import PriceList
from omsdesk.domain.rights import Leave, Rule
from omsdesk.domain.shop import Shop, TaxWord, Till
from omsdesk.domain.tax import Tax, TaxRate, TaxRounding, TaxTerms
from omsdesk.domain.tender import TenderKind, TenderMethod
from omsdesk.domain.values import Money, Quantity, Stamp, barcode_key
from omsdesk.store.queries.conflicts import Conflict
from omsdesk.ui.sync.value_words import field_words, noun_words, value_words

HALF_DOZEN = PackCode(barcode_key("4006381333931"), Quantity.of(6))


def conflict(field: str, noun: str = "product", about: tuple[Any, ...] = ()) -> Conflict:
    return Conflict(noun, "it", field, "Oat milk", (), 1, about)


@pytest.mark.parametrize(
    ("field", "words"),
    [
        (ORDINARY_PRICE, "Price"),
        (price_field("staff", Quantity(0), ""), "Price, Staff"),
        (price_field("staff", Quantity.of(6), "2026-12-01"), "Price, Staff from 6 from 2026-12-01"),
        (price_field("gone", Quantity(0), ""), "Price, gone"),
        ("name", "Name"),
        ("is_sold", "Is it sold"),
        ("tax_category", "Tax category"),
    ],
)
def test_a_field_has_a_name(field: str, words: str) -> None:
    assert field_words(conflict(field, about=(PriceList("staff", "Staff"),)), "en-GB") == words


def test_a_thing_has_a_noun() -> None:
    assert [noun_words(conflict("name", noun)) for noun in ("product", "till", "barcode", "price_list")] == [
        "Product", "Till", "Barcode", "Price list",
    ]  # fmt: skip
    assert field_words(conflict("", "price_list"), "en") == "The list itself"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("Oat milk", "Oat milk"),
        ("", "nothing"),
        (None, "nothing"),
        ((), "nothing"),
        (True, "Yes"),
        (False, "No"),
        (7, "7"),
        (Role.MANAGER, "manager"),
        (Money.of("2.95", "GBP"), "£2.95"),
        (PriceRow("oat", Money.of("2.95", "GBP")), "£2.95"),
        (PriceRow("oat", Money.of("2.95", "GBP"), valid_to="2026-12-31"), "£2.95, until 31/12/2026"),
        (("Thank you!", "Come again!"), "Thank you!\nCome again!"),
        ((PackCode(barcode_key("4006381333931")), HALF_DOZEN), "4006381333931\n4006381333931 (6)"),
        (
            (TaxRate("food", Tax("R", "VAT", 70_000), "2026-01-01", "2026-12-31"),),
            "food: VAT 7 % from 01/01/2026 until 31/12/2026",
        ),
        (TaxTerms(), "Prices contain the tax, rounded once per receipt"),
        (TaxTerms(is_inclusive=False, rounding=TaxRounding.LINE), "Tax is added at the till, rounded on every line"),
        ((TenderMethod("cash", "Cash", TenderKind.CASH, 5),), "Cash (cash, rounded to 5)"),
        (TaxWord("MwSt", "standard"), "MwSt: standard"),
        (PriceList("staff", "Staff", 2, "2026-12-01"), "Staff, priority 2, 01/12/2026 to …"),
        (ProductEdit("oat", name="Oat"), "product: oat"),
    ],
)
def test_a_value_is_written_for_people(value: object, words: str) -> None:
    assert value_words(conflict("description"), value, "en-GB").startswith(words)


def test_a_pin_is_never_shown() -> None:
    assert value_words(conflict("pin_hash", "person"), "$argon2id$secret", "en") == "The PIN they set"
    assert value_words(conflict("pin_hash", "person"), "", "en") == "No PIN"


def test_a_badge_is_never_shown() -> None:
    assert value_words(conflict("badge_hash", "person"), "$argon2id$x", "en") == "The badge they scanned"
    assert value_words(conflict("badge_hash", "person"), "", "en") == "No badge"


def test_what_a_role_may_is_told_in_words() -> None:
    found = conflict("cash.move", "role", (Shop("s1", "Corner Coffee", "GBP", locale="en-GB"),))
    assert (noun_words(found), field_words(found, "en-GB")) == ("Role", "May they pay money in and out")
    rules = (Rule("cash.move", Leave.ALLOWED, 1_250), Rule("cash.move", Leave.APPROVAL))
    assert [value_words(found, rule, "en-GB") for rule in rules] == ["Up to £12.50", "With approval"]


def test_a_code_of_tills_is_kept_by_one_with_a_name() -> None:
    shared = conflict("till", "till_code", (Till("t1", "s1", "5", "Front"), Till("t2", "s1", "5", "Bar")))
    assert (noun_words(shared), field_words(shared, "en")) == ("Code of tills", "The till that keeps it")
    assert [value_words(shared, till, "en") for till in ("t1", "t2", "t9")] == ["Front", "Bar", "t9"]


def test_a_barcode_belongs_to_a_product_with_a_name() -> None:
    about = (ProductEdit("mug", name="Travel mug", variant="350 ml"), ProductEdit("bag", name="Paper bag"))
    shared = conflict("barcode", "barcode", about)
    assert [value_words(shared, product, "en") for product in ("mug", "bag", "gone")] == [
        "Travel mug, 350 ml", "Paper bag", "gone",
    ]  # fmt: skip


def test_customers_are_told_in_words() -> None:
    anna = Customer("anna", "Anna", receipts_by_email=Stamp(1_795_435_200_000))
    of = conflict("receipts_by_email", "customer", (anna,))
    assert (noun_words(of), field_words(of, "en")) == ("Customer", "Receipts by e-mail")
    assert value_words(of, anna.receipts_by_email, "en") == "Agreed on 11/23/2026"
    assert value_words(of, None, "en") == "Did not agree"
    assert field_words(conflict("is_active", "customer", (anna,)), "en") == "Buys here"
    assert noun_words(conflict("name", "customer_group", (CustomerGroup("c", "Club"),))) == "Group of customers"


def test_shares_of_the_shop_are_read_in_percent() -> None:
    assert field_words(conflict("cancel_ppm", "shop"), "en") == "Kept of an order that is given up"
    assert value_words(conflict("cancel_ppm", "shop"), 125_000, "en") == "12.5 %"
    assert value_words(conflict("layaway_ppm", "shop"), 0, "en") == "0 %"
