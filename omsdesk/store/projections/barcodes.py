"""Whose barcodes are whose. Two stations may give two products one code: both keep it, and scanning finds one of them.

That is the one with the smallest id, at every station, until somebody takes the code off the other.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from omsdesk.domain.catalogue import PackCode
from omsdesk.store.engine import Connection
from omsdesk.store.sql import Statements

_sql = Statements("catalogue")
_conflicts = Statements("field_write")

NOUN, FIELD = "barcode", "product"
"""What a code that two products have is called among the conflicts."""


class Barcodes:
    """The barcodes that one entry gives to products, collected so that they are written in one go."""

    def __init__(self, connection: Connection) -> None:
        """Begin to collect."""
        self._connection = connection
        self._packs: dict[int, list[PackCode]] = {}
        self._recoded: set[int] = set()

    def give(self, no: int, packs: Iterable[PackCode], *, is_new: bool) -> None:
        """Give a product these codes instead of those it has."""
        if not is_new:
            self._recoded.add(no)
        self._packs[no] = list(packs)

    def write(self) -> None:
        """Write what was collected."""
        if not self._packs:
            return
        run, numbers = self._connection.many, json.dumps(list(self._recoded))
        given_up = (
            {code for (code,) in self._connection.rows(_sql.CODES_OF, numbers=numbers)} if self._recoded else set()
        )
        run(_sql.CLEAR_BARCODES, ({"product_no": no} for no in self._recoded))
        rows: list[dict[str, Any]] = [
            {"code": pack.code, "product_no": no, "quantity": pack.quantity.micro}
            for no, packs in self._packs.items()
            for pack in packs
        ]
        run(_sql.SAVE_BARCODE, rows)
        self._settle({row["code"] for row in rows}, given_up)

    def _settle(self, given: set[str], given_up: set[str]) -> None:
        contested = {
            code for (code,) in self._connection.rows(_sql.CONTESTED, codes=json.dumps(list(given | given_up)))
        }
        touched = contested | given_up
        if touched:
            self._connection.run(_sql.SETTLE_RIVALS, codes=json.dumps(list(touched)))
            for statement, codes in (
                (_conflicts.OPEN_CONFLICT, contested),
                (_conflicts.CLOSE_CONFLICT, touched - contested),
            ):
                self._connection.many(statement, [{"noun": NOUN, "subject": c, "field": FIELD} for c in codes])
