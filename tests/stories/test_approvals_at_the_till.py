"""A cashier wants more than they may; somebody who may agrees on the same screen, and the sale goes on by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from omsdesk.actions.clock import SystemClock
from omsdesk.actions.people import hash_badge
from omsdesk.domain.approval import ApprovalGiven
from omsdesk.domain.attempts import PersonShutOut
from omsdesk.domain.cash import CashMoved, CashReason
from omsdesk.domain.catalogue import ProductEdit, SaveProducts
from omsdesk.domain.messages import Event
from omsdesk.domain.people import Person, Role, SavePerson
from omsdesk.domain.rights import Leave, Rule
from omsdesk.domain.role import SaveRole
from omsdesk.domain.sale import LineDiscounted, SaleCompleted, SaleDiscounted, SaleVoided
from omsdesk.domain.values import Money, Stamp
from omsdesk.store import journal
from omsdesk.store.queries import approvals
from omsdesk.store.queries import till as queries
from omsdesk.ui import theme
from omsdesk.ui.reports.approvals_session import _Words
from omsdesk.ui.reports.office import Office
from omsdesk.ui.reports.screen import APPROVALS, ReportsScreen
from omsdesk.ui.till.approvals.approval_sheet import ApprovalSheet
from omsdesk.ui.till.approvals.meant_sheet import MeantSheet
from omsdesk.ui.till.screen import Mode
from tests.patience import SECONDS
from tests.ui.back_office import take_pictures
from tests.ui.till.shop import PINS, Station, code_of, hashed, set_up

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
SUE = Person("sue", "Sue Lindqvist", Role.SUPERVISOR, hashed("1357"))
BADGE = "EMP-0000-4711-SUE"


class Clock(SystemClock):
    """The computer's clock, which a story can put forward."""

    ahead = 0

    def now(self) -> Stamp:
        now = super().now()
        return replace(now, utc_ms=now.utc_ms + self.ahead * 1_000)


@pytest.fixture
def till(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Station]:
    """A till with an open shift, where Ben is the cashier; Sue is near, and Anna in her office."""
    theme.apply(theme.load("light"), qapp)
    made = Station(set_up(tmp_path), qtbot, Clock()).start()
    made.do(SavePerson(replace(SUE, badge_hash=hash_badge(BADGE, ()))))
    made.settle()
    made.state.counter.person = queries.person(made.reader, "ben")
    yield made
    made.stop()


def facts(till: Station, kind: type[Event]) -> list[tuple[str, Event]]:
    rows = journal.since(till.database.writer, 0)
    return [(entry.actor, entry.fact) for entry in rows if isinstance(entry.fact, kind)]


def is_asked(till: Station) -> bool:
    return till.screen.sheet is not None and isinstance(till.screen.sheet.content, ApprovalSheet)


def is_told(till: Station) -> bool:
    return till.screen.sheet is not None and isinstance(till.screen.sheet.content, MeantSheet)


def wait(till: Station, is_so: object) -> None:
    assert callable(is_so)
    till.bot.waitUntil(is_so, timeout=int(SECONDS * 1_000))
    till.settle()


def take_off(till: Station, percent: str, product: str = "v60") -> None:
    """Scan an article and take something off it by F9."""
    till.scan(code_of(product))
    till.press(Qt.Key.Key_F9)
    till.type_in(percent)
    till.press(Qt.Key.Key_Return)


def type_pin(till: Station, pin: str) -> None:
    till.type_in(pin)
    till.press(Qt.Key.Key_Return)


def choose(till: Station, name: str) -> None:
    """Walk to somebody by the arrows."""
    desk = till.state.approvals
    for _ in range(5):
        till.press(Qt.Key.Key_Down)
        if desk.chosen is not None and desk.chosen.name == name:
            return
    message = f"{name} is not in the list."
    raise AssertionError(message)


def test_a_cashier_takes_off_what_a_supervisor_agrees_to(till: Station) -> None:
    take_off(till, "20")
    wait(till, lambda: is_asked(till))
    sheet = till.sheet(ApprovalSheet)
    assert sheet.sentence.text() == "Ben Okafor wants to take 20 % off “V60 dripper, white”."
    assert list(sheet.cards) == ["anna", "sue"], "he himself is not asked"
    choose(till, "Sue Lindqvist")
    wrong_three_times(till)
    the_right_one_after_the_rest(till)
    the_journal_holds_it(till)
    the_managers_list_shows_it(till)


def wrong_three_times(till: Station) -> None:
    desk = till.state.approvals
    for _ in range(2):
        type_pin(till, "0000")
        wait(till, lambda: desk.message == "This PIN is not right. Try again.")
        desk.message = ""
    type_pin(till, "0000")
    wait(till, lambda: desk.message.startswith("Too many wrong PINs. Try again in "))
    assert [who for who, _ in facts(till, PersonShutOut)] == ["ben"]
    desk.message = ""
    type_pin(till, "1357")
    wait(till, lambda: desk.message.startswith("Too many wrong PINs."))
    assert is_asked(till), "not even the right one is looked at"
    assert facts(till, ApprovalGiven) == []


def the_right_one_after_the_rest(till: Station) -> None:
    clock = till.clock
    assert isinstance(clock, Clock)
    clock.ahead += 31
    till.press(Qt.Key.Key_Right)
    till.scan(code_of("oat"))
    assert is_asked(till)
    assert till.lines == [("1", "V60 dripper, white")], "a scan waits meanwhile"
    type_pin(till, "1357")
    wait(till, lambda: not is_asked(till))
    wait(till, lambda: len(till.lines) == 2)
    assert till.total == "€17.20", "18.00 less 20 %, and the oat milk that was scanned meanwhile"
    assert till.state.counter.actor == "ben", "nobody else signed in"


def the_journal_holds_it(till: Station) -> None:
    ((actor, given),) = facts(till, ApprovalGiven)
    assert isinstance(given, ApprovalGiven)
    assert (actor, given.asker, given.reason, given.by_badge) == ("sue", "ben", "Damaged", False)
    sale = till.state.session.sale
    assert sale is not None
    assert (given.grant.right, given.grant.sale, given.grant.until) == ("sale.discount", sale.sale, None)
    assert 199_000 < given.grant.most <= 200_000, "no more than was asked for"
    assert [who for who, _ in facts(till, LineDiscounted)] == ["ben"]


def the_managers_list_shows_it(till: Station) -> None:
    anna = queries.person(till.reader, "anna")
    folder = till.path.parent
    office = Office(till.reader, till.background, till.feed, till.clock, "t1", lambda: anna, lambda: folder)
    screen = ReportsScreen(office)
    till.bot.addWidget(screen)
    screen.show()
    screen.arrived()
    screen.show_list(APPROVALS)
    till.bot.waitUntil(lambda: len(screen.approvals.rows) == 2, timeout=int(SECONDS * 1_000))
    agreed, wrong = screen.approvals.rows
    assert (agreed.title, agreed.amount) == ("Ben Okafor: give discounts and change prices", "20 %")
    assert "Sue Lindqvist agreed · “Damaged”" in agreed.detail
    assert (wrong.title, wrong.amount) == ("Sue Lindqvist’s PIN was wrong 3 times", "Refused")
    assert [person.detail for person in screen.approvals.people] == ["1 approval · 1 refused"] * 2
    till.feed.changed.disconnect(screen._changed)
    till.settle()
    for session in (screen.approvals, screen.session):
        session.listeners.clear()


def test_leave_for_a_time_lets_the_next_ticket_through_and_ends(till: Station) -> None:
    take_off(till, "20")
    wait(till, lambda: is_asked(till))
    choose(till, "Sue Lindqvist")
    till.press(Qt.Key.Key_T, ALT)
    assert till.sheet(ApprovalSheet).timed.isChecked()
    till.press(Qt.Key.Key_Right)
    type_pin(till, "1357")
    wait(till, lambda: not is_asked(till))
    till.press(Qt.Key.Key_F5)
    wait(till, lambda: till.is_in(Mode.DONE))
    take_off(till, "20")
    wait(till, lambda: len(facts(till, LineDiscounted)) == 2)
    assert not is_asked(till)
    till.press(Qt.Key.Key_F5)
    wait(till, lambda: len(facts(till, SaleCompleted)) == 2)
    take_off(till, "25")
    wait(till, lambda: is_asked(till))
    till.press(Qt.Key.Key_Escape)
    wait(till, lambda: not is_asked(till))
    clock = till.clock
    assert isinstance(clock, Clock)
    clock.ahead += 15 * 60
    till.press(Qt.Key.Key_F9)
    till.type_in("20")
    till.press(Qt.Key.Key_Return)
    wait(till, lambda: is_asked(till))
    assert len(facts(till, LineDiscounted)) == 2, "it is over"


def test_who_gives_up_has_changed_nothing_and_what_was_scanned_meanwhile_is_taken(till: Station) -> None:
    take_off(till, "20")
    wait(till, lambda: is_asked(till))
    till.scan(code_of("oat"))
    till.press(Qt.Key.Key_Escape)
    wait(till, lambda: len(till.lines) == 2)
    assert facts(till, LineDiscounted) == facts(till, ApprovalGiven) == []
    assert till.total == "€20.80"


def test_a_badge_is_enough_to_agree_and_the_reason_may_come_after_it(till: Station) -> None:
    take_off(till, "20")
    wait(till, lambda: is_asked(till))
    till.scan(BADGE)
    wait(till, lambda: till.state.approvals.message == "Sue Lindqvist agrees. Now say why.")
    till.type_in("Box was open")
    till.press(Qt.Key.Key_Return)
    wait(till, lambda: not is_asked(till))
    wait(till, lambda: till.total == "€14.40")
    ((actor, given),) = facts(till, ApprovalGiven)
    assert isinstance(given, ApprovalGiven)
    assert (actor, given.reason, given.by_badge) == ("sue", "Box was open", True)


def test_money_leaves_the_drawer_when_somebody_agrees_and_only_that_once(till: Station) -> None:
    pay_out = till.state.shift.pay_out
    for _ in range(2):
        pay_out(Money.of("12.50", "EUR"), "window cleaner")
        wait(till, lambda: is_asked(till))
        assert till.sheet(ApprovalSheet).sentence.text() == "Ben Okafor wants to pay money in and out: €12.50."
        assert till.sheet(ApprovalSheet).once.label == "Just this once"
        choose(till, "Sue Lindqvist")
        type_pin(till, "1357")
        wait(till, lambda: not is_asked(till))
    moved = [fact for _, fact in facts(till, CashMoved) if isinstance(fact, CashMoved)]
    assert [str(fact.amount) for fact in moved if fact.reason is CashReason.PAY_OUT] == ["-12.50 EUR"] * 2
    given = [fact for _, fact in facts(till, ApprovalGiven) if isinstance(fact, ApprovalGiven)]
    assert [(fact.reason, fact.grant.most) for fact in given] == [("window cleaner", 1250)] * 2


def test_a_shop_says_what_needs_an_approval_and_the_ticket_that_is_left_is_left_then(till: Station) -> None:
    till.do(SaveRole("cashier", (Rule("sale.void", Leave.APPROVAL),)))
    till.settle()
    till.scan(code_of("guji"))
    till.state.session.void()
    wait(till, lambda: is_asked(till))
    assert facts(till, SaleVoided) == []
    till.scan(code_of("oat"))
    choose(till, "Anna Klein")
    till.press(Qt.Key.Key_Right)
    type_pin(till, PINS["anna"])
    wait(till, lambda: len(facts(till, SaleVoided)) == 1)
    wait(till, lambda: till.lines == [("1", "Oat milk 1 L")])


def with_least_price(till: Station) -> None:
    """Let the dripper, at 18.00, cost 17.00 at least."""
    till.do(SaveProducts("least", (ProductEdit("v60", minimum_price=Money.of("17.00", "EUR")),)))
    till.settle()


def off_the_sale(till: Station, percent: str) -> None:
    """Take something off the whole sale by F9."""
    till.press(Qt.Key.Key_F9)
    till.press(Qt.Key.Key_F9)
    till.type_in(percent)
    till.press(Qt.Key.Key_Return)


def test_what_needs_two_rights_is_asked_once_in_the_words_that_were_typed(till: Station) -> None:
    with_least_price(till)
    till.scan(code_of("v60"))
    off_the_sale(till, "20")
    wait(till, lambda: is_asked(till))
    sheet = till.sheet(ApprovalSheet)
    assert sheet.sentence.text() == (
        "Ben Okafor wants to take 20 % off this sale, and to sell “V60 dripper, white” below its least price of €17.00."
    )
    assert list(sheet.cards) == ["anna"], "Sue may give discounts, and not go below the least price"
    take_pictures(till.screen, "approval-of-two")
    till.press(Qt.Key.Key_Right)
    type_pin(till, PINS["anna"])
    wait(till, lambda: till.total == "€14.40")
    assert not is_asked(till)
    given = [fact for _, fact in facts(till, ApprovalGiven) if isinstance(fact, ApprovalGiven)]
    assert [fact.grant.right for fact in given] == ["sale.discount", "sale.below_minimum"]
    assert {(fact.asker, fact.grant.approver) for fact in given} == {("ben", "anna")}


def test_what_came_off_before_is_told_with_it(till: Station) -> None:
    take_off(till, "10")
    wait(till, lambda: till.total == "€16.20")
    off_the_sale(till, "20")
    wait(till, lambda: is_asked(till))
    assert till.sheet(ApprovalSheet).sentence.text() == "Ben Okafor wants to take 20 % off this sale, 28 % in all."


def test_who_may_everything_is_told_says_yes_and_a_manager_reads_it(till: Station) -> None:
    with_least_price(till)
    till.state.counter.person = queries.person(till.reader, "anna")
    take_off(till, "50")
    wait(till, lambda: is_told(till))
    sheet = till.sheet(MeantSheet)
    assert sheet.sentence.text() == "You are about to sell “V60 dripper, white” below its least price of €17.00."
    take_pictures(till.screen, "do-you-mean-it")
    till.scan(code_of("oat"))
    till.type_in("7")
    assert is_told(till), "what is scanned or typed meanwhile is no answer"
    till.press(Qt.Key.Key_Escape)
    wait(till, lambda: len(till.lines) == 2)
    assert facts(till, LineDiscounted) == facts(till, ApprovalGiven) == []
    till.press(Qt.Key.Key_Up)
    till.press(Qt.Key.Key_F9)
    till.type_in("50")
    till.press(Qt.Key.Key_Return)
    wait(till, lambda: is_told(till))
    till.press(Qt.Key.Key_Return)
    wait(till, lambda: len(facts(till, LineDiscounted)) == 1)
    wait(till, lambda: not is_told(till))
    ((actor, given),) = facts(till, ApprovalGiven)
    assert isinstance(given, ApprovalGiven)
    assert (actor, given.asker, given.grant.approver, given.grant.right) == ("anna",) * 3 + ("sale.below_minimum",)
    assert given.grant.sale, "it holds for this ticket"
    (row,) = approvals.given(till.reader, 0, 2**62)
    words = _Words(till.state.counter.shop, {"anna": "Anna Klein"}, {}, {}, 0)
    assert words.of_given(row).title == "Anna Klein: sell below the least price"
    assert "Did it themselves, and said yes" in words.of_given(row).detail
    off_the_sale(till, "60")
    wait(till, lambda: len(facts(till, SaleDiscounted)) == 1)
    assert not is_told(till), "once per ticket"


def test_locking_the_till_gives_the_question_up(till: Station) -> None:
    take_off(till, "20")
    wait(till, lambda: is_asked(till))
    till.press(Qt.Key.Key_L, CTRL)
    wait(till, lambda: till.is_in(Mode.LOCKED))
    assert till.state.approvals.wanted is None
    assert facts(till, LineDiscounted) == []


def test_wrong_pins_count_at_the_lock_and_at_an_approval_alike(till: Station) -> None:
    take_off(till, "20")
    wait(till, lambda: is_asked(till))
    choose(till, "Anna Klein")
    for _ in range(2):
        till.state.approvals.message = ""
        type_pin(till, "0000")
        wait(till, lambda: bool(till.state.approvals.message))
    till.press(Qt.Key.Key_L, CTRL)
    wait(till, lambda: till.is_in(Mode.LOCKED))
    type_pin(till, "0000")
    wait(till, lambda: len(facts(till, PersonShutOut)) == 1)
    type_pin(till, PINS["anna"])
    till.settle()
    assert till.is_in(Mode.LOCKED)
    clock = till.clock
    assert isinstance(clock, Clock)
    clock.ahead += 31
    type_pin(till, PINS["anna"])
    wait(till, lambda: till.is_in(Mode.SELLING))
