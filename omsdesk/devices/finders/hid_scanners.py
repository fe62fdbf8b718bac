"""Scanners in HID POS mode."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from omsdesk.devices.address import Address, Bus
from omsdesk.devices.driver import Found
from omsdesk.devices.drivers.hid_pos.scanner import listed, place_of

if TYPE_CHECKING:
    from omsdesk.devices.drivers.hid_pos.scanner import Hidapi


def look(library: Hidapi | None = None) -> list[Found]:
    """List those that are plugged in; none where the library is missing."""
    if library is None:
        try:
            import hid
        except ImportError:
            return []
        library = cast("Hidapi", hid)
    return [
        Found(
            Address(Bus.HID, place_of(row)),
            f"{row.get('manufacturer_string') or ''} {row.get('product_string') or ''}".strip() or "Barcode scanner",
            {"vendor": f"{row['vendor_id']:04x}", "product": f"{row['product_id']:04x}"},
        )
        for row in listed(library)
    ]
