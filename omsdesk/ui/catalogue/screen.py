"""The products page: the list, the form of one product and the import, one at a time."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from omsdesk.actions.execute import Changes
from omsdesk.domain.values import barcode_key
from omsdesk.store.queries.catalogue import owners
from omsdesk.ui.catalogue.form_session import FormSession, Undo
from omsdesk.ui.catalogue.form_view import FormView
from omsdesk.ui.catalogue.list_view import ListView
from omsdesk.ui.catalogue.office import Office
from omsdesk.ui.catalogue.session import ProductsSession
from omsdesk.ui.navigation import Intent, Screen


class ProductsScreen(Screen):
    """Shows the catalogue; a product opens in place of the list."""

    def __init__(self, office: Office) -> None:
        """Show the list."""
        super().__init__()
        self.office = office
        self.list = ListView(ProductsSession(office))
        self.form = FormView(FormSession(office, self._saved))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.form)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self._undo: Undo | None = None
        self.list.product_wanted.connect(self.open)
        self.list.new_wanted.connect(self.begin)
        self.form.left.connect(self.back)
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
        if self.form.session.open(product):
            self._show(self.form)
            self.form.begin()

    def begin(self) -> None:
        """Show an empty form."""
        if self.office.may_edit:
            self.form.session.begin(category=self.list.session.category)
            self._show(self.form)
            self.form.begin()

    def back(self) -> None:
        """Return to the list, where it was left."""
        self._show(self.list)
        self.list.arrived()

    def _show(self, view: QWidget) -> None:
        self._stack.setCurrentWidget(view)

    # ------------------------------------------------------------------------------ keys and scans

    def intents(self) -> Sequence[Intent]:
        """What can be done with products."""
        return (
            Intent("products.new", "New product", "plus", self.begin, "Ctrl+N", lambda: self.office.may_edit),
            Intent("products.find", "Find a product", "search", self._find, "Ctrl+F"),
            Intent("products.save", "Save the product", "check", self.form.session.save, "Ctrl+S", self._in_form),
            Intent("products.back", "Back to the list", "arrow-left", self.back, "Esc", self._in_form),
            Intent("products.undo", "Undo", "undo-2", self.take_back, "Ctrl+Z", lambda: self._undo is not None),
        )

    def _in_form(self) -> bool:
        return self.view is self.form

    def _find(self) -> None:
        if self.view is not self.list:
            self.back()
        self.list.search.setFocus()
        self.list.search.selectAll()

    def scanned(self, code: str) -> bool:
        """In the form a scan is a barcode of the product; in the list it finds the product."""
        if self._in_form():
            if self.office.may_edit:
                self.form.session.add_barcode(code)
            return True
        key = barcode_key(code)
        owner = owners(self.office.reader, [key]).get(key)
        if owner:
            self.open(owner)
        else:
            self.list.look_for(code)
        return True

    def typing_place(self) -> QWidget | None:
        """Typing searches, unless a form is open."""
        return self.list.search if self.view is self.list else None

    # ------------------------------------------------------------------------------ what was saved

    def _saved(self, undo: Undo | None) -> None:
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
            self.form.session.take_back(undo)

    def _follow(self, changes: Changes) -> None:
        if changes.touch("catalogue", "stock", "shop") and self.isVisible():
            self.list.session.refresh()
            if self._in_form():
                self.form.session.follow()
