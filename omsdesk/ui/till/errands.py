"""What a cashier can ask the till for, with the sheets that answer; each sheet is made when it is wanted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from omsdesk.domain.cash import MoveCash
from omsdesk.ui.navigation import Intent
from omsdesk.ui.till import kitchen
from omsdesk.ui.till.approvals.approvals import MINUTES, ApprovalWanted
from omsdesk.ui.till.cards.cards import CardShown
from omsdesk.ui.till.checkout import CardWanted
from omsdesk.ui.till.goods.incoming import (
    AgeWanted,
    Demand,
    ExtrasWanted,
    GiftCardWanted,
    LotWanted,
    PriceWanted,
    QuantityWanted,
    SerialsWanted,
    VariantWanted,
)
from omsdesk.ui.till.intake import ProductWanted
from omsdesk.ui.till.receipts.mails import MailWanted
from omsdesk.ui.till.sheets import Body
from omsdesk.ui.till.state import TillState
from omsdesk.ui.till.status_row import ENTER, GO_ON

if TYPE_CHECKING:
    from omsdesk.domain.customer import Customer
    from omsdesk.domain.values import Money
    from omsdesk.ui.till.screen import TillScreen

_OFFER = "Do what the notice offers"


class Errands:
    """Opens sheets, and knows every intent of the till."""

    def __init__(
        self, state: TillState, open_sheet: Callable[[Body], None], show_devices: Callable[[], object] = lambda: None
    ) -> None:
        """Take the ways to open a sheet, and the window of the devices on the screen."""
        self.state = state
        self._open, self._show_devices = open_sheet, show_devices

    # ------------------------------------------------------------------------------ sheets

    def price_check(self) -> None:
        """Show a price without selling."""
        from omsdesk.ui.till.goods.price_sheets import PriceCheckSheet

        self._open(PriceCheckSheet(self.state))

    def answer(self, demand: Demand) -> None:
        """Open the sheet that a question is answered in."""
        match demand:
            case AgeWanted():
                from omsdesk.ui.till.goods.age_sheet import AgeSheet

                self._open(AgeSheet(self.state, demand))
            case QuantityWanted():
                from omsdesk.ui.till.goods.weigh_sheet import WeighSheet

                self._open(WeighSheet(self.state, demand))
            case VariantWanted():
                from omsdesk.ui.till.goods.variant_sheet import VariantSheet

                self._open(VariantSheet(self.state, demand))
            case ExtrasWanted():
                from omsdesk.ui.till.goods.extras_sheet import ExtrasSheet

                self._open(ExtrasSheet(self.state, demand))
            case SerialsWanted():
                from omsdesk.ui.till.goods.serial_sheet import SerialSheet

                self._open(SerialSheet(self.state, demand))
            case LotWanted():
                from omsdesk.ui.till.goods.serial_sheet import LotSheet

                self._open(LotSheet(self.state, demand))
            case PriceWanted():
                from omsdesk.ui.till.goods.price_sheets import PriceSheet

                self._open(PriceSheet(self.state))
            case ProductWanted():
                from omsdesk.ui.till.goods.product_sheet import ProductSheet

                self._open(ProductSheet(self.state))
            case ApprovalWanted():
                self._open(self._approval(demand))
            case _:
                self._answer_card(demand)

    def _answer_card(self, demand: Demand) -> None:
        match demand:
            case CardShown(account=account):
                self.cards(account)
            case GiftCardWanted(coming=coming):
                self.cards(proposed=coming.usual_price)
            case CardWanted():
                from omsdesk.ui.till.cards.card_payment_sheet import CardPaymentSheet

                self._open(CardPaymentSheet(self.state))
            case MailWanted():
                from omsdesk.ui.till.receipts.mail_sheet import MailSheet

                self._open(MailSheet(self.state, demand))

    def _approval(self, wanted: ApprovalWanted) -> Body:
        if wanted.needed.is_own:
            from omsdesk.ui.till.approvals.meant_sheet import MeantSheet

            return MeantSheet(self.state, wanted)
        from omsdesk.ui.till.approvals.approval_sheet import ApprovalSheet

        return ApprovalSheet(self.state, wanted)

    def cards(self, account: str = "", proposed: Money | None = None) -> None:
        """Sell a gift card, top one up, or see what is on it."""
        from omsdesk.ui.till.cards.card_sheet import CardSheet

        self._open(CardSheet(self.state, account, proposed))

    def note(self) -> None:
        """Write a note on the chosen line."""
        from omsdesk.ui.till.line_sheets import NoteSheet

        if self.state.session.selected_line is not None:
            self._open(NoteSheet(self.state))

    def quantity(self) -> None:
        """Type the quantity of the chosen line."""
        from omsdesk.ui.till.line_sheets import QuantitySheet

        if self.state.session.selected_line is not None:
            self._open(QuantitySheet(self.state))

    def discount(self) -> None:
        """Take something off the chosen line, or off the whole sale."""
        from omsdesk.ui.till.prices.discount_sheet import DiscountSheet

        if self.state.reductions.sold:
            self._open(DiscountSheet(self.state))

    def take_back(self, sale: str = "") -> None:
        """Take goods back, of a receipt that is known or has to be found."""
        from omsdesk.ui.till.returns.return_sheet import ReturnSheet

        self._open(ReturnSheet(self.state, sale))

    def held(self) -> None:
        """List the tickets that wait."""
        from omsdesk.ui.till.held_sheet import HeldSheet

        self._open(HeldSheet(self.state))

    def receipts(self) -> None:
        """List the last receipts."""
        from omsdesk.ui.till.receipts.receipts_sheet import ReceiptsSheet

        self._open(ReceiptsSheet(self.state))

    def receipts_asked_for(self) -> None:
        """Show the receipts that somebody asked for by number or code."""
        from omsdesk.ui.till.receipts.receipts_sheet import ReceiptsSheet

        self._open(ReceiptsSheet(self.state, self.state.session.intake.receipts_wanted))

    def customer(self) -> None:
        """Say whose ticket it is."""
        from omsdesk.ui.till.customers.customer_sheet import CustomerSheet

        self._open(CustomerSheet(self.state, self.customer_form))

    def customer_form(self, customer: Customer) -> None:
        """Write down how a customer is reached."""
        from omsdesk.ui.till.customers.customer_form import CustomerFormSheet

        self._open(CustomerFormSheet(self.state, customer))

    def order(self) -> None:
        """Make an order of the sale in work; without one, list those there are."""
        from omsdesk.ui.till.orders.order_sheet import OrderSheet

        if self.state.orders.can_order:
            self._open(OrderSheet(self.state, self.orders))
        else:
            self.orders()

    def orders(self) -> None:
        """List the open orders, or the one that was asked for."""
        from omsdesk.ui.till.orders.orders_sheet import OrdersSheet

        self._open(OrdersSheet(self.state, self._open))

    def prints(self) -> None:
        """List what did not come out of the printer."""
        from omsdesk.ui.till.receipts.prints_sheet import PrintsSheet

        self._open(PrintsSheet(self.state))

    def mails(self) -> None:
        """List the e-mails that were not sent."""
        from omsdesk.ui.till.receipts.mails_sheet import MailsSheet

        self._open(MailsSheet(self.state))

    def pay_in(self) -> None:
        """Put money into the drawer."""
        self._move_money(is_in=True)

    def pay_out(self) -> None:
        """Take money from the drawer."""
        self._move_money(is_in=False)

    def _move_money(self, *, is_in: bool) -> None:
        from omsdesk.ui.till.shifts.money_sheet import MoneySheet

        self._open(MoneySheet(self.state, is_in))

    def close_shift(self) -> None:
        """Count, and close the shift; tickets that money was taken for come first."""
        from omsdesk.ui.till.shifts.close_sheet import CloseSheet
        from omsdesk.ui.till.shifts.paid_in_part_sheet import PaidInPartSheet

        unfinished = self.state.shift.paid_in_part()
        self._open(PaidInPartSheet(self.state, unfinished) if unfinished else CloseSheet(self.state))

    def more(self) -> None:
        """Show what is wanted now and then."""
        from omsdesk.ui.till.more_sheet import MoreSheet

        self._open(MoreSheet(self._more()))

    # ------------------------------------------------------------------------------ intents

    def _is_open(self) -> bool:
        return self.state.shift.is_open and not self.state.sign_in.is_locked

    def _may_lock(self) -> bool:
        return not self.state.sign_in.is_locked

    def _may_move(self) -> bool:
        person = self.state.counter.person
        return self._is_open() and person is not None and person.may_ask(MoveCash.permission)

    def to_kitchen(self) -> None:
        """Tell the kitchen what is new on the ticket."""
        kitchen.send(self.state.counter, self.state.session)

    def _may_send(self) -> bool:
        return self._is_open() and bool(self.state.session.lines) and kitchen.has_kitchen(self.state.counter)

    def _has_coupon(self) -> bool:
        sale = self.state.session.sale
        return bool(self.state.coupons.shown) and sale is not None and not sale.tenders

    def _may_void(self) -> bool:
        person, session = self.state.counter.person, self.state.session
        return bool(session.lines) and person is not None and person.may_ask("sale.void")

    def _more(self) -> list[tuple[Intent, str]]:
        state, is_open = self.state, self._is_open
        return [
            (Intent("drawer", "Open the drawer", "wallet", state.shift.open_drawer, "", is_open), "Without a sale"),
            (Intent("price", "Price check", "tag", self.price_check, "F3", is_open), "Nothing is sold by it"),
            (Intent("pay_in", "Pay in", "download", self.pay_in, "", self._may_move), "Put money into the drawer"),
            (Intent("pay_out", "Pay out", "upload", self.pay_out, "", self._may_move), "Take money from the drawer"),
            (
                Intent("void", "Void this sale", "trash-2", state.session.void, "", self._may_void),
                "Take every line off",
            ),
            (Intent("x", "X report", "file-text", state.shift.x_report, "", is_open), "The figures so far, on paper"),
            (
                Intent("close", "Close the shift", "lock", self.close_shift, "", is_open),
                "Count, and print the Z report",
            ),
            (
                Intent("lock", "Lock", "key-round", state.sign_in.lock, "Ctrl+L", self._may_lock),
                "Or switch to somebody else",
            ),
            (
                Intent("cards", "Gift card", "gift", self.cards, "", is_open),
                "Sell, top up, look; pay a debt",
            ),
            (
                Intent("coupon", "Give the coupon back", "tag", state.coupons.give_back, "", self._has_coupon),
                "It is as if it had not been shown",
            ),
            (
                Intent("orders", "Orders", "clipboard-list", self.orders, "Ctrl+O", is_open),
                "Pay, hand over; Ctrl+O on a sale orders it",
            ),
            (
                Intent("kitchen", "Send to the kitchen", "bell", self.to_kitchen, "Ctrl+T", self._may_send),
                "What is new on the sale",
            ),
            (Intent("mails", "E-mails not sent", "mail", self.mails, "", is_open), "Why, and send them again"),
            *self._taught(),
        ]

    def _taught(self) -> list[tuple[Intent, str]]:
        """List what whoever tries or learns here wants at hand; every screen has its key."""
        if not self.state.counter.is_teaching:
            return []
        shown = Intent("virtual", "Virtual devices", "monitor", self._show_devices, "Alt+V", self._may_lock)
        return [(shown, "Printer and scale on the screen")]

    def _show_customer_side(self, screen: TillScreen) -> Callable[[], None]:
        return lambda: self.state.customer_side.show_in_window(screen)

    def intents(self, screen: TillScreen) -> Sequence[Intent]:
        """List what can be done on the screen as it is now."""
        state, session, is_open = self.state, self.state.session, self._is_open

        def is_selling() -> bool:
            return is_open() and screen.mode not in _NOT_SELLING

        def can_undo() -> bool:
            return is_selling() and session.undo is not None and not screen.is_typing_elsewhere

        def can_take_offer(key: str) -> bool:
            is_asked = screen.status.has_offer and screen.status.offer_key == key
            return is_asked and screen.sheet is None and not screen.sell.field.text()

        def can_pay_exactly() -> bool:
            return can_pay() and state.checkout.due.minor > 0

        def can_pay() -> bool:
            return is_selling() and screen.sheet is None and bool(session.lines)

        def can_take_off() -> bool:
            return is_selling() and bool(state.reductions.sold)

        more = {intent.name: intent for intent, _ in self._more()}
        return [
            Intent("pay", "Pay, or go on", "credit-card", screen.go_on, "F12"),
            Intent("exact", "Exact cash", "banknote", state.checkout.pay_exactly, "F5", can_pay_exactly),
            Intent("search", "Search", "search", screen.look_for, "F2", is_selling),
            Intent("price", "Price check", "tag", self.price_check, "F3", is_selling),
            Intent("customer", "Customer of the sale", "user", screen.show_customers, "F4", is_selling),
            Intent("hold", "Hold, or take a held sale up", "pause", screen.hold_or_recall, "F6", is_selling),
            Intent("return", "Take goods back", "undo-2", screen.take_back, "F7", is_selling),
            Intent("receipts", "Last receipts", "receipt", screen.show_receipts, "F8", is_selling),
            Intent("more", "More", "layout-grid", self.more, "F10", is_selling),
            Intent("undo", "Undo the last step", "undo-2", session.take_back, "Ctrl+Z", can_undo),
            Intent("note", "Note on the line", "message-square", self.note, "Ctrl+N", can_pay),
            Intent("discount", "Discount on the line or the sale", "percent", screen.take_off, "F9", can_take_off),
            Intent("quantity", "Quantity of the line", "hash", self.quantity, "Ctrl+Q", can_pay),
            Intent("kitchen", "Send to the kitchen", "bell", self.to_kitchen, "Ctrl+T", self._may_send),
            Intent("order", "Order what is on the sale, or open orders", "package", screen.order, "Ctrl+O", is_selling),
            more["lock"],
            Intent("offer", _OFFER, "check", screen.status.take_offer, "Return", lambda: can_take_offer(ENTER)),
            Intent("go_on", _OFFER, "check", screen.status.take_offer, "Alt+G", lambda: can_take_offer(GO_ON)),
            Intent("back", "Back", "arrow-left", screen.back, "Esc"),
            *(more[name] for name in ("coupon", "cards", "mails", "drawer", "pay_in", "pay_out", "void", "x", "close")),
            *self._methods(screen),
            *self._approving(screen),
            Intent(
                "customer_side", "Show in a window what the customer sees", "monitor", self._show_customer_side(screen)
            ),
        ]

    def _approving(self, screen: TillScreen) -> list[Intent]:
        desk, wanted = self.state.approvals, self.state.approvals.wanted
        if wanted is None or wanted.needed.is_own or screen.sheet is None:
            return []
        turn = partial(desk.set_timed, not desk.is_timed)
        return [Intent("approval.time", f"Approve for {MINUTES} minutes, or once", "clock", turn, "Alt+T")]

    def _methods(self, screen: TillScreen) -> list[Intent]:
        from omsdesk.ui.till.pay_view import PayView

        view = screen.view(screen.mode) if screen.mode else None
        if not isinstance(view, PayView):
            return []
        made = [
            Intent(f"pay.{row.code}", f"Pay by {row.name}", "wallet", partial(view.choose, row), f"Alt+{number}")
            for number, row in enumerate(self.state.checkout.methods[:9], 1)
        ]
        return [*made, Intent("split", "Split what is due", "split", view.split_due, "Alt+0")]


_NOT_SELLING = ("locked", "report", "opening")
