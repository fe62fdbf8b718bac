"""The card that makes the variants of a product from the values of one or two attributes."""

from __future__ import annotations

from omsdesk.ui.catalogue.form_session import FormSession
from omsdesk.ui.catalogue.variants import beginning, names
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.field_card import Field, FieldCard, fill, line
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label

_SHOWN = 4


class VariantMaker(FieldCard):
    """Two attributes, what the SKUs begin with, and a button that says how many products it makes."""

    def __init__(self, session: FormSession) -> None:
        """Show nothing typed yet."""
        super().__init__("Variants")
        self._session = session
        self.first, self.second = line("such as S, M, L"), line("such as red, blue")
        self.sku, self._of = line("nothing: no SKUs"), ""
        self.add_fields(
            Field("variants", "One attribute, its values", self.first),
            Field("second_attribute", "Another one", self.second),
            Field("variant_skus", "SKUs begin with", self.sku),
        )
        self.there = Label("", 14, 400, Tone.NEUTRAL)
        self.there.setWordWrap(True)
        self.column.addWidget(self.there)
        self.make = KeyButton("Make variants", "layout-grid", height=40)
        self.make.clicked.connect(self._made)
        self.column.addWidget(self.make)
        for field in (self.first, self.second, self.sku):
            field.textChanged.connect(lambda _: self.show_variants())
            field.returnPressed.connect(self._made)

    def show_variants(self) -> None:
        """Show which variants there are, and how many would be made."""
        session = self._session
        known = session.variants()
        if self._of != session.known.product:
            self._of = session.known.product
            fill(self.sku, beginning(session.known))
        there = f"There are: {' · '.join(known)}." if known else "Each becomes a product with this price."
        self.there.setText("\n".join(filter(None, (there, self._skus()))))
        count = len([name for name in names(self.first.text(), self.second.text()) if name not in known])
        self.make.set_label(f"Make {count} variants" if count > 1 else "Make variants")
        self.make.setEnabled(session.may_edit and count > 0)
        self.show_errors(session.errors)

    def _skus(self) -> str:
        found = list(self._session.skus(self.first.text(), self.second.text(), self.sku.text()).values())
        more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
        return f"SKUs: {', '.join(found[:_SHOWN])}{more}. Each can be changed at its product." if found else ""

    def _made(self) -> None:
        if self._session.make_variants(self.first.text(), self.second.text(), self.sku.text()):
            self.first.clear()
            self.second.clear()
        self.show_variants()
