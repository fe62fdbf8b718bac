"""Customers come in from a file and go out into one, through a real database."""

from __future__ import annotations

import csv
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from omsdesk.actions.customer_files import Look, Result, export_customers, import_customers, look_at
from omsdesk.domain.customer import Customer, CustomerGroup, SaveCustomer, SaveGroup, SetTerms
from omsdesk.store.queries.customer import customer_by_id, last_no, search
from tests.store.station import Station

ANNA = Customer("anna", "Anna Smith", phone="0170 1234567", email="anna@example.org", note="Nice")


@pytest.fixture
def shop(till: Station) -> Station:
    till.do(SaveCustomer(ANNA), SaveGroup(CustomerGroup("club", "Club")), SetTerms(replace(ANNA, groups=("club",))))
    return till


def take(shop: Station, folder: Path, text: str, actor: str = "max") -> Result:
    path = folder / "customers.csv"
    path.write_text(text, encoding="utf-8")
    result = import_customers(shop.database.writer, partial(shop.executor.execute, actor), shop.clock.new_id, path)
    assert isinstance(result, Result), result
    return result


def test_new_ones_are_written_down_and_known_ones_changed(shop: Station, tmp_path: Path) -> None:
    result = take(shop, tmp_path, "Name,Phone,E-mail,Groups\nBert,0171 7654321,,club\nAnna Miller,,ANNA@example.org,\n")
    assert (result.new, result.changed, result.problems) == (1, 1, 0)
    assert result.sentence == "1 new customers, 1 changed, 0 as they were."
    known = customer_by_id(shop.database.writer, "anna")
    assert known is not None
    assert (known.name, known.phone, known.note, known.groups) == ("Anna Miller", ANNA.phone, "Nice", ("club",))
    (bert,) = (row.customer for row in search(shop.database.writer, "bert"))
    assert bert.groups == ("club",)


def test_the_same_file_again_changes_nothing(shop: Station, tmp_path: Path) -> None:
    text = "Name,Phone\nBert,0171 7654321\nZoe,\n"
    assert take(shop, tmp_path, text).new == 2
    again = take(shop, tmp_path, text)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 2)
    assert last_no(shop.database.writer) == 3


def test_bad_rows_stand_beside_the_file_with_line_and_reason(shop: Station, tmp_path: Path) -> None:
    shop.do(SaveCustomer(Customer("twin", "Twin", phone="+49 170 1234567")))
    text = "Name,Phone,E-mail,Groups\n,,,\nBert,,nonsense,\nX,0170 1234567,,\nY,,,Nobody\nFine,,,\n"
    result = take(shop, tmp_path, text)
    assert (result.new, result.problems) == (1, 3)
    assert result.error_file == tmp_path / "customers-problems.csv"
    with result.error_file.open(encoding="utf-8-sig") as file:
        found = [(int(row["line"]), row["reason"]) for row in csv.DictReader(file)]
    assert [line for line, _ in found] == [3, 4, 5]
    reasons = " ".join(reason for _, reason in found)
    assert "no e-mail address" in reasons
    assert "Anna Smith and Twin" in reasons or "Twin and Anna Smith" in reasons
    assert "no group “Nobody”" in reasons
    assert "3 rows were left out: see “customers-problems.csv”" in result.sentence


def test_who_may_not_give_groups_is_told_by_row(shop: Station, tmp_path: Path) -> None:
    result = take(shop, tmp_path, "Name,Groups\nBert,Club\nZoe,\n", actor="cara")
    assert (result.new, result.problems) == (1, 1)


def test_a_file_that_is_none_says_why(shop: Station, tmp_path: Path) -> None:
    told = import_customers(shop.database.writer, shop.executor.execute, shop.clock.new_id, tmp_path / "no.csv")
    assert isinstance(told, str)


def test_what_goes_out_comes_in_again(shop: Station, tmp_path: Path) -> None:
    shop.do(SaveCustomer(Customer("gone", "Gone")), SetTerms(Customer("gone", "Gone", is_active=False)))
    shop.do(
        *(SaveCustomer(Customer(f"c{number}", f"Customer {number}", card=f"K{number:05d}")) for number in range(600))
    )
    path = tmp_path / "out.csv"
    assert export_customers(shop.database.writer, path) == 601
    result = import_customers(shop.database.writer, partial(shop.executor.execute, "max"), shop.clock.new_id, path)
    assert isinstance(result, Result)
    assert (result.new, result.changed, result.unchanged) == (0, 0, 601)


def test_a_folder_that_takes_nothing_is_told(shop: Station, tmp_path: Path) -> None:
    assert "cannot be written" in str(export_customers(shop.database.writer, tmp_path / "no" / "out.csv"))


def test_columns_that_are_not_used_are_told_before_anything_is_taken_up(tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_text("Name,Birthday,Phone,Shoe size,line,reason\nBert,1.1.,0171 1,44,,\n,,,,,\nZoe,,,38,,\n,2.2.,,,,\n")
    found = look_at(path)
    assert found == Look(path, 2, 1, ("Birthday", "Shoe size"))
    assert isinstance(found, Look)
    assert found.sentence == (
        "“customers.csv” has 2 customers. 1 cannot be read. "
        "Not used: “Birthday”, “Shoe size”. What stands there stays out."
    )
    path.write_text("Colour,Size\nred,4\n")
    assert "says who the customers are" in str(look_at(path))


def test_what_is_written_is_used_in_full_when_it_comes_back(shop: Station, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    export_customers(shop.database.writer, path)
    found = look_at(path)
    assert isinstance(found, Look)
    assert found.unused == ()
