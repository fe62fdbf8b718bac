"""Customers: how they are reached, what they are given and allowed, the groups they belong to, and what forgets them.

What a cashier may write down (name, phone, card) and what costs money (price list, exemption, limit) are two facts: a
station that only sells is believed about the first and not about the second.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import ClassVar

from omsdesk.domain.field_write import UNSEEN, Seen
from omsdesk.domain.messages import Command, Decision, Event, Refusal, event
from omsdesk.domain.pricing import is_valid
from omsdesk.domain.records import record
from omsdesk.domain.values import Money, Stamp

PPM = 1_000_000


@record
class Exemption:
    """Leave to buy without tax, on somebody's paper."""

    number: str
    reason: str = ""
    valid_until: str = ""
    """The last day it holds (ISO 8601); empty is without end."""

    def holds(self, day: str) -> bool:
        """Tell whether it holds on a day."""
        return bool(self.number) and is_valid("", self.valid_until, day)


@record
class Customer:
    """Somebody who buys. Nothing but a way to know them again is needed; no date of birth is kept."""

    id: str
    name: str = ""
    company: str = ""
    phone: str = ""
    email: str = ""
    address: tuple[str, ...] = ()
    country: str = ""
    """ISO 3166, two letters."""
    tax_number: str = ""
    card: str = ""
    """The code on their card, as it is scanned."""
    note: str = ""
    """What whoever serves them has to know."""
    receipts_by_email: Stamp | None = None
    """When they agreed to receipts by e-mail; None where they did not."""
    marketing: Stamp | None = None
    """When they agreed to be written to."""
    groups: tuple[str, ...] = ()
    price_list: str = ""
    exemption: Exemption | None = None
    credit_limit: Money | None = None
    """How much they may owe; None where they pay at once."""
    is_active: bool = True

    @property
    def title(self) -> str:
        """What they are called on a screen: the first that is known."""
        return self.name or self.company or self.phone or self.email or self.card

    @property
    def takes_receipts_by_email(self) -> bool:
        """Whether a receipt may go to their e-mail address, and there is one."""
        return self.receipts_by_email is not None and bool(self.email)


CONTACT = (
    "name", "company", "phone", "email", "address", "country", "tax_number", "card", "note", "receipts_by_email",
    "marketing",
)  # fmt: skip
"""What anybody who sells may write down."""
TERMS = ("groups", "price_list", "exemption", "credit_limit", "is_active")
"""What costs money: it is for those who may edit customers."""


@record
class CustomerGroup:
    """Customers who are treated alike."""

    id: str
    name: str
    price_list: str = ""
    points_ppm: int = PPM
    """How many points they earn against what others do, in millionths: 2,000,000 is twice as many."""
    is_active: bool = True


@record
class Buyer:
    """The customer of a ticket: the copy of what was known of them that the ticket keeps.

    A receipt cannot be forgotten, so it holds nothing by which anybody could be reached.
    """

    id: str
    name: str = ""
    groups: tuple[str, ...] = ()
    price_lists: tuple[str, ...] = ()
    """Their own price list, and those of their groups."""
    exemption: str = ""
    """The number of the exemption that held; empty where they pay taxes."""
    card: str = ""
    points_ppm: int = PPM
    """How many points they earn against what others do: the best of their groups."""

    @property
    def has_own_prices(self) -> bool:
        """Whether lines may cost them something else than others."""
        return bool(self.price_lists or self.exemption)


def buyer(customer: Customer, groups: Mapping[str, CustomerGroup], day: str) -> Buyer:
    """Copy what a ticket of a day has to know of a customer; ``groups`` are all that are known."""
    theirs = [groups[id] for id in customer.groups if id in groups and groups[id].is_active]
    lists = dict.fromkeys((customer.price_list, *(group.price_list for group in theirs)))
    exemption = customer.exemption
    return Buyer(
        customer.id,
        customer.title,
        tuple(group.id for group in theirs),
        tuple(id for id in lists if id),
        exemption.number if exemption and exemption.holds(day) else "",
        customer.card,
        max((group.points_ppm for group in theirs), default=PPM),
    )


# ------------------------------------------------------------------------------------------- commands


@record
class SaveCustomer(Command):
    """Write down a customer, or change how they are reached; ``said`` and ``base`` as in ``SavePerson``."""

    permission: ClassVar[str] = "sale.customer"
    customer: Customer
    said: tuple[str, ...] = ()
    base: int = 0


@record
class SetTerms(Command):
    """Change what a customer is given and allowed; ``said`` and ``base`` as in ``SavePerson``."""

    permission: ClassVar[str] = "customer.edit"
    customer: Customer
    said: tuple[str, ...] = ()
    base: int = 0


@record
class SaveGroup(Command):
    """Make a group of customers, or change it; ``said`` and ``base`` as in ``SavePerson``."""

    permission: ClassVar[str] = "customer.edit"
    group: CustomerGroup
    said: tuple[str, ...] = ()
    base: int = 0


@record
class ForgetCustomer(Command):
    """Forget a person who asks for it.

    Every table, list and search forgets them at once, and so does every other station that hears of it. Receipts keep
    what tax law wants of them. The journal's own entries stay as they were sealed.
    """

    permission: ClassVar[str] = "customer.edit"
    customer: str


# --------------------------------------------------------------------------------------------- events


@event("customer.saved")
@record
class CustomerSaved(Event):
    """A customer was written down, or changed in the fields of ``CONTACT`` that are ``said``; all else is left empty.

    ``saw`` and ``generation`` as in ``PersonSaved``.
    """

    id: str
    customer: Customer
    said: tuple[str, ...] = ()
    saw: tuple[str, ...] = ()
    generation: int = 0


@event("customer.terms_set")
@record
class TermsSet(Event):
    """What a customer is given and allowed was changed, in the fields of ``TERMS`` that are ``said``."""

    id: str
    customer: Customer
    said: tuple[str, ...] = ()
    saw: tuple[str, ...] = ()
    generation: int = 1


@event("customer.group_saved")
@record
class GroupSaved(Event):
    """A group was made, or changed in the fields that are ``said``; the rest as in ``PersonSaved``."""

    id: str
    group: CustomerGroup
    said: tuple[str, ...] = ()
    saw: tuple[str, ...] = ()
    generation: int = 0


@event("customer.forgotten")
@record
class CustomerForgotten(Event):
    """A person asked to be forgotten: whatever is heard of them later is forgotten, too."""

    id: str


# ------------------------------------------------------------------------------------------- refusals


@record
class NothingKnown(Refusal):
    """Nobody could know this customer again."""


@record
class CardTaken(Refusal):
    """The card belongs to somebody else."""


@record
class NoAddress(Refusal):
    """This is no address for e-mail."""


@record
class NotSettled(Refusal):
    """A person cannot be forgotten who owes something, or is owed something."""


_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+\Z")


_NUMBER = re.compile(r"(?<![\w@.])\+?[\d(][\d\s().\-/]{4,}\d(?![\w@])")


def from_text(id: str, text: str) -> Customer:
    """Make sense of what somebody typed of a customer into one field: name, number and e-mail in any order."""
    email = next((word for word in text.replace(",", " ").replace(";", " ").split() if _EMAIL.match(word)), "")
    rest = text.replace(email, " ", 1) if email else text
    number = _NUMBER.search(rest)
    phone = number[0].strip() if number else ""
    name = " ".join(rest.replace(phone, " ", 1).split()) if phone else " ".join(rest.split())
    return Customer(id, name.strip(" ,;"), phone=phone, email=email)


def said_of(customer: Customer, names: tuple[str, ...]) -> Customer:
    """Keep of a customer what is said, so that an entry holds nothing of a person that it need not."""
    return Customer(customer.id, **{name: getattr(customer, name) for name in names})


def tidied(customer: Customer) -> Customer:
    """Take the spaces away that come with typing."""
    texts = {row.name: getattr(customer, row.name).strip() for row in fields(customer) if row.type == "str"}
    lines = tuple(line.strip() for line in customer.address if line.strip())
    return replace(customer, address=lines, **texts)


def decide_contact(customer: Customer, said: tuple[str, ...], seen: Seen = UNSEEN, *, card_owner: str = "") -> Decision:
    """Decide on what is written down of a customer; ``card_owner`` is another customer who has the card."""
    if not customer.title:
        return NothingKnown("Type a name, a phone number, an e-mail address or a card.")
    if customer.email and not _EMAIL.match(customer.email):
        return NoAddress(f"“{customer.email}” is no e-mail address. Type it like name@example.org, or leave it out.")
    if customer.receipts_by_email is not None and not customer.email and (not said or "receipts_by_email" in said):
        return NoAddress("Receipts by e-mail need an e-mail address. Type one.")
    if card_owner:
        return CardTaken(f"The card {customer.card} belongs to {card_owner} already.")
    told = said_of(customer, said or CONTACT)
    return (CustomerSaved(customer.id, told, said, seen.refs, seen.generation),)


def decide_terms(customer: Customer, said: tuple[str, ...], seen: Seen = UNSEEN) -> Decision:
    """Decide on what a customer is given and allowed."""
    limit = customer.credit_limit
    if limit is not None and limit.minor < 0:
        return Refusal("A limit cannot be below zero. Leave it out for a customer who pays at once.")
    if customer.exemption is not None and not customer.exemption.number.strip():
        return Refusal("An exemption from tax needs its number: it is printed on the receipt.")
    return (TermsSet(customer.id, said_of(customer, said), said, seen.refs, seen.generation),)


def decide_group(command: SaveGroup, seen: Seen = UNSEEN) -> Decision:
    """Decide on a group."""
    group = command.group
    if not group.name.strip():
        return Refusal("Type the name of the group.")
    if group.points_ppm < 0:
        return Refusal("Points cannot be earned below zero.")
    return (GroupSaved(group.id, group, command.said, seen.refs, seen.generation),)
