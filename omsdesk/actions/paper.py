"""Documents made from what the database knows: the receipt of a sale, the slip of a card, the report of a shift."""

from __future__ import annotations

from collections.abc import Iterable

from omsdesk.actions import receipt_lines, shift_rows
from omsdesk.documents.card_slip import CardSlip, card_slip_paper
from omsdesk.documents.formats import format_money
from omsdesk.documents.letterhead import Letterhead
from omsdesk.documents.logo import logo_png
from omsdesk.documents.paper import KickDrawer, Paper
from omsdesk.documents.receipt import Receipt, TenderRow, receipt_paper
from omsdesk.documents.shift_report import (
    CashMovement,
    Counted,
    CountedTender,
    ReportKind,
    ShiftReport,
    shift_report_paper,
)
from omsdesk.domain import account
from omsdesk.domain.card_number import masked
from omsdesk.domain.cash import CashReason, ShiftClosed, XReportTaken
from omsdesk.domain.printing import PaperKind
from omsdesk.domain.sale import SaleCompleted
from omsdesk.domain.shop import Shop, Till
from omsdesk.domain.tender import Tender, TenderKind
from omsdesk.domain.values import Money, Stamp
from omsdesk.store.engine import Connection
from omsdesk.store.queries import account as account_queries
from omsdesk.store.queries import shift as shift_queries
from omsdesk.store.queries import ticket as ticket_queries
from omsdesk.store.queries import till as till_queries
from omsdesk.store.queries.printing import Job

_NO_REPORT = "This report is not in the database."


class NoDocument(LookupError):
    """The document of a print job is not in this database."""


def paper_of(connection: Connection, job: Job, *, kicks_drawer: bool = True) -> Paper:
    """Compose what a print job wants on paper.

    Raises:
        NoDocument: nothing is known of its document.

    """
    kick: Paper = (KickDrawer(),) if job.opens_drawer and kicks_drawer else ()
    if job.paper is PaperKind.RECEIPT:
        return (*kick, *receipt_paper(receipt_of(connection, job.document, is_copy=job.is_copy)))
    if job.paper is PaperKind.SHIFT_REPORT:
        return (*kick, *shift_report_paper(shift_report_of(connection, job.document, is_copy=job.is_copy)))
    if job.paper is PaperKind.CARD:
        return (*kick, *card_slip_paper(card_slip_of(connection, job)))
    if job.paper is PaperKind.ORDER:
        # Few tickets become orders; and its paper is made of parts of this one.
        from omsdesk.actions.order_paper import order_document_of
        from omsdesk.documents.order import order_paper

        return (*kick, *order_paper(order_document_of(connection, job.document, is_copy=job.is_copy)))
    if job.paper is PaperKind.KITCHEN:
        # Few shops have a kitchen.
        from omsdesk.actions.kitchen_paper import kitchen_slip_of
        from omsdesk.documents.kitchen_slip import kitchen_slip_paper

        return kitchen_slip_paper(kitchen_slip_of(connection, job.document, is_copy=job.is_copy))
    if job.paper is PaperKind.PICK:
        from omsdesk.actions.pick_paper import pick_slip_of
        from omsdesk.documents.pick_slip import pick_slip_paper

        return pick_slip_paper(pick_slip_of(connection, job.document, is_copy=job.is_copy))
    return kick


def card_slip_of(connection: Connection, job: Job) -> CardSlip:
    """Compose the slip of a card, with what is on it by now.

    Raises:
        NoDocument: the card is not known here.

    """
    card = account_queries.account(connection, job.document)
    shop = shop_here(connection)
    if card is None or shop is None:
        message = "This card is not in the database."
        raise NoDocument(message)
    return CardSlip(
        letterhead=letterhead(shop),
        name=account.NAMES[card.kind],
        number=account.owner_of(card.id),
        balance=Money(card.balance, card.currency),
        last_day=card.expires,
        is_copy=job.is_copy,
        locale=shop.locale,
    )


def receipt_of(connection: Connection, sale: str, *, is_copy: bool = False) -> Receipt:
    """Compose the receipt of a completed sale from the sale's own words.

    Raises:
        NoDocument: there is no such completed sale.

    """
    found = ticket_queries.completed_sale(connection, sale)
    if found is None:
        message = "This receipt is not in the database."
        raise NoDocument(message)
    fact, cashier = found
    shop, till = _place(connection, fact.till)
    rounding = _sum(fact, (tender.rounding for tender in fact.tenders))
    lines = tuple(receipt_lines.line(row, shop.locale) for row in fact.lines)
    own = (reduction.amount for line in lines for reduction in line.reductions)
    return Receipt(
        letterhead=letterhead(shop),
        number=fact.number,
        sale_id=fact.sale,
        at=fact.at,
        till=till.name,
        cashier=_name(connection, cashier),
        lines=lines,
        item_count=fact.item_count,
        subtotal=_sum(fact, (line.amount for line in lines)) - _sum(fact, own),
        reductions=receipt_lines.of_ticket(fact.lines),
        saved=receipt_lines.saved(fact.lines, fact.total.currency),
        total=fact.total + rounding,
        rounding=rounding or None,
        taxes=receipt_lines.tax_rows(fact.taxes, fact.lines, fact.total.currency),
        prices_include_tax=shop.tax_terms.is_inclusive,
        tenders=tuple(_tender(row, _left(connection, row, fact.sale, shop.locale)) for row in fact.tenders),
        change=_sum(fact, (tender.change for tender in fact.tenders)) or None,
        customer=receipt_lines.customer(fact),
        footer=shop.footer,
        is_copy=is_copy,
        is_training=fact.is_training,
        locale=shop.locale,
    )


def shift_report_of(connection: Connection, document: str, *, is_copy: bool = False) -> ShiftReport:
    """Compose an X or Z report as it was taken.

    Raises:
        NoDocument: there is no such report.

    """
    found = shift_queries.report(connection, document)
    if found is None:
        raise NoDocument(_NO_REPORT)
    fact, who = found
    return _report(connection, fact, who, is_copy=is_copy)


def report_so_far(connection: Connection, shift: str, at: Stamp) -> ShiftReport:
    """Compose what an X report of an open shift would say now; nothing is recorded.

    Raises:
        NoDocument: there is no such shift.

    """
    head = shift_queries.shift_head(connection, shift)
    shop, till = _place(connection, head.till) if head else (None, None)
    figures = shift_queries.figures(connection, shift, shop) if shop else None
    if till is None or figures is None:
        raise NoDocument(_NO_REPORT)
    return _report(connection, XReportTaken("", shift, till.id, at, figures), "")


def _report(
    connection: Connection, fact: XReportTaken | ShiftClosed, who: str, *, is_copy: bool = False
) -> ShiftReport:
    head = shift_queries.shift_head(connection, fact.shift)
    if head is None:
        raise NoDocument(_NO_REPORT)
    shop, till = _place(connection, fact.till)
    figures = fact.figures
    is_z = isinstance(fact, ShiftClosed)
    moved = shift_queries.movements(connection, fact.shift)
    return ShiftReport(
        kind=ReportKind.Z if is_z else ReportKind.X,
        letterhead=letterhead(shop),
        number=fact.number if isinstance(fact, ShiftClosed) else None,
        till=till.name,
        opened_at=Stamp(head.opened_ms, fact.at.offset_minutes),
        opened_by=_name(connection, head.opened_by),
        printed_at=fact.at,
        closed_at=fact.at if is_z else None,
        closed_by=_name(connection, who) if is_z else "",
        opening_float=head.float_counted,
        tickets=shift_rows.tickets(figures),
        void_count=figures.void_count,
        void_amount=figures.void_total,
        discounts=Money(figures.discounted, shop.currency),
        rounding=figures.rounding,
        total=figures.total,
        came_back=shift_rows.came_back(figures),
        taxes=shift_rows.taxes(figures),
        tax_total=shift_rows.tax_total(figures),
        tenders=tuple(
            CountedTender(row.name, row.count, row.expected, row.counted, row.difference) for row in figures.tenders
        ),
        cash_payments=shift_rows.cash_payments(figures, shop, head.float_counted),
        expected_cash=shift_rows.expected_cash(figures, shop),
        loads=tuple(Counted(account.NAMES[row.kind], row.count, row.amount) for row in figures.loads),
        pay_ins=_movements(moved, CashReason.PAY_IN, shop.currency),
        pay_outs=_movements(moved, CashReason.PAY_OUT, shop.currency),
        first_receipt=figures.first_number,
        last_receipt=figures.last_number,
        no_sale_count=figures.no_sale_count,
        held_count=figures.held_count,
        is_copy=is_copy,
        is_training=till.is_training,
        locale=shop.locale,
    )


def _place(connection: Connection, till_id: str) -> tuple[Shop, Till]:
    shop, till = till_queries.shop_of(connection, till_id), till_queries.till_of(connection, till_id)
    if shop is None or till is None:
        message = "The shop of this document is not in the database."
        raise NoDocument(message)
    return shop, till


def shop_here(connection: Connection, otherwise: str = "") -> Shop | None:
    """Find the shop of the till that this station is; without a till it is the one that is named, if there is it."""
    till = till_queries.station(connection).till
    named = till_queries.shop_by_id(connection, otherwise) if otherwise and not till else None
    return named or till_queries.shop_of(connection, till)


def letterhead(shop: Shop) -> Letterhead:
    """Compose the head of a shop's paper."""
    return Letterhead(shop.name, shop.address, shop.phone, shop.tax_number, logo_png(shop.logo))


def _name(connection: Connection, who: str) -> str:
    found = till_queries.person(connection, who)
    return found.name if found else ""


def _tender(row: Tender, details: tuple[str, ...]) -> TenderRow:
    is_card = bool(row.account) and account.has_number(row.account)
    end = f"*{row.reference}" if row.reference else masked(account.owner_of(row.account)) if is_card else ""
    name = f"{row.name} {end}".strip()
    return TenderRow(name, row.amount + row.rounding, row.given if row.change else None, details)


def _left(connection: Connection, row: Tender, sale: str, locale: str) -> tuple[str, ...]:
    """Say what a payment left on its account."""
    if not row.account:
        return ()
    told = account_queries.statement(connection, row.account)
    left = next((left for movement, left in told.rows if movement.document == sale), told.account.balance)
    if row.kind is TenderKind.POINTS:
        return (f"{abs(row.points)} points, {left} left",)
    if row.kind is TenderKind.ACCOUNT:
        return (f"Now owed: {format_money(Money(max(-left, 0), row.amount.currency), locale)}",)
    return (f"Left on it: {format_money(Money(left, row.amount.currency), locale)}",)


def _sum(fact: SaleCompleted, amounts: Iterable[Money]) -> Money:
    return sum(amounts, start=Money(0, fact.total.currency))


def _movements(moved: list[tuple[str, str, int]], reason: CashReason, currency: str) -> tuple[CashMovement, ...]:
    return tuple(CashMovement(note, Money(abs(amount), currency)) for why, note, amount in moved if why == reason)
