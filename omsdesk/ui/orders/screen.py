"""The orders page: lists by what has to be looked at, the chosen order, and what can be decided about it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from omsdesk.actions.execute import Changes
from omsdesk.domain.order import Purpose, Status
from omsdesk.domain.order_dispute import dispute
from omsdesk.domain.printing import RECEIPT
from omsdesk.store.queries.orders import Known, Short
from omsdesk.ui import order_words
from omsdesk.ui.amounts import money_text
from omsdesk.ui.navigation import Intent, Screen, Unsaved
from omsdesk.ui.opinions_view import OpinionsView
from omsdesk.ui.order_card import OrderCard
from omsdesk.ui.order_editor import OrderEditor
from omsdesk.ui.orders.office import Office
from omsdesk.ui.orders.session import (
    ALL,
    LATE,
    LONGER,
    NAMES,
    OPEN,
    OPINIONS,
    OVER,
    QUOTES,
    SETTLE,
    SHORT,
    OrdersSession,
)
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.card import Panel
from omsdesk.ui.widgets.empty_state import EmptyState
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import column, row
from omsdesk.ui.widgets.page_head import MARGIN, PageHead
from omsdesk.ui.widgets.passing_banner import PassingBanner
from omsdesk.ui.widgets.pill_bar import PillBar
from omsdesk.ui.widgets.result_list import ResultList
from omsdesk.ui.widgets.search_field import SearchField

_SIDE = 372
_NOTHING = {
    OPEN: "No open orders. Put goods on a sale and press Ctrl+O to order them.",
    QUOTES: "No quotation is open.",
    LATE: "Nobody is late with a payment.",
    OVER: "No order is over its day.",
    SETTLE: "Nothing is to be given back.",
    SHORT: "Everything that is promised is here.",
    OPINIONS: "Everybody is of one mind.",
    ALL: "Nothing was ordered yet.",
}


class OrdersScreen(Screen):
    """Shows orders of all tills and stores, and lets a manager decide about them."""

    help_page = "orders_office"

    def __init__(self, office: Office) -> None:
        """Show the open ones."""
        super().__init__()
        self.office, self.session = office, OrdersSession(office)
        self.session.listeners.append(self._follow)
        self.pills = PillBar("Orders")
        self._shown_pills: list[tuple[str, str]] = []
        self.pills.chosen.connect(lambda view: self.show_list(str(view)))
        self.search = SearchField("Order number, name or phone", "Ctrl F")
        self.search.textEdited.connect(self.session.search)
        self.search.cleared.connect(lambda: self.session.search(""))
        self.list = ResultList("Orders")
        self.list.selectionModel().currentChanged.connect(lambda *_: self._marked())
        self.search.stepped.connect(self.list.step)
        self.ready = KeyButton("Ready", "package-check", "Ctrl R")
        self.longer = KeyButton(f"{LONGER} days more", "calendar")
        self.let_go = KeyButton("Let it go", "x")
        self.all_go = KeyButton("Let all go", "x")
        self.head = PageHead("Orders", [self.all_go, self.let_go, self.longer, self.ready])
        self.banner = PassingBanner()
        self.banner.gone.connect(self.session.was_read)
        self.short = Label("", 16, 500, Tone.WARN)
        self.short.setWordWrap(True)
        self.card = OrderCard(lambda: office.locale, lambda: self.session.day)
        self.card.give_up.hide()
        self.empty = EmptyState("clipboard-list", "")
        self.editor: OrderEditor | None = None
        self.opinions = OpinionsView("Ctrl")
        self.opinions.chosen.connect(self.session.settle_opinions)
        self.discard = KeyButton("Discard", "undo-2", "Esc", height=68)
        self._stack = QStackedWidget()
        self._is_filling = False
        self._sure_of = 0
        """How many somebody is about to let go, and has to press once more for."""
        self._wire()
        self._lay_out()
        office.feed.changed.connect(self._changed)

    def _wire(self) -> None:
        self.ready.clicked.connect(self.session.make_ready)
        self.longer.clicked.connect(self.session.keep_longer)
        self.let_go.clicked.connect(self.session.let_go)
        self.all_go.clicked.connect(self._all_go_pressed)
        self.card.paper.clicked.connect(self.session.print_paper)
        self.card.slip.clicked.connect(self.session.print_slip)
        self.card.pdf.clicked.connect(self.session.save_pdf)
        self.card.goods.clicked.connect(self.change_goods)
        self.discard.clicked.connect(self.session.end_change)

    def _lay_out(self) -> None:
        side = Panel(Qt.Edge.RightEdge)
        side.setFixedWidth(_SIDE)
        inside = QVBoxLayout(side)
        inside.setContentsMargins(12, 14, 12, 12)
        inside.setSpacing(12)
        for widget, share in ((self.search, 0), (self.list, 1)):
            inside.addWidget(widget, share)
        room = QWidget()
        made = column(self.short, self.card, spacing=12, margins=(MARGIN, 14, MARGIN, 14))
        made.setStretch(1, 1)
        room.setLayout(made)
        self._stack.addWidget(room)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._editing())
        self._stack.addWidget(self._settling())
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.head)
        right.addWidget(self.banner)
        right.addWidget(self._stack, 1)
        lower = row(side, right, spacing=0)
        lower.setStretch(1, 1)
        top = row(self.pills)
        top.setContentsMargins(MARGIN, 14, MARGIN, 0)
        whole = column(top, lower, spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _settling(self) -> QWidget:
        room = QWidget()
        room.setLayout(column(self.opinions, margins=(MARGIN, 14, MARGIN, 14)))
        return room

    def _editing(self) -> QWidget:
        room = QWidget()
        self._foot = row(self.discard)
        self._room = column(self._foot, spacing=12, margins=(MARGIN, 14, MARGIN, 14))
        room.setLayout(self._room)
        return room

    # ------------------------------------------------------------------------------ what comes in

    def arrived(self) -> None:
        """Show what is there now."""
        self.session.refresh()
        self.pills.setFocus()

    def show_list(self, view: str) -> None:
        """List others."""
        self.search.clear()
        self.session.show_list(view)

    def intents(self) -> Sequence[Intent]:
        """What can be done with orders."""
        session = self.session
        return (
            Intent("orders.find", "Find an order", "search", self._find, "Ctrl+F"),
            Intent("orders.ready", "Goods are ready", "package-check", session.make_ready, "Ctrl+R", self._can_pack),
            Intent("orders.goods", "Change the goods", "pencil", self.change_goods, "Ctrl+E", self._can_change),
            *(
                Intent(
                    f"orders.side{at}", f"Choose opinion {at}", "check", partial(self._choose_side, at), f"Ctrl+{at}"
                )
                for at in (range(1, 5) if self._is_settling() else ())
            ),
            Intent("orders.print", "Print", "printer", session.print_paper, "Ctrl+P", self.card.paper.isVisible),
            Intent(
                "orders.slip",
                "Print a pick slip",
                "clipboard-list",
                session.print_slip,
                "Ctrl+Shift+P",
                self.card.slip.isVisible,
            ),
            Intent("orders.pdf", "Save as PDF", "download", session.save_pdf, "Ctrl+S", self._has_order),
            Intent("orders.write", "Write the change down", "check", self._write_down, "F12", self._is_changing),
            Intent(
                "orders.back", "Leave the goods as they are", "undo-2", session.end_change, "Esc", self._is_changing
            ),
        )

    # ------------------------------------------------------------------------------ other goods

    def change_goods(self) -> None:
        """Let the goods of the chosen order be changed."""
        self.session.begin_change()
        if self.editor is not None:
            self.editor.field.setFocus()

    def _can_change(self) -> bool:
        return self.card.goods.isVisible() and self.card.goods.isEnabled()

    def _is_settling(self) -> bool:
        return self._stack.currentIndex() == 3

    def _choose_side(self, at: int) -> None:
        self.opinions.choose(at - 1)

    def _is_changing(self) -> bool:
        return self.session.change is not None

    def _write_down(self) -> None:
        if self.editor is not None and self.editor.save.isEnabled():
            self.session.save_change()

    def unsaved(self) -> Sequence[Unsaved]:
        """Tell whether an order is being changed."""
        change = self.session.change
        if change is None or not change.has_changes:
            return ()
        return (Unsaved(f"Order {change.order.number}", lambda: None, self._write_down, lambda: False),)

    def _show_editor(self) -> None:
        """Put the change that is being made in the place of the order, or take it away."""
        change, editor = self.session.change, self.editor
        if editor is not None and editor.change is not change:
            self._room.removeWidget(editor)
            self._foot.removeWidget(editor.save)
            editor.save.deleteLater()
            editor.deleteLater()
            self.editor = None
        if change is not None and self.editor is None:
            office = self.office
            made = OrderEditor(change, office.reader, office.locale, lambda amount: money_text(amount, office.locale))
            made.save.clicked.connect(self._write_down)
            self._room.insertWidget(0, made, 1)
            self._foot.addWidget(made.save, 1)
            self.editor = made

    def _all_go_pressed(self) -> None:
        """Let all go at the second press: nothing brings them back."""
        count = len(self.session.over)
        if self._sure_of == count:
            self._sure_of = 0
            self.session.let_all_go()
        else:
            self._sure_of = count
            self.all_go.set_label(f"Really all {count}")

    def _may_fetch(self, known: Known | None) -> bool:
        is_order = known is not None and known.order.purpose is not Purpose.QUOTATION
        return is_order and known is not None and known.order.has_open_rows and bool(self.office.slip_printer)

    def _find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _can_pack(self) -> bool:
        return self.ready.isVisible() and self.ready.isEnabled()

    def _has_order(self) -> bool:
        return self.session.known is not None

    def scanned(self, code: str) -> bool:
        """Put goods on the order that is being changed, or find the order whose code was scanned."""
        if self.editor is not None:
            self.editor.field.clear()
            return self.editor.take(code)
        self.search.setText(code.strip())
        self.session.search(code)
        return True

    def typing_place(self) -> QWidget | None:
        """Typing looks for an order, or for goods that are wanted, too."""
        return self.editor.field if self.editor is not None else self.search

    def _changed(self, changes: Changes) -> None:
        if changes.touch("order", "account", "stock", "shop", "people") and self.isVisible():
            self.session.refresh()

    def _marked(self) -> None:
        at = self.list.currentIndex().row()
        if not self._is_filling and 0 <= at < self.list.count():
            self.session.choose(str(self.list.key_at(at)))

    # ------------------------------------------------------------------------------ what is shown

    def _follow(self) -> None:
        session = self.session
        self._show_pills()
        self._is_filling = True
        results = order_words.results(session.found, session.day, self.office.locale)
        self.list.show_results(results, session.text)
        keys = [known.order.order for known in session.found]
        if session.chosen in keys:
            self.list.move_to(keys.index(session.chosen))
        self._is_filling = False
        self._show_order(session.known)
        if session.said:
            tone, icon = (Tone.OK, "circle-check") if session.is_good else (Tone.BAD, "circle-alert")
            self.banner.say(session.said, tone, icon)

    def _show_pills(self) -> None:
        seldom = {SHORT: bool(self.session.short), OPINIONS: self.session.has_disputes}
        views = [view for view in NAMES if seldom.get(view, True) or self.session.view == view]
        counts = {SHORT: f" ({len(self.session.short)})"}
        pills = [(view, NAMES[view] + counts.get(view, "")) for view in views]
        if pills != self._shown_pills:
            self._shown_pills = pills
            self.pills.set_pills(pills)
        self.pills.move_to(views.index(self.session.view))

    def _show_order(self, known: Known | None) -> None:
        self._show_editor()
        is_disputed = known is not None and self.session.view == OPINIONS and dispute(known.order) is not None
        if known is not None and is_disputed:
            self.opinions.show_opinions(self.session.opinions(known))
            for card in self.opinions.cards:
                card.setEnabled(self.office.may_order)
        self._stack.setCurrentIndex(2 if self.session.change else 3 if is_disputed else 0 if known else 1)
        text = self.session.text
        self.empty.set_content(
            "search" if text else "clipboard-list", f"No order fits “{text}”." if text else _NOTHING[self.session.view]
        )
        self.card.show_order(known)
        self.card.paper.setVisible(self.office.has_printer(RECEIPT))
        self.card.slip.setVisible(self._may_fetch(known))
        short = self.session.short_of(known) if known else []
        words = [self.session.over_words(), *map(_says, short)]
        self.short.setText(" ".join(filter(None, words)))
        self.short.setVisible(bool(self.short.text()))
        is_open = known is not None and known.order.has_open_rows
        is_order = is_open and known is not None and known.order.purpose is not Purpose.QUOTATION
        is_over = known is not None and known.order.is_over(self.session.day)
        is_ready = known is not None and known.status(self.session.day) is Status.READY
        change, is_changing = self.session.change, self._is_changing()
        self.head.say(f"Goods of {change.order.number}" if change else "Orders")
        for part in (self.pills, self.search, self.list):
            part.setEnabled(not is_changing)
        self.ready.setVisible(is_order and not is_ready and not is_changing)
        self.longer.setVisible(is_over and not is_changing)
        self.let_go.setVisible(is_over and not is_changing)
        count = len(self.session.over)
        if self._sure_of != count:
            self._sure_of = 0
            self.all_go.set_label(f"Let all {count} go")
        self.all_go.setVisible(count > 1 and not is_changing)
        self.all_go.setEnabled(self.office.may_cancel)
        self.card.goods.setVisible(is_open)
        self.card.goods.setEnabled(self.office.may_order)
        self.ready.setEnabled(self.office.may_order)
        self.longer.setEnabled(self.office.may_order)
        self.let_go.setEnabled(self.office.may_cancel)


def _says(row: Short) -> str:
    return f"{row.name}: {row.reserved} promised, {row.on_hand} here."
