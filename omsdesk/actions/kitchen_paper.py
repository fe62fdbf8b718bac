"""The slip for the kitchen, made from what it was told."""

from __future__ import annotations

from omsdesk.actions.paper import NoDocument
from omsdesk.documents.kitchen_slip import KitchenSlip, SlipRow
from omsdesk.domain.kitchen import KitchenSent, slip_named
from omsdesk.store import journal
from omsdesk.store.engine import Connection
from omsdesk.store.queries import till as till_queries


def kitchen_slip_of(connection: Connection, document: str, *, is_copy: bool = False) -> KitchenSlip:
    """Compose a slip.

    Raises:
        NoDocument: nothing is known of it.

    """
    kitchen, slip = slip_named(document)
    for entry in journal.of_subject(connection, kitchen):
        fact = entry.fact
        if isinstance(fact, KitchenSent) and fact.slip == slip:
            till, person = till_queries.till_of(connection, fact.till), till_queries.person(connection, entry.actor)
            shop = till_queries.shop_of(connection, fact.till)
            return KitchenSlip(
                at=entry.stamp,
                till=till.name if till else "",
                rows=tuple(SlipRow(row.name, row.quantity, row.notes, row.is_cancelled, row.unit) for row in fact.rows),
                name=fact.name,
                number=fact.number,
                cashier=person.name if person else "",
                is_copy=is_copy,
                locale=shop.locale if shop else "en",
            )
    message = "This slip for the kitchen is not in the database."
    raise NoDocument(message)
