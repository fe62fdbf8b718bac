"""Customers, what they are found by, and the groups they belong to."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, Text

from omsdesk.store.tables.schema import key, metadata, text, whole

customer = Table(
    "customer",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    text("body", default=None),
    whole("revision", default=1),
    text("card"),
    whole("is_active", default=1),
    # A person who asked to be: nothing that is heard of them later is kept.
    whole("is_forgotten"),
    whole("visits"),
)
Index("customer_card", customer.c.card, sqlite_where=customer.c.card != "")

customer_key = Table(
    "customer_key",
    metadata,
    key("key"),
    Column("customer_no", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
"""What a customer is found by from its beginning: ways to write their phone number, their e-mail, their card. Each is
another one for nearly everybody, which a full-text index would have to look through one by one."""

customer_group = Table("customer_group", metadata, key("id"), text("body", default=None), whole("revision", default=1))

CUSTOMER_SEARCH = """
CREATE VIRTUAL TABLE customer_search
USING fts5(words, content='', columnsize=0, prefix='1 2 3 4 5 6', tokenize='ascii')
"""
"""The words of names, as products are found by theirs: who comes most is met first. There are so many names that their
beginnings are kept, too: looked through one by one they take thirty milliseconds among a million customers."""
