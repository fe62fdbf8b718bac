"""The last scans on the Devices page: what came, which kind of code it was, and what was made of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from omsdesk.domain.records import record
from omsdesk.store.queries import till as queries
from omsdesk.ui.devices.office import Office

if TYPE_CHECKING:
    from omsdesk.devices.gs1 import Labelled
    from omsdesk.devices.scanner import Scan

MOST = 6
_SYMBOLOGIES = {
    "A": "Code 39", "C": "Code 128", "d": "Data Matrix", "E": "EAN / UPC", "e": "GS1 DataBar", "F": "Codabar",
    "G": "Code 93", "I": "Interleaved 2 of 5", "J": "Dot Code", "L": "PDF417", "Q": "QR code", "z": "Aztec",
}  # fmt: skip
"""ISO/IEC 15424: the letter of a symbology identifier."""


@record
class HeardScan:
    """A scan as it is shown."""

    text: str
    symbology: str
    meaning: str
    source: str


class Heard:
    """Keeps the newest scans, the newest first."""

    def __init__(self, office: Office) -> None:
        """Have heard nothing yet."""
        self._office = office
        self.listeners: list[Callable[[], None]] = []
        self.scans: list[HeardScan] = []

    def take(self, scan: Scan) -> None:
        """Hear a scan."""
        text = scan.text.replace("\x1d", "␝")
        self.scans.insert(0, HeardScan(text, symbology_of(scan.aim), self._meaning(scan), self._called(scan.source)))
        del self.scans[MOST:]
        for listener in self.listeners:
            listener()

    def _called(self, source: str) -> str:
        """Say what people call a scanner; empty where it has no name."""
        setting = self._office.settings().device.get(source)
        return str(setting.options.get("title", "")) if setting is not None else ""

    def _meaning(self, scan: Scan) -> str:
        from omsdesk.devices import gs1

        office, shop = self._office, self._office.shop
        if shop is None:
            return ""
        product = queries.product_by_barcode(
            office.reader, gs1.article(scan.code), shop, office.clock.now().local.date().isoformat()
        )
        labelled = gs1.read(scan.code, shop.currency)
        known = product.article.name if product is not None else "No product has this code"
        return " · ".join([known, *(facts_of(labelled) if labelled else ())])


def symbology_of(aim: str) -> str:
    """Name the kind of code by the identifier that the scanner sent; empty where it sent none."""
    return _SYMBOLOGIES.get(aim[1:2], "") if aim else ""


def facts_of(labelled: Labelled) -> list[str]:
    """Write what a GS1 code says beside the article."""
    weight = f"{labelled.weight} kg" if labelled.weight is not None else ""
    parts = {
        "": weight,
        "price": str(labelled.price or ""),
        "lot": labelled.lot,
        "until": labelled.expiry,
        "serial": labelled.serial,
    }
    return [f"{name} {value}".strip() for name, value in parts.items() if value]
