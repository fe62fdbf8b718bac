"""Which drivers there are, those that come with the product and those of others.

A driver is a folder with a ``device.toml`` and a ``driver.py`` that has a ``DRIVER``. Others add theirs by an entry
point of the group ``omsdesk.devices`` that names the object; its ``device.toml`` stands beside the module.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

from omsdesk.devices.address import Address, Bus
from omsdesk.devices.driver import Card, Category, Driver, Found, Option, Options
from omsdesk.devices.ports import DeviceError, ErrorCode

GROUP = "omsdesk.devices"
CARD = "device.toml"
_ANOTHER = "Choose another one on the Devices page."
_OWN = Path(__file__).parent / "drivers"


def cards() -> dict[str, Card]:
    """Read the cards of all drivers, by name; ours come before one of others of the same name."""
    own = {path.parent.name: _own_card(path.parent.name) for path in sorted(_OWN.glob(f"*/{CARD}"))}
    return {name: _foreign_card(name) for name in _foreign() if name not in own} | own


def card_of(name: str) -> Card:
    """Read the card of one driver.

    Raises:
        DeviceError: NO_SERVICE, there is no such driver, or it is broken.

    """
    if (_OWN / name / CARD).exists():
        return _own_card(name)
    if name in _foreign():
        return _foreign_card(name)
    raise DeviceError(ErrorCode.NO_SERVICE, f"There is no driver “{name}”. {_ANOTHER}")


def missing(card: Card) -> str:
    """Say why a driver cannot be used on this computer; empty where it can."""
    if card.library and importlib.util.find_spec(card.library.partition(".")[0]) is None:
        what = f"The library “{card.library}” is not installed, so {card.title.lower()} cannot be used here."
        return f"{what} Ask who set this computer up."
    return ""


def driver(card: Card) -> Driver:
    """Load a driver.

    Raises:
        DeviceError: NO_SERVICE, what it needs is missing, or it is broken.

    """
    if reason := missing(card):
        raise DeviceError(ErrorCode.NO_SERVICE, reason)
    try:
        if (_OWN / card.name / CARD).exists():
            return cast("Driver", importlib.import_module(f"{__package__}.drivers.{card.name}.driver").DRIVER)
        return cast("Driver", _foreign()[card.name].load())
    except Exception as fault:
        # A driver of others may fail in any way; it must not take the page of devices with it.
        raise DeviceError(
            ErrorCode.NO_SERVICE, f"The driver “{card.title}” cannot be loaded ({fault}). {_ANOTHER}"
        ) from fault


def attach(name: str, address: Address, options: Options) -> object:
    """Make what speaks to a device.

    Raises:
        DeviceError: NO_SERVICE, the driver cannot be used; ILLEGAL, an option cannot be.

    """
    card = card_of(name)
    try:
        return driver(card).attach(address, card.whole(options))
    except ValueError as fault:
        raise DeviceError(ErrorCode.ILLEGAL, str(fault)) from None
    except DeviceError:
        raise
    except Exception as fault:
        sentence = f"The driver “{card.title}” does not work here ({fault}). {_ANOTHER}"
        raise DeviceError(ErrorCode.NO_SERVICE, sentence) from fault


def ranked(found: Found) -> list[tuple[int, Card]]:
    """List the drivers that know a device with how sure each is, the surest first; only those usable here answer."""
    scored = []
    for card in cards().values():
        if found.address.bus in card.buses and not missing(card):
            score = _probed(card, found)
            if score > 0:
                scored.append((-score, card.name, card))
    return [(-score, card) for score, _, card in sorted(scored, key=lambda row: row[:2])]


def _probed(card: Card, found: Found) -> int:
    try:
        return driver(card).probe(found)
    except Exception:  # noqa: BLE001 - see driver(): whatever one of them does, the others are asked
        return 0


@cache
def _foreign() -> Mapping[str, importlib.metadata.EntryPoint]:
    return {point.name: point for point in importlib.metadata.entry_points(group=GROUP)}


@cache
def _own_card(name: str) -> Card:
    return _read(name, (_OWN / name / CARD).read_text(encoding="utf-8"))


def _foreign_card(name: str) -> Card:
    point = _foreign()[name]
    try:
        return _read(name, (files(point.module.rpartition(".")[0] or point.module) / CARD).read_text(encoding="utf-8"))
    except Exception as fault:
        sentence = f"The driver “{name}” has no {CARD} that can be read. {_ANOTHER}"
        raise DeviceError(ErrorCode.NO_SERVICE, sentence) from fault


def _read(name: str, text: str) -> Card:
    found = tomllib.loads(text)
    return Card(
        name,
        found["title"],
        Category(found["category"]),
        tuple(map(Bus, found["buses"])),
        found.get("library", ""),
        found.get("language", ""),
        tuple(_option(option, rows) for option, rows in found.get("options", {}).items()),
        found.get("quality", {}),
    )


def _option(name: str, rows: Mapping[str, Any]) -> Option:
    span = (int(rows["span"][0]), int(rows["span"][1])) if "span" in rows else None
    return Option(name, rows["sentence"], rows["default"], tuple(rows.get("choices", ())), span)
