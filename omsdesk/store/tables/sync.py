"""What a station knows of the service: what it has there, how far it has heard, and what it could not take."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, Table

from omsdesk.store.tables.schema import key, metadata, text, whole

acknowledged = Table(
    "acknowledged",
    metadata,
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    whole("number", default=None),
    Column("chain_end", LargeBinary, nullable=False),
)
"""What the service has of each epoch, and the hash at the end of its chain when the two were compared."""

came_back = Table(
    "came_back",
    metadata,
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    whole("number", default=None),
)
"""How far this station's own entries were heard again, in the feed of what all stores share: everybody can know them,
and all that was told before them is known here."""

feed_mark = Table(
    "feed_mark",
    metadata,
    key("scope"),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("digest", LargeBinary, nullable=False),
    whole("position", default=None),
)

fork = Table(
    "fork",
    metadata,
    Column("id", Integer, primary_key=True),
    whole("epoch", default=None),
    whole("old_epoch", default=None),
    whole("kept", default=None),
    whole("moved", default=None),
)

doubt = Table(
    "doubt",
    metadata,
    Column("position", Integer, primary_key=True, autoincrement=False),
    text("scope", default=None),
    whole("place"),
)
"""What was heard from a feed that the service has lost: it may have been written by a station that lost it too.

Its place is the one at which it was heard again, or an earlier one; 0 where it is doubted still.
"""

quarantine = Table(
    "quarantine",
    metadata,
    Column("position", Integer, primary_key=True, autoincrement=False),
    text("reason", default=None),
)
