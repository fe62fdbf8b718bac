"""The products that a bundle can contain: found by barcode or SKU, and never a bundle again."""

from __future__ import annotations

from collections.abc import Iterable

from omsdesk.channels.product_files.amounts import read_quantity
from omsdesk.domain.traits import Component
from omsdesk.domain.values import ONE
from omsdesk.store.queries.till import Found, product_by_id
from omsdesk.ui.catalogue.draft import mark_of
from omsdesk.ui.catalogue.office import Office
from omsdesk.ui.goods_by_code import by_code


class Contents:
    """Finds products for a bundle, and says why one cannot be in it."""

    def __init__(self, office: Office) -> None:
        """Ask the database of the office."""
        self._office = office

    def read(self, text: str, count: str, known: Iterable[Component], bundle: str) -> Component:
        """Find the product that was scanned or typed.

        Raises:
            ValueError: a sentence that says why it cannot be added.

        """
        found = self._find(text.strip())
        if found is None:
            raise ValueError(f"Nobody knows “{text.strip()}”." if text.strip() else "Scan or type a product.")
        article = found.article
        if article.product == bundle:
            raise ValueError("A bundle cannot contain itself.")
        if article.traits.components:
            raise ValueError(f"“{article.name}” is a bundle itself. Add what it contains.")
        if any(part.product == article.product for part in known):
            raise ValueError(f"“{article.name}” is on the list already.")
        quantity = read_quantity(count, mark_of(self._office.shop)) or ONE
        if quantity.micro <= 0:
            raise ValueError("Type how many are in one bundle.")
        return Component(article.product, quantity.times(found.pack) if found.pack != ONE else quantity)

    def _find(self, code: str) -> Found | None:
        reader, shop, day = self._office.reader, self._office.shop, self._office.clock.now().day
        return by_code(reader, code, shop, day)

    def name_of(self, product: str) -> str:
        """Name a product of a bundle."""
        office = self._office
        found = product_by_id(office.reader, product, office.shop, office.clock.now().day)
        return found.article.name if found else "A product that is not known here"
