"""What a GS1 code says beside the article: weight, price, lot, days and serial number, all of one scan.

GS1-128, GS1 DataMatrix, GS1 QR Code, GS1 DataBar and Digital Links (GS1 General Specifications, 3).
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from omsdesk.devices.scanner import GS, GS1_AIMS
from omsdesk.domain.records import record
from omsdesk.domain.values import Money, Quantity, is_gtin, minor_digits

if TYPE_CHECKING:
    from biip.gs1_element_strings import GS1ElementStrings

_LINK = re.compile(r"(?:\][A-Za-z]\d)?(https?://\S+/01/\d{8,14}\S*)", re.IGNORECASE)
_SHOWN = re.compile(r"\(01\)\d{14}")
_ARTICLE_FIRST = re.compile(r"01(\d{14})")
_POUND = Decimal("0.45359237")


@record
class Labelled:
    """What a code said of the goods that it stands on."""

    gtin: str
    weight: Quantity | None = None
    """Kilograms."""
    price: Money | None = None
    """What the goods come to."""
    count: int = 0
    lot: str = ""
    expiry: str = ""
    """The last day, ISO 8601: that of use, else that of best quality."""
    serial: str = ""


def read(code: str, currency: str) -> Labelled | None:
    """Read a code that is GS1's; None for any other, and for one that says of no article.

    It says so itself, or begins with an article whose check digit is right, as what a scanner sends that names no
    symbology. Any other number is none, however it could be read: an EAN-13 with a wrong digit passes for a message.
    """
    link = _LINK.match(code)
    if not (link or code.startswith(GS1_AIMS) or GS in code or _SHOWN.match(code) or _begins_with_article(code)):
        return None
    elements = _elements(code, link[1] if link else "")
    return _labelled(elements, currency) if elements is not None else None


def plain(code: str) -> str:
    """Give what a code says without the symbology identifier before it, as it may be known to a shop."""
    return code[3:] if code.startswith(GS1_AIMS) else code


def article(code: str) -> str:
    """Give the number of the article that a code stands for: its GTIN where it is GS1's, else the code as it is."""
    found = read(code, "")
    return found.gtin if found else plain(code)


def _begins_with_article(code: str) -> bool:
    found = _ARTICLE_FIRST.match(code)
    return found is not None and is_gtin(found[1])


def _elements(code: str, link: str) -> GS1ElementStrings | None:
    import biip
    from biip.gs1_digital_link_uris import GS1DigitalLinkURI
    from biip.gs1_messages import GS1Message

    try:
        if link:
            return GS1DigitalLinkURI.parse(link).element_strings
        if _SHOWN.match(code):
            return GS1Message.parse_hri(code).element_strings
        return GS1Message.parse(plain(code).strip(GS)).element_strings
    except (biip.ParseError, ValueError):
        return None


def _labelled(elements: GS1ElementStrings, currency: str) -> Labelled | None:
    article = elements.get(ai="01") or elements.get(ai="02")
    if article is None or article.gtin is None:
        return None
    pounds = elements.get(ai="320")
    kilograms = elements.get(ai="310")
    weight = kilograms.decimal if kilograms else pounds.decimal * _POUND if pounds and pounds.decimal else None
    days = elements.get(ai="17") or elements.get(ai="15") or elements.get(ai="16")
    count = elements.get(ai="30") or elements.get(ai="37")
    lot, serial = elements.get(ai="10"), elements.get(ai="21")
    return Labelled(
        article.value,
        None if weight is None else Quantity(int(weight * 1_000_000)),
        _price(elements, currency),
        int(count.value) if count else 0,
        lot.value if lot else "",
        days.date.isoformat() if days and days.date else "",
        serial.value if serial else "",
    )


def _price(elements: GS1ElementStrings, currency: str) -> Money | None:
    """Read the amount payable: of a single monetary area, or with its currency (ISO 4217, by number)."""
    local, named = elements.get(ai="392"), elements.get(ai="393")
    if named is not None and named.value[:3] == _NUMBERS.get(currency):
        digits, places = named.value[3:], named.ai.ai[3]
    elif local is not None:
        digits, places = local.value, local.ai.ai[3]
    else:
        return None
    # Not biip's decimal: of fewer digits than decimals it makes ten times as much.
    return Money(int(Decimal(digits).scaleb(minor_digits(currency) - int(places))), currency)


_NUMBERS = {
    "AUD": "036", "CAD": "124", "CHF": "756", "CZK": "203", "DKK": "208", "EUR": "978", "GBP": "826", "HUF": "348",
    "JPY": "392", "NOK": "578", "NZD": "554", "PLN": "985", "SEK": "752", "USD": "840",
}  # fmt: skip
