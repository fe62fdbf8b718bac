"""What a product is asked: the extras of every store, and no others."""

from __future__ import annotations

from omsdesk.domain.modifier import ModifierGroup
from omsdesk.domain.shop import SaveShop, Shop
from tests.ui.back_office import BackOffice
from tests.ui.catalogue.conftest import Form, kept


def test_a_product_is_asked_what_any_store_asks(shop: BackOffice, form: Form) -> None:
    milk = ModifierGroup("Milk", ("OAT",))
    shop.do(SaveShop(Shop("s2", "Second", "GBP", modifiers=(milk,))))
    session = form.open("bag")
    session.set("modifiers", "milk, Hats")
    session.save()
    assert "no extras called “Hats”" in session.errors["modifiers"]
    session.set("modifiers", "milk")
    form.save()
    assert kept(shop, "bag").modifiers == ("Milk",)
