"""What goes with an article: choices as large keys, one question after another."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from omsdesk.domain.catalogue import Article
from omsdesk.domain.pricing import unit_price
from omsdesk.domain.values import ONE
from omsdesk.store.queries.till import product_by_sku
from omsdesk.ui.theme import Tone
from omsdesk.ui.till.goods.incoming import ExtrasWanted
from omsdesk.ui.till.sheets import Body
from omsdesk.ui.till.state import TillState
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import column
from omsdesk.ui.widgets.primary_button import PrimaryButton

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_COLUMNS = 3
_KEYS = 9


class ExtrasSheet(Body):
    """Asks for one group of choices; 1 to 9 choose, Enter goes on."""

    help_page = "extras"

    def __init__(self, state: TillState, demand: ExtrasWanted) -> None:
        """Show what can be chosen."""
        super().__init__()
        self.state, self.demand = state, demand
        self.group = demand.group
        self.title = self.group.name
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        name = Label(f"{demand.coming.article.name} · {self._how_many()}", 18, 600, Tone.NEUTRAL)
        name.setWordWrap(True)
        self.options = self._options()
        grid = QGridLayout()
        grid.setSpacing(8)
        self.keys: dict[str, KeyButton] = {}
        for number, article in enumerate(self.options):
            button = self._button(number, article)
            self.keys[article.product] = button
            grid.addWidget(button, number // _COLUMNS, number % _COLUMNS)
        self.error = Label("", 16, 600, Tone.BAD)
        self.error.hide()
        self.save = PrimaryButton("Go on", "check", "Enter")
        self.save.clicked.connect(self.confirm)
        made = column(name, spacing=16)
        made.addLayout(grid)
        for part in (self.error, self.save):
            made.addWidget(part)
        made.addStretch(1)
        self.setLayout(made)

    def _how_many(self) -> str:
        least, most = self.group.least, self.group.most
        if least == most:
            return "one" if most == 1 else str(most)
        return f"{least} to {most}" if least else f"up to {most}"

    def _options(self) -> list[Article]:
        counter = self.state.counter
        found = (product_by_sku(counter.reader, sku, counter.shop, counter.day) for sku in self.group.options)
        return [row.article for row in found if row is not None and row.is_sold and row.article.prices]

    def _button(self, number: int, article: Article) -> KeyButton:
        price = unit_price(article.prices, ONE)
        costs = f"  + {self.state.counter.money(price)}" if price else ""
        button = KeyButton(f"{article.name}{costs}", "plus", str(number + 1) if number < _KEYS else "", height=68)
        button.setCheckable(True)
        button.clicked.connect(partial(self._chosen, article))
        return button

    @property
    def chosen(self) -> tuple[Article, ...]:
        """What was chosen, in the order in which it is shown."""
        return tuple(row for row in self.options if self.keys[row.product].isChecked())

    def _chosen(self, article: Article, _is_on: object = None) -> None:
        if self.group.most == 1:
            for product, button in self.keys.items():
                button.setChecked(product == article.product and button.isChecked())
        self._say("")
        if self.group.takes_one and self.chosen:
            self.confirm()

    def _say(self, error: str) -> None:
        self.error.setText(error)
        self.error.setVisible(bool(error))

    def begin(self) -> None:
        """Wait for a key."""
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by number, go on by Enter."""
        number = event.text()
        if number.isdecimal() and 0 < int(number) <= min(len(self.options), _KEYS):
            self.keys[self.options[int(number) - 1].product].click()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.confirm()
        else:
            super().keyPressEvent(event)

    def typing_place(self) -> ExtrasSheet:
        """Take keys itself."""
        return self

    def confirm(self) -> None:
        """Go on with what was chosen, or say how many it has to be."""
        chosen, coming = self.chosen, self.demand.coming
        # Where nothing can be chosen any more nobody is kept from selling.
        error = self.group.fault(len(chosen)) if self.options else ""
        if error:
            self._say(error)
            return
        asked = (*coming.asked, self.group.name)
        self.state.session.intake.answer(replace(coming, parts=(*coming.parts, *chosen), asked=asked))

    def left(self) -> None:
        """Leave the article out where nothing was said."""
        self.state.session.intake.give_up(self.demand)
