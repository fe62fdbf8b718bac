"""The form of one product, laid out in cards."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from omsdesk.channels.product_files.words import UNITS
from omsdesk.ui.catalogue.barcode_editor import BarcodeEditor
from omsdesk.ui.catalogue.contents_editor import ContentsEditor
from omsdesk.ui.catalogue.form_session import FormSession, Part
from omsdesk.ui.catalogue.office import NO_RIGHT
from omsdesk.ui.catalogue.picture import Picture
from omsdesk.ui.catalogue.price_editor import PriceEditor
from omsdesk.ui.catalogue.variant_maker import VariantMaker
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.card_column import CardColumn
from omsdesk.ui.widgets.field_card import Field, FieldCard, choices, combo, fill, hear, line
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.page_head import PageHead
from omsdesk.ui.widgets.passing_banner import PassingBanner
from omsdesk.ui.widgets.primary_button import PrimaryButton

_DESCRIPTION = 84
_POLICIES = (
    ("", "Shop’s rule"),
    ("allow", "Sell all the same"),
    ("warn", "Sell, and say so"),
    ("approve", "Ask for approval"),
    ("refuse", "Only what is at hand"),
)


class FormView(QWidget):
    """Shows a form session; ``left`` when a person is done with it."""

    left = Signal()
    help_page = "product"

    def __init__(self, session: FormSession) -> None:
        """Lay the fields out."""
        super().__init__()
        self.session = session
        session.listeners.append(self._follow)
        self.save = PrimaryButton("Save", "check", "Ctrl S")
        self.save.HEIGHT = 48
        self.save.clicked.connect(session.save)
        self.head = PageHead("", [self.save], has_back=True)
        self.head.went_back.connect(self.left)
        self.banner = PassingBanner()
        self.banner.gone.connect(self.session.was_read)
        self.barcodes = BarcodeEditor(session)
        self.prices = PriceEditor(session)
        self.contents, self.variants = ContentsEditor(session), VariantMaker(session)
        self.picture = Picture(session.office.work)
        self._image = line("Path of a file")
        self._choose = KeyButton("Choose a file…", "image", height=40)
        self._cards = [self._identity(), self._price(), self._till()]
        identity, price, till = self._cards
        self.room = CardColumn(
            [[[identity, self.contents, self.variants], [price, self.barcodes, till]], [self.prices]]
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.banner)
        column.addWidget(self.room, 1)
        for card in self._cards:
            for name in card.names:
                hear(card.editor(name), partial(session.set, name))

    # ------------------------------------------------------------------------------ layout

    def _identity(self) -> FieldCard:
        description = QPlainTextEdit()
        description.setFixedHeight(_DESCRIPTION)
        description.setTabChangesFocus(True)
        card = FieldCard(
            "Product",
            [
                [Field("name", "Name", line())],
                [Field("variant", "Variant", line("such as 250 g, red, L")), Field("brand", "Brand", line())],
                [
                    Field("sku", "SKU", line()),
                    Field("category", "Category", combo(is_editable=True, placeholder="Choose or type a new one")),
                ],
                [Field("description", "Description", description)],
            ],
        )
        self._image.setAccessibleName("Path of the picture")
        hear(self._image, lambda value: self._image_typed(str(value)))
        self._choose.clicked.connect(self._choose_picture)
        row, side = QHBoxLayout(), QVBoxLayout()
        row.setSpacing(16)
        side.setSpacing(8)
        row.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        side.addWidget(Label("Picture", 14, 600))
        side.addWidget(self._image)
        side.addWidget(self._choose, 0, Qt.AlignmentFlag.AlignLeft)
        side.addStretch(1)
        row.addLayout(side, 1)
        card.column.addLayout(row)
        return card

    def _price(self) -> FieldCard:
        currency = self.session.shop.currency
        return FieldCard(
            "Price",
            [
                [
                    Field("price", f"Price in {currency}", line(is_number=True)),
                    Field("unit", "Sold by", combo(is_editable=True)),
                ],
                [Field("tax_category", "Tax", combo())],
            ],
        )

    def _till(self) -> FieldCard:
        currency = self.session.shop.currency
        return FieldCard(
            "At the till",
            [
                [
                    Field("favourite", "Favourite no.", line("none", is_number=True)),
                    Field("is_sold", "Sale", QCheckBox("Is sold")),
                    Field("is_tracked", "Stock", QCheckBox("Is counted")),
                ],
                [
                    Field("age", "Youngest age", line("any", is_number=True)),
                    Field("asks_price", "Price", QCheckBox("Is typed each time")),
                    Field("is_divisible", "Pieces", QCheckBox("May be broken")),
                ],
                [
                    Field("minimum_price", f"Minimum price in {currency}", line("none", is_number=True)),
                    Field("asks_serial", "Serial number", QCheckBox("Is asked")),
                    Field("asks_lot", "Lot", QCheckBox("Is asked")),
                ],
                [
                    Field("deposit", "Deposit on top", combo()),
                    Field("is_deposit", "Deposit", QCheckBox("Is one itself")),
                    Field("stock_policy", "When sold out", combo()),
                ],
                [
                    Field("modifiers", "Extras that are asked", line("such as Milk, Size"), share=2),
                    Field("is_gift_card", "Gift card", QCheckBox("Stands for one")),
                ],
            ],
        )

    # ------------------------------------------------------------------------------ what the session says

    def editor(self, name: str) -> QWidget:
        """Find the editor of a field."""
        return next(card.editor(name) for card in self._cards if name in card.names)

    def begin(self) -> None:
        """Take the focus: the form was just opened."""
        self.room.to_top()
        self.editor("name").setFocus()

    def _follow(self, part: Part) -> None:
        if part is Part.ALL:
            self._show_all()
        if part in {Part.ALL, Part.BARCODES}:
            self.barcodes.show_barcodes()
        if part in {Part.ALL, Part.CONTENTS}:
            self.contents.show_contents()
        if part in {Part.ALL, Part.ERRORS, Part.STATE}:
            self.variants.show_variants()
        if part in {Part.ALL, Part.PRICES}:
            self.prices.show_prices()
        if part in {Part.ALL, Part.ERRORS}:
            self._show_errors()
        self._show_state()

    def _show_all(self) -> None:
        session, may_edit = self.session, self.session.may_edit
        category, tax, unit = self.editor("category"), self.editor("tax_category"), self.editor("unit")
        assert isinstance(category, QComboBox)
        assert isinstance(tax, QComboBox)
        assert isinstance(unit, QComboBox)
        choices(category, [(name, name) for name in session.categories()], session.draft.category)
        choices(tax, session.taxes(), session.draft.tax_category)
        choices(unit, [(name, name) for name in UNITS], session.draft.unit)
        deposit, policy = self.editor("deposit"), self.editor("stock_policy")
        assert isinstance(deposit, QComboBox)
        assert isinstance(policy, QComboBox)
        choices(deposit, session.deposits(), session.draft.deposit)
        choices(policy, _POLICIES, session.draft.stock_policy)
        for card in self._cards:
            for name in card.names:
                fill(card.editor(name), getattr(session.draft, name))
                card.editor(name).setEnabled(may_edit)
        fill(self._image, session.draft.image)
        self.picture.show_path(session.draft.image)
        for widget in (self._image, self._choose):
            widget.setEnabled(may_edit)

    def _show_errors(self) -> None:
        marked = [
            card.show_errors(self.session.errors)
            for card in (*self._cards, self.barcodes, self.contents, self.variants)
        ]
        self.prices.show_error_lines()
        first = next((editor for editor in marked if editor is not None), None)
        if first is not None:
            first.setFocus()
            self.room.ensureWidgetVisible(first)
        if self.session.refusal:
            self.banner.say(self.session.refusal, Tone.BAD, "circle-alert")
        elif not self.session.may_edit:
            self.banner.say(NO_RIGHT, Tone.NEUTRAL, "lock")
        elif self.session.notice:
            self.banner.say(self.session.notice, Tone.WARN, "triangle-alert")
        else:
            self.banner.hide()

    def _show_state(self) -> None:
        session = self.session
        stock = f"{session.on_hand} on hand" if session.on_hand else "Stock not counted yet"
        self.head.say(session.title, "" if session.is_new else stock)
        self.save.setVisible(session.may_edit)
        self.save.setEnabled((session.has_changes or session.is_new) and not session.is_saving)
        self.save.set_busy(session.is_saving)

    # ------------------------------------------------------------------------------ the picture

    def _image_typed(self, path: str) -> None:
        self.session.set("image", path)
        self.picture.show_path(path)

    def _choose_picture(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self, "Choose a picture", str(Path.home()), "Pictures (*.png *.jpg *.jpeg *.webp)"
        )
        if path:
            fill(self._image, path)
            self._image_typed(path)
