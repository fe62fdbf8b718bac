"""What a customer reads: a receipt, a refund, an order, a statement."""

from __future__ import annotations

import io

import pypdfium2
import pytest

from omsdesk.actions.letters import message_of, trial_message
from omsdesk.actions.paper import NoDocument
from omsdesk.channels.mail.message import Message
from omsdesk.domain.buying import SetCustomer
from omsdesk.domain.customer import Customer, SaveCustomer
from omsdesk.domain.mailing import Letter, MailState
from omsdesk.domain.values import Stamp
from omsdesk.store.queries.mailing import Mail
from tests.domain.corner_shop import NOON
from tests.store.station import Station

ANNA = Customer("anna", "Anna Smith", email="anna@example.org", receipts_by_email=Stamp(1))


def mail(letter: Letter, document: str, first: str = "", last: str = "") -> Mail:
    return Mail("m1", letter, document, "anna", first, last, MailState.QUEUED, "", 0, NOON, NOON.utc_ms)


def written(till: Station, asked: Mail) -> Message:
    return message_of(till.database.writer, asked, "anna@example.org", "till@kontor.example")


def words_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def test_a_receipt_says_the_same_in_words_on_the_page_and_in_the_pdf(till: Station) -> None:
    till.sell("sale-1")
    made = written(till, mail(Letter.RECEIPT, "sale-1"))
    assert made.subject.endswith(": Receipt 1A-000001")
    assert made.pdf_name == "receipt-1A-000001.pdf"
    for said in ("1A-000001", "TOTAL"):
        assert said in made.text
        assert said in made.html
        assert said in words_of(made.pdf)
    assert made.text.startswith("Thank you for your visit. Here is your receipt of ")


def test_amounts_and_days_are_written_as_the_shop_does(till: Station) -> None:
    till.sell("sale-1")
    made = written(till, mail(Letter.RECEIPT, "sale-1"))
    assert "£" in made.text.splitlines()[0]


def test_a_statement_names_its_days(till: Station) -> None:
    till.do(SaveCustomer(ANNA), SetCustomer("sale-1", "anna"))
    till.sell("sale-1")
    day = NOON.day
    made = written(till, mail(Letter.STATEMENT, "anna", f"{day[:4]}-01-01", day))
    assert ": Statement " in made.subject
    assert "Anna Smith" in made.text
    assert made.pdf_name == f"statement-{day}.pdf"


@pytest.mark.parametrize("letter", Letter)
def test_what_is_not_there_is_said(till: Station, letter: Letter) -> None:
    with pytest.raises(NoDocument):
        written(till, mail(letter, "nothing", "2026-01-01", "2026-12-31"))


def test_the_test_mail_is_plain_words() -> None:
    made = trial_message("1", "till@kontor.example", "me@example.org", NOON)
    assert (made.html, made.pdf) == ("", b"")
    assert made.text.endswith(".\n")
