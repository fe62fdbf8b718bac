"""All products of a shop in a file: to be looked at, changed in a table and imported again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from omsdesk.channels.product_files import written
from omsdesk.domain.catalogue import ProductEdit
from omsdesk.domain.values import barcode_text
from omsdesk.store.engine import Connection
from omsdesk.store.queries.catalogue import product_as_edit
from omsdesk.store.queries.products import deposits, last_no, listed

_STRETCH = 500


def export_products(reader: Connection, path: Path) -> int | str:
    """Write all products into a file; gives how many, or why not."""
    try:
        return written.write(path, _products(reader), _deposit_names(reader))
    except OSError as error:
        return f"“{path.name}” cannot be written: {error.strerror}. Choose another folder."


def _products(reader: Connection) -> Iterator[ProductEdit]:
    top = last_no(reader)
    while top > 0:
        for row in listed(reader, "", top, _STRETCH):
            found = product_as_edit(reader, row.product)
            if found is not None:
                yield found
        top -= _STRETCH


def _deposit_names(reader: Connection) -> dict[str, str]:
    """Name each deposit as an import finds it again: by its SKU, else by a barcode."""
    named = {}
    for product, _ in deposits(reader):
        found = product_as_edit(reader, product)
        if found is not None:
            codes = (barcode_text(pack.code) for pack in found.barcodes or ())
            named[product] = found.sku or next(codes, "")
    return named
