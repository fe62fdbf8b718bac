"""The slip that is a gift card or a note of store credit: whoever has it can spend what is on it."""

from __future__ import annotations

from dataclasses import dataclass

from omsdesk.documents.formats import format_day, format_money
from omsdesk.documents.letterhead import Letterhead, letterhead_paper
from omsdesk.documents.paper import Align, Barcode, Block, Columns, Cut, Feed, Paper, Rule, Size, Text
from omsdesk.domain.card_number import grouped
from omsdesk.domain.values import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSlip:
    """A card as it is handed over, with what is on it when it is printed."""

    letterhead: Letterhead
    name: str
    """What it is: a gift card, or store credit."""
    number: str
    balance: Money
    last_day: str = ""
    """The last day on which it can be spent, ISO 8601; empty for ever."""
    is_copy: bool = False
    locale: str = "en-GB"


def card_slip_paper(slip: CardSlip) -> Paper:
    """Lay a slip out, from the head to the cut."""
    banner: Paper = (Text("COPY", Align.CENTER, Size.LARGE, is_bold=True, is_inverted=True), Feed(2))
    last: tuple[Block, ...] = ()
    if slip.last_day:
        last = (Columns("Can be spent until", format_day(slip.last_day, slip.locale)),)
    return (
        *(banner if slip.is_copy else ()),
        *letterhead_paper(slip.letterhead),
        Feed(2),
        Text(slip.name, Align.CENTER, Size.LARGE, is_bold=True),
        Feed(2),
        Text(format_money(slip.balance, slip.locale), Align.CENTER, Size.LARGE, is_bold=True),
        Feed(2),
        Barcode(slip.number, has_text=False),
        Text(grouped(slip.number), Align.CENTER),
        Rule(),
        *last,
        Text("Keep it safe: who shows this number can spend it.", size=Size.SMALL),
        Cut(),
    )
