"""The shop and its tills: what is set up once and holds for every sale."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import count
from typing import TYPE_CHECKING, ClassVar

from omsdesk.domain import approval
from omsdesk.domain.account import NO_LEDGER, Ledger
from omsdesk.domain.approval import Grant
from omsdesk.domain.embedded_code import EmbeddedCode
from omsdesk.domain.field_write import UNSEEN, Seen
from omsdesk.domain.goods_policy import GoodsPolicy
from omsdesk.domain.messages import Command, Decision, Event, Refusal, event
from omsdesk.domain.modifier import ModifierGroup
from omsdesk.domain.people import Person
from omsdesk.domain.points import PointsRule
from omsdesk.domain.pricing import RETAIL, PriceList
from omsdesk.domain.receipt_policy import ReceiptPolicy
from omsdesk.domain.records import record
from omsdesk.domain.return_policy import ReturnPolicy
from omsdesk.domain.stock import Shelf
from omsdesk.domain.tax import TaxRate, TaxTerms
from omsdesk.domain.tender import TenderMethod
from omsdesk.domain.values import Money, Stamp

if TYPE_CHECKING:
    from omsdesk.domain.offers import Offers
    from omsdesk.domain.order import Order


@record
class TaxWord:
    """What a word in other systems' product files means here, as somebody said once."""

    word: str
    category: str


@record
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
    tax_words: tuple[TaxWord, ...] = ()
    returns: ReturnPolicy = ReturnPolicy()
    discount_reasons: tuple[str, ...] = ("Damaged", "Price promised", "Loyal customer", "Staff")
    """What a cashier chooses from when something is taken off a price."""
    offline_value: int = 10_000
    """What each till may give out of gift cards, store credit and points before the others can hear of it, in minor
    units: two tills that redeem one card while apart lose no more than this each."""
    card_months: int = 0
    """How many months a gift card or store credit can be spent; 0 for ever."""
    goods: GoodsPolicy = GoodsPolicy()
    points: PointsRule = PointsRule()
    badge_signs_in: bool = False
    """Whether a badge is enough to sign in, without a PIN."""
    embedded_codes: tuple[EmbeddedCode, ...] = ()
    """How the scales of this shop write weights and prices into barcodes, before what is usual in its country."""
    modifiers: tuple[ModifierGroup, ...] = ()
    """What is asked of articles that go with something, such as a coffee with its milk."""
    quotation_days: int = 30
    """How many days a quotation's prices hold, a layaway and a pick-up are kept, unless something else is agreed on;
    0 is without end."""
    layaway_days: int = 90
    pick_up_days: int = 14
    layaway_ppm: int = 200_000
    """The part of a layaway that is paid at once, in millionths."""
    layaway_parts: int = 2
    """In how many parts the rest of it is paid, a month apart; 0 is at once."""
    cancel_ppm: int = 100_000
    """What is kept of what an order comes to that is given up, in millionths."""
    receipts: ReceiptPolicy = ReceiptPolicy()


@record
class Till:
    """A place where money is taken. Its series and epoch letter make receipt numbers unique without asking."""

    id: str
    shop: str
    code: str
    name: str
    is_training: bool = False


@record
class Desk:
    """What a decision at a till may look at: the shop, the till, its open shift and the moment."""

    shop: Shop
    till: Till
    at: Stamp
    shift: str = ""
    next_number: str = ""
    author: Person | None = None
    """Who stands there; nobody where a program does it by itself."""
    grants: tuple[Grant, ...] = ()
    """What others agreed to, and has not ended."""
    promotions: Offers | None = None
    """Those that hold here now; without any, nothing comes off."""
    ledger: Ledger = NO_LEDGER
    """What is known of the accounts that the decision is about."""
    shelf: Shelf = Shelf()
    orders: tuple[Order, ...] = ()
    """The orders that it is about."""

    def order(self, order: str) -> Order | None:
        """Find an order that a command is about; None for one that is not known here."""
        return next((row for row in self.orders if row.order == order and row.is_known), None)

    def lacks(self, right: str, size: int, sale: str, what: str, amounts: tuple[Money, ...] = ()) -> Refusal | None:
        """Say whose approval is needed for so much of something on a ticket; None where it may be done.

        Who may do it themselves is asked whether they mean it, where the right says so.
        """
        if self.author is None or any(grant.holds(right, size, sale, self.at) for grant in self.grants):
            return None
        if self.author.may(right, size):
            return approval.told(right, size, what, sale, amounts)
        return approval.missing(right, size, what, self.author, sale, amounts)

    @property
    def series(self) -> str:
        """The series that the till's next number belongs to."""
        return self.next_number.rpartition("-")[0]


@record
class SaveShop(Command):
    """Set the shop up, or change it; ``said`` and ``base`` as in ``SavePerson``."""

    permission: ClassVar[str] = "shop.edit"
    shop: Shop
    said: tuple[str, ...] = ()
    base: int = 0


@record
class SaveTill(Command):
    """Set a till up, or change it; ``said`` and ``base`` as in ``SavePerson``."""

    permission: ClassVar[str] = "shop.edit"
    till: Till
    said: tuple[str, ...] = ()
    base: int = 0


@event("shop.saved")
@record
class ShopSaved(Event):
    """The shop was set up, or changed in the fields that are ``said``; the rest as in ``PersonSaved``."""

    id: str
    shop: Shop
    said: tuple[str, ...] = ()
    saw: tuple[str, ...] = ()
    generation: int = 0


@event("shop.till_saved")
@record
class TillSaved(Event):
    """A till was set up, or changed in the fields that are ``said``; the rest as in ``PersonSaved``."""

    id: str
    till: Till
    said: tuple[str, ...] = ()
    saw: tuple[str, ...] = ()
    generation: int = 0


@record
class CodeTaken(Refusal):
    """Two tills with one code would print the same receipt numbers."""


@record
class ShiftsOpen(Refusal):
    """A drawer holds money of the old currency."""


@record
class CodeUnclear(Refusal):
    """A code that cannot stand in front of a receipt number."""


_CURRENCY = re.compile(r"[A-Z]{3}\Z")
_CODE = re.compile(r"[A-Z0-9]{1,6}\Z")


def decide(
    command: SaveShop | SaveTill,
    tills: Iterable[Till] = (),
    before: Shop | None = None,
    seen: Seen = UNSEEN,
    *,
    is_selling: bool = False,
) -> Decision:
    """Decide on the set-up.

    ``tills`` are those that exist already, ``before`` is the shop as it was, ``seen`` what was known of what is
    changed; ``is_selling`` tells whether a shift is open.
    """
    match command:
        case SaveShop(shop=shop):
            if not shop.name.strip():
                return Refusal("Type the name of the shop.")
            if not _CURRENCY.match(shop.currency):
                return Refusal("Choose the currency of the shop: three letters, such as EUR.")
            if before is not None and is_selling and shop.currency != before.currency:
                return ShiftsOpen("The currency cannot change while a shift is open. Close all shifts first.")
            return (ShopSaved(shop.id, shop, command.said, seen.refs, seen.generation),)
        case SaveTill(till=till):
            if not _CODE.match(till.code):
                return CodeUnclear("A till's code has one to six capital letters and digits, such as 1 or K2.")
            codes = {row.id: row.code for row in tills}
            near = next((code for id_, code in codes.items() if id_ != till.id and _could_meet(code, till.code)), "")
            # Where two stations gave one code while apart, the tills can be changed otherwise until that is settled.
            if near and codes.get(till.id) != till.code:
                return CodeTaken(f"Another till has the code {near} already, and {till.code} is too much like it.")
            return (TillSaved(till.id, till, command.said, seen.refs, seen.generation),)


def _could_meet(one: str, other: str) -> bool:
    # The letters of the epoch follow the code: till 1 in epoch AA and till 1A in epoch A would write one series.
    short, long = sorted((one, other), key=len)
    rest = long.removeprefix(short)
    return not rest or (rest != long and rest.isalpha())


def shared_codes(tills: Iterable[Till]) -> dict[str, tuple[Till, ...]]:
    """Find the codes that several tills have, or that could meet others, each with those tills in the order of ids."""
    known = sorted(tills, key=lambda till: till.id)
    found = {code: tuple(till for till in known if _begins(till.code, code)) for code in {till.code for till in known}}
    return {code: those for code, those in sorted(found.items()) if len(those) > 1}


def _begins(code: str, start: str) -> bool:
    return len(start) <= len(code) and _could_meet(code, start)


def free_codes(taken: Iterable[str]) -> Iterator[str]:
    """Count up the codes that new tills can have beside those that are taken."""
    known = list(taken)
    return (code for code in map(str, count(1)) if not any(_could_meet(code, other) for other in known))


_LETTERS = "ABCDEFGHIJKLMNOPQRSUVWXYZ"
"""No T: it marks the numbers of training."""


def series_of(till: Till, epoch: int) -> str:
    """The receipt series of a till: its code and a letter per epoch, so that a restored till never repeats a number.

    Training has a series of its own, with a T at its end.
    """
    letters, rest = "", epoch - 1
    while rest >= 0:
        rest, letter = divmod(rest, len(_LETTERS))
        letters = _LETTERS[letter] + letters
        rest -= 1
    return till.code + letters + ("T" if till.is_training else "")


def epoch_of(till: Till, series: str) -> int:
    """The epoch in which a series is a till's; 0 for one that is none of its."""
    end = "T" if till.is_training else ""
    letters = series.removeprefix(till.code).removesuffix(end)
    epoch = 0
    for letter in letters:
        epoch = epoch * len(_LETTERS) + _LETTERS.find(letter) + 1
    return epoch if epoch and series_of(till, epoch) == series else 0


def receipt_number(series: str, counter: int) -> str:
    """Write a receipt number: the series and a gap-free counter."""
    return f"{series}-{counter:06d}"
