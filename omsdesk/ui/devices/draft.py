"""A device as it stands in the form before it is used: where it is, what it speaks, and how it is set."""

from __future__ import annotations

from dataclasses import replace

from omsdesk.devices.address import RAW_PORT, Address, Bus
from omsdesk.devices.driver import Card, Option, Value
from omsdesk.documents.printer_profile import PROFILES
from omsdesk.domain.records import record
from omsdesk.settings import DeviceSetting

Values = tuple[tuple[str, str | bool], ...]
"""Options as a form has them: texts, and ticks."""

_LABELS = {
    "profile": "Model and paper",
    "answers": "It says how it is",
    "line": "Serial line",
    "handshake": "Flow control",
    "codec": "Letters",
    "dpi": "Dots an inch",
    "pages": "Letter tables",
    "kick_pin": "Pin that opens the drawer",
    "pulse_ms": "Pulse that opens the drawer, milliseconds",
    "sensor": "Whether the drawer tells that it is open",
    "alarm_seconds": "Open drawer is called out after, seconds",
    "shut_first": "Drawer is shut before the next sale",
    "unit": "Unit of weight",
    "darkness": "How dark",
    "speed": "How fast",
    "finish": "After printing",
    "theme": "Colours",
    "slides": "Folder with pictures",
    "seconds": "Seconds for each picture",
    "names_customer": "Greets the customer by name",
    "is_upc_e": "Short American codes",
    "repeat_ms": "The same code counts again",
}
_SERIAL = {"line", "handshake"}
_OF_THE_DRAWER = {"kick_pin", "pulse_ms", "sensor", "alarm_seconds", "shut_first"}
_OF_THE_SHEET = {"prefix", "suffix", "mark", "group", "layout", "start_key", "end_key"}
"""What the test sheet of a scanner learns: nobody has to type it."""


@record
class DeviceDraft:
    """``cards`` are the drivers to choose from, the surest first; ``card`` is the chosen one."""

    name: str
    card: Card
    cards: tuple[Card, ...]
    bus: Bus
    place: str = ""
    port: str = str(RAW_PORT)
    is_typed: bool = False
    """Whether the place is typed by a person."""
    values: Values = ()
    has_drawer: bool = True
    """Whether a drawer can hang on it: money is put away at tills."""

    @property
    def options(self) -> list[Option]:
        """The options that matter here."""
        hidden = {"title"} | _OF_THE_SHEET
        hidden |= set() if self.bus is Bus.SERIAL else _SERIAL
        hidden |= set() if self.has_drawer else _OF_THE_DRAWER
        return [row for row in self.card.options if row.name not in hidden]

    def value(self, option: Option) -> str | bool:
        """What the form shows for an option."""
        return dict(self.values).get(option.name, shown(option.default))

    def with_value(self, name: str, value: str | bool) -> DeviceDraft:
        """Set a field: the name, the place, the port, the driver, or an option."""
        match name:
            case "name":
                return replace(self, name=str(value))
            case "place":
                return replace(self, place=str(value))
            case "port":
                return replace(self, port=str(value))
            case "card":
                return replace(self, card=next(card for card in self.cards if card.name == value))
            case _:
                return replace(self, values=tuple({**dict(self.values), name: value}.items()))

    @property
    def address(self) -> Address:
        """Where it is."""
        place = self.place.strip()
        return Address(self.bus, f"{place}:{self.port.strip()}" if self.bus is Bus.NETWORK else place)

    def problems(self) -> dict[str, str]:
        """Say what is wrong with which field."""
        found: dict[str, str] = {}
        if self.is_typed and not self.place.strip():
            found["place"] = _LACKING.get(self.bus, "Say where it is.")
        if self.bus is Bus.NETWORK and not (self.port.strip().isdecimal() and 1 <= int(self.port) <= 65535):
            found["port"] = "A port is a number from 1 to 65535; most printers have 9100."
        for option in self.options:
            try:
                option.read(typed(option, self.value(option)))
            except ValueError:
                found[option.name] = _wanted(option)
        return found

    def setting(self) -> DeviceSetting:
        """Write it as settings have it; only of a draft without problems."""
        given = dict(self.values)
        options = {
            row.name: typed(row, given[row.name])
            for row in self.card.options
            if row.name in given and typed(row, given[row.name]) != row.default
        }
        title = {"title": self.name.strip()} if self.name.strip() else {}
        return DeviceSetting(self.card.name, str(self.address), {**options, **title})


def draft_of(setting: DeviceSetting, card: Card, cards: tuple[Card, ...]) -> DeviceDraft:
    """Take up what is set up.

    Raises:
        ValueError: its address is none.

    """
    address = Address.parse(setting.address)
    is_network = address.bus is Bus.NETWORK
    values = {name: shown(value) for name, value in setting.options.items() if name != "title"}
    return DeviceDraft(
        str(setting.options.get("title", "")),
        card,
        cards,
        address.bus,
        address.host if is_network else address.place,
        str(address.port if is_network else RAW_PORT),
        address.bus in {Bus.NETWORK, Bus.SERIAL, Bus.FOLDER},
        tuple(values.items()),
    )


def draft_at(name: str, address: Address, cards: tuple[Card, ...], *, is_typed: bool = False) -> DeviceDraft:
    """Take up what was found, or is to be typed."""
    is_network = address.bus is Bus.NETWORK
    host, port = (address.host, str(address.port)) if is_network else (address.place, str(RAW_PORT))
    return DeviceDraft(name, cards[0], cards, address.bus, host, port, is_typed)


def label(option: Option) -> str:
    """Name an option for people."""
    return _LABELS.get(option.name, option.name.replace("_", " ").capitalize())


def choices(option: Option, chosen: str | bool = "") -> list[tuple[str, str]]:
    """List what can be chosen for an option, as key and words; what is chosen already among it."""
    if option.name == "repeat_ms":
        known = {typed(option, chosen), option.default, *_SPANS}
        return [(str(span), _span(span)) for span in sorted(span for span in known if isinstance(span, int))]
    if option.name == "profile":
        return [(str(key), PROFILES[str(key)].name if key in PROFILES else str(key)) for key in option.choices]
    return [(str(key), str(key)) for key in option.choices]


def _span(milliseconds: int) -> str:
    seconds = f"{milliseconds / 1000:g}"
    return "At once" if not milliseconds else f"After {seconds} {'second' if seconds == '1' else 'seconds'}"


_SPANS = (500, 1000, 2000, 5000)
"""Milliseconds after which a scanner may be set to read the same code again."""


def shown(value: Value) -> str | bool:
    """Write a value as a form shows it."""
    return value if isinstance(value, bool) else str(value)


def typed(option: Option, value: str | bool) -> Value:
    """Read what a form shows; a number that is none stays a text, which no option takes."""
    if isinstance(option.default, int) and not isinstance(option.default, bool) and isinstance(value, str):
        text = value.strip()
        return int(text) if text.removeprefix("-").isdecimal() else text
    return value


def _wanted(option: Option) -> str:
    if option.choices:
        return f"Choose one of {', '.join(words for _, words in choices(option))}."
    if option.span is not None:
        return f"Type a whole number from {option.span[0]} to {option.span[1]}."
    return "Type a whole number." if isinstance(option.default, int) else option.sentence


_LACKING = {
    Bus.NETWORK: "Type the address, such as 192.168.1.50. It stands on the page that the printer prints of itself.",
    Bus.SERIAL: "Type the name of the port, such as /dev/ttyUSB0 or COM3.",
    Bus.FOLDER: "Type the folder for the files.",
}
