"""Receipts by e-mail at the till, by its keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from omsdesk.domain.buying import SetCustomer
from omsdesk.domain.customer import Customer, SaveCustomer
from omsdesk.domain.mailing import MailAsked, MailState, NoteMail
from omsdesk.domain.printing import PrintAsked
from omsdesk.domain.receipt_policy import Paper
from omsdesk.domain.values import Stamp
from omsdesk.store import journal
from omsdesk.store.queries import mailing as queries
from omsdesk.store.queries.customer import customer_by_id
from omsdesk.ui.till.done_view import DoneView
from omsdesk.ui.till.receipts.mail_sheet import MailSheet
from omsdesk.ui.till.receipts.mails_sheet import MailsSheet
from omsdesk.ui.till.receipts.receipts_sheet import ReceiptsSheet
from omsdesk.ui.till.screen import Mode
from tests.ui.till.shop import Station, code_of

ANNA = Customer("anna-s", "Anna Smith", email="anna@example.org", receipts_by_email=Stamp(1))
BOB = Customer("bob", "Bob Jones", email="bob@example.org")


@pytest.fixture
def shop(till: Station) -> Station:
    till.do(SaveCustomer(ANNA), SaveCustomer(BOB))
    till.state.mails.is_ready = True
    return till


def sell(till: Station, customer: str = "") -> str:
    till.scan(code_of("guji"))
    sale = till.state.session.sale
    assert sale is not None
    if customer:
        till.state.session.submit(SetCustomer(sale.sale, customer), then=till.state.session.follow)
        till.settle()
    till.press(Qt.Key.Key_F5)
    assert till.is_in(Mode.DONE)
    return sale.sale


def asked(till: Station) -> list[MailAsked]:
    return [entry.fact for entry in journal.since(till.reader, 0) if isinstance(entry.fact, MailAsked)]


def printed(till: Station) -> list[PrintAsked]:
    facts = [entry.fact for entry in journal.since(till.reader, 0)]
    return [fact for fact in facts if isinstance(fact, PrintAsked) and fact.paper == "receipt"]


def choose(till: Station, digit: str) -> None:
    till.type_in(digit)
    till.bot.wait(500)
    till.settle()


def test_whoever_agreed_gets_a_mail_and_no_paper(shop: Station) -> None:
    sale = sell(shop, "anna-s")
    assert [(fact.document, fact.customer) for fact in asked(shop)] == [(sale, "anna-s")]
    assert printed(shop) == []
    assert shop.view(DoneView).number.text().endswith("· e-mail waits")


def test_without_mail_on_this_computer_everybody_gets_paper(shop: Station) -> None:
    shop.state.mails.is_ready = False
    sell(shop, "anna-s")
    assert (asked(shop), len(printed(shop))) == ([], 1)
    assert not shop.view(DoneView).mail_button.isVisible()
    choose(shop, "2")
    assert shop.said.startswith("E-mail is not set up on this computer.")


def test_whoever_did_not_agree_gets_paper(shop: Station) -> None:
    sell(shop, "bob")
    assert (asked(shop), len(printed(shop))) == ([], 1)


def test_an_address_is_typed_once_and_is_in_no_entry(shop: Station) -> None:
    sell(shop)
    choose(shop, "2")
    sheet = shop.sheet(MailSheet)
    assert not sheet.always.isVisible()
    shop.type_in("guest@")
    shop.press(Qt.Key.Key_Return)
    assert asked(shop) == [], "that is no address yet"
    shop.type_in("example.org")
    shop.press(Qt.Key.Key_Return)
    assert shop.said == "The receipt goes by e-mail."
    (fact,) = asked(shop)
    assert queries.typed_address(shop.reader, fact.job) == "guest@example.org"
    assert not [1 for (body,) in shop.reader.rows("SELECT body FROM journal") if b"guest@" in body]
    assert shop.is_in(Mode.DONE)


def test_escape_sends_nothing_and_the_next_sale_goes_on(shop: Station) -> None:
    sell(shop)
    choose(shop, "2")
    shop.press(Qt.Key.Key_Escape)
    assert shop.screen.sheet is None
    assert asked(shop) == []
    shop.scan(code_of("oat"))
    assert shop.lines == [("1", "Oat milk 1 L")]


def test_a_known_customer_can_agree_for_ever(shop: Station) -> None:
    sell(shop, "bob")
    choose(shop, "2")
    sheet = shop.sheet(MailSheet)
    assert sheet.address.text() == "bob@example.org"
    sheet.always.setChecked(True)
    shop.press(Qt.Key.Key_Return)
    known = customer_by_id(shop.reader, "bob")
    assert known is not None
    assert known.takes_receipts_by_email
    assert [fact.customer for fact in asked(shop)] == ["bob"]


def test_a_known_customer_can_agree_once(shop: Station) -> None:
    sell(shop, "bob")
    choose(shop, "2")
    shop.press(Qt.Key.Key_Return)
    known = customer_by_id(shop.reader, "bob")
    assert known is not None
    assert known.receipts_by_email is None
    assert [fact.customer for fact in asked(shop)] == [""]


def test_where_everybody_is_asked_there_are_five_ways(shop: Station) -> None:
    shop.state.checkout.paper = Paper.NONE
    sell(shop, "anna-s")
    view = shop.view(DoneView)
    assert view.both_button.isVisible()
    assert view.none_button.isVisible()
    choose(shop, "4")
    assert (len(asked(shop)), len(printed(shop))) == (1, 1)
    assert not view.both_button.isVisible()


def test_a_mail_on_its_way_is_not_asked_for_twice(shop: Station) -> None:
    sell(shop, "anna-s")
    choose(shop, "2")
    assert shop.said == "An e-mail with this receipt is on its way already."
    assert len(asked(shop)) == 1


def test_a_mail_of_which_nobody_knows_is_sent_again_as_the_same_mail(shop: Station) -> None:
    sell(shop, "anna-s")
    (fact,) = asked(shop)
    shop.do(NoteMail(fact.job, MailState.SENDING), NoteMail(fact.job, MailState.UNKNOWN, "The line broke off."))
    choose(shop, "2")
    assert len(asked(shop)) == 1
    known = queries.one(shop.reader, fact.job)
    assert known is not None
    assert known.state is MailState.QUEUED


def test_what_was_not_sent_is_listed_with_its_reason_and_what_can_be_done(shop: Station) -> None:
    sell(shop, "anna-s")
    (fact,) = asked(shop)
    shop.do(NoteMail(fact.job, MailState.FAILED, "This address does not exist.", 1))
    shop.press(Qt.Key.Key_Return)
    shop.screen.errands.mails()
    shop.settle()
    sheet = shop.sheet(MailsSheet)
    assert sheet.reason.text() == "This address does not exist."
    shop.press(Qt.Key.Key_Return)
    address = shop.sheet(MailSheet).address
    assert address.text() == "anna@example.org"
    address.setText("anna.smith@example.org")
    shop.press(Qt.Key.Key_Return)
    known = queries.one(shop.reader, fact.job)
    assert known is not None
    assert known.state is MailState.QUEUED
    assert queries.typed_address(shop.reader, fact.job) == "anna.smith@example.org"


@pytest.mark.parametrize(
    ("before", "label", "after"),
    [
        (MailState.UNKNOWN, "It arrived", MailState.SENT),
        (MailState.FAILED, "Do not send it", MailState.CANCELLED),
        (MailState.DEFERRED, "Do not send it", MailState.CANCELLED),
    ],
)
def test_a_mail_can_be_settled(shop: Station, before: MailState, label: str, after: MailState) -> None:
    sell(shop, "anna-s")
    (fact,) = asked(shop)
    shop.do(NoteMail(fact.job, before, "Why.", 1))
    shop.press(Qt.Key.Key_Return)
    shop.screen.errands.mails()
    shop.settle()
    sheet = shop.sheet(MailsSheet)
    assert sheet.settle.label == label
    sheet.settle.click()
    shop.settle()
    known = queries.one(shop.reader, fact.job)
    assert known is not None
    assert known.state is after
    shop.until(sheet.empty.isVisible)


def test_the_list_of_receipts_says_what_became_of_the_mail_and_sends_it(shop: Station) -> None:
    sale = sell(shop, "anna-s")
    (fact,) = asked(shop)
    shop.do(NoteMail(fact.job, MailState.SENDING), NoteMail(fact.job, MailState.SENT))
    shop.press(Qt.Key.Key_Return)
    shop.press(Qt.Key.Key_F8)
    sheet = shop.sheet(ReceiptsSheet)
    assert sheet.marked == sale
    assert "mailed" in str(sheet.list.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    sheet.mail.click()
    shop.settle()
    assert shop.said == "The receipt goes by e-mail to Anna Smith."
    assert len(asked(shop)) == 2
