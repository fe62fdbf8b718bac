"""The shop and its tills: what is set up once and holds for every sale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from omsdesk.domain.messages import Command, Event, event
from omsdesk.domain.pricing import RETAIL, PriceList
from omsdesk.domain.tax import TaxRate, TaxTerms
from omsdesk.domain.tender import TenderMethod
from omsdesk.domain.values import Stamp


@dataclass(frozen=True, slots=True)
class Shop:
    """A store: its name on paper, its money, its taxes and the ways to pay."""

    id: str
    name: str
    currency: str
    country: str = ""
    locale: str = "en"
    address: tuple[str, ...] = ()
    phone: str = ""
    tax_number: str = ""
    footer: tuple[str, ...] = ()
    logo: str = ""
    tax_terms: TaxTerms = TaxTerms()
    tax_rates: tuple[TaxRate, ...] = ()
    tender_methods: tuple[TenderMethod, ...] = ()
    price_lists: tuple[PriceList, ...] = (PriceList(RETAIL, "Retail"),)


@dataclass(frozen=True, slots=True)
class Till:
    """A place where money is taken. Its series and epoch letter make receipt numbers unique without asking."""

    id: str
    shop: str
    code: str
    name: str
    is_training: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """What a decision at a till may look at: the shop, the till, its open shift and the moment."""

    shop: Shop
    till: Till
    at: Stamp
    shift: str = ""
    next_number: str = ""


@dataclass(frozen=True, slots=True)
class SaveShop(Command):
    """Set the shop up, or change it."""

    permission: ClassVar[str] = "shop.edit"
    shop: Shop


@dataclass(frozen=True, slots=True)
class SaveTill(Command):
    """Set a till up, or change it."""

    permission: ClassVar[str] = "shop.edit"
    till: Till


@event("shop.saved")
@dataclass(frozen=True, slots=True)
class ShopSaved(Event):
    """The shop was set up or changed."""

    id: str
    shop: Shop


@event("shop.till_saved")
@dataclass(frozen=True, slots=True)
class TillSaved(Event):
    """A till was set up or changed."""

    id: str
    till: Till


def decide(command: SaveShop | SaveTill) -> tuple[Event, ...]:
    """Record the set-up."""
    match command:
        case SaveShop():
            return (ShopSaved(command.shop.id, command.shop),)
        case SaveTill():
            return (TillSaved(command.till.id, command.till),)


def series_of(code: str, epoch: int) -> str:
    """The receipt series of a till: its code and a letter per epoch, so that a restored till never repeats a number."""
    letters, rest = "", epoch - 1
    while True:
        letters = chr(ord("A") + rest % 26) + letters
        rest = rest // 26 - 1
        if rest < 0:
            return code + letters


def receipt_number(series: str, counter: int) -> str:
    """Write a receipt number: the series and a gap-free counter."""
    return f"{series}-{counter:06d}"
