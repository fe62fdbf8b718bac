"""The products page: the list, the form of one product and the import, one at a time."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from omsdesk.actions.execute import Changes
from omsdesk.domain.gtin import other_readings
from omsdesk.domain.values import barcode_key, is_gtin
from omsdesk.store.queries.catalogue import owners
from omsdesk.ui.catalogue.form_session import FormSession, Left, Part, Undo
from omsdesk.ui.catalogue.form_view import FormView
from omsdesk.ui.catalogue.import_session import ImportSession
from omsdesk.ui.catalogue.import_view import ImportView
from omsdesk.ui.catalogue.list_view import ListView
from omsdesk.ui.catalogue.office import Office
from omsdesk.ui.catalogue.session import ProductsSession
from omsdesk.ui.navigation import Intent, Screen, Unsaved
from omsdesk.ui.shop_bar import ShopBar
from omsdesk.ui.widgets.page_head import MARGIN


class ProductsScreen(Screen):
    """Shows the catalogue; a product opens in place of the list. ``labels_wanted`` names products that want labels."""

    labels_wanted = Signal(list)

    def __init__(self, office: Office) -> None:
        """Show the list."""
        super().__init__()
        self.office = office
        self.list = ListView(ProductsSession(office))
        self.form = FormView(FormSession(office, self._saved))
        self.importing = ImportView(ImportSession(office))
        self.shops = ShopBar(office, "Stock of")
        self.shops.setContentsMargins(MARGIN, 14, MARGIN, 0)
        self._stack = QStackedWidget()
        for view in (self.list, self.form, self.importing):
            self._stack.addWidget(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.shops, 0, Qt.AlignmentFlag.AlignRight)
        column.addWidget(self._stack)
        self._undo: Undo | Left | None = None
        self.form.session.listeners.append(self._form_told)
        self.list.product_wanted.connect(self.open)
        self.list.new_wanted.connect(self.begin)
        self.list.import_wanted.connect(self.begin_import)
        self.list.labels_wanted.connect(self._want_labels)
        self.form.left.connect(self.back)
        self.importing.left.connect(self._imported)
        for head in (self.list.head, self.form.head):
            head.undo.clicked.connect(self.take_back)
        office.feed.changed.connect(self._follow)

    # ------------------------------------------------------------------------------ where one is

    @property
    def view(self) -> QWidget:
        """What is shown."""
        return self._stack.currentWidget() or self.list

    def arrived(self) -> None:
        """Take the focus."""
        if self.view is self.list:
            self.list.arrived()

    def open(self, product: str) -> None:
        """Show a product."""
        self._leave_form()
        if self.form.session.open(product):
            self._show(self.form)
            self.form.begin()

    def begin(self) -> None:
        """Show an empty form."""
        if self.office.may_edit:
            self._leave_form()
            wanted = self._not_found()
            is_code = is_gtin(wanted)
            self.form.session.begin(
                name="" if is_code else wanted,
                category=self.list.session.category,
                code=wanted if is_code else "",
            )
            self._show(self.form)
            self.form.begin()

    def _not_found(self) -> str:
        """What was searched in vain: the product that is missing, by name or barcode."""
        listed = self.list.session
        return listed.text if self.view is self.list and not listed.rows.count else ""

    def begin_import(self) -> None:
        """Show the import page, ready for a file."""
        if self.office.may_edit:
            self._leave_form()
            self._show(self.importing)
            self.importing.session.begin()

    def back(self) -> None:
        """Return to the list, where it was left."""
        self._leave_form()
        self._show(self.list)
        self.list.arrived()

    def _imported(self) -> None:
        if self.importing.session.summary is not None:
            # What was imported is the newest, and stands at the top of the whole list.
            self.list.show_all()
        self.back()

    def _leave_form(self) -> None:
        left = self.form.session.leave() if self._in_form() else None
        if left is not None:
            self._saved(left)

    def _form_told(self, part: Part) -> None:
        if part is Part.ERRORS and self.form.session.refusal and self.view is self.list:
            # Left while it was being saved, and refused: nothing that was typed goes unseen.
            self._show(self.form)

    def _show(self, view: QWidget) -> None:
        self._stack.setCurrentWidget(view)

    def unsaved(self) -> Sequence[Unsaved]:
        """Tell which product is not saved: the open one, or the one that was left just now."""
        session = self.form.session
        if self._in_form() and session.has_changes:
            return (Unsaved(session.name, lambda: None, session.save, lambda: session.is_saving),)
        if isinstance(self._undo, Left) and not self.list.head.undo.isHidden():
            return (Unsaved(self._undo.name, self.take_back, session.save, lambda: session.is_saving),)
        return ()

    # ------------------------------------------------------------------------------ keys and scans

    def page_in_front(self) -> str:
        """Explain what is shown: the list, the form or the import."""
        return str(getattr(self.view, "help_page", ""))

    def intents(self) -> Sequence[Intent]:
        """What can be done with products."""
        marks = self.list.marks
        return (
            Intent("products.new", "New product", "plus", self.begin, "Ctrl+N", lambda: self.office.may_edit),
            Intent("products.find", "Find a product", "search", self._find, "Ctrl+F"),
            Intent("products.import", "Import products", "upload", self.begin_import, "Ctrl+I", self._may_import),
            Intent("products.save", "Save the product", "check", self.form.session.save, "Ctrl+S", self._in_form),
            Intent("products.labels", "Print labels", "barcode", self._want_labels, "Ctrl+P", self._can_label),
            Intent(
                "products.mark_all", "Mark all that are listed", "check", marks.mark_all, "Ctrl+A", self._may_mark_all
            ),
            Intent("products.unmark", "Unmark all", "x", marks.clear, "Esc", self._may_unmark),
            Intent("products.go_on", "Go on with the import", "arrow-right", self._go_on, "Ctrl+S", self._in_import),
            Intent("products.back", "Back", "arrow-left", self._step_back, "Esc", lambda: self.view is not self.list),
            Intent("products.undo", "Undo", "undo-2", self.take_back, "Ctrl+Z", self._can_undo),
        )

    def _can_label(self) -> bool:
        return bool(self._wanted())

    def _want_labels(self) -> None:
        wanted = self._wanted()
        if self.view is self.list:
            self.list.marks.clear()
        self.labels_wanted.emit(wanted)

    def _wanted(self) -> list[str]:
        """The product that is open, or what is marked in the list."""
        if self.view is self.list:
            return self.list.wanted
        is_known = self._in_form() and not self.form.session.is_new
        return [self.form.session.known.product] if is_known else []

    def _may_mark_all(self) -> bool:
        return self.view is self.list and self.list.may_mark_all

    def _may_unmark(self) -> bool:
        return self.view is self.list and self.list.marks.count > 0 and not self.list.search.text()

    def _in_form(self) -> bool:
        return self.view is self.form

    def _in_import(self) -> bool:
        return self.view is self.importing

    def _may_import(self) -> bool:
        return self.office.may_edit and not self._in_import()

    def _go_on(self) -> None:
        if self.importing.go.isVisible() and self.importing.go.isEnabled():
            self.importing.go_on()

    def _step_back(self) -> None:
        if self._in_import():
            self.importing.back()
        else:
            self.back()

    def _find(self) -> None:
        if self.view is not self.list:
            self.back()
        self.list.search.setFocus()
        self.list.search.selectAll()

    def scanned(self, code: str) -> bool:
        """In the form a scan is a barcode of the product; in the list it finds the product."""
        from omsdesk.devices import gs1

        article = gs1.article(code)
        if self._in_form():
            if self.office.may_edit:
                self.form.session.add_scanned(article)
            return True
        if self._in_import():
            return True
        keys = [barcode_key(article), *other_readings(article)]
        found = owners(self.office.reader, keys)
        owner = next(filter(None, map(found.get, keys)), None)
        if owner:
            self.open(owner)
        else:
            self.list.look_for(article)
        return True

    def typing_place(self) -> QWidget | None:
        """Typing searches, unless a form is open."""
        return self.list.search if self.view is self.list else None

    # ------------------------------------------------------------------------------ what was saved

    def _can_undo(self) -> bool:
        return self.list.head.undo.isVisible() or self.form.head.undo.isVisible()

    def _saved(self, undo: Undo | Left | None) -> None:
        self._undo = undo
        for head in (self.list.head, self.form.head):
            if undo is None:
                head.undo.dismiss()
            else:
                head.undo.offer(undo.sentence)
        self.list.session.refresh()

    def take_back(self) -> None:
        """Undo what was saved last."""
        undo, self._undo = self._undo, None
        if undo is not None:
            for head in (self.list.head, self.form.head):
                head.undo.dismiss()
        if isinstance(undo, Left):
            self.form.session.come_back(undo)
            self._show(self.form)
            self.form.begin()
        elif undo is not None:
            self.form.session.take_back(undo)

    def _follow(self, changes: Changes) -> None:
        if changes.touch("catalogue", "stock", "shop") and self.isVisible():
            self.list.session.refresh()
            if self._in_form():
                self.form.session.follow()
