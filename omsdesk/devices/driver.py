"""What a driver is: it recognises devices of its kind, and makes what speaks to one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from omsdesk.devices.address import Address, Bus
from omsdesk.domain.records import record

Value = str | int | bool
Options = Mapping[str, Value]


class Category(StrEnum):
    """Classes of devices, as UnifiedPOS names them; those that it does not have are named alike."""

    RECEIPT_PRINTER = "POSPrinter"
    LABEL_PRINTER = "LabelPrinter"
    SCANNER = "Scanner"
    SCALE = "Scale"
    LINE_DISPLAY = "LineDisplay"
    CUSTOMER_SCREEN = "CustomerScreen"


@dataclass(frozen=True, slots=True)
class Found:
    """A device that a finder sees."""

    address: Address
    name: str
    """As its maker or the system calls it."""
    details: Mapping[str, str] = field(default_factory=dict)
    """What else is known: ``vendor``, ``product``, ``serial``, ``class``, ``service``…"""

    def is_called(self, words: Iterable[str]) -> bool:
        """Tell whether its name has one of these in it, all in small letters."""
        name = self.name.lower()
        return any(word in name for word in words)


class Driver(Protocol):
    """One object for each kind of device. A driver knows bytes and statuses, and never what a shop is."""

    def probe(self, found: Found) -> int:
        """Say how sure it is that this is a device of its kind: 0 is no, 100 is certain. Asks nothing of the device."""

    def attach(self, address: Address, options: Options) -> object:
        """Make what speaks to the device: a ``Printer``, ``Scanner``, ``Scale`` or ``LineDisplay`` by its category.

        Nothing is opened yet. ``options`` holds each option of the driver's card.

        Raises:
            ValueError: the options cannot be; the sentence says which, and why.

        """


class ByHand:
    """The driver of what stands nowhere to be found, and is chosen by hand."""

    def __init__(self, make: Callable[[Address, Options], object]) -> None:
        """Take what makes it."""
        self._make = make

    def probe(self, found: Found) -> int:
        """It is none of the things that can be found."""
        return 0

    def attach(self, address: Address, options: Options) -> object:
        """Make it."""
        return self._make(address, options)


@record
class Option:
    """A setting of a driver."""

    name: str
    sentence: str
    default: Value
    choices: tuple[Value, ...] = ()
    span: tuple[int, int] | None = None
    """Of a number: the least and the most that it may be."""

    def read(self, value: Value) -> Value:
        """Check a value.

        Raises:
            ValueError: it is none of this option.

        """
        if self.choices and (value not in self.choices or isinstance(value, bool) != isinstance(self.default, bool)):
            raise ValueError(f"{self.name} is one of {', '.join(map(str, self.choices))}.")
        if type(value) is not type(self.default):
            raise ValueError(f"{self.name} is {_KINDS[type(self.default)]}.")
        if self.span is not None and not self.span[0] <= int(value) <= self.span[1]:
            raise ValueError(f"{self.name} is a number from {self.span[0]} to {self.span[1]}.")
        return value


_KINDS = {bool: "true or false", int: "a whole number", str: "a text"}


@dataclass(frozen=True, slots=True)
class Card:
    """What a driver's ``device.toml`` says of it."""

    name: str
    title: str
    category: Category
    buses: tuple[Bus, ...]
    library: str = ""
    """The module without which it does not work; empty where it needs none."""
    language: str = ""
    """What a printer is spoken to in: ``escpos``, ``zpl``, ``pdf``…; empty for all else."""
    options: tuple[Option, ...] = ()
    rules: Mapping[str, str] = field(default_factory=dict)
    """The quality list: each rule is ``done``, or says why it does not hold here."""

    def whole(self, options: Options) -> dict[str, Value]:
        """Give all options, those that were not chosen with their defaults; what is no option is left out.

        Raises:
            ValueError: a value cannot be.

        """
        return {row.name: row.read(options.get(row.name, row.default)) for row in self.options}
