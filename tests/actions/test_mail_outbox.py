"""What the mailer is given to send, and what it is not given: with a real mail server at the other end."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from omsdesk.actions.mail_outbox import MailOutbox
from omsdesk.actions.mailing import KEPT_MS
from omsdesk.actions.writer import Writer
from omsdesk.channels.mail.mailer import Mailer
from omsdesk.channels.mail.server import MailServer, Patience
from omsdesk.domain.buying import SetCustomer
from omsdesk.domain.customer import Customer, ForgetCustomer, SaveCustomer
from omsdesk.domain.mailing import AskMail, Letter, MailState, NoteMail, TakenAlready
from omsdesk.domain.messages import Refusal
from omsdesk.domain.people import SYSTEM
from omsdesk.domain.printing import PaperKind
from omsdesk.domain.receipt_policy import Paper
from omsdesk.domain.values import Stamp
from omsdesk.settings import MailSecurity
from omsdesk.store import replay
from omsdesk.store.queries import mailing as queries
from omsdesk.store.queries.printing import was_asked
from tests.channels.mail.mail_host import BreakingLine, MailHost, mail_host
from tests.patience import until
from tests.store.station import Station

ANNA = Customer("anna", "Anna Smith", email="anna@example.org", receipts_by_email=Stamp(1))
SERVER = MailServer("mail.example", 587, sender="till@kontor.example")
SOON = Patience(5.0, 5.0, 5.0)


@pytest.fixture
def outbox(till: Station) -> Iterator[MailOutbox]:
    writer = Writer(till.executor)
    yield MailOutbox(till.database.reader, writer)
    writer.close()


@pytest.fixture
def host() -> Iterator[MailHost]:
    with mail_host() as running:
        yield running


def sell_to_anna(till: Station, sale: str = "sale-1", paper: Paper = Paper.MAIL) -> None:
    till.do(SaveCustomer(ANNA), SetCustomer(sale, "anna"))
    till.sell(sale, paper=paper)


def state(till: Station, job: str = "sale-1:mail") -> MailState:
    known = queries.one(till.database.writer, job)
    assert known is not None
    return known.state


def test_the_mail_is_written_in_the_transaction_of_the_sale_and_holds_no_address(till: Station) -> None:
    sell_to_anna(till)
    (mail,) = queries.of_document(till.database.writer, "sale-1")
    assert (mail.state, mail.customer, mail.letter) == (MailState.QUEUED, "anna", Letter.RECEIPT)
    assert not was_asked(till.database.writer, PaperKind.RECEIPT, "sale-1")
    bodies = till.database.writer.rows("SELECT kind, body FROM journal WHERE kind LIKE 'mail.%'")
    assert [kind for kind, body in bodies if b"example.org" in body] == []


def test_both_is_paper_and_a_mail(till: Station) -> None:
    sell_to_anna(till, paper=Paper.BOTH)
    assert was_asked(till.database.writer, PaperKind.RECEIPT, "sale-1")
    assert len(queries.of_document(till.database.writer, "sale-1")) == 1


def test_without_a_customer_there_is_paper(till: Station) -> None:
    till.sell("sale-1", paper=Paper.MAIL)
    assert was_asked(till.database.writer, PaperKind.RECEIPT, "sale-1")
    assert queries.of_document(till.database.writer, "sale-1") == []


def test_the_same_mail_has_the_same_bytes_at_each_attempt(till: Station, outbox: MailOutbox) -> None:
    sell_to_anna(till)
    first, second = outbox.due(SERVER), outbox.due(SERVER)
    assert first is not None
    assert first == second
    assert first.recipient == "anna@example.org"
    assert b"Message-ID: <sale-1.mail@kontor.example>" in first.payload


def test_only_one_program_can_begin_a_mail(till: Station, outbox: MailOutbox) -> None:
    sell_to_anna(till)
    mail = outbox.due(SERVER)
    assert mail is not None
    assert outbox.begin(mail)
    assert not outbox.begin(mail)
    assert outbox.due(SERVER) is None


def test_what_was_on_its_way_when_the_program_ended_is_asked_about(till: Station, outbox: MailOutbox) -> None:
    sell_to_anna(till)
    mail = outbox.due(SERVER)
    assert mail is not None
    outbox.begin(mail)
    outbox.settle()
    assert state(till) is MailState.UNKNOWN
    assert outbox.due(SERVER) is None, "nobody sends it again by himself"
    till.do(NoteMail("sale-1:mail", MailState.QUEUED))
    again = outbox.due(SERVER)
    assert again == mail, "the same mail, so that whoever gets both has one"


def test_what_was_asked_for_on_another_disk_is_not_sent_by_itself(till: Station, outbox: MailOutbox) -> None:
    sell_to_anna(till)
    till.database.raise_epoch()
    assert outbox.due(SERVER) is None
    assert state(till) is MailState.UNKNOWN
    till.do(NoteMail("sale-1:mail", MailState.QUEUED))
    assert outbox.due(SERVER) is not None


def test_whoever_was_forgotten_is_written_to_no_more(till: Station, outbox: MailOutbox) -> None:
    sell_to_anna(till)
    till.do(ForgetCustomer("anna"))
    assert outbox.due(SERVER) is None
    assert state(till) is MailState.CANCELLED


def test_whoever_does_not_want_receipts_any_more_gets_none(till: Station, outbox: MailOutbox) -> None:
    sell_to_anna(till)
    till.do(SaveCustomer(Customer("anna", "Anna Smith", email="anna@example.org"), ("receipts_by_email",)))
    assert outbox.due(SERVER) is None
    assert state(till) is MailState.CANCELLED


def test_a_typed_address_is_kept_until_its_mail_is_gone_and_never_in_the_journal(
    till: Station, outbox: MailOutbox
) -> None:
    till.sell("sale-1")
    till.do(AskMail("m1", Letter.RECEIPT, "sale-1", address=" guest@example.org "))
    mail = outbox.due(SERVER)
    assert mail is not None
    assert mail.recipient == "guest@example.org"
    assert not [1 for (body,) in till.database.writer.rows("SELECT body FROM journal") if b"guest@" in body]
    replay.rebuild(till.database)
    assert queries.typed_address(till.database.writer, "m1") == "guest@example.org", "it comes from no journal"
    till.do(NoteMail("m1", MailState.SENT))
    assert queries.typed_address(till.database.writer, "m1") == ""


def test_an_address_that_was_typed_is_forgotten_with_the_person(till: Station) -> None:
    till.sell("sale-1")
    till.do(SaveCustomer(ANNA), AskMail("m1", Letter.RECEIPT, "sale-1", address="Anna@Example.org"))
    till.do(ForgetCustomer("anna"))
    assert queries.typed_address(till.database.writer, "m1") == ""


@pytest.mark.parametrize("address", ["", "nobody", "a@b", "a b@example.org", "x@example.org\r\nBcc: y@example.org"])
def test_what_is_no_address_is_said_and_nothing_is_asked_for(till: Station, address: str) -> None:
    till.sell("sale-1")
    outcome = till.executor.execute(SYSTEM, AskMail("m1", Letter.RECEIPT, "sale-1", address=address))
    assert isinstance(outcome, Refusal)
    assert "name@example.org" in outcome.sentence
    assert queries.of_document(till.database.writer, "sale-1") == []


def test_a_document_that_is_not_here_is_said(till: Station, outbox: MailOutbox) -> None:
    till.do(AskMail("m1", Letter.RECEIPT, "nothing", address="guest@example.org"))
    assert outbox.due(SERVER) is None
    known = queries.one(till.database.writer, "m1")
    assert known is not None
    assert (known.state, known.detail) == (MailState.FAILED, "This receipt is not in the database.")


def test_what_cannot_be_sent_for_a_month_is_given_up(till: Station, outbox: MailOutbox) -> None:
    sell_to_anna(till)
    till.clock.moment = Stamp(till.clock.now().utc_ms + KEPT_MS + 10_000)
    assert outbox.due(SERVER) is None
    assert state(till) is MailState.FAILED


# ------------------------------------------------------------------------------ with the mailer


def run(outbox: MailOutbox, server: MailServer) -> Mailer:
    mailer = Mailer(outbox, lambda: server, SOON, (0.05,))
    mailer.start()
    return mailer


def test_a_sale_becomes_a_mail(till: Station, outbox: MailOutbox, host: MailHost) -> None:
    sell_to_anna(till)
    mailer = run(outbox, host.at())
    until(lambda: state(till) is MailState.SENT)
    mailer.stop()
    (mail,) = host.mails
    assert mail["To"] == "anna@example.org"
    assert "1A-000001" in mail["Subject"]
    assert [part.get_content_type() for part in mail.walk() if not part.is_multipart()] == [
        "text/plain", "text/html", "image/png", "application/pdf",
    ]  # fmt: skip


def test_a_mailbox_that_does_not_exist_ends_it_and_the_answer_names_nobody(
    till: Station, outbox: MailOutbox, host: MailHost
) -> None:
    host.answers["RCPT"] = "550 5.1.1 <anna@example.org>: user unknown"
    sell_to_anna(till)
    mailer = run(outbox, host.at())
    until(lambda: state(till) is MailState.FAILED)
    mailer.stop()
    (mail,) = queries.in_trouble(till.database.writer)
    assert "does not exist" in mail.detail
    assert "anna@" not in mail.detail
    assert host.commands.count("RCPT") == 1


def test_later_is_tried_later_with_growing_pauses(till: Station, outbox: MailOutbox, host: MailHost) -> None:
    host.answers["RCPT"] = "451 4.7.1 Greylisted"
    sell_to_anna(till)
    mailer, minutes = run(outbox, host.at()), (1, 5, 15, 60, 240, 240)
    for attempt, pause in enumerate(minutes, 1):
        until(lambda attempt=attempt: _attempt(till) == attempt)  # type: ignore[misc]
        assert host.commands.count("RCPT") == attempt
        till.clock.moment = Stamp(till.clock.now().utc_ms + pause * 60_000 - 10_000)
        mailer.wake()
        until(lambda: not mailer._woken.is_set())
        assert _attempt(till) == attempt, "too early"
        till.clock.moment = Stamp(till.clock.now().utc_ms + 20_000)
        mailer.wake()
    until(lambda: _attempt(till) == len(minutes) + 1)
    del host.answers["RCPT"]
    till.clock.moment = Stamp(till.clock.now().utc_ms + 241 * 60_000)
    mailer.wake()
    until(lambda: state(till) is MailState.SENT)
    mailer.stop()
    assert len(host.taken) == 1


def _itself(server: MailServer) -> MailServer:
    return server


def _attempt(till: Station) -> int:
    known = queries.one(till.database.writer, "sale-1:mail")
    return known.attempt if known else 0


def test_days_without_a_line_leave_two_lines_in_the_journal(till: Station, outbox: MailOutbox, host: MailHost) -> None:
    sell_to_anna(till)
    server = [MailServer("127.0.0.1", 1, MailSecurity.NONE, sender="till@kontor.example")]
    mailer = Mailer(outbox, lambda: server[0], SOON, (0.01,))
    mailer.start()
    until(lambda: mailer._failures > 5)
    assert state(till) is MailState.DEFERRED
    count = till.database.writer.value("SELECT count(*) FROM journal WHERE kind = 'mail.noted'")
    assert count == 1
    server[0] = host.at()
    mailer.wake()
    until(lambda: state(till) is MailState.SENT)
    mailer.stop()


def test_a_line_that_breaks_after_the_last_line_is_asked_about(
    till: Station, outbox: MailOutbox, host: MailHost, tmp_path: Path
) -> None:
    host.answers["END"] = "354 strange"
    sell_to_anna(till)
    mailer = run(outbox, host.at())
    until(lambda: state(till) is MailState.UNKNOWN)
    mailer.stop()
    assert host.commands.count("END") == 1, "nobody sends it again by himself"


def test_a_restart_at_any_moment_loses_and_doubles_nothing(till: Station, host: MailHost) -> None:
    """The program is ended while a mail is sent, again and again, and started anew."""
    for number in range(12):
        sale = f"sale-{number}"
        sell_to_anna(till, sale)
        line = BreakingLine(host.port, of_client=200 * number)
        for port in (line.port, host.port):
            writer = Writer(till.executor)
            server = MailServer("127.0.0.1", port, MailSecurity.NONE, sender="till@kontor.example")
            mailer = Mailer(MailOutbox(till.database.reader, writer), partial(_itself, server), SOON, (0.01,))
            mailer.start()
            until(lambda sale=sale: state(till, f"{sale}:mail") is not MailState.QUEUED)  # type: ignore[misc]
            mailer.stop()
            mailer._thread.join(20)
            writer.close()
        line.close()
    ids = [mail["Message-ID"] for mail in host.mails]
    assert len(ids) == len(set(ids)), "none is doubled"
    states = {sale: state(till, f"sale-{sale}:mail") for sale in range(12)}
    for number, known in states.items():
        is_there = f"<sale-{number}.mail@kontor.example>" in ids
        assert known in {MailState.SENT, MailState.UNKNOWN, MailState.DEFERRED, MailState.SENDING}
        assert is_there == (known is MailState.SENT) or known is MailState.UNKNOWN, f"{number} {known}"


def test_a_mail_that_is_on_its_way_cannot_be_called_off(till: Station, outbox: MailOutbox) -> None:
    sell_to_anna(till)
    mail = outbox.due(SERVER)
    assert mail is not None
    outbox.begin(mail)
    outcome = till.executor.execute(SYSTEM, NoteMail("sale-1:mail", MailState.CANCELLED))
    assert isinstance(outcome, TakenAlready)
