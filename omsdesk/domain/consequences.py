"""What follows from a fact, as further facts of the same transaction."""

from __future__ import annotations

from collections.abc import Iterator

from omsdesk.domain import coupon, other_store, points
from omsdesk.domain.account import AccountKind, AccountOpened, kind_of, owner_of
from omsdesk.domain.card_number import is_number
from omsdesk.domain.cash import CashMoved, CashReason, DrawerOpened, ShiftClosed, XReportTaken
from omsdesk.domain.kitchen import KITCHEN, KitchenSent, slip_of
from omsdesk.domain.labels import LABEL, LabelsAsked
from omsdesk.domain.line import SoldLine
from omsdesk.domain.mailing import Letter, MailAsked
from omsdesk.domain.mailing import job_of_sale as mail_of_sale
from omsdesk.domain.messages import Event
from omsdesk.domain.order import OrderPlaced
from omsdesk.domain.order_ticket import handed_over
from omsdesk.domain.printing import PaperKind, PrintAsked, job_of_sale
from omsdesk.domain.receipt_policy import Paper
from omsdesk.domain.sale import SaleCompleted
from omsdesk.domain.stock import CUSTOMER, GoodsMoved, Move
from omsdesk.domain.stored_value import movements
from omsdesk.domain.tender import TenderKind
from omsdesk.domain.values import Money, Quantity


def consequences(fact: Event) -> tuple[Event, ...]:
    """Find the facts that follow from one fact; most have none."""
    match fact:
        case SaleCompleted():
            return _of_sale(fact)
        case AccountOpened() if is_number(owner_of(fact.id)):
            return (PrintAsked(f"{fact.document}:{fact.id}", fact.till, PaperKind.CARD, fact.id),)
        case DrawerOpened():
            return (PrintAsked(f"{fact.opening}:drawer", fact.till, PaperKind.DRAWER, fact.opening, opens_drawer=True),)
        case CashMoved(reason=CashReason.PAY_IN | CashReason.PAY_OUT):
            job = f"{fact.movement}:drawer"
            return (PrintAsked(job, fact.till, PaperKind.DRAWER, fact.movement, opens_drawer=True),)
        case OrderPlaced(prints=True):
            return (PrintAsked(f"{fact.order}:order", fact.till, PaperKind.ORDER, fact.order),)
        case KitchenSent():
            return (PrintAsked(slip_of(fact), fact.till, PaperKind.KITCHEN, slip_of(fact), role=KITCHEN),)
        case LabelsAsked():
            return (PrintAsked(fact.batch, fact.till, PaperKind.LABELS, fact.batch, role=LABEL),)
        case XReportTaken():
            return (PrintAsked(f"{fact.report}:report", fact.till, PaperKind.SHIFT_REPORT, fact.report),)
        case ShiftClosed():
            return (PrintAsked(f"{fact.shift}:report", fact.till, PaperKind.SHIFT_REPORT, fact.shift),)
    return ()


def _of_sale(sale: SaleCompleted) -> tuple[Event, ...]:
    facts: list[Event] = []
    cash = sum((t.given.minor - t.change.minor for t in sale.tenders if t.kind is TenderKind.CASH), 0)
    has_cash = any(tender.kind is TenderKind.CASH for tender in sale.tenders)
    if not sale.is_training:
        moves = tuple(move for row in sale.lines for move in _moves(row, f"shop:{sale.shop}"))
        if moves:
            facts.append(GoodsMoved(f"{sale.sale}:goods", "sale", moves))
        if cash:
            amount = Money(cash, sale.total.currency)
            facts.append(CashMoved(f"{sale.sale}:cash", sale.shift, sale.till, amount, CashReason.SALE, sale.number))
        facts += movements(sale)
        facts += points.movements(sale)
        facts += handed_over(sale)
        facts += other_store.told(sale)
        facts += coupon.used(sale.sale, sale.number, sale.shop, sale.till, sale.at, sale.coupons)
    opens_drawer = has_cash and not sale.is_training
    mail = _mail(sale)
    # Whoever cannot be written to takes paper home.
    is_printed = sale.paper.is_printed or (sale.paper is Paper.MAIL and not mail)
    if is_printed:
        facts.append(
            PrintAsked(job_of_sale(sale.sale), sale.till, PaperKind.RECEIPT, sale.sale, opens_drawer=opens_drawer)
        )
    elif opens_drawer:
        facts.append(PrintAsked(f"{sale.sale}:drawer", sale.till, PaperKind.DRAWER, sale.sale, opens_drawer=True))
    facts += _order_papers(sale) if is_printed else ()
    return (*facts, *mail)


def _mail(sale: SaleCompleted) -> tuple[MailAsked, ...]:
    """Send the receipt to the ticket's customer, and how it stands with an order that was paid on."""
    if not sale.paper.is_mailed or sale.customer is None or sale.is_training:
        return ()
    whom = sale.customer.id
    orders = (MailAsked(f"{sale.sale}:mail:{order}", Letter.ORDER, order, whom) for order in _orders_paid(sale))
    return (MailAsked(mail_of_sale(sale.sale), Letter.RECEIPT, sale.sale, whom), *orders)


def _order_papers(sale: SaleCompleted) -> Iterator[PrintAsked]:
    """Tell whoever paid on an order how it stands now."""
    for order in _orders_paid(sale):
        yield PrintAsked(f"{sale.sale}:order:{order}", sale.till, PaperKind.ORDER, order)


def _orders_paid(sale: SaleCompleted) -> Iterator[str]:
    for name in dict.fromkeys(row.loads for row in sale.lines if row.loads and row.returned is None):
        if kind_of(name) is AccountKind.DEPOSIT and not sale.is_training:
            yield owner_of(name)


def _moves(row: SoldLine, shop: str) -> tuple[Move, ...]:
    """Move what was sold; in place of a bundle, what it contains."""
    if row.components:
        return tuple(_move(row, part.product, row.quantity.times(part.quantity), shop) for part in row.components)
    return (_move(row, row.product, row.quantity, shop),) if row.is_tracked else ()


def _move(row: SoldLine, product: str, quantity: Quantity, shop: str) -> Move:
    if row.returned is None:
        return Move(product, quantity, shop, CUSTOMER)
    return Move(product, -quantity, CUSTOMER, row.returned.place or shop)
