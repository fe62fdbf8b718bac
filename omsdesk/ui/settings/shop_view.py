"""The shop's own part of the settings: its name on paper, and where it is."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QCheckBox, QComboBox, QPlainTextEdit

from omsdesk.domain.receipt_policy import Paper
from omsdesk.ui.settings.logo_card import LogoCard
from omsdesk.ui.settings.shop_part import SHOP, ShopPart
from omsdesk.ui.settings.shop_session import ShopSession
from omsdesk.ui.widgets.field_card import Field, FieldCard, choices, combo, fill, hear, line

_LINES = 96
_USUAL = ((str(Paper.PRINT), "Are printed"), (str(Paper.NONE), "Are asked for: the cashier chooses"))
_MAILED = (
    (str(Paper.MAIL), "An e-mail, no paper"),
    (str(Paper.BOTH), "An e-mail, and paper"),
    (str(Paper.PRINT), "Paper; an e-mail if the cashier sends it"),
    (str(Paper.NONE), "The cashier chooses"),
)


class ShopView(ShopPart):
    """Name, logo, address and what stands below every receipt."""

    help_page = "settings_shop"

    def __init__(self, session: ShopSession) -> None:
        """Lay the fields out."""
        self._session_shop = session
        address, footer = QPlainTextEdit(), QPlainTextEdit()
        for editor in (address, footer):
            editor.setFixedHeight(_LINES)
            editor.setTabChangesFocus(True)
        self.letterhead = FieldCard(
            "On receipts",
            [
                [Field("name", "Name of the shop", line())],
                [Field("address", "Address, a line each", address)],
                [Field("phone", "Phone", line()), Field("tax_number", "Tax number", line())],
                [Field("footer", "Below every receipt, a line each", footer, "Thanks, opening hours, how to return.")],
            ],
        )
        self.place = FieldCard(
            "Where it is",
            [
                [Field("country", "Country", combo())],
                [
                    Field("locale", "Language of receipts", line(), "en-GB, de, fr-CH …"),
                    Field("currency", "Currency", line(), "Stays as it was set up."),
                ],
            ],
        )
        self.doors = FieldCard(
            "Badges", [[Field("badge_signs_in", "Signing in", QCheckBox("A badge is enough, without a PIN"))]]
        )
        self.receipts = FieldCard(
            "After a sale",
            [
                [Field("usual_receipt", "Receipts", combo())],
                [Field("mailed_receipt", "For customers who want them by e-mail", combo())],
            ],
        )
        self.logo = LogoCard(session)
        self._field_cards = (self.letterhead, self.place, self.receipts, self.doors)
        super().__init__(SHOP, session, [[self.letterhead, [self.place, self.receipts, self.doors, self.logo]]])
        for card in self._field_cards:
            for name in card.names:
                hear(card.editor(name), partial(session.set, name))

    def show_values(self) -> None:
        """Fill the fields."""
        session = self._session_shop
        country = self.place.editor("country")
        assert isinstance(country, QComboBox)
        choices(country, session.countries(), session.draft.country)
        for name, offers in (("usual_receipt", _USUAL), ("mailed_receipt", _MAILED)):
            box = self.receipts.editor(name)
            if isinstance(box, QComboBox) and not box.count():
                choices(box, offers, getattr(session.draft, name))
        for card in self._field_cards:
            for name in card.names:
                value = session.shop.currency if name == "currency" else getattr(session.draft, name)
                fill(card.editor(name), value)
                card.editor(name).setEnabled(session.may_edit and name != "currency")
            card.show_errors(session.errors)
        self.logo.show_logo()
