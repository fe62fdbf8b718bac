"""What people do at a till with tickets, shifts and the drawer, one step after the other."""

from __future__ import annotations

from collections.abc import Iterator

from omsdesk.domain.cash import CloseShift, MoveCash, OpenDrawer, OpenShift
from omsdesk.domain.messages import Command
from omsdesk.domain.sale_command import CompleteSale, HoldSale, RecallSale, VoidSale
from omsdesk.domain.values import Money
from omsdesk.store.queries import till as queries
from tests.domain.corner_shop import CARD, CASH, gbp
from tests.store.station import Station

PRODUCTS = ("coffee", "tea")


def work(station: Station, step: str, choice: int) -> Iterator[Command]:
    """Make the commands of a step, if it can be done; ``choice`` is which of the tickets, products or ways to pay."""
    reader, till, new_id = station.database.writer, station.database.station.till, station.clock.new_id
    shift = queries.open_shift(reader, till)
    if not shift:
        shift = new_id()
        yield OpenShift(shift, Money.of(100, "GBP"))
    sale = queries.open_sale_id(reader, till)
    held = [row.sale for row in queries.held_sales(reader, till)]
    method = (CASH, CARD)[choice % 2]
    match step:
        case "sell":
            bought = new_id()
            yield station.add(bought, PRODUCTS[choice % 2])
            yield station.pay(bought, method=method)
            yield CompleteSale(bought)
        case "start":
            yield station.add(new_id(), PRODUCTS[choice % 2])
        case "add" if sale:
            yield station.add(sale, PRODUCTS[choice % 2])
        case "pay a part" if sale:
            yield station.pay(sale, gbp("1.00"), method)
        case "hold" if sale:
            yield HoldSale(sale, f"guest {choice}")
        case "recall" if held:
            yield RecallSale(held[choice % len(held)])
        case "void" if sale or held:
            yield VoidSale(sale or held[choice % len(held)])
        case "finish" if sale:
            yield station.pay(sale, method=method)
            yield CompleteSale(sale)
        case "close":
            yield CloseShift(shift, ())
        case "move":
            yield MoveCash(shift, new_id(), gbp(f"{choice}.50"), "change")
            yield OpenDrawer(shift, new_id(), "change")
