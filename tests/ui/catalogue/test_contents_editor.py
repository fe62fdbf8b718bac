"""A bundle is put together in the form of its product."""

from __future__ import annotations

import pytest

from omsdesk.domain.traits import Component
from omsdesk.domain.values import Quantity
from omsdesk.ui.catalogue.form_view import FormView
from omsdesk.ui.catalogue.screen import ProductsScreen
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label
from tests.ui.back_office import Stage, press, take_pictures, type_into


@pytest.fixture
def mug(products: ProductsScreen, stage: Stage) -> FormView:
    """Open the travel mug."""
    products.open("mug")
    return products.form


def words(form: FormView) -> str:
    """Everything that stands on the card."""
    return " ".join(label.text() for label in form.contents.findChildren(Label) if label.isVisibleTo(form.contents))


def test_what_is_typed_is_added_told_and_taken_out_again(mug: FormView, stage: Stage) -> None:
    assert "is no bundle" in words(mug)
    type_into(mug.contents.quantity, "2", stage)
    type_into(mug.contents.code, "OAT-1", stage)
    press("Return")
    assert mug.session.draft.components == (Component("oat", Quantity.of(2)),)
    assert "2 × Oat milk, 1 L" in words(mug)
    take_pictures(stage, "product-bundle")
    type_into(mug.contents.code, "OAT-1", stage)
    press("Return")
    assert "on the list already" in mug.session.errors["components"]
    next(button for button in mug.contents.findChildren(KeyButton) if button.isVisible()).click()
    assert not mug.session.draft.components
    assert "components" not in mug.session.errors
