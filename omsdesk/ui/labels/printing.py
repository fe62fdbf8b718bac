"""What is to be printed: products and how many labels of each, and how far the batches are. It knows no widget."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from omsdesk.devices import gs1
from omsdesk.documents.formats import format_day
from omsdesk.domain.gtin import other_readings
from omsdesk.domain.labels import AskLabels, LabelRow, LabelValue
from omsdesk.domain.printing import NotePrint, PaperKind, PrintState
from omsdesk.domain.values import MICRO, Stamp, barcode_key
from omsdesk.domain.words import fold
from omsdesk.store.engine import Connection
from omsdesk.store.queries import labels
from omsdesk.store.queries.catalogue import owners, product_as_edit
from omsdesk.store.queries.printing import BatchJob, label_batches
from omsdesk.store.queries.products import category_count, listed_of_category
from omsdesk.store.queries.search import search
from omsdesk.store.queries.till import categories, full_name, on_hand
from omsdesk.ui.days import day_text, read_day
from omsdesk.ui.labels.session import LabelsSession
from omsdesk.ui.labels.wanted import Wanted, WantedLabels

NO_PRINTER = "No label printer is set up at this computer. The labels wait until there is one: see Devices."
_MOST, _MOST_GROUPS, _MOST_OF_GROUP = 8, 3, 50_000
_FEW = 20
"""So many products are looked up one by one, and at once."""
_MOST_CHANGED = 50_000
_DAYS = 7
_ENDED = {PrintState.PRINTED, PrintState.SENT, PrintState.CANCELLED}


@dataclass(frozen=True, slots=True)
class Group:
    """A category, all products of which can be wanted at once."""

    name: str
    count: int


class LabelPrinting:
    """State and intents of printing."""

    def __init__(self, session: LabelsSession, has_printer: Callable[[], bool] = lambda: True) -> None:
        """Want nothing yet; ``has_printer`` tells whether a label printer is set up here."""
        self.has_printer = has_printer
        self.session, self.office = session, session.office
        self.listeners: list[Callable[[], None]] = []
        self.labels = WantedLabels()
        self.found: list[Wanted] = []
        self.groups: list[Group] = []
        self.batches: list[BatchJob] = []
        self.since = ""
        """The day (ISO 8601) since which changes are looked for."""
        self.is_looking = False
        """Whether changes are being looked for."""
        self._typed = ""
        self.refusal = self.said = ""

    @property
    def wanted(self) -> Sequence[Wanted]:
        """What is to be printed."""
        return self.labels.rows

    @property
    def count(self) -> int:
        """How many labels are to be printed."""
        return self.labels.count

    @property
    def can_print(self) -> bool:
        """Whether there is anything to print. Where no printer can be, whoever tries is told so."""
        return bool(self.labels.rows)

    # ------------------------------------------------------------------------------ choosing

    def search(self, text: str) -> None:
        """Find products by what was typed so far."""

        def find(reader: Connection) -> tuple[list[Wanted], list[Group]]:
            start = fold(text.strip())
            names = [name for name, _ in categories(reader) if start in fold(name)][:_MOST_GROUPS]
            groups = [Group(name, category_count(reader, name)) for name in names]
            return [_of(hit.product, hit.name, hit.variant, hit.sku) for hit in search(reader, text)[:_MOST]], groups

        self._typed = text
        if text.strip():
            self.office.work.ask(find, partial(self._found, text))
        else:
            self._show_found([], [])

    def _found(self, text: str, found: tuple[list[Wanted], list[Group]]) -> None:
        # Two are looked for at once, and what was typed first may be found last.
        if text == self._typed:
            self._show_found(*found)

    def _show_found(self, products: list[Wanted], groups: list[Group]) -> None:
        self.found, self.groups = products, groups
        self._tell()

    def scanned(self, code: str) -> bool:
        """Take a product by its barcode: one label more of it."""
        shop, number = self.office.shop, gs1.article(code)
        keys = [barcode_key(number), *other_readings(number)]
        known = owners(self.office.reader, keys)
        owner = next(filter(None, map(known.get, keys)), "")
        row = _read(self.office.reader, owner)
        if row is None or shop is None:
            self.refusal = f"No product has the barcode {number}."
            self._tell()
            return True
        said = gs1.read(code, shop.currency)
        self.add(replace(row, values=_values(said.lot, said.expiry, shop.locale)) if said else row)
        return True

    def want(self, products: Sequence[str]) -> None:
        """Want one label of each of some products more; many are read in another thread."""
        if len(products) > _FEW:
            self.office.work.ask(lambda reader: _named(reader, products), self._add_many)
            return
        for product in products:
            row = _read(self.office.reader, product)
            if row is not None:
                self.add(row)

    def _add_many(self, rows: list[Wanted]) -> None:
        for row in rows:
            self.labels.add(row)
        self.refusal = self.said = ""
        self._show_found([], [])
        self.choose(self.labels.chosen)

    def want_group(self, name: str) -> None:
        """Want one label of every product of a category."""
        place = f"shop:{self.office.shop.id}" if self.office.shop else ""

        def read(reader: Connection) -> list[Wanted]:
            rows = listed_of_category(reader, place, name, 0, _MOST_OF_GROUP)
            return [_of(row.product, row.name, row.variant, row.sku) for row in rows if row.is_sold]

        self.office.work.ask(read, self._add_all)

    def _add_all(self, rows: list[Wanted]) -> None:
        self.labels.add_new(rows)
        if rows:
            self.choose(rows[0].product)
        self._show_found([], [])

    def add(self, row: Wanted) -> None:
        """Want one label of a product more."""
        self.labels.add(row)
        self.refusal = self.said = ""
        self.found, self.groups, self._typed = [], [], ""
        self.choose(row.product)

    def choose(self, product: str) -> None:
        """Look at another of the products that are wanted."""
        self.labels.chosen = product
        known = self.labels.find(product)
        self.session.show_product(product, known.values if known else ())
        self._tell()

    def set_count(self, text: str) -> None:
        """Want so many labels of the chosen product."""
        if text.strip().isdecimal() and int(text):
            self.labels.set_count(int(text))
            self._tell()

    def set_all(self, text: str) -> None:
        """Want so many labels of every product that is wanted."""
        if text.strip().isdecimal() and int(text):
            self.labels.set_all(int(text))
            self._tell()

    def remove(self) -> None:
        """Want no label of the chosen product."""
        self.labels.remove()
        self.choose(self.labels.chosen)

    def clear(self) -> None:
        """Want nothing any more."""
        self.labels.clear()
        self.choose("")

    def as_on_hand(self) -> None:
        """Want as many labels of each product as there are pieces of it; of what is not there none."""
        shop, products = self.office.shop, [row.product for row in self.labels.rows]
        if shop is None:
            return

        def count(reader: Connection) -> dict[str, int]:
            there = ((product, on_hand(reader, product, shop)) for product in products)
            return {product: max(0, quantity.micro // MICRO) if quantity else 0 for product, quantity in there}

        self.office.work.ask(count, self._counted)

    def _counted(self, counts: dict[str, int]) -> None:
        left = self.labels.set_counts(counts)
        self.said = f"{left:,} without stock left out" if left else ""
        self.choose(self.labels.chosen)

    # ------------------------------------------------------------------------------ what changed

    def look_since(self, text: str) -> None:
        """Want a label of each product whose label is out of date, by what changed since a day as somebody types it."""
        now = self.office.clock.now()
        try:
            self.since = read_day(text, self.office.locale, now.day) or self.since
        except ValueError as fault:
            self._refused(str(fault))
            return
        since, self.is_looking = self.since, True
        self.office.work.ask(lambda reader: labels.out_of_date(reader, since, now), self._found_changes)
        self._tell()

    def _found_changes(self, rows: list[labels.Named]) -> None:
        self.is_looking, self.refusal = False, ""
        added = self.labels.add_new(_wanted(row) for row in rows[:_MOST_CHANGED])
        day = day_text(self.since, self.office.locale)
        self.said = f"{_products(added)} changed since {day}" if rows else f"No label is out of date since {day}"
        if len(rows) > _MOST_CHANGED:
            self.said = f"The first {_MOST_CHANGED:,} of {len(rows):,} changed products are listed"
        self.choose(rows[0].product if rows else self.labels.chosen)

    # ------------------------------------------------------------------------------ printing

    def print(self) -> None:
        """Print what is wanted."""
        rows = tuple(LabelRow(row.product, row.count, row.values) for row in self.labels.rows)
        self._ask(rows, self._printed)

    def _printed(self) -> None:
        self.labels.clear()
        self.session.show_product("")

    def print_one(self) -> None:
        """Print the label on the board once, as it is shown."""
        session = self.session
        sample = tuple(LabelValue(*pair) for pair in session.values.items())
        values = session.entered if session.product else sample
        self._ask((LabelRow(session.product, 1, values),), lambda: None)

    def _ask(self, rows: tuple[LabelRow, ...], then: Callable[[], None]) -> None:
        office, session = self.office, self.session
        shop = office.shop
        command = AskLabels(
            office.clock.new_id(), office.till(), session.name, session.design, rows, shop.id if shop else ""
        )
        count = sum(row.count for row in rows)

        def asked(_: object) -> None:
            then()
            session.saved = session.refusal = ""
            self.refusal, self.said = "", "1 label is printing" if count == 1 else f"{count:,} labels are printing"
            if not self.has_printer():
                self.refusal = NO_PRINTER
            self.refresh()

        office.change(command, then=asked, refused=self._refused)

    def cancel(self, batch: BatchJob) -> None:
        """Print no more of a batch; what the printer holds it forgets where it can, else it comes out."""
        self._note(NotePrint(batch.job.job, PrintState.CANCELLED, done=batch.job.done))

    def go_on(self, batch: BatchJob, *, came_out: bool) -> None:
        """Go on with a batch of which some labels may have come out: with them, or after them."""
        done = batch.job.sent if came_out else batch.job.done
        self._note(NotePrint(batch.job.job, PrintState.QUEUED, done=done))

    def _note(self, command: NotePrint) -> None:
        self.office.change(command, then=lambda _: self.refresh(), refused=self._refused)

    def refresh(self) -> None:
        """Read how far the batches are, and when labels were printed here last."""

        def read(reader: Connection) -> tuple[list[BatchJob], int | None]:
            return label_batches(reader), labels.last_printed(reader)

        self.office.work.ask(read, self._told)

    def _told(self, found: tuple[list[BatchJob], int | None]) -> None:
        self.batches, printed_ms = found
        if not self.since:
            self.since = self._first_day(printed_ms)
        self._tell()

    def _first_day(self, printed_ms: int | None) -> str:
        """Propose the day of the last printing, but a week ago at least: what was printed since is left out anyhow."""
        now = self.office.clock.now()
        week_ago = (now.local.date() - timedelta(days=_DAYS)).isoformat()
        return week_ago if printed_ms is None else min(week_ago, Stamp(printed_ms, now.offset_minutes).day)

    def _refused(self, sentence: str) -> None:
        self.refusal = sentence
        self._tell()

    def _tell(self) -> None:
        for listener in self.listeners:
            listener()


def is_under_way(batch: BatchJob) -> bool:
    """Tell whether a batch is to be printed yet."""
    return batch.job.paper is PaperKind.LABELS and batch.job.state not in _ENDED


def _products(count: int) -> str:
    return "1 product" if count == 1 else f"{count:,} products"


def _named(reader: Connection, products: Sequence[str]) -> list[Wanted]:
    return [_wanted(row) for row in labels.named(reader, products)]


def _wanted(row: labels.Named) -> Wanted:
    return Wanted(row.product, row.name, " · ".join(row.changes) or row.sku)


def _of(product: str, name: str, variant: str, sku: str) -> Wanted:
    return Wanted(product, full_name(name, variant), sku)


def _read(reader: Connection, product: str) -> Wanted | None:
    known = product_as_edit(reader, product) if product else None
    return _of(product, known.name or "", known.variant or "", known.sku or "") if known else None


def _values(lot: str, expiry: str, locale: str) -> tuple[LabelValue, ...]:
    days = (("expiry", format_day(expiry, locale)), ("expiry_gs1", expiry.replace("-", "")[2:])) if expiry else ()
    lots = (("lot", lot),) if lot else ()
    return tuple(LabelValue(name, text) for name, text in (*lots, *days))
