"""A manager reads who asked for what, who agreed and why; by person and by day."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from omsdesk.domain.approval import Approve, Grant
from omsdesk.domain.attempts import ShutOut
from omsdesk.domain.cash import MoveCash, OpenDrawer
from omsdesk.domain.drawer import NoteDrawer
from omsdesk.domain.people import Person, Role, SavePerson
from omsdesk.domain.sale_command import AddLine, RemoveLine, VoidSale
from omsdesk.domain.shop import SaveTill
from omsdesk.domain.values import ONE, Money
from omsdesk.store.queries.receipts import newest
from omsdesk.store.queries.till import product_by_id, shop_of, till_of
from omsdesk.ui.reports.approvals_session import _span
from omsdesk.ui.reports.screen import APPROVALS, ReportsScreen
from omsdesk.ui.reports.session import RECEIPTS
from tests.ui.back_office import ANNA, BEN, BackOffice, Stage, take_pictures, until

SUE = Person("sue", "Sue Moss", Role.SUPERVISOR)


@pytest.fixture
def agreed(shop: BackOffice) -> BackOffice:
    """Let Ben ask twice, of which one is on a receipt; and Olga's PIN be wrong."""
    shop.do(SavePerson(SUE))
    sale = newest(shop.reader, ["t1"], 1)[0].sale
    now = shop.clock.now()
    discount = Grant("g1", "sale.discount", "anna", 200_000, sale)
    hour = type(now)(now.utc_ms + 900_000, now.offset_minutes)
    cash = Grant("g2", "cash.move", "sue", 1_250, "", hour)
    shop.do(Approve(discount, "t1", "ben", "Damaged"), actor="anna")
    shop.do(Approve(cash, "t1", "ben", "Window cleaner", by_badge=True), actor="sue")
    shop.do(ShutOut("a1", "olga", "t1", 3, "sale.discount"), actor="ben")
    shop.do(ShutOut("a2", "anna", "t1", 3))
    return shop


@pytest.fixture
def screen(agreed: BackOffice, reports: ReportsScreen, stage: Stage) -> ReportsScreen:
    assert agreed.person == ANNA
    assert stage.isVisible()
    reports.pills.choose([key for key, _ in reports._pills].index(APPROVALS))
    until(lambda: len(reports.approvals.rows) == 4)
    return reports


def test_when_who_what_how_much_why_and_on_which_ticket(screen: ReportsScreen, stage: Stage) -> None:
    rows = {row.key: row for row in screen.approvals.rows}
    discount, cash, wrong, locked = (rows[key] for key in ("g1", "g2", "a1", "a2"))
    assert discount.title == "Ben Ito: give discounts and change prices"
    assert discount.amount == "20 %"
    assert "Anna Keller agreed · “Damaged” · receipt 1A-0" in discount.detail
    assert (cash.title, cash.amount) == ("Ben Ito: pay money in and out", "£12.50")
    assert "Sue Moss agreed by badge · “Window cleaner” · until " in cash.detail
    assert (wrong.title, wrong.amount) == ("Olga Berg’s PIN was wrong 3 times", "Refused")
    assert "for Ben Ito to give discounts" in wrong.detail
    assert "to sign in" in locked.detail
    assert screen.approvals_view.isVisible()
    take_pictures(stage, "reports-approvals")


def test_what_was_agreed_to_in_training_is_marked(screen: ReportsScreen, agreed: BackOffice, stage: Stage) -> None:
    till = till_of(agreed.reader, "t1")
    assert till is not None
    agreed.do(SaveTill(replace(till, is_training=True)))
    agreed.do(Approve(Grant("g3", "sale.void", "sue", 0, "sale-x"), "t1", "ben", "Practice"), actor="sue")
    screen.approvals.refresh()
    until(lambda: len(screen.approvals.rows) == 5)
    details = {row.key: (row.is_training, row.detail.startswith("Training · ")) for row in screen.approvals.rows}
    assert details["g3"] == (True, True)
    assert details["g1"] == (False, False)
    take_pictures(stage, "reports-approvals-training")


def test_a_drawer_that_was_found_open_says_who_was_there_and_what_came_before(
    screen: ReportsScreen, agreed: BackOffice, stage: Stage
) -> None:
    agreed.do(NoteDrawer("o1", "t1", "ben"))
    agreed.do(NoteDrawer("o2", "t1"))
    agreed.feed.look()
    until(lambda: len(screen.approvals.rows) == 6)
    rows = {row.key: row for row in screen.approvals.rows}
    assert rows["o1"].title == "Till 1: drawer found open"
    assert " · Ben Ito signed in · " in rows["o1"].detail
    assert " s after receipt 1A-000004" in rows["o1"].detail
    assert "nobody signed in" in rows["o2"].detail
    assert [(who.name, who.detail) for who in screen.approvals.people] == [
        ("Everybody", "2 approvals · 2 refused · 2 drawers"),
        ("Ben Ito", "2 approvals · 1 refused · 1 drawer"),
    ]
    take_pictures(stage, "reports-drawers")
    screen.approvals_view.list.choose([row.key for row in screen.approvals.rows].index("o1"))
    until(lambda: len(screen.session.items) == 1)
    assert screen.session.view == RECEIPTS


def test_what_was_given_up_and_drawers_without_a_sale_are_listed(
    screen: ReportsScreen, agreed: BackOffice, stage: Stage
) -> None:
    where = shop_of(agreed.reader, "t1")
    assert where is not None
    for name in ("oat", "mug"):
        found = product_by_id(agreed.reader, name, where, agreed.clock.now().day)
        assert found is not None
        agreed.do(AddLine("s9", name, found.article, ONE), actor="ben")
    agreed.do(RemoveLine("s9", "oat"), actor="ben")
    agreed.do(VoidSale("s9", "Left without paying"), actor="anna")
    agreed.do(OpenDrawer("shift-2", "o1", "Change for a customer"), actor="anna")
    agreed.feed.look()
    until(lambda: len(screen.approvals.rows) == 7)
    rows = {row.title: row for row in screen.approvals.rows}
    assert "“Change for a customer”" in rows["Anna Keller: opened the drawer without a sale"].detail
    void, line = rows["Anna Keller: voided a sale"], rows["Ben Ito: took a line off"]
    assert (void.amount, line.amount) == ("£24.00", "£2.80")
    assert "“Left without paying”" in void.detail
    assert " · Oat milk, 1 L" in line.detail
    assert [(who.name, who.detail) for who in screen.approvals.people] == [
        ("Everybody", "2 approvals · 2 refused · 1 void · 1 line · 1 drawer"),
        ("Ben Ito", "2 approvals · 1 refused · 1 line"),
        ("Anna Keller", "1 void · 1 drawer"),
    ]
    take_pictures(stage, "reports-given-up")
    screen.approvals_view.kinds.choose(2)
    assert [row.amount for row in screen.approvals.rows] == ["£24.00", "£2.80"]
    assert screen.approvals_view.list.model().rowCount() == 2
    screen.approvals_view.kinds.choose(0)
    assert len(screen.approvals.rows) == 7


@pytest.mark.parametrize(
    ("ms", "words"),
    [
        (0, "0 s"),
        (59_999, "59 s"),
        (60_000, "1 minute"),
        (7_200_000, "2 hours"),
        (86_400_000, "1 day"),
        (200_000_000, "2 days"),
    ],
)
def test_how_long_it_took_is_said_as_people_say_it(ms: int, words: str) -> None:
    assert _span(ms) == words


def test_before_anything_was_sold_that_is_said(agreed: BackOffice, screen: ReportsScreen) -> None:
    agreed.do(MoveCash("shift-2", "m1", Money(-500, "GBP"), "window cleaner"))
    agreed.do(NoteDrawer("o1", "t1"))
    agreed.do(NoteDrawer("o2", "t9"))
    agreed.feed.look()
    until(lambda: len(screen.approvals.rows) == 6)
    details = {row.key: row.detail for row in screen.approvals.rows}
    assert "after money was moved: “window cleaner”" in details["o1"]
    assert details["o2"].endswith("nothing was sold before")


def test_each_person_has_a_count_and_a_list_of_their_own(screen: ReportsScreen) -> None:
    session = screen.approvals
    assert [(who.name, who.detail) for who in session.people] == [
        ("Everybody", "2 approvals · 2 refused"),
        ("Ben Ito", "2 approvals · 1 refused"),
    ]
    screen.people.choose(1)
    until(lambda: len(session.rows) == 3)
    assert session.asker == "ben"


def test_a_time_without_any_says_so(screen: ReportsScreen, agreed: BackOffice, stage: Stage) -> None:
    now = agreed.clock.now()
    agreed.clock.now = lambda: type(now)(now.utc_ms + 86_400_000, now.offset_minutes)  # type: ignore[method-assign]
    screen.approvals.refresh()
    until(lambda: screen.approvals.rows == [])
    assert screen.approvals_view.empty.isVisible()
    take_pictures(stage, "reports-approvals-none")
    screen.approvals_view.days.choose(1)
    until(lambda: len(screen.approvals.rows) == 4)
    screen.approvals_view.days.choose(2)
    until(lambda: len(screen.approvals.rows) == 4)


def test_a_row_leads_to_its_receipt(screen: ReportsScreen) -> None:
    at = next(at for at, row in enumerate(screen.approvals.rows) if row.key == "g1")
    screen.approvals_view.list.choose(at)
    until(lambda: len(screen.session.items) == 1)
    assert screen.session.view == RECEIPTS
    assert not screen.approvals_view.isVisible()
    assert screen.search.isVisible()


def test_what_comes_by_sync_or_from_the_till_is_there_at_once(screen: ReportsScreen, agreed: BackOffice) -> None:
    agreed.do(ShutOut("a3", "sue", "t1", 3), actor="ben")
    agreed.feed.look()
    until(lambda: len(screen.approvals.rows) == 5)


def test_a_cashier_is_not_offered_the_list(
    qtbot: QtBot, shop: BackOffice, reports: ReportsScreen, stage: Stage
) -> None:
    assert stage.isVisible()
    assert APPROVALS in dict(reports._pills)
    shop.person = BEN
    reports.arrived()
    assert APPROVALS not in dict(reports._pills)
    reports.show_list(APPROVALS)
    assert reports.approvals.rows == []
