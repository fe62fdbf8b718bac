"""Products for the scanner that is clicked: each with the barcode that it is scanned by."""

from __future__ import annotations

from omsdesk.domain.values import barcode_text
from omsdesk.store.engine import Connection
from omsdesk.store.queries import till as queries
from omsdesk.store.queries.catalogue import product_as_edit
from omsdesk.store.queries.search import search
from omsdesk.ui.widgets.result_list import Result

_MOST = 24


def goods_to_scan(reader: Connection, day: str, text: str) -> list[Result]:
    """List what was searched for, else what people see first here; what has no barcode is left out."""
    shop, products = queries.shop_of(reader, queries.station(reader).till), list[str]()
    if text:
        products = [hit.product for hit in search(reader, text, _MOST)]
    elif shop is not None:
        products = [tile.product for tile in queries.favourite_tiles(reader, shop, day)][:_MOST]
    known = (product_as_edit(reader, product) for product in products)
    return [
        Result(
            barcode_text(edit.barcodes[0].code), "scan-barcode", edit.name or "", barcode_text(edit.barcodes[0].code)
        )
        for edit in known
        if edit is not None and edit.barcodes
    ]
