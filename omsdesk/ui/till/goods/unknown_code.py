"""A barcode that nobody knows: the product is made in place and goes on the ticket in the same breath."""

from __future__ import annotations

from omsdesk.actions.execute import Done
from omsdesk.domain.catalogue import PackCode, ProductEdit, SaveProducts
from omsdesk.domain.tax import TaxRate
from omsdesk.domain.values import Money, barcode_key
from omsdesk.store.queries import till as queries
from omsdesk.ui.till.counter import Counter
from omsdesk.ui.till.intake import ProductWanted
from omsdesk.ui.till.session import TillSession


class UnknownCode:
    """State and intents of making a product at the till. While it is open, scans wait."""

    def __init__(self, counter: Counter, session: TillSession) -> None:
        """Take the ticket that the product will go on."""
        self.counter = counter
        self.session = session
        self.code = ""
        """The barcode in question; empty while there is none."""
        self._product = ""

    @property
    def is_allowed(self) -> bool:
        """Whether whoever stands here may make products."""
        return self.counter.person is not None and self.counter.person.may(SaveProducts.permission)

    def open(self, code: str) -> None:
        """Begin to make the product of a barcode."""
        self.code = code
        self.counter.hush()
        self.session.intake.ask(ProductWanted(code))

    def give_up(self) -> None:
        """Leave the barcode unknown; scans that waited come in now."""
        if self.code:
            self._close()

    def categories(self) -> list[str]:
        """List the categories there are."""
        return [name for name, _ in queries.categories(self.counter.reader)]

    def tax_rates(self) -> list[TaxRate]:
        """List the tax categories of the shop, each with its rate of today."""
        day = self.counter.day
        return [
            rate
            for rate in self.counter.shop.tax_rates
            if rate.valid_from <= day and (not rate.valid_to or day <= rate.valid_to)
        ]

    def save(self, name: str, price: Money, tax_category: str, category: str) -> None:
        """Save the product with its barcode and sell it."""
        self._product = self._product or self.counter.clock.new_id()
        edit = ProductEdit(
            self._product,
            name=name.strip(),
            price=price,
            tax_category=tax_category,
            category=category.strip(),
            barcodes=(PackCode(barcode_key(self.code)),),
        )
        self.counter.change(SaveProducts(self.counter.clock.new_id(), (edit,), "till"), then=self._saved)

    def _saved(self, _: Done) -> None:
        self.session.intake.chosen(self._product)
        self._close()

    def _close(self) -> None:
        self.code, self._product = "", ""
        self.session.intake.answered()
