"""Groups of customers, the price lists they are given, and how points are earned. It knows no widget."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from omsdesk.domain.catalogue import SetPrices
from omsdesk.domain.customer import PPM, CustomerGroup, SaveGroup
from omsdesk.domain.messages import Command
from omsdesk.domain.points import PointsRule
from omsdesk.domain.pricing import PriceList
from omsdesk.domain.shop import SaveShop
from omsdesk.domain.values import Money
from omsdesk.store.queries import customer as queries
from omsdesk.store.queries.till import price_lists
from omsdesk.ui.customers.office import Office
from omsdesk.ui.typed_amount import decimal_sign, plain_text, read_amount
from omsdesk.ui.typed_share import share_text

PRIORITY = 10
"""Above what everybody pays."""
_GROUP = ("group_name", "group_list", "group_points")
_LIST = ("list_name", "list_off")
_RULE = ("points_per", "points_least", "points_without")
_TYPED = (*_GROUP, *_LIST, *_RULE)
_NOT_SAVED = "What you typed is not saved yet. Save or discard it before you choose another one."


@dataclass(frozen=True, slots=True)
class Draft:
    """What the three forms show. The ids are those of what is chosen; empty for something new."""

    group: str = ""
    group_name: str = ""
    group_list: str = ""
    group_points: str = "1"
    list: str = ""
    list_name: str = ""
    list_off: str = ""
    points_per: str = ""
    points_least: str = ""
    points_without: tuple[str, ...] = ()


class GroupsSession:
    """State and intents of the part where groups are made."""

    def __init__(self, office: Office) -> None:
        """Show what there is."""
        self.office = office
        self.listeners: list[Callable[[], None]] = []
        self.groups: list[CustomerGroup] = []
        self.lists: list[PriceList] = []
        self.draft = self.start = Draft()
        self.errors: dict[str, str] = {}
        self.refusal = self.saved = ""
        self.is_saving = False

    @property
    def has_changes(self) -> bool:
        """Whether there is anything to save."""
        return self.draft != self.start

    @property
    def may_edit(self) -> bool:
        """Whether whoever is here may change groups; prices and points need rights of their own."""
        return self.office.may_edit

    def refresh(self) -> None:
        """Read it again; what was typed stays."""
        known = queries.groups(self.office.reader).values()
        self.groups = sorted((row for row in known if row.is_active), key=lambda row: row.name.casefold())
        self.lists = [row for row in price_lists(self.office.reader) if row.is_given]
        if not self.has_changes:
            self._show(self.draft.group, self.draft.list)
        self._tell()

    def _show(self, group: str, price_list: str) -> None:
        chosen = next((row for row in self.groups if row.id == group), CustomerGroup("", ""))
        of = next((row for row in self.lists if row.id == price_list), PriceList("", ""))
        shop, locale = self.office.shop, self.office.locale
        rule = shop.points
        self.draft = self.start = Draft(
            chosen.id, chosen.name, chosen.price_list, _times(chosen.points_ppm, locale), of.id, of.name,
            share_text(of.off_ppm, locale) if of.off_ppm else "",
            plain_text(Money(rule.per, shop.currency), locale) if rule.per else "",
            str(rule.least) if rule.least else "", rule.without,
        )  # fmt: skip

    def choose_group(self, group: str) -> None:
        """Show a group; empty for a new one."""
        self._choose(group, self.draft.list, _GROUP)

    def choose_list(self, price_list: str) -> None:
        """Show a price list; empty for a new one."""
        self._choose(self.draft.group, price_list, _LIST)

    def _choose(self, group: str, price_list: str, names: tuple[str, ...]) -> None:
        """Show another one in the form with these fields; what is typed into the other forms stays."""
        if self._changed(*names):
            self.refusal = _NOT_SAVED
            self._tell()
            return
        typed = {name: getattr(self.draft, name) for name in _TYPED if name not in names}
        self._show(group, price_list)
        self.draft = replace(self.draft, **typed)
        self._clear()

    def _clear(self) -> None:
        self.errors, self.refusal, self.saved = {}, "", ""
        self._tell()

    def set(self, name: str, value: object) -> None:
        """Take what was typed into a field."""
        if getattr(self.draft, name) != value:
            self.draft = replace(self.draft, **{name: value})  # type: ignore[arg-type]  # the form knows its fields
            self.errors.pop(name, None)
            self.saved = ""
            self._tell()

    # ------------------------------------------------------------------------------ saving

    def save(self) -> None:
        """Save what was changed of the group, the list and the rule."""
        if self.is_saving or not self.has_changes:
            return
        self.errors = {}
        commands = [command for command in (self._list(), self._group(), self._rule()) if command is not None]
        if self.errors or not commands:
            self._tell()
            return
        self.is_saving = True

        def saved(_: object) -> None:
            self.is_saving, self.saved, self.refusal = False, "Saved", ""
            self.start = self.draft = Draft()
            self.refresh()

        def refused(sentence: str) -> None:
            self.is_saving, self.refusal = False, sentence
            self._tell()

        self.office.change(*commands, then=saved, refused=refused)
        self._tell()

    def _changed(self, *names: str) -> bool:
        return any(getattr(self.draft, name) != getattr(self.start, name) for name in names)

    def _group(self) -> Command | None:
        draft = self.draft
        if not self._changed(*_GROUP):
            return None
        factor = _ppm(draft.group_points, 1)
        if not draft.group_name.strip():
            self.errors["group_name"] = "Type the name of the group."
        if factor is None:
            self.errors["group_points"] = "Type how many times as many points they earn, such as 2 or 1.5."
        known = next((row for row in self.groups if row.id == draft.group), None)
        base = known or CustomerGroup(self.office.clock.new_id(), "")
        made = replace(base, name=draft.group_name.strip(), price_list=draft.group_list, points_ppm=factor or 0)
        return SaveGroup(made)

    def _list(self) -> Command | None:
        draft = self.draft
        if not self._changed(*_LIST):
            return None
        off = _ppm(draft.list_off, 100) if draft.list_off.strip() else 0
        if not draft.list_name.strip():
            self.errors["list_name"] = "Type the name of the price list."
        if off is None or off > PPM:
            self.errors["list_off"] = "Type a percentage from 0 to 100, or leave it out."
        known = next((row for row in self.lists if row.id == draft.list), None)
        base = known or PriceList(self.office.clock.new_id(), "", PRIORITY, is_given=True)
        made = replace(base, name=draft.list_name.strip(), off_ppm=off or 0)
        return SetPrices(self.office.clock.new_id(), made, ())

    def _rule(self) -> Command | None:
        draft, shop = self.draft, self.office.shop
        if not self._changed(*_RULE):
            return None
        per = read_amount(draft.points_per, shop.currency, self.office.locale)
        if draft.points_per.strip() and per.amount is None:
            self.errors["points_per"] = per.question or "Type an amount, or leave it out: then nobody earns points."
        least = draft.points_least.strip()
        if least and not least.isdecimal():
            self.errors["points_least"] = "Type a whole number of points."
        rule = PointsRule(
            per.amount.minor if per.amount else 0, draft.points_without, int(least) if least.isdecimal() else 0
        )
        return SaveShop(replace(shop, points=rule), ("points",))

    def discard(self) -> None:
        """Forget what was typed."""
        self.draft = self.start
        self._clear()

    def _tell(self) -> None:
        for listener in self.listeners:
            listener()


def _times(ppm: int, locale: str) -> str:
    """Write millionths as people of a locale type them: ``1.5``."""
    return f"{(Decimal(ppm) / PPM).normalize():f}".replace(".", decimal_sign(locale))


def _ppm(text: str, whole: int) -> int | None:
    """Read a number of which ``whole`` is all; None for what is none."""
    try:
        found = Decimal(text.strip().replace(",", ".").removesuffix("%").strip()) * PPM / whole
    except InvalidOperation:
        return None
    return int(found) if found.is_finite() and found >= 0 else None
