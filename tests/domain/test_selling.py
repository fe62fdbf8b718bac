"""What a cashier may do with a ticket, and the sentence where she may not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from omsdesk.domain.catalogue import Article
from omsdesk.domain.line import Line
from omsdesk.domain.messages import Refusal
from omsdesk.domain.pricing import PriceBreak
from omsdesk.domain.receipt_policy import Paper
from omsdesk.domain.sale import (
    LineAdded,
    LineNoted,
    LineRemoved,
    QuantityChanged,
    Sale,
    SaleCompleted,
    SaleHeld,
    SaleRecalled,
    SaleStarted,
    SaleVoided,
    TenderRemoved,
    evolve,
)
from omsdesk.domain.sale_command import (
    AddLine,
    ChangeQuantity,
    CompleteSale,
    HoldSale,
    NoteLine,
    RecallSale,
    RemoveLine,
    RemoveTender,
    RestoreLine,
    SaleCommand,
    TakeTender,
    VoidSale,
)
from omsdesk.domain.sale_refusal import (
    Elsewhere,
    NoShift,
    NoSuchLine,
    NoSuchTender,
    NotHeld,
    OnHold,
    PaymentsTaken,
    PriceUnknown,
    SaleEnded,
    SameLine,
    TooMuch,
    Training,
    Underpaid,
)
from omsdesk.domain.selling import decide, set_aside
from omsdesk.domain.tax import TaxTerms
from omsdesk.domain.tender import NothingDue, OtherCurrency, TenderMethod
from omsdesk.domain.values import ONE, Money, Quantity
from tests.domain.corner_shop import APPLES, CARD, CARDS, CASH, COFFEE, DESK, GIFT, REPAIR, TEA, TILL, TWO, gbp
from tests.domain.ticket_story import Story

S = "sale-1"
CLOSED = replace(DESK, shift="")
PRACTICE = replace(DESK, till=replace(TILL, is_training=True))
OTHER_TILL = replace(DESK, till=replace(TILL, id="t2", code="2"))


def add(line: str, article: Article = COFFEE, quantity: Quantity = ONE, price: Money | None = None) -> AddLine:
    """Put something on the ticket."""
    return AddLine(S, line, article, quantity, price)


def take(tender: str, amount: str, method: TenderMethod = CASH) -> TakeTender:
    """Take a payment."""
    return TakeTender(S, tender, method, gbp(amount))


# --- the first line ---------------------------------------------------------------------------------------------------


def test_the_first_line_starts_the_sale() -> None:
    story = Story(add("a"))
    assert story.facts == [
        SaleStarted(S, "t1", "shift-1", "GBP", TaxTerms()),
        LineAdded(S, Line("a", COFFEE, ONE)),
    ]
    assert story.ticket.total == gbp("3.20")


def test_nothing_is_sold_before_the_drawer_was_counted() -> None:
    Story().is_refused(NoShift, "count the money", add("a"), CLOSED)


@pytest.mark.parametrize("command", [RemoveLine(S, "a"), CompleteSale(S), VoidSale(S), RecallSale(S), take("x", "1")])
def test_nothing_happens_to_a_ticket_that_is_not_there(command: SaleCommand) -> None:
    Story().is_refused(NoSuchLine, "no such ticket", command)


def test_a_first_line_that_is_refused_starts_nothing() -> None:
    story = Story()
    story.is_refused(PriceUnknown, "“Repair” has no price. Type the price.", add("a", REPAIR))
    assert story.facts == []


# --- lines ------------------------------------------------------------------------------------------------------------


def test_what_is_weighed_again_costs_what_the_scale_said_each_time() -> None:
    story = Story(add("a", APPLES, Quantity.of("0.350")), add("b", APPLES, Quantity.of("0.350")))
    assert [row.amount("GBP") for row in story.ticket.lines] == [gbp("1.05"), gbp("1.05")]
    assert story.ticket.total == gbp("2.10"), "0.700 kg in one go would be a penny less"


def test_the_same_article_again_counts_up_its_line() -> None:
    story = Story(add("a"), add("b", TEA), add("c"))
    assert story.facts[-1] == QuantityChanged(S, "a", TWO)
    assert [(row.line, row.quantity) for row in story.ticket.lines] == [("a", TWO), ("b", ONE)]


def test_the_tenth_card_makes_all_ten_cheaper() -> None:
    story = Story(add("a", CARDS, Quantity.of(9)))
    assert story.ticket.total == gbp("9.00")
    story.do(add("b", CARDS))
    assert story.ticket.total == gbp("8.00")
    story.do(ChangeQuantity(S, "a", Quantity.of(9)))
    assert story.ticket.total == gbp("9.00")


def test_what_differs_gets_a_line_of_its_own() -> None:
    dearer = replace(COFFEE, prices=(PriceBreak(Quantity(0), gbp("3.50")),))
    story = Story(
        add("a"),
        NoteLine(S, "a", " no sugar "),
        add("b"),
        add("c", dearer),
        add("d", price=gbp("1.00")),
        add("e", price=gbp("2.00")),
        add("f", price=gbp("2.00")),
    )
    assert [row.line for row in story.ticket.lines] == ["a", "b", "c", "d", "e"]
    assert story.ticket.lines[0].note == "no sugar"
    assert story.ticket.lines[4].quantity == TWO


def test_an_article_without_a_price_is_sold_at_the_price_that_is_typed() -> None:
    assert Story(add("a", REPAIR, price=gbp("25.00"))).ticket.total == gbp("25.00")


def test_a_typed_price_of_nothing_is_a_price() -> None:
    assert Story(add("a", REPAIR, price=gbp("0"))).ticket.total == gbp("0")
    assert Story(add("a", COFFEE, price=gbp("0"))).ticket.total == gbp("0")


def test_a_typed_price_below_zero_would_be_money_for_nothing() -> None:
    Story().is_refused(Refusal, "cannot be below zero", add("a", price=gbp("-1")))


@pytest.mark.parametrize("quantity", ["0", "-1", "-0.5"])
def test_nothing_or_less_is_not_sold(quantity: str) -> None:
    Story().is_refused(Refusal, "above zero", add("a", quantity=Quantity.of(quantity)))


def test_a_barcode_in_the_field_of_the_quantity_or_of_the_price_is_noticed() -> None:
    story = Story(add("a"))
    code = "5901234123457"
    story.is_refused(TooMuch, "barcode", add("b", TEA, Quantity.of(code)))
    story.is_refused(TooMuch, "barcode", add("b", REPAIR, price=gbp(code)))
    story.is_refused(TooMuch, "barcode", ChangeQuantity(S, "a", Quantity.of("96385074")))
    story.is_refused(TooMuch, "barcode", take("x", code))


def test_counting_up_does_not_get_past_the_limit_either() -> None:
    story = Story(add("a", quantity=Quantity.of(999_999)), add("b"))
    story.is_refused(TooMuch, "too much for one line", add("c"))


def test_a_price_in_another_currency_is_never_taken_for_this_one() -> None:
    euro = replace(COFFEE, prices=(PriceBreak(Quantity(0), Money(320, "EUR")),))
    said = "“Coffee” has its price in EUR. Type the price in GBP."
    Story().is_refused(PriceUnknown, said, add("a", euro))
    assert Story(add("a", euro, price=gbp("3.00"))).ticket.total == gbp("3.00")


def test_a_line_that_is_there_already_does_not_come_twice() -> None:
    story = Story(add("a"))
    story.is_refused(SameLine, "already", add("a", TEA))
    story.is_refused(SameLine, "already", RestoreLine(S, Line("a", TEA, ONE), 0))


def test_a_quantity_is_set_and_zero_takes_the_line_off() -> None:
    story = Story(add("a"), ChangeQuantity(S, "a", Quantity.of(4)))
    assert story.ticket.total == gbp("12.80")
    story.is_refused(Refusal, "above zero", ChangeQuantity(S, "a", Quantity.of(-1)))
    assert story.do(ChangeQuantity(S, "a", Quantity(0))) == (LineRemoved(S, "a", COFFEE.product, gbp("12.80")),)


def test_removed_and_put_back_the_ticket_is_as_it_was() -> None:
    story = Story(add("a"), add("b", TEA), add("c", APPLES))
    before = story.ticket
    row = before.lines[1]
    assert story.do(RemoveLine(S, "b")) == (LineRemoved(S, "b", TEA.product, gbp("2.50")),)
    story.do(RestoreLine(S, row, 1))
    assert story.ticket == before


def test_put_back_a_line_is_looked_at_like_a_new_one() -> None:
    story = Story(add("a"))
    story.is_refused(PriceUnknown, "no price", RestoreLine(S, Line("b", REPAIR, ONE), 0))
    story.is_refused(Refusal, "above zero", RestoreLine(S, Line("b", TEA, Quantity(0)), 0))


@pytest.mark.parametrize("command", [RemoveLine(S, "x"), ChangeQuantity(S, "x", ONE), NoteLine(S, "x", "hm")])
def test_a_line_that_is_gone_is_gone(command: SaleCommand) -> None:
    Story(add("a")).is_refused(NoSuchLine, "not on the ticket any more", command)


def test_a_note_is_written_and_wiped() -> None:
    story = Story(add("a"), NoteLine(S, "a", "gift"))
    assert story.do(NoteLine(S, "a", "  ")) == (LineNoted(S, "a", ""),)


LINE_COMMANDS = [
    add("b"),
    RemoveLine(S, "a"),
    ChangeQuantity(S, "a", TWO),
    NoteLine(S, "a", "x"),
    RestoreLine(S, Line("z", TEA, ONE), 0),
]


@pytest.mark.parametrize("command", LINE_COMMANDS)
def test_lines_rest_once_money_was_taken(command: SaleCommand) -> None:
    Story(add("a"), take("x", "1.00")).is_refused(PaymentsTaken, "payment was taken", command)


# --- holding ----------------------------------------------------------------------------------------------------------


def test_a_ticket_waits_under_a_name_and_is_taken_up_at_another_till() -> None:
    story = Story(add("a"))
    assert story.do(HoldSale(S, " Ann ")) == (SaleHeld(S, "Ann", 1, gbp("3.20"), "t1"),)
    assert story.do(RecallSale(S), OTHER_TILL) == (SaleRecalled(S, "t2"),)
    assert story.ticket.till == "t2"
    assert story.ticket.lines[0].article == COFFEE


@pytest.mark.parametrize("command", [*LINE_COMMANDS, HoldSale(S, "x"), take("x", "1"), CompleteSale(S)])
def test_nothing_changes_on_a_ticket_that_waits(command: SaleCommand) -> None:
    Story(add("a"), HoldSale(S, "Ann")).is_refused(OnHold, "on hold", command)


def test_a_ticket_that_waits_can_be_given_up() -> None:
    assert Story(add("a"), HoldSale(S, "Ann"), VoidSale(S)).ticket.is_voided


def test_two_tills_do_not_take_up_one_ticket() -> None:
    story = Story(add("a"), HoldSale(S, "Ann"), RecallSale(S))
    story.is_refused(NotHeld, "not on hold any more", RecallSale(S), OTHER_TILL)


def test_every_turn_of_a_ticket_is_counted() -> None:
    story = Story(add("a"), HoldSale(S, "Ann"), RecallSale(S), HoldSale(S, "Ann"), RecallSale(S))
    assert story.ticket.turn == 4
    (voided,) = story.do(VoidSale(S))
    assert getattr(voided, "turn", 0) == 5


def elsewhere(till: str, *tenders: TakeTender) -> Sale:
    return replace(Story(add("a"), *tenders).ticket, is_elsewhere=True, till=till)


@pytest.mark.parametrize("command", [*LINE_COMMANDS, HoldSale(S, "x"), VoidSale(S), take("x", "1"), CompleteSale(S)])
def test_what_another_station_works_on_is_left_to_it(command: SaleCommand) -> None:
    assert isinstance(decide(elsewhere("t2"), command, DESK), Elsewhere)


def test_what_a_lost_disk_of_this_till_had_in_work_is_taken_up_again_here() -> None:
    assert isinstance(decide(elsewhere("t2"), RecallSale(S), DESK), NotHeld)
    assert decide(elsewhere("t1", take("x", "1.00")), RecallSale(S), DESK) == (SaleRecalled(S, "t1", 1),)


def test_a_ticket_that_money_was_taken_for_is_taken_up_where_the_money_lies() -> None:
    story = Story(add("a"), take("x", "1.00"))
    (held,) = set_aside(story.ticket, DESK)
    waits = evolve(story.ticket, held)
    assert isinstance(decide(waits, RecallSale(S), OTHER_TILL), Elsewhere)
    assert decide(waits, RecallSale(S), DESK) == (SaleRecalled(S, "t1", 2),)
    assert decide(replace(waits, is_training=True), RecallSale(S), OTHER_TILL) == (SaleRecalled(S, "t2", 2),)


def test_an_empty_ticket_and_a_paid_one_are_not_held() -> None:
    Story(add("a"), RemoveLine(S, "a")).is_refused(Refusal, "nothing to hold", HoldSale(S, ""))
    Story(add("a"), take("x", "1.00")).is_refused(PaymentsTaken, "give the payment back", HoldSale(S, ""))


def test_a_ticket_that_is_left_for_another_waits_under_the_time() -> None:
    story = Story(add("a"))
    assert set_aside(story.ticket, DESK) == (SaleHeld(S, "12:00", 1, gbp("3.20"), "t1"),)


def test_a_ticket_left_with_money_on_it_waits_with_its_money() -> None:
    story = Story(add("a"), take("x", "1.00"))
    (held,) = set_aside(story.ticket, DESK)
    assert evolve(story.ticket, held).due == gbp("2.20")


def test_an_empty_ticket_that_is_left_ends_and_one_that_ended_or_waits_stays_so() -> None:
    story = Story(add("a"), RemoveLine(S, "a"))
    assert set_aside(story.ticket, DESK) == (SaleVoided(S, "t1", "shift-1", "empty", gbp("0")),)
    story.do(VoidSale(S))
    assert set_aside(story.ticket, DESK) == ()
    assert set_aside(Story(add("a"), HoldSale(S, "Ann")).ticket, DESK) == ()


# --- giving up --------------------------------------------------------------------------------------------------------


def test_a_voided_ticket_keeps_what_it_came_to_and_why() -> None:
    story = Story(add("a"))
    assert story.do(VoidSale(S, "changed his mind")) == (
        SaleVoided(S, "t1", "shift-1", "changed his mind", gbp("3.20")),
    )


def test_a_ticket_is_voided_even_when_its_shift_was_closed_meanwhile() -> None:
    assert Story(add("a")).do(VoidSale(S), CLOSED) == (SaleVoided(S, "t1", "", "", gbp("3.20")),)


def test_money_goes_back_before_a_ticket_is_voided() -> None:
    story = Story(add("a"), take("x", "1.00"))
    story.is_refused(PaymentsTaken, "Give the payments back first", VoidSale(S))
    assert story.do(RemoveTender(S, "x")) == (TenderRemoved(S, "x"),)
    assert story.do(VoidSale(S))


# --- paying -----------------------------------------------------------------------------------------------------------


def test_a_ticket_is_paid_in_parts_and_only_then_completed() -> None:
    story = Story(add("a", quantity=TWO), take("x", "5.00", CARD))
    story.is_refused(Underpaid, "1.40 GBP is still due.", CompleteSale(S))
    story.do(take("y", "2.00"))
    (done,) = story.do(CompleteSale(S))
    assert isinstance(done, SaleCompleted)
    assert [(t.method, t.amount.minor, t.change.minor) for t in done.tenders] == [("card", 500, 0), ("cash", 140, 60)]
    assert (done.total, done.net, done.number, done.shift) == (gbp("6.40"), gbp("5.33"), "1A-000001", "shift-1")


def test_the_document_of_a_sale_needs_no_other_entry_to_be_read() -> None:
    story = Story(add("a", APPLES, Quantity.of("1.250")), NoteLine(S, "a", "ripe"), take("x", "3.74"))
    (done,) = story.do(CompleteSale(S, Paper.NONE))
    assert isinstance(done, SaleCompleted)
    (line,) = done.lines
    assert (line.name, line.unit, line.unit_price, line.amount) == ("Apples", "kg", gbp("2.99"), gbp("3.74"))
    assert (line.note, line.taxes, line.is_tracked, done.paper) == ("ripe", APPLES.taxes, True, Paper.NONE)
    assert done.net + done.taxes[0].amount == done.total


def test_a_sale_goes_into_the_shift_in_which_it_ends() -> None:
    story = Story(add("a"), take("x", "3.20"))
    (done,) = story.do(CompleteSale(S), replace(DESK, shift="shift-2"))
    assert isinstance(done, SaleCompleted)
    assert done.shift == "shift-2"


def test_no_money_is_taken_while_no_shift_is_open() -> None:
    story = Story(add("a"))
    story.is_refused(NoShift, "Open the shift", take("x", "3.20"), CLOSED)
    story.do(take("x", "3.20"))
    story.is_refused(NoShift, "Open the shift", CompleteSale(S), CLOSED)


def test_what_costs_nothing_is_completed_without_a_payment() -> None:
    story = Story(add("a", GIFT))
    story.is_refused(NothingDue, "paid already", take("x", "1.00"))
    assert story.do(CompleteSale(S))


def test_a_ticket_below_zero_is_only_completed_when_the_customer_has_the_money() -> None:
    bottle = replace(GIFT, name="Bottle", prices=(PriceBreak(Quantity(0), gbp("-0.25")),))
    story = Story(add("a", bottle, Quantity.of(4)))
    story.is_refused(Underpaid, "1.00 GBP is still to be given back.", CompleteSale(S))
    story.is_refused(Refusal, "Type the amount", take("x", "1.00"))
    story.do(take("x", "-1.00"))
    (done,) = story.do(CompleteSale(S))
    assert isinstance(done, SaleCompleted)
    assert (done.total, done.tenders[0].given) == (gbp("-1.00"), gbp("-1.00"))


def test_an_empty_ticket_is_neither_paid_nor_completed() -> None:
    story = Story(add("a"), RemoveLine(S, "a"))
    story.is_refused(NothingDue, "nothing to pay", take("x", "1.00"))
    story.is_refused(Refusal, "The ticket is empty.", CompleteSale(S))


def test_a_second_press_on_pay_takes_nothing_twice() -> None:
    story = Story(add("a"), take("x", "1.00"))
    story.is_refused(NothingDue, "taken already", take("x", "1.00"))
    story.do(take("y", "2.20"))
    story.is_refused(NothingDue, "paid already", take("z", "2.20"))


def test_a_payment_that_is_gone_is_not_given_back_again() -> None:
    story = Story(add("a"), take("x", "1.00"), RemoveTender(S, "x"))
    story.is_refused(NoSuchTender, "not on the ticket any more", RemoveTender(S, "x"))


def test_foreign_notes_are_not_counted_as_our_own() -> None:
    Story(add("a")).is_refused(OtherCurrency, "paid in GBP", TakeTender(S, "x", CASH, Money(500, "EUR")))


@pytest.mark.parametrize("command", [*LINE_COMMANDS, VoidSale(S), HoldSale(S, ""), RecallSale(S), CompleteSale(S)])
@pytest.mark.parametrize("end", [(take("x", "3.20"), CompleteSale(S)), (VoidSale(S),)])
def test_nothing_happens_to_a_ticket_that_has_ended(end: tuple[SaleCommand, ...], command: SaleCommand) -> None:
    Story(add("a"), *end).is_refused(SaleEnded, "closed", command)


# --- training ---------------------------------------------------------------------------------------------------------


def test_a_ticket_of_training_says_so_in_every_fact_that_counts() -> None:
    story = Story(add("a"), take("x", "3.20"), desk=PRACTICE)
    (done,) = story.do(CompleteSale(S))
    assert isinstance(done, SaleCompleted)
    assert done.is_training
    (voided,) = Story(add("a"), desk=PRACTICE).do(VoidSale(S))
    assert isinstance(voided, SaleVoided)
    assert voided.is_training


def test_a_ticket_of_training_never_takes_a_real_number_nor_a_real_one_a_number_of_training() -> None:
    begun = Story(add("a"), take("x", "3.20"), desk=PRACTICE)
    begun.is_refused(Training, "begun in training", CompleteSale(S), DESK)
    assert Story(add("a"), desk=PRACTICE).do(VoidSale(S), DESK)
    real = Story(add("a"), take("x", "3.20"))
    real.is_refused(Training, "begun before training", CompleteSale(S), PRACTICE)
    assert real.do(CompleteSale(S))


def test_a_command_that_nobody_knows_is_refused_and_not_guessed() -> None:
    Story(add("a")).is_refused(Refusal, "cannot be done", SaleCommand(S))
