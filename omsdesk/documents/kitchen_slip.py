"""The slip for the kitchen: what to make, in letters that are read from a metre away, and no prices."""

from __future__ import annotations

from dataclasses import dataclass

from omsdesk.documents.formats import format_moment, format_quantity
from omsdesk.documents.paper import Align, Block, Columns, Cut, Feed, Paper, Rule, Size, Text
from omsdesk.domain.units import PIECE, decimals
from omsdesk.domain.values import Quantity, Stamp

_TIMES = "x"
"""Every printer has the letter; the sign would have whole lines drawn where it has not."""


@dataclass(frozen=True, slots=True)
class SlipRow:
    """Something to make, or to stop making."""

    name: str
    quantity: Quantity
    notes: tuple[str, ...] = ()
    is_cancelled: bool = False
    unit: str = PIECE


@dataclass(frozen=True, slots=True, kw_only=True)
class KitchenSlip:
    """What a kitchen is told at once."""

    at: Stamp
    till: str
    rows: tuple[SlipRow, ...]
    name: str = ""
    """Whose it is, or which table's."""
    number: str = ""
    """The receipt's, by which it is called out."""
    cashier: str = ""
    is_copy: bool = False
    locale: str = "en-GB"


def kitchen_slip_paper(slip: KitchenSlip) -> Paper:
    """Lay a slip out, from the head to the cut."""
    stopped = tuple(row for row in slip.rows if row.is_cancelled)
    made = tuple(row for row in slip.rows if not row.is_cancelled)
    rows: list[Block] = []
    if stopped:
        rows += [_bar("CANCELLED"), Feed(1), *(block for row in stopped for block in _row(row, slip.locale))]
    if stopped and made:
        rows.append(Rule())
    rows += [block for row in made for block in _row(row, slip.locale)]
    return (
        *((_bar("COPY"), Feed(1)) if slip.is_copy else ()),
        *((Text(slip.name, size=Size.LARGE, is_bold=True),) if slip.name else ()),
        *((Text(slip.number, size=Size.LARGE if not slip.name else Size.NORMAL, is_bold=True),) if slip.number else ()),
        Columns(format_moment(slip.at, slip.locale), slip.till),
        *((Text(slip.cashier),) if slip.cashier else ()),
        Rule(),
        *rows,
        Feed(2),
        Cut(),
    )


def _bar(word: str) -> Text:
    return Text(word, Align.CENTER, Size.LARGE, is_bold=True, is_inverted=True)


def _row(row: SlipRow, locale: str) -> Paper:
    quantity = format_quantity(row.quantity, locale, decimals(row.unit))
    unit = "" if row.unit == PIECE else f" {row.unit}"
    return (
        Text(f"{quantity}{unit} {_TIMES} {row.name}", size=Size.LARGE, is_bold=True, hang=2),
        *(Text(note, size=Size.LARGE, indent=2) for note in row.notes),
        Feed(1),
    )
