"""Asks a serial port whether a scale is behind it: scales do not say what they are before they are asked.

Only a person has it done. What is asked is a few bytes long; whatever else hangs on the port takes them for noise.
"""

from __future__ import annotations

import logging
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from omsdesk.devices import registry
from omsdesk.devices.address import Bus
from omsdesk.devices.driver import Card, Category, Found, Value
from omsdesk.devices.ports import DeviceError, ErrorCode
from omsdesk.devices.scale import ScaleStatus
from omsdesk.domain.records import record

if TYPE_CHECKING:
    from omsdesk.devices.address import Address

_OPEN_SECONDS = 1.0
_USUAL_LINE = "9600 8N1"
_LOG = logging.getLogger(__name__)


@record
class Answer:
    """What is behind a port, and how it has to be set up."""

    found: Found
    card: Card
    options: tuple[tuple[str, Value], ...] = ()


def found_scale(port: Found) -> Answer | None:
    """Try one kind of scale after the other, each with the line that its makers set, then with the usual one.

    Takes seconds; None where nothing answers, or another program has the port.
    """
    cards = [
        card
        for card in registry.cards().values()
        if card.category is Category.SCALE and Bus.SERIAL in card.buses and not registry.missing(card)
    ]
    for line in ("", _USUAL_LINE):
        for card in cards:
            options = _options(card, line)
            try:
                if options is not None and _answers(card, port.address, options):
                    return Answer(Found(port.address, card.title, port.details), card, tuple(options.items()))
            except DeviceError as fault:
                # No answer, or a port that cannot be set as this kind wants it: the next kind may fare better.
                if fault.code not in {ErrorCode.TIMEOUT, ErrorCode.ILLEGAL}:
                    _LOG.info("Nothing is asked of %s: %s", port.address, fault.sentence)
                    return None
            except Exception as fault:  # noqa: BLE001 - logged; the next kind of scale may want another line
                _LOG.info("%s cannot be asked as %s: %s", port.address, card.name, fault)
    return None


def _options(card: Card, line: str) -> dict[str, Value] | None:
    """Give what differs from the driver's defaults; None where that was asked already."""
    if not line:
        return {}
    default = next((option.default for option in card.options if option.name == "line"), line)
    return {"line": line} if default != line else None


def _answers(card: Card, address: Address, options: dict[str, Value]) -> bool:
    scale: Any = registry.attach(card.name, address, options)
    try:
        scale.open(time.monotonic() + _OPEN_SECONDS)
        scale.serve()
        return bool(scale.live_weight().status is not ScaleStatus.NOT_READY)
    finally:
        with suppress(DeviceError):
            scale.close()
