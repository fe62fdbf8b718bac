"""Returns and discounts in the settings: until when, what without a receipt, and the reasons to choose from."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QCheckBox, QComboBox, QPlainTextEdit

from omsdesk.domain.return_policy import WithoutReceipt
from omsdesk.ui.settings.shop_part import RETURNS, ShopPart
from omsdesk.ui.settings.shop_session import ShopSession
from omsdesk.ui.widgets.field_card import Field, FieldCard, choices, combo, fill, hear, line

_LINES = 132
_WITHOUT = (
    (str(WithoutReceipt.NEVER), "Nothing comes back"),
    (str(WithoutReceipt.LIMIT), "Up to an amount; above it somebody agrees"),
    (str(WithoutReceipt.APPROVAL), "Somebody has to agree"),
)


class ReturnsView(ShopPart):
    """What comes back, for what, and why; and why something is taken off a price."""

    help_page = "settings_returns"

    def __init__(self, session: ShopSession) -> None:
        """Lay the fields out."""
        self._session_shop = session
        reasons, discounts = QPlainTextEdit(), QPlainTextEdit()
        for editor in (reasons, discounts):
            editor.setFixedHeight(_LINES)
            editor.setTabChangesFocus(True)
        days = Field(
            "return_days", "Days after the sale", line("no end", is_number=True), "Later, somebody has to agree."
        )
        self.receipts = FieldCard("With a receipt", [[days]])
        self.without = FieldCard(
            "Without a receipt",
            [
                [Field("without_receipt", "What happens", combo())],
                [
                    Field("return_limit", "Up to this amount", line("0.00", is_number=True)),
                    Field(
                        "lowest_days", "Lowest price of so many days", line("today", is_number=True),
                        "Empty is what it costs today.",
                    ),
                ],
                [Field("is_credit_only", "", QCheckBox("Store credit only, no money"))],
            ],
        )  # fmt: skip
        self.words = FieldCard(
            "Reasons to choose from",
            [
                [
                    Field("return_reasons", "Why goods come back, a line each", reasons),
                    Field("discount_reasons", "Why something is taken off, a line each", discounts),
                ]
            ],
        )
        super().__init__(RETURNS, session, [[self.receipts, self.without], [self.words]])
        for card in (self.receipts, self.without, self.words):
            for name in card.names:
                hear(card.editor(name), partial(session.set, name))

    def show_values(self) -> None:
        """Fill the fields."""
        session = self._session_shop
        without = self.without.editor("without_receipt")
        assert isinstance(without, QComboBox)
        if not without.count():
            choices(without, _WITHOUT, session.draft.without_receipt)
        for card in (self.receipts, self.without, self.words):
            for name in card.names:
                fill(card.editor(name), getattr(session.draft, name))
                card.editor(name).setEnabled(session.may_edit)
            card.show_errors(session.errors)
        is_limited = session.draft.without_receipt == WithoutReceipt.LIMIT
        self.without.show_field("return_limit", is_shown=is_limited)
