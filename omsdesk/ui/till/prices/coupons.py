"""Coupons at the till: scanned or typed like everything else, shown in the cart, given back."""

from __future__ import annotations

from omsdesk.actions.execute import Done
from omsdesk.domain.coupon import RemoveCoupon, ShowCoupon, grouped
from omsdesk.domain.sale import Coupon, CouponShown
from omsdesk.store.queries.coupon import known_coupon
from omsdesk.ui.till.counter import Counter, Tone
from omsdesk.ui.till.prices.savings import held
from omsdesk.ui.till.session import TillSession


class CouponDesk:
    """State and intents around coupons. It knows no widget."""

    def __init__(self, counter: Counter, session: TillSession) -> None:
        """Hear coupons among what is scanned."""
        self.counter, self.session = counter, session
        session.intake.finders.append(self._find)

    @property
    def shown(self) -> tuple[Coupon, ...]:
        """The coupons of the ticket in work."""
        return self.session.sale.coupons if self.session.sale else ()

    def words(self) -> str:
        """Name the coupons of the ticket, and those that nothing on it counts for yet."""
        sale = self.session.sale
        if sale is None or not sale.coupons:
            return ""
        sources = {part.source for row in sale.lines for part in row.reductions}
        offered = held(self.counter)
        opened = (
            {row.coupon.strip().casefold() for row in offered.promotions if row.id in sources} if offered else set()
        )
        parts = (
            _name(row) + ("" if row.opens.strip().casefold() in opened else " (nothing here counts for it yet)")
            for row in sale.coupons
        )
        return f"Coupon {', '.join(parts)}"

    def give_back(self) -> None:
        """Take the coupon off that was shown last."""
        sale = self.session.sale
        if sale is not None and sale.coupons:
            self.session.submit(RemoveCoupon(sale.sale, sale.coupons[-1].code), then=self.session.follow)

    def _find(self, code: str) -> bool:
        if known_coupon(self.counter.reader, code, held(self.counter)) is None:
            return False
        self.session.on_ticket(lambda sale: ShowCoupon(sale, code), then=self._taken)
        return True

    def _taken(self, done: Done) -> None:
        self.session.follow(done)
        for fact in done.facts:
            if isinstance(fact, CouponShown):
                self.counter.say(Tone.OK, f"Coupon {_name(fact.coupon)} taken.")


def _name(coupon: Coupon) -> str:
    return grouped(coupon.code) if coupon.promotion else coupon.code
