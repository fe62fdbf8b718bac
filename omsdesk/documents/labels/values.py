"""The names that stand in braces in a label's fields, and how a field is filled with what they stand for."""

from __future__ import annotations

import re
from collections.abc import Mapping

from omsdesk.domain.records import record

Values = Mapping[str, str]
"""What each name stands for; a name that is missing stands for nothing."""


@record
class ValueName:
    """A name for the designer's list: what it means, and what it might say."""

    name: str
    title: str
    sample: str


VALUE_NAMES = (
    ValueName("name", "Name of the product", "Blossom honey"),
    ValueName("variant", "Variant", "500 g"),
    ValueName("brand", "Brand", "Öland"),
    ValueName("description", "Description", "Runny, from the islands"),
    ValueName("category", "Category", "Spreads"),
    ValueName("price", "Price", "€7.95"),
    ValueName("price_whole", "Price, before the point", "7"),
    ValueName("price_cents", "Price, after the point", "95"),
    ValueName("currency", "Sign of the currency", "€"),
    ValueName("price_before", "Price before the reduction", ""),
    ValueName("price_per_unit", "Price per kilogram, litre or other unit", "€15.90 / kg"),
    ValueName("unit", "Unit it is sold by", "piece"),
    ValueName("net_content", "Net content", "500 g"),
    ValueName("sku", "Stock number (SKU)", "HON-500"),
    ValueName("gtin", "Barcode number", "4006381333931"),
    ValueName("lot", "Lot", "L2607"),
    ValueName("expiry", "Best before or use by, for people", "31 Dec 2027"),
    ValueName("expiry_gs1", "The same day as GS1 writes it", "271231"),
    ValueName("packed", "Day of packing", "1 Jul 2026"),
    ValueName("serial", "Serial number", "SN-000417"),
    ValueName("count", "How many are inside", "24"),
    ValueName("weight", "Weight", "312.5 kg"),
    ValueName("sscc", "Number of the pallet or parcel (SSCC)", "340123450000000017"),
    ValueName("shop", "Name of the shop", "Corner Shop"),
    ValueName("shop_address", "Address of the shop", "12 Station Road\nSpringfield"),
    ValueName("logo", "Logo of the shop", ""),
    ValueName("ship_to", "Name and address of the receiver", "Żaneta Müller\nRynek Główny 8\n31-042 Kraków\nPoland"),
    ValueName("ship_from", "Name and address of the sender", "Corner Shop\n12 Station Road\nSpringfield"),
    ValueName("order", "Number of the order", "W-10482"),
    ValueName("carrier", "Carrier", "Parcel service"),
    ValueName("service", "Kind of shipment", "Express"),
    ValueName("tracking", "Number for tracking", "JD014600003RX"),
    ValueName("parcel", "Which parcel of how many", "1 / 2"),
    ValueName("today", "Day of printing", "23 Nov 2026"),
)
"""Everything that a label can say. A shop's own program adds nothing here: text in other braces is printed as it is."""

SAMPLE: Values = {value.name: value.sample for value in VALUE_NAMES}
"""What a label shows in the designer before a product is chosen."""

_KNOWN = frozenset(SAMPLE)
_NAME = re.compile(r"\{(\w+)\}")
_PART = re.compile(r"\(\d{2,4}\)[^(]*")


def names_in(content: str) -> tuple[str, ...]:
    """List the names that a field's content has in braces."""
    return tuple(name for name in _NAME.findall(content) if name in _KNOWN)


def is_left_out(content: str, only_with: str, values: Values) -> bool:
    """Tell whether a field vanishes: what it needs is empty, or every name in it."""
    if only_with and not values.get(only_with):
        return True
    names = names_in(content)
    return bool(names) and not any(values.get(name) for name in names)


def filled(content: str, values: Values) -> str:
    """Put values in the place of their names."""
    return _NAME.sub(lambda found: values.get(found[1], "") if found[1] in _KNOWN else found[0], content)


def filled_gs1(content: str, values: Values) -> str:
    """Fill a GS1 code: a part whose value is empty is left out with its identifier, and noughts lead an article number.

    ``(01){gtin}(10){lot}`` without a lot is ``(01)04006381333931``.
    """
    parts = _PART.findall(content)
    if "".join(parts) != content:
        return filled(content, values)
    written = (_gs1_part(part, values) for part in parts if not is_left_out(part, "", values))
    return "".join(written)


def _gs1_part(part: str, values: Values) -> str:
    identifier, value = filled(part, values).split(")", 1)
    if identifier in {"(01", "(02"}:
        value = value.strip().zfill(14)
    return f"{identifier}){value}"
