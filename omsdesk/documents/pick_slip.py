"""The slip that goods of an order are fetched by: how many of what, with a box to tick, and no prices."""

from __future__ import annotations

from dataclasses import dataclass

from omsdesk.documents.formats import format_day, format_moment, format_quantity
from omsdesk.documents.paper import Align, Columns, Cut, Feed, Paper, QrCode, Rule, Size, Text
from omsdesk.domain.units import PIECE, decimals
from omsdesk.domain.values import Quantity, Stamp


@dataclass(frozen=True, slots=True)
class PickRow:
    """Goods to fetch."""

    name: str
    quantity: Quantity
    sku: str = ""
    unit: str = PIECE


@dataclass(frozen=True, slots=True, kw_only=True)
class PickSlip:
    """What is to be fetched for an order."""

    title: str
    number: str
    at: Stamp
    rows: tuple[PickRow, ...]
    customer: tuple[str, ...] = ()
    until: str = ""
    """The day (ISO 8601) that it is kept until."""
    note: str = ""
    is_copy: bool = False
    locale: str = "en-GB"


def pick_slip_paper(slip: PickSlip) -> Paper:
    """Lay a slip out, from the head to the cut."""
    copy: Paper = (Text("COPY", Align.CENTER, Size.LARGE, is_bold=True, is_inverted=True), Feed(1))
    return (
        *(copy if slip.is_copy else ()),
        Text(slip.number, size=Size.LARGE, is_bold=True),
        Columns(slip.title, format_moment(slip.at, slip.locale)),
        *map(Text, slip.customer),
        *((Columns("Kept until", format_day(slip.until, slip.locale), is_bold=True),) if slip.until else ()),
        *((Feed(1), Text(slip.note, is_bold=True)) if slip.note else ()),
        Rule(),
        *(block for row in slip.rows for block in _row(row, slip.locale)),
        Rule(),
        Feed(2),
        QrCode(slip.number),
        Cut(),
    )


def _row(row: PickRow, locale: str) -> Paper:
    quantity = format_quantity(row.quantity, locale, decimals(row.unit))
    unit = "" if row.unit == PIECE else f" {row.unit}"
    return (
        Text(f"[ ] {quantity}{unit} x {row.name}", is_bold=True, hang=4),
        *((Text(row.sku, indent=4),) if row.sku else ()),
        Feed(1),
    )
