"""Orders in the settings: how long things are kept, what is paid when, and what giving an order up costs."""

from __future__ import annotations

from functools import partial

from omsdesk.ui.settings.shop_part import ORDERS, ShopPart
from omsdesk.ui.settings.shop_session import ShopSession
from omsdesk.ui.widgets.field_card import Field, FieldCard, fill, hear, line


class OrdersView(ShopPart):
    """What is proposed for an order; whoever takes it can agree on something else."""

    help_page = "settings_orders"

    def __init__(self, session: ShopSession) -> None:
        """Lay the fields out."""
        self._session_shop = session
        self.kept = FieldCard(
            "How long, in days",
            [
                [
                    Field("pick_up_days", "A pick-up is kept", line("no end", is_number=True)),
                    Field("quotation_days", "A quotation holds", line("no end", is_number=True)),
                ]
            ],
        )
        self.layaway = FieldCard(
            "Layaway",
            [
                [
                    Field("layaway_share", "Paid at once, in %", line("0", is_number=True)),
                    Field("layaway_parts", "The rest in parts", line("0", is_number=True), "A month apart."),
                ],
                [Field("layaway_days", "Kept for so many days", line("no end", is_number=True))],
            ],
        )
        self.fee = FieldCard(
            "Giving up",
            [
                [
                    Field(
                        "cancel_share", "Kept as a fee, in %", line("0", is_number=True),
                        "Of what is given up, and never more than what was paid.",
                    )
                ]
            ],
        )  # fmt: skip
        super().__init__(ORDERS, session, [[self.layaway, [self.kept, self.fee]]])
        for card in self._cards:
            for name in card.names:
                hear(card.editor(name), partial(session.set, name))

    @property
    def _cards(self) -> tuple[FieldCard, ...]:
        return self.layaway, self.kept, self.fee

    def show_values(self) -> None:
        """Fill the fields."""
        session = self._session_shop
        for card in self._cards:
            for name in card.names:
                fill(card.editor(name), getattr(session.draft, name))
                card.editor(name).setEnabled(session.may_edit)
            card.show_errors(session.errors)
