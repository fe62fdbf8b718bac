"""The cart on the right: what was rung up, what it comes to, and the way to be paid."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from omsdesk.domain import deposit
from omsdesk.domain.line import Line as SaleLine
from omsdesk.domain.sale import Sale
from omsdesk.domain.ticket_kind import TicketKind, is_empties, kind_of
from omsdesk.domain.values import Money
from omsdesk.ui import theme
from omsdesk.ui.theme import Tone
from omsdesk.ui.till import models
from omsdesk.ui.till.prices.reductions import discount_title
from omsdesk.ui.till.prices.savings import Nudge, saved
from omsdesk.ui.till.state import TillState
from omsdesk.ui.widgets.action_bar import Action
from omsdesk.ui.widgets.amount_label import AmountLabel
from omsdesk.ui.widgets.card import Panel
from omsdesk.ui.widgets.card_button import CardButton
from omsdesk.ui.widgets.empty_state import EmptyState
from omsdesk.ui.widgets.key_button import Face, KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import column, row
from omsdesk.ui.widgets.line_list import FEWER, MORE, Line, LineList
from omsdesk.ui.widgets.primary_button import PrimaryButton

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from omsdesk.ui.till.receipts.printed_paper import PrintedPaper

WIDE, NARROW = 440, 360
"""Pixels of the cart on a screen of 1366 pixels and more, and on a smaller one."""

DISCOUNT, NOTE, REMOVE = "discount", "note", "remove"
_NOBODY, _SALE = "Customer", "Sale"
_QUICK = 3
_PAY_KEY = "F12"
_ACTIONS = (
    Action(DISCOUNT, "Discount", "percent"),
    Action(NOTE, "Note", "message-square"),
    Action(REMOVE, "Remove", "trash-2", "Del", is_dangerous=True),
)


class CartView(Panel):
    """Shows the ticket in work. ``note_wanted`` and ``quantity_wanted`` concern the chosen line."""

    note_wanted = Signal()
    quantity_wanted = Signal()
    discount_wanted = Signal()
    customer_wanted = Signal()

    def __init__(self, state: TillState) -> None:
        """Show the ticket as it stands."""
        super().__init__(Qt.Edge.LeftEdge)
        self.state = state
        self._last: list[tuple[SaleLine, Line]] = []
        self._nudge = Nudge(state.counter)
        self._paper: PrintedPaper | None = None
        self._below: tuple[SaleLine, ...] | None = None
        """The lines that printed paper lies on; None while there is none."""
        self.lines = _Lines("Cart", _ACTIONS)
        self._is_syncing = False
        self.lines.line_selected.connect(self._selected)
        self.lines.action_chosen.connect(self._acted)
        self.lines.quantity_pressed.connect(lambda _: self.quantity_wanted.emit())
        self.empty = EmptyState("scan-barcode", "Scan an article, touch a tile or type a name.")
        middle = QWidget()
        self._middle = QStackedLayout(middle)
        self._middle.addWidget(self.empty)
        self._middle.addWidget(self.lines)
        self.title, self.cashier = Label(_SALE, 18, 600), Label("", 14, 500, Tone.NEUTRAL)
        self.customer, self.note = CardButton(_NOBODY, "user-plus", key="F4"), Label("", 14, 600, Tone.WARN)
        self.customer.clicked.connect(self.customer_wanted)
        self.note.setWordWrap(True)
        for label in (self.title, self.cashier):
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head = row(self.customer, column(self.title, self.cashier, spacing=0), spacing=12)
        head.setStretch(0, 1)
        who = column(head, self.note, spacing=4, margins=(16, 0, 16, 6))
        list_room = column(middle, margins=(8, 0, 8, 0))
        self._sums = self._foot()
        # As wide as the frame of a return.
        made = column(who, list_room, self._sums, margins=(4, 10, 4, 16))
        made.setStretch(1, 1)
        self.setLayout(made)

    def show_paper(self, png: bytes, *, is_passing: bool) -> None:
        """Let printed paper lie here: a passing one over a ticket, the other until the next one begins."""
        if self._paper is None:
            from omsdesk.ui.till.receipts.printed_paper import PrintedPaper

            self._paper = PrintedPaper()
            self._paper.gone.connect(self.put_paper_away)
            self._middle.addWidget(self._paper)
        self._paper.lay_down(png, is_passing=is_passing)
        self._below = self.state.session.lines
        self._middle.setCurrentWidget(self._paper)
        # Sums of nothing make room: the paper is what there is to see.
        self._sums.setVisible(is_passing)
        self.title.setText("Printed")

    def put_paper_away(self) -> None:
        """Show the ticket again."""
        if self._below is not None and self._paper is not None:
            self._below = None
            self._paper.put_away()
            self._sums.show()
            self._middle.setCurrentIndex(1 if self.state.session.lines else 0)
            self.title.setText(_SALE)

    def _foot(self) -> Panel:
        self.count, self.subtotal = Label("", 16, 400, Tone.NEUTRAL), Label("", 16, 500)
        self.off, self.off_amount = Label("", 16, 500, Tone.OK), Label("", 16, 600, Tone.OK)
        self.nudge, self.coupons = Label("", 14, 500, Tone.NEUTRAL), Label("", 14, 600, Tone.OK)
        self.nudge.setWordWrap(True)
        self.coupons.setWordWrap(True)
        self.saved, self.saved_amount = Label("You save", 16, 600, Tone.OK), Label("", 16, 600, Tone.OK)
        self.tax = Label("", 14, 400, Tone.NEUTRAL)
        self.tax.setWordWrap(True)
        self.waiting = Label("", 14, 600, Tone.WARN)
        self.paid, self.paid_amount = Label("", 16, 500, Tone.OK), Label("", 16, 500, Tone.OK)
        self.total_name, self.total = Label("Total", 18, 500), AmountLabel("", 44)
        self.quick = [KeyButton("", face=Face.QUIET) for _ in range(_QUICK + 1)]
        self.quick[0].clicked.connect(self.state.checkout.pay_exactly)
        for number, button in enumerate(self.quick[1:]):
            button.clicked.connect(lambda _checked=False, number=number: self._pay_quickly(number))
        quick = QHBoxLayout()
        quick.setSpacing(8)
        for button in self.quick:
            policy = button.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            button.setSizePolicy(policy)
            quick.addWidget(button, 1)
        self.pay = PrimaryButton("Pay", "credit-card", _PAY_KEY)
        self.pay.clicked.connect(self.state.checkout.open)
        foot = Panel(Qt.Edge.TopEdge)
        foot.setLayout(
            column(
                self.coupons,
                self.nudge,
                row(self.count, 1, self.subtotal),
                row(self.off, 1, self.off_amount),
                self.tax,
                self.waiting,
                row(self.paid, 1, self.paid_amount),
                row(self.saved, 1, self.saved_amount),
                row(self.total_name, self.total),
                quick,
                self.pay,
                spacing=6,
                margins=(16, 10, 16, 0),
            )
        )
        return foot

    # ------------------------------------------------------------------------------ what is shown

    def refresh(self) -> None:
        """Show the ticket as it stands now."""
        session, counter = self.state.session, self.state.counter
        self._sync()
        if self._below != session.lines:
            self.put_paper_away()
        if self._below is None:
            self._middle.setCurrentIndex(1 if session.lines else 0)
        self.cashier.setText(counter.person.name if counter.person else "")
        self.waiting.setVisible(bool(session.intake.waiting))
        self.waiting.setText(f"{models.items(len(session.intake.waiting))} scanned and waiting for your answer")
        self._show_sums(session.sale)
        self._show_customer()

    def _show_customer(self) -> None:
        desk = self.state.customers
        customer = desk.attached
        about = (desk.exemption(customer), *desk.figures(customer), desk.groups(customer)) if customer else ()
        self.customer.set_content(customer.title if customer else _NOBODY, " · ".join(filter(None, about)))
        self.customer.set_icon("user" if customer else "user-plus")
        notes = (customer.note, self.state.customers.late(customer)) if customer else ()
        self.note.setText("\n".join(filter(None, notes)))
        self.note.setVisible(any(notes))
        # Who they are takes the room of what is plain: that it is a sale, and who signed in.
        is_plain = self.title.text() == _SALE
        self.title.setVisible(customer is None or not is_plain)
        self.cashier.setVisible(customer is None)

    def _written(self, at: int, row: SaleLine) -> Line:
        """Write a line anew only if it is another one: a ticket keeps the lines that did not change."""
        if at < len(self._last) and self._last[at][0] is row:
            return self._last[at][1]
        return models.cart_line(self.state.counter, row)

    def _sync(self) -> None:
        """Change only the rows that are different."""
        # The list chooses what comes to its end, and tells so before all of it has come.
        self._is_syncing = True
        try:
            self._sync_rows()
        finally:
            self._is_syncing = False

    def _sync_rows(self) -> None:
        session, shown = self.state.session, {line.key: line for line in self.lines.lines()}
        wanted = [self._written(at, row) for at, row in enumerate(session.lines)]
        self._last = list(zip(session.lines, wanted, strict=True))
        keys = [line.key for line in wanted]
        for key in [key for key in shown if key not in keys]:
            self.lines.remove(key)
        kept = [line.key for line in self.lines.lines()]
        if keys[: len(kept)] != kept:
            self.lines.set_lines(wanted)
        else:
            for line in wanted[: len(kept)]:
                self.lines.replace(line)
            for line in wanted[len(kept) :]:
                self.lines.append(line)
        if self.lines.selected_key() != (session.selected or None):
            self.lines.select(session.selected or None)
        self._offer_actions(session.selected_line)

    def _offer_actions(self, row: SaleLine | None) -> None:
        """Leave out what is refused: count and price of what comes back, pays in or was ordered stand elsewhere."""
        is_priced = row is None or row.is_priced_here
        is_counted = is_priced or (row is not None and deposit.is_counted(row))
        for action, can in ((FEWER, is_counted), (MORE, is_counted), (DISCOUNT, is_priced)):
            self.lines.set_action_enabled(action, can)

    def _show_sums(self, sale: Sale | None) -> None:
        counter = self.state.counter
        nothing = Money(0, counter.shop.currency)
        due = sale.due if sale else nothing
        count = models.items(sale.item_count if sale else 0)
        self.count.setText(f"{count} · {counter.money(sale.loaded)} paid in" if sale and sale.loaded else count)
        self._show_discount(sale)
        self._show_savings(sale)
        self.tax.setText((models.tax_words(counter, sale) if sale else "") or " ")
        is_part_paid = bool(sale and sale.tenders)
        self.paid.setVisible(is_part_paid)
        self.paid_amount.setVisible(is_part_paid)
        self.paid.setText(" + ".join(tender.name for tender in sale.tenders) if sale else "")
        self.paid_amount.setText(counter.money(due - sale.total) if sale and sale.tenders else "")
        self._show_kind(sale, due)
        self.total.setText(counter.money(models.abs_of(due)))
        self.pay.setEnabled(bool(sale and sale.lines))
        self.pay.set_amount(counter.money(models.abs_of(due)) if sale and sale.lines else "")
        self._show_quick(due, has_lines=bool(sale and sale.lines))

    def _show_kind(self, sale: Sale | None, due: Money) -> None:
        """Say whether money comes in or goes out: a return is framed all around."""
        is_refund = due.minor < 0
        is_part_paid = bool(sale and sale.tenders)
        comes_back = any(row.returned is not None for row in sale.lines) if sale else False
        self.set_alarm(Tone.WARN if is_refund else None)
        if self._below is None:
            self.title.setText(_title(sale, is_refund=is_refund))
            self.title.set_tone(Tone.WARN if is_refund else None)
        self.total_name.setText("To give back" if is_refund else "Still due" if is_part_paid else "Total")
        self.pay.set_label("Give back" if is_refund else "Finish" if comes_back and not due else "Pay")

    def _show_discount(self, sale: Sale | None) -> None:
        """Show what was taken off everything, and what it comes to without."""
        counter = self.state.counter
        own = tuple(row.amount(sale.currency) for row in sale.lines) if sale else ()
        before = sum(own, start=Money(0, counter.shop.currency))
        discount = sale.discount if sale else None
        off = sum(sale.discount_shares(own), start=before - before) if sale and discount else None
        self.subtotal.setText(counter.money(before))
        self.off.setVisible(off is not None)
        self.off_amount.setVisible(off is not None)
        if off is not None and discount is not None:
            self.off.setText(discount_title(counter, discount))
            self.off_amount.setText(counter.money(-off))

    def _show_savings(self, sale: Sale | None) -> None:
        """Show all that was taken off, and what little is missing for more."""
        for label, words in ((self.nudge, self._nudge.words(sale)), (self.coupons, self.state.coupons.words())):
            label.setVisible(bool(words))
            label.setText(words)
        off = saved(sale) if sale else None
        self.saved.setVisible(bool(off))
        self.saved_amount.setVisible(bool(off))
        self.saved_amount.setText(self.state.counter.money(off) if off else "")

    def _show_quick(self, due: Money, *, has_lines: bool) -> None:
        checkout, counter = self.state.checkout, self.state.counter
        self.quick[0].set_label("Exact cash")
        self.quick[0].setVisible(has_lines and checkout.cash is not None and due.minor > 0)
        amounts = checkout.quick_cash()[:_QUICK] if has_lines else ()
        for number, button in enumerate(self.quick[1:]):
            is_offered = number < len(amounts)
            button.setVisible(is_offered)
            button.set_label(_short(counter.money(amounts[number])) if is_offered else "")

    # ------------------------------------------------------------------------------ what is done

    def _pay_quickly(self, number: int) -> None:
        checkout = self.state.checkout
        amounts = checkout.quick_cash()
        if checkout.cash is not None and number < len(amounts):
            checkout.pay(checkout.cash, amounts[number])

    def _selected(self, key: object) -> None:
        if key is not None and not self._is_syncing:
            self.state.session.select(str(key))

    def _acted(self, key: object, action: str) -> None:
        session = self.state.session
        session.select(str(key))
        if action in {FEWER, MORE}:
            session.change_quantity(1 if action == MORE else -1)
        elif action == REMOVE:
            session.remove_selected()
        elif action == NOTE:
            self.note_wanted.emit()
        elif action == DISCOUNT:
            self.discount_wanted.emit()

    def show_pay_key(self, *, is_here: bool) -> None:
        """Show the key of the green button, unless an open sheet has it."""
        self.pay.key = _PAY_KEY if is_here else ""
        self.pay.update()

    def set_narrow(self, is_narrow: bool) -> None:
        """Take as much of the screen as it can spare."""
        look = theme.current()
        self.setFixedWidth(round((NARROW if is_narrow else WIDE) * (1 + (look.scale - 1) / 3)))


class _Lines(LineList):
    """A cart that keeps the chosen line in view when it gets less room."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometries()
        self.scrollTo(self.currentIndex())


def _short(amount: str) -> str:
    """Leave the decimals of a round amount out: it is a banknote."""
    return re.sub(r"[.,]00(?!\d)", "", amount)


def _title(sale: Sale | None, *, is_refund: bool) -> str:
    """Say what the ticket is: bottles that come back beside what is sold make no exchange of it."""
    if sale is None or not sale.lines:
        return _SALE
    kind = kind_of(sale.lines)
    if kind is TicketKind.EMPTIES or (is_refund and kind is TicketKind.SALE and any(map(is_empties, sale.lines))):
        return "Empties"
    if is_refund:
        return "Return"
    return "Exchange" if kind in {TicketKind.EXCHANGE, TicketKind.REFUND} else _SALE
