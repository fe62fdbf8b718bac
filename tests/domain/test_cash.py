"""The drawer: counted when it is opened, counted when it is closed, and the close cannot fail."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.domain.cash import (
    CashCommand,
    CashFacts,
    CashMoved,
    CashReason,
    CloseShift,
    Counted,
    DrawerOpened,
    ElsewhereOpen,
    MoveCash,
    OpenDrawer,
    OpenShift,
    PaidInPart,
    Shift,
    ShiftClosed,
    ShiftEnded,
    ShiftFigures,
    ShiftOpen,
    ShiftOpened,
    TakeXReport,
    TenderTotal,
    XReportTaken,
    decide,
    evolve,
)
from omsdesk.domain.messages import Decision, Event, Refusal
from omsdesk.domain.sale import SaleHeld
from omsdesk.domain.values import Money
from tests.domain.corner_shop import CARD, CASH, DESK, NOON, TILL, gbp

NO_SHIFT = replace(DESK, shift="")
OPEN = Shift("shift-1", "t1", NOON, gbp("100"))
CLOSED = replace(OPEN, is_closed=True)


def figures(*tenders: TenderTotal, total: str = "0") -> ShiftFigures:
    """The sums of a shift."""
    zero = gbp("0")
    return ShiftFigures(3, gbp(total), zero, 0, zero, 0, zero, zero, tenders)


CASH_ROW = TenderTotal("cash", "Cash", 2, gbp("112.30"))
CARD_ROW = TenderTotal("card", "Card", 1, gbp("5.00"))
FACTS = CashFacts(figures(CASH_ROW, CARD_ROW, total="17.30"), next_z=7)


def facts_of(decision: Decision) -> tuple[Event, ...]:
    """The facts of a decision that is no refusal."""
    assert not isinstance(decision, Refusal), decision
    return decision


def closed(*counted: Counted, facts: CashFacts = FACTS) -> ShiftClosed:
    """Close the shift with a count."""
    (fact,) = facts_of(decide(OPEN, CloseShift("shift-1", counted), DESK, facts))
    assert isinstance(fact, ShiftClosed)
    return fact


# --- opening ----------------------------------------------------------------------------------------------------------


def test_a_shift_begins_with_the_float_that_was_counted_and_the_float_is_cash_that_moved() -> None:
    opened, moved = facts_of(decide(None, OpenShift("shift-1", gbp("100")), NO_SHIFT, CashFacts()))
    assert opened == ShiftOpened("shift-1", "t1", NOON, gbp("100"))
    assert moved == CashMoved("shift-1:float", "shift-1", "t1", gbp("100"), CashReason.FLOAT)
    assert evolve(None, opened) == OPEN


def test_an_empty_drawer_is_a_float_too() -> None:
    assert facts_of(decide(None, OpenShift("shift-1", gbp("0")), NO_SHIFT, CashFacts()))


@pytest.mark.parametrize(("shift", "desk"), [(None, DESK), (OPEN, DESK), (OPEN, NO_SHIFT), (CLOSED, NO_SHIFT)], ids=str)
def test_a_till_has_one_shift_at_a_time(shift: Shift | None, desk: object) -> None:
    decision = decide(shift, OpenShift("shift-1", gbp("1")), desk, CashFacts())  # type: ignore[arg-type]
    assert isinstance(decision, ShiftOpen)


@pytest.mark.parametrize(
    ("money", "said"),
    [
        (gbp("-0.01"), "cannot be below zero"),
        (Money(100, "EUR"), "holds GBP, not EUR"),
        (gbp("5901234123457"), "barcode"),
    ],
)
def test_a_float_that_cannot_be_is_counted_again(money: Money, said: str) -> None:
    decision = decide(None, OpenShift("shift-1", money), NO_SHIFT, CashFacts())
    assert isinstance(decision, Refusal)
    assert said in decision.sentence


# --- money in and out -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "reason"), [("20.00", CashReason.PAY_IN), ("-20.00", CashReason.PAY_OUT), ("-0.01", CashReason.PAY_OUT)]
)
def test_money_moves_with_a_reason(amount: str, reason: CashReason) -> None:
    (fact,) = facts_of(decide(OPEN, MoveCash("shift-1", "m1", gbp(amount), " window cleaner "), DESK, FACTS))
    assert fact == CashMoved("m1", "shift-1", "t1", gbp(amount), reason, "window cleaner")


@pytest.mark.parametrize(
    ("amount", "why", "said"),
    [
        (gbp("0"), "change", "Type an amount."),
        (gbp("5"), "  ", "Say why the money moves."),
        (Money(500, "EUR"), "change", "not EUR"),
        (gbp("-5901234123457"), "change", "barcode"),
    ],
)
def test_no_money_moves_without_amount_and_reason(amount: Money, why: str, said: str) -> None:
    decision = decide(OPEN, MoveCash("shift-1", "m1", amount, why), DESK, FACTS)
    assert isinstance(decision, Refusal)
    assert said in decision.sentence


@pytest.mark.parametrize(
    "command", [MoveCash("shift-1", "m1", gbp("-5.00"), "cleaner"), OpenDrawer("shift-1", "o1", "change")]
)
def test_in_training_no_money_moves_and_the_drawer_stays_shut(command: CashCommand) -> None:
    assert decide(OPEN, command, replace(DESK, till=replace(TILL, is_training=True)), FACTS) == ()
    assert decide(OPEN, command, DESK, FACTS) != ()


def test_a_movement_is_practised_with_its_reason_too() -> None:
    practice = replace(DESK, till=replace(TILL, is_training=True))
    refused = decide(OPEN, MoveCash("shift-1", "m1", gbp("5.00"), " "), practice, FACTS)
    assert refused == Refusal("Say why the money moves.")


def test_the_drawer_opens_without_a_sale_and_that_is_a_fact() -> None:
    (fact,) = facts_of(decide(OPEN, OpenDrawer("shift-1", "o1", " change "), DESK, FACTS))
    assert fact == DrawerOpened("o1", "shift-1", "t1", "change")


def test_an_x_report_tells_the_figures_and_closes_nothing() -> None:
    (fact,) = facts_of(decide(OPEN, TakeXReport("shift-1", "x1"), DESK, FACTS))
    assert fact == XReportTaken("x1", "shift-1", "t1", NOON, FACTS.figures)  # type: ignore[arg-type]
    assert evolve(OPEN, fact) == OPEN


COMMANDS = [
    MoveCash("shift-1", "m1", gbp("1"), "change"),
    OpenDrawer("shift-1", "o1", ""),
    TakeXReport("shift-1", "x1"),
    CloseShift("shift-1", ()),
]


@pytest.mark.parametrize("command", COMMANDS[:3])
def test_what_was_done_already_is_not_done_twice(command: CashCommand) -> None:
    assert command.document != command.shift
    assert decide(OPEN, command, DESK, replace(FACTS, is_made=True)) == ()


def test_a_shift_is_its_own_document() -> None:
    assert CloseShift("shift-1", ()).document == OpenShift("shift-1", gbp("0")).document == "shift-1"


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("shift", [None, CLOSED])
def test_nothing_happens_in_a_shift_that_is_not_open(shift: Shift | None, command: CashCommand) -> None:
    decision = decide(shift, command, DESK, FACTS)
    assert isinstance(decision, ShiftEnded)
    assert "Open a new one" in decision.sentence


@pytest.mark.parametrize("command", COMMANDS)
def test_one_till_does_not_reach_into_the_drawer_of_another(command: CashCommand) -> None:
    decision = decide(OPEN, command, replace(DESK, till=replace(TILL, id="t2")), FACTS)
    assert isinstance(decision, ElsewhereOpen)


def test_a_command_that_nobody_knows_is_refused() -> None:
    assert decide(OPEN, CashCommand("shift-1"), DESK, FACTS) == Refusal("This cannot be done with a shift.")


# --- closing ----------------------------------------------------------------------------------------------------------


def test_closing_keeps_the_count_beside_what_was_expected() -> None:
    fact = closed(Counted("cash", gbp("110.00")), Counted("card", gbp("5.00")))
    assert [row.difference for row in fact.figures.tenders] == [gbp("-2.30"), gbp("0")]
    assert (fact.number, fact.series, fact.name) == (7, "1A", "1A-7")
    assert evolve(OPEN, fact) == CLOSED


def test_what_nobody_counted_has_no_difference() -> None:
    fact = closed(Counted("cash", gbp("112.30")))
    assert [row.difference for row in fact.figures.tenders] == [gbp("0"), None]


def test_what_was_found_though_nothing_was_expected_is_not_lost() -> None:
    voucher = replace(CARD, code="v", name="Voucher")
    shop = replace(DESK.shop, tender_methods=(CASH, CARD, voucher))
    command = CloseShift("shift-1", (Counted("v", gbp("10")), Counted("old", gbp("2")), Counted("none", gbp("0"))))
    (fact,) = facts_of(decide(OPEN, command, replace(DESK, shop=shop), FACTS))
    assert isinstance(fact, ShiftClosed)
    assert [(row.name, row.expected, row.difference) for row in fact.figures.tenders[2:]] == [
        ("Voucher", gbp("0"), gbp("10")),
        ("old", gbp("0"), gbp("2")),
    ]


@pytest.mark.parametrize(
    ("sales", "said"),
    [
        (("a",), "Money was taken for a ticket that is not finished. Finish it, or give the money back."),
        (("a", "b"), "Money was taken for 2 tickets that are not finished. Finish each, or give the money back."),
    ],
)
def test_money_of_a_ticket_that_is_not_finished_stays_in_no_drawer(sales: tuple[str, ...], said: str) -> None:
    """It would be over in the shift that closes, and short in the one that finishes the ticket."""
    refused = decide(OPEN, CloseShift("shift-1", ()), DESK, replace(FACTS, paid_in_part=sales))
    assert refused == PaidInPart(said, sales=sales)


def test_a_count_below_zero_is_a_slip_of_the_finger() -> None:
    decision = decide(OPEN, CloseShift("shift-1", (Counted("cash", gbp("-5")),)), DESK, FACTS)
    assert decision == Refusal("A count cannot be below zero. Count again.")


counts = st.builds(
    Counted,
    method=st.sampled_from(["cash", "card", "voucher", "?"]),
    amount=st.integers(0, 10**15).map(lambda minor: Money(minor, "GBP")),
)
totals = st.builds(
    TenderTotal,
    method=st.sampled_from(["cash", "card"]),
    name=st.just("x"),
    count=st.integers(0, 9),
    expected=st.integers(-(10**9), 10**9).map(lambda minor: Money(minor, "GBP")),
    counted=st.none(),
)


@given(
    st.lists(counts, max_size=6),
    st.lists(totals, max_size=3, unique_by=lambda row: row.method),
    st.integers(1, 10**6),
)
def test_a_close_cannot_fail(counted: list[Counted], tenders: list[TenderTotal], next_z: int) -> None:
    fact = closed(*counted, facts=CashFacts(figures(*tenders), next_z))
    amounts = {row.method: row.amount for row in counted}
    for row in fact.figures.tenders:
        assert row.counted == amounts.pop(row.method, None)
    assert not any(amounts.values()), "no count was lost"
    assert fact.number == next_z


def test_a_z_report_of_before_series_were_kept_has_its_number_for_a_name() -> None:
    assert replace(closed(), series="").name == "7"


# --- folding ----------------------------------------------------------------------------------------------------------


def test_a_shift_closes_only_if_it_was_opened_and_minds_no_other_fact() -> None:
    assert evolve(None, closed()) is None
    assert evolve(OPEN, SaleHeld("s", "x", 1, gbp("1"))) is OPEN
    assert evolve(None, SaleHeld("s", "x", 1, gbp("1"))) is None
