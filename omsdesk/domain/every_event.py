"""Every kind of fact, registered: who imports this can read any entry."""

from __future__ import annotations

from omsdesk.domain import (
    account,
    approval,
    attempts,
    cash,
    catalogue,
    coupon,
    customer,
    drawer,
    kitchen,
    label_design,
    labels,
    mailing,
    order,
    people,
    printing,
    promotion_book,
    role,
    sale,
    shop,
    stock,
)

__all__ = [
    "account",
    "approval",
    "attempts",
    "cash",
    "catalogue",
    "coupon",
    "customer",
    "drawer",
    "kitchen",
    "label_design",
    "labels",
    "mailing",
    "order",
    "people",
    "printing",
    "promotion_book",
    "role",
    "sale",
    "shop",
    "stock",
]
