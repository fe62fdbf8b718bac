"""What is known of tickets of other stores: receipts that were copied here, and what was told of goods that came back.

A ticket that is heard here itself counts by its own rows (``tables/sale.py``), and these beside it do not.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table

from omsdesk.store.tables.schema import key, metadata, text, whole

copied_receipt = Table(
    "copied_receipt",
    metadata,
    key("sale"),
    key("number"),
    text("shop"),
    text("till"),
    whole("completed_ms"),
    whole("item_count"),
    whole("total"),
    text("currency"),
    sqlite_with_rowid=False,
)
Index("copied_receipt_number", copied_receipt.c.number)

told_return = Table(
    "told_return",
    metadata,
    key("sale"),
    key("number"),
    key("sold_line"),
    text("sold_sale"),
    whole("quantity"),
    text("shop"),
    text("till"),
    whole("completed_ms"),
    sqlite_with_rowid=False,
)
"""What came back on a ticket, by the line that it was sold on."""
Index("told_return_sold", told_return.c.sold_line, told_return.c.quantity)

told_refund = Table(
    "told_refund",
    metadata,
    key("sale"),
    key("number"),
    key("sold_sale"),
    key("method"),
    whole("amount"),
    sqlite_with_rowid=False,
)
Index("told_refund_sold", told_refund.c.sold_sale)

told_trace = Table(
    "told_trace",
    metadata,
    key("sale"),
    key("number"),
    key("product"),
    key("code"),
    Column("is_lot", Integer, primary_key=True, nullable=False),
    whole("quantity"),
    sqlite_with_rowid=False,
)
"""Serial numbers and lots on such tickets; below zero where they came back."""
Index("told_trace_code", told_trace.c.code, told_trace.c.product)
