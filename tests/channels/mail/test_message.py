"""A mail as a mail program reads it."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from omsdesk.channels.mail.message import Message, Picture, compose, message_id
from omsdesk.domain.values import Stamp

MESSAGE = Message(
    id="0198:mail",
    sender="till@kontor.example",
    sender_name="Kontor Kaffee, Hamburg",
    recipient="anna@example.org",
    subject="Kontor Kaffee: Receipt 1A-000001 über 12,90 €",
    at=Stamp(1785249120000, 120),
    text="Danke für Ihren Besuch.\n.\nFrom here",
    html="<p>Danke für Ihren Besuch. <img src='cid:picture1'></p>",
    pictures=(Picture("picture1", b"\x89PNG"),),
    pdf=b"%PDF-1.4 receipt",
    pdf_name="receipt-1A-000001.pdf",
)


def read(message: Message) -> EmailMessage:
    made = message_from_bytes(compose(message), policy=policy.default)
    assert isinstance(made, EmailMessage)
    return made


def test_the_same_mail_has_the_same_bytes_for_ever() -> None:
    assert compose(MESSAGE) == compose(MESSAGE)
    assert message_id(MESSAGE) == "<0198.mail@kontor.example>"


def test_who_writes_to_whom_about_what() -> None:
    mail = read(MESSAGE)
    assert mail["From"].addresses[0].display_name == "Kontor Kaffee, Hamburg"
    assert mail["To"] == "anna@example.org"
    assert mail["Subject"] == MESSAGE.subject
    assert mail["Date"].datetime == MESSAGE.at.local
    assert mail["Auto-Submitted"] == "auto-generated"


def test_words_page_and_document_come_with_it() -> None:
    mail = read(MESSAGE)
    plain, page = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert plain.get_content().splitlines() == ["Danke für Ihren Besuch.", ".", "From here"]
    assert page is not None
    assert "Danke für Ihren Besuch." in page.get_content()
    (pdf,) = mail.iter_attachments()
    assert (pdf.get_filename(), pdf.get_content()) == ("receipt-1A-000001.pdf", b"%PDF-1.4 receipt")
    (picture,) = [part for part in mail.walk() if part.get_content_type() == "image/png"]
    assert picture["Content-ID"] == "<picture1>"


def test_every_byte_can_travel_anywhere_and_no_line_is_too_long() -> None:
    data = compose(replace(MESSAGE, text="ä" * 3000, html="<p>" + "ß" * 3000))
    assert data.isascii()
    assert max(map(len, data.split(b"\r\n"))) <= 998
    assert b"\n" not in data.replace(b"\r\n", b"")


def test_a_name_cannot_write_headers() -> None:
    mail = read(replace(MESSAGE, sender_name="Shop\r\nBcc: x@example.org", subject="Hi\nBcc: y@example.org"))
    assert mail["Bcc"] is None
    assert mail["Subject"] == "Hi Bcc: y@example.org"


def test_words_alone_are_a_mail_too() -> None:
    mail = read(replace(MESSAGE, html="", pdf=b"", pictures=()))
    assert mail.get_content_type() == "text/plain"


@pytest.mark.parametrize("recipient", ["nobody", "a@b@c", ""])
def test_what_is_no_address_is_no_mail(recipient: str) -> None:
    with pytest.raises((ValueError, IndexError)):
        compose(replace(MESSAGE, recipient=recipient))


def test_a_domain_with_other_letters() -> None:
    assert read(replace(MESSAGE, recipient="anna@bücher.example"))["To"] == "anna@xn--bcher-kva.example"
