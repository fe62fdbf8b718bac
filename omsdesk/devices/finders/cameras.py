"""Cameras, as Linux names them after what is plugged in. Elsewhere one is chosen by its number: the first is 0."""

from __future__ import annotations

from pathlib import Path

from omsdesk.devices.address import Address, Bus
from omsdesk.devices.driver import Found

BY_ID = Path("/dev/v4l/by-id")
_PICTURES = "-video-index0"
"""Ends the name that gives pictures; a camera has others, for what it knows of itself."""


def look(by_id: Path = BY_ID) -> list[Found]:
    """List the cameras."""
    try:
        links = sorted(link for link in by_id.iterdir() if link.name.endswith(_PICTURES))
    except OSError:
        return []
    return [Found(Address(Bus.CAMERA, str(link)), _name(link.name)) for link in links]


def _name(link: str) -> str:
    words = link.removesuffix(_PICTURES).removeprefix("usb-").replace("_", " ")
    return words.strip() or "Camera"
