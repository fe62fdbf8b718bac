"""Every projection, loaded: who imports this can project any fact."""

from __future__ import annotations

from omsdesk.store.projections import (
    account,
    approval,
    cash,
    catalogue,
    coupon,
    customer,
    label_design,
    mailing,
    order,
    other_store,
    printing,
    promotion,
    role,
    sale,
    shop,
    stock,
)
from omsdesk.store.projections.registry import leaves_rows, project

__all__ = [
    "account",
    "approval",
    "cash",
    "catalogue",
    "coupon",
    "customer",
    "label_design",
    "leaves_rows",
    "mailing",
    "order",
    "other_store",
    "printing",
    "project",
    "promotion",
    "role",
    "sale",
    "shop",
    "stock",
]
