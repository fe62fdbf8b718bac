"""Where a serial number or a lot went, as a document and as a table in a file."""

from __future__ import annotations

import csv
from pathlib import Path

from omsdesk.actions.paper import NoDocument
from omsdesk.documents.letterhead import Letterhead
from omsdesk.documents.logo import logo_png
from omsdesk.documents.trace_report import TABLE, TraceReport, TraceRow, trace_table
from omsdesk.domain.shop import Shop
from omsdesk.domain.values import Stamp
from omsdesk.store.engine import Connection
from omsdesk.store.queries.customer import customer_by_id
from omsdesk.store.queries.till import till_of
from omsdesk.store.queries.trace import Traced, where_is

_MOST = 10_000


def trace_of(connection: Connection, shop: Shop, code: str, at: Stamp) -> TraceReport:
    """Compose what is known of a number.

    Raises:
        NoDocument: nothing with it was ever sold, as far as is known here.

    """
    found = where_is(connection, code, _MOST)
    if not found:
        message = f"The number {code} is not in the database."
        raise NoDocument(message)
    return TraceReport(
        letterhead=Letterhead(shop.name, shop.address, shop.phone, shop.tax_number, logo_png(shop.logo)),
        code=code.strip(),
        is_lot=found[0].is_lot,
        at=at,
        rows=tuple(_row(connection, row, at) for row in found),
        locale=shop.locale,
    )


def _row(connection: Connection, row: Traced, at: Stamp) -> TraceRow:
    till = till_of(connection, row.till)
    who = customer_by_id(connection, row.customer) if row.customer else None
    moment = Stamp(row.at.utc_ms, at.offset_minutes)
    where = till.name if till else ""
    if who is None:
        return TraceRow(moment, row.name, row.quantity, row.number, where)
    return TraceRow(moment, row.name, row.quantity, row.number, where, who.title, who.phone, who.email)


def write_table(report: TraceReport, place: Path) -> None:
    """Write it as a table.

    Raises:
        OSError: the disk does not take it.

    """
    place.parent.mkdir(parents=True, exist_ok=True)
    # Excel needs the mark to see UTF-8.
    with place.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows((TABLE, *trace_table(report)))
