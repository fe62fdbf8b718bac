"""The list of products with its search and its filter, laid out."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from omsdesk.documents.formats import format_money, format_quantity
from omsdesk.ui.amounts import count_text
from omsdesk.ui.catalogue.office import NO_RIGHT
from omsdesk.ui.catalogue.product_list import ProductList, ProductTable
from omsdesk.ui.catalogue.session import MOST_FOUND, ProductsSession
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.empty_state import EmptyState
from omsdesk.ui.widgets.field_card import choices, combo, read
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.page_head import MARGIN, PageHead
from omsdesk.ui.widgets.passing_banner import PassingBanner
from omsdesk.ui.widgets.primary_button import PrimaryButton
from omsdesk.ui.widgets.search_field import SearchField

_ALL = "All categories"


class ListView(QWidget):
    """Emits ``product_wanted(id)``, ``new_wanted`` and ``import_wanted``."""

    product_wanted = Signal(str)
    new_wanted = Signal()
    import_wanted = Signal()
    help_page = "products"

    def __init__(self, session: ProductsSession) -> None:
        """Show the session's rows."""
        super().__init__()
        self.session = session
        session.listeners.append(self._follow)
        locale = session.office.shop.locale
        self.new = PrimaryButton("New product", "plus", "Ctrl N")
        self.new.HEIGHT = 48
        self.new.clicked.connect(self.new_wanted)
        self.importing = KeyButton("Import…", "upload", "Ctrl I")
        self.importing.clicked.connect(self.import_wanted)
        self.exporting = KeyButton("Export…", "download")
        self.exporting.clicked.connect(self.choose_place)
        self.head = PageHead("Products", [self.importing, self.exporting, self.new])
        self.banner = PassingBanner()
        self.search = SearchField("Name, SKU, brand or barcode", "Ctrl F")
        self.filter = combo()
        self.filter.setAccessibleName("Category")
        self.filter.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.list = ProductList(lambda m: format_money(m, locale), lambda q: format_quantity(q, locale))
        self.list.chosen.connect(self.product_wanted)
        self.list.verticalScrollBar().valueChanged.connect(self._scrolled)
        self._nothing = EmptyState("package", "No products yet. Import a file, or begin with one.", "Import a file")
        self._nothing.pressed.connect(self.import_wanted)
        self._not_found = EmptyState("search", "Nothing is called that.", "New product")
        self._not_found.pressed.connect(self.new_wanted)
        self._stack = QStackedWidget()
        for page in (ProductTable(self.list), self._nothing, self._not_found):
            self._stack.addWidget(page)
        self._lay_out()
        self.search.textChanged.connect(session.search)
        self.search.cleared.connect(lambda: session.search(""))
        self.search.stepped.connect(self.list.step)
        self.search.returnPressed.connect(self.list.choose_current)
        self.filter.currentIndexChanged.connect(lambda _: session.filter(str(read(self.filter))))

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(12)
        tools.addWidget(self.search, 3)
        tools.addWidget(self.filter, 1)
        body = QVBoxLayout()
        body.setContentsMargins(MARGIN, 4, MARGIN, MARGIN)
        body.setSpacing(16)
        body.addLayout(tools)
        body.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.banner)
        column.addLayout(body, 1)

    def arrived(self) -> None:
        """Take the focus and ask for what is there now."""
        may_edit = self.session.office.may_edit
        self.new.setVisible(may_edit)
        self.importing.setVisible(may_edit)
        self.exporting.setVisible(may_edit)
        self._nothing.button.setVisible(may_edit)
        self._not_found.button.setVisible(may_edit)
        if may_edit:
            self.banner.hide()
        else:
            self.banner.say(NO_RIGHT, Tone.NEUTRAL, "lock")
        self.search.setFocus()
        self.session.refresh()

    def choose_place(self) -> None:
        """Write all products into a file that somebody names: a table that can be imported again."""
        path, _ = QFileDialog.getSaveFileName(self, "Save all products", "products.csv", "CSV (*.csv)")
        if path:
            self.hand_out(Path(path))

    def hand_out(self, path: Path) -> None:
        """Write all products into a file."""
        from omsdesk.actions.export_catalogue import export_products

        def arrived(count: int | str) -> None:
            if isinstance(count, str):
                self.banner.say(count, Tone.BAD, "circle-alert")
            else:
                said = count_text(count, self.session.office.shop.locale)
                self.banner.say(f"{said} products are in “{path.name}”.", Tone.OK, "circle-check")

        self.session.office.work.ask(lambda connection: export_products(connection, path), arrived)

    def _scrolled(self) -> None:
        self.session.around = max(0, self.list.row_at(QPoint(0, 0)))

    def show_all(self) -> None:
        """Show the whole catalogue, whatever was searched before."""
        self.search.clear()
        self.filter.setCurrentIndex(0)

    def look_for(self, text: str) -> None:
        """Search for a text as if it had been typed."""
        self.search.setText(text)

    def _follow(self, are_new: bool) -> None:
        session = self.session
        if not are_new:
            self.list.viewport().update()
            return
        hues = dict(session.categories)
        names = sorted((name for name, _ in session.categories), key=str.casefold)
        known = [("", _ALL), *((name, name) for name in names)]
        if [self.filter.itemText(at) for at in range(self.filter.count())] != [label for _, label in known]:
            choices(self.filter, known, session.category)
        is_same = (session.text, session.category) == self._shown
        self._shown = (session.text, session.category)
        self.list.show_rows(session.rows, hues, keeps_place=is_same)
        self._stack.setCurrentIndex(1 if session.is_empty else 0 if session.rows.count else 2)
        if session.text:
            self._not_found.set_content("search", f"No product is called “{session.text}”.")
        else:
            self._not_found.set_content("package", f"No product is in “{session.category}”.")
        self.head.say("Products", "" if session.is_empty else _counted(session))

    _shown: tuple[str, str] | None = None


def _counted(session: ProductsSession) -> str:
    count = session.rows.count
    number = count_text(count, session.office.shop.locale)
    if session.text:
        return f"{number} found" if count < MOST_FOUND else f"The {number} likeliest: type more to see others"
    return f"{number} product{'' if count == 1 else 's, the newest first'}"
