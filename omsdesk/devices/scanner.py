"""What every scanner has in common, whatever it hangs on: from what it sent to what the label says.

What a scanner adds is taken off and what its way to us changed is put right: the letters of another keyboard, a prefix
and a suffix, a mark of the symbology, what stands in place of a control character. The symbology identifier
(ISO/IEC 15424) is kept beside the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any, Protocol, Self

from omsdesk.domain.gtin import from_upc_e
from omsdesk.domain.records import record
from omsdesk.domain.values import is_gtin

if TYPE_CHECKING:
    from omsdesk.devices.driver import Found

GS = "\x1d"
"""Ends a field of variable length in a message of GS1 (GS1 General Specifications, 7.8.6)."""
GS1_AIMS = ("]C1", "]e0", "]d2", "]Q3", "]J1")
"""The symbology identifiers that say a code is GS1's."""

_AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_ADDED = "\r\n\t\x00\x02\x03\x04"
"""What scanners put around a code by themselves: ends of line, NUL, and the transmission controls."""
_SHOWN_GS = re.compile(r"␝|<GS>|\{GS\}|\[GS\]|\\x1d|\\u001d", re.IGNORECASE)
_SERIAL_AND_ADD_ON = re.compile(r"(97[789]\d{10})(?:\d{2}|\d{5})\Z")
_WITH_ADD_ON = re.compile(r"(\d{13})(?:\d{2}|\d{5})\Z")


@record
class Scan:
    """One code, read once."""

    text: str
    """What the label says, with GS between fields of GS1."""
    aim: str = ""
    """The symbology identifier that the scanner sent, such as ``]C1``; empty where it sends none."""
    source: str = ""
    """Which of the station's scanners read it, by its name in the settings."""
    at: float = 0.0
    """When it came, by ``time.monotonic()``."""
    raw: str = ""
    """What the scanner sent, as it came."""

    @property
    def code(self) -> str:
        """What screens look for: the text, and before one that is GS1's the identifier that says so."""
        return self.aim + self.text if self.aim in GS1_AIMS else self.text


@record
class ScannerOptions:
    """How one scanner is set, as learnt or chosen. Plain values: they stand in the station's settings file."""

    title: str = ""
    """What people call it."""
    prefix: str = ""
    """What it sends before each code."""
    suffix: str = ""
    """What it sends after each code, before the key or the control character that ends it."""
    mark: int = 0
    """How many letters of its maker's own mark of the symbology it sends after the prefix."""
    group: str = ""
    """What it sends in place of GS; empty where it sends GS itself."""
    layout: str = ""
    """Letters that come wrong, in pairs: what comes, and what was meant."""
    is_upc_e: bool = False
    """Whether eight digits that are an EAN-8 and a UPC-E are the latter."""
    repeat_ms: int = 0
    """Milliseconds in which the same code counts once, for a scanner that stands and looks; 0 counts each."""
    start_key: str = ""
    """A keyboard's scanner alone: the key it presses first, as Qt writes it, such as ``F9`` or ``Ctrl+B``."""
    end_key: str = "Return"
    """A keyboard's scanner alone: the key it presses last beside Enter and Tab; empty where it just stops."""

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """Read what ``to_dict`` wrote; what is missing, unknown or of another kind is left at its default."""
        known = {row.name: type(row.default) for row in fields(cls)}
        fit: dict[str, Any] = {name: value for name, value in values.items() if type(value) is known.get(name)}
        return cls(**fit)

    def to_dict(self) -> dict[str, str | int | bool]:
        """Give what differs from the defaults, for the settings file."""
        return {row.name: getattr(self, row.name) for row in fields(self) if getattr(self, row.name) != row.default}


class Scanner(Protocol):
    """A scanner with a wire of its own, which an attendant stays with (``attendant.Attended``)."""

    on_scan: Callable[[Scan], None]
    """Called with every scan, from the attendant's thread."""

    def open(self, deadline: float) -> None:
        """Take the wire. Raises DeviceError: it is not there."""

    def serve(self) -> None:
        """Hear what is scanned, for a second at most.

        Raises DeviceError: the scanner is lost. The beginning of a code that was under way is dropped, and the
        sentence says so.
        """

    def close(self) -> None:
        """Let go of the wire."""

    def interrupt(self) -> None:
        """End every wait, now and later."""


def text_of(data: bytes) -> str:
    """Read what a scanner sent as bytes: UTF-8, else the letters of Western Europe that older ones send."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def nobody(_scan: Scan) -> None:
    """Stand for whoever is to hear of scans, until somebody does."""


MAKERS = frozenset(
    ("05e0", "0536", "05f9", "065a", "067e", "0c2e", "1eab")
)  # fmt: skip
"""USB's numbers of makers of scanners: Zebra (Symbol), Honeywell (Hand Held Products, Intermec, Metrologic), Datalogic,
Opticon, Newland."""
_NAMES = re.compile(r"scan|bar ?code|imager|symbol|datalogic|honeywell|zebra|newland|opticon", re.IGNORECASE)


def looks_like_scanner(found: Found) -> bool:
    """Tell whether a device is most likely a scanner, by its maker and its name."""
    return found.details.get("vendor", "").lower() in MAKERS or _NAMES.search(found.name) is not None


class Reader:
    """Puts right what one scanner sends."""

    def __init__(self, options: ScannerOptions | None = None, source: str = "") -> None:
        """Take how the scanner is set, and what the settings call it."""
        self.options = options or ScannerOptions()
        self.source = source
        pairs = self.options.layout
        self._layout = str.maketrans(pairs[::2][: len(pairs) // 2], pairs[1::2])
        self._last, self._last_at = "", float("-inf")

    def knows(self, raw: str) -> bool:
        """Tell whether it begins with this scanner's own prefix, of those that have one."""
        return bool(self.options.prefix) and self._meant(raw).startswith(self.options.prefix)

    def read(self, raw: str, at: float) -> Scan | None:
        """Read what came; None for nothing, and for the same again within the time in which it counts once."""
        text = self._bare(self._meant(raw))
        aim, text = self._named(text)
        text, is_gs1 = self._grouped(text, aim)
        if not text.strip():
            return None
        if is_gs1 and not aim:
            aim = GS1_AIMS[0]
        if self._is_repeated(text, at):
            return None
        if aim not in GS1_AIMS:
            text = _number(text, aim, is_upc_e=self.options.is_upc_e)
        return Scan(text, aim, self.source, at, raw)

    def _meant(self, raw: str) -> str:
        return raw.translate(self._layout) if self._layout else raw

    def _bare(self, text: str) -> str:
        """Take off what the scanner puts around a code."""
        text = text.strip(_ADDED).removeprefix(self.options.prefix)
        return text.removesuffix(self.options.suffix).strip(_ADDED)

    def _named(self, text: str) -> tuple[str, str]:
        """Part the mark of the symbology from the text."""
        if _AIM.match(text):
            return text[:3], text[3:]
        return "", text[self.options.mark :]

    def _grouped(self, text: str, aim: str) -> tuple[str, bool]:
        """Put GS where it belongs; tells, too, whether the code begins with one, as only GS1's do."""
        group = self.options.group
        if group and (aim in GS1_AIMS or (not aim and "://" not in text)):
            text = text.replace(group, GS)
        text = _SHOWN_GS.sub(GS, text)
        return text.strip(GS), text.startswith(GS)

    def _is_repeated(self, text: str, at: float) -> bool:
        is_same = text == self._last and at - self._last_at < self.options.repeat_ms / 1000
        # A code that lies before the scanner is read again and again: each of these begins the time anew.
        self._last, self._last_at = text, at
        return is_same


def _number(text: str, aim: str, *, is_upc_e: bool) -> str:
    """Bring the numbers of goods into the form in which they are known."""
    if not text.isdecimal():
        return text
    with_add_on = _WITH_ADD_ON if aim[:2] == "]E" else _SERIAL_AND_ADD_ON if not aim else None
    if with_add_on is not None and (found := with_add_on.match(text)) is not None and is_gtin(found[1]):
        # The issue of a magazine: the number before it is what is sold.
        return found[1]
    if len(text) == 8 and aim != "]E4":
        whole = from_upc_e(text)
        # The identifier ]E0 is that of EAN-13, UPC-A and UPC-E.
        is_meant = is_upc_e or aim == "]E0" or not is_gtin(text)
        return whole if whole and is_meant else text
    return text
