"""Barcodes and further prices of a product: added, refused in place, saved, and taken back."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omsdesk.domain.catalogue import PackCode
from omsdesk.domain.values import ONE, Money, Quantity, barcode_key, barcode_text, check_digit
from omsdesk.store.queries.catalogue import owners
from omsdesk.store.queries.products import other_prices
from omsdesk.store.queries.till import price_lists
from omsdesk.ui.catalogue.form_session import Part
from tests.ui.back_office import BEN, BackOffice
from tests.ui.catalogue.conftest import Form, kept

GUJI = "4006381333931"
FREE = "5012345678900"
IN_PLACE = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


def codes(form: Form) -> list[str]:
    """The barcodes on the list, as people read them."""
    return [barcode_text(pack.code) for pack in form.session.draft.barcodes]


# --- barcodes ---------------------------------------------------------------------------------------------------------


def test_a_scanned_barcode_is_saved_and_finds_the_product(shop: BackOffice, form: Form) -> None:
    session = form.open("oat")
    assert session.add_barcode(FREE)
    assert form.parts[-1] is Part.BARCODES
    form.save()
    key = barcode_key(FREE)
    assert owners(shop.reader, [key]) == {key: "oat"}


def test_a_carton_counts_its_bottles(shop: BackOffice, form: Form) -> None:
    session = form.open("oat")
    session.add_barcode(FREE, " 6 ")
    form.save()
    assert kept(shop, "oat").barcodes == (PackCode(barcode_key(FREE), Quantity.of(6)),)


def test_a_barcode_that_is_typed_and_not_yet_added_is_saved_with_the_rest(shop: BackOffice, form: Form) -> None:
    session = form.open("oat")
    session.type_to_add("barcodes", FREE, "6")
    assert session.has_changes
    form.save()
    assert kept(shop, "oat").barcodes == (PackCode(barcode_key(FREE), Quantity.of(6)),)
    assert not session.has_changes


def test_a_typed_barcode_that_is_another_products_stops_the_saving(shop: BackOffice, form: Form) -> None:
    session = form.open("oat")
    session.set("brand", "Nord")
    session.type_to_add("barcodes", GUJI, "1")
    session.save()
    assert "belongs to" in session.errors["barcodes"]
    assert not session.is_saving
    assert session.to_add == {"barcodes": (GUJI, "1")}


def test_what_is_typed_and_not_yet_added_comes_back_with_a_form_that_was_left(form: Form) -> None:
    session = form.open("oat")
    session.type_to_add("components", "TM-350", "2")
    left = session.leave()
    assert left is not None
    form.open("mug")
    assert session.to_add == {}
    session.come_back(left)
    assert session.to_add == {"components": ("TM-350", "2")}


def test_units_that_were_typed_first_are_those_of_the_scan(form: Form) -> None:
    session = form.open("oat")
    session.type_to_add("barcodes", "", "6")
    assert not session.has_changes
    session.add_scanned(FREE)
    assert session.draft.barcodes == (PackCode(barcode_key(FREE), Quantity.of(6)),)
    assert session.to_add == {}


@pytest.mark.parametrize(
    ("quantity", "amount"), [("", "1"), ("1", "1"), ("0.5", "0.5"), ("1,000", "1000"), ("24", "24")]
)
def test_units_are_read_as_people_here_write_them(form: Form, quantity: str, amount: str) -> None:
    session = form.open("oat")
    assert session.add_barcode(FREE, quantity)
    assert session.draft.barcodes[0].quantity == Quantity.of(amount)


@pytest.mark.parametrize(
    ("quantity", "said"), [("0", "at least something"), ("-2", "at least something"), ("six", "not a number")]
)
def test_units_that_are_none_are_refused(form: Form, quantity: str, said: str) -> None:
    session = form.open("oat")
    assert not session.add_barcode(FREE, quantity)
    assert said in session.errors["barcodes"]
    assert codes(form) == []


def test_the_same_number_in_another_length_is_the_same_barcode(form: Form) -> None:
    session = form.open("oat")
    assert session.add_barcode("036000291452")
    assert not session.add_barcode("0036000291452")
    assert session.errors["barcodes"] == "0036000291452 is on the list already."


def test_a_barcode_of_another_product_names_its_owner(form: Form) -> None:
    session = form.open("oat")
    assert not session.add_barcode(GUJI)
    assert session.errors["barcodes"] == f"{GUJI} belongs to “Ethiopia Guji, 250 g”. Take it off there first."
    assert session.add_barcode(FREE)
    assert "barcodes" not in session.errors, "the next one that is right ends the trouble"


def test_trouble_with_a_barcode_ends_when_one_is_taken_off(form: Form) -> None:
    session = form.open("guji")
    session.add_barcode(GUJI)
    assert session.errors["barcodes"] == f"{GUJI} is on the list already."
    session.remove_barcode(barcode_key(GUJI))
    assert session.errors == {}


def test_a_barcode_moves_from_one_product_to_another(shop: BackOffice, form: Form) -> None:
    session = form.open("guji")
    session.remove_barcode(barcode_key(GUJI))
    form.save()
    form.open("espresso").add_barcode(GUJI)
    form.save()
    assert owners(shop.reader, [barcode_key(GUJI)]) == {barcode_key(GUJI): "espresso"}


def test_one_that_was_taken_off_and_not_saved_can_be_put_back(shop: BackOffice, form: Form) -> None:
    session = form.open("guji")
    session.remove_barcode(barcode_key(GUJI))
    assert session.add_barcode(GUJI)
    before = shop.facts
    session.save()
    assert shop.facts == before
    assert not session.has_changes


def test_a_barcode_comes_back_with_undo(shop: BackOffice, form: Form) -> None:
    session = form.open("guji")
    session.remove_barcode(barcode_key(GUJI))
    undo = form.save()
    assert kept(shop, "guji").barcodes == ()
    form.take_back(undo)
    assert kept(shop, "guji").barcodes == (PackCode(barcode_key(GUJI), ONE),)
    assert codes(form) == [GUJI]


@pytest.mark.parametrize("nothing", ["", "   "])
def test_nothing_is_no_barcode(form: Form, nothing: str) -> None:
    session = form.open("oat")
    assert not session.add_barcode(nothing)
    assert session.errors["barcodes"] == "Scan or type a barcode."


@IN_PLACE
@given(body=st.integers(0, 10**12 - 1), slip=st.integers(1, 9))
def test_a_digit_that_was_typed_wrong_is_pointed_at_and_kept(form: Form, body: int, slip: int) -> None:
    stem = f"{body:012}"
    right = check_digit(stem)
    session = form.open("oat")
    assert session.add_barcode(f"{stem}{(right + slip) % 10}")
    assert f"its last digit would be {right}" in session.warning
    session.remove_barcode(session.draft.barcodes[-1].code)
    assert session.warning == ""


@IN_PLACE
@given(body=st.integers(0, 10**12 - 1))
def test_a_right_number_is_taken_without_a_word(form: Form, body: int) -> None:
    stem = f"{body:012}"
    session = form.open("oat")
    assert session.add_barcode(f"{stem}{check_digit(stem)}")
    assert session.warning == ""


def test_letters_and_other_lengths_are_codes_too(form: Form) -> None:
    session = form.open("oat")
    for code in ("SHELF-7", "1234", "X001ABC", "12345678901234567890"):
        assert session.add_barcode(code)
        assert session.warning == ""
    assert codes(form) == ["SHELF-7", "1234", "X001ABC", "12345678901234567890"]


def test_a_cashiers_scan_is_refused_when_it_is_saved(shop: BackOffice, form: Form) -> None:
    shop.person = BEN
    session = form.open("oat")
    session.add_barcode(FREE)
    session.save()
    assert "ask a manager" in session.refusal
    assert owners(shop.reader, [barcode_key(FREE)]) == {}


# --- further prices ---------------------------------------------------------------------------------------------------


def six_pack(form: Form, price: str = "2.50") -> None:
    """Type a price from six on."""
    session = form.session
    session.add_price()
    session.set_price(len(session.draft.prices) - 1, from_quantity="6", price=price)


def prices(shop: BackOffice, product: str) -> list[tuple[str, str, Money, str]]:
    """The further prices that hold on some day: list, quantity, price and last day."""
    rows = other_prices(shop.reader, product)
    return [
        (row.list_id, str(row.from_quantity), row.price, row.valid_to) for row in rows if row.valid_to != "0001-01-01"
    ]


def test_six_are_cheaper(shop: BackOffice, form: Form) -> None:
    form.open("oat")
    six_pack(form)
    form.save()
    assert prices(shop, "oat") == [("retail", "6", Money(250, "GBP"), "")]
    row = form.session.draft.prices[0]
    assert (row.list_name, row.from_quantity, row.price) == ("Retail", "6", "2.50")
    assert row.known is not None, "it is known now, so saving again says nothing"
    before = shop.facts
    form.session.save()
    assert shop.facts == before


def test_price_and_name_are_saved_and_taken_back_together(shop: BackOffice, form: Form) -> None:
    session = form.open("oat")
    session.set("name", "Oat drink")
    six_pack(form)
    undo = form.save()
    assert (kept(shop, "oat").name, len(prices(shop, "oat"))) == ("Oat drink", 1)
    form.take_back(undo)
    assert (kept(shop, "oat").name, prices(shop, "oat")) == ("Oat milk", [])
    assert session.draft.prices == ()


def test_a_price_list_is_made_by_its_name_and_offered_to_the_next_product(shop: BackOffice, form: Form) -> None:
    session = form.open("oat")
    session.add_price()
    session.set_price(0, list_name="Staff", price="1.00")
    form.save()
    assert [row.name for row in price_lists(shop.reader)] == ["Retail", "Staff"]
    assert form.open("mug").lists() == ["Retail", "Staff"]
    session.add_price()
    session.set_price(0, list_name="staff", price="12")
    form.save()
    assert len(price_lists(shop.reader)) == 2, "written small it is the same list"


def test_a_sale_price_ends_on_its_last_day(shop: BackOffice, form: Form) -> None:
    session = form.open("oat")
    session.add_price()
    session.set_price(0, price="2.00", valid_from="2026-12-01", valid_to="2026-12-24")
    form.save()
    assert prices(shop, "oat") == [("retail", "0", Money(200, "GBP"), "2026-12-24")]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"price": ""}, "Type a price."),
        ({"price": "cheap"}, "“cheap” is not an amount"),
        ({"price": "1", "from_quantity": "-1"}, "from how many"),
        ({"price": "1", "valid_to": "24.13.2026"}, "Type it like 31/12/2027"),
        ({"price": "1", "valid_from": "2026-12-24", "valid_to": "2026-12-01"}, "before the first day"),
        ({"price": "1", "list_name": ""}, "Choose a price list."),
    ],
)
def test_what_is_wrong_with_a_price_is_said_at_its_row(form: Form, typed: dict[str, str], said: str) -> None:
    session = form.open("oat")
    six_pack(form)
    session.add_price()
    session.set_price(1, **typed)
    session.save()
    assert list(session.errors) == ["prices.1"]
    assert said in session.errors["prices.1"]
    session.set_price(1, price="1.00")
    assert session.errors == {}, "a row that is being corrected is quiet"


def test_a_row_that_is_taken_off_takes_its_trouble_along(shop: BackOffice, form: Form) -> None:
    session = form.open("oat")
    session.add_price()
    six_pack(form)
    session.save()
    assert list(session.errors) == ["prices.0"]
    session.remove_price(0)
    assert session.errors == {}
    form.save()
    assert len(prices(shop, "oat")) == 1


def test_a_price_that_is_taken_off_comes_back_with_undo(shop: BackOffice, form: Form) -> None:
    session = form.open("oat")
    six_pack(form)
    form.save()
    session.remove_price(0)
    undo = form.save()
    assert prices(shop, "oat") == []
    form.take_back(undo)
    assert prices(shop, "oat") == [("retail", "6", Money(250, "GBP"), "")]


def test_a_price_takes_the_place_of_one_that_goes(shop: BackOffice, form: Form) -> None:
    session = form.open("oat")
    six_pack(form)
    form.save()
    session.remove_price(0)
    six_pack(form, "2.40")
    undo = form.save()
    assert [row[2] for row in prices(shop, "oat")] == [Money(240, "GBP")]
    form.take_back(undo)
    assert [row[2] for row in prices(shop, "oat")] == [Money(250, "GBP")]


def test_two_prices_change_places(shop: BackOffice, form: Form) -> None:
    session = form.open("oat")
    six_pack(form, "2.50")
    session.add_price()
    session.set_price(1, from_quantity="12", price="2.20")
    form.save()
    session.set_price(0, from_quantity="12")
    session.set_price(1, from_quantity="6")
    undo = form.save()
    assert [(row[1], row[2].minor) for row in prices(shop, "oat")] == [("6", 220), ("12", 250)]
    form.take_back(undo)
    assert [(row[1], row[2].minor) for row in prices(shop, "oat")] == [("6", 250), ("12", 220)]


def test_two_prices_for_the_same_quantity_are_one_too_many(shop: BackOffice, form: Form) -> None:
    session = form.open("oat")
    six_pack(form)
    six_pack(form, "2.40")
    session.save()
    assert session.errors == {"prices.1": "There is another price in this list for the same quantity and first day."}
    assert prices(shop, "oat") == []


def test_a_price_moves_to_another_quantity_and_back(shop: BackOffice, form: Form) -> None:
    session = form.open("oat")
    six_pack(form)
    form.save()
    session.set_price(0, from_quantity="12")
    undo = form.save()
    assert [row[1] for row in prices(shop, "oat")] == ["12"]
    form.take_back(undo)
    assert [row[1] for row in prices(shop, "oat")] == ["6"]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.tuples(st.integers(1, 500), st.integers(0, 10**6)), min_size=1, max_size=3, unique_by=lambda row: row[0]
    )
)
def test_any_prices_that_are_saved_read_back_the_same(form: Form, rows: list[tuple[int, int]]) -> None:
    session = form.open("brew")
    while session.draft.prices:
        session.remove_price(0)
    for number, (quantity, minor) in enumerate(rows):
        session.add_price()
        session.set_price(number, from_quantity=str(quantity), price=str(Money(minor, "GBP").decimal))
    if session.has_changes:
        form.save()
    form.open("brew")
    shown = [(row.from_quantity, row.price.replace(",", "")) for row in session.draft.prices]
    assert shown == [(str(quantity), str(Money(minor, "GBP").decimal)) for quantity, minor in sorted(rows)]
