"""Cards are sold, topped up and spent; debts grow and are paid; nothing moves before the ticket is completed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.domain.account import Account, AccountKind, AccountMoved, AccountOpened, Ledger, MoveReason, account_id
from omsdesk.domain.approval import ApprovalNeeded, Grant
from omsdesk.domain.card_number import new_number
from omsdesk.domain.consequences import consequences
from omsdesk.domain.discount import Discount
from omsdesk.domain.messages import Refusal
from omsdesk.domain.people import Person, Role
from omsdesk.domain.repricing import repriced, takes_part
from omsdesk.domain.returns import Receipt, ReturnGoods
from omsdesk.domain.sale import SaleCompleted
from omsdesk.domain.sale_command import (
    AddLine,
    ChangeQuantity,
    CompleteSale,
    DiscountLine,
    DiscountSale,
    LoadAccount,
    RemoveTender,
    TakeTender,
    VoidSale,
)
from omsdesk.domain.sale_refusal import NoSuchTender, PaymentsTaken
from omsdesk.domain.shop import Desk
from omsdesk.domain.stored_value import (
    CREDIT,
    EXPIRED_VALUE,
    OFFLINE_VALUE,
    CardInUse,
    NotEnough,
    UnknownCard,
    accounts_of,
    spent_on,
)
from omsdesk.domain.tender import Overpaid, TenderKind, TenderMethod
from omsdesk.domain.values import ONE, Money, Quantity
from tests.domain.corner_shop import CASH, COFFEE, DESK, NOON, SHOP, TEA, TWO, gbp
from tests.domain.ticket_story import Story, add

NUMBER = new_number(b"a card of tests")
GIFT = account_id(AccountKind.GIFT_CARD, NUMBER)
NOTE = account_id(AccountKind.STORE_CREDIT, new_number(b"a note of tests"))
DEBT = account_id(AccountKind.CREDIT, "anna")
POINTS = account_id(AccountKind.POINTS, "anna")
DEPOSIT = account_id(AccountKind.DEPOSIT, "order-7")
BY_CARD = TenderMethod("gift_card", "Gift card", TenderKind.STORED)
LATER = TenderMethod("account", "On account", TenderKind.ACCOUNT)
BY_POINTS = TenderMethod("points", "Points", TenderKind.POINTS, point_value=5)
SHOP_OF_CARDS = replace(SHOP, tender_methods=(*SHOP.tender_methods, BY_CARD, LATER, BY_POINTS))
CARA = Person("cara", "Cara", Role.CASHIER)
SALE = "sale-1"


def at(*accounts: Account, unconfirmed: int = 0, is_alone: bool = True, author: Person | None = CARA) -> Desk:
    """A till that knows these accounts."""
    return replace(DESK, shop=SHOP_OF_CARDS, author=author, ledger=Ledger(accounts, unconfirmed, is_alone))


def card(balance: int, account: str = GIFT, **more: object) -> Account:
    return Account(account, "GBP", balance, **more)  # type: ignore[arg-type]


def sell_card(amount: str = "50.00", account: str = GIFT, *, is_new: bool = True, line: str = "card") -> LoadAccount:
    return LoadAccount(SALE, line, account, gbp(amount), is_new=is_new)


def pay(amount: str, account: str = GIFT, method: TenderMethod = BY_CARD, tender: str = "t") -> TakeTender:
    return TakeTender(SALE, tender, method, gbp(amount), account=account)


def moves(document: SaleCompleted) -> list[tuple[str, int, MoveReason]]:
    """What a completed ticket moves."""
    found = [fact for fact in consequences(document) if isinstance(fact, AccountMoved)]
    assert len({fact.movement for fact in found}) == len(found)
    assert {(fact.till, fact.document, fact.number) for fact in found} <= {("t1", SALE, "1A-000001")}
    return [(fact.id, fact.amount, fact.reason) for fact in found]


# ---- sold and topped up


def test_a_card_that_is_sold_is_no_turnover_and_has_no_tax() -> None:
    story = Story(sell_card(), desk=at())
    assert (story.ticket.total, story.ticket.loaded, story.ticket.item_count) == (gbp("50.00"), gbp("50.00"), 0)
    document = story.pay()
    assert (document.total, document.loaded, document.turnover) == (gbp("50.00"), gbp("50.00"), gbp("0.00"))
    assert (document.net, document.taxes) == (gbp("0.00"), ())
    assert moves(document) == [(GIFT, 5_000, MoveReason.LOADED)]
    assert story.facts[-2] == AccountOpened(GIFT, "GBP", "t1", SALE)
    assert document.lines[0].name == f"Gift card …{NUMBER[-4:]}"
    assert [fact.kind for fact in consequences(document)] == ["cash.moved", "account.moved", "print.asked"]


def test_beside_goods_only_the_goods_are_turnover() -> None:
    story = Story(add("a", COFFEE, TWO), sell_card("10.00"), desk=at())
    document = story.pay()
    assert (document.total, document.turnover) == (gbp("16.40"), gbp("6.40"))
    assert document.net + document.taxes[0].amount == gbp("6.40")


def test_a_discount_on_the_ticket_takes_nothing_off_a_card() -> None:
    story = Story(sell_card("10.00"), add("a", COFFEE, TWO), desk=at(author=None))
    story.do(DiscountSale(SALE, Discount(ppm=500_000)))
    assert [amount.minor for amount in story.ticket.amounts()] == [1_000, 320]
    story.is_refused(Refusal, "paid in", DiscountLine(SALE, "card", Discount(ppm=1)))
    only = Story(sell_card(), desk=at(author=None))
    only.is_refused(Refusal, "nothing on this ticket", DiscountSale(SALE, Discount(ppm=1)))


def test_only_a_card_that_nobody_uses_can_be_sold() -> None:
    story = Story(add("a", COFFEE), desk=at(card(0)))
    story.is_refused(CardInUse, "in use", sell_card())
    story.do(sell_card(is_new=False))
    assert story.ticket.loaded == gbp("50.00")
    twice = Story(sell_card(), desk=at())
    twice.is_refused(CardInUse, "in use", sell_card(line="again"))


def test_only_a_card_that_is_known_can_be_topped_up() -> None:
    story = Story(add("a", COFFEE), desk=at())
    story.is_refused(UnknownCard, "not known", sell_card(is_new=False))


def test_no_promotion_and_no_price_list_looks_at_money_that_is_paid_in() -> None:
    story = Story(sell_card(), desk=at())
    assert not takes_part(story.ticket.lines[0], "GBP")
    assert repriced(story.ticket, story.desk, anew=lambda _: COFFEE) == ()


@pytest.mark.parametrize("amount", ["0.00", "-1.00", "10000000000.01"])
def test_a_card_is_sold_for_a_sum_of_money(amount: str) -> None:
    Story(add("a", COFFEE), desk=at()).is_refused(Refusal, "above zero", sell_card(amount))


def test_money_of_another_currency_goes_onto_no_card() -> None:
    story = Story(add("a", COFFEE), desk=at(Account(NOTE, "USD", 0)))
    story.is_refused(Refusal, "USD", sell_card(account=NOTE, is_new=False))
    story.is_refused(Refusal, "GBP", LoadAccount(SALE, "x", GIFT, Money.of("5.00", "EUR"), is_new=True))


def test_points_are_not_sold_and_a_blocked_card_is_not_topped_up() -> None:
    story = Story(add("a", COFFEE), desk=at(card(0, is_blocked=True)))
    story.is_refused(Refusal, "not sold", sell_card(account=POINTS))
    story.is_refused(UnknownCard, "blocked", sell_card(is_new=False))


def test_the_amount_of_a_card_is_not_a_quantity() -> None:
    story = Story(sell_card(), desk=at())
    story.is_refused(Refusal, "type the amount again", ChangeQuantity(SALE, "card", TWO))
    row = story.ticket.lines[0]
    story.do(AddLine(SALE, "b", row.article, ONE))
    assert len(story.ticket.lines) == 2


def test_a_card_ends_when_the_shop_says_so() -> None:
    desk = replace(at(), shop=replace(DESK.shop, card_months=24))
    story = Story(sell_card(), desk=desk)
    story.pay()
    opened = story.facts[-2]
    assert isinstance(opened, AccountOpened)
    assert opened.expires == f"{int(NOON.day[:4]) + 2}{NOON.day[4:]}"


def test_a_ticket_that_is_given_up_moves_nothing() -> None:
    story = Story(sell_card(), desk=at())
    story.do(VoidSale(SALE))
    assert not any(isinstance(fact, AccountMoved | AccountOpened) for fact in story.facts)
    assert consequences(story.facts[-1]) == ()


def test_in_training_nothing_moves() -> None:
    desk = replace(at(), till=replace(DESK.till, is_training=True))
    document = Story(sell_card(), desk=desk).pay()
    assert document.is_training
    assert moves(document) == []


def test_a_deposit_and_a_debt_are_paid_without_being_known() -> None:
    story = Story(sell_card("30.00", DEPOSIT, is_new=False), sell_card("5.00", DEBT, is_new=False, line="d"), desk=at())
    assert moves(story.pay()) == [(DEPOSIT, 3_000, MoveReason.LOADED), (DEBT, 500, MoveReason.LOADED)]


# ---- spent


def test_a_card_pays_what_is_on_it_and_cash_the_rest() -> None:
    story = Story(add("a", COFFEE, TWO), desk=at(card(500)))
    story.is_refused(NotEnough, "only 5.00", pay("6.40"))
    story.do(pay("5.00"))
    assert story.ticket.due == gbp("1.40")
    document = story.pay()
    assert moves(document) == [(GIFT, -500, MoveReason.SPENT)]
    assert document.turnover == document.total == gbp("6.40"), "what it was paid with is no matter to what was sold"


def test_a_card_does_not_give_change() -> None:
    Story(add("a", COFFEE), desk=at(card(5_000))).is_refused(Overpaid, "cannot give change", pay("5.00"))


def test_one_card_twice_on_a_ticket_is_still_one_card() -> None:
    story = Story(add("a", COFFEE, TWO), pay("3.00"), desk=at(card(500)))
    story.is_refused(NotEnough, "only 5.00", pay("3.40", tender="u"))
    story.do(pay("2.00", tender="u"))
    assert spent_on(story.ticket) == {GIFT: 500}
    story.do(RemoveTender(SALE, "t"))
    assert spent_on(story.ticket) == {GIFT: 200}
    story.is_refused(NoSuchTender, "not on the ticket", RemoveTender(SALE, "t"))


def test_a_card_that_somebody_else_emptied_meanwhile_ends_no_ticket() -> None:
    story = Story(add("a", COFFEE), pay("3.20"), desk=at(card(500)))
    story.is_refused(NotEnough, "only 1.00", CompleteSale(SALE), at(card(100)))
    story.do(CompleteSale(SALE))
    assert story.ticket.number


def test_what_is_paid_by_card_names_a_card_of_the_right_kind() -> None:
    story = Story(add("a", COFFEE), desk=at(card(500), Account(DEBT, "GBP", limit=500)))
    story.is_refused(Refusal, "number of the card", pay("3.20", ""))
    story.is_refused(Refusal, "Customer account is no Gift card", pay("3.20", DEBT))
    story.is_refused(Refusal, "Gift card is no On account", pay("3.20", GIFT, LATER))
    story.is_refused(Refusal, "customer", pay("3.20", "", LATER))
    story.do(TakeTender(SALE, "c", CASH, gbp("3.20"), account=GIFT))
    assert story.ticket.tenders[0].account == "", "cash is spent from nowhere"


def test_a_card_that_is_unknown_blocked_or_of_other_money_pays_nothing() -> None:
    story = Story(add("a", COFFEE), desk=at())
    story.is_refused(UnknownCard, "not known", pay("3.20"))
    story.is_refused(UnknownCard, "blocked", pay("3.20"), at(card(500, is_blocked=True)))
    story.is_refused(Refusal, "EUR", pay("3.20"), at(Account(GIFT, "EUR", 500)))


def test_a_card_whose_time_is_over_needs_somebody_who_agrees() -> None:
    old = card(500, expires="2020-01-01")
    story = Story(add("a", COFFEE), desk=at(old))
    story.is_refused(ApprovalNeeded, "ended on 2020-01-01", pay("3.20"))
    granted = replace(at(old), grants=(Grant("g", EXPIRED_VALUE, "sue", sale=SALE),))
    assert story.do(pay("3.20"), granted)


# ---- while the others cannot hear of it


def test_what_a_till_gives_out_unheard_is_bounded() -> None:
    rich = card(50_000)
    story = Story(add("a", TEA, Quantity.of(41)), desk=at(rich, is_alone=False))
    story.is_refused(ApprovalNeeded, "cannot hear", pay("100.01"))
    story.do(pay("100.00"))
    late = Story(add("a", COFFEE), desk=at(rich, unconfirmed=9_700, is_alone=False))
    late.is_refused(ApprovalNeeded, "cannot hear", pay("3.20"))
    late.do(pay("3.00"))
    granted = replace(at(rich, unconfirmed=9_700, is_alone=False), grants=(Grant("g", OFFLINE_VALUE, "sue", 9_720),))
    assert late.do(pay("0.20", tender="u"), replace(granted, grants=(replace(granted.grants[0], most=10_020),)))


def test_without_a_service_nobody_else_spends_the_same() -> None:
    story = Story(add("a", TEA, Quantity.of(41)), desk=at(card(50_000), unconfirmed=99_999))
    assert story.do(pay("102.50"))


def test_the_bound_is_for_what_is_given_out_only() -> None:
    desk = at(card(0), Account(DEBT, "GBP", limit=99_999), unconfirmed=10_000, is_alone=False)
    assert Story(sell_card(is_new=False), desk=desk).pay()
    on_account = Story(add("a", COFFEE), desk=desk)
    assert on_account.do(pay("3.20", DEBT, LATER)), "a debt has a limit of its own"
    Story(add("a", COFFEE), desk=desk).is_refused(
        ApprovalNeeded, "cannot hear", pay("3.20", POINTS, BY_POINTS),
        replace(desk, ledger=replace(desk.ledger, accounts=(Account(POINTS, "", 1_000),))),
    )  # fmt: skip


# ---- customers


def test_a_customer_owes_up_to_a_limit_and_more_only_if_somebody_agrees() -> None:
    story = Story(add("a", COFFEE, TWO), desk=at(Account(DEBT, "GBP", -400, limit=1_000)))
    story.is_refused(ApprovalNeeded, "owe more", pay("6.40", DEBT, LATER))
    assert isinstance(story.refusal, ApprovalNeeded)
    assert (story.refusal.right, story.refusal.size) == (CREDIT, 1_040)
    story.do(pay("6.00", DEBT, LATER))
    assert moves(story.pay()) == [(DEBT, -600, MoveReason.SPENT)]


def test_points_are_whole_and_worth_what_the_shop_says() -> None:
    known = Account(POINTS, "", 64)
    story = Story(add("a", COFFEE), desk=at(known))
    story.is_refused(Refusal, "what a point is worth", pay("3.20", POINTS, replace(BY_POINTS, point_value=0)))
    story.do(pay("3.18", POINTS, BY_POINTS))
    assert story.ticket.tenders[0].points == 64
    story.is_refused(NotEnough, "only 64 points", pay("0.02", POINTS, BY_POINTS, "u"))
    document = story.pay()
    assert moves(document) == [(POINTS, -64, MoveReason.SPENT)]
    moved = next(fact for fact in consequences(document) if isinstance(fact, AccountMoved))
    assert (moved.currency, moved.worth) == ("", -318)


# ---- given back


def bought(*commands: object, desk: Desk) -> SaleCompleted:
    return Story(*commands, desk=desk).pay()  # type: ignore[arg-type]


def back_at(sold: SaleCompleted, *accounts: Account) -> Story:
    story = Story(desk=at(*accounts))
    story.receipts = {sold.sale: Receipt(sold, {})}
    return story


def test_what_comes_back_can_be_given_onto_a_new_note() -> None:
    sold = bought(add("a", COFFEE), desk=DESK)
    story = back_at(sold)
    story.do(ReturnGoods(SALE, "r", sold.sale, "a", ONE))
    story.do(pay("-3.20", NOTE))
    story.do(CompleteSale(SALE))
    document = story.facts[-1]
    assert isinstance(document, SaleCompleted)
    assert moves(document) == [(NOTE, 320, MoveReason.REFUNDED)]
    assert story.facts[-2] == AccountOpened(NOTE, "GBP", "t1", SALE)


def test_points_are_given_back_as_many_as_were_taken() -> None:
    sold = bought(add("a", COFFEE), desk=DESK)
    story = back_at(sold, Account(POINTS, "", 0))
    story.desk = replace(story.desk, author=None)
    story.do(ReturnGoods(SALE, "r", sold.sale, "a", ONE))
    story.do(pay("-3.20", POINTS, BY_POINTS))
    assert story.ticket.tenders[0].points == -64


def test_a_card_that_comes_back_takes_the_rest_of_its_balance_with_it() -> None:
    sold = bought(sell_card(), desk=at())
    story = back_at(sold, card(3_000))
    story.do(ReturnGoods(SALE, "r", sold.sale, "card", ONE))
    assert (story.ticket.total, story.ticket.loaded) == (gbp("-30.00"), gbp("-30.00"))
    document = story.pay()
    assert moves(document) == [(GIFT, -3_000, MoveReason.TAKEN_BACK)]
    assert document.turnover == gbp("0.00")
    assert document.lines[0].amount == gbp("-30.00")


def test_a_card_that_was_topped_up_elsewhere_pays_out_what_this_receipt_paid_in() -> None:
    sold = bought(sell_card(), desk=at())
    story = back_at(sold, card(9_000))
    story.do(ReturnGoods(SALE, "r", sold.sale, "card", ONE))
    assert story.ticket.total == gbp("-50.00")


def test_a_card_that_is_spent_does_not_come_back() -> None:
    sold = bought(sell_card(), desk=at())
    story = back_at(sold, card(0))
    story.do(ReturnGoods(SALE, "r", sold.sale, "card", ONE))
    assert story.refusal is not None
    assert "Nothing of what was paid in is left" in story.refusal.sentence
    late = back_at(sold, card(5_000))
    late.do(ReturnGoods(SALE, "r", sold.sale, "card", ONE))
    late.do(TakeTender(SALE, "c", CASH, gbp("-50.00")))
    late.is_refused(NotEnough, "only 0.00", CompleteSale(SALE), at(card(0)))


# ---- what a decision looks at


def test_a_decision_looks_at_the_accounts_that_it_is_about() -> None:
    sold = bought(sell_card(), desk=at())
    assert accounts_of(sell_card(), None) == (GIFT,)
    story = Story(add("a", COFFEE, TWO), pay("1.00"), desk=at(card(500)))
    assert accounts_of(pay("1.00", NOTE), story.ticket) == (NOTE, GIFT)
    assert accounts_of(TakeTender(SALE, "c", CASH, gbp("1.00")), story.ticket) == ()
    assert accounts_of(CompleteSale(SALE), story.ticket) == (GIFT,)
    assert accounts_of(ReturnGoods("b", "r", SALE, "card", ONE), None, sold.lines) == (GIFT,)
    story.is_refused(PaymentsTaken, "already", sell_card())


# ---- over any sequence


@given(st.lists(st.tuples(st.sampled_from(["load", "spend"]), st.integers(1, 2_000)), max_size=12))
def test_the_balance_is_the_sum_of_what_moved_and_never_below_zero_at_one_till(deeds: list[tuple[str, int]]) -> None:
    balance, total = 0, 0
    for what, minor in deeds:
        amount, desk = str(Money(minor, "GBP").decimal), at(card(balance, is_known=True), author=None)
        if what == "load":
            story = Story(sell_card(amount, is_new=False), desk=desk)
        else:
            story = Story(add("a", TEA, Quantity.of(10)), desk=desk)
            taken = story.do(pay(amount))
            assert bool(taken) is (minor <= balance)
        document = story.pay()
        moved = sum(change for _, change, _ in moves(document))
        balance, total = balance + moved, total + document.loaded.minor
        assert balance >= 0
        assert sum(row.amount.minor for row in document.tenders) == document.total.minor
        assert document.turnover.minor == document.net.minor + sum(tax.amount.minor for tax in document.taxes)
    assert total - balance >= 0
