"""What paper says of accounts: cards that were sold and spent, debts, and what of a shift was no sale."""

from __future__ import annotations

from dataclasses import replace

import pytest

from omsdesk.actions.paper import NoDocument, card_slip_of, paper_of, receipt_of, report_so_far
from omsdesk.documents import plain
from omsdesk.domain.account import owner_of
from omsdesk.domain.card_number import grouped
from omsdesk.domain.printing import PaperKind
from omsdesk.domain.receipt_policy import Paper
from omsdesk.domain.sale_command import CompleteSale
from omsdesk.store.queries.printing import Job, unsettled
from tests.domain.corner_shop import NOON, gbp
from tests.domain.test_stored_value import BY_CARD, BY_POINTS, DEBT, GIFT, LATER, NUMBER, POINTS, SALE, sell_card
from tests.store.queries.test_account import move
from tests.store.station import Station


@pytest.fixture
def counter(till: Station) -> Station:
    """A till that sold a card of 50 with a coffee."""
    till.do(till.add(SALE), sell_card())
    till.do(till.pay(SALE), CompleteSale(SALE))
    return till


def printed(till: Station) -> dict[PaperKind, Job]:
    return {job.paper: job for job in unsettled(till.database.writer)}


def test_a_new_card_comes_out_as_a_slip_beside_the_receipt(counter: Station) -> None:
    jobs = printed(counter)
    assert set(jobs) == {PaperKind.RECEIPT, PaperKind.CARD}
    slip = card_slip_of(counter.database.writer, jobs[PaperKind.CARD])
    assert (slip.name, slip.number, slip.balance, slip.last_day) == ("Gift card", NUMBER, gbp("50.00"), "")
    assert grouped(NUMBER) in plain.render(paper_of(counter.database.writer, jobs[PaperKind.CARD]))
    receipt = plain.render(paper_of(counter.database.writer, jobs[PaperKind.RECEIPT]))
    assert f"Gift card …{NUMBER[-4:]}" in receipt
    assert NUMBER not in receipt, "who finds a receipt has no card"


def test_a_card_that_somebody_else_printed_needs_no_slip(till: Station) -> None:
    till.do(sell_card(account="gift_card:GIFT2026000417"))
    till.do(till.pay(SALE), CompleteSale(SALE, Paper.NONE))
    assert PaperKind.CARD not in printed(till)


def test_a_slip_of_nobodys_card_is_not_made(counter: Station) -> None:
    job = replace(printed(counter)[PaperKind.CARD], document="gift_card:none")
    with pytest.raises(NoDocument, match="not in the database"):
        card_slip_of(counter.database.writer, job)


def test_a_receipt_says_what_is_left_as_it_was_then(counter: Station) -> None:
    for sale, amount in (("s2", "3.20"), ("s3", "2.50")):
        counter.do(counter.add(sale, "coffee" if sale == "s2" else "tea"))
        counter.do(replace(counter.pay(sale, gbp(amount), BY_CARD), account=GIFT), CompleteSale(sale))
    for sale, left in (("s2", "£46.80"), ("s3", "£44.30")):
        (row,) = receipt_of(counter.database.writer, sale).tenders
        assert (row.name, row.details) == (f"Gift card …{NUMBER[-4:]}", (f"Left on it: {left}",))


def test_what_is_owed_and_the_points_that_are_left_stand_on_the_receipt(counter: Station) -> None:
    move(counter, 100, POINTS, "")
    counter.do(counter.add("s2", "tea"))
    counter.do(replace(counter.pay("s2", gbp("1.00"), BY_POINTS), account=POINTS))
    counter.do(replace(counter.pay("s2", method=LATER), account=DEBT), CompleteSale("s2"))
    points, later = receipt_of(counter.database.writer, "s2").tenders
    assert (points.name, points.details) == ("Points", ("20 points, 80 left",))
    assert (later.name, later.details) == ("On account", ("Now owed: £1.50",))
    assert owner_of(DEBT) not in later.name


def test_a_shift_says_apart_what_was_paid_in(counter: Station) -> None:
    report = report_so_far(counter.database.writer, "shift-1", NOON)
    assert report.total == gbp("3.20")
    assert [(row.name, row.count, row.amount) for row in report.loads] == [("Gift card", 1, gbp("50.00"))]
    assert [row.expected for row in report.tenders] == [gbp("153.20")], "the drawer holds it all"
