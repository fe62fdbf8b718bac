"""What the facts of one ticket say: in whose hands it is, and the documents that it ended in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from typing import TypeVar

from omsdesk.domain import hands
from omsdesk.domain.body import from_json
from omsdesk.domain.cash import ShiftClosed, XReportTaken
from omsdesk.domain.hands import OWN, Ticket
from omsdesk.domain.messages import Event, UnknownEvent
from omsdesk.domain.returns import Receipt
from omsdesk.domain.sale import SaleCompleted
from omsdesk.domain.values import Quantity, Stamp
from omsdesk.store import journal
from omsdesk.store.doubles import parts
from omsdesk.store.engine import Connection
from omsdesk.store.journal import Entry
from omsdesk.store.sql import Statements

_sql = Statements("sale")
_shop = Statements("shop")
_journal = Statements("journal")

_Document = TypeVar("_Document", bound=Event)
_DOCUMENTS = (SaleCompleted, ShiftClosed, XReportTaken)


def deeds(
    connection: Connection, subject: str, after: int = 0, only: Collection[type[Event]] = ()
) -> Iterator[tuple[str, Entry]]:
    """Read the entries of one document, oldest first, each with whose hand wrote it (``domain/hands.py``).

    ``only`` names the kinds that are looked at; without it all are.

    Raises:
        UnknownEvent: a newer version of this program wrote one of them.

    """
    hand_of: Callable[[str, int, int], str] | None = None
    kinds = {fact.kind for fact in only}
    for *row, first, origin, epoch, number in connection.rows(_sql.DEEDS, subject=subject, after=after):
        position, utc_ms, offset, actor, kind, version, body = row
        if kinds and kind not in kinds:
            continue
        hand_of = hand_of or _hands(connection)
        fact = from_json(kind, version, journal.unpack(body))
        entry = Entry(position, Stamp(utc_ms, offset), actor, fact, journal.ref_of(first))
        yield hand_of(origin, epoch, number), entry


def _hands(connection: Connection) -> Callable[[str, int, int], str]:
    device, lived, *_ = connection.row(_journal.STATION) or ("", 0)
    kept: dict[int, int] = dict(connection.rows(_journal.FORKED))

    def hand_of(origin: str, epoch: int, number: int) -> str:
        if origin != device:
            return f"{origin}/{epoch}"
        # What lies beyond the end of an epoch that was left another disk wrote.
        return OWN if epoch <= lived and number <= kept.get(epoch, number) else f"/{epoch}"

    return hand_of


def ticket(connection: Connection, sale: str) -> Ticket | None:
    """Fold a ticket from its facts; None as well where a newer version of this program wrote some of them."""
    state: Ticket | None = None
    with suppress(UnknownEvent):
        for hand, entry in deeds(connection, sale):
            state = hands.evolve(state, hand, entry.fact)
        return state
    return None


def documents(connection: Connection, subject: str, kind: type[_Document]) -> Iterator[tuple[str, _Document, str]]:
    """Read the documents that a ticket or shift ended in: whose hand wrote each, what it says, and who made it."""
    for hand, entry in deeds(connection, subject, only=[kind]):
        if isinstance(entry.fact, kind):
            yield hand, entry.fact, entry.actor


def completed_sale(connection: Connection, sale: str) -> tuple[SaleCompleted, str] | None:
    """Find the document of a completed ticket and the id of its cashier.

    A ticket that two stations completed has two. Its id alone means the one of this station, if there is one; the ids
    in lists say which (``store/doubles.py``).
    """
    document, place = parts(sale)
    found = list(documents(connection, document, SaleCompleted))
    if not place:
        own = next(((fact, who) for hand, fact, who in found if hand == OWN), None)
        if own is not None:
            return own
    ranked = sorted(found, key=_rank)
    at = max(place - 1, 0)
    return ranked[at][1:] if at < len(ranked) else None


def receipt_of(connection: Connection, sale: str) -> Receipt | None:
    """Find a receipt that goods come back from, with what came back of it before; None where it is not known here.

    It may be of another store, and have been copied from there.
    """
    found = completed_sale(connection, sale)
    sold = found[0] if found else copied(connection, sale)
    if sold is None:
        return None
    lines = {row.line for row in sold.lines}
    back = {line: Quantity(connection.value(_sql.CAME_BACK, sold_line=line)) for line in lines}
    given: dict[str, int] = dict(connection.rows(_sql.GIVEN_BACK, sold_sale=sold.sale))
    return Receipt(sold, back, given, connection.value(_shop.SHOP_NAME, id=sold.shop) or "")


def copied(connection: Connection, sale: str) -> SaleCompleted | None:
    """Find the document of a ticket of another store that was copied here; of two the one that is named.

    Raises:
        UnknownEvent: a newer program wrote it.

    """
    from omsdesk.domain.other_store import ReceiptCopied, copy_of

    document, place = parts(sale)
    copies = (fact.sold for _, fact, _ in documents(connection, copy_of(document), ReceiptCopied))
    found = {sold.number: sold for sold in copies}
    numbers = sorted(found)
    at = max(place - 1, 0)
    return found[numbers[at]] if at < len(numbers) else None


def _rank(row: tuple[str, SaleCompleted, str]) -> tuple[str, int, str, str, int, int]:
    # As the rows are ranked by what they say: ``HEAD_OF`` in ``statements/sale.py``.
    _, fact, who = row
    return fact.number, fact.at.utc_ms, fact.till, who, fact.total.minor, fact.item_count


def is_heard(connection: Connection, document: str) -> bool:
    """Tell whether a receipt or report was made elsewhere and only heard of here.

    One of several of one ticket is chosen from a list, after it was printed wherever it was made.
    """
    if parts(document)[1]:
        return True
    made = [hand for hand, _ in deeds(connection, document, only=_DOCUMENTS)]
    return bool(made) and OWN not in made
