"""Recognising whose export a file is, by its column names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from omsdesk.channels.product_files.layout import Columns, Layout, Sample
from omsdesk.channels.product_files.layouts.generic import Generic, guess_mapping

SYSTEMS: tuple[Layout, ...] = ()
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
    layouts = (*SYSTEMS, guess)
    return max((Recognition(layout, layout.score(columns, sample)) for layout in layouts), key=lambda best: best.score)
