"""What devices are wanted for: receipts, kitchen, pick slips, labels, scanners, scale, customer display.

A station that is no till has those that make sense without a customer in front of it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from omsdesk.devices.driver import Category
from omsdesk.domain.records import record

if TYPE_CHECKING:
    from collections.abc import Iterable

SCANNER = "scanner-"
"""What the roles of scanners begin with; a station may have several."""


@record
class Role:
    """A part that a device plays. ``key`` is its name in the settings file."""

    key: str
    title: str
    icon: str
    purpose: str
    """What it is for, in one sentence."""
    categories: tuple[Category, ...]


RECEIPTS = Role(
    "receipt", "Receipts", "receipt-text", "Prints receipts and opens the drawer.", (Category.RECEIPT_PRINTER,)
)
KITCHEN = Role(
    "kitchen", "Kitchen", "printer", "Prints what is to be made, where it is made.", (Category.RECEIPT_PRINTER,)
)
PICKING = Role(
    "pick", "Pick slips", "clipboard-list", "Prints what is to be fetched for an order, where the goods are.",
    (Category.RECEIPT_PRINTER,),
)  # fmt: skip
LABELS = Role("label", "Labels", "tag", "Prints labels for shelves, goods and parcels.", (Category.LABEL_PRINTER,))
SCALE = Role("scale", "Scale", "scale", "Weighs what is sold by weight.", (Category.SCALE,))
DISPLAY = Role(
    "display", "Customer display", "monitor", "Shows the customer in two lines what is rung up.",
    (Category.LINE_DISPLAY,),
)  # fmt: skip
CUSTOMER_SCREEN = Role(
    "customer-screen", "Customer screen", "monitor", "Shows the customer the sale, and pictures between two of them.",
    (Category.CUSTOMER_SCREEN,),
)  # fmt: skip
ONE_EACH = (RECEIPTS, KITCHEN, PICKING, LABELS, SCALE, DISPLAY, CUSTOMER_SCREEN)
"""The roles that one device plays at a till; then come the scanners."""
WITHOUT_TILL = (
    LABELS,
    replace(RECEIPTS, title="Slips and reports", purpose="Prints papers of orders, reports, and copies of receipts."),
    PICKING,
    replace(SCALE, purpose="Shows what goods weigh that come in."),
)
"""Those at a station that is no till, the one that it most probably is for first."""


def scanner(key: str, count: int = 1) -> Role:
    """Make the role of a scanner; where there are several, each has a number."""
    number = key.removeprefix(SCANNER)
    title = "Scanner" if count < 2 else f"Scanner {number}"
    return Role(key, title, "scan-barcode", "Reads barcodes; the code goes where it belongs.", (Category.SCANNER,))


def roles(played: Iterable[str], *, is_till: bool = True) -> list[Role]:
    """List the roles of a station at which these are played: with a scanner, whether it is set up or not."""
    scanners = sorted((key for key in played if key.startswith(SCANNER)), key=_number) or [f"{SCANNER}1"]
    return [*(ONE_EACH if is_till else WITHOUT_TILL), *(scanner(key, len(scanners)) for key in scanners)]


def free_scanner(played: Iterable[str]) -> str:
    """Name the role of one more scanner."""
    taken = set(played)
    return next(key for number in range(1, len(taken) + 2) if (key := f"{SCANNER}{number}") not in taken)


def _number(key: str) -> tuple[int, str]:
    number = key.removeprefix(SCANNER)
    return (int(number) if number.isdecimal() else 0, key)
