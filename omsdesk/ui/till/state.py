"""All of the till's state in one place, for the screen and for whoever puts the program together."""

from __future__ import annotations

from pathlib import Path

from omsdesk.domain.records import record
from omsdesk.ui.proof import Proof
from omsdesk.ui.till.approvals import ApprovalDesk
from omsdesk.ui.till.cards import Cards
from omsdesk.ui.till.checkout import Checkout
from omsdesk.ui.till.counter import Counter
from omsdesk.ui.till.coupons import CouponDesk
from omsdesk.ui.till.customers import CustomerDesk
from omsdesk.ui.till.orders import OrderDesk
from omsdesk.ui.till.receipts import Receipts
from omsdesk.ui.till.reductions import Reductions
from omsdesk.ui.till.return_desk import ReturnDesk
from omsdesk.ui.till.session import TillSession
from omsdesk.ui.till.shift import ShiftDesk
from omsdesk.ui.till.sign_in import SignInDesk
from omsdesk.ui.till.unknown_code import UnknownCode


@record
class TillState:
    """What a cashier can do, without a widget."""

    counter: Counter
    session: TillSession
    checkout: Checkout
    shift: ShiftDesk
    sign_in: SignInDesk
    unknown: UnknownCode
    receipts: Receipts
    reductions: Reductions
    customers: CustomerDesk
    returns: ReturnDesk
    orders: OrderDesk
    approvals: ApprovalDesk
    coupons: CouponDesk
    cards: Cards

    @classmethod
    def at(cls, counter: Counter, notes: tuple[int, ...], pdf_folder: Path) -> TillState:
        """Begin at a counter, with the country's banknotes in minor units; receipts are saved as PDF in the folder."""
        session = TillSession(counter)
        checkout = Checkout(counter, session, notes)
        proof = Proof(counter.reader, counter.work, counter.clock, lambda: counter.till.id)
        return cls(
            counter,
            session,
            checkout,
            ShiftDesk(counter),
            SignInDesk(counter, proof, lambda: session.is_busy or checkout.completed is not None),
            UnknownCode(counter, session),
            Receipts(counter, pdf_folder),
            Reductions(counter, session),
            CustomerDesk(counter, session),
            ReturnDesk(counter, session),
            OrderDesk(counter, session, checkout, pdf_folder),
            ApprovalDesk(counter, session.intake, proof),
            CouponDesk(counter, session),
            Cards(counter, session, checkout),
        )
