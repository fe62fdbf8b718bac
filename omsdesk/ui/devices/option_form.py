"""The form of a device: its name, where it is, what it speaks, and the options of its driver's card."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from omsdesk.devices.address import Bus
from omsdesk.devices.driver import Option
from omsdesk.ui.devices.chooser_session import ChooserSession
from omsdesk.ui.devices.draft import DeviceDraft, choices, label
from omsdesk.ui.devices.standing import place_of
from omsdesk.ui.widgets.field_card import Field, FieldCard, combo, fill, hear, line
from omsdesk.ui.widgets.field_card import choices as offer
from omsdesk.ui.widgets.layouts import clear

_PLACE = {
    Bus.NETWORK: "Address",
    Bus.SERIAL: "Serial port",
    Bus.FOLDER: "Folder for the files",
}

_FITS_BEST = "The first one fits best. The others are for when it does not."
_WHICH_ONE = "It stands on the device, or in its manual."


class OptionForm(QWidget):
    """Made anew where the driver is another one; what is typed goes to the session."""

    def __init__(self, session: ChooserSession) -> None:
        """Make an empty form."""
        super().__init__()
        self.session = session
        self.card: FieldCard | None = None
        self._made_for: tuple[object, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def show_draft(self, draft: DeviceDraft) -> None:
        """Show what the session has."""
        offered = tuple(tuple(choices(row, draft.value(row))) for row in draft.options)
        made_for = (draft.card.name, draft.bus, draft.is_typed, tuple(card.name for card in draft.cards), offered)
        if made_for != self._made_for or self.card is None:
            self._made_for = made_for
            named = self._focused()
            clear(self._column)
            self.card = self._made(draft)
            self._column.addWidget(self.card)
            if named in self.card.names:
                self.card.editor(named).setFocus(Qt.FocusReason.OtherFocusReason)
        card = self.card
        for name in card.names:
            fill(card.editor(name), _value(draft, name))
        card.show_errors(self.session.errors)

    @property
    def first(self) -> QWidget | None:
        """Where one begins to type."""
        if self.card is None:
            return None
        return self.card.editor("place") if "place" in self.card.names else self.card.editor("name")

    def _focused(self) -> str:
        """Name the field that has the keys; empty for none."""
        names = self.card.names if self.card is not None else ()
        return next((name for name in names if self.card is not None and self.card.editor(name).hasFocus()), "")

    def _made(self, draft: DeviceDraft) -> FieldCard:
        card = FieldCard("" if draft.is_typed else place_of(str(draft.address)))
        if draft.is_typed:
            title, hint = _PLACE.get(draft.bus, "Address"), "192.168.1.50" if draft.bus is Bus.NETWORK else ""
            fields = [Field("place", title, line(hint), share=3)]
            if draft.bus is Bus.NETWORK:
                fields.append(Field("port", "Port", line("9100", is_number=True), share=1))
            card.add_fields(*fields)
        name = line(draft.card.title)
        card.add_fields(Field("name", "What you call it", name, "Any name by which people here know it."))
        if len(draft.cards) > 1:
            driver = combo()
            offer(driver, [(row.name, row.title) for row in draft.cards], draft.card.name)
            card.add_fields(Field("card", "What it is", driver, _WHICH_ONE if draft.is_typed else _FITS_BEST))
        for option in draft.options:
            editor = _editor(option, choices(option, draft.value(option)))
            card.add_fields(Field(option.name, label(option), editor, option.sentence))
        for field in card.names:
            hear(card.editor(field), partial(self.session.set, field))
        return card


def _editor(option: Option, offered: list[tuple[str, str]]) -> QWidget:
    if isinstance(option.default, bool):
        return QCheckBox("Yes")
    if offered:
        editor: QComboBox = combo()
        offer(editor, offered, str(option.default))
        return editor
    return line(is_number=isinstance(option.default, int))


def _value(draft: DeviceDraft, name: str) -> str | bool:
    match name:
        case "name":
            return draft.name
        case "place":
            return draft.place
        case "port":
            return draft.port
        case "card":
            return draft.card.name
        case _:
            return draft.value(next(row for row in draft.options if row.name == name))
