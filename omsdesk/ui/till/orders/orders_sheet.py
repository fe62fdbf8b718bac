"""Open orders at the till: found by number, name or phone; paid, handed over, given up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from omsdesk.domain.order import ENDED, Purpose, Status
from omsdesk.domain.order_dispute import dispute
from omsdesk.domain.values import MICRO
from omsdesk.store.queries.orders import Known
from omsdesk.ui import order_words
from omsdesk.ui.order_card import OrderCard
from omsdesk.ui.till.counter import Tone as NoticeTone
from omsdesk.ui.till.sheets import Body, while_alive
from omsdesk.ui.till.state import TillState
from omsdesk.ui.widgets.empty_state import EmptyState
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.layouts import column, row
from omsdesk.ui.widgets.primary_button import PrimaryButton
from omsdesk.ui.widgets.result_list import ResultList
from omsdesk.ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QHBoxLayout, QWidget

_CARD_FROM = 640
"""Pixels from which there is room to show the order beside the list."""
_NONE = "No open orders. Put goods on a sale and press Ctrl+O to order them."


class OrdersSheet(Body):
    """Enter does the next thing: take the payment that is due, hand over what is paid, give back what is left."""

    title = "Orders"
    needs_width = 700
    help_page = "orders"

    def __init__(self, state: TillState, act: Callable[[Body], None]) -> None:
        """List the open orders, or the one that was scanned; ``act`` opens another sheet."""
        super().__init__()
        self.state, self.desk, self._open = state, state.orders, act
        self.field = SearchField("Order number, name or phone")
        self.list = ResultList("Orders")
        self.card = OrderCard(lambda: state.counter.shop.locale, lambda: state.counter.day)
        self.empty = EmptyState("clipboard-list", _NONE)
        self.give_up, self.paper, self.pdf = self.card.give_up, self.card.paper, self.card.pdf
        self.hand = KeyButton("Hand over", "package-check", "F12", height=68)
        self.part = KeyButton("A part", "package-open", height=68)
        self.pay = KeyButton("Other amount", "coins", height=68)
        self.next = PrimaryButton("", "check", "Enter")
        self._found: dict[str, Known] = {}
        self._asked = 0
        self._wire()
        middle: QHBoxLayout = row(self.list, self.card, self.empty, spacing=16)
        middle.setStretch(0, 1)
        middle.setStretch(1, 1)
        self.setLayout(column(self.field, middle, spacing=12))
        wanted, self.desk.asked_for = self.desk.asked_for or self.desk.whose, ""
        self.field.setText(wanted)
        self.refresh()

    def _wire(self) -> None:
        self.field.textChanged.connect(lambda _: self.refresh())
        self.field.stepped.connect(self.list.step)
        self.field.returnPressed.connect(self._do_next)
        self.list.chosen.connect(lambda _: self._do_next())
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show_marked())
        self.next.clicked.connect(self._do_next)
        self.pay.clicked.connect(self._pay)
        self.hand.clicked.connect(self.confirm)
        self.part.clicked.connect(self._hand_a_part)
        self.paper.clicked.connect(lambda: self._do(self.desk.print_paper))
        self.pdf.clicked.connect(lambda: self._do(self.desk.save_pdf))
        self.give_up.clicked.connect(self._give_up)
        self.card.goods.clicked.connect(self._change_goods)

    def buttons(self) -> Sequence[QWidget]:
        """What can be done with the marked order."""
        return (self.part, self.hand, self.pay, self.next)

    def typing_place(self) -> QWidget:
        """Typing looks for an order."""
        return self.field

    def begin(self) -> None:
        """Wait for typing."""
        self.field.setFocus()

    def scanned(self, code: str) -> bool:
        """Show the order whose code was scanned; goods are the ticket's."""
        known = self.desk.numbered(code)
        if known is not None:
            self.field.setText(known.order.number)
        return known is not None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the order where there is room."""
        super().resizeEvent(event)
        self._show_card()

    def _show_card(self) -> None:
        self.card.setVisible(self.width() >= _CARD_FROM and bool(self._found))

    # ------------------------------------------------------------------------------ what is listed

    def refresh(self) -> None:
        """Look for what was typed, or list the open ones."""
        self._asked += 1
        asked, text = self._asked, self.field.text().strip()

        def found(orders: list[Known]) -> None:
            if asked == self._asked:
                self._show(orders, text)

        self.desk.find(text, while_alive(self, found))

    def _show(self, orders: list[Known], text: str) -> None:
        counter, before = self.state.counter, self.marked
        self._found = {known.order.order: known for known in orders}
        self.list.show_results(order_words.results(orders, counter.day, counter.shop.locale), text)
        if before is not None and before.order.order in self._found:
            self.list.move_to(list(self._found).index(before.order.order))
        self.empty.set_content("search" if text else "clipboard-list", f"No order fits “{text}”." if text else _NONE)
        self.list.setVisible(bool(orders))
        self.empty.setVisible(not orders)
        self._show_card()
        self._show_marked()

    @property
    def marked(self) -> Known | None:
        """The order that is marked."""
        at = self.list.currentIndex().row()
        return self._found.get(str(self.list.key_at(at))) if 0 <= at < self.list.count() else None

    def _show_marked(self) -> None:
        known = self.marked
        self.card.show_order(known)
        label, amount = self._next_step(known)
        is_open = known is not None and known.order.has_open_rows
        is_order = is_open and known is not None and known.order.purpose is not Purpose.QUOTATION
        self.next.set_label(label)
        self.next.set_amount(amount)
        self.next.setVisible(bool(label))
        self.next.updateGeometry()
        self.pay.setVisible(is_order and known is not None and known.due.minor > 0)
        self.part.setVisible(is_order and known is not None and _count(known) > 1)
        self.hand.setVisible(is_order and known is not None and bool(known.due))
        self.give_up.setVisible(is_open)
        self.card.goods.setVisible(is_open)

    def _next_step(self, known: Known | None) -> tuple[str, str]:
        if known is None:
            return "", ""
        money = self.state.counter.money
        if dispute(known.order) is not None:
            return "Two opinions: settle", ""
        if known.is_to_settle:
            back = known.held - known.order.fee_due
            return ("Give back", money(back)) if back.minor >= 0 else ("Keep the fee", money(-back))
        status = self.desk.status(known)
        if status in ENDED and status is not Status.EXPIRED:
            return "", ""
        if known.order.purpose is Purpose.QUOTATION:
            return "Accept", money(known.order.total)
        if known.due.minor > 0:
            return "Take", money(known.next_payment)
        return ("Give back", money(-known.due)) if known.due.minor < 0 else ("Hand over", "")

    # ------------------------------------------------------------------------------ what is done

    def confirm(self) -> None:
        """Hand the goods of the marked order over, whatever is still to be paid; where none are, do the next thing."""
        known = self.marked
        if known is None or self.hand.isHidden():
            self._do_next()
        else:
            self._do(self.desk.hand_over)

    def _do_next(self) -> None:
        known = self.marked
        if known is None or self.next.isHidden():
            return
        if dispute(known.order) is not None:
            self._settle_opinions(known)
            return
        self.done.emit()
        if known.is_to_settle:
            self.desk.settle(known)
        elif known.order.purpose is Purpose.QUOTATION:
            self.desk.accept(known)
        elif known.due.minor > 0:
            self.desk.take_payment(known, known.next_payment)
        elif known.due.minor < 0:
            self.desk.settle(known)
        else:
            self.desk.hand_over(known)

    def _do(self, act: Callable[[Known], None]) -> None:
        known = self.marked
        if known is not None:
            self.done.emit()
            act(known)

    def _pay(self) -> None:
        from omsdesk.ui.till.orders.order_money_sheets import PaymentSheet

        if self.marked is not None:
            self._open(PaymentSheet(self.state, self.marked))

    def _settle_opinions(self, known: Known) -> None:
        from omsdesk.ui.till.orders.opinions_sheet import OpinionsSheet

        self._open(OpinionsSheet(self.state, known, self._show_again))

    def _show_again(self) -> None:
        self._open(OrdersSheet(self.state, self._open))

    def _hand_a_part(self) -> None:
        from omsdesk.ui.till.orders.hand_over_sheet import HandOverSheet

        if self.marked is not None:
            self._open(HandOverSheet(self.state, self.marked))

    def _change_goods(self) -> None:
        from omsdesk.ui.order_change import change_of
        from omsdesk.ui.till.orders.change_goods_sheet import ChangeGoodsSheet

        known, counter = self.marked, self.state.counter
        change = change_of(counter.reader, counter.clock, known) if known is not None else None
        if isinstance(change, str):
            counter.say(NoticeTone.WARN, change)
        elif change is not None:
            self._open(ChangeGoodsSheet(self.state, change, self._show_again, self._open))

    def _give_up(self) -> None:
        from omsdesk.ui.till.orders.order_money_sheets import GiveUpSheet

        if self.marked is not None:
            self._open(GiveUpSheet(self.state, self.marked))


def _count(known: Known) -> int:
    """Count what can be handed over one after the other: pieces, and what was begun of a kilogram or a metre."""
    order = known.order
    return sum(-(-order.open_quantity(row).micro // MICRO) for row in order.rows if not row.parent)
