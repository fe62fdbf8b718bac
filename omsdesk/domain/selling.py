"""What may be done with a ticket: every command on a sale becomes facts, or a refusal that says why not."""

from __future__ import annotations

from dataclasses import replace

from omsdesk.domain import (
    buying,
    coupon,
    deposit,
    following,
    goods,
    order_ticket,
    points,
    price_override,
    refund,
    repricing,
    returns,
    stored_value,
)
from omsdesk.domain import tender as tendering
from omsdesk.domain.buying import SetCustomer
from omsdesk.domain.coupon import RemoveCoupon, ShowCoupon
from omsdesk.domain.line import Line
from omsdesk.domain.messages import AMOUNT, Decision, Event, Refusal
from omsdesk.domain.order_command import HandOver, SettleOrder
from omsdesk.domain.repricing import Anew
from omsdesk.domain.returns import Receipts, ReturnGoods, ReturnWithoutReceipt
from omsdesk.domain.sale import (
    AgeChecked,
    LineAdded,
    LineNoted,
    Sale,
    SaleCompleted,
    SaleHeld,
    SaleRecalled,
    SaleStarted,
    SaleVoided,
    TenderRemoved,
    TenderTaken,
    VoidTakenBack,
    evolve,
)
from omsdesk.domain.sale_command import (
    AddLine,
    ChangePrice,
    ChangeQuantity,
    CheckAge,
    CompleteSale,
    DiscountLine,
    DiscountSale,
    HoldSale,
    LoadAccount,
    NoteLine,
    PriceAnew,
    RecallSale,
    RemoveLine,
    RemoveTender,
    RestoreLine,
    ReturnDeposit,
    SaleCommand,
    TakeTender,
    TakeVoidBack,
    VoidSale,
)
from omsdesk.domain.sale_document import sold_lines
from omsdesk.domain.sale_refusal import (
    Elsewhere,
    NoShift,
    NoSuchLine,
    NoSuchTender,
    NotHeld,
    OnHold,
    PaymentsTaken,
    PricesChanged,
    PriceUnknown,
    SaleEnded,
    SameLine,
    TooMuch,
    Training,
    Underpaid,
)
from omsdesk.domain.shop import Desk
from omsdesk.domain.tender import Refunded
from omsdesk.domain.values import MOST_MICRO, MOST_MINOR, Money, Quantity

# --------------------------------------------------------------------------------------------- decide

_NO_SHIFT = NoShift("Open the shift first: count the money in the drawer.")
_GOODS_FIRST = AddLine | ReturnGoods | ReturnWithoutReceipt | ReturnDeposit | HandOver
_FIRST = _GOODS_FIRST | LoadAccount | SetCustomer | CheckAge | SettleOrder | ShowCoupon
"""What a ticket begins with."""


def decide(
    sale: Sale | None,
    command: SaleCommand,
    desk: Desk,
    receipts: Receipts = {},  # noqa: B006
    anew: Anew | None = None,
) -> Decision:
    """Decide on a command for a ticket; ``sale`` is None before its first line.

    ``receipts`` are those of the goods that come back, where the command is about them; ``anew`` gives the articles of
    lines as they are sold from this command on, where it is one that changes what they cost.
    """
    decision = _decide(sale, command, desk, receipts)
    return decision if isinstance(decision, Refusal) else _priced(sale, decision, desk, anew)


def _priced(sale: Sale | None, decision: tuple[Event, ...], desk: Desk, anew: Anew | None) -> Decision:
    """Price a ticket by what holds now, as long as it is in work and nothing was paid."""
    for fact in decision:
        sale = evolve(sale, fact)
    if sale is None or not sale.is_open or sale.held_as is not None or sale.tenders:
        return decision
    return (*decision, *repricing.repriced(sale, desk, anew))


def _decide(sale: Sale | None, command: SaleCommand, desk: Desk, receipts: Receipts) -> Decision:
    if sale is None:
        is_first = isinstance(command, _FIRST)
        return _start(command, desk, receipts) if is_first else NoSuchLine("There is no such ticket.")
    if isinstance(command, TakeVoidBack):
        return _no_void(sale, desk)
    if not sale.is_open:
        return SaleEnded("This ticket is closed. Start a new one.")
    if isinstance(command, RecallSale):
        return _recall(sale, desk)
    if sale.is_elsewhere:
        return Elsewhere("This ticket is in work at another till. Leave it to that till, or hold it there first.")
    if isinstance(command, VoidSale):
        return _void(sale, command, desk)
    if sale.held_as is not None:
        return OnHold("This ticket is on hold. Take it up again first.")
    if isinstance(command, TakeTender | CompleteSale) and not sale.tenders and repricing.repriced(sale, desk):
        return PricesChanged("Offers began or ended since the last article. Look at the new total, then take payment.")
    match command:
        case HoldSale():
            return _hold(sale, command, desk)
        case TakeTender() | RemoveTender():
            return _pay(sale, command, desk, receipts)
        case CompleteSale():
            return (
                returns.excess(sale, receipts)
                or order_ticket.excess(sale, desk)
                or stored_value.fault(sale, desk)
                or _complete(sale, command, desk)
            )
    return _change_lines(sale, command, desk, receipts)


def set_aside(sale: Sale, desk: Desk) -> tuple[Event, ...]:
    """Leave a ticket for another one that begins at the same till: it waits, or ends if nothing is on it."""
    if not sale.is_open or sale.held_as is not None:
        return ()
    if not sale.lines and not sale.tenders:
        return (_voided(sale, "empty", desk),)
    return (_held(sale, f"{desk.at.local:%H:%M}", desk),)


def _start(command: SaleCommand, desk: Desk, receipts: Receipts) -> Decision:
    if not desk.shift:
        return _NO_SHIFT
    started = SaleStarted(
        command.sale,
        desk.till.id,
        desk.shift,
        desk.shop.currency,
        desk.shop.tax_terms,
        is_training=desk.till.is_training,
    )
    added = _change_lines(evolve(None, started), command, desk, receipts)
    return added if isinstance(added, Refusal) else (started, *added)


def _void(sale: Sale, command: VoidSale, desk: Desk) -> Decision:
    if sale.tenders:
        return PaymentsTaken("Give the payments back first, then void the ticket.")
    # Who was sent away in the middle of a sale ends it all the same.
    is_here = desk.author is not None and desk.author.is_active
    lacking = desk.lacks("sale.void", 0, sale.sale, "void this sale") if is_here else None
    return lacking or (_voided(sale, command.reason, desk),)


def _no_void(sale: Sale, desk: Desk) -> tuple[Event, ...]:
    """Take a void out of its shift, as long as that is open: what a Z report said stays said."""
    if not sale.voided_in or sale.voided_in != desk.shift:
        return ()
    return (VoidTakenBack(sale.sale, desk.till.id, desk.shift, sale.total, sale.is_training, sale.turn + 1),)


def _voided(sale: Sale, reason: str, desk: Desk) -> SaleVoided:
    turn = sale.turn + 1
    return SaleVoided(sale.sale, desk.till.id, desk.shift, reason, sale.total, sale.is_training, turn)


def _held(sale: Sale, name: str, desk: Desk) -> SaleHeld:
    return SaleHeld(sale.sale, name, sale.item_count, sale.total, desk.till.id, sale.turn + 1)


def _recall(sale: Sale, desk: Desk) -> Decision:
    is_left_here = sale.is_elsewhere and sale.till == desk.till.id
    if sale.held_as is None and not is_left_here:
        return NotHeld("This ticket is not on hold any more.")
    if sale.tenders and sale.till != desk.till.id and not sale.is_training:
        # Ended here, it would be counted in this drawer, and the money lies in the other one.
        return Elsewhere("Money was taken for this ticket at another till. Finish it there, or give it back there.")
    return (SaleRecalled(sale.sale, desk.till.id, sale.turn + 1),)


def _hold(sale: Sale, command: HoldSale, desk: Desk) -> Decision:
    if sale.tenders:
        return PaymentsTaken("A payment was taken already. Finish the sale or give the payment back.")
    if not sale.lines:
        return Refusal("There is nothing to hold.")
    return (_held(sale, command.name.strip(), desk),)


# ----------------------------------------------------------------------------------------------- lines


def _change_lines(sale: Sale, command: SaleCommand, desk: Desk, receipts: Receipts) -> Decision:
    if sale.tenders:
        return PaymentsTaken("A payment was taken already. Remove it to change the ticket.")
    match command:
        case AddLine():
            return _add(sale, command, desk)
        case ReturnDeposit():
            return deposit.decide(sale, command, desk)
        case ReturnGoods() | ReturnWithoutReceipt() | HandOver() | SettleOrder():
            return _of_document(sale, command, desk, receipts)
        case LoadAccount():
            return stored_value.decide(sale, command, desk)
        case SetCustomer() | ShowCoupon() | RemoveCoupon() | CheckAge() | PriceAnew():
            return _change_ticket(sale, command)
        case RestoreLine():
            return _fault(sale, command.row, desk) or (LineAdded(sale.sale, command.row, command.index),)
        case ChangePrice() | DiscountLine() | DiscountSale():
            return price_override.decide(sale, command, desk)
        case ChangeQuantity() | RemoveLine() | NoteLine():
            row = sale.line(command.line)
            return _change_line(sale, row, command, desk)
    return Refusal("This cannot be done with a ticket.")


def _change_line(sale: Sale, row: Line | None, command: ChangeQuantity | RemoveLine | NoteLine, desk: Desk) -> Decision:
    if row is None:
        return NoSuchLine("This line is not on the ticket any more.")
    decision = _change(sale, row, command, desk)
    is_less = not isinstance(command, NoteLine) and (isinstance(command, RemoveLine) or command.quantity < row.quantity)
    if isinstance(decision, Refusal) or not is_less:
        return decision
    return price_override.of_less(sale, decision, desk) or decision


def _of_document(
    sale: Sale, command: ReturnGoods | ReturnWithoutReceipt | HandOver | SettleOrder, desk: Desk, receipts: Receipts
) -> Decision:
    if isinstance(command, HandOver | SettleOrder):
        return order_ticket.decide(sale, command, desk, receipts)
    return returns.decide(sale, command, desk, receipts)


def _change_ticket(sale: Sale, command: SetCustomer | ShowCoupon | RemoveCoupon | CheckAge | PriceAnew) -> Decision:
    """Decide on what is about no line, and may change what all of them cost."""
    match command:
        case SetCustomer():
            return buying.decide(sale, command)
        case ShowCoupon() | RemoveCoupon():
            return coupon.decide(sale, command)
        case CheckAge(age=age):
            return (AgeChecked(sale.sale, age),) if age > sale.age_checked else ()
    return ()


def _change(sale: Sale, row: Line, command: ChangeQuantity | RemoveLine | NoteLine, desk: Desk) -> Decision:
    fault = following.fault(sale, row, command)
    if fault is not None:
        return fault
    match command:
        case ChangeQuantity(quantity=quantity) if quantity and deposit.is_counted(row):
            return deposit.resized(sale, row, Quantity(abs(quantity.micro)), desk)
        case ChangeQuantity() if row.returned is not None:
            return Refusal("Take this line off, and choose again how many come back.")
        case ChangeQuantity() if row.loads:
            return Refusal("Take this line off, and type the amount again.")
        case ChangeQuantity() if row.ordered is not None:
            return Refusal("Take this line off, and choose again how much of the order is handed over.")
        case ChangeQuantity(quantity=quantity) if quantity:
            changed = Line(
                row.line, row.article, quantity, row.note, row.open_price, serials=row.serials, lot=row.lot,
                expiry=row.expiry,
            )  # fmt: skip
            return _value_fault(sale, changed, desk) or following.resized(sale, row, quantity)
        case NoteLine():
            return (LineNoted(sale.sale, row.line, command.note.strip()),)
    return following.removed(sale, row)


def _add(sale: Sale, command: AddLine, desk: Desk) -> Decision:
    made = following.lines_of(command)
    same = next((row for row in sale.lines if following.are_same(sale, row, made)), None)
    faults = (_fault(sale, row, desk) for row in (made if same is None else made[:1]))
    fault = next((fault for fault in faults if fault is not None), None) or goods.below_minimum(sale, made[0], desk)
    if fault is not None:
        return fault
    if same is None:
        return following.added(sale, made)
    return _change(sale, same, ChangeQuantity(sale.sale, same.line, same.quantity + command.quantity), desk)


def _fault(sale: Sale, row: Line, desk: Desk) -> Refusal | None:
    if sale.line(row.line) is not None:
        return SameLine("This line is on the ticket already.")
    return _value_fault(sale, row, desk)


def _value_fault(sale: Sale, row: Line, desk: Desk) -> Refusal | None:
    if row.returned is not None:
        sold = row.returned.line
        is_twice = sold and any(other.returned and other.returned.line == sold for other in sale.lines)
        return Refusal("This line comes back on this ticket already.") if is_twice else None
    price = row.unit_price
    if price is None:
        return PriceUnknown(f"“{row.article.name}” has no price. Type the price.")
    if price.currency != sale.currency:
        name, currency = row.article.name, sale.currency
        return PriceUnknown(f"“{name}” has its price in {price.currency}. Type the price in {currency}.")
    if row.open_price is not None and row.open_price.minor < 0:
        return Refusal("The price cannot be below zero. Type it again.")
    if row.quantity.micro <= 0:
        return Refusal("Type a quantity above zero.")
    if row.quantity.micro > MOST_MICRO or abs(row.amount(sale.currency).minor) > MOST_MINOR:
        return TooMuch("This is too much for one line. Was a barcode typed as the quantity or the price?")
    return goods.fault(sale, row, desk)


# -------------------------------------------------------------------------------------------- payments


def _pay(sale: Sale, command: TakeTender | RemoveTender, desk: Desk, receipts: Receipts) -> Decision:
    known = {tender.tender for tender in sale.tenders}
    if isinstance(command, RemoveTender):
        if command.tender not in known:
            return NoSuchTender("This payment is not on the ticket any more.")
        return (TenderRemoved(sale.sale, command.tender),)
    if not desk.shift:
        return _NO_SHIFT
    if not sale.lines:
        return tendering.NothingDue("There is nothing to pay.")
    if command.tender in known:
        return tendering.NothingDue("This payment was taken already.")
    if abs(command.given.minor) > MOST_MINOR:
        return TooMuch("This is too much for one payment. Was a barcode typed as the amount?")
    taken = tendering.take(command.tender, command.method, sale.due, command.given, command.account)
    if isinstance(taken, Refusal):
        return taken
    refunds: tuple[Refunded, ...] = ()
    if taken.amount.minor < 0:
        refusal = refund.decide(sale, receipts, command.method, taken.amount, desk)
        if refusal is not None:
            return refusal
        refunds = refund.parts_of(sale, receipts, command.method.code, taken.amount)
    fact = TenderTaken(sale.sale, replace(taken, reference=command.reference.strip(), refunds=refunds))
    refusal = stored_value.tender_fault(taken) or points.burn_fault(taken, desk.shop.points)
    if refusal is None and taken.account:
        refusal = stored_value.fault(evolve(sale, fact), desk)
    return refusal or (fact,)


def _complete(sale: Sale, command: CompleteSale, desk: Desk) -> Decision:
    if not sale.lines:
        return Refusal("The ticket is empty.")
    if not desk.shift:
        return _NO_SHIFT
    if sale.is_training is not desk.till.is_training:
        mode = "in training" if sale.is_training else "before training"
        return Training(f"This ticket was begun {mode}. Void it, or change the till back to end it.")
    summary = sale.summary()
    total = summary.gross + sale.loaded
    due = total.minor - sum(tender.amount.minor for tender in sale.tenders)
    if due:
        what = "due" if due > 0 else "to be given back"
        return Underpaid(f"{AMOUNT} is still {what}.", (Money(abs(due), sale.currency),))
    lines = points.with_points(sold_lines(sale), sale, desk.shop.points)
    return (
        *stored_value.opened(sale, desk),
        SaleCompleted(
            sale.sale, desk.next_number, desk.till.id, desk.shop.id, desk.shift, desk.at, lines, sale.tenders,
            summary.net, summary.taxes, total, sale.item_count, command.paper, sale.is_training,
            sale.turn + 1, sale.customer, coupon.spent_on(sale),
        ),
    )  # fmt: skip
