"""What comes in at the till, scanned, typed or tapped, and what it turns out to be."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from omsdesk.domain.records import record
from omsdesk.domain.traits import StockPolicy
from omsdesk.domain.values import ONE, Money, Quantity
from omsdesk.store.queries import receipts
from omsdesk.store.queries import till as queries
from omsdesk.store.queries.receipts import Receipt
from omsdesk.store.queries.till import Found
from omsdesk.ui.goods_by_code import by_code, by_number
from omsdesk.ui.till.counter import Aspect, Counter, Tone
from omsdesk.ui.till.goods.incoming import About, Demand, Incoming, PriceWanted, VariantWanted, question

_MULTIPLIED = re.compile(r"\s*(-?\d{1,6}(?:[.,]\d{1,6})?)\s*[*×]\s*(.*)\Z", re.DOTALL)
_OF_ANOTHER = "{} is of {}. Press F7 and scan it there to take goods of it back."
_NO_RECEIPT = "{} is not known here. What another till sold is heard as soon as both are online."
_NO_EMPTIES = "“{}” has no deposit: a minus before the number is for empties. Other goods come back with F7."


@record
class ProductWanted(Demand):
    """A barcode that nobody knows waits for its product to be made."""

    code: str


Finder = Callable[[str], bool]
"""Takes a code if it is of its kind, and tells whether it was."""


class Intake:
    """Finds out what a code stands for; what comes while a question is open waits its turn."""

    def __init__(self, counter: Counter, put: Callable[[Incoming], None], is_old_enough: Callable[[int], bool]) -> None:
        """Take the counter, how an article comes onto the ticket, and whether its customer has an age."""
        self.counter = counter
        self._put = put
        self._is_old_enough = is_old_enough
        self.multiplier: Quantity | None = None
        """How many the next article is times, typed before it; below zero they are empties that come back."""
        self.demand: Demand | None = None
        self._demands: list[Demand] = []
        """What is asked after it."""
        self.waiting: list[str] = []
        """Scans that came while a question was open, oldest first."""
        self.receipts_wanted: tuple[Receipt, ...] = ()
        """What was asked for last by a number or a code."""
        self.finders: list[Finder] = [
            self._find_article,
            self._find_labelled,
            self._find_embedded,
            self._find_receipt,
        ]
        """What a code can be, the likeliest first."""

    def entered(self, text: str) -> bool:
        """Take what was scanned, or typed and confirmed; tells whether it was understood."""
        code = self._split(text)
        if not code:
            return self.multiplier is not None
        if self.found(code):
            return True
        self._say_unknown(code)
        return False

    def found(self, code: str) -> bool:
        """Take a code, and tell whether anything has it; nothing is said where nothing has."""
        return any(finder(code) for finder in self.finders)

    def scanned(self, code: str) -> None:
        """Take a scan; while a question is open it waits its turn."""
        if self.is_deciding:
            self.waiting.append(code)
            self.counter.tell(Aspect.CART)
        else:
            self.entered(code)

    def chosen(self, product: str) -> None:
        """Take a tile or a search result; of a family it is asked which variant."""
        if product.startswith(queries.FAMILY):
            self._family_chosen(product.removeprefix(queries.FAMILY))
            return
        found = queries.product_by_id(self.counter.reader, product, self.counter.shop, self.counter.day)
        if found is not None and not self._is_sold_out(found):
            self.add(found)

    def _family_chosen(self, family: str) -> None:
        counter = self.counter
        found = queries.variants_of(counter.reader, family, counter.shop, counter.day)
        if len(found) == 1:
            self.chosen(found[0].product)
        elif found:
            name = found[0].name.removesuffix(f", {found[0].variant}")
            self.ask(VariantWanted(name, tuple(found)))

    def variant_chosen(self, demand: VariantWanted, product: str) -> None:
        """Take the variant that was chosen."""
        if self.demand is demand:
            self.demand = None
            self.chosen(product)
            if self.demand is None:
                self.answered()

    def _is_sold_out(self, found: Found) -> bool:
        """Say that there is none of it, where the shop then takes it off the screen."""
        counter, article = self.counter, found.article
        if counter.shop.goods.stock_of(article.traits.stock_policy) is not StockPolicy.REFUSE:
            return False
        left = queries.on_hand(counter.reader, article.product, counter.shop)
        if left is None or left.micro > 0:
            return False
        counter.say(Tone.WARN, f"“{article.name}” is sold out. Scan it if the customer holds one.")
        return True

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
        """Find the article that a code stands for, whatever else a code of GS1 says of it."""
        counter = self.counter
        return by_code(counter.reader, code, counter.shop, counter.day)

    def _known(self, code: str) -> Found | None:
        counter = self.counter
        return by_number(counter.reader, code, counter.shop, counter.day)

    def add(self, found: Found) -> None:
        """Put an article on the ticket, times the quantity that was typed before."""
        quantity = found.pack.times(self.multiplier) if self.multiplier else found.pack
        self.take(Incoming(found, quantity, is_sized=self.multiplier is not None or found.pack != ONE))

    def take(self, coming: Incoming) -> None:
        """Put an article on the ticket, or ask what is missing first."""
        if self.multiplier is not None and self.multiplier.micro < 0:
            self._take_empties(coming)
        else:
            self._take(coming)

    def _take_empties(self, coming: Incoming) -> None:
        """Count empties: of a deposit, or of what has one. Nothing else comes back by a minus."""
        counter, article = self.counter, coming.article
        count, deposit = Quantity(abs(coming.quantity.micro)), article.traits.deposit
        self.forget_multiplier()
        if article.traits.is_deposit:
            self._take(replace(coming, quantity=count))
        elif deposit and (found := queries.product_by_id(counter.reader, deposit, counter.shop, counter.day)):
            self._take(Incoming(found, count, is_sized=True))
        else:
            counter.say(Tone.WARN, _NO_EMPTIES.format(article.name))

    def _take(self, coming: Incoming) -> None:
        if not coming.found.is_sold and coming.deliver is None:
            self.counter.say(Tone.WARN, f"“{coming.article.name}” is not sold any more.")
            return
        demand = question(coming, self._is_old_enough, self.counter.shop.modifiers)
        if demand is not None:
            self.ask(demand)
        elif coming.deliver is not None:
            coming.deliver(coming)
        else:
            self.multiplier = None
            self._put(self._with_deposit(coming))

    def _with_deposit(self, coming: Incoming) -> Incoming:
        """Let the deposits go along that a bottle or a crate has, and what goes with it."""
        counter = self.counter
        wanted = [part.traits.deposit for part in (coming.article, *coming.parts) if part.traits.deposit]
        found = [queries.product_by_id(counter.reader, one, counter.shop, counter.day) for one in wanted]
        deposits = [one.article for one in found if one is not None and one.article.prices]
        return replace(coming, parts=(*coming.parts, *deposits))

    def answer(self, coming: Incoming) -> None:
        """Go on with an article that something was said of."""
        if isinstance(self.demand, About):
            self.demand = None
            self.take(coming)
            if self.demand is None:
                self.answered()

    def give_up(self, demand: Demand) -> None:
        """Forget the article that a question is about, if it is still the one that is asked."""
        if self.demand is demand:
            self.forget_multiplier()
            self.answered()

    def price_typed(self, price: Money) -> None:
        """Take the price that an article was waiting for."""
        if isinstance(self.demand, PriceWanted):
            self.answer(replace(self.demand.coming, price=price))

    def price_given_up(self) -> None:
        """Forget the article that was waiting for a price."""
        if isinstance(self.demand, PriceWanted):
            self.give_up(self.demand)

    def forget_multiplier(self) -> None:
        """Forget the quantity that was typed."""
        self.multiplier = None
        self.counter.tell(Aspect.CART)

    def _find_article(self, code: str) -> bool:
        found = self._known(code)
        if found is not None:
            self.add(found)
        return found is not None

    def _find_labelled(self, code: str) -> bool:
        """Take a code of GS1 that says more than the article: one scan of a label answers everything."""
        from omsdesk.devices import gs1
        from omsdesk.ui.till.goods.labels import of_label

        label = gs1.read(code, self.counter.shop.currency)
        found = self._known(label.gtin) if label else None
        if label is None or found is None:
            # The label of a shop's own may have any text in it.
            return gs1.plain(code) != code and self._find_article(gs1.plain(code))
        self.take(of_label(found, label, self.multiplier))
        return True

    def _find_embedded(self, code: str) -> bool:
        """Take a number of a scale, which holds a weight or a price."""
        if not code.startswith(("2", "02")):
            return False
        from omsdesk.domain.embedded_code import masks_of, read
        from omsdesk.ui.till.goods.labels import of_reading

        shop = self.counter.shop
        reading = read(code, masks_of(shop.country, shop.embedded_codes), shop.currency)
        found = next(filter(None, map(self._known, reading.names)), None) if reading else None
        if reading is None or found is None:
            return False
        self.take(of_reading(found, reading))
        return True

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
            from omsdesk.ui.till.returns.elsewhere import OtherStores, called

            others = OtherStores(self.counter)
            wording = _OF_ANOTHER.format("{}", others.store_of(code) or "another store, or not told of yet")
            self.counter.say(Tone.WARN, (wording if others.may_have(code) else _NO_RECEIPT).format(called(code)))
        else:
            from omsdesk.devices import gs1

            article = gs1.article(code)
            self.counter.say(Tone.WARN, f"Nobody knows “{article}”.", article)
