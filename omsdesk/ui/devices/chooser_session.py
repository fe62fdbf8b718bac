"""Choosing a device for a role: what is found while one looks, what can be chosen by hand, and the form of one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from omsdesk.devices import search
from omsdesk.devices.address import Address, Bus
from omsdesk.devices.driver import Card, Found
from omsdesk.devices.roles import Role
from omsdesk.devices.search import Offer
from omsdesk.domain.records import record
from omsdesk.ui.devices.draft import DeviceDraft, draft_at, draft_of
from omsdesk.ui.devices.session import DevicesSession
from omsdesk.ui.devices.standing import place_of

SWEEP = "each address of the network"
_ICONS = {
    Bus.USB: "usb",
    Bus.HID: "usb",
    Bus.SERIAL: "cable",
    Bus.NETWORK: "network",
    Bus.QUEUE: "printer",
    Bus.FOLDER: "folder",
    Bus.KEYBOARD: "keyboard",
    Bus.CAMERA: "eye",
    Bus.SCREEN: "monitor",
    Bus.VIRTUAL: "monitor",
}
_TYPED = {
    Bus.NETWORK: ("In the network, by its address", "When its address is known and it is not in the list"),
    Bus.SERIAL: ("On a serial port, by its name", "When the port is not in the list"),
}


@record
class Row:
    """One line of the list."""

    icon: str
    title: str
    detail: str
    note: str = ""


class ChooserSession:
    """Open for one role at a time."""

    def __init__(self, session: DevicesSession) -> None:
        """Take the page."""
        self.page = session
        self.listeners: list[Callable[[], None]] = []
        self.role: Role | None = None
        self.draft: DeviceDraft | None = None
        self.errors: dict[str, str] = {}
        self.waiting: set[str] = set()
        """Where is still being looked."""
        self.has_swept = False
        self._found: dict[str, list[Found]] = {}
        self._rows: list[tuple[Row, Callable[[], None]]] = []
        self._is_new = True

    # ------------------------------------------------------------------------------ the list

    def open(self, role: Role) -> None:
        """Begin to look for what could play a role."""
        if not self.page.is_allowed():
            return
        self.role, self.draft, self.errors, self.has_swept = role, None, {}, False
        # Screens are Qt's, and known at once.
        self._found = {"screens": self.page.office.screens()}
        for name, look in self.page.office.looks.items():
            self._look(name, look)
        self._fill()

    def search_network(self) -> None:
        """Knock at every address of the own networks."""
        if SWEEP not in self.waiting:
            self.has_swept = True
            self._look(SWEEP, self.page.office.sweep)
            self._tell()

    def close(self) -> None:
        """Choose nothing."""
        self.role = self.draft = None
        self._tell()

    @property
    def rows(self) -> list[Row]:
        """What can be chosen: found devices first, then what is chosen by hand."""
        return [row for row, _ in self._rows]

    @property
    def unavailable(self) -> list[tuple[Card, str]]:
        """What cannot be chosen on this computer, with the reasons."""
        return search.unavailable(self.role) if self.role else []

    @property
    def sentence(self) -> str:
        """What is going on."""
        if self.waiting:
            return f"Looking on {', '.join(sorted(self.waiting))}…"
        count = len(self._offers())
        return "Nothing was found." if not count else f"{count} found." if count > 1 else "One found."

    def choose(self, at: int) -> None:
        """Take a line of the list."""
        if 0 <= at < len(self._rows):
            self._rows[at][1]()

    # ------------------------------------------------------------------------------ the form

    def set_up(self, role: Role) -> bool:
        """Open the form of what plays a role already; tells whether there is one."""
        player = self.page.player
        if player.setting is None or player.card is None or not self.page.is_allowed():
            return False
        try:
            address = Address.parse(player.setting.address)
        except ValueError:
            return False
        cards = self._cards_for(role, address)
        cards = cards if player.card in cards else (player.card, *cards)
        self.role, self.errors, self._is_new = role, {}, False
        self._take(draft_of(player.setting, player.card, cards))
        return True

    def set(self, name: str, value: str | bool) -> None:
        """Take what was typed or chosen."""
        if self.draft is not None:
            self.draft = self.draft.with_value(name, value)
            self.errors.pop(name, None)
            if name == "card":
                self._tell()

    def back(self) -> None:
        """Go back to the list, or out of it."""
        if self.draft is not None and self._is_new:
            self.draft, self.errors = None, {}
            self._tell()
        else:
            self.close()

    def use(self) -> None:
        """Let the device play the role from now on."""
        if self.draft is None or self.role is None:
            return
        self.errors = self.draft.problems()
        if not self.errors and self.page.bind(self.role.key, self.draft.setting(), self.draft.name):
            self.close()
        else:
            self._tell()

    # ------------------------------------------------------------------------------ how

    def _look(self, name: str, look: search.Look) -> None:
        self.waiting.add(name)
        self.page.office.work.reach(partial(seen, look), partial(self._arrived, name))

    def _arrived(self, name: str, found: list[Found]) -> None:
        self.waiting.discard(name)
        self._found[name] = found
        self._fill()

    def _offers(self) -> list[Offer]:
        return search.offers(self.role, [one for found in self._found.values() for one in found]) if self.role else []

    def _fill(self) -> None:
        role = self.role
        if role is None:
            return
        made: list[tuple[Row, Callable[[], None]]] = []
        for offer in self._offers():
            cards = (*offer.cards, *search.other_cards(role, offer))
            make = partial(draft_at, offer.found.name, offer.found.address, cards)
            made.append((self._offered(offer), partial(self._begin, make)))
        for bus, drivers in search.typed(role).items():
            title, detail = _TYPED[bus]
            make = partial(draft_at, "", Address(bus), tuple(drivers), is_typed=True)
            made.append((Row(_ICONS[bus], title, detail), partial(self._begin, make)))
        for card, bus in search.by_hand(role):
            address = Address(bus, "receipts" if bus is Bus.FOLDER else "")
            make = partial(draft_at, "", address, (card,), is_typed=bus is Bus.FOLDER)
            made.append((Row(_ICONS[bus], card.title, place_of(f"{bus}:")), partial(self._begin, make)))
        self._rows = made
        self._tell()

    def _offered(self, offer: Offer) -> Row:
        address = str(offer.found.address)
        played = self.page.player_of(address)
        detail = f"{place_of(address)} · {offer.cards[0].title}"
        note = f"Plays {played.title}" if played else "" if offer.score >= search.SURE else "Perhaps"
        return Row(_ICONS[offer.found.address.bus], offer.found.name, detail, note)

    def _cards_for(self, role: Role, address: Address) -> tuple[Card, ...]:
        offer = next((row for row in search.offers(role, [Found(address, "")])), None)
        if offer is not None:
            return (*offer.cards, *search.other_cards(role, offer))
        by_hand = tuple(card for card, bus in search.by_hand(role) if bus is address.bus)
        return by_hand or tuple(search.typed(role).get(address.bus, ()))

    def _begin(self, make: Callable[[], DeviceDraft]) -> None:
        self.errors, self._is_new = {}, True
        self._take(make())

    def _take(self, draft: DeviceDraft) -> None:
        self.draft = replace(draft, has_drawer=bool(self.page.office.till()))
        self._tell()

    def _tell(self) -> None:
        for listener in tuple(self.listeners):
            listener()


def seen(look: search.Look) -> list[Found]:
    """Look; whatever goes wrong with it is logged."""
    try:
        return look()
    except Exception:
        import logging

        logging.getLogger(__name__).exception("A look for devices failed.")
        return []
