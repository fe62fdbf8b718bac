"""Mails composed of what the database knows: words in the shop's own way, a page, and the document as a PDF."""

from __future__ import annotations

from dataclasses import dataclass

from omsdesk.actions.paper import receipt_of
from omsdesk.channels.mail.message import Message, Picture
from omsdesk.documents import html, pdf, plain
from omsdesk.documents.formats import format_day, format_money
from omsdesk.documents.paper import Paper
from omsdesk.documents.receipt import receipt_paper
from omsdesk.domain.mailing import Letter
from omsdesk.domain.period import Period
from omsdesk.domain.values import Stamp
from omsdesk.store.engine import Connection
from omsdesk.store.queries.mailing import Mail


@dataclass(frozen=True, slots=True)
class _Draft:
    """What is said of a document: its shop, what it is called, the words above it, and its paper."""

    shop: str
    title: str
    words: str
    paper: Paper
    file: str
    locale: str


def message_of(connection: Connection, mail: Mail, recipient: str, sender: str) -> Message:
    """Compose a mail as it is sent now.

    Raises:
        NoDocument: nothing is known of its document.
        ValueError: a picture or a code of it cannot be drawn, or an address is none.

    """
    draft = _DRAFTS[mail.letter](connection, mail)
    page = html.render(draft.paper, f"{draft.shop}: {draft.title}", draft.words, draft.locale)
    return Message(
        id=mail.job,
        sender=sender,
        sender_name=draft.shop,
        recipient=recipient,
        subject=f"{draft.shop}: {draft.title}",
        at=mail.asked,
        text=f"{draft.words}\n\n{plain.render(draft.paper)}",
        html=page.text,
        pictures=tuple(Picture(row.name, row.png) for row in page.pictures),
        pdf=pdf.render(draft.paper, title=draft.title).payload,
        pdf_name=f"{draft.file}.pdf",
    )


def trial_message(id: str, sender: str, recipient: str, at: Stamp) -> Message:
    """Compose the mail that shows whether sending is set up right."""
    return Message(
        id=id,
        sender=sender,
        sender_name="",
        recipient=recipient,
        subject="Test mail of your till",
        at=at,
        text="Your till can send receipts by e-mail: this is one that it sent.\n",
    )


def _receipt(connection: Connection, mail: Mail) -> _Draft:
    receipt = receipt_of(connection, mail.document)
    is_refund = receipt.total.minor < 0
    what = "refund" if is_refund else "receipt"
    amount = format_money(-receipt.total if is_refund else receipt.total, receipt.locale)
    day = format_day(receipt.at.day, receipt.locale)
    shop = receipt.letterhead.shop_name
    words = f"Thank you for your visit. Here is your {what} of {day} over {amount}, below and as a PDF to keep."
    title = f"{what.capitalize()} {receipt.number}"
    return _Draft(shop, title, words, receipt_paper(receipt), f"{what}-{receipt.number}", receipt.locale)


def _order(connection: Connection, mail: Mail) -> _Draft:
    from omsdesk.actions.order_paper import order_document_of
    from omsdesk.documents.order import order_paper

    order = order_document_of(connection, mail.document)
    what = "Quotation" if order.is_quotation else "Order"
    words = f"Here is how it stands with your {what.lower()} {order.number}, below and as a PDF to keep."
    shop = order.letterhead.shop_name
    return _Draft(
        shop, f"{what} {order.number}", words, order_paper(order), f"{what.lower()}-{order.number}", order.locale
    )


def _statement(connection: Connection, mail: Mail) -> _Draft:
    from omsdesk.actions.customer_statement import statement_of
    from omsdesk.documents.statement import statement_paper

    made = statement_of(connection, mail.document, Period(mail.first, mail.last), mail.asked)
    days = " to ".join(format_day(day, made.locale) for day in (made.first, made.last))
    words = f"Here is what moved on your account from {days}, below and as a PDF to keep."
    shop = made.letterhead.shop_name
    return _Draft(shop, f"Statement {days}", words, statement_paper(made), f"statement-{made.last}", made.locale)


_DRAFTS = {Letter.RECEIPT: _receipt, Letter.ORDER: _order, Letter.STATEMENT: _statement}
