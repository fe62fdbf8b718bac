"""A customer as they stand in the form: texts as they were typed, and what they come to."""

from __future__ import annotations

from dataclasses import dataclass, replace

from omsdesk.domain.customer import Customer, Exemption
from omsdesk.domain.values import Stamp
from omsdesk.ui.days import day_text, read_day
from omsdesk.ui.typed_amount import plain_text, read_amount

TEXTS = ("name", "company", "phone", "email", "card", "tax_number", "country", "note")
"""Fields that are in the form as they are in the customer."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What the form shows of a customer."""

    name: str = ""
    company: str = ""
    phone: str = ""
    email: str = ""
    card: str = ""
    tax_number: str = ""
    country: str = ""
    note: str = ""
    address: str = ""
    wants_receipts: bool = False
    wants_offers: bool = False
    groups: tuple[str, ...] = ()
    price_list: str = ""
    exemption: str = ""
    exemption_reason: str = ""
    exemption_until: str = ""
    credit_limit: str = ""
    is_active: bool = True


def draft_of(customer: Customer, locale: str) -> Draft:
    """Write a customer into the form."""
    exemption, limit = customer.exemption or Exemption(""), customer.credit_limit
    return Draft(
        customer.name, customer.company, customer.phone, customer.email, customer.card, customer.tax_number,
        customer.country, customer.note, "\n".join(customer.address), customer.receipts_by_email is not None,
        customer.marketing is not None, customer.groups, customer.price_list, exemption.number, exemption.reason,
        day_text(exemption.valid_until, locale), plain_text(limit, locale) if limit else "", customer.is_active,
    )  # fmt: skip


def problems(draft: Draft, currency: str, locale: str) -> dict[str, str]:
    """Say what is wrong with which field."""
    found: dict[str, str] = {}
    if not any(text.strip() for text in (draft.name, draft.company, draft.phone, draft.email, draft.card)):
        found["name"] = "Type a name, or another way to know them again."
    if draft.wants_receipts and not draft.email.strip():
        found["email"] = "Receipts by e-mail need an address."
    if (draft.exemption_reason.strip() or draft.exemption_until.strip()) and not draft.exemption.strip():
        found["exemption"] = "Type the number: it is printed on the receipt."
    try:
        read_day(draft.exemption_until, locale)
    except ValueError as fault:
        found["exemption_until"] = str(fault)
    limit = read_amount(draft.credit_limit, currency, locale)
    if draft.credit_limit.strip() and limit.amount is None:
        found["credit_limit"] = limit.question or "Type an amount, or leave it out."
    return found


def customer_of(draft: Draft, known: Customer, now: Stamp, currency: str, locale: str) -> Customer:
    """Read the form; what was agreed to before keeps the moment in which it was."""
    number, until = draft.exemption.strip(), read_day(draft.exemption_until, locale)
    return replace(
        known,
        name=draft.name.strip(),
        company=draft.company.strip(),
        phone=draft.phone.strip(),
        email=draft.email.strip(),
        card=draft.card.strip(),
        tax_number=draft.tax_number.strip(),
        country=draft.country.strip().upper(),
        note=draft.note.strip(),
        address=tuple(line.strip() for line in draft.address.splitlines() if line.strip()),
        receipts_by_email=(known.receipts_by_email or now) if draft.wants_receipts else None,
        marketing=(known.marketing or now) if draft.wants_offers else None,
        groups=draft.groups,
        price_list=draft.price_list,
        exemption=Exemption(number, draft.exemption_reason.strip(), until) if number else None,
        credit_limit=read_amount(draft.credit_limit, currency, locale).amount,
        is_active=draft.is_active,
    )
