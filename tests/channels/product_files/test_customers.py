"""Files of customers: columns by any name, rows as people type them, and the way back."""

from __future__ import annotations

from pathlib import Path

import pytest

from omsdesk.channels.product_files.customers import COLUMNS, CustomerRow, rows, write
from omsdesk.channels.product_files.reader import open_file
from omsdesk.channels.product_files.rows import RowProblem
from omsdesk.channels.product_files.source import UnreadableFile
from omsdesk.domain.customer import Customer
from omsdesk.domain.values import Stamp

ANNA = Customer(
    "", "Anna Smith", "Smith & Sons", "0170 1", "a@b.org", ("High Street 1", "York"), "GB", "GB1", "2900001", "“Nice”",
    Stamp(1_795_435_200_000), None,
)  # fmt: skip


def read(tmp_path: Path, text: str) -> list[CustomerRow | RowProblem]:
    path = tmp_path / "customers.csv"
    path.write_text(text, encoding="utf-8")
    return list(rows(open_file(path)))


def test_columns_are_known_by_many_names(tmp_path: Path) -> None:
    (row,) = read(
        tmp_path, "Vorname;Nachname;Handy;E-Mail;Straße;PLZ;Ort\nAnna;Smith;0170 1;a@b.org;Weg 1;20457;Hamburg\n"
    )
    assert isinstance(row, CustomerRow)
    assert row.customer == Customer(
        "", "Anna Smith", phone="0170 1", email="a@b.org", address=("Weg 1", "20457", "Hamburg")
    )
    assert row.line == 2


def test_groups_are_named_and_strange_columns_are_passed_over(tmp_path: Path) -> None:
    (row,) = read(tmp_path, "Name,Shoe size,Groups\nAnna,38,Club; Trade\n")
    assert isinstance(row, CustomerRow)
    assert (row.customer, row.groups) == (Customer("", "Anna"), ("Club", "Trade"))


def test_a_row_that_says_nothing_of_anybody_is_a_problem(tmp_path: Path) -> None:
    first, second = read(tmp_path, "Name,Phone,Note\n,,Nice\nAnna,,\n")
    assert isinstance(first, RowProblem)
    assert (first.line, first.reason) == (2, "This row names nobody.")
    assert isinstance(second, CustomerRow)


def test_leave_without_a_day_is_no_leave(tmp_path: Path) -> None:
    (row,) = read(tmp_path, "Name,E-mail,Receipts by e-mail since\nAnna,a@b.org,yes\n")
    assert isinstance(row, RowProblem)
    assert "without a day" in row.reason


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="No column"):
        read(tmp_path, "Colour,Size\nred,3\n")


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    assert write(path, [(ANNA, ("Club",)), (Customer("", phone="1 2 3"), ())]) == 2
    found = list(rows(open_file(path)))
    assert [row.customer for row in found if isinstance(row, CustomerRow)] == [ANNA, Customer("", phone="1 2 3")]
    assert path.read_text(encoding="utf-8-sig").splitlines()[0] == ",".join(COLUMNS)
