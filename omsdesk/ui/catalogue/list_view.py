"""The list of products with its search and its filter, laid out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from omsdesk.documents.formats import format_money, format_quantity
from omsdesk.ui.amounts import count_text
from omsdesk.ui.catalogue.marks import Marks
from omsdesk.ui.catalogue.marks_bar import MarksBar
from omsdesk.ui.catalogue.office import NO_RIGHT
from omsdesk.ui.catalogue.product_list import ProductList, ProductTable
from omsdesk.ui.catalogue.session import MOST_FOUND, ProductsSession
from omsdesk.ui.keyboard import TAKES_KEYS, typed_text
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.empty_state import EmptyState
from omsdesk.ui.widgets.field_card import choices, combo, read
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.page_head import MARGIN, PageHead
from omsdesk.ui.widgets.passing_banner import PassingBanner
from omsdesk.ui.widgets.primary_button import PrimaryButton
from omsdesk.ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_ALL = "All categories"


class ProductSearch(SearchField):
    """Emits ``marked`` for Space while it is empty, and ``extended(±1)`` for Shift with ↑ and ↓."""

    marked = Signal()
    extended = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand on what is meant for the list."""
        is_arrow = event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}
        if event.key() == Qt.Key.Key_Space and not self.text():
            self.marked.emit()
        elif is_arrow and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.extended.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)


class ListView(QWidget):
    """Emits ``product_wanted(id)``, ``new_wanted``, ``import_wanted`` and ``labels_wanted``."""

    product_wanted = Signal(str)
    labels_wanted = Signal()
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
        self.search = ProductSearch("Name, SKU, brand or barcode", "Ctrl F")
        self.filter = combo()
        self.filter.setAccessibleName("Category")
        self.filter.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.marks = Marks(session)
        self.bar = MarksBar(self.marks, locale)
        self.list = ProductList(lambda m: format_money(m, locale), lambda q: format_quantity(q, locale), self.marks)
        self.list.setProperty(TAKES_KEYS, True)
        self.table = ProductTable(self.list)
        self.list.chosen.connect(self.product_wanted)
        self.list.verticalScrollBar().valueChanged.connect(self._scrolled)
        self._nothing = EmptyState("package", "No products yet. Import a file, or begin with one.", "Import a file")
        self._nothing.pressed.connect(self.import_wanted)
        self._not_found = EmptyState("search", "Nothing is called that.", "New product")
        self._not_found.pressed.connect(self.new_wanted)
        self._stack = QStackedWidget()
        for page in (self.table, self._nothing, self._not_found):
            self._stack.addWidget(page)
        self._lay_out()
        self.search.textChanged.connect(session.search)
        self.search.cleared.connect(lambda: session.search(""))
        self.search.stepped.connect(self.list.step)
        self.search.returnPressed.connect(self.list.choose_current)
        self.filter.currentIndexChanged.connect(lambda _: session.filter(str(read(self.filter))))
        self._wire_marks()

    def _wire_marks(self) -> None:
        marks = self.marks
        marks.listeners.append(self._show_marks)
        self.list.mark_wanted.connect(marks.toggle)
        self.list.range_wanted.connect(marks.mark_rows)
        self.search.marked.connect(self.list.mark_current)
        self.search.extended.connect(self.list.extend)
        self.table.names.pressed.connect(lambda: marks.clear() if marks.count else marks.mark_all())
        self.bar.labels_wanted.connect(self.labels_wanted)

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
        body.addWidget(self.bar)
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Search for what is typed on the list: no key of it means anything there."""
        if typed_text(event).strip():
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            QApplication.sendEvent(self.search, event)
        else:
            super().keyPressEvent(event)

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

    @property
    def wanted(self) -> list[str]:
        """The products that are marked, or the current one where none is."""
        return self.marks.products or [product for product in (self.list.current,) if product]

    @property
    def may_mark_all(self) -> bool:
        """Whether there is anything to mark, and the key that does it is not wanted by what is being typed."""
        return self.session.rows.count > 0 and not (self.search.hasFocus() and self.search.text())

    def _show_marks(self) -> None:
        self.list.viewport().update()
        self.table.names.follow(self.marks.count, self.session.rows.count)
        self.bar.follow(self.session.rows.count)

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
        self._show_marks()
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
