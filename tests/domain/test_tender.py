"""Payments: what was given less what came back is what was paid and what rounding left."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from omsdesk.domain.messages import Refusal
from omsdesk.domain.tender import (
    NothingDue,
    OtherCurrency,
    Overpaid,
    Tender,
    TenderKind,
    TenderMethod,
    quick_cash,
    take,
)
from omsdesk.domain.values import Money

CASH = TenderMethod("cash", "Cash", TenderKind.CASH)
SWISS = TenderMethod("cash", "Bargeld", TenderKind.CASH, 5)
SWEDISH = TenderMethod("cash", "Kontant", TenderKind.CASH, 100)
CARD = TenderMethod("card", "Card", TenderKind.CARD)
VOUCHER = TenderMethod("voucher", "Voucher")
methods = st.sampled_from([CASH, SWISS, SWEDISH, CARD, VOUCHER])


def pay(method: TenderMethod, due: int, given: int) -> Tender | Refusal:
    """Pay in cents."""
    return take("t", method, Money(due, "CHF"), Money(given, "CHF"))


def parts(taken: Tender | Refusal) -> tuple[int, int, int, int]:
    """Given, change, amount and rounding in cents."""
    assert isinstance(taken, Tender), taken
    return taken.given.minor, taken.change.minor, taken.amount.minor, taken.rounding.minor


@given(methods, st.integers(-(10**6), 10**6), st.integers(-(10**6), 10**6))
def test_given_less_change_is_amount_and_rounding(method: TenderMethod, due: int, given: int) -> None:
    taken = pay(method, due, given)
    assume(isinstance(taken, Tender))
    gave, change, amount, rounding = parts(taken)
    assert gave == given
    assert gave - change == amount + rounding
    assert change >= 0
    assert abs(amount) <= abs(due), "a payment never pays more than is due"
    assert 2 * abs(rounding) <= method.rounding_step
    assert amount * due >= 0
    if rounding:
        assert amount == due, "only the payment that ends a ticket is rounded"


due_and_part = st.integers(1, 10**6).flatmap(lambda due: st.tuples(st.just(due), st.integers(1, due)))


@given(methods, due_and_part)
def test_a_refund_without_change_mirrors_the_payment(method: TenderMethod, amounts: tuple[int, int]) -> None:
    due, given = amounts
    paid, returned = pay(method, due, given), pay(method, -due, -given)
    assume(isinstance(paid, Tender) and isinstance(returned, Tender))
    assert parts(returned) == tuple(-part for part in parts(paid))


@given(methods, st.integers(-(10**6), 10**6))
def test_what_a_method_asks_always_ends_the_ticket(method: TenderMethod, due: int) -> None:
    assume(due)
    taken = pay(method, due, method.asks(Money(due, "CHF")).minor)
    assert isinstance(taken, Tender)
    assert taken.amount.minor == due
    assert not taken.change


def test_a_note_of_twenty_for_twelve_thirty_gives_seven_seventy_back() -> None:
    assert parts(pay(CASH, 1230, 2000)) == (2000, 770, 1230, 0)


@pytest.mark.parametrize(
    ("due", "asked", "rounding"),
    [(1002, 1000, -2), (1003, 1005, 2), (1005, 1005, 0), (1007, 1005, -2), (1008, 1010, 2)],
)
def test_in_switzerland_cash_is_rounded_to_five_rappen(due: int, asked: int, rounding: int) -> None:
    assert SWISS.asks(Money(due, "CHF")) == Money(asked, "CHF")
    assert parts(pay(SWISS, due, asked)) == (asked, 0, due, rounding)
    assert parts(pay(SWISS, due, 2000)) == (2000, 2000 - asked, due, rounding)


def test_in_sweden_cash_is_rounded_to_the_krona_and_half_a_krona_up() -> None:
    assert parts(pay(SWEDISH, 1949, 1900)) == (1900, 0, 1949, -49)
    assert parts(pay(SWEDISH, 1950, 2000)) == (2000, 0, 1950, 50)


def test_a_card_is_never_rounded() -> None:
    assert parts(pay(CARD, 1003, 1003)) == (1003, 0, 1003, 0)


def test_less_than_half_a_coin_is_paid_by_nothing_at_all() -> None:
    assert parts(pay(SWISS, 2, 0)) == (0, 0, 2, -2)
    assert parts(pay(SWISS, -2, 0)) == (0, 0, -2, 2)


def test_the_rest_after_a_card_is_rounded_when_cash_ends_the_ticket() -> None:
    assert parts(pay(CARD, 1003, 500)) == (500, 0, 500, 0)
    assert parts(pay(SWISS, 503, 600)) == (600, 95, 503, 2)


def test_a_sum_between_what_is_due_and_what_the_coins_allow_still_ends_the_ticket() -> None:
    assert parts(pay(SWISS, 998, 999)) == (999, 0, 998, 1)


def test_too_little_pays_a_part() -> None:
    assert parts(pay(CASH, 1000, 400)) == (400, 0, 400, 0)


def test_only_cash_gives_change_and_the_sentence_says_how_much_to_take() -> None:
    refusal = pay(CARD, 420, 500)
    assert isinstance(refusal, Overpaid)
    assert refusal.sentence == "Card cannot give change: take 4.20 CHF at most."


def test_no_change_comes_back_when_money_is_given_back() -> None:
    assert isinstance(pay(CASH, -420, -500), Overpaid)
    assert parts(pay(CASH, -420, -420)) == (-420, 0, -420, 0)


def test_nothing_is_taken_for_nothing() -> None:
    assert isinstance(pay(CASH, 0, 100), NothingDue)


@pytest.mark.parametrize(("due", "given"), [(100, 0), (100, -100), (-100, 100), (-100, 0)])
def test_an_amount_on_the_wrong_side_is_asked_for_again(due: int, given: int) -> None:
    assert pay(CASH, due, given) == Refusal("Type the amount that was given.")


def test_another_currency_is_not_taken_for_this_one() -> None:
    refusal = take("t", CASH, Money(100, "CHF"), Money(100, "EUR"))
    assert refusal == OtherCurrency("This ticket is paid in CHF, not in EUR.")


# --- suggestions ------------------------------------------------------------------------------------------------------

NOTES = (500, 1000, 2000, 5000, 10_000, 20_000)


@pytest.mark.parametrize(
    ("due", "likely"),
    [(1230, [1500, 2000, 5000]), (1000, [2000, 5000, 10_000]), (9990, [10_000, 20_000]), (1, [500, 1000, 2000])],
)
def test_the_next_round_amounts_are_suggested(due: int, likely: list[int]) -> None:
    assert [money.minor for money in quick_cash(Money(due, "EUR"), NOTES)] == likely


@given(st.integers(1, 10**6))
def test_every_suggestion_is_more_than_what_is_due_and_can_be_paid_in_notes(due: int) -> None:
    found = quick_cash(Money(due, "EUR"), NOTES)
    assert list(found) == sorted(found)
    assert all(money.minor > due and any(money.minor % note == 0 for note in NOTES) for money in found)
