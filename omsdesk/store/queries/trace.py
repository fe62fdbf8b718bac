"""Where a serial number or a lot went."""

from __future__ import annotations

import json
from collections.abc import Iterable

from omsdesk.domain.records import record
from omsdesk.domain.values import Quantity, Stamp
from omsdesk.store.engine import Connection
from omsdesk.store.sql import Statements

_sql = Statements("trace")


@record
class Traced:
    """A ticket on which goods with a number went out or came back."""

    sale: str
    number: str
    till: str
    at: Stamp
    product: str
    name: str
    quantity: Quantity
    """Below zero where they came back."""
    is_lot: bool = False
    customer: str = ""
    """Whose ticket it was, by their id; empty where nobody said."""


def where_is(connection: Connection, code: str, most: int = 200) -> list[Traced]:
    """List where goods with a serial number or of a lot went, the last time first."""
    return [
        Traced(sale, number, till, Stamp(at_ms), product, name, Quantity(quantity), bool(is_lot), who)
        for sale, number, till, at_ms, product, name, quantity, is_lot, who in connection.rows(
            _sql.WHERE, code=code.strip(), most=most
        )
    ]


def sold_serials(connection: Connection, product: str, serials: Iterable[str]) -> frozenset[str]:
    """Tell which of these serial numbers of a product are with customers, as far as it is known here."""
    codes = json.dumps(list(serials))
    return frozenset(code for (code,) in connection.rows(_sql.SOLD, product=product, codes=codes))
