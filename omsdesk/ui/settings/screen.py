"""The settings page: what can be set up, one part at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from omsdesk.actions.execute import Changes
from omsdesk.ui.navigation import Intent, Screen, Unsaved
from omsdesk.ui.settings.goods_view import GoodsView
from omsdesk.ui.settings.mail_session import MailSession
from omsdesk.ui.settings.mail_view import MailView
from omsdesk.ui.settings.office import Office
from omsdesk.ui.settings.orders_view import OrdersView
from omsdesk.ui.settings.part import Part
from omsdesk.ui.settings.people_session import PeopleSession
from omsdesk.ui.settings.people_view import PeopleView
from omsdesk.ui.settings.returns_view import ReturnsView
from omsdesk.ui.settings.roles_session import RolesSession
from omsdesk.ui.settings.roles_view import RolesView
from omsdesk.ui.settings.shop_session import ShopSession
from omsdesk.ui.settings.shop_view import ShopView
from omsdesk.ui.settings.station_session import StationSession
from omsdesk.ui.settings.station_view import StationView
from omsdesk.ui.settings.taxes_view import TaxesView
from omsdesk.ui.settings.tenders_view import TendersView
from omsdesk.ui.settings.tills_session import TillsSession
from omsdesk.ui.settings.tills_view import TillsView
from omsdesk.ui.shop_bar import ShopBar
from omsdesk.ui.widgets.page_head import MARGIN
from omsdesk.ui.widgets.pill_bar import PillBar


class SettingsScreen(Screen):
    """Shop, taxes, ways to pay, tills, people, this computer."""

    def __init__(self, office: Office) -> None:
        """Show the shop."""
        super().__init__()
        self.office = office
        shop = ShopSession(office)
        self.parts: dict[str, Part] = {
            "shop": ShopView(shop),
            "taxes": TaxesView(shop),
            "tenders": TendersView(shop),
            "returns": ReturnsView(shop),
            "orders": OrdersView(shop),
            "goods": GoodsView(shop),
            "tills": TillsView(TillsSession(office)),
            "people": PeopleView(PeopleSession(office)),
            "roles": RolesView(RolesSession(office)),
            "station": StationView(StationSession(office)),
            "mail": MailView(MailSession(office)),
        }
        self.pills = PillBar("Settings")
        self.pills.set_pills([(key, part.part_title) for key, part in self.parts.items()])
        self.pills.chosen.connect(lambda key: self.show_part(str(key)))
        self.shops = ShopBar(office)
        self.shops.chosen.connect(self._look_at_another)
        self._stack = QStackedWidget()
        for part in self.parts.values():
            self._stack.addWidget(part)
        self._lay_out()
        office.feed.changed.connect(self._follow)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(MARGIN, 14, MARGIN, 0)
        top.addWidget(self.pills, 1)
        top.addWidget(self.shops)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._stack, 1)

    @property
    def part(self) -> Part:
        """The part that is shown."""
        shown = self._stack.currentWidget()
        assert isinstance(shown, Part)
        return shown

    def show_part(self, key: str) -> None:
        """Show a part."""
        self._stack.setCurrentWidget(self.parts[key])
        self.pills.move_to(list(self.parts).index(key))
        self.part.arrived()

    def arrived(self) -> None:
        """Show what is there now."""
        self.shops.refresh()
        self.pills.setFocus()
        self.part.arrived()

    def unsaved(self) -> Sequence[Unsaved]:
        """Tell which parts are not saved; what belongs to the shop is saved together."""
        parts = {id(part.session): (key, part) for key, part in reversed(self.parts.items())}
        return [
            replace(row, show=partial(self._show_form, key, row))
            for key, part in parts.values()
            for row in part.unsaved()
        ]

    def _show_form(self, key: str, row: Unsaved) -> None:
        self.show_part(key)
        row.show()

    def page_in_front(self) -> str:
        """Explain the part that is shown."""
        return self.part.help_page

    def intents(self) -> Sequence[Intent]:
        """What can be done with settings."""
        parts = [
            Intent(f"settings.{key}", f"Settings: {part.part_title}", "settings", partial(self.show_part, key))
            for key, part in self.parts.items()
        ]
        people = self.parts["people"]
        assert isinstance(people, PeopleView)
        return (
            Intent("settings.save", "Save", "check", self.part.press_save, "Ctrl+S"),
            Intent("settings.undo", "Undo", "undo-2", self.part.take_back, "Ctrl+Z", self._can_undo),
            Intent("settings.person", "Add a person", "user-plus", people.begin, "Ctrl+N", people.isVisible),
            *parts,
        )

    def scanned(self, code: str) -> bool:
        """Take a badge, where people are shown."""
        people = self.part
        return people.scanned(code) if isinstance(people, PeopleView) else False

    def _can_undo(self) -> bool:
        return self.part.can_undo

    def _follow(self, changes: Changes) -> None:
        if changes.touch("shop", "people", "role") and self.isVisible():
            self.shops.refresh()
            self.part.arrived()

    def _look_at_another(self) -> None:
        for part in self.parts.values():
            part.session.refresh()
