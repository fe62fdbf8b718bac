"""This computer in the settings: screen, sounds, folders. Its devices have a page of their own."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QHBoxLayout

from omsdesk.settings import ThemeChoice
from omsdesk.ui.settings.part import Part
from omsdesk.ui.settings.station_session import StationSession
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.field_card import Field, FieldCard, choices, combo, fill, hear, line
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label

_THEMES = {
    ThemeChoice.SYSTEM: "As the desktop",
    ThemeChoice.LIGHT: "Light",
    ThemeChoice.DARK: "Dark",
    ThemeChoice.CONTRAST: "High contrast",
}
_SCALES = (("100", "100 %"), ("125", "125 %"), ("150", "150 %"))
_VOLUMES = (("0", "Silent"), ("35", "Quiet"), ("70", "Normal"), ("100", "Loud"))


class StationView(Part):
    """What differs between two computers of one shop."""

    help_page = "settings_computer"

    def __init__(self, session: StationSession) -> None:
        """Lay the fields out."""
        self._session_station = session
        self.look = FieldCard(
            "Screen and sound",
            [
                [
                    Field("theme", "Colours", combo()),
                    Field("text_scale", "Size of the text", combo()),
                    Field("sound_volume", "Sounds", combo()),
                ]
            ],
        )
        blind = QCheckBox("Hide what should be in the drawer from whoever counts it")
        self.shift = FieldCard("Closing a shift", [[Field("is_close_blind", "Blind count", blind)]])
        self.folders = FieldCard("Folders", [[Field("pdf_folder", "Receipts and reports as PDF", line())]])
        self.choose = KeyButton("Choose a folder…", "download", height=40)
        self.choose.clicked.connect(self._choose_folder)
        self.where = Label("", 14, 400, Tone.NEUTRAL)
        self.where.setWordWrap(True)
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addWidget(self.choose)
        below.addWidget(self.where, 1)
        self.folders.column.addLayout(below)
        self._field_cards = (self.look, self.shift, self.folders)
        super().__init__("This computer", session, [[self.look], [self.shift], [self.folders]])
        for card in self._field_cards:
            for name in card.names:
                hear(card.editor(name), partial(session.set, name))

    def show_values(self) -> None:
        """Fill the fields."""
        session = self._session_station
        draft, may_edit = session.draft, session.may_edit
        offers = {
            "theme": [(str(theme), label) for theme, label in _THEMES.items()],
            "text_scale": list(_SCALES),
            "sound_volume": _with(_VOLUMES, draft.sound_volume),
        }
        for card in self._field_cards:
            for name in card.names:
                editor = card.editor(name)
                if isinstance(editor, QComboBox) and editor.count() != len(offers[name]):
                    choices(editor, offers[name], getattr(draft, name))
                fill(editor, getattr(draft, name))
                editor.setEnabled(may_edit)
            card.show_errors(session.errors)
        self.choose.setVisible(may_edit)
        self.where.setText(f"They go to {session.folder / draft.pdf_folder.strip()}.")

    def _choose_folder(self) -> None:
        session = self._session_station
        begin = str(session.folder / session.draft.pdf_folder.strip())
        chosen = QFileDialog.getExistingDirectory(self, "Choose a folder", begin)
        if chosen:
            session.set("pdf_folder", chosen)


def _with(offers: tuple[tuple[str, str], ...], value: str) -> list[tuple[str, str]]:
    """Offer the value that was set in the file by hand, too."""
    return [*offers] if value in dict(offers) or not value else [*offers, (value, f"{value} %")]
