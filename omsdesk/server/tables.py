"""What the service keeps, tenant first in every key, so that one schema runs on one machine, in cells and on Citus.

No sequences, triggers, stored procedures or advisory locks: what a database of the same family lacks is not used.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, PrimaryKeyConstraint, Table, Text

metadata = MetaData()

ROLE = "omsdesk_service"
"""Who works in PostgreSQL: a role that owns nothing, so that row-level security holds for it."""


def _key(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def _whole(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False)


def _moment(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False, server_default="0")


def _bytes(name: str) -> Column[bytes]:
    return Column(name, LargeBinary, nullable=False)


directory = Table("directory", metadata, Column("key", Text, primary_key=True), _key("tenant_id"))
"""Which tenant a device or a code belongs to: all that can be asked before the tenant is known."""

tenant = Table("tenant", metadata, Column("tenant_id", Text, primary_key=True), _text("name"), _moment("made_ms"))

device = Table(
    "device",
    metadata,
    _key("tenant_id"),
    _key("device"),
    _key("store"),
    _text("till"),
    _text("name"),
    _bytes("public_key"),
    _text("version"),
    Column("only_sells", Integer, nullable=False, server_default="0"),
    Column("epoch", Integer, nullable=False, server_default="1"),
    _moment("enrolled_ms"),
    _moment("retired_ms"),
    _moment("seen_ms"),
    PrimaryKeyConstraint("tenant_id", "device"),
)

code = Table(
    "code",
    metadata,
    _key("tenant_id"),
    _key("digest"),
    _key("store"),
    _text("till"),
    _text("device"),
    _text("made_by"),
    _moment("expires_ms"),
    _text("used_by"),
    Column("only_sells", Integer, nullable=False, server_default="0"),
    PrimaryKeyConstraint("tenant_id", "digest"),
)
"""Codes that let a station in, once. The code itself is nowhere, only what it hashes to."""

chain = Table(
    "chain",
    metadata,
    _key("tenant_id"),
    _key("device"),
    Column("epoch", Integer, nullable=False),
    _whole("number"),
    _bytes("hash"),
    PrimaryKeyConstraint("tenant_id", "device", "epoch"),
)
"""The end of each chain."""

entry = Table(
    "entry",
    metadata,
    _key("tenant_id"),
    _key("device"),
    Column("epoch", Integer, nullable=False),
    _whole("number"),
    _whole("action"),
    _whole("utc_ms"),
    Column("offset_minutes", Integer, nullable=False),
    _text("actor"),
    _text("subject"),
    _text("kind"),
    Column("version", Integer, nullable=False),
    _bytes("body"),
    _bytes("previous"),
    _bytes("hash"),
    Column("first_epoch", Integer),
    Column("first_number", BigInteger),
    Column("first_hash", LargeBinary),
    Column("scope", Text),
    Column("place", BigInteger),
    Column("digest", LargeBinary),
    _moment("received_ms"),
    PrimaryKeyConstraint("tenant_id", "device", "epoch", "number"),
)
"""Every entry as it came, and its place in a feed where it has one."""

_is_told, _was_moved = entry.c.place.is_not(None), entry.c.first_epoch.is_not(None)
Index(
    "entry_by_place",
    entry.c.tenant_id,
    entry.c.scope,
    entry.c.place,
    unique=True,
    sqlite_where=_is_told,
    postgresql_where=_is_told,
)
Index(
    "entry_by_first",
    entry.c.tenant_id,
    entry.c.device,
    entry.c.first_epoch,
    entry.c.first_number,
    sqlite_where=_was_moved,
    postgresql_where=_was_moved,
)

feed = Table(
    "feed",
    metadata,
    _key("tenant_id"),
    _key("scope"),
    _whole("high"),
    _bytes("digest"),
    PrimaryKeyConstraint("tenant_id", "scope"),
)
"""How far each feed goes; the row is written last in a push, so no number is seen before a smaller one."""

person = Table(
    "person",
    metadata,
    _key("tenant_id"),
    _key("person"),
    _text("name"),
    _text("role"),
    Column("is_active", Integer, nullable=False),
    PrimaryKeyConstraint("tenant_id", "person"),
)
"""Who works in a business and as what, to know whether they may do what they did."""

role = Table(
    "role", metadata, _key("tenant_id"), _key("role"), _text("rules"), PrimaryKeyConstraint("tenant_id", "role")
)
"""What a business says its roles may, as the rules of an entry's body."""

held = Table(
    "held",
    metadata,
    _key("tenant_id"),
    _key("device"),
    Column("epoch", Integer, nullable=False),
    _whole("number"),
    _text("reason"),
    _text("released_by"),
    _text("turned_away_by"),
    _moment("decided_ms"),
    PrimaryKeyConstraint("tenant_id", "device", "epoch", "number"),
)
"""Entries that are in their chain and in no feed until a person lets them pass, and those that were turned away."""

till_claim = Table(
    "till_claim",
    metadata,
    _key("tenant_id"),
    _key("device"),
    _key("till"),
    Column("epoch", Integer, nullable=False),
    _moment("said_ms"),
    PrimaryKeyConstraint("tenant_id", "device", "till"),
)
"""Every till that a device ever was, the last epoch that it is known to have written in there, and when it said so."""

OF_A_TENANT = tuple(table for table in metadata.sorted_tables if table is not directory)
