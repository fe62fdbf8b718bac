"""What a row of a file would do, in words."""

from __future__ import annotations

import pytest

from omsdesk.actions.import_plan import Effect, PlannedRow
from omsdesk.channels.product_files.layouts.generic import FIELDS
from omsdesk.channels.product_files.rows import ProductRow, RowProblem
from omsdesk.ui.catalogue.import_words import FIELD_LABELS, detail_of, effect_of
from omsdesk.ui.theme import Tone


def row(*warnings: str, brand: str = "", sku: str = "", category: str = "") -> ProductRow:
    """Make a row of a file."""
    return ProductRow(
        2, "sku:1", "Mug", "", brand, sku, (), category, "piece", None, "", True, "", "", None, warnings
    )  # fmt: skip


def test_every_field_of_a_file_has_a_label() -> None:
    assert set(FIELD_LABELS) == set(FIELDS)
    assert len(set(FIELD_LABELS.values())) == len(FIELD_LABELS)


@pytest.mark.parametrize(
    ("planned", "word", "tone", "detail"),
    [
        (PlannedRow(row(sku="M-1", category="Mugs"), Effect.NEW), "New", Tone.OK, "M-1 · Mugs"),
        (
            PlannedRow(row(), Effect.CHANGED, ("price", "tax_category", "is_sold")),
            "Changed",
            Tone.ACCENT,
            "New price, tax, whether it is sold",
        ),
        (PlannedRow(row(), Effect.UNCHANGED), "Unchanged", Tone.NEUTRAL, ""),
        (PlannedRow(row("The unit is odd."), Effect.NEW), "New", Tone.OK, "The unit is odd."),
        (
            PlannedRow(row("The unit is odd."), Effect.NEW, (), "The barcode is taken."),
            "New",
            Tone.OK,
            "The barcode is taken.",
        ),
        (RowProblem(3, "The product has no name.", ("", "1")), "Problem", Tone.BAD, "The product has no name."),
    ],
)
def test_a_row_says_what_it_does(planned: PlannedRow | RowProblem, word: str, tone: Tone, detail: str) -> None:
    assert effect_of(planned) == (word, tone)
    assert detail_of(planned) == detail
