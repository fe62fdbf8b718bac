"""The till's screen: which view is shown when, and what happens around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QStackedWidget, QWidget

from omsdesk.actions.execute import Changes
from omsdesk.devices.ports import PrinterStatus
from omsdesk.domain.printing import is_of_sale
from omsdesk.sync.state import SyncState
from omsdesk.ui import theme
from omsdesk.ui.changes import ChangeFeed
from omsdesk.ui.keyboard import takes_text
from omsdesk.ui.navigation import Intent, Screen
from omsdesk.ui.sounds import Sound, Speaker
from omsdesk.ui.theme import Tone
from omsdesk.ui.till.cart_view import CartView
from omsdesk.ui.till.counter import Aspect
from omsdesk.ui.till.counter import Tone as NoticeTone
from omsdesk.ui.till.errands import Errands
from omsdesk.ui.till.goods.incoming import Demand
from omsdesk.ui.till.sell_view import HOLD, MORE, RECEIPT, RETURN, SellView
from omsdesk.ui.till.sheets import Body, TillSheet
from omsdesk.ui.till.state import TillState
from omsdesk.ui.till.status_row import StatusRow
from omsdesk.ui.widgets.banner import Banner, BannerLook
from omsdesk.ui.widgets.flicking import scrolling
from omsdesk.ui.widgets.layouts import column, row

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from omsdesk.devices.drivers.simulator.painter import Sheet

NARROW = 1200
"""Pixels of the screen, at normal text size, below which the cart is small."""


class Mode(StrEnum):
    """Which view has the work area."""

    LOCKED = "locked"
    REPORT = "report"
    OPENING = "opening"
    PAYING = "paying"
    DONE = "done"
    SELLING = "selling"


class TillScreen(Screen):
    """Sell: search, tiles and cart, and the views that take their place for a while."""

    devices_wanted = Signal()
    virtual_wanted = Signal()
    """Emitted to see the devices that are on the screen."""
    sync_wanted = Signal()
    try_wanted = Signal()
    user_changed = Signal(str)
    """Emitted with the name of whoever stands at the till now; empty while it is locked."""

    def __init__(self, state: TillState, feed: ChangeFeed, speaker: Speaker) -> None:
        """Take what the till is about, and what tells of changes from elsewhere."""
        super().__init__()
        self.state = state
        self.speaker = speaker
        self.sheet: TillSheet | None = None
        self.mode: Mode | None = None
        self._demand: Demand | None = None
        """The question whose sheet came up last."""
        self.training = Banner(BannerLook.STRIPED, height=40)
        self.sell, self.cart, self.status = SellView(state), CartView(state), StatusRow(state)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.sell)
        self._views: dict[Mode, QWidget] = {Mode.SELLING: self.sell}
        self._frames: dict[QWidget, QScrollArea] = {}
        self._work = QWidget()
        self._work.setLayout(column(self._stack, margins=(16, 14, 16, 0)))
        foot = column(self.status, margins=(16, 8, 16, 8))
        inside = column(self._work, foot, spacing=0)
        inside.setStretch(0, 1)
        lower = row(inside, self.cart, spacing=0)
        lower.setStretch(0, 1)
        whole = column(self.training, lower, spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.errands = Errands(state, self.open_sheet, self.virtual_wanted.emit)
        self.sell.acted.connect(self._acted)
        self.status.prints_wanted.connect(self.errands.prints)
        self.status.sync_wanted.connect(self.sync_wanted)
        self.status.try_wanted.connect(self.try_wanted)
        self.status.devices_wanted.connect(self.devices_wanted)
        self.cart.note_wanted.connect(self.errands.note)
        self.cart.quantity_wanted.connect(self.errands.quantity)
        self.cart.discount_wanted.connect(self.errands.discount)
        self.cart.customer_wanted.connect(self.show_customers)
        state.counter.listeners.append(self._heard)
        feed.changed.connect(self._changed)
        self._follow: dict[Aspect, Callable[[], None]] = {
            Aspect.MODE: self._show_mode,
            Aspect.RUNG: lambda: speaker.play(Sound.OK),
            Aspect.CART: self._show_cart,
            Aspect.NOTICE: self._show_notice,
            Aspect.UNDO: self.status.show_undo,
            Aspect.HELD: self._show_held,
            Aspect.STATUS: self._show_prints,
            Aspect.CUSTOMER: self.errands.customer,
            Aspect.APPROVAL: self._show_approval,
            Aspect.ORDER: self.errands.orders,
            Aspect.RECEIPT: self.errands.receipts_asked_for,
        }
        self.sell.load()
        self._show_cart()
        self._show_mode()

    # ------------------------------------------------------------------------------ what is shown

    def wanted_mode(self) -> Mode:
        """Tell which view the state asks for."""
        state = self.state
        if state.sign_in.is_locked:
            return Mode.LOCKED
        if state.shift.closed is not None:
            return Mode.REPORT
        if not state.shift.is_open:
            return Mode.OPENING
        if state.checkout.is_open:
            return Mode.PAYING
        return Mode.DONE if state.checkout.completed is not None else Mode.SELLING

    def view(self, mode: Mode) -> QWidget:
        """Find a view, or make it when it is first wanted."""
        if mode not in self._views:
            self._views[mode] = self._made(mode)
        return self._views[mode]

    def _made(self, mode: Mode) -> QWidget:
        from omsdesk.ui.till import done_view, lock_view, pay_view
        from omsdesk.ui.till.shifts import opening_view, report_view

        makers: dict[Mode, Callable[[TillState], QWidget]] = {
            Mode.LOCKED: lock_view.LockView,
            Mode.REPORT: report_view.ReportView,
            Mode.OPENING: opening_view.OpeningView,
            Mode.PAYING: pay_view.PayView,
            Mode.DONE: done_view.DoneView,
        }
        made = makers[mode](self.state)
        if isinstance(made, done_view.DoneView):
            made.typed.connect(self._type_for_the_next)
        if mode is Mode.LOCKED:
            made.setParent(self)
            made.hide()
        else:
            self._frames[made] = scrolling(made)
            self._stack.addWidget(self._frames[made])
        return made

    def _show_mode(self) -> None:
        mode, before = self.wanted_mode(), self.mode
        self.mode = mode
        self._show_training()
        if mode is not before:
            self._enter(mode, before)
        self._refresh_view(mode)
        if mode is not Mode.LOCKED:
            self._show_demands()
            self.status.ask_about_prints()

    def _enter(self, mode: Mode, before: Mode | None) -> None:
        self.cart.put_paper_away()
        if self.sheet is not None:
            self.sheet.close_sheet()
        if before is Mode.LOCKED:
            self.view(Mode.LOCKED).hide()
        self._name_user()
        if mode is Mode.LOCKED:
            view = self.view(mode)
            self._cover()
            view.show()
            view.raise_()
        else:
            self._show_view(self.view(mode))
            self.cart.setVisible(mode not in {Mode.OPENING, Mode.REPORT})
            self.cart.pay.setVisible(mode is not Mode.PAYING)
        if mode is Mode.DONE:
            self.speaker.play(Sound.COMPLETE)
        self._begin(mode)
        self._show_cart()

    def _show_view(self, view: QWidget) -> None:
        self._stack.setCurrentWidget(self._frames.get(view, view))

    def _name_user(self) -> None:
        person = self.state.counter.person
        self.user_changed.emit(person.name if person else "")
        self.locked.emit(person is None)

    def _begin(self, mode: Mode) -> None:
        begin = getattr(self.view(mode), "begin", None)
        if begin is not None:
            begin()
        elif mode is Mode.SELLING:
            self.sell.field.setFocus()

    def _refresh_view(self, mode: Mode) -> None:
        refresh = getattr(self.view(mode), "refresh", None)
        if refresh is not None:
            refresh()

    def _show_demands(self) -> None:
        """Open the sheet of a decision that is pending."""
        before, self._demand = self._demand, self.state.session.intake.demand
        if self._demand is not None and (self._demand is not before or self.sheet is None):
            self.errands.answer(self._demand)
        elif self._demand is None and before is not None and self.sheet is not None:
            self.sheet.close_sheet()

    def _show_approval(self) -> None:
        if self.sheet is not None and self._is_open("ApprovalSheet"):
            self.sheet.content.refresh()

    def _is_open(self, name: str) -> bool:
        return self.sheet is not None and type(self.sheet.content).__name__ == name

    def _show_training(self) -> None:
        if self.state.counter.till.is_training and self.training.isHidden():
            self.training.say("Training. Nothing is booked, and the drawer stays shut.", Tone.WARN, "graduation-cap")
        elif not self.state.counter.till.is_training:
            self.training.hide()

    def _show_cart(self) -> None:
        self.cart.refresh()
        self.sell.refresh()
        self._show_held()
        if self.mode is Mode.PAYING:
            self._refresh_view(Mode.PAYING)

    def _show_held(self) -> None:
        self.sell.show_held(len(self.state.session.held()) if not self.state.session.lines else 0)

    def _show_notice(self) -> None:
        notice = self.state.counter.notice
        self.status.show_notice(notice)
        if notice is not None and notice.tone in {NoticeTone.WARN, NoticeTone.BAD}:
            self.speaker.play(Sound.NOT_FOUND if notice.code else Sound.BLOCKED)

    def show_printer(self, role: str, status: PrinterStatus) -> None:
        """Show how a printer is; call it on the GUI thread."""
        self.status.set_printer(role, status)

    def show_sync(self, state: SyncState) -> None:
        """Show how the exchange with the service stands."""
        self.status.show_sync(state)

    def show_sheet(self, sheet: Sheet) -> None:
        """Show paper that came out of the printer on the screen; call it on the GUI thread."""
        is_under_a_ticket = bool(self.state.session.lines) and is_of_sale(sheet.job)
        if self.mode is Mode.DONE or (self.mode is Mode.SELLING and not is_under_a_ticket):
            self.cart.show_paper(sheet.png, is_passing=self.mode is Mode.SELLING)

    def _show_prints(self) -> None:
        self.status.show_printer()
        if self.mode is Mode.DONE:
            self._refresh_view(Mode.DONE)
        if self.sheet is not None and (self._is_open("PrintsSheet") or self._is_open("MailsSheet")):
            self.sheet.content.refresh()

    # ------------------------------------------------------------------------------ what is heard

    def _heard(self, aspect: Aspect) -> None:
        follow = self._follow.get(aspect)
        if follow is not None:
            follow()

    def _changed(self, changes: Changes) -> None:
        if changes.touch("catalogue"):
            self.sell.load()
        elif changes.touch("stock", "goods", "order"):
            self.sell.refresh_tiles()
        if changes.touch("people"):
            self.state.sign_in.look_again()
            self._name_user()
            self._show_cart()
        if changes.touch("shop", "people", "cash"):
            self.state.counter.refresh()
            self.state.counter.tell(Aspect.MODE)
        if changes.touch("print", "mail"):
            self._show_prints()
        if changes.touch("customer", "account", "order"):
            self.state.customers.look_again()
        if changes.touch("sale"):
            self._show_held()
            self.state.session.look_again()

    def scanned(self, code: str) -> bool:
        """Take a scan, whatever is open; nothing that is scanned gets lost to a field or a sheet."""
        if self.mode is Mode.LOCKED:
            self.state.sign_in.read_badge(code)
            return True
        self.status.scan_heard()
        self.sell.field.settle()
        if self.sheet is not None and self.sheet.content.scanned(code):
            return True
        if self.mode in {Mode.OPENING, Mode.REPORT}:
            self.state.counter.say(NoticeTone.WARN, "Open the shift first: count the money in the drawer.")
            return True
        self.state.checkout.next_customer()
        if not self.state.sign_in.is_locked:
            self.state.session.intake.scanned(code)
        return True

    def typing_place(self) -> QWidget | None:
        """Where typing lands: the sheet that asks, the view that asks, else the search field."""
        if self.sheet is not None:
            place = self.sheet.content.typing_place()
            if place is not None:
                return place
            focus = QApplication.focusWidget()
            if isinstance(focus, QAbstractButton) and self.sheet.isAncestorOf(focus):
                # Whoever walked to a button presses it with Space.
                return None
            self.sheet.close_sheet()
        match self.mode:
            case Mode.LOCKED | Mode.OPENING | Mode.PAYING:
                return self._first_field(self.view(self.mode))
            case Mode.DONE:
                return self.view(Mode.DONE)
            case Mode.REPORT:
                return None
        return self.sell.field

    def _type_for_the_next(self, text: str) -> None:
        self.look_for()
        if not self.state.sign_in.is_locked:
            self.sell.field.insert(text)

    def _first_field(self, view: QWidget) -> QWidget | None:
        place = view.findChildren(QWidget)
        return next((widget for widget in place if takes_text(widget)), None)

    # ------------------------------------------------------------------------------ sheets

    def open_sheet(self, body: Body) -> None:
        """Cover the work area; whatever covered it before is closed."""
        if self.sheet is not None:
            self.sheet.close_sheet()
        is_room = self._work.width() >= theme.current().px(body.needs_width)
        sheet = TillSheet(body, self._work if is_room else self)
        self.sheet = sheet
        sheet.closed.connect(lambda: self._sheet_closed(sheet))
        self.cart.show_pay_key(is_here=False)
        sheet.open_sheet()
        body.begin()

    def _sheet_closed(self, sheet: TillSheet) -> None:
        if self.sheet is sheet:
            self.sheet = None
            self.cart.show_pay_key(is_here=True)
        sheet.content.left()
        sheet.deleteLater()
        if self.sheet is None and self.mode is Mode.SELLING:
            self.sell.field.setFocus()

    # ------------------------------------------------------------------------------ intents

    def arrived(self) -> None:
        """Take the focus where the mode wants it."""
        self._name_user()
        if self.mode is not None and self.sheet is None:
            self._begin(self.mode)

    def user_pressed(self) -> None:
        """Lock the till, so that somebody else can sign in."""
        if self.mode is not Mode.LOCKED:
            self.state.sign_in.lock()

    def _acted(self, name: str) -> None:
        acts: dict[str, Callable[[], object]] = {
            HOLD: self.hold_or_recall,
            RETURN: self.take_back,
            RECEIPT: self.show_receipts,
            MORE: self.errands.more,
        }
        acts[name]()

    def hold_or_recall(self) -> None:
        """Put the ticket aside, or show those that were."""
        if self.state.session.lines:
            self.state.session.hold()
        elif self._is_open("HeldSheet") and self.sheet is not None:
            self.sheet.close_sheet()
        elif self.state.session.held():
            self.errands.held()

    def show_receipts(self) -> None:
        """List the last receipts of this till; once more, those of all tills."""
        self._open_or_again("ReceiptsSheet", self.errands.receipts)

    def take_back(self) -> None:
        """Take goods back: of the receipt that is marked in a list, or of one that has to be found."""
        marked = self.sheet.content.marked_receipt() if self.sheet is not None else ""
        self._open_or_again("ReturnSheet", lambda: self.errands.take_back(marked))

    def take_off(self) -> None:
        """Take something off the chosen line; once more, off the whole sale."""
        self._open_or_again("DiscountSheet", self.errands.discount)

    def _open_or_again(self, name: str, open_it: Callable[[], None]) -> None:
        if self._is_open(name) and self.sheet is not None:
            self.sheet.content.once_more()
        else:
            open_it()

    def show_customers(self) -> None:
        """Say whose ticket it is, after a sale that of the next; once more, go back."""
        if self.sheet is None:
            self.state.checkout.next_customer()
        if self.mode is Mode.SELLING:
            self._open_or_again("CustomerSheet", self.errands.customer)

    def order(self) -> None:
        """Make an order of the sale, or list the open ones."""
        self._open_or_again("OrderSheet", self.errands.order)

    def look_for(self) -> None:
        """Go to the search field, whatever is open."""
        if self.sheet is not None:
            self.sheet.close_sheet()
        if self.mode is Mode.PAYING:
            self.state.checkout.close()
        self.state.checkout.next_customer()
        if not self.state.sign_in.is_locked:
            self.sell.field.setFocus()
            self.sell.field.selectAll()

    def go_on(self) -> None:
        """Do what the green button does."""
        if self.sheet is not None:
            self.sheet.content.confirm()
        elif self.mode is Mode.SELLING:
            self.state.checkout.open()
        else:
            act = {Mode.PAYING: "take", Mode.DONE: "", Mode.OPENING: "open_shift"}.get(self.mode or Mode.SELLING, "")
            if act:
                getattr(self.view(self.mode or Mode.SELLING), act)()
            elif self.mode is Mode.DONE:
                self.state.checkout.next_customer()
            elif self.mode is Mode.REPORT:
                self.state.shift.begin_next()

    def back(self) -> None:
        """Go one step back."""
        session = self.state.session
        if self.sheet is not None:
            self.sheet.close_sheet()
        elif self.sell.field.text():
            self.sell.field.empty()
        elif self.state.counter.notice is not None:
            self.state.counter.hush()
        elif self.mode is Mode.PAYING:
            self.state.checkout.close()
        elif self.mode is Mode.DONE:
            self.state.checkout.next_customer()
        elif session.intake.multiplier is not None:
            session.intake.forget_multiplier()

    def intents(self) -> Sequence[Intent]:
        """What can be done here now."""
        return self.errands.intents(self)

    def page_in_front(self) -> str:
        """Explain the sheet, or the view that has the work area."""
        in_front = self.sheet.content if self.sheet is not None else self.view(self.mode or Mode.SELLING)
        return str(getattr(in_front, "help_page", ""))

    @property
    def is_typing_elsewhere(self) -> bool:
        """Whether the cashier types into a field of a sheet, whose keys are its own."""
        focus = QApplication.focusWidget()
        return takes_text(focus) and focus is not self.sell.field

    # ------------------------------------------------------------------------------ room

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the cart what the screen can spare."""
        super().resizeEvent(event)
        self.cart.set_narrow(self.width() < theme.current().px(NARROW) - 76)
        self._cover()

    def _cover(self) -> None:
        if Mode.LOCKED in self._views:
            self._views[Mode.LOCKED].setGeometry(self.rect())
