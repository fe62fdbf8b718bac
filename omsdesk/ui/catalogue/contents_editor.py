"""What a bundle contains: a list of products with how many of each, and a field that takes the next one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from omsdesk.documents.formats import format_quantity
from omsdesk.domain.traits import Component
from omsdesk.ui.catalogue.counted_editor import CountedEditor, row_with_bin
from omsdesk.ui.catalogue.form_session import FormSession
from omsdesk.ui.widgets.label import Label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_EMPTY = "This product is no bundle. Scan or type what a bundle contains: that moves in the stock in its place."
_CODE = ("components", "Add a product", "Scan or type a barcode or SKU")
_COUNT = ("component_count", "How many", "")


class ContentsEditor(CountedEditor):
    """Each product with how many of it are in one bundle."""

    def __init__(self, session: FormSession) -> None:
        """Show what the session has."""
        super().__init__("Bundle", _EMPTY, _CODE, _COUNT, session.add_component)
        self._session = session
        self.typed.connect(partial(session.type_to_add, "components"))

    def show_contents(self) -> None:
        """Show the contents of the draft, and what is wrong with the product that was tried."""
        session = self._session
        self.show_rows(map(self._row, session.draft.components), may_edit=session.may_edit)
        self.show_typed(*session.to_add.get("components", ("", "1")))
        self.show_errors(session.errors)

    def _row(self, part: Component) -> QWidget:
        session = self._session
        name = session.contents.name_of(part.product)
        words = Label(f"{format_quantity(part.quantity, session.shop.locale)} × {name}", 16, 500)
        words.setWordWrap(True)
        take_off = partial(session.remove_component, part.product)
        return row_with_bin((words,), f"Take {name} out", take_off, may_edit=session.may_edit)
