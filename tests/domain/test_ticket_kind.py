"""What a ticket is to whoever reads a report."""

from __future__ import annotations

from dataclasses import replace

import pytest

from omsdesk.domain.line import Line, Returned
from omsdesk.domain.ticket_kind import TicketKind, is_empties, kind_of
from omsdesk.domain.values import ONE
from tests.domain.corner_shop import COFFEE, gbp
from tests.domain.test_following import BOTTLE

SOLD = Line("a", COFFEE, ONE)
DEPOSIT = Line("b", BOTTLE, ONE, parent="a")
BACK = Line("c", COFFEE, -ONE, returned=Returned(gbp("3.20"), sale="sale-0", line="x"))
EMPTIES = Line("d", BOTTLE, -ONE, returned=Returned(gbp("0.25")))
BOTTLE_BACK = replace(EMPTIES, line="e", returned=Returned(gbp("0.25"), sale="sale-0", line="y"))
LOADED = Line("f", COFFEE, ONE, loads="gift:1234")
TAKEN_OUT = replace(BACK, line="g", loads="deposit:o1")


@pytest.mark.parametrize(
    ("kind", "lines"),
    [
        (TicketKind.SALE, (SOLD,)),
        (TicketKind.SALE, (SOLD, DEPOSIT, LOADED)),
        (TicketKind.SALE, (SOLD, EMPTIES)),
        (TicketKind.REFUND, (BACK,)),
        (TicketKind.REFUND, (BACK, BOTTLE_BACK, LOADED)),
        (TicketKind.REFUND, (BACK, EMPTIES)),
        (TicketKind.REFUND, (BOTTLE_BACK,)),
        (TicketKind.EXCHANGE, (SOLD, BACK)),
        (TicketKind.EXCHANGE, (SOLD, BACK, EMPTIES, LOADED)),
        (TicketKind.EMPTIES, (EMPTIES,)),
        (TicketKind.EMPTIES, (EMPTIES, LOADED)),
        (TicketKind.LOAD, (LOADED,)),
        (TicketKind.LOAD, (TAKEN_OUT,)),
    ],
)
def test_a_ticket_is_what_its_goods_are(kind: TicketKind, lines: tuple[Line, ...]) -> None:
    assert kind_of(lines) is kind
    assert kind_of(lines[::-1]) is kind


def test_a_bottle_on_a_receipt_comes_back_as_goods_do() -> None:
    assert is_empties(EMPTIES)
    assert not is_empties(BOTTLE_BACK)
    assert not is_empties(DEPOSIT)
