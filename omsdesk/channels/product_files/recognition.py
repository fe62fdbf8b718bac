"""Recognising whose export a file is, by its column names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from omsdesk.channels.product_files.layout import Columns, Layout, Sample
from omsdesk.channels.product_files.layouts.generic import Generic, guess_mapping
from omsdesk.channels.product_files.layouts.odoo import Odoo
from omsdesk.channels.product_files.layouts.open_food_facts import OpenFoodFacts
from omsdesk.channels.product_files.layouts.shopify import Shopify
from omsdesk.channels.product_files.layouts.square import Square
from omsdesk.channels.product_files.layouts.woocommerce import WooCommerce

SYSTEMS: tuple[Layout, ...] = (Shopify(), WooCommerce(), Square(), Odoo(), OpenFoodFacts())
"""The systems whose exports are known."""


@dataclass(frozen=True, slots=True)
class Recognition:
    """The layout that fits best, and how well from 0 to 1; 0 means that a person has to say which column is what."""

    layout: Layout
    score: float


def recognise(headers: Sequence[str], sample: Sample) -> Recognition:
    """Find the layout that fits a file best: a known system, or a guess at a table of anybody's."""
    columns = Columns(headers)
    guess: Layout = Generic(guess_mapping(headers, sample))
    # The guess comes first: if nothing fits at all, a person starts from it.
    fits = (Recognition(layout, layout.score(columns, sample)) for layout in (guess, *SYSTEMS))
    return max(fits, key=lambda fit: fit.score)
