"""What the author of an edit had before them: a screen knows a revision of this station, a fact names the writes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from typing import TypeVar

from omsdesk.domain.catalogue import PriceRow, ProductEdit, SaveProducts, SetPrices
from omsdesk.domain.customer import Customer, CustomerGroup
from omsdesk.domain.field_write import UNSEEN, Seen, changed
from omsdesk.domain.label_design import LabelDesign
from omsdesk.domain.people import Person
from omsdesk.domain.pricing import HEAD
from omsdesk.domain.promotion import Promotion
from omsdesk.domain.shop import Shop, Till
from omsdesk.store.engine import Connection
from omsdesk.store.queries import catalogue as catalogue_queries
from omsdesk.store.queries.field_writes import NOUNS, Held, seen_at, seen_now, whole, writes_of
from omsdesk.store.queries.till import price_lists
from omsdesk.store.sql import Statements

_shop = Statements("shop")
_Whole = TypeVar("_Whole", Shop, Till, Person, Customer, CustomerGroup, Promotion, LabelDesign)


class _Products:
    """The products of a command, as they are known and as each of its edits leaves them."""

    def __init__(self, connection: Connection, edits: Iterable[ProductEdit | PriceRow]) -> None:
        bases = [(edit.product, edit.base) for edit in edits]
        self._connection = connection
        self._products = {product for product, _ in bases}
        self._revisions = catalogue_queries.revisions(connection, self._products)
        self._oldest = min((base or self._revisions.get(product, 0) for product, base in bases), default=0)

    @cached_property
    def _writes(self) -> dict[str, list[Held]]:
        # An import of new products never asks.
        return writes_of(self._connection, "product", self._products, self._oldest)

    @property
    def are_new(self) -> bool:
        return not self._revisions

    def knows(self, product: str) -> bool:
        return product in self._revisions

    def next(self, product: str, base: int, fields: Iterable[str]) -> tuple[int, Seen]:
        """Tell from which revision an edit is made and what that shows of its fields.

        What is said of a product whose beginning has yet to be heard is made from revision 0.
        """
        known = self._revisions.get(product, 0)
        if known:
            self._revisions[product] = known + 1
        base = (base or known) if known else 0
        return base, seen_at(self._writes.get(product, ()), fields, base)


def products(connection: Connection, command: SaveProducts) -> SaveProducts:
    """Let each edit of a product say what it saw."""
    known = _Products(connection, command.edits)
    if known.are_new and not any(edit.base for edit in command.edits):
        return command
    return replace(command, edits=tuple(_edit(known, edit) for edit in command.edits))


def _edit(known: _Products, edit: ProductEdit) -> ProductEdit:
    if not known.knows(edit.product):
        return replace(edit, base=0) if edit.base else edit
    base, seen = known.next(edit.product, edit.base, edit.writes)
    return replace(edit, base=base, saw=seen.refs, generation=seen.generation)


def prices(connection: Connection, command: SetPrices) -> tuple[SetPrices, Seen]:
    """Let each price say what it saw, and the command what it saw of its price list if it speaks of it."""
    head = command.price_list
    known = _Products(connection, command.rows)
    rows = tuple(_price(known, head.id, row) for row in command.rows)
    is_said = not rows or all(row.id != head.id for row in price_lists(connection))
    seen = seen_now(connection, "price_list", head.id, (HEAD,))
    return replace(command, rows=rows), seen if is_said else UNSEEN


def _price(known: _Products, price_list: str, row: PriceRow) -> PriceRow:
    base, seen = known.next(row.product, row.base, (row.field(price_list),))
    return replace(row, base=base, saw=seen.refs, generation=seen.generation)


def rules(connection: Connection, role: str, rights: Iterable[str], base: int) -> Seen:
    """Tell what the author of something said of a role saw of these rights."""
    known = connection.row(_shop.ROLE_ROW, id=role)
    base = base or (known[1] if known else 0)
    return seen_at(writes_of(connection, "role", [role], base).get(role, []), rights, base)


def fields(
    connection: Connection, said: _Whole, names: tuple[str, ...], base: int, of: tuple[str, ...] = ()
) -> tuple[_Whole, tuple[str, ...], Seen] | None:
    """Put what is said over what is known now; gives that, the fields that are changed, and what was seen of them.

    ``names`` are the fields that are spoken of, without them those that differ; ``of`` are those that can be spoken of,
    where that is not all. None where nothing is changed.
    """
    found = whole(connection, type(said), said.id)
    if found is None:
        return said, (), UNSEEN
    known, revision = found
    names = tuple(name for name in names or changed(known, said) if not of or name in of)
    if not names:
        return None
    base = base or revision
    writes = writes_of(connection, NOUNS[type(said)], [said.id], base).get(said.id, [])
    return replace(known, **{name: getattr(said, name) for name in names}), names, seen_at(writes, names, base)
