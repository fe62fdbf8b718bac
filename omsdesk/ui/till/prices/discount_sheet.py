"""Something off a line or off the whole sale: a share, an amount, another price; what it comes to is seen at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from omsdesk.ui import theme
from omsdesk.ui.theme import Tone
from omsdesk.ui.till.amount_field import TextField
from omsdesk.ui.till.counter import Tone as NoticeTone
from omsdesk.ui.till.prices.reductions import Offer, Way
from omsdesk.ui.till.sheets import Body
from omsdesk.ui.till.state import TillState
from omsdesk.ui.typed_amount import decimal_sign
from omsdesk.ui.widgets.amount_label import AmountLabel
from omsdesk.ui.widgets.card import Card
from omsdesk.ui.widgets.chips import Chips
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import column, row
from omsdesk.ui.widgets.number_pad import NumberPad
from omsdesk.ui.widgets.primary_button import PrimaryButton

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

WIDEST = 900
_WITH_PAD = 760
"""Pixels from which there is room for digits to tap."""
_QUICK = (5, 10, 15, 20, 50)
_WAYS = {"p": Way.PERCENT, "%": Way.PERCENT, "a": Way.AMOUNT, "n": Way.PRICE}


class DiscountSheet(Body):
    """F9, digits, Enter: a share off the chosen line. F9 turns to the whole sale; P, A and N say what is typed."""

    title = "Discount"
    width_limit = WIDEST
    help_page = "discount"

    def __init__(self, state: TillState) -> None:
        """Begin with the chosen line, if there is one that something can be taken off."""
        super().__init__()
        self.state = state
        self.way = Way.PERCENT
        self.is_whole = state.reductions.line() is None
        self.name = Label("", 18, 600)
        self.whole = KeyButton("Whole sale", "shopping-bag", "F9", height=52)
        self.whole.setCheckable(True)
        self.ways = {
            Way.PERCENT: KeyButton("Percent", "percent", "P", height=52),
            Way.AMOUNT: KeyButton("Amount", "banknote", "A", height=52),
            Way.PRICE: KeyButton("New price", "tag", "N", height=52),
        }
        self.field = DiscountField()
        self.quick = [KeyButton(f"{share} %", height=52) for share in _QUICK]
        self.reasons = Chips("Reason", state.counter.shop.discount_reasons)
        self.before, self.after = AmountLabel(size=28, tone=Tone.NEUTRAL), AmountLabel(size=40)
        self.save = PrimaryButton("Take it off", "check", "Enter")
        self.again = KeyButton("Take the discount off again", "undo-2", "Del", height=68, parent=self)
        self.pad = NumberPad(decimal_sign(state.counter.shop.locale), has_decimal=True)
        self._wire()
        self.setLayout(self._laid_out())
        self._show()

    def _wire(self) -> None:
        self.whole.clicked.connect(self.once_more)
        for way, button in self.ways.items():
            button.setCheckable(True)
            button.clicked.connect(partial(self.choose, way))
        for share, button in zip(_QUICK, self.quick, strict=True):
            button.clicked.connect(partial(self._quickly, share))
        self.field.textChanged.connect(self._show)
        self.field.returnPressed.connect(self.confirm)
        self.field.way_wanted.connect(self.choose)
        self.field.reason_stepped.connect(self.reasons.step)
        self.field.removed.connect(self._take_off_again)
        self.pad.keyed.connect(self.field.press)
        self.save.clicked.connect(self.confirm)
        self.again.clicked.connect(self._take_off_again)

    def _laid_out(self) -> QVBoxLayout:
        card = Card()
        card.setLayout(
            column(
                row(Label("Now", 16, 500, Tone.NEUTRAL), self.before),
                row(Label("With the discount", 16, 600), self.after),
                spacing=2,
                margins=(16, 10, 16, 10),
            )
        )
        head: QHBoxLayout = row(self.name, 1, self.whole)
        quick, ways = row(*self.quick), row(*self.ways.values())
        for made in (quick, ways):
            for at in range(made.count()):
                made.setStretch(at, 1)
        left = column(head, ways, self.field, quick, card, Label("Why", 14, 600), self.reasons, 1, spacing=12)
        made = row(left, self.pad, spacing=16)
        made.setStretch(0, 3)
        made.setStretch(1, 2)
        whole = QVBoxLayout()
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(made)
        return whole

    def buttons(self) -> Sequence[QWidget]:
        """Take it off, or off again."""
        return (self.again, self.save)

    def typing_place(self) -> QWidget:
        """Type into the field."""
        return self.field

    def begin(self) -> None:
        """Wait for digits."""
        self.field.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show digits to tap where there is room for them."""
        super().resizeEvent(event)
        self.pad.setVisible(self.width() >= theme.current().px(_WITH_PAD))

    # ------------------------------------------------------------------------------ what is shown

    def offer(self) -> Offer:
        """Work out what is typed."""
        reason = self.reasons.chosen
        return self.state.reductions.offer(is_whole=self.is_whole, way=self.way, text=self.field.text(), reason=reason)

    def _show(self) -> None:
        counter, reductions = self.state.counter, self.state.reductions
        line, offer = reductions.line(), self.offer()
        self.name.setText("Everything on this sale" if self.is_whole or line is None else line.article.name)
        self.whole.setChecked(self.is_whole)
        self.whole.setEnabled(line is not None)
        for way, button in self.ways.items():
            button.setChecked(way is self.way)
        self.ways[Way.PRICE].set_label("New total" if self.is_whole else "New price")
        self.field.setPlaceholderText("Percent" if self.way is Way.PERCENT else "0.00")
        self.before.setText(counter.money(offer.before))
        self.after.setText(counter.money(offer.after))
        self.after.set_tone(Tone.OK if offer.command else None)
        off = offer.before - offer.after
        self.save.setEnabled(offer.command is not None)
        self.save.set_label("Take off" if off.minor >= 0 else "Make dearer")
        self.save.set_amount(counter.money(off if off.minor >= 0 else -off) if offer.command else "")
        self.save.updateGeometry()
        self.again.setVisible(reductions.has_any(is_whole=self.is_whole))

    # ------------------------------------------------------------------------------ what is done

    def once_more(self) -> None:
        """Turn from the line to the whole sale, and back."""
        self.is_whole = not self.is_whole or self.state.reductions.line() is None
        self._show()
        self.field.setFocus()

    def choose(self, way: Way) -> None:
        """Say what is typed: a share, an amount, or what it comes to."""
        self.way = way
        self._show()
        self.field.selectAll()
        self.field.setFocus()

    def _quickly(self, share: int) -> None:
        self.way = Way.PERCENT
        self.field.setText(str(share))
        self._show()
        self.field.setFocus()

    def confirm(self) -> None:
        """Take off what is typed."""
        offer = self.offer()
        if offer.command is not None:
            self.done.emit()
            self.state.reductions.do(offer)
        elif offer.question:
            self.state.counter.say(NoticeTone.WARN, offer.question)

    def _take_off_again(self) -> None:
        if self.again.isVisible():
            self.done.emit()
            self.state.reductions.take_off_again(is_whole=self.is_whole)


class DiscountField(TextField):
    """Takes digits; P, A, N and % say what they are, the arrows choose the reason, Delete takes all off again."""

    way_wanted = Signal(Way)
    reason_stepped = Signal(int)
    removed = Signal()

    def __init__(self) -> None:
        """Wait for digits."""
        super().__init__(64)
        self.setAccessibleName("Discount")
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setMaxLength(12)
        self.setFont(theme.current().font(28, 600))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take what is no digit for what it means."""
        text = event.text().lower()
        if text in _WAYS:
            self.way_wanted.emit(_WAYS[text])
        elif event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.reason_stepped.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() == Qt.Key.Key_Delete and not self.text():
            self.removed.emit()
        elif not text.isalpha():
            super().keyPressEvent(event)
