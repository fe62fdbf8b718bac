"""Goods that come back: what was paid for them, to the penny, however often and in whatever parts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.domain.approval import ApprovalNeeded
from omsdesk.domain.consequences import consequences
from omsdesk.domain.discount import Discount, Reduction
from omsdesk.domain.messages import Refusal
from omsdesk.domain.people import Person, Role
from omsdesk.domain.returns import MoreThanSold, Receipt, ReturnGoods, ReturnWithoutReceipt
from omsdesk.domain.sale import SaleCompleted
from omsdesk.domain.sale_command import ChangePrice, ChangeQuantity, DiscountLine, DiscountSale, RemoveLine, RestoreLine
from omsdesk.domain.stock import CUSTOMER, SCRAP, GoodsMoved, Move
from omsdesk.domain.tax import Tax, TaxRounding, TaxTerms
from omsdesk.domain.values import ONE, Money, Quantity
from tests.domain.corner_shop import APPLES, CARDS, COFFEE, DESK, TEA, TWO, gbp
from tests.domain.ticket_story import Story, add, sum_of

B = "back-1"
CARA = replace(DESK, author=Person("cara", "Cara", Role.CASHIER))
SUE = replace(DESK, author=Person("sue", "Sue", Role.SUPERVISOR))


def bought(*commands: object) -> SaleCompleted:
    """A receipt of two coffees and a tea, or of what is told."""
    story = Story(*(commands or (add("a", COFFEE, TWO), add("b", TEA))))  # type: ignore[arg-type]
    return story.pay()


def back(
    line: str, quantity: Quantity = ONE, *, new: str = "", place: str = "", receipt: str = "sale-1"
) -> ReturnGoods:
    return ReturnGoods(B, new or f"r-{line}", receipt, line, quantity, place, "too strong")


def counter(sold: SaleCompleted, before: dict[str, Quantity] | None = None) -> Story:
    """A till at which somebody shows a receipt."""
    story = Story(desk=CARA)
    story.receipts = {sold.sale: Receipt(sold, before or {})}
    return story


# ---- against a receipt


def test_one_of_two_comes_back_and_its_money_with_it() -> None:
    story = counter(bought())
    story.do(back("a"))
    assert story.ticket.total == gbp("-3.20")
    document = story.pay()
    (row,) = document.lines
    assert (row.quantity, row.amount, row.name) == (-ONE, gbp("-3.20"), "Coffee")
    assert row.returned is not None
    assert (row.returned.number, row.returned.line, row.returned.reason) == ("1A-000001", "a", "too strong")
    assert [tax.amount for tax in document.taxes] == [gbp("-0.53")]


def test_never_more_comes_back_than_was_bought() -> None:
    sold = bought()
    story = counter(sold)
    story.is_refused(MoreThanSold, "Only 2 of “Coffee”", back("a", Quantity.of(3)))
    story.do(back("a"))
    story.is_refused(MoreThanSold, "Only 1 of “Coffee”", back("a", TWO, new="more"))
    story.do(back("a", new="more"))
    story.is_refused(MoreThanSold, "All of “Coffee” on this receipt came back", back("a", new="again"))
    later = counter(sold, {"a": TWO})
    later.is_refused(MoreThanSold, "came back already", back("a"))


def test_who_is_quicker_at_another_till_ends_the_ticket_first() -> None:
    story = counter(bought())
    story.do(back("a", TWO))
    story.receipts = {"sale-1": story.receipts["sale-1"]._replace(back={"a": ONE})}
    with pytest.raises(AssertionError, match="Only 1 of “Coffee”"):
        story.pay()


def test_what_came_back_meanwhile_gives_its_odd_penny_to_nobody_twice() -> None:
    sold = bought(add("a", COFFEE, Quantity.of(3)), DiscountLine("sale-1", "a", Discount(amount=gbp("0.02"))))
    assert sold.total == gbp("9.58"), "3.19, 3.20 and 3.19"
    story = counter(sold, {"a": ONE})
    story.do(back("a"))
    assert story.ticket.total == gbp("-3.20")
    story.receipts = {"sale-1": story.receipts["sale-1"]._replace(back={"a": TWO})}
    with pytest.raises(AssertionError, match="Take “Coffee” off, and choose it"):
        story.pay()


def test_a_line_less_gives_the_odd_penny_of_the_other_to_nobody_twice() -> None:
    sold = bought(add("a", COFFEE, Quantity.of(3)), DiscountLine("sale-1", "a", Discount(amount=gbp("0.02"))))
    story = counter(sold)
    story.do(back("a"))
    story.do(back("a", new="second"))
    story.do(RemoveLine(B, "r-a"))
    assert story.ticket.total == gbp("-3.20"), "what the second of them cost"
    with pytest.raises(AssertionError, match="Take “Coffee” off, and choose it"):
        story.pay()


def test_what_was_taken_off_is_not_given_back() -> None:
    sold = bought(
        add("a", COFFEE, TWO), add("b", TEA), DiscountLine("sale-1", "a", Discount(ppm=500_000)),
        DiscountSale("sale-1", Discount(amount=gbp("1.00"))),
    )  # fmt: skip
    assert sold.total == gbp("4.70")
    story = counter(sold)
    story.do(back("a", TWO))
    story.do(back("b"))
    assert story.ticket.total == gbp("-4.70")


def test_an_exchange_is_one_ticket_and_only_the_difference_is_paid() -> None:
    story = counter(bought())
    story.do(back("b"))
    story.do(add("new", COFFEE, sale=B))
    assert story.ticket.due == gbp("0.70")
    story.do(RemoveLine(B, "new"))
    story.do(add("same", TEA, sale=B))
    assert story.ticket.due == gbp("0.00")
    document = story.pay()
    assert document.tenders == ()
    assert document.item_count == 2


def test_a_discount_on_the_ticket_is_for_what_is_sold_on_it() -> None:
    story = counter(bought())
    story.do(back("b"))
    story.do(add("new", COFFEE, TWO, sale=B))
    story.do(DiscountSale(B, Discount(ppm=100_000)))
    assert story.ticket.amounts() == (gbp("-2.50"), gbp("5.76"))


@pytest.mark.parametrize(("place", "target"), [("", "shop:s1"), (SCRAP, SCRAP)])
def test_goods_go_back_into_the_shop_or_to_scrap(place: str, target: str) -> None:
    story = counter(bought())
    story.do(back("a", TWO, place=place))
    (moved,) = (fact for fact in consequences(story.pay()) if isinstance(fact, GoodsMoved))
    assert moved.moves == (Move("p-coffee", TWO, CUSTOMER, target),)


def test_what_comes_back_keeps_its_price_and_quantity() -> None:
    story = counter(bought())
    story.do(back("a"))
    story.is_refused(Refusal, "price that was paid", DiscountLine(B, "r-a", Discount(ppm=1)))
    story.is_refused(Refusal, "price that was paid", ChangePrice(B, "r-a", gbp("9.00")))
    story.is_refused(Refusal, "choose again how many", ChangeQuantity(B, "r-a", TWO))


def test_a_line_taken_off_and_put_back_is_there_once() -> None:
    story = counter(bought())
    story.do(back("b"))
    (row,) = story.ticket.lines
    story.do(RemoveLine(B, "r-b"))
    story.do(RestoreLine(B, row, 0))
    assert story.ticket.total == gbp("-2.50")
    story.do(RemoveLine(B, "r-b"))
    story.do(back("b", new="again"))
    story.is_refused(Refusal, "on this ticket already", RestoreLine(B, row, 0))


def test_what_is_no_receipt_gives_nothing_back() -> None:
    sold = bought()
    story = counter(sold)
    story.is_refused(Refusal, "not sold on a receipt", back("z"))
    story.is_refused(Refusal, "not sold on a receipt", back("a", receipt="another"))
    story.is_refused(Refusal, "above zero", back("a", Quantity(0)))
    story.do(back("a"))
    story.is_refused(Refusal, "on the ticket already", back("a"))
    counter(replace(sold, is_training=True)).is_refused(Refusal, "training", back("a"))
    counter(replace(sold, total=Money(1, "EUR"))).is_refused(Refusal, "in EUR", back("a"))


def test_what_came_back_cannot_come_back_again() -> None:
    story = counter(bought())
    story.do(back("a"))
    document = story.pay()
    again = counter(document)
    again.is_refused(Refusal, "not sold on a receipt", back("r-a", receipt=B))


def test_a_receipt_from_before_lines_said_their_taxes_gives_them_back_all_the_same() -> None:
    sold = bought()
    old = replace(sold, lines=tuple(replace(row, tax_amounts=()) for row in sold.lines))
    story = counter(old)
    story.do(back("a", TWO))
    story.do(back("b"))
    assert [tax.amount for tax in story.pay().taxes] == [-tax.amount for tax in sold.taxes]


# ---- without a receipt


def test_without_a_receipt_somebody_with_more_rights_agrees() -> None:
    wanted = ReturnWithoutReceipt(B, "r", COFFEE, TWO, "", "a present")
    Story(desk=CARA).is_refused(ApprovalNeeded, "take goods back without a receipt", wanted)
    story = Story(wanted, desk=SUE)
    assert story.ticket.total == gbp("-6.40")
    document = story.pay()
    assert [tax.amount for tax in document.taxes] == [gbp("-1.07")]
    again = Story(wanted, replace(wanted, line="r2"), desk=SUE)
    (row, _) = again.ticket.lines
    again.do(RemoveLine(B, "r"))
    assert again.do(RestoreLine(B, row, 0)), "two of the same without a receipt are two"


def test_what_has_no_price_brings_nothing_without_a_receipt() -> None:
    unpriced = replace(COFFEE, prices=())
    Story(desk=SUE).is_refused(Refusal, "no price here", ReturnWithoutReceipt(B, "r", unpriced, ONE))


# ---- laws

CITY = (Tax("US", "Sales tax", 88_750),)
goods = st.sampled_from([COFFEE, TEA, CARDS, APPLES, replace(TEA, product="p-2", taxes=CITY), replace(TEA, taxes=())])
terms = st.builds(TaxTerms, is_inclusive=st.booleans(), rounding=st.sampled_from(TaxRounding))
rows = st.lists(st.tuples(goods, st.integers(1, 7), st.integers(0, 900_000)), min_size=1, max_size=4)


@given(rows, st.integers(0, 500), terms, st.randoms(use_true_random=False))
def test_whatever_comes_back_in_whatever_parts_it_is_exactly_what_was_paid(
    sold: list[tuple[object, int, int]], off: int, terms: TaxTerms, chance: object
) -> None:
    desk = replace(CARA, shop=replace(CARA.shop, tax_terms=terms), author=None)
    story = Story(desk=desk)
    for number, (article, count, ppm) in enumerate(sold):
        story.do(add(str(number), article, Quantity.of(count)))
        story.do(DiscountLine("sale-1", str(number), Discount(ppm=ppm)))
    story.do(DiscountSale("sale-1", Discount(amount=Money(off, "GBP"))))
    document = story.pay()
    units = [row.line for row in document.lines for _ in range(row.quantity.micro // 1_000_000)]
    chance.shuffle(units)  # type: ignore[attr-defined]
    came: dict[str, Quantity] = {}
    given_back = net = 0
    taxes: dict[Tax, int] = {}
    while units:
        ticket = Story(desk=desk)
        ticket.receipts = {"sale-1": Receipt(document, dict(came))}
        for at, line in enumerate(units[:3]):
            ticket.do(ReturnGoods(B, f"r{at}", "sale-1", line, ONE))
            came[line] = came.get(line, Quantity(0)) + ONE
        del units[:3]
        part = ticket.pay()
        assert part.total.minor <= 0
        given_back -= part.total.minor
        net -= part.net.minor
        for row in part.taxes:
            taxes[row.tax] = taxes.get(row.tax, 0) - row.amount.minor
        assert given_back <= document.total.minor
    assert (given_back, net) == (document.total.minor, document.net.minor)
    assert taxes == {row.tax: row.amount.minor for row in document.taxes}
    assert sum_of(row.amount for row in document.taxes) == sum(taxes.values())


# ---- what the shelf said


def test_a_sold_line_tells_its_price_without_what_a_person_did() -> None:
    (a, b, c) = bought(
        add("a", COFFEE, TWO), add("b", TEA), add("c", CARDS, Quantity.of(10)),
        DiscountSale("sale-1", Discount(ppm=10)), DiscountLine("sale-1", "a", Discount(ppm=500_000)),
        ChangePrice("sale-1", "b", gbp("2.40")),
    ).lines  # fmt: skip
    assert a.shelf_price == gbp("3.20")
    assert (b.is_price_typed, b.shelf_price) == (True, None)
    assert c.shelf_price == gbp("0.80"), "ten cost less each"
    promoted = replace(c, reductions=(*c.reductions, Reduction("p1", "Ten for six", gbp("2.00"))))
    assert promoted.shelf_price == gbp("0.60")
    story = counter(bought())
    story.do(back("a"))
    assert story.pay().lines[0].shelf_price is None
