"""Orders, the words they are found by, and what is kept for them."""

from __future__ import annotations

from sqlalchemy import Index, Table

from omsdesk.store.tables.schema import key, metadata, text, whole

shop_order = Table(
    "shop_order",
    metadata,
    key("id"),
    text("number"),
    whole("placed_ms"),
    text("purpose"),
    text("store"),
    text("party"),
    text("name"),
    text("phone"),
    text("reference"),
    text("currency"),
    whole("total"),
    whole("to_settle"),
    text("until"),
    whole("is_open"),
    whole("is_known"),
    text("body", default=None),
)
"""``body`` is the whole order; the columns are what lists look at. ``is_open`` is 1 while goods are to be handed over,
while a fee is to be kept, and while two stations think differently of it. Without ``is_known`` its beginning was not
heard yet."""
Index("shop_order_number", shop_order.c.number)
Index("shop_order_open", shop_order.c.placed_ms, sqlite_where=shop_order.c.is_open == 1)
Index("shop_order_time", shop_order.c.placed_ms)
Index("shop_order_party", shop_order.c.party, sqlite_where=shop_order.c.party != "")

order_word = Table("order_word", metadata, key("word"), key("shop_order"), sqlite_with_rowid=False)
Index("order_word_order", order_word.c.shop_order)

reservation = Table(
    "reservation",
    metadata,
    key("shop_order"),
    key("line"),
    key("product"),
    text("place"),
    whole("quantity"),
    sqlite_with_rowid=False,
)
"""What is kept for somebody, in millionths, by where it is to stand."""
Index("reservation_product", reservation.c.product, reservation.c.place, reservation.c.quantity)
