"""Shifts and receipts are listed, looked at, printed again and saved, by whoever may."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from omsdesk.documents.logo import make_logo
from omsdesk.domain.cash import MoveCash, OpenShift
from omsdesk.domain.people import Person, Role
from omsdesk.domain.printing import PaperKind
from omsdesk.domain.receipt_policy import Paper
from omsdesk.domain.sale_command import AddLine, CompleteSale, TakeTender
from omsdesk.domain.shop import SaveShop, SaveTill, Shop, Till
from omsdesk.domain.values import ONE, Money
from omsdesk.store.queries.printing import unsettled
from omsdesk.store.queries.till import product_by_id, shop_of
from omsdesk.ui.reports.drawing import Kind
from omsdesk.ui.reports.office import Office
from omsdesk.ui.reports.session import ACCOUNTS, RECEIPTS, SHIFTS, ReportsSession
from tests.documents.samples import logo
from tests.ui.back_office import ANNA, BEN, BackOffice, until
from tests.ui.reports.conftest import hear, sell
from tests.ui.till.card_shop import NUMBER

ACCOUNTANT = Person("ruth", "Ruth Vale", Role.ACCOUNTANT)


@dataclass
class Desk:
    """The reports in one program, without a window around them."""

    shop: BackOffice
    folder: Path
    till: str = "t1"
    has_printer: bool = True

    def __post_init__(self) -> None:
        shop = self.shop
        office = Office(
            shop.reader, shop.work, shop.feed, shop.clock, self.till, lambda: shop.person, lambda: self.folder,
            lambda _: self.has_printer,
        )  # fmt: skip
        self.session = ReportsSession(office)

    def show(self, view: str) -> ReportsSession:
        """Choose shifts or receipts and wait until they are listed."""
        self.session.show_list(view)
        asked = self.session.items
        until(lambda: self.session.items is not asked or not self.session.may_read)
        return self.session

    def search(self, text: str) -> list[str]:
        """Type a number and give the titles that come."""
        before = self.session.items
        self.session.search(text)
        until(lambda: self.session.items is not before)
        return self.titles()

    def choose_till(self, till: str) -> list[str]:
        """Choose a till and give the titles that come."""
        before = self.session.items
        self.session.choose_till(till)
        until(lambda: self.session.items is not before)
        return self.titles()

    def titles(self) -> list[str]:
        """What is listed."""
        return [row.title for row in self.session.items]

    def paper(self) -> tuple[bytes, ...]:
        """Wait for the paper of what is chosen."""
        until(lambda: self.session.drawn.pages)
        return self.session.drawn.pages

    def say(self) -> str:
        """Wait for what becomes of a press."""
        until(lambda: self.session.said.sentence)
        return self.session.said.sentence


@pytest.fixture
def desk(shop: BackOffice, tmp_path: Path) -> Desk:
    """Sit down before the reports, as a manager."""
    return Desk(shop, tmp_path / "documents")


# --- lists ------------------------------------------------------------------------------------------------------------


def test_the_open_shift_comes_first_then_the_closed_ones(desk: Desk) -> None:
    session = desk.show(SHIFTS)
    assert desk.titles() == ["Open now", "Z 1"]
    assert [row.kind for row in session.items] == [Kind.OPEN_SHIFT, Kind.SHIFT]
    assert [row.amount for row in session.items] == ["£89.00", "£50.30"]
    assert session.items[0].detail.startswith("since ")
    assert session.chosen == session.items[0]


def test_receipts_come_newest_first_and_count_their_items(desk: Desk) -> None:
    session = desk.show(RECEIPTS)
    assert desk.titles() == ["1A-000004", "1A-000003", "1A-000002", "1A-000001"]
    assert [row.detail.rpartition("· ")[2] for row in session.items] == ["1 item", "1 item", "3 items", "2 items"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("1A-000002", ["1A-000002"]),
        ("1a-000002", ["1A-000002"]),
        ("2", ["1A-000002"]),
        ("000004", ["1A-000004"]),
        ("  3 ", ["1A-000003"]),
        ("1A", ["1A-000004", "1A-000003", "1A-000002", "1A-000001"]),
        ("77", []),
        ("; DROP TABLE sale", []),
    ],
)
def test_a_receipt_is_found_by_its_number_or_what_follows_its_zeros(desk: Desk, typed: str, found: list[str]) -> None:
    desk.show(RECEIPTS)
    assert desk.search(typed) == found
    assert (desk.session.chosen.title if desk.session.chosen else None) == (found[0] if found else None)


def test_only_the_last_question_is_answered(desk: Desk) -> None:
    desk.show(RECEIPTS)
    before = desk.session.items
    for text in ("1", "2", "3", "4"):
        desk.session.search(text)
    until(lambda: desk.session.items is not before)
    assert desk.titles() == ["1A-000004"]


def test_more_receipts_come_when_one_gets_to_the_end(shop: BackOffice, desk: Desk) -> None:
    for _ in range(100):
        sell(shop, "bag")
    session = desk.show(RECEIPTS)
    assert len(session.items) == 100
    session.more()
    until(lambda: len(session.items) == 104)
    asked = session._asked
    session.more()
    assert session._asked == asked, "there are no more"


def test_a_till_lists_the_shifts_and_receipts_of_all_tills_of_its_shop_or_of_one(
    shop: BackOffice, tmp_path: Path
) -> None:
    shop.do(SaveTill(Till("t2", "s1", "2", "Till 2")))
    other = Desk(shop, tmp_path, "t2")
    assert [till.name for till in other.session.tills] == ["Till 1", "Till 2"]
    other.show(SHIFTS)
    assert other.titles() == ["Till 1 · Open now", "Till 1 · Z 1"]
    assert other.choose_till("t2") == []
    assert other.session.is_read
    assert other.choose_till("t1") == ["Open now", "Z 1"], "whose they are is said above"
    other.show(RECEIPTS)
    assert other.titles() == ["1A-000004", "1A-000003", "1A-000002", "1A-000001"]
    assert other.choose_till("t2") == []
    assert other.search("1A-000002") == ["1A-000002"], "a customer comes back to any till"
    other.choose_till("")
    assert other.search("3") == ["1A-000003"], "part of a number, too"
    assert other.session.items[0].detail.startswith("Till 1 · ")


def test_the_figures_of_another_till_are_looked_at_and_saved_but_its_x_report_is_taken_there(
    shop: BackOffice, tmp_path: Path
) -> None:
    shop.do(SaveTill(Till("t2", "s1", "2", "Till 2")))
    other = Desk(shop, tmp_path / "documents", "t2")
    session = other.show(SHIFTS)
    assert session.chosen is not None
    assert session.chosen.kind is Kind.OPEN_SHIFT
    assert not session.can_print
    before = unsettled(shop.reader)
    session.print_again()
    assert unsettled(shop.reader) == before
    session.choose(session.items[1].document)
    assert session.can_print, "a Z report is printed anywhere, as a copy"
    session.save_pdf()
    assert other.say().startswith("Saved as shift-1-Z1.pdf"), "till 2 has a Z1, too"


def test_the_open_shift_of_this_till_comes_before_those_of_others(shop: BackOffice, tmp_path: Path) -> None:
    shop.do(SaveTill(Till("t2", "s1", "2", "Till 2")))
    shop.database.become_till("t2")
    shop.do(OpenShift("shift-3", Money(5000, "GBP")))
    for till, first in (("t1", "Till 1 · Open now"), ("t2", "Till 2 · Open now")):
        desk = Desk(shop, tmp_path, till)
        session = desk.show(SHIFTS)
        assert desk.titles()[0] == first
        assert len(desk.titles()) == 3
        assert session.can_print


def test_tills_of_another_store_are_not_of_this_shop(shop: BackOffice, tmp_path: Path) -> None:
    shop.do(SaveTill(Till("t9", "s9", "9", "Far till")))
    assert [till.id for till in Desk(shop, tmp_path).session.tills] == ["t1"]
    assert [till.id for till in Desk(shop, tmp_path, "").session.tills] == ["t1", "t9"], "the office hears all"


# --- paper ------------------------------------------------------------------------------------------------------------


def test_the_paper_of_what_is_chosen_is_drawn(desk: Desk) -> None:
    session = desk.show(SHIFTS)
    first = desk.paper()
    assert first[0].startswith(b"\x89PNG")
    session.choose(session.items[1].document)
    until(lambda: session.drawn.pages != first)
    assert session.chosen is session.items[1]
    session.choose("nowhere")
    assert session.chosen is session.items[1]


def test_money_that_moves_is_on_the_paper_although_the_total_is_the_same(shop: BackOffice, desk: Desk) -> None:
    session = desk.show(SHIFTS)
    before = desk.paper()
    shop.do(MoveCash("shift-2", shop.clock.new_id(), Money(-2000, "GBP"), "Flowers"), actor=ANNA.id)
    session.refresh(with_paper=True)
    until(lambda: session.drawn.pages != before)
    assert session.items[0].amount == "£89.00"


def test_a_new_logo_is_on_the_paper(shop: BackOffice, desk: Desk) -> None:
    session = desk.show(RECEIPTS)
    before = desk.paper()
    known = shop_of(shop.reader, "t1")
    assert isinstance(known, Shop)
    shop.do(SaveShop(replace(known, logo=make_logo(logo()))))
    session.refresh(with_paper=True)
    session.search("")
    until(lambda: session.drawn.pages and session.drawn.pages != before)


def test_what_is_typed_does_not_draw_the_same_paper_again(desk: Desk) -> None:
    desk.show(RECEIPTS)
    desk.paper()
    drawn = desk.session.drawn
    desk.search("4")
    desk.search("000004")
    assert desk.session.drawn is drawn


def test_a_copy_of_a_receipt_and_of_a_report_are_asked_for(shop: BackOffice, desk: Desk) -> None:
    session = desk.show(RECEIPTS)
    session.print_again()
    assert desk.say() == "The copy is printing."
    assert session.chosen is not None
    last = unsettled(shop.reader)[-1]
    assert (last.paper, last.document, last.is_copy) == (PaperKind.RECEIPT, session.chosen.document, True)
    session = desk.show(SHIFTS)
    session.choose("shift-1")
    session.print_again()
    desk.say()
    last = unsettled(shop.reader)[-1]
    assert (last.paper, last.document, last.is_copy) == (PaperKind.SHIFT_REPORT, "shift-1", True)


def test_a_receipt_that_was_never_printed_is_no_copy(shop: BackOffice, desk: Desk) -> None:
    where = shop_of(shop.reader, "t1")
    assert where is not None
    found = product_by_id(shop.reader, "oat", where, shop.clock.now().day)
    assert found is not None
    shop.do(AddLine("quiet", shop.clock.new_id(), found.article, ONE), actor="ben")
    pay = TakeTender("quiet", shop.clock.new_id(), where.tender_methods[0], Money(20000, "GBP"))
    shop.do(pay, CompleteSale("quiet", Paper.NONE), actor="ben")
    session = desk.show(RECEIPTS)
    session.choose("quiet")
    session.print_again()
    assert desk.say() == "The receipt is printing."
    session.print_again()
    until(lambda: session.said.sentence == "The copy is printing.")


def test_the_figures_so_far_become_an_x_report(shop: BackOffice, desk: Desk) -> None:
    desk.show(SHIFTS)
    desk.session.print_again()
    assert desk.say() == "The X report is printing."
    assert unsettled(shop.reader)[-1].paper is PaperKind.SHIFT_REPORT


def test_what_was_said_goes_with_the_next_choice(desk: Desk) -> None:
    session = desk.show(RECEIPTS)
    session.print_again()
    desk.say()
    session.choose(session.items[1].document)
    assert session.said.sentence == ""


def test_a_pdf_is_saved_under_its_number(desk: Desk) -> None:
    desk.show(RECEIPTS)
    desk.session.save_pdf()
    assert desk.say() == f"Saved as receipt-1A-000004.pdf in {desk.folder}."
    assert (desk.folder / "receipt-1A-000004.pdf").read_bytes().startswith(b"%PDF")
    desk.show(SHIFTS)
    desk.session.save_pdf()
    desk.say()
    assert (desk.folder / "shift-open.pdf").exists()


# --- who may ----------------------------------------------------------------------------------------------------------


def test_an_accountant_reads_figures_and_a_cashier_receipts(shop: BackOffice, desk: Desk) -> None:
    for person, may in ((ACCOUNTANT, True), (ANNA, True), (BEN, False), (None, False)):
        shop.person = person
        desk.show(SHIFTS)
        assert bool(desk.titles()) is may
        assert desk.session.may_read is may
        desk.show(RECEIPTS)
        assert len(desk.titles()) == 4


def test_figures_are_gone_when_a_cashier_takes_over(shop: BackOffice, desk: Desk) -> None:
    desk.show(SHIFTS)
    shop.person = BEN
    desk.session.refresh()
    assert (desk.session.items, desk.session.chosen) == ([], None)
    desk.session.print_again()
    desk.session.save_pdf()
    assert desk.session.said.sentence == ""


def test_nobody_prints_without_signing_in(shop: BackOffice, desk: Desk) -> None:
    before = len(unsettled(shop.reader))
    desk.show(RECEIPTS)
    shop.person = None
    desk.session.print_again()
    assert desk.say() == "Sign in first, then print again."
    assert not desk.session.said.is_good
    assert len(unsettled(shop.reader)) == before


def test_what_is_refused_is_said(shop: BackOffice, desk: Desk) -> None:
    desk.show(SHIFTS)
    desk.session.choose(desk.session.items[0].document)
    shop.person = Person("stranger", "Stranger", Role.MANAGER)
    desk.session.print_again()
    assert desk.say().endswith(".")
    assert not desk.session.said.is_good


def test_a_computer_that_is_no_till_lists_those_of_all_tills(shop: BackOffice, tmp_path: Path) -> None:
    harbour = shop_of(shop.reader, "t1")
    assert harbour is not None
    shop.do(SaveShop(replace(harbour, id="s2", name="Harbour")), SaveTill(Till("h1", "s2", "H1", "Harbour till")))
    shop.database.become_till("h1")
    shop.do(OpenShift("shift-h", Money(5000, "GBP")), actor="ben")
    sell(shop, "mug")
    shop.database.become_till("")
    desk = Desk(shop, tmp_path, till="")
    session = desk.show(SHIFTS)
    assert [item.title for item in session.items] == ["Harbour till · Open now", "Till 1 · Open now", "Till 1 · Z 1"]
    assert session.items[0].amount == "£24.00"
    assert not session.can_print, "the X report of an open shift is taken at its till"
    session = desk.show(RECEIPTS)
    assert [item.number for item in session.items][:2] == ["H1A-000001", "1A-000004"]
    session.print_again()
    assert desk.say() == "The copy is printing."
    job = unsettled(shop.reader)[-1]
    assert (job.document, job.is_copy) == (session.items[0].document, True)


def test_where_no_printer_is_nothing_is_offered_to_be_printed(shop: BackOffice, tmp_path: Path) -> None:
    desk = Desk(shop, tmp_path, till="", has_printer=False)
    session = desk.show(RECEIPTS)
    before = unsettled(shop.reader)
    assert not session.can_print
    session.print_again()
    assert unsettled(shop.reader) == before


def test_open_balances_and_overspent_cards_are_listed_and_a_card_is_found(desk: Desk) -> None:
    hear(desk.shop, 3_000)
    session = desk.show(ACCOUNTS)
    assert desk.titles() == ["Open balances"]
    assert session.overspent == 0
    assert not session.can_print, "it is saved as PDF"
    assert desk.paper()
    hear(desk.shop, -2_500)
    hear(desk.shop, -1_500, till="t2")
    session = desk.show(ACCOUNTS)
    assert session.overspent == 1
    (_, card) = session.items
    assert (card.title, card.detail, card.amount) == (
        f"Gift card …{NUMBER[-4:]}", "Overspent · spent at 2 tills", "-£10.00",
    )  # fmt: skip
    assert desk.search("12345") == []
    assert desk.search(NUMBER) == [card.title]
    assert desk.paper()
    session.save_pdf()
    assert f"account-{NUMBER[-4:]}.pdf" in desk.say()


def test_points_that_are_overspent_are_no_money(desk: Desk) -> None:
    hear(desk.shop, -64, "points:anna", currency="")
    desk.show(ACCOUNTS)
    assert desk.session.items[-1].amount == "-64 points"
