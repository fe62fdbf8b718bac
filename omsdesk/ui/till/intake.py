"""What comes in at the till, scanned, typed or tapped, and what it turns out to be."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from omsdesk.domain.catalogue import Article
from omsdesk.domain.receipt_code import number_in
from omsdesk.domain.records import record
from omsdesk.domain.values import Money, Quantity
from omsdesk.store.queries import receipts
from omsdesk.store.queries import till as queries
from omsdesk.store.queries.receipts import Receipt
from omsdesk.store.queries.till import Found
from omsdesk.ui.till.counter import Aspect, Counter, Tone

_MULTIPLIED = re.compile(r"\s*(\d{1,6}(?:[.,]\d{1,6})?)\s*[*×]\s*(.*)\Z", re.DOTALL)
_NO_RECEIPT = "{} is not known here. What another till sold is heard as soon as both are online."


@record
class Demand:
    """Something the cashier has to answer before anything else comes in; the screen has a sheet for each kind."""


@record
class PriceWanted(Demand):
    """An article without a price waits for one to be typed."""

    found: Found
    quantity: Quantity


@record
class ProductWanted(Demand):
    """A barcode that nobody knows waits for its product to be made."""

    code: str


Finder = Callable[[str], bool]
"""Takes a code if it is of its kind, and tells whether it was."""


class Intake:
    """Finds out what a code stands for; what comes while a question is open waits its turn."""

    def __init__(self, counter: Counter, add: Callable[[Article, Quantity, Money | None], None]) -> None:
        """Take the counter, and how an article comes onto the ticket."""
        self.counter = counter
        self._add = add
        self.multiplier: Quantity | None = None
        """How many the next article is times, typed before it."""
        self.demand: Demand | None = None
        self._demands: list[Demand] = []
        """What is asked after it."""
        self.waiting: list[str] = []
        """Scans that came while a question was open, oldest first."""
        self.receipts_wanted: tuple[Receipt, ...] = ()
        """What was asked for last by a number or a code."""
        self.finders: list[Finder] = [self._find_article, self._find_receipt]
        """What a code can be, the likeliest first."""

    def entered(self, text: str) -> bool:
        """Take what was scanned, or typed and confirmed; tells whether it was understood."""
        code = self._split(text)
        if not code:
            return self.multiplier is not None
        if any(finder(code) for finder in self.finders):
            return True
        self._say_unknown(code)
        return False

    def scanned(self, code: str) -> None:
        """Take a scan; while a question is open it waits its turn."""
        if self.is_deciding:
            self.waiting.append(code)
            self.counter.tell(Aspect.CART)
        else:
            self.entered(code)

    def chosen(self, product: str) -> None:
        """Take a tile or a search result."""
        found = queries.product_by_id(self.counter.reader, product, self.counter.shop, self.counter.day)
        if found is not None:
            self.add(found)

    # ------------------------------------------------------------------------------ questions

    @property
    def is_deciding(self) -> bool:
        """Whether the cashier has to answer before the next article can be taken."""
        return self.demand is not None

    def ask(self, demand: Demand) -> None:
        """Have something answered, after what is asked already; its sheet comes up, and scans wait."""
        if self.demand is not None:
            self._demands.append(demand)
        else:
            self.demand = demand
            self.counter.tell(Aspect.MODE)

    def answered(self) -> None:
        """Go on after an answer, or after the question was given up: take the scans that waited."""
        self.demand = self._demands.pop(0) if self._demands else None
        self.counter.tell(Aspect.MODE)
        self._resume()

    def _resume(self) -> None:
        while self.waiting and not self.is_deciding:
            self.entered(self.waiting.pop(0))

    # ------------------------------------------------------------------------------ articles

    def look_up(self, code: str) -> Found | None:
        """Find the article that a code stands for: a barcode, else an SKU."""
        counter = self.counter
        code = code.strip()
        return queries.product_by_barcode(counter.reader, code, counter.shop, counter.day) or queries.product_by_sku(
            counter.reader, code, counter.shop, counter.day
        )

    def add(self, found: Found) -> None:
        """Put an article on the ticket, times the quantity that was typed before."""
        quantity = found.pack.times(self.multiplier) if self.multiplier else found.pack
        if not found.is_sold:
            self.counter.say(Tone.WARN, f"“{found.article.name}” is not sold any more.")
        elif not found.article.prices:
            self.ask(PriceWanted(found, quantity))
        else:
            self.multiplier = None
            self._add(found.article, quantity, None)

    def price_typed(self, price: Money) -> None:
        """Take the price that an article was waiting for."""
        wanted = self.demand
        if isinstance(wanted, PriceWanted):
            self.multiplier = None
            self._add(wanted.found.article, wanted.quantity, price)
            self.answered()

    def price_given_up(self) -> None:
        """Forget the article that was waiting for a price."""
        if isinstance(self.demand, PriceWanted):
            self.forget_multiplier()
            self.answered()

    def forget_multiplier(self) -> None:
        """Forget the quantity that was typed."""
        self.multiplier = None
        self.counter.tell(Aspect.CART)

    def _find_article(self, code: str) -> bool:
        found = self.look_up(code)
        if found is not None:
            self.add(found)
        return found is not None

    def _split(self, text: str) -> str:
        match = _MULTIPLIED.match(text)
        if match is None:
            return text.strip()
        self.multiplier = Quantity.of(match[1].replace(",", "."))
        self.counter.tell(Aspect.CART)
        return match[2].strip()

    # ------------------------------------------------------------------------------ receipts

    def show_receipts(self, found: Sequence[Receipt]) -> None:
        """Have receipts looked at that somebody asked for."""
        self.receipts_wanted = tuple(found)
        self.counter.hush()
        self.counter.tell(Aspect.RECEIPT)

    def _find_receipt(self, code: str) -> bool:
        found = receipts.by_code(self.counter.reader, code)
        if found:
            self.show_receipts(found)
        return bool(found)

    def _say_unknown(self, code: str) -> None:
        if receipts.is_of_receipt(self.counter.reader, code):
            number = number_in(code)
            self.counter.say(Tone.WARN, _NO_RECEIPT.format(f"Receipt {number}" if number else "This receipt"))
        else:
            self.counter.say(Tone.WARN, f"Nobody knows “{code}”.", code)
