"""This computer in the settings: receipt printer with a test page, screen, sounds, folders."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QHBoxLayout

from omsdesk.documents.printer_profile import PROFILES
from omsdesk.settings import ThemeChoice
from omsdesk.ui.settings.part import Part
from omsdesk.ui.settings.station_session import StationSession
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.field_card import Field, FieldCard, choices, combo, fill, hear, line
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.paper_view import PaperView

_KINDS = {
    "simulator": "On the screen, without a printer",
    "escpos": "A printer in the network",
    "file": "Files in a folder",
}
_THEMES = {
    ThemeChoice.SYSTEM: "As the desktop",
    ThemeChoice.LIGHT: "Light",
    ThemeChoice.DARK: "Dark",
    ThemeChoice.CONTRAST: "High contrast",
}
_SCALES = (("100", "100 %"), ("125", "125 %"), ("150", "150 %"))
_VOLUMES = (("0", "Silent"), ("35", "Quiet"), ("70", "Normal"), ("100", "Loud"))
_PAPER_HEIGHT = 420


class StationView(Part):
    """What differs between two computers of one shop."""

    help_page = "settings_computer"

    def __init__(self, session: StationSession) -> None:
        """Lay the fields out."""
        self._session_station = session
        self.printer = FieldCard(
            "Receipt printer",
            [
                [Field("kind", "Receipts come out", combo()), Field("profile", "Model and paper", combo())],
                [
                    Field("host", "Address of the printer", line("192.168.1.50"), share=3),
                    Field("port", "Port", line("9100", is_number=True), share=1),
                ],
                [Field("folder", "Folder for the files", line())],
            ],
        )
        self.test = KeyButton("Print a test page", "printer", height=40)
        self.result = Label("", 14, 500)
        self.result.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.test)
        row.addWidget(self.result, 1)
        self.printer.column.addLayout(row)
        self.paper = PaperView("Test page")
        self.paper.setFixedHeight(_PAPER_HEIGHT)
        self.printer.column.addWidget(self.paper)
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
        self._field_cards = (self.printer, self.look, self.shift, self.folders)
        super().__init__("This computer", session, [[self.printer], [self.look], [self.shift], [self.folders]])
        for card in self._field_cards:
            for name in card.names:
                hear(card.editor(name), partial(session.set, name))
        self.test.clicked.connect(session.print_sample)

    def show_values(self) -> None:
        """Fill the fields."""
        session = self._session_station
        draft, may_edit = session.draft, session.may_edit
        offers = {
            "kind": list(_KINDS.items()),
            "profile": [(name, profile.name) for name, profile in PROFILES.items()],
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
        for name, kind in (("host", "escpos"), ("port", "escpos"), ("folder", "file")):
            self.printer.show_field(name, is_shown=draft.kind == kind)
        self.choose.setVisible(may_edit)
        self.where.setText(f"They go to {session.folder / draft.pdf_folder.strip()}.")
        self._show_sample()

    def _choose_folder(self) -> None:
        session = self._session_station
        begin = str(session.folder / session.draft.pdf_folder.strip())
        chosen = QFileDialog.getExistingDirectory(self, "Choose a folder", begin)
        if chosen:
            session.set("pdf_folder", chosen)

    def _show_sample(self) -> None:
        session = self._session_station
        sample = session.sample
        self.test.setVisible(session.may_edit)
        self.test.set_label("Printing…" if session.is_printing else "Print a test page")
        self.result.setText(sample.sentence if sample else "")
        self.result.set_tone(None if sample is None else Tone.OK if sample.is_good else Tone.BAD)
        self.paper.setVisible(bool(sample and sample.sheets))
        if sample and sample.sheets:
            self.paper.show_pages(sample.sheets)


def _with(offers: tuple[tuple[str, str], ...], value: str) -> list[tuple[str, str]]:
    """Offer the value that was set in the file by hand, too."""
    return [*offers] if value in dict(offers) or not value else [*offers, (value, f"{value} %")]
