"""Reports and receipts as they come out of the printer, as pictures or as PDF. Never on the GUI thread."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from omsdesk.domain.values import Stamp
from omsdesk.store.engine import Connection
from omsdesk.ui.paper_file import write_pdf

if TYPE_CHECKING:
    from omsdesk.documents.paper import Paper
    from omsdesk.domain.shop import Shop


class Kind(StrEnum):
    """What is being looked at."""

    SHIFT = "shift"
    OPEN_SHIFT = "open shift"
    RECEIPT = "receipt"
    ACCOUNT = "account"
    BALANCES = "open balances"
    """What is open on all accounts."""
    TRACE = "trace"
    """Where a serial number or a lot went."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Pages as PNG files, or why there are none."""

    pages: tuple[bytes, ...] = ()
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """Where a file was written, or why it was not."""

    sentence: str
    is_good: bool


def draw(connection: Connection, kind: Kind, document: str, at: Stamp) -> Drawn:
    """Draw a document; ``at`` is the moment for figures that are still growing."""
    # Imported at the first look: drawing letters costs 100 ms to load.
    from omsdesk.actions.paper import NoDocument
    from omsdesk.devices.drivers.simulator.painter import Painter
    from omsdesk.documents import escpos

    try:
        payload = escpos.render(_paper(connection, kind, document, at)).payload
    except NoDocument as missing:
        return Drawn(trouble=str(missing))
    painter = Painter()
    painter.print(payload)
    painter.tear_off()
    return Drawn(tuple(sheet.png for sheet in painter.sheets))


def save_pdf(connection: Connection, kind: Kind, document: str, name: str, folder: Path, at: Stamp) -> Saved:
    """Write a document as PDF into a folder, under its name."""
    place = write_pdf(folder, kind.split()[-1], lambda: (name, _paper(connection, kind, document, at)))
    if isinstance(place, str):
        return Saved(place, is_good=False)
    return Saved(f"Saved as {place.name} in {folder}.", is_good=True)


def save_table(connection: Connection, code: str, name: str, folder: Path, at: Stamp) -> Saved:
    """Write where a serial number or a lot went as a table into a folder."""
    from omsdesk.actions.paper import NoDocument
    from omsdesk.actions.trace_paper import trace_of, write_table

    place = folder / f"trace-{name}.csv"
    try:
        write_table(trace_of(connection, _shop(connection), code, at), place)
    except NoDocument as missing:
        return Saved(str(missing), is_good=False)
    except OSError as failure:
        sentence = f"The table could not be saved in {folder}: {failure.strerror}. Choose another folder."
        return Saved(sentence, is_good=False)
    return Saved(f"Saved as {place.name} in {folder}.", is_good=True)


def _shop(connection: Connection) -> Shop:
    from omsdesk.actions.paper import NoDocument
    from omsdesk.store.queries import till as queries

    shop = queries.shop_of(connection, queries.station(connection).till)
    if shop is None:
        raise NoDocument("The shop is not set up yet.")
    return shop


def _paper(connection: Connection, kind: Kind, document: str, at: Stamp) -> Paper:
    from omsdesk.actions.paper import receipt_of, report_so_far, shift_report_of
    from omsdesk.documents.receipt import receipt_paper
    from omsdesk.documents.shift_report import shift_report_paper

    match kind:
        case Kind.RECEIPT:
            return receipt_paper(receipt_of(connection, document))
        case Kind.SHIFT:
            return shift_report_paper(shift_report_of(connection, document))
        case Kind.OPEN_SHIFT:
            return shift_report_paper(report_so_far(connection, document, at))
        case Kind.TRACE:
            return _trace_paper(connection, document, at)
        case Kind.ACCOUNT | Kind.BALANCES:
            return _account_paper(connection, kind, document, at)


def _trace_paper(connection: Connection, code: str, at: Stamp) -> Paper:
    from omsdesk.actions.trace_paper import trace_of
    from omsdesk.documents.trace_report import trace_paper

    return trace_paper(trace_of(connection, _shop(connection), code, at))


def _account_paper(connection: Connection, kind: Kind, document: str, at: Stamp) -> Paper:
    from omsdesk.actions.account_paper import open_balances_of, statement_of
    from omsdesk.documents.account_report import open_balances_paper, statement_paper

    shop = _shop(connection)
    if kind is Kind.BALANCES:
        return open_balances_paper(open_balances_of(connection, shop, at))
    return statement_paper(statement_of(connection, shop, document, at))
