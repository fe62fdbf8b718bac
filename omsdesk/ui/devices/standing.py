"""How it stands with a device in a word, and what to do about it in a sentence."""

from __future__ import annotations

from omsdesk.devices.address import Address, Bus
from omsdesk.devices.attendant import Link, Power
from omsdesk.devices.ports import Condition, PrinterStatus
from omsdesk.domain.records import record
from omsdesk.ui.theme import Tone


@record
class Standing:
    """A colour, a word and a sentence."""

    tone: Tone
    word: str
    sentence: str


NOTHING = Standing(Tone.NEUTRAL, "Not set up", "Nothing plays this part here.")
ANY_SCANNER = Standing(
    Tone.NEUTRAL, "Any scanner", "A scanner that types like a keyboard works as soon as it is plugged in. Scan to try."
)
READER = Standing(
    Tone.NEUTRAL, "Scan to try", "It types like a keyboard, so that nothing is known of it until it scans."
)
HEARD = Standing(Tone.OK, "Works", "It was heard.")
LOOKING = Standing(Tone.NEUTRAL, "Looking…", "It is being looked for.")
CONNECTED = Standing(Tone.OK, "Connected", "It is there.")

_PRINTERS = {
    Condition.UNKNOWN: (Tone.NEUTRAL, "Looking…"),
    Condition.READY: (Tone.OK, "Ready"),
    Condition.PAPER_LOW: (Tone.WARN, "Paper low"),
    Condition.PAPER_OUT: (Tone.BAD, "Out of paper"),
    Condition.COVER_OPEN: (Tone.BAD, "Cover open"),
    Condition.OFFLINE: (Tone.BAD, "Not there"),
    Condition.ERROR: (Tone.BAD, "Fault"),
}


def of_printer(status: PrinterStatus) -> Standing:
    """Say how a printer is."""
    return Standing(*_PRINTERS[status.condition], status.sentence)


def of_link(link: Link) -> Standing:
    """Say how it stands with a device on a wire."""
    match link.power:
        case Power.ONLINE:
            return CONNECTED
        case Power.OFFLINE:
            return Standing(Tone.BAD, "Not there", link.sentence)
        case _:
            return LOOKING


def place_of(address: str) -> str:
    """Say where a device hangs, without numbers that only a technician wants; those stand under Details."""
    try:
        place = Address.parse(address)
    except ValueError:
        return address
    match place.bus:
        case Bus.NETWORK:
            return f"Network, {place.host}"
        case Bus.SERIAL:
            return f"Serial port {place.place.rpartition('/')[2]}"
        case Bus.QUEUE:
            return f"Printer of this computer, {place.place}"
        case Bus.FOLDER:
            return f"Folder {place.place}"
        case _:
            return _PLACES[place.bus]


_PLACES = {
    Bus.USB: "USB",
    Bus.HID: "USB",
    Bus.KEYBOARD: "Types like a keyboard",
    Bus.CAMERA: "Camera",
    Bus.SCREEN: "Second screen",
    Bus.VIRTUAL: "On this screen",
}
