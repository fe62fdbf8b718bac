"""What the import page calls the fields of a product file, and what a row would do, in words."""

from __future__ import annotations

from omsdesk.actions.import_plan import Effect, PlannedRow
from omsdesk.channels.product_files.rows import RowProblem
from omsdesk.ui.theme import Tone

FIELD_LABELS = {
    "name": "Name",
    "variant": "Variant",
    "brand": "Brand",
    "sku": "SKU",
    "codes": "Barcode",
    "price": "Price",
    "tax": "Tax",
    "category": "Category",
    "unit": "Unit",
    "on_hand": "Stock",
    "description": "Description",
    "image": "Picture",
    "is_sold": "Is it sold?",
    "pack_codes": "Barcode of a pack",
    "pack_quantity": "Units in a pack",
    "favourite": "Favourite no.",
    "id": "Id in the other system",
    "age": "Sold from age",
    "minimum_price": "Least price",
    "asks_price": "Price typed each time?",
    "is_divisible": "May be broken?",
    "asks_serial": "Serial number asked?",
    "asks_lot": "Lot asked?",
    "deposit": "Deposit (its SKU)",
    "is_deposit": "Is it a deposit?",
    "is_gift_card": "Is it a gift card?",
}
"""Our fields, the important ones first."""

_CHANGED = {"codes": "barcodes", "tax_category": "tax", "is_sold": "whether it is sold", "source_key": "its key"}


def effect_of(row: PlannedRow | RowProblem) -> tuple[str, Tone]:
    """Name what a row does, and its tone."""
    if isinstance(row, RowProblem):
        return "Problem", Tone.BAD
    return {
        Effect.NEW: ("New", Tone.OK),
        Effect.CHANGED: ("Changed", Tone.ACCENT),
        Effect.UNCHANGED: ("Unchanged", Tone.NEUTRAL),
    }[row.effect]


def detail_of(row: PlannedRow | RowProblem) -> str:
    """Say what is special about a row: what is wrong, what changes, what was repaired."""
    if isinstance(row, RowProblem):
        return row.reason
    if row.refused:
        return row.refused
    if row.row.warnings:
        return row.row.warnings[0]
    if row.changes:
        return "New " + ", ".join(_CHANGED.get(name, name.replace("_", " ")) for name in row.changes)
    return " · ".join(part for part in (row.row.brand, row.row.sku, row.row.category) if part)
