"""What people do at a till with tickets, shifts and the drawer, one step after the other."""

from __future__ import annotations

from collections.abc import Iterator

from omsdesk.domain.approval import Approve, Grant
from omsdesk.domain.attempts import ShutOut
from omsdesk.domain.cash import CloseShift, MoveCash, OpenDrawer, OpenShift
from omsdesk.domain.messages import Command
from omsdesk.domain.rights import Leave, Rule
from omsdesk.domain.role import SaveRole
from omsdesk.domain.sale_command import CompleteSale, HoldSale, RecallSale, VoidSale
from omsdesk.domain.values import Money, Stamp
from omsdesk.store.queries import till as queries
from tests.domain.corner_shop import CARD, CASH, gbp
from tests.store.station import Station

PRODUCTS = ("coffee", "tea")
RIGHTS_TO_LEND = ("sale.discount", "return.late")


APPROVER = "max"


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


def leave(station: Station, step: str, choice: int) -> Command:
    """Make the command of a step about what people may do: "approve", "shut out" or "rules"."""
    till, new_id, right = station.database.station.till, station.clock.new_id, RIGHTS_TO_LEND[choice % 2]
    match step:
        case "approve":
            sale = queries.open_sale_id(station.database.writer, till)
            until = None if sale else Stamp(station.clock.moment.utc_ms + 60_000 * (choice + 1))
            return Approve(
                Grant(new_id(), right, APPROVER, choice * 100, sale, until), till, "cara", "as a favour", choice == 1
            )
        case "shut out":
            return ShutOut(new_id(), "sue", till, 3, right)
    return SaveRole("supervisor", (Rule("sale.discount", Leave.ALLOWED, 100_000 * choice),))
