"""How commands about coupons are carried out, and what is looked at when a ticket with coupons is paid."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from omsdesk.domain import coupon
from omsdesk.domain.coupon import MakeCoupons, ShowCoupon
from omsdesk.domain.messages import Command, Decision, Refusal
from omsdesk.domain.order_command import PlaceOrder
from omsdesk.domain.sale import Sale
from omsdesk.domain.sale_command import CompleteSale, SaleCommand, TakeTender
from omsdesk.domain.shop import Desk
from omsdesk.store.database import Transaction
from omsdesk.store.engine import Connection
from omsdesk.store.queries.coupon import known_coupon, taken, uses
from omsdesk.store.queries.promotion import promotion


def with_known(connection: Connection, desk: Desk, command: SaleCommand) -> SaleCommand:
    """Let a command know of the coupon that it is about."""
    if not isinstance(command, ShowCoupon):
        return command
    return replace(command, known=known_coupon(connection, command.code, desk.promotions))


def spent_meanwhile(connection: Connection, ticket: Sale | None, command: Command) -> Refusal | None:
    """Refuse to begin paying, or to order, a ticket with a code that was used elsewhere since it was shown here."""
    if ticket is None or ticket.tenders or not isinstance(command, TakeTender | CompleteSale | PlaceOrder):
        return None
    codes = coupon.spent_on(ticket)
    found = uses(connection, codes) if codes else {}
    return next((coupon.spent(code, found[code][0]) for code in codes if code in found), None)


def _make(transaction: Transaction, command: MakeCoupons) -> Decision:
    row = promotion(transaction.connection, command.promotion)
    # A promotion that has yet to be heard of may well be.
    is_for_codes = row is None or row[0].is_by_single_codes
    return coupon.decide_making(command, is_for_codes=is_for_codes, taken=taken(transaction.connection, command.codes))


HANDLERS: dict[type[Command], Callable[[Transaction, Any], Decision]] = {MakeCoupons: _make}
