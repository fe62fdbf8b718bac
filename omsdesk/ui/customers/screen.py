"""The customers page: people, and what groups of them are given, one part at a time."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QStackedWidget, QWidget

from omsdesk.actions.execute import Changes
from omsdesk.store.queries.customer import customers_of_card
from omsdesk.ui.customers.groups_session import GroupsSession
from omsdesk.ui.customers.groups_view import GroupsView
from omsdesk.ui.customers.office import Office
from omsdesk.ui.customers.people_view import PeopleView
from omsdesk.ui.customers.session import CustomersSession
from omsdesk.ui.navigation import Intent, Screen, Unsaved
from omsdesk.ui.widgets.layouts import column, row
from omsdesk.ui.widgets.page_head import MARGIN
from omsdesk.ui.widgets.pill_bar import PillBar

PEOPLE, GROUPS = "people", "groups"
GROUPS_TITLE = "Groups, price lists, points"


class CustomersScreen(Screen):
    """Shows one part; the other waits as it was left."""

    def __init__(self, office: Office) -> None:
        """Show the people."""
        super().__init__()
        self.office = office
        self.people = PeopleView(CustomersSession(office))
        self.groups = GroupsView(GroupsSession(office))
        self.pills = PillBar("Customers")
        self.pills.set_pills([(PEOPLE, "Customers"), (GROUPS, GROUPS_TITLE)])
        self.pills.chosen.connect(lambda key: self.show_part(str(key)))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.people)
        self._stack.addWidget(self.groups)
        top = row(self.pills)
        top.setContentsMargins(MARGIN, 14, MARGIN, 0)
        whole = column(top, self._stack, spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        office.feed.changed.connect(self._follow)

    def show_part(self, key: str) -> None:
        """Show a part."""
        self._stack.setCurrentWidget(self.people if key == PEOPLE else self.groups)
        self.pills.move_to(0 if key == PEOPLE else 1)
        self._part.arrived()

    @property
    def _part(self) -> PeopleView | GroupsView:
        return self.people if self._is_people() else self.groups

    def _is_people(self) -> bool:
        return self._stack.currentWidget() is self.people

    def arrived(self) -> None:
        """Show what is there now."""
        self._part.arrived()

    def page_in_front(self) -> str:
        """Explain the part that is shown."""
        return self._part.help_page

    def intents(self) -> Sequence[Intent]:
        """What can be done with customers."""
        session = self.people.session
        return (
            Intent("customers.new", "New customer", "user-plus", self.people.begin, "Ctrl+N", self._is_people),
            Intent("customers.find", "Find a customer", "search", self._find, "Ctrl+F"),
            Intent("customers.save", "Save", "check", self._save, "Ctrl+S"),
            Intent("customers.undo", "Undo", "undo-2", session.take_back, "Ctrl+Z", self._can_undo),
        )

    def _save(self) -> None:
        if self._is_people():
            self.people.press_save()
        else:
            self.groups.session.save()

    def _can_undo(self) -> bool:
        return self._is_people() and self.people.head.undo.isVisible()

    def _find(self) -> None:
        if not self._is_people():
            self.show_part(PEOPLE)
        self.people.search.setFocus()
        self.people.search.selectAll()

    def scanned(self, code: str) -> bool:
        """Find whose card it is; in a form that is typed into it is their card."""
        session = self.people.session
        if session.is_new or session.has_changes:
            session.set("card", code.strip())
            return True
        found = customers_of_card(self.office.reader, code)
        if len(found) == 1:
            session.choose(found[0].id)
        else:
            self.people.search.setText(code.strip())
        return True

    def typing_place(self) -> QWidget | None:
        """Typing searches."""
        return self.people.search if self._is_people() else None

    def unsaved(self) -> Sequence[Unsaved]:
        """Tell whose form was typed into and not saved."""
        session, groups = self.people.session, self.groups.session
        people = tuple(
            Unsaved(name or "Somebody new", partial(self._show_typed, id), session.save, lambda: session.is_saving)
            for id, name in session.unsaved
        )
        if not groups.has_changes:
            return people
        return (
            *people,
            Unsaved(GROUPS_TITLE, lambda: self.show_part(GROUPS), groups.save, lambda: groups.is_saving),
        )

    def _show_typed(self, customer: str) -> None:
        self.show_part(PEOPLE)
        self.people.session.choose(customer)

    def _follow(self, changes: Changes) -> None:
        nouns = ("customer", "account", "sale", "catalogue", "people", "shop")
        if changes.touch(*nouns) and self.isVisible():
            self._part.session.refresh()
