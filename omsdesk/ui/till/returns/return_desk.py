"""Goods that come back: the receipt is looked for, what comes back is counted, and all of it is put on the ticket."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from omsdesk.actions.execute import Done
from omsdesk.domain.catalogue import Article
from omsdesk.domain.discount import BY_PERSON
from omsdesk.domain.line import SoldLine
from omsdesk.domain.pricing import unit_price
from omsdesk.domain.records import record
from omsdesk.domain.return_policy import WithoutReceipt
from omsdesk.domain.returns import Receipt as SoldReceipt
from omsdesk.domain.returns import ReturnGoods, ReturnWithoutReceipt
from omsdesk.domain.sale_command import RemoveLine, ReturnDeposit
from omsdesk.domain.stock import SCRAP
from omsdesk.domain.values import NONE, ONE, Money, Quantity, divide
from omsdesk.store.engine import Connection
from omsdesk.store.queries import customer as customers
from omsdesk.store.queries import receipts as queries
from omsdesk.store.queries.receipts import Receipt, Wanted
from omsdesk.store.queries.returns import at_lowest_price
from omsdesk.store.queries.search import search
from omsdesk.store.queries.ticket import receipt_of
from omsdesk.store.queries.till import Found, tills
from omsdesk.store.queries.trace import where_is
from omsdesk.ui.till.counter import Counter, Tone
from omsdesk.ui.till.returns.elsewhere import OtherStores
from omsdesk.ui.till.returns.receipt_wish import Wish, read
from omsdesk.ui.till.session import TillSession

_MOST = 50
_ARTICLES = 3
_CUSTOMERS = 3
"""Articles and customers that typed words can mean."""


@record
class Row:
    """A line that can come back: of a receipt, or an article that nobody has a receipt for."""

    key: str
    name: str
    unit: str
    bought: Quantity
    came_back: Quantity
    """On other tickets, and on this one already."""
    unit_price: Money
    paid: Money
    """What was paid for all of it."""
    product: str = ""
    receipt: str = ""
    article: Article | None = None
    """What it is, where there is no receipt."""
    now: Quantity = NONE
    is_scrap: bool = False
    reason: str = ""
    parent: str = ""
    """The line that it went with, such as a bottle with this deposit."""
    serials: tuple[str, ...] = ()
    """The numbers of the units that were sold."""
    back: tuple[str, ...] = ()
    """Those of the units that come back, as they were scanned."""
    offers: tuple[str, ...] = ()
    """What took something off it."""

    @property
    def left(self) -> Quantity:
        """How many can still come back."""
        return Quantity(max(self.bought.micro - self.came_back.micro, 0))

    @property
    def brings(self) -> Money:
        """About what comes back for it now; to the minor unit it is worked out when it is on the ticket."""
        if self.article is not None:
            return self.unit_price.times(self.now)
        return Money(divide(self.paid.minor * self.now.micro, self.bought.micro), self.paid.currency)


class ReturnDesk:
    """State and intents of the sheet of returns."""

    def __init__(self, counter: Counter, session: TillSession) -> None:
        """Take the counter and the ticket in work."""
        self.counter = counter
        self.session = session
        self.others = OtherStores(counter)
        self.receipt: SoldReceipt | None = None
        self.has_receipt = True
        self.rows: dict[str, Row] = {}
        """Everything that was looked at, by its key: what comes back of several receipts goes onto one ticket."""
        self.selected = ""

    def begin(self) -> None:
        """Forget what was looked at before."""
        self.receipt, self.has_receipt, self.selected = None, True, ""
        self.rows.clear()
        self.others.cancel()

    # ------------------------------------------------------------------------------ finding the receipt

    def wish(self, text: str) -> Wish:
        """Understand what is typed."""
        shop = self.counter.shop
        return read(text, shop.currency, shop.locale, self.counter.clock.now())

    def find(self, text: str, then: Callable[[list[Receipt]], None]) -> None:
        """Look for receipts that fit what is typed; read elsewhere, for there may be a million."""
        wish, offset = self.wish(text), self.counter.clock.now().offset_minutes
        near = max((method.rounding_step for method in self.counter.shop.tender_methods), default=1) // 2
        places = [till.id for till in tills(self.counter.reader, self.counter.shop.id)]

        def look(reader: Connection) -> list[Receipt]:
            known = queries.find(reader, places, text) if text.strip() else []
            others = [] if wish.code else _remembered(reader, places, wish, offset, near)
            return list({row.sale: row for row in (*known, *others)}.values())[:_MOST]

        self.counter.work.ask(look, then)

    def show(self, sale: str) -> bool:
        """Look at a receipt; tells whether it is known here, and anything on it can come back."""
        found = receipt_of(self.counter.reader, sale)
        rows = self._rows_of(found) if found else []
        if found is None or not rows:
            self.counter.say(Tone.WARN, "Nothing on this receipt can come back.")
            return False
        self.receipt, self.has_receipt = found, True
        for row in rows:
            self.rows.setdefault(row.key, row)
        self.selected = next((row.key for row in rows if row.left), rows[0].key)
        self.counter.hush()
        return True

    def scanned_receipt(self, code: str) -> bool:
        """Look at the receipt whose code was scanned; tells whether it was one."""
        found = queries.by_code(self.counter.reader, code)
        sold = [] if found else [row for row in where_is(self.counter.reader, code) if not row.is_lot]
        sale = found[0].sale if found else next((row.sale for row in sold if row.quantity.micro > 0), "")
        return bool(sale) and self.show(sale) and (bool(found) or self._count_serial(code))

    def _rows_of(self, receipt: SoldReceipt) -> list[Row]:
        on_ticket = self._on_ticket()
        return [
            _row(receipt, line, receipt.back.get(line.line, NONE) + on_ticket.get(line.line, NONE))
            for line in receipt.sold.lines
            if line.returned is None and not line.loads and line.quantity.micro > 0
        ]

    def _on_ticket(self) -> dict[str, Quantity]:
        found: dict[str, Quantity] = {}
        for row in self.session.lines:
            if row.returned is not None and row.returned.line:
                found[row.returned.line] = found.get(row.returned.line, NONE) - row.quantity
        return found

    # ------------------------------------------------------------------------------ what comes back

    @property
    def shown(self) -> Sequence[Row]:
        """The lines of the receipt that is looked at, or what nobody has a receipt for."""
        receipt = self.receipt.sold.sale if self.receipt and self.has_receipt else ""
        return [row for row in self.rows.values() if row.receipt == receipt]

    @property
    def chosen(self) -> Sequence[Row]:
        """What comes back, of all receipts."""
        return [row for row in self.rows.values() if row.now]

    @property
    def brings(self) -> Money:
        """About what comes back for all of it."""
        return sum((row.brings for row in self.chosen), start=Money(0, self.counter.shop.currency))

    def step(self, count: int) -> None:
        """Let one more or one less of the chosen line come back; of what is weighed all or nothing."""
        row = self.rows.get(self.selected)
        if row is None:
            return
        if row.unit != "piece" and row.article is None:
            self.set_now(row.left if count > 0 else NONE)
        else:
            self.set_now(Quantity(row.now.micro + count * ONE.micro))

    def set_now(self, quantity: Quantity) -> None:
        """Let so many of the chosen line come back, as far as there are so many."""
        row = self.rows.get(self.selected)
        if row is None:
            return
        wanted = max(quantity.micro, 0)
        if row.article is None and wanted > row.left.micro:
            wanted = row.left.micro
            left = self.counter.quantity(row.left)
            said = f"Only {left} of “{row.name}” can still come back." if wanted else f"All of “{row.name}” came back."
            self.counter.say(Tone.WARN, said)
        else:
            self.counter.hush()
        self.rows[row.key] = replace(row, now=Quantity(wanted), back=row.back[: wanted // ONE.micro])
        for part in [other for other in self.rows.values() if other.parent == row.key]:
            self.rows[part.key] = replace(part, now=min(Quantity(wanted), part.left))

    def _count_serial(self, code: str) -> bool:
        """Count the unit with a serial number; tells whether one of the receipt has it."""
        row = next((row for row in self.shown if code in row.serials), None)
        if row is None:
            return False
        self.selected = row.key
        if code not in row.back:
            self.set_now(row.now if row.now.micro > len(row.back) * ONE.micro else row.now + ONE)
            self.rows[row.key] = replace(self.rows[row.key], back=(*row.back, code))
        return True

    def all_of_it(self) -> None:
        """Let everything on the receipt come back that still can; once more, nothing."""
        rows = [row for row in self.shown if row.article is None]
        is_all = all(row.now == row.left for row in rows)
        for row in rows:
            self.rows[row.key] = replace(row, now=NONE if is_all else row.left)

    def say_why(self, reason: str) -> None:
        """Give the chosen line its reason, and those that come back without one."""
        for row in self.shown:
            if row.key == self.selected or (row.now and not row.reason):
                self.rows[row.key] = replace(row, reason=reason)

    def turn_scrap(self) -> None:
        """Send the chosen line to scrap, or back into the shop."""
        row = self.rows.get(self.selected)
        if row is not None:
            self.rows[row.key] = replace(row, is_scrap=not row.is_scrap)

    def select_step(self, step: int) -> None:
        """Choose the next or the previous line."""
        keys = [row.key for row in self.shown]
        if keys:
            at = keys.index(self.selected) + step if self.selected in keys else 0
            self.selected = keys[max(0, min(at, len(keys) - 1))]

    def scanned_article(self, code: str) -> bool:
        """Count an article that was scanned; tells whether the code is one."""
        if self._count_serial(code):
            return True
        found = self.session.intake.look_up(code)
        if found is None:
            return False
        if self.has_receipt and self.receipt is not None:
            self._count_on_receipt(found)
        else:
            self.without_receipt(found)
        return True

    def _count_on_receipt(self, found: Found) -> None:
        rows = [row for row in self.shown if row.product == found.article.product]
        row = next((row for row in rows if row.now.micro < row.left.micro), rows[0] if rows else None)
        if row is None:
            self.counter.say(Tone.WARN, f"“{found.article.name}” is not on this receipt.", "")
            return
        self.selected = row.key
        self.set_now(row.left if row.unit != "piece" else row.now + found.pack)

    def named(self, text: str) -> bool:
        """Choose the line whose name begins with, or holds, what is typed; tells whether there is one."""
        wanted = text.casefold()
        rows = sorted(self.shown, key=lambda row: not row.name.casefold().startswith(wanted))
        row = next((row for row in rows if wanted in row.name.casefold()), None)
        if row is not None:
            self.selected = row.key
        return row is not None

    # ------------------------------------------------------------------------------ without a receipt

    @property
    def takes_without_receipt(self) -> bool:
        """Whether this shop takes anything back without a receipt."""
        return self.counter.shop.returns.without_receipt is not WithoutReceipt.NEVER

    def begin_without_receipt(self) -> None:
        """Take goods back that nobody has a receipt for."""
        if self.takes_without_receipt:
            self.receipt, self.has_receipt, self.selected = None, False, ""
        else:
            self.counter.say(Tone.WARN, "This shop takes nothing back without a receipt.")

    def without_receipt(self, found: Found) -> None:
        """Count an article at its lowest price of a while; empties bring their deposit."""
        counter, article = self.counter, found.article
        if not article.traits.is_deposit:
            article = at_lowest_price(counter.reader, article, counter.shop, counter.clock.now())
        price = unit_price(article.prices, found.pack)
        if price is None:
            counter.say(Tone.WARN, f"“{article.name}” has no price here. Without a receipt it brings nothing.")
            return
        self.has_receipt = False
        nothing = Money(0, price.currency)
        row = Row(article.product, article.name, article.unit, NONE, NONE, price, nothing, article.product, "", article)
        row = self.rows.setdefault(row.key, row)
        self.selected = row.key
        self.set_now(row.now + found.pack)

    # ------------------------------------------------------------------------------ onto the ticket

    def put(self) -> bool:
        """Put what comes back on the ticket, as one action; tells whether there is anything."""
        if not self.chosen and self.selected and self.has_receipt:
            self.step(1)
        rows = self.chosen
        if not rows:
            return False
        ticket = self.session.ticket()
        commands = [self._command(ticket, row) for row in rows]

        def put(done: Done) -> None:
            self.session.follow(done)
            if len(commands) > 1:
                off = (RemoveLine(ticket, command.line) for command in commands)
                self.session.offer_undo(f"{len(commands)} lines come back", *off)

        self.session.submit(*commands, then=put)
        return True

    def _command(self, ticket: str, row: Row) -> ReturnGoods | ReturnWithoutReceipt | ReturnDeposit:
        place, line = SCRAP if row.is_scrap else "", self.counter.clock.new_id()
        if row.article is not None and row.article.traits.is_deposit:
            # Nobody keeps a receipt for a bottle: this is no exception that somebody has to agree to.
            return ReturnDeposit(ticket, line, row.article, row.now)
        if row.article is not None:
            return ReturnWithoutReceipt(ticket, line, row.article, row.now, place, row.reason)
        # What went with it has rows of its own here, so that somebody may keep the bottle.
        return ReturnGoods(ticket, line, row.receipt, row.key, row.now, place, row.reason, row.back, has_parts=False)


def _row(receipt: SoldReceipt, line: SoldLine, came_back: Quantity) -> Row:
    return Row(
        line.line, line.name, line.unit, line.quantity, came_back, line.unit_price, line.amount, line.product,
        receipt.sold.sale, parent=line.parent, serials=line.serials, offers=_offers(line),
    )  # fmt: skip


def _offers(line: SoldLine) -> tuple[str, ...]:
    """Name what took something off a line: offers by their names, and what people took off as one."""
    taken = [part for part in line.reductions if part.amount]
    by_person = ("a discount",) if any(part.source in BY_PERSON for part in taken) else ()
    return (*(part.name for part in taken if part.source not in BY_PERSON), *by_person)


def _remembered(reader: Connection, places: Sequence[str], wish: Wish, offset_minutes: int, near: int) -> list[Receipt]:
    """Find receipts by what is remembered of them; words are the names of articles, or of customers."""
    first_ms, last_ms = wish.between(offset_minutes) or (0, Wanted().last_ms)
    total = wish.total.minor if wish.total else None
    wanted = Wanted(first_ms, last_ms, total, near, reference=wish.reference)
    if not wish.words:
        return queries.remembered(reader, places, wanted, _MOST)
    meant = [replace(wanted, product=hit.product) for hit in search(reader, wish.words, _ARTICLES)]
    meant += [replace(wanted, customer=known.customer.id) for known in customers.search(reader, wish.words, _CUSTOMERS)]
    each = (queries.remembered(reader, places, row, _MOST) for row in meant)
    found = {receipt.sale: receipt for receipts in each for receipt in receipts}
    return sorted(found.values(), key=lambda row: row.at_ms, reverse=True)[:_MOST]
