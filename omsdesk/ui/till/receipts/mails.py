"""Receipts by e-mail at the till: sent to whoever agreed, to an address typed once, and what became of them."""

from __future__ import annotations

from dataclasses import replace

from omsdesk.actions.execute import Done
from omsdesk.domain.customer import Customer, SaveCustomer
from omsdesk.domain.mailing import AskMail, Letter, MailState, NoteMail
from omsdesk.domain.messages import Command
from omsdesk.domain.records import record
from omsdesk.store.queries import mailing as queries
from omsdesk.store.queries import ticket as tickets
from omsdesk.store.queries.customer import customer_by_id
from omsdesk.store.queries.mailing import Mail
from omsdesk.ui.mail_words import told
from omsdesk.ui.till.counter import Aspect, Counter, Tone
from omsdesk.ui.till.goods.incoming import Demand
from omsdesk.ui.till.intake import Intake

NOT_SET_UP = "E-mail is not set up on this computer. A manager can do that in the settings, under E-mail."


_ON_ITS_WAY = {MailState.QUEUED, MailState.DEFERRED, MailState.SENDING}


@record
class MailWanted(Demand):
    """A receipt waits for the address that it goes to."""

    sale: str
    number: str
    customer: Customer | None = None
    """Whose receipt it is."""
    job: str = ""
    """The mail that is sent again to another address; empty for a new one."""


class MailDesk:
    """State and intents around e-mail."""

    def __init__(self, counter: Counter, intake: Intake) -> None:
        """Take the counter, and who asks for an address."""
        self.counter = counter
        self.intake = intake
        self.is_ready = False
        """Whether this computer can send e-mails."""

    def agreed(self, customer: str) -> bool:
        """Tell whether a customer has agreed to receipts by e-mail."""
        known = customer_by_id(self.counter.reader, customer) if customer else None
        return known is not None and known.takes_receipts_by_email

    def latest(self, sale: str) -> Mail | None:
        """Find the mail that brought a receipt last; None where none was asked for."""
        return next(iter(queries.of_document(self.counter.reader, sale)), None)

    def told(self, mail: Mail) -> str:
        """Say what became of a mail, in a few words."""
        return told(mail, self.counter.clock.now())

    def name_of(self, mail: Mail) -> str:
        """Call a mail by what it brings and to whom."""
        found = tickets.completed_sale(self.counter.reader, mail.document) if mail.letter is Letter.RECEIPT else None
        what = f"Receipt {found[0].number}" if found else str(mail.letter).capitalize()
        known = customer_by_id(self.counter.reader, mail.customer) if mail.customer else None
        return f"{what} for {known.title}" if known is not None and known.title else what

    def in_trouble(self) -> list[Mail]:
        """List the mails that were not sent, or of which nobody knows."""
        return queries.in_trouble(self.counter.reader)

    # ------------------------------------------------------------------------------ sending

    def send(self, sale: str) -> None:
        """Send a receipt to the ticket's customer if they agreed; otherwise ask for the address."""
        if not self.is_ready:
            self.counter.say(Tone.WARN, NOT_SET_UP)
            return
        found = tickets.completed_sale(self.counter.reader, sale)
        if found is None:
            return
        before, receipt = self.latest(sale), found[0]
        if before is not None and before.state in _ON_ITS_WAY:
            self.counter.say(Tone.INFO, "An e-mail with this receipt is on its way already.")
            return
        if before is not None and before.state in {MailState.UNKNOWN, MailState.FAILED}:
            self.send_again(before)
            return
        if receipt.is_training:
            self.counter.say(Tone.INFO, "Training. Nothing is sent to anybody.")
            return
        customer = customer_by_id(self.counter.reader, receipt.customer.id) if receipt.customer else None
        if customer is not None and customer.takes_receipts_by_email:
            self._ask(customer.title, AskMail(self._new_id(), Letter.RECEIPT, sale, customer.id))
        else:
            self.intake.ask(MailWanted(sale, receipt.number, customer))

    def send_to(self, wanted: MailWanted, address: str, *, always: bool) -> None:
        """Send a receipt to an address that was typed; ``always`` notes that this customer agreed to that for ever."""
        customer = wanted.customer
        if wanted.job:
            command: Command = NoteMail(wanted.job, MailState.QUEUED, address=address)
        elif customer is not None and always:
            known = replace(customer, email=address, receipts_by_email=self.counter.clock.now())
            save = SaveCustomer(known, ("email", "receipts_by_email"))
            ask = AskMail(self._new_id(), Letter.RECEIPT, wanted.sale, customer.id)
            self._ask(customer.title, save, ask)
            return
        else:
            command = AskMail(self._new_id(), Letter.RECEIPT, wanted.sale, address=address)
        self._ask("", command)

    def send_again(self, mail: Mail) -> None:
        """Send a mail again: somebody knows that it did not arrive, or what was wrong is put right."""
        if not self.is_ready:
            self.counter.say(Tone.WARN, NOT_SET_UP)
            return
        if mail.state is MailState.SENT:
            self.send(mail.document)
            return
        found = tickets.completed_sale(self.counter.reader, mail.document)
        if mail.state is MailState.FAILED and found is not None:
            # The same address would fail again.
            customer = customer_by_id(self.counter.reader, mail.customer) if mail.customer else None
            self.intake.ask(MailWanted(mail.document, found[0].number, customer, mail.job))
            return
        self._ask("", NoteMail(mail.job, MailState.QUEUED))

    def address_of(self, wanted: MailWanted) -> str:
        """Give the address that is known, to be put right."""
        typed = queries.typed_address(self.counter.reader, wanted.job) if wanted.job else ""
        return typed or (wanted.customer.email if wanted.customer else "")

    def settle(self, mail: Mail) -> None:
        """End a mail: the customer has it, or nobody needs it."""
        state = MailState.SENT if mail.state is MailState.UNKNOWN else MailState.CANCELLED
        self.counter.change(NoteMail(mail.job, state), then=lambda _: self.counter.tell(Aspect.STATUS))

    def _ask(self, whom: str, *commands: Command) -> None:
        def asked(_: Done) -> None:
            to = f" to {whom}" if whom else ""
            self.counter.say(Tone.OK, f"The receipt goes by e-mail{to}.")
            self.counter.tell(Aspect.STATUS)

        self.counter.change(*commands, then=asked)

    def _new_id(self) -> str:
        return self.counter.clock.new_id()
