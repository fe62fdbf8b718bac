"""Which shop a page shows, and the choice of another one where this computer is no till of any."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from omsdesk.ui.office import Office
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.field_card import choices, combo, read
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import row

_NARROWEST = 200


class ShopBar(QWidget):
    """Seen where the business has several shops; emits ``chosen`` when the page has to show another one."""

    chosen = Signal()

    def __init__(self, office: Office, what: str = "Shop") -> None:
        """Show which shop it is; ``what`` says what of it the page shows."""
        super().__init__()
        self._office = office
        self.name, self.refusal = Label("", 16, 600), Label("", 14, 500, Tone.BAD)
        editor = combo()
        assert isinstance(editor, QComboBox)
        self.choice = editor
        self.choice.setAccessibleName("Shop that is shown")
        self.choice.setMinimumWidth(_NARROWEST)
        self.choice.activated.connect(self._choose)
        self.setLayout(row(self.refusal, Label(what, 16, 400, Tone.NEUTRAL), self.name, self.choice, spacing=12))
        self.refresh()

    def refresh(self) -> None:
        """Show the shop as it is now."""
        shops, shown, has_till = self._office.shops, self._office.shop, bool(self._office.till())
        self.setVisible(len(shops) > 1)
        self.name.setVisible(has_till)
        self.choice.setVisible(not has_till)
        self.refusal.hide()
        if shown is not None:
            self.name.setText(shown.name)
            choices(self.choice, [(shop.id, shop.name) for shop in shops], shown.id)

    def _choose(self, _at: int) -> None:
        shop, shown = str(read(self.choice)), self._office.shop
        if shown is None or shop == shown.id:
            return
        refusal = self._office.post.choose(shop)
        self.refresh()
        if refusal:
            self.refusal.setText(refusal)
            self.refusal.show()
        else:
            self.chosen.emit()
