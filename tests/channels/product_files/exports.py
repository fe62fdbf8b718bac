"""What all stories about systems' exports need: a file as the system writes it, read as the importer reads it."""

from __future__ import annotations

from pathlib import Path

from omsdesk.channels.product_files.products import read_products
from omsdesk.channels.product_files.reader import open_file
from omsdesk.channels.product_files.recognition import recognise
from omsdesk.channels.product_files.rows import ProductRow, RowProblem


def read_export(folder: Path, layout: str, content: str, currency: str = "EUR") -> list[ProductRow | RowProblem]:
    """Read an export, which has to be recognised as one of this layout."""
    path = folder / "export.csv"
    path.write_text(content, encoding="utf-8-sig", newline="")
    return read_file(path, layout, currency)


def read_file(path: Path, layout: str, currency: str) -> list[ProductRow | RowProblem]:
    """Read a file, which has to be recognised as one of this layout."""
    sheet = open_file(path)
    best = recognise(sheet.headers, sheet.sample)
    assert best.layout.name == layout
    assert best.score >= 0.6 or layout == "generic"
    return list(read_products(sheet, best.layout, currency))


def products(rows: list[ProductRow | RowProblem]) -> list[ProductRow]:
    """All rows, which have to be products."""
    assert [row for row in rows if isinstance(row, RowProblem)] == []
    return [row for row in rows if isinstance(row, ProductRow)]
