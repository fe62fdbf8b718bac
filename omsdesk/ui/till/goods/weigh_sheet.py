"""How much of what is sold by weight or length: the scale says it, or it is typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRegularExpression, Qt, QTimer
from PySide6.QtGui import QRegularExpressionValidator

from omsdesk.domain.pricing import unit_price
from omsdesk.domain.units import WEIGHTS, decimals, in_unit
from omsdesk.domain.values import ONE, Quantity
from omsdesk.ui import theme
from omsdesk.ui.theme import Tone
from omsdesk.ui.till.amount_field import TextField
from omsdesk.ui.till.goods.incoming import QuantityWanted
from omsdesk.ui.till.sheets import FORM_WIDTH, Body
from omsdesk.ui.till.state import TillState
from omsdesk.ui.typed_amount import decimal_sign
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import column
from omsdesk.ui.widgets.number_pad import NumberPad
from omsdesk.ui.widgets.primary_button import PrimaryButton

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_LOOKS_MS = 150
"""How often the scale is looked at: as quick as a hand."""
_NAMES = {"kg": "kilograms", "g": "grams", "lb": "pounds", "oz": "ounces", "m": "metres", "cm": "centimetres",
          "ft": "feet", "m2": "square metres", "l": "litres", "ml": "millilitres", "h": "hours"}  # fmt: skip


class WeighSheet(Body):
    """Shows what the scale shows; what is typed goes before."""

    width_limit = FORM_WIDTH
    help_page = "weigh"

    def __init__(self, state: TillState, demand: QuantityWanted) -> None:
        """Ask how much of the article."""
        super().__init__()
        self.state, self.demand = state, demand
        self.article = demand.coming.article
        counter, unit = state.counter, self.article.unit
        self.scale = counter.scale if unit in WEIGHTS else None
        self.title = "Put it on the scale" if self.scale else "How much of it?"
        price = unit_price(self.article.prices, ONE)
        each = f" · {counter.money(price)} / {unit}" if price else ""
        name = Label(f"{self.article.name}{each}", 18, 600, Tone.NEUTRAL)
        name.setWordWrap(True)
        self.field = TextField(72)
        self.field.decimal_sign = decimal_sign(counter.shop.locale)
        self.field.setAccessibleName(f"Quantity in {_NAMES.get(unit, unit)}")
        pattern = QRegularExpression("\\d{0,6}([.,]\\d{0,3})?")
        self.field.setValidator(QRegularExpressionValidator(pattern, self.field))
        self.field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.field.setFont(theme.current().font(32, 600))
        self.field.returnPressed.connect(self.confirm)
        self.field.textChanged.connect(self._show)
        self.amount = Label("", 22, 600)
        self.status = Label("", 16, 500, Tone.WARN)
        self.status.setWordWrap(True)
        self.pad = NumberPad(decimal_sign(counter.shop.locale))
        self.pad.keyed.connect(self.field.press)
        self.pad.give_way()
        self.save = PrimaryButton("Add to the sale", "plus", "Enter")
        self.save.clicked.connect(self.confirm)
        parts = [name, self.field, self.amount, self.status, self.pad]
        made = column(*parts, 1, spacing=12)
        made.setStretch(len(parts) - 1, 100)
        self.setLayout(made)
        self._looks = QTimer(self)
        self._looks.timeout.connect(self._show)
        if self.scale is not None:
            self._looks.start(_LOOKS_MS)
        self._show()

    def buttons(self) -> Sequence[QWidget]:
        """In sight however large the letters are."""
        return (self.save,)

    def typing_place(self) -> QWidget:
        """Type how much."""
        return self.field

    def begin(self) -> None:
        """Wait for typing."""
        self.field.setFocus()

    def quantity(self) -> Quantity | None:
        """Read how much: what was typed, else what the scale shows; None where neither is one to sell by."""
        text = self.field.text().strip(".,").replace(",", ".")
        if text:
            typed = Quantity.of(text)
            return typed or None
        weight = self.scale.live_weight().weight if self.scale else None
        return in_unit(weight, self.article.unit) if weight else None

    def _show(self) -> None:
        counter, unit, quantity = self.state.counter, self.article.unit, self.quantity()
        # What lies on the scale is as large as what is typed, and stands where it would.
        shown = quantity if quantity and not self.field.text() else Quantity(0)
        self.field.setPlaceholderText(f"{counter.quantity(shown, decimals(unit))} {unit}")
        price = unit_price(self.article.prices, quantity) if quantity else None
        words = f"{counter.quantity(quantity, decimals(unit))} {unit}" if quantity else ""
        self.amount.setText(f"{words} = {counter.money(price.times(quantity))}" if price and quantity else words)
        is_asking = self.scale is not None and not self.field.text()
        self.status.setText(self.scale.live_weight().sentence if is_asking and self.scale else "")
        self.status.setVisible(bool(self.status.text()))
        self.save.setEnabled(quantity is not None)

    def confirm(self) -> None:
        """Sell so much."""
        quantity = self.quantity()
        if quantity is not None:
            self._looks.stop()
            self.state.session.intake.answer(replace(self.demand.coming, quantity=quantity, is_sized=True))

    def left(self) -> None:
        """Leave the article out where nothing was said."""
        self._looks.stop()
        self.state.session.intake.give_up(self.demand)
