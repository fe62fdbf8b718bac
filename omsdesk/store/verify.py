"""Does a database still say what happened? The chain, the tables against the journal, and every sum that must come out.

What is wrong is found and told, never repaired: a repair is a decision (rebuild the tables, or restore a backup).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from omsdesk.domain.account import display_name
from omsdesk.domain.messages import Event
from omsdesk.domain.sale import SaleCompleted, SaleStarted, SaleVoided
from omsdesk.domain.values import Quantity
from omsdesk.store import exchange, journal
from omsdesk.store.compare import table_differences, word_differences
from omsdesk.store.encryption import key_in_use
from omsdesk.store.engine import Connection, DamagedFile, StoreFailure, open_reader, open_writer, plainly
from omsdesk.store.migrate import NEWEST, bring_up_to_date, shape_of
from omsdesk.store.replay import CannotReplay, Progress, no_progress, projected_tables, replay_into, search_indexes
from omsdesk.store.sql import Statements

_sql = Statements("verify")

MOST = 20
"""Findings of one kind that are told; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What a check found: sentences for a person, none where all is well."""

    entries: int
    sentences: tuple[str, ...] = ()
    aside: int = 0
    """Entries that this program could not put into the tables when it heard them; they wait for an update."""

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.sentences


def verify(path: Path, progress: Progress = no_progress) -> Findings:
    """Check a database against its own journal, as of one moment; a till may go on selling meanwhile.

    Raises:
        StoreFailure: there is no such database, a program of another version made it, or there is no space to work in.

    """
    reader = open_reader(path)
    try:
        with plainly():
            _check_shape(reader)
        sentences: list[str] = []
        try:
            with plainly(), reader.snapshot():
                sentences += _all_findings(reader, progress)
                aside = len(exchange.set_aside(reader))
                return Findings(journal.last_position(reader), tuple(sentences), aside)
        except DamagedFile as failure:
            # A page that cannot be read ends the check, and is itself what was looked for.
            return Findings(0, (*sentences, str(failure)))
    finally:
        reader.close()


def _check_shape(reader: Connection) -> None:
    shape = shape_of(reader)
    if not shape:
        raise StoreFailure("This file is not a database of omsdesk.")
    if shape > NEWEST:
        raise StoreFailure(f"A newer version of omsdesk made this database (shape {shape}). Update this program.")
    if shape < NEWEST:
        raise StoreFailure("An older version of omsdesk made this database. Start this program with it once.")


def _all_findings(reader: Connection, progress: Progress) -> Iterator[str]:
    yield from _first(_pages(reader), "damaged pages")
    yield from _first(_links(reader), "breaks in the chain")
    with _scratch(reader) as fresh:
        documents = _Documents()
        try:
            for entry in replay_into(reader, fresh, progress):
                documents.look_at(entry.fact)
        except CannotReplay as failure:
            yield f"{failure} The tables were not compared with the journal."
        else:
            for table in projected_tables(fresh):
                yield from _first(table_differences(table, reader, fresh), f"differences in the table {table}")
            for index in search_indexes(fresh):
                yield from _first(word_differences(index, reader, fresh), f"differences in the index {index}")
        yield from _first(documents.findings, "receipts that do not add up")
    if exchange.set_aside(reader):
        # Some of what these sums are made of is in no table yet.
        return
    yield from _first(_goods(reader), "products")
    yield from _first(_accounts(reader), "accounts")
    yield from _first(_shifts(reader), "sums of shifts")
    yield from _first(_numbers(reader), "places in the receipt numbers")


def _first(findings: Iterable[str], rest: str) -> Iterator[str]:
    """Tell the first of many alike, and count the others."""
    found = iter(findings)
    yield from islice(found, MOST)
    more = sum(1 for _ in found)
    if more:
        yield f"And {more} more {rest}."


@contextmanager
def _scratch(source: Connection) -> Iterator[Connection]:
    """Make an empty database that nobody needs to survive a cut of the power, as secret as its source."""
    with TemporaryDirectory(prefix="omsdesk-verify-") as folder:
        path = Path(folder) / "replay.db"
        connection = open_writer(path, key_in_use(source.raw))
        try:
            bring_up_to_date(path, connection)
            connection.raw.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
            connection.raw.execute("BEGIN")
            yield connection
        finally:
            connection.close()


def _pages(reader: Connection) -> Iterator[str]:
    for (fault,) in reader.each("PRAGMA integrity_check(100)"):
        if fault != "ok":
            yield f"The file is damaged: {fault}."


def _links(reader: Connection) -> Iterator[str]:
    for origin, epoch, number, reason in journal.broken_links(reader):
        yield f"Journal of {origin}, epoch {epoch}, entry {number}: {reason}."


def _goods(reader: Connection) -> Iterator[str]:
    for product, micro in reader.each(_sql.GOODS_FROM_NOWHERE):
        yield f"Goods of product {product} come from nowhere: over all places they are {Quantity(micro)}, not 0."


def _accounts(reader: Connection) -> Iterator[str]:
    for account, off in reader.each(_sql.ACCOUNT_DIFFERENCES):
        yield f"{display_name(account)}: its balance is not the sum of what moved on it (off by {off})."


def _shifts(reader: Connection) -> Iterator[str]:
    for shift, measure, key, count, amount, base in reader.each(_sql.SHIFT_DIFFERENCES):
        what = f"{measure} {key}".strip()
        yield (
            f"Shift {shift}: its {what} are not the sum of its tickets "
            f"(off by {count} in number, {amount} in amount, {base} in net, in the smallest unit of money)."
        )


def _numbers(reader: Connection) -> Iterator[str]:
    for series, before, count in reader.each(_sql.NUMBER_STEPS):
        if count == before:
            yield f"The receipt number {series}{count:06d} was given twice."
        else:
            last = f" to {series}{count - 1:06d}" if count - before > 2 else ""
            yield f"The receipt {series}{before + 1:06d}{last} is missing."


class _Documents:
    """Adds up every receipt as its fact tells it: lines, taxes, payments."""

    def __init__(self) -> None:
        self.findings: list[str] = []
        self._inclusive: dict[str, bool] = {}

    def look_at(self, fact: Event) -> None:
        match fact:
            case SaleStarted():
                self._inclusive[fact.sale] = fact.terms.is_inclusive
            case SaleVoided():
                self._inclusive.pop(fact.sale, None)
            case SaleCompleted():
                self._add_up(fact, self._inclusive.pop(fact.sale, None))

    def _add_up(self, fact: SaleCompleted, is_inclusive: bool | None) -> None:  # noqa: FBT001 - private
        total = fact.total.minor
        lines = sum(row.amount.minor for row in fact.lines)
        taxes = sum(row.amount.minor for row in fact.taxes)
        paid = sum(tender.amount.minor for tender in fact.tenders)
        # Of a ticket that ended before, at another till, it is not known any more whether taxes come on top.
        ways = {None: (0, taxes), True: (0,), False: (taxes,)}[is_inclusive]
        if total - lines not in ways:
            self.findings.append(f"Receipt {fact.number}: its lines do not add up to its total.")
        if fact.net.minor + taxes != fact.turnover.minor:
            self.findings.append(f"Receipt {fact.number}: net and taxes do not add up to its total.")
        if paid != total:
            self.findings.append(f"Receipt {fact.number}: its payments do not add up to its total.")
