"""Tickets, and the lines, payments and taxes of the completed ones."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, Text, literal_column

from omsdesk.store.tables.sale_places import ENDED
from omsdesk.store.tables.schema import key, metadata, text, whole

sale = Table(
    "sale",
    metadata,
    key("id"),
    text("till"),
    text("shift"),
    whole("started_ms"),
    text("currency"),
    whole("is_training"),
    Column("held_as", Text),
    whole("item_count"),
    whole("total"),
    Column("number", Text),
    Column("completed_ms", Integer),
    text("day"),
    text("cashier"),
    whole("is_voided"),
    whole("turn"),
    whole("is_double"),
    text("customer"),
    whole("loaded"),
)
Index("sale_open", sale.c.till, sqlite_where=(sale.c.number.is_(None)) & (sale.c.is_voided == 0))
Index("sale_number", sale.c.number, sqlite_where=sale.c.number.is_not(None))
Index("sale_completed", sale.c.till, sale.c.completed_ms, sqlite_where=sale.c.completed_ms.is_not(None))
Index(
    "sale_day", sale.c.till, sale.c.day, sale.c.currency, sale.c.is_training, sale.c.completed_ms, sale.c.total,
    sale.c.item_count, sale.c.loaded, sqlite_where=sale.c.completed_ms.is_not(None),
)  # fmt: skip
Index("sale_total", sale.c.total, sale.c.completed_ms, sqlite_where=sale.c.completed_ms.is_not(None))
Index("sale_voided", sale.c.till, sale.c.started_ms, sqlite_where=sale.c.is_voided == 1)
Index("sale_customer", sale.c.customer, sale.c.completed_ms, sqlite_where=sale.c.customer != "")
Index("sale_double", sale.c.completed_ms, sqlite_where=sale.c.is_double == 1)

given_up = Table(
    "given_up",
    metadata,
    key("sale"),
    key("line"),
    whole("utc_ms"),
    text("person"),
    text("product"),
    whole("amount"),
    text("reason"),
    sqlite_with_rowid=False,
)
"""What was rung up and given up, by whom: a line, or where ``line`` is empty the whole ticket. It may have been put
back: a line is then on its receipt, and the ticket is no void."""
Index("given_up_time", given_up.c.utc_ms)

sale_place = Table(
    "sale_place",
    metadata,
    key("sale"),
    key("till"),
    whole("turn", default=None),
    text("state", default=None),
    sqlite_with_rowid=False,
)
"""How a ticket that was ever taken up again stands at each till: two may have taken it up without hearing of it."""
Index("sale_place_till", sale_place.c.till, sqlite_where=sale_place.c.state != ENDED)

sale_line = Table(
    "sale_line",
    metadata,
    key("sale"),
    Column("position", Integer, primary_key=True, nullable=False),
    text("line"),
    text("product"),
    text("name"),
    whole("quantity"),
    whole("unit_price"),
    whole("amount"),
    whole("shelf_price", default=-1),
    text("loads"),
    sqlite_with_rowid=False,
)
"""The shelf price is that of one without what a person did about it; below zero where it is not known."""

sale_return = Table(
    "sale_return",
    metadata,
    key("sale"),
    Column("position", Integer, primary_key=True, nullable=False),
    text("sold_line"),
    whole("quantity"),
    sqlite_with_rowid=False,
)
"""What came back against a receipt, by the line that it was sold on there."""
Index("sale_return_sold", sale_return.c.sold_line, sale_return.c.quantity)

sale_tender = Table(
    "sale_tender",
    metadata,
    key("sale"),
    Column("position", Integer, primary_key=True, nullable=False),
    text("method"),
    text("kind"),
    whole("amount"),
    whole("given"),
    whole("change"),
    whole("rounding"),
    text("reference"),
    sqlite_with_rowid=False,
)
Index("sale_tender_reference", sale_tender.c.reference, sqlite_where=sale_tender.c.reference != literal_column("''"))

sale_refund = Table(
    "sale_refund",
    metadata,
    key("sale"),
    Column("position", Integer, primary_key=True, nullable=False),
    text("sold_sale"),
    text("method"),
    whole("amount"),
    sqlite_with_rowid=False,
)
"""What was given back of a receipt by a way to pay that it was paid by."""
Index("sale_refund_sold", sale_refund.c.sold_sale, sale_refund.c.method, sale_refund.c.amount)

sale_tax = Table(
    "sale_tax",
    metadata,
    key("sale"),
    Column("position", Integer, primary_key=True, nullable=False),
    text("code"),
    whole("rate_ppm"),
    whole("net"),
    whole("amount"),
    sqlite_with_rowid=False,
)
