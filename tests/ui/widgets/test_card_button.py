"""A card shows who is attached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omsdesk.ui.widgets.card_button import CardButton

if TYPE_CHECKING:
    from tests.ui.widgets.conftest import Show


def test_a_card_shows_another_customer(show: Show) -> None:
    card = show(CardButton("Add customer", "user-plus", key="F4"), 300, 56)
    card.set_content("Mia Schneider", "Gold")
    assert card.accessibleName() == "Mia Schneider, Gold"
    card.set_content("Add customer")
    assert card.accessibleName() == "Add customer"
