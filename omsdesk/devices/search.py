"""Looks for devices everywhere at once, and says which of them could play a role, the likeliest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from omsdesk.devices import registry
from omsdesk.devices.address import Bus
from omsdesk.devices.driver import Card, Found
from omsdesk.devices.roles import Role
from omsdesk.domain.records import record

Look = Callable[[], list[Found]]

SURE = 50
"""From this score on a device is proposed without being asked for."""
BY_HAND = (Bus.VIRTUAL, Bus.FOLDER, Bus.KEYBOARD, Bus.SCREEN, Bus.CAMERA)
"""What is chosen and never found."""
TYPED = (Bus.NETWORK, Bus.SERIAL)
"""Where an address can be typed."""


@record
class Offer:
    """A device that could play a role, and the drivers that know it, the surest first."""

    found: Found
    score: int
    cards: tuple[Card, ...]


def _usb() -> list[Found]:
    from omsdesk.devices.finders import usb

    return usb.look()


def _serial() -> list[Found]:
    from omsdesk.devices.finders import serial_ports

    return serial_ports.look()


def _scanners() -> list[Found]:
    from omsdesk.devices.finders import hid_scanners

    return hid_scanners.look()


def _queues() -> list[Found]:
    from omsdesk.devices.finders import queues

    return queues.look()


def _network() -> list[Found]:
    from omsdesk.devices.finders import network

    return network.look()


LOOKS: Mapping[str, Look] = {
    "USB": _usb,
    "serial ports": _serial,
    "scanners": _scanners,
    "printers of this computer": _queues,
    "the network": _network,
}
"""The ways to look, by what they look at. Each takes seconds at most and asks nothing of any device."""


def sweep() -> list[Found]:
    """Knock at every machine of the own networks where printers listen. A person asks for it."""
    from omsdesk.devices.finders import network

    return network.sweep(str(host) for own in network.own_networks() for host in own.hosts())


def offers(role: Role, found: Iterable[Found]) -> list[Offer]:
    """List the devices that could play a role, the likeliest first; each once, whoever found it."""
    made: dict[str, Offer] = {}
    for one in found:
        fit = [(score, card) for score, card in registry.ranked(one) if card.category in role.categories]
        if fit and str(one.address) not in made:
            made[str(one.address)] = Offer(one, fit[0][0], tuple(card for _, card in fit))
    return sorted(made.values(), key=lambda offer: (-offer.score, offer.found.name.casefold()))


def by_hand(role: Role) -> list[tuple[Card, Bus]]:
    """List what can be chosen for a role without being found, each with the bus that it is chosen on."""
    cards = [card for card in registry.cards().values() if card.category in role.categories]
    return [(card, bus) for bus in BY_HAND for card in cards if bus in card.buses and not registry.missing(card)]


def typed(role: Role) -> dict[Bus, list[Card]]:
    """List the drivers for an address that is typed, by what kind of address it is."""
    cards = [card for card in registry.cards().values() if card.category in role.categories]
    usable = [card for card in cards if not registry.missing(card)]
    found = {bus: [card for card in usable if bus in card.buses] for bus in TYPED}
    return {bus: rows for bus, rows in found.items() if rows}


def unavailable(role: Role) -> list[tuple[Card, str]]:
    """List the drivers for a role that cannot be used on this computer, each with the reason."""
    rows = [(card, registry.missing(card)) for card in registry.cards().values() if card.category in role.categories]
    return [(card, reason) for card, reason in rows if reason]


def other_cards(role: Role, offer: Offer) -> list[Card]:
    """List the drivers that do not know a device and might speak to it all the same."""
    bus = offer.found.address.bus
    return [
        card
        for card in registry.cards().values()
        if card.category in role.categories
        and bus in card.buses
        and card not in offer.cards
        and not registry.missing(card)
    ]
