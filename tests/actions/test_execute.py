"""The one place where a change begins: whole or not at all, by those who may, and told exactly."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest

from omsdesk.actions.execute import Done, Executor, NotSaved
from omsdesk.domain.approval import ApprovalNeeded, Approve, Grant
from omsdesk.domain.cash import CloseShift, MoveCash, OpenDrawer, OpenShift, PaidInPart
from omsdesk.domain.catalogue import ProductEdit, SaveProducts
from omsdesk.domain.discount import Discount
from omsdesk.domain.messages import AMOUNT, Command, Refusal
from omsdesk.domain.people import SYSTEM, NotAllowed, Person, SavePerson, SignIn
from omsdesk.domain.printing import AskPrint, PaperKind
from omsdesk.domain.rights import Leave, Rule
from omsdesk.domain.role import SaveRole
from omsdesk.domain.sale import SaleCompleted, SaleHeld, SaleStarted, SaleVoided
from omsdesk.domain.sale_command import (
    AddLine,
    ChangeQuantity,
    CompleteSale,
    DiscountLine,
    DiscountSale,
    HoldSale,
    RecallSale,
    RemoveTender,
    VoidSale,
)
from omsdesk.domain.sale_refusal import NoSuchLine, OnHold, TooMuch, Training, Underpaid
from omsdesk.domain.shop import CodeTaken, SaveShop, SaveTill, ShiftsOpen
from omsdesk.domain.traits import Traits
from omsdesk.domain.values import ONE, Quantity
from omsdesk.store import journal
from omsdesk.store.database import open_database
from omsdesk.store.queries import receipts
from omsdesk.store.queries import till as queries
from tests.domain.corner_shop import CARD, CASH, SHOP, TILL, article, gbp
from tests.store.station import PEOPLE, Station

CASHIER, SUPERVISOR, MANAGER = "cara", "sue", "max"


def position(till: Station) -> int:
    """The last entry of the journal."""
    return journal.last_position(till.database.writer)


def kinds(done: Done) -> list[str]:
    """The kinds of the facts of an action, in order."""
    return [fact.kind for fact in done.facts]


# --- whole or not at all ----------------------------------------------------------------------------------------------


def test_several_commands_are_one_action(till: Station) -> None:
    till.do(till.add("sale-1"))
    done = till.do(till.pay("sale-1"), CompleteSale("sale-1"))
    assert kinds(done) == [
        "sale.tender_taken",
        "sale.completed",
        "stock.goods_moved",
        "cash.moved",
        "print.asked",
    ]
    numbers = till.database.writer.rows(
        "SELECT DISTINCT action FROM journal WHERE position >= :first", first=done.entries[0].position
    )
    assert len(numbers) == 1


def test_if_one_command_is_refused_none_is_carried_out(till: Station) -> None:
    till.do(till.add("sale-1"))
    before = position(till)
    refusal = till.refusal(till.add("sale-1", "tea"), till.pay("sale-1", gbp("1.00")), CompleteSale("sale-1"))
    assert refusal == Underpaid(f"{AMOUNT} is still due.", (gbp("4.70"),))
    assert refusal.sentence == "4.70 GBP is still due."
    assert position(till) == before
    ticket = queries.sale_state(till.database.writer, "sale-1")
    assert ticket is not None
    assert (len(ticket.lines), ticket.tenders) == (1, ())
    assert till.do(till.add("sale-1", "tea")), "and the ticket goes on as it was"


def test_a_later_command_sees_what_an_earlier_one_did(till: Station) -> None:
    line = till.clock.new_id()
    done = till.do(
        till.add("sale-1", line=line), ChangeQuantity("sale-1", line, Quantity.of(3)), HoldSale("sale-1", "")
    )
    held = done.facts[-1]
    assert isinstance(held, SaleHeld)
    assert (held.item_count, held.total) == (3, gbp("9.60"))


def test_two_sales_in_one_action_have_two_numbers(till: Station) -> None:
    till.do(till.add("sale-1"))
    till.do(till.add("sale-2"))
    till.do(RecallSale("sale-1"))
    pay_one, pay_two = till.pay("sale-1"), till.pay("sale-2")
    done = till.do(pay_one, CompleteSale("sale-1"), RecallSale("sale-2"), pay_two, CompleteSale("sale-2"))
    numbers = [fact.number for fact in done.facts if isinstance(fact, SaleCompleted)]
    assert numbers == ["1A-000001", "1A-000002"]


def test_nothing_to_do_is_done_and_leaves_no_trace(till: Station) -> None:
    before = position(till)
    assert till.do() == Done(())
    ask = AskPrint("j1", "t1", PaperKind.RECEIPT, "sale-1")
    till.do(ask)
    assert till.do(ask).facts == ()
    assert position(till) == before + 1


def test_every_fact_carries_its_author_and_its_moment(till: Station) -> None:
    done = till.do(till.add("sale-1"), actor=CASHIER)
    assert {(entry.actor, entry.stamp) for entry in done.entries} == {(CASHIER, till.clock.moment)}


# --- who may ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "may", "may_not"),
    [
        (SaveTill(TILL), MANAGER, SUPERVISOR),
        (SaveShop(SHOP), MANAGER, "clem"),
        (SavePerson(PEOPLE[3]), MANAGER, CASHIER),
        (OpenShift("s", gbp("1")), CASHIER, "a stranger"),
        (OpenShift("s", gbp("1")), CASHIER, ""),
    ],
)
def test_a_role_is_asked_before_anything_is_done(till: Station, command: Command, may: str, may_not: str) -> None:
    before = position(till)
    refusal = till.refusal(command, actor=may_not)
    assert isinstance(refusal, NotAllowed)
    assert "Ask somebody to sign in who" in refusal.sentence
    assert position(till) == before
    assert not isinstance(till.outcome(command, actor=may), NotAllowed)


@pytest.mark.parametrize(
    ("command", "may", "may_not"),
    [
        (OpenDrawer("shift-1", "d1", "change"), CASHIER, "clem"),
        (MoveCash("shift-1", "m1", gbp("1"), "why"), SUPERVISOR, CASHIER),
        (VoidSale("sale-1"), CASHIER, "clem"),
    ],
)
def test_what_happens_at_the_till_somebody_else_can_agree_to(
    till: Station, command: Command, may: str, may_not: str
) -> None:
    till.do(till.add("sale-1"))
    before = position(till)
    needed = till.refusal(command, actor=may_not)
    assert isinstance(needed, ApprovalNeeded)
    assert needed.right == command.permission
    assert position(till) == before
    later = replace(till.clock.moment, utc_ms=till.clock.moment.utc_ms + 60_000)
    for row in needed.every:
        till.do(Approve(Grant(row.right, row.right, may, until=later), "t1", may_not, "alone today"), actor=may)
    assert not isinstance(till.outcome(command, actor=may_not), ApprovalNeeded)
    till.clock.moment = replace(later, utc_ms=later.utc_ms + 1)
    assert not isinstance(till.outcome(command, actor=may_not), Done), "it is over"


def test_nobody_is_asked_to_agree_to_what_could_not_be_done_anyway(till: Station) -> None:
    assert isinstance(till.refusal(VoidSale("nobody"), actor="clem"), NoSuchLine)
    assert not isinstance(till.refusal(till.add("sale-1"), CompleteSale("sale-1"), actor="clem"), ApprovalNeeded)


def with_book(till: Station) -> None:
    """Put a book on the ticket that costs 10.00 and 9.00 at least."""
    book = article("Book", "10.00", traits=Traits(minimum_price=gbp("9.00")))
    till.do(AddLine("sale-1", "a", book, ONE))


def test_all_that_an_action_needs_is_asked_for_at_once(till: Station) -> None:
    with_book(till)
    before = position(till)
    fifth = DiscountSale("sale-1", Discount(ppm=200_000, reason="Staff"))
    needed = till.refusal(fifth, actor=CASHIER)
    assert isinstance(needed, ApprovalNeeded)
    assert [(row.right, row.what, row.amounts) for row in needed.every] == [
        ("sale.discount", "take 20 % off this sale", ()),
        ("sale.below_minimum", f"sell “Book” below its least price of {AMOUNT}", (gbp("9.00"),)),
    ]
    assert position(till) == before, "what was only assumed left nothing"
    given = (
        Approve(replace(row.assumed, grant=row.right, sale="sale-1"), "t1", CASHIER, "Staff") for row in needed.every
    )
    till.do(*given, actor=MANAGER)
    assert till.do(fifth, actor=CASHIER)


def test_of_a_right_that_several_commands_need_the_most_is_asked_for(till: Station) -> None:
    till.do(till.add("sale-1", line="a"), till.add("sale-1", "tea", line="b"))
    off = (DiscountLine("sale-1", line, Discount(ppm=ppm)) for line, ppm in (("a", 150_000), ("b", 400_000)))
    needed = till.refusal(*off, actor=CASHIER)
    assert isinstance(needed, ApprovalNeeded)
    assert [(row.right, row.what) for row in needed.every] == [("sale.discount", "take 40 % off “Tea, green”")]


def test_who_may_says_that_they_mean_it_and_it_is_kept(till: Station) -> None:
    with_book(till)
    half = DiscountLine("sale-1", "a", Discount(ppm=500_000))
    needed = till.refusal(half, actor=MANAGER)
    assert isinstance(needed, ApprovalNeeded)
    assert (needed.is_own, len(needed.every)) == (True, 1)
    done = till.do(
        Approve(replace(needed.assumed, grant="g", approver=MANAGER, sale="sale-1"), "t1", MANAGER), half, actor=MANAGER
    )
    assert kinds(done) == ["approval.given", "sale.line_discounted"]
    ((asker, approver),) = till.database.writer.rows("SELECT asker, approver FROM approval")
    assert asker == approver == MANAGER


def test_where_another_has_to_agree_that_comes_first_and_the_own_yes_after(till: Station) -> None:
    with_book(till)
    till.do(SaveRole("supervisor", (Rule("sale.below_minimum", Leave.ALLOWED),)))
    half = DiscountLine("sale-1", "a", Discount(ppm=500_000))
    needed = till.refusal(half, actor=SUPERVISOR)
    assert isinstance(needed, ApprovalNeeded)
    assert [(row.right, row.is_own) for row in needed.every] == [("sale.discount", False)]
    till.do(Approve(replace(needed.assumed, grant="g", sale="sale-1"), "t1", SUPERVISOR, "why"), actor=MANAGER)
    needed = till.refusal(half, actor=SUPERVISOR)
    assert isinstance(needed, ApprovalNeeded)
    assert [(row.right, row.is_own) for row in needed.every] == [("sale.below_minimum", True)]


def test_who_has_left_may_nothing_any_more(till: Station) -> None:
    till.do(SavePerson(replace(PEOPLE[3], is_active=False)))
    assert isinstance(till.refusal(till.add("sale-1"), actor=CASHIER), NotAllowed)


def test_who_was_locked_out_serves_the_customer_to_the_end_and_nobody_elses(till: Station) -> None:
    till.do(till.add("sale-2"), actor=MANAGER)
    till.do(till.add("sale-1"), actor=CASHIER)
    cashier = next(person for person in PEOPLE if person.id == CASHIER)
    till.do(SavePerson(replace(cashier, is_active=False)))
    till.do(till.add("sale-1", "tea"), actor=CASHIER)
    till.do(till.pay("sale-1"), CompleteSale("sale-1"), actor=CASHIER)
    assert isinstance(till.refusal(till.add("sale-1"), actor=CASHIER), NotAllowed), "it is finished"
    assert isinstance(till.refusal(till.add("sale-2"), actor=CASHIER), NotAllowed), "another began it"
    assert isinstance(till.refusal(till.add("sale-3"), actor=CASHIER), NotAllowed)


def test_a_manager_does_not_make_herself_an_owner(till: Station) -> None:
    assert isinstance(till.refusal(SavePerson(replace(PEOPLE[1], role=PEOPLE[0].role)), actor=MANAGER), NotAllowed)
    assert till.do(SavePerson(replace(PEOPLE[1], role=PEOPLE[0].role)), actor="olga")


def test_only_who_works_here_stands_at_a_till(till: Station) -> None:
    assert till.do(SignIn("t1", CASHIER), actor=CASHIER)
    assert isinstance(till.refusal(SignIn("t1", "zoe"), actor=SYSTEM), NotAllowed)
    till.do(SavePerson(Person("zoe", "Zoe", PEOPLE[3].role)))
    assert till.do(SignIn("t1", "zoe"))


# --- who is told ------------------------------------------------------------------------------------------------------


def test_listeners_hear_of_what_was_done_and_of_nothing_else(till: Station) -> None:
    heard: list[Done] = []
    till.executor.listeners.append(heard.append)
    done = till.do(till.add("sale-1"))
    till.refusal(CompleteSale("sale-1"))
    till.do()
    assert heard == [done]


def test_changes_are_nouns_with_their_ids(till: Station) -> None:
    till.do(till.add("sale-1"))
    changes = till.do(till.pay("sale-1"), CompleteSale("sale-1")).changes
    assert changes.subjects == {
        ("sale", "sale-1"),
        ("stock", "sale-1:goods"),
        ("cash", "sale-1:cash"),
        ("print", "sale-1:receipt"),
    }
    assert changes.touch("stock")
    assert changes.touch("people", "print")
    assert not changes.touch("people", "shop")


def test_what_listeners_hear_is_on_the_disk_already(till: Station) -> None:
    seen: list[int] = []
    reader = till.database.reader()
    till.executor.listeners.append(lambda _: seen.append(journal.last_position(reader)))
    done = till.do(till.add("sale-1"))
    assert seen == [done.entries[-1].position]
    reader.close()


def test_a_listener_that_fails_takes_nothing_back_and_keeps_nobody_from_hearing(
    till: Station, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[Done] = []

    def deaf(_: Done) -> None:
        raise RuntimeError

    till.executor.listeners += [deaf, heard.append]
    with caplog.at_level(logging.ERROR):
        done = till.do(till.add("sale-1"))
    assert heard == [done]
    assert "listener failed" in caplog.text


# --- the disk ---------------------------------------------------------------------------------------------------------


def test_a_full_disk_is_a_refusal_and_the_ticket_goes_on_later(till: Station) -> None:
    writer = till.database.writer
    till.do(till.add("sale-1"))
    writer.run(f"PRAGMA max_page_count={writer.value('PRAGMA page_count')}")
    refusals = []
    for number in range(200):
        outcome = till.outcome(till.add("sale-1", "tea", line=f"l{number}"))
        if isinstance(outcome, Refusal):
            refusals.append(outcome)
    assert refusals
    assert isinstance(refusals[0], NotSaved)
    assert "The disk is full. Nothing was lost" in refusals[0].sentence
    writer.run("PRAGMA max_page_count=1000000")
    till.do(till.add("sale-1", "apples"))
    assert list(journal.broken_links(writer)) == []


def test_a_number_too_large_for_the_database_is_a_refusal_too(till: Station) -> None:
    huge = ProductEdit("huge", name="Huge", price=gbp("1" * 20))
    refusal = till.refusal(SaveTill(TILL), SaveProducts("b", (huge,)))
    assert isinstance(refusal, NotSaved)
    assert "too large" in refusal.sentence


def test_another_executor_on_the_same_file_is_heard_and_chained(till: Station) -> None:
    other = Executor(open_database(till.path, till.clock.new_id), till.clock)
    for _ in range(3):
        till.do(till.add("sale-1", "coffee"))
        assert isinstance(other.execute(SYSTEM, till.add("sale-1", "tea")), Done)
    ticket = queries.sale_state(till.database.writer, "sale-1")
    assert ticket is not None
    assert [row.quantity.micro for row in ticket.lines] == [3_000_000, 3_000_000]
    assert list(journal.broken_links(till.database.writer)) == []
    other.database.close()


# --- stories of two tickets, two tills and two shifts -----------------------------------------------------------------


def test_a_new_ticket_puts_the_one_in_work_on_hold_and_none_is_out_of_sight(till: Station) -> None:
    till.do(till.add("sale-1"))
    done = till.do(till.add("sale-2", "tea"))
    assert [type(fact) for fact in done.facts[:2]] == [SaleHeld, SaleStarted]
    assert queries.open_sale_id(till.database.writer, "t1") == "sale-2"
    assert [held.sale for held in queries.held_sales(till.database.writer)] == ["sale-1"]


def test_a_ticket_that_is_taken_up_puts_the_one_in_work_on_hold(till: Station) -> None:
    till.do(till.add("sale-1"), HoldSale("sale-1", "Ann"))
    till.do(till.add("sale-2", "tea"))
    till.do(RecallSale("sale-1"))
    assert queries.open_sale_id(till.database.writer, "t1") == "sale-1"
    assert [held.sale for held in queries.held_sales(till.database.writer)] == ["sale-2"]


def test_an_emptied_ticket_ends_when_the_next_one_begins(till: Station) -> None:
    line = till.clock.new_id()
    till.do(till.add("sale-1", line=line), ChangeQuantity("sale-1", line, Quantity(0)))
    done = till.do(till.add("sale-2"))
    assert isinstance(done.facts[0], SaleVoided)
    assert done.facts[0].reason == "empty"


def test_a_refused_first_line_does_not_put_anything_on_hold(till: Station) -> None:
    till.do(till.add("sale-1"))
    assert isinstance(till.refusal(replace(till.add("sale-2"), quantity=Quantity.of(10**7))), TooMuch)
    assert queries.open_sale_id(till.database.writer, "t1") == "sale-1"


def test_a_ticket_of_one_till_is_finished_at_another(till: Station) -> None:
    till.do(till.add("sale-1"), HoldSale("sale-1", "Ann"))
    assert isinstance(till.refusal(till.pay("sale-1")), OnHold)
    till.database.become_till("t2")
    till.do(OpenShift("shift-2", gbp("50")))
    till.do(RecallSale("sale-1"))
    done = till.do(till.pay("sale-1"), CompleteSale("sale-1"))
    completed = next(fact for fact in done.facts if isinstance(fact, SaleCompleted))
    assert (completed.till, completed.shift, completed.number) == ("t2", "shift-2", "2A-000001")


def test_a_ticket_of_yesterday_is_completed_in_the_shift_of_today(till: Station) -> None:
    till.do(till.add("sale-1"))
    till.do(CloseShift("shift-1", ()))
    assert till.refusal(till.pay("sale-1")).sentence.startswith("Open the shift first")
    till.do(OpenShift("shift-2", gbp("0")))
    done = till.do(till.pay("sale-1"), CompleteSale("sale-1"))
    assert next(fact for fact in done.facts if isinstance(fact, SaleCompleted)).shift == "shift-2"


def test_money_of_a_ticket_goes_with_it_or_back_before_the_shift_closes(till: Station) -> None:
    till.do(till.add("sale-1"))
    till.do(till.pay("sale-1", gbp("1.00")))
    till.do(till.add("sale-2"))
    assert [held.sale for held in queries.held_sales(till.database.writer)] == ["sale-1"]
    refused = till.refusal(CloseShift("shift-1", ()))
    assert isinstance(refused, PaidInPart)
    assert refused.sales == ("sale-1",)
    (tender,) = queries.sale_state(till.database.writer, "sale-1").tenders  # type: ignore[union-attr]
    till.do(RecallSale("sale-1"), RemoveTender("sale-1", tender.tender))
    till.do(CloseShift("shift-1", ()))


def test_a_ticket_of_training_keeps_no_shift_open(till: Station) -> None:
    till.do(SaveTill(replace(TILL, is_training=True)))
    till.do(till.add("sale-1"))
    till.do(till.pay("sale-1", gbp("1.00")))
    till.do(CloseShift("shift-1", ()))


def test_a_ticket_begun_in_training_does_not_become_a_real_one(till: Station) -> None:
    till.do(SaveTill(replace(TILL, is_training=True)))
    till.do(till.add("sale-1"))
    till.do(SaveTill(TILL))
    pay = till.pay("sale-1")
    assert isinstance(till.refusal(pay, CompleteSale("sale-1")), Training)
    till.do(VoidSale("sale-1"))
    till.sell("sale-2")
    (receipt,) = receipts.by_number(till.database.writer, "1A-000001")
    assert receipt.sale == "sale-2"


def test_the_currency_changes_between_shifts_only(till: Station) -> None:
    euro = replace(SHOP, currency="EUR")
    assert isinstance(till.refusal(SaveShop(euro)), ShiftsOpen)
    till.do(CloseShift("shift-1", ()))
    till.do(SaveShop(euro))
    assert till.refusal(OpenShift("shift-2", gbp("1"))).sentence == "The drawer holds EUR, not GBP."


def test_a_second_till_with_the_same_code_is_refused(till: Station) -> None:
    assert isinstance(till.refusal(SaveTill(replace(TILL, id="t3"))), CodeTaken)


def test_a_station_that_is_no_till_says_what_to_do(till: Station) -> None:
    add = till.add("sale-1")
    till.database.become_till("")
    for command in (add, OpenShift("s", gbp("1"))):
        assert till.refusal(command).sentence.startswith("This computer is not set up as a till yet.")


def test_split_and_mixed_payments_end_in_one_document(till: Station) -> None:
    till.do(till.add("sale-1"), till.add("sale-1", "tea"))
    for amount, method in (("1.00", CARD), ("2.00", CASH)):
        till.do(till.pay("sale-1", gbp(amount), method))
    done = till.do(till.pay("sale-1", gbp("10.00")), CompleteSale("sale-1"))
    completed = next(fact for fact in done.facts if isinstance(fact, SaleCompleted))
    assert sum(t.amount.minor for t in completed.tenders) == completed.total.minor == 570
    assert completed.tenders[-1].change == gbp("7.30")


def test_a_command_on_a_ticket_that_never_was_is_refused(till: Station) -> None:
    assert isinstance(till.refusal(CompleteSale("nobody")), NoSuchLine)
