"""All of the till's state in one place, for the screen and for whoever puts the program together."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from omsdesk.ui.proof import Proof
from omsdesk.ui.till.approvals.approvals import ApprovalDesk
from omsdesk.ui.till.cards.cards import Cards
from omsdesk.ui.till.checkout import Checkout
from omsdesk.ui.till.counter import Counter
from omsdesk.ui.till.customers.customers import CustomerDesk
from omsdesk.ui.till.goods.unknown_code import UnknownCode
from omsdesk.ui.till.prices.coupons import CouponDesk
from omsdesk.ui.till.prices.reductions import Reductions
from omsdesk.ui.till.receipts.mails import MailDesk
from omsdesk.ui.till.receipts.receipts import Receipts
from omsdesk.ui.till.session import TillSession
from omsdesk.ui.till.shifts.shift import ShiftDesk
from omsdesk.ui.till.sign_in import SignInDesk

if TYPE_CHECKING:
    from omsdesk.ui.till.customer_display.side import CustomerSide
    from omsdesk.ui.till.open_drawer import OpenDrawer
    from omsdesk.ui.till.orders.orders import OrderDesk
    from omsdesk.ui.till.returns.return_desk import ReturnDesk


class TillState:
    """What a cashier can do, without a widget. What is wanted now and then is made when it is wanted first."""

    def __init__(self, counter: Counter, notes: tuple[int, ...], pdf_folder: Path) -> None:
        """Begin at a counter, with the country's banknotes in minor units; papers are saved as PDF in the folder."""
        self.counter = counter
        self._pdf_folder = pdf_folder
        self.session = session = TillSession(counter)
        self.mails = MailDesk(counter, session.intake)
        self.checkout = checkout = Checkout(counter, session, notes, self._agrees_to_mail)
        proof = Proof(counter.reader, counter.work, counter.clock, lambda: counter.till.id)
        self.shift = ShiftDesk(counter)
        self.sign_in = SignInDesk(counter, proof, lambda: self.is_serving)
        self.unknown = UnknownCode(counter, session)
        self.receipts = Receipts(counter, pdf_folder)
        self.reductions = Reductions(counter, session)
        self.customers = CustomerDesk(counter, session)
        session.intake.finders.append(self._finds_order)
        self.approvals = ApprovalDesk(counter, session.intake, proof)
        self.coupons = CouponDesk(counter, session)
        self.cards = Cards(counter, session, checkout)

    @property
    def is_serving(self) -> bool:
        """Whether a customer is being served."""
        return self.session.is_busy or self.checkout.completed is not None

    def _agrees_to_mail(self, customer: str) -> bool:
        return self.mails.is_ready and self.mails.agreed(customer)

    def _finds_order(self, code: str) -> bool:
        return self.orders.finds(code)

    @cached_property
    def returns(self) -> ReturnDesk:
        """Goods that come back."""
        from omsdesk.ui.till.returns.return_desk import ReturnDesk

        return ReturnDesk(self.counter, self.session)

    @cached_property
    def orders(self) -> OrderDesk:
        """Sales that become orders."""
        from omsdesk.ui.till.orders.orders import OrderDesk

        return OrderDesk(self.counter, self.session, self.checkout, self._pdf_folder)

    @cached_property
    def drawer(self) -> OpenDrawer:
        """What is done about a drawer that has to be shut first."""
        from omsdesk.ui.till.open_drawer import OpenDrawer

        return OpenDrawer(self.counter, self.session.go_on)

    @cached_property
    def customer_side(self) -> CustomerSide:
        """What the customer sees."""
        from omsdesk.ui.till.customer_display.side import CustomerSide

        return CustomerSide(self)
