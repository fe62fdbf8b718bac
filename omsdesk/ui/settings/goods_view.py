"""Rules for goods in the settings: sold out, age, last days, and how scales write weights and prices into barcodes."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QComboBox, QPlainTextEdit

from omsdesk.ui.settings.goods_rules import trial, usual
from omsdesk.ui.settings.shop_part import GOODS, ShopPart
from omsdesk.ui.settings.shop_session import ShopSession
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.field_card import Field, FieldCard, choices, combo, fill, hear, line
from omsdesk.ui.widgets.label import Label

_LINES = 96
_SOLD_OUT = (
    ("allow", "Sell all the same"),
    ("warn", "Sell, and say so"),
    ("approve", "Somebody has to agree"),
    ("refuse", "Sell only what the customer holds"),
)


class GoodsView(ShopPart):
    """What holds for all goods, where a product says nothing else."""

    help_page = "settings_goods"

    def __init__(self, session: ShopSession) -> None:
        """Lay the fields out."""
        self._session_shop = session
        masks = QPlainTextEdit()
        masks.setFixedHeight(_LINES)
        masks.setTabChangesFocus(True)
        masks.setPlaceholderText("22IIIICPPPPP 2")
        self.rules = FieldCard(
            "At the till",
            [
                [Field("sold_out", "When the stock says there is none", combo())],
                [
                    Field(
                        "clearly_over", "No birth date if clearly over", line("everybody is asked", is_number=True),
                        "Years. Empty asks everybody who buys what has an age.",
                    ),
                    Field(
                        "expiry_days", "Say so before goods expire", line("0", is_number=True),
                        "Days. What has expired needs somebody to agree.",
                    ),
                ],
            ],
        )  # fmt: skip
        extras = QPlainTextEdit()
        extras.setFixedHeight(_LINES)
        extras.setTabChangesFocus(True)
        extras.setPlaceholderText("Milk 0-1: OAT, SOY")
        asks = "A name, the least and the most, and the SKUs to choose from. A product names those it asks."
        self.extras = FieldCard("Extras", [[Field("extras", "What is asked, a line each", extras, asks)]])
        made = QPlainTextEdit()
        made.setFixedHeight(_LINES)
        made.setTabChangesFocus(True)
        made.setPlaceholderText("Hot drinks")
        told = "Printed there without prices (Devices, “Kitchen”), once a sale is paid or sent there."
        self.kitchen = FieldCard(
            "Kitchen", [[Field("kitchen", "Categories that are made there, a line each", made, told)]]
        )
        hint = "I item, W weight in kg, P price, N count, C verifier, X any; behind it the decimals of the value."
        self.codes = FieldCard("Barcodes of scales", [[Field("masks", "Masks of this shop, a line each", masks, hint)]])
        self.usual = Label("", 14, 400, Tone.NEUTRAL)
        self.usual.setWordWrap(True)
        self.codes.column.addWidget(self.usual)
        self.trial = line("Scan or type a number to try it")
        self.trial.setAccessibleName("Number to try")
        self.codes.add_fields(Field("trial", "Try it", self.trial))
        self.outcome = Label("", 16, 600)
        self.outcome.setWordWrap(True)
        self.codes.column.addWidget(self.outcome)
        super().__init__(GOODS, session, [[self.rules, self.extras], [self.codes], [self.kitchen]])
        for name, card in self._editors():
            hear(card.editor(name), partial(session.set, name))
        self.trial.textChanged.connect(lambda _: self._try())

    def _editors(self) -> list[tuple[str, FieldCard]]:
        return [
            (name, card)
            for card in (self.rules, self.extras, self.kitchen, self.codes)
            for name in card.names
            if name != "trial"
        ]

    def show_values(self) -> None:
        """Fill the fields."""
        session = self._session_shop
        sold_out = self.rules.editor("sold_out")
        assert isinstance(sold_out, QComboBox)
        if not sold_out.count():
            choices(sold_out, _SOLD_OUT, session.draft.sold_out)
        for name, card in self._editors():
            fill(card.editor(name), getattr(session.draft, name))
            card.editor(name).setEnabled(session.may_edit)
        self.trial.setEnabled(session.may_edit)
        for card in (self.rules, self.extras, self.kitchen, self.codes):
            card.show_errors(session.errors)
        self.usual.setText(usual(session.draft.country))
        self._try()

    def _try(self) -> None:
        session = self._session_shop
        self.outcome.setText(trial(self.trial.text(), session.draft, session.shop))
        self.outcome.setVisible(bool(self.outcome.text()))
