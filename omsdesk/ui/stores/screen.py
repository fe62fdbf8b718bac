"""The stores page: totals per currency above a row for each store; one that is opened fills the page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from omsdesk.actions.execute import Changes
from omsdesk.domain.period import Span
from omsdesk.ui.navigation import Intent, Screen
from omsdesk.ui.office import Office
from omsdesk.ui.stores.session import CHOICES, StoresSession
from omsdesk.ui.stores.store_list import StoreList
from omsdesk.ui.stores.store_view import StoreView
from omsdesk.ui.widgets.empty_state import EmptyState
from omsdesk.ui.widgets.figure_tiles import FigureTiles
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.layouts import column
from omsdesk.ui.widgets.page_head import PageHead
from omsdesk.ui.widgets.pill_bar import PillBar

_EVERY_MS = 60_000
"""Time passes without news, too: what is compared with yesterday by now is read again."""
_NO_RIGHT = "Figures of the stores are for managers. Ask one to sign in."
_NONE = "There is no store yet. Stores appear here as soon as they are set up."


class StoresScreen(Screen):
    """Shows what all stores took, by period, and one of them in full."""

    help_page = "stores"

    def __init__(self, office: Office) -> None:
        """Show today."""
        super().__init__()
        self.office = office
        self.session = StoresSession(office)
        self.session.listeners.append(self._follow)
        self.before = KeyButton("Store before", "chevron-left", "Alt ←")
        self.after = KeyButton("Next store", "chevron-right", "Alt →")
        self.before.clicked.connect(lambda: self.session.step(-1))
        self.after.clicked.connect(lambda: self.session.step(1))
        self.head = PageHead("Stores")
        self.store_head = PageHead("", [self.before, self.after], has_back=True)
        self.store_head.went_back.connect(self._back)
        self.pills = PillBar("Period")
        self.pills.set_pills([(row.key, row.label) for row in CHOICES])
        self.pills.chosen.connect(lambda key: self.session.choose(str(key)))
        self.tills = PillBar("Tills", has_keys=False)
        self.tills.chosen.connect(lambda till: self.session.choose_till(str(till)))
        self._known: list[tuple[str, str]] = []
        self.totals = FigureTiles("All stores")
        self.list = StoreList()
        self.list.chosen.connect(self.session.open)
        self.view = StoreView()
        self.empty = EmptyState("store", _NONE)
        self._all = QWidget()
        self._all.setLayout(column(self.totals, self.list, spacing=16, margins=(20, 4, 20, 12)))
        self._stack = QStackedWidget()
        for page in (self._all, self.view, self.empty):
            self._stack.addWidget(page)
        bar = QWidget()
        bar.setLayout(column(self.pills, self.tills, margins=(20, 0, 20, 8)))
        self._bar = bar
        whole = column(self.head, self.store_head, bar, self._stack, spacing=0)
        whole.setStretch(3, 1)
        self.setLayout(whole)
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self._time_passed)
        self._timer.start()
        office.feed.changed.connect(self._changed)
        self._follow()

    # ------------------------------------------------------------------------------ what comes in

    def arrived(self) -> None:
        """Show what is there now."""
        self.session.refresh()
        self._focus()

    def _focus(self) -> None:
        (self.pills if self.session.opened else self.list).setFocus()

    def intents(self) -> Sequence[Intent]:
        """What can be done here."""
        return (
            Intent("stores.back", "All stores", "arrow-left", self._back, "Esc", self._can_leave),
            Intent("stores.before", "Store before", "chevron-left", lambda: self.session.step(-1), "Alt+Left",
                   self._is_open),
            Intent("stores.after", "Next store", "chevron-right", lambda: self.session.step(1), "Alt+Right",
                   self._is_open),
            Intent("stores.down", "Scroll down", "chevron-down", lambda: self.view.page(1), "PgDown", self._is_open),
            Intent("stores.up", "Scroll up", "chevron-up", lambda: self.view.page(-1), "PgUp", self._is_open),
            Intent("stores.refresh", "Read again", "refresh-cw", self.session.refresh, "F5"),
        )  # fmt: skip

    def _is_open(self) -> bool:
        return bool(self.session.opened)

    def _can_leave(self) -> bool:
        return self._is_open() and not self.session.is_only_one

    def _back(self) -> None:
        self.session.close()
        self.list.setFocus()

    def _changed(self, changes: Changes) -> None:
        if changes.touch("sale", "cash", "shop", "people") and self.isVisible():
            self.session.refresh()

    def _time_passed(self) -> None:
        if self.isVisible():
            self.session.refresh()

    # ------------------------------------------------------------------------------ what the session says

    def _follow(self) -> None:
        session, sheet = self.session, self.session.sheet
        is_open = bool(session.opened) and session.may_read
        self.head.setVisible(not is_open)
        self.store_head.setVisible(is_open)
        self.store_head.back.setVisible(not session.is_only_one)
        self._bar.setVisible(session.may_read)
        self._show_tills()
        if is_open:
            self._show_store()
            return
        self.totals.show_figures(sheet.totals)
        self.list.show_stores(sheet.rows)
        self.empty.set_content(*(("store", _NONE) if session.may_read else ("lock", _NO_RIGHT)))
        has_rows = bool(sheet.rows) or not session.is_read
        self._stack.setCurrentWidget(self._all if session.may_read and has_rows else self.empty)

    def _show_tills(self) -> None:
        """Let one till be chosen where the store has several."""
        known = [("", "All tills"), *((till.id, till.name) for till in self.session.tills)]
        if known != self._known:
            self._known = known
            self.tills.set_pills(known)
        self.tills.setVisible(len(known) > 2)
        self.tills.move_to(next((at for at, (till, _) in enumerate(known) if till == self.session.till), 0))

    def _show_store(self) -> None:
        session, store = self.session, self.session.store
        row = next((row for row in session.sheet.rows if row.key == session.opened), None)
        if store is not None:
            self.store_head.say(store.name, store.state)
            self.view.show_store(store, is_day=session.choice.span is Span.DAY)
        elif row is not None:
            self.store_head.say(row.name, row.state)
        has_more = sum(row.is_heard for row in session.sheet.rows) > 1
        self.before.setVisible(has_more)
        self.after.setVisible(has_more)
        if store is not None:
            self._stack.setCurrentWidget(self.view)
