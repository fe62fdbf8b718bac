"""The order lines of a real gift wholesaler, read as orders: what was sold, what came back, what is neither.

The whole file is Daqing Chen's "Online Retail" (UCI Machine Learning Repository, 2015, https://doi.org/10.24432/C5BW33,
CC BY 4.0). It is not part of this repository: ``OMSDESK_ONLINE_RETAIL`` names it, or it lies as
``../shared/data/online_retail.parquet`` beside the checkout. ``online_retail_sample.csv`` is an excerpt that always is.
"""

from __future__ import annotations

import csv
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from itertools import groupby
from pathlib import Path

SAMPLE = Path(__file__).with_name("online_retail_sample.csv")
NAMED_BY = "OMSDESK_ONLINE_RETAIL"
_BESIDE = Path(__file__).parents[3] / "shared" / "data" / "online_retail.parquet"
_PENNY = Decimal("0.01")


class LeftOut(StrEnum):
    """Why a row is nothing that a till sells or takes back."""

    BAD_DEBT = "bad debt: a debt that is written off (invoices that begin with A)"
    STOCK = "stock: goods that were lost, broken or counted anew (below zero, without a price)"
    NO_PRICE = "no price: goods that were found, given away or corrected (above zero, without a price)"
    FEE = "fee: what a marketplace, a bank or a charity takes (AMAZONFEE, BANK CHARGES, CRUK)"
    ACCOUNT = "account: a discount on an account, or samples, booked by the office (D, S)"
    UNDER_A_PENNY = "under a penny: a price that no coin pays (0.001)"


_FEES = {"AMAZONFEE", "BANK CHARGES", "CRUK"}
_ACCOUNT = {"D", "S"}
SERVICES = ("POST", "DOT", "C2", "M", "GIFT_0001")
"""How codes begin that are sold, and are no goods: postage, what was typed by hand, vouchers."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the file. A price is in pounds; a quantity below zero went the other way."""

    invoice: str
    code: str
    name: str
    quantity: int
    at: datetime
    price: Decimal
    customer: str

    @property
    def amount(self) -> Decimal:
        """What the line comes to, to the penny."""
        return (self.price * self.quantity).quantize(_PENNY, ROUND_HALF_UP)

    @property
    def is_cancelled(self) -> bool:
        """Whether it takes back what was sold."""
        return self.invoice.startswith("C")

    @property
    def left_out(self) -> LeftOut | None:
        """Why it is not replayed, if it is not."""
        code = self.code.upper()
        if self.invoice.startswith("A"):
            return LeftOut.BAD_DEBT
        if not self.price:
            return LeftOut.STOCK if self.quantity < 0 else LeftOut.NO_PRICE
        if code in _FEES:
            return LeftOut.FEE
        if code in _ACCOUNT:
            return LeftOut.ACCOUNT
        # Prices of more than two decimals are listed, never rounded into something that nobody was asked for.
        return LeftOut.UNDER_A_PENNY if self.price % _PENNY else None


@dataclass(frozen=True, slots=True)
class Order:
    """What one customer took, or brought back, at once."""

    invoice: str
    at: datetime
    customer: str
    rows: tuple[Row, ...]

    @property
    def is_return(self) -> bool:
        """Whether goods come back."""
        return self.rows[0].is_cancelled

    @property
    def amount(self) -> Decimal:
        """What it comes to; below zero where goods come back."""
        return sum((row.amount for row in self.rows), Decimal(0))


@dataclass(frozen=True, slots=True)
class Day:
    """The orders of a day, by the time of their first line."""

    day: str
    orders: tuple[Order, ...]

    @property
    def amount(self) -> Decimal:
        """What the day came to: the sum of its lines, each rounded to the penny."""
        return sum((order.amount for order in self.orders), Decimal(0))


@dataclass(frozen=True, slots=True)
class Retail:
    """What is replayed, and what is not."""

    days: tuple[Day, ...]
    left_out: Counter[LeftOut] = field(default_factory=Counter)

    @property
    def rows(self) -> Iterator[Row]:
        """The lines that are replayed."""
        return (row for day in self.days for order in day.orders for row in order.rows)

    def some(self, days: Iterable[int]) -> Retail:
        """Only some of the days, counted from 0."""
        return Retail(tuple(self.days[at] for at in days if at < len(self.days)), self.left_out)


def whole_file() -> Path | None:
    """Find the whole file; None where it is not."""
    named = os.environ.get(NAMED_BY)
    place = Path(named) if named else _BESIDE
    return place if place.is_file() else None


def read(path: Path) -> Retail:
    """Read a file of either kind."""
    rows = list(_parquet(path) if path.suffix == ".parquet" else _csv(path))
    left_out = Counter(reason for row in rows if (reason := row.left_out) is not None)
    sold = sorted((row for row in rows if row.left_out is None), key=lambda row: (row.at, row.invoice))
    orders = sorted(_orders(sold), key=lambda order: (order.at, order.invoice))
    days = (Day(day, tuple(found)) for day, found in groupby(orders, key=lambda order: order.at.date().isoformat()))
    return Retail(tuple(days), left_out)


def _orders(rows: Sequence[Row]) -> Iterator[Order]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.invoice, []).append(row)
    for invoice, lines in found.items():
        yield Order(invoice, lines[0].at, lines[0].customer, tuple(lines))


def _parquet(path: Path) -> Iterator[Row]:
    from pyarrow import parquet

    for batch in parquet.ParquetFile(path).iter_batches():
        for row in batch.to_pylist():
            yield Row(
                row["invoice_no"], row["stock_code"], row["description"] or "", row["quantity"], row["invoice_date"],
                row["unit_price"], row["customer_id"] or "",
            )  # fmt: skip


def _csv(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(line for line in file if not line.startswith("#")):
            yield Row(
                row["invoice"], row["code"], row["name"], int(row["quantity"]), datetime.fromisoformat(row["at"]),
                Decimal(row["price"]), row["customer"],
            )  # fmt: skip
