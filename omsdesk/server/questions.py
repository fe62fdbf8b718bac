"""What a till asks about the whole business: answered from the tables that hold all stores."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, closing
from pathlib import Path
from typing import TypeVar

from omsdesk.domain.body import to_json
from omsdesk.domain.messages import UnknownEvent
from omsdesk.server.replicas import folder_of
from omsdesk.server.storage import Busy
from omsdesk.store import exchange
from omsdesk.store.engine import Connection, StoreFailure, open_reader, plainly
from omsdesk.store.migrate import NEWEST, shape_of
from omsdesk.store.queries.in_stores import in_stores
from omsdesk.store.queries.other_store import as_told
from omsdesk.sync.messages import FoundReceipt, GoodsFound, GoodsThere, GoodsWish, ReceiptFound, ReceiptWish
from omsdesk.sync.scopes import HEAD_OFFICE

PATIENCE_SECONDS = 8.0
_LOOK_SECONDS = 0.1
_Gate = Callable[[], AbstractAsyncContextManager[None]]
_Answer = TypeVar("_Answer")


class NoTables(LookupError):
    """This service keeps no tables, so that there is nothing to look in."""


class Questions:
    """The tables of each business, for whoever asks."""

    def __init__(self, folder: Path | None, ends: Callable[[str], Awaitable[Mapping[str, int]]]) -> None:
        """Look in a folder; ``ends`` says how far the feeds of a business go."""
        self._folder, self._ends = folder, ends

    async def answer(self, tenant: str, look: Callable[[Connection], _Answer], gate: _Gate) -> _Answer:
        """Look as of this moment: what was told before the question is in the answer.

        Whoever waits for the tables takes no place from those at work; each look passes ``gate``.

        Raises:
            NoTables: this service keeps none.
            Busy: the tables do not hold yet what was told, or cannot be read now.

        """
        if self._folder is None:
            raise NoTables(
                "This service keeps no tables, and so it knows nothing of other stores. Tell whoever runs it."
            )
        path = folder_of(self._folder, tenant, HEAD_OFFICE) / "tables.db"
        async with gate():
            ends = await self._ends(tenant)
        end = asyncio.get_running_loop().time() + PATIENCE_SECONDS
        while asyncio.get_running_loop().time() < end:
            async with gate():
                found = await asyncio.to_thread(_look, path, look, ends)
            if found is not None:
                return found
            await asyncio.sleep(_LOOK_SECONDS)
        raise Busy("The service is still reading what the stores told. Ask again in a moment.")


def receipts(reader: Connection, wish: ReceiptWish) -> ReceiptFound:
    """Find a receipt for a till of another store."""
    told = as_told(reader, wish.number, wish.sale)
    return ReceiptFound(tuple(FoundReceipt(receipt.version, to_json(receipt)) for receipt in told))


def goods(reader: Connection, wish: GoodsWish) -> GoodsFound:
    """Tell what the stores have of some products."""
    rows = in_stores(reader, wish.products)
    return GoodsFound(tuple(GoodsThere(row.product, row.store, row.on_hand.micro, row.kept.micro) for row in rows))


def _look(path: Path, look: Callable[[Connection], _Answer], ends: Mapping[str, int]) -> _Answer | None:
    """Look once; None where the tables do not go as far as the feeds."""
    if not path.exists():
        return None
    try:
        with plainly(), closing(open_reader(path)) as reader, reader.snapshot():
            if shape_of(reader) != NEWEST or any(exchange.heard(reader, of).number < high for of, high in ends.items()):
                return None
            return look(reader)
    except (StoreFailure, UnknownEvent) as error:
        # Whoever keeps the tables makes damaged ones anew.
        raise Busy("The service cannot read its tables now. Ask again in a moment.") from error
