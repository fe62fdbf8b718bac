"""This computer in the settings: its look, its sounds and its folders."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from omsdesk.settings import Settings, ThemeChoice
from omsdesk.ui.settings.office import NO_RIGHT, Office
from omsdesk.ui.settings.typed_over import TypedOver


@dataclass(frozen=True, slots=True)
class StationDraft:
    """This computer as it stands in the form."""

    theme: str = ""
    text_scale: str = ""
    sound_volume: str = ""
    pdf_folder: str = ""
    is_close_blind: bool = False


def draft_of(settings: Settings) -> StationDraft:
    """Write settings as the form shows them."""
    return StationDraft(
        str(settings.theme),
        str(settings.text_scale),
        str(settings.sound_volume),
        settings.pdf_folder,
        settings.is_close_blind,
    )


def problems(draft: StationDraft) -> dict[str, str]:
    """Say what is wrong with which field."""
    found: dict[str, str] = {}
    if not draft.pdf_folder.strip():
        found["pdf_folder"] = "Choose the folder for PDF files."
    return found


def settings_of(draft: StationDraft, known: Settings) -> Settings:
    """Read settings from a draft without problems."""
    return replace(
        known,
        theme=ThemeChoice(draft.theme),
        text_scale=int(draft.text_scale),
        sound_volume=int(draft.sound_volume),
        pdf_folder=draft.pdf_folder.strip(),
        is_close_blind=draft.is_close_blind,
    )


class StationSession(TypedOver[StationDraft]):
    """State and intents of this computer's page. It knows no widget."""

    right = "shop.edit"

    def __init__(self, office: Office) -> None:
        """Show the settings as they are."""
        self.office = office
        self.listeners: list[Callable[[], None]] = []
        self.draft = self.start = StationDraft()
        self.errors: dict[str, str] = {}
        self.refusal = self.notice = self.saved = ""
        self.is_saving = False
        """Never for long: a small file is written at once."""
        self._undo: Settings | None = None
        self.refresh()

    def refresh(self) -> None:
        """Read the settings again; what was typed and not saved yet stays."""
        if not self.has_changes:
            self.draft = self.start = draft_of(self.office.station.settings())
        self._tell()

    @property
    def folder(self) -> Path:
        """Where folders begin that are not full paths."""
        return self.office.station.settings().folder

    def set(self, name: str, value: str | bool) -> None:
        """Take what was chosen or typed."""
        if getattr(self.draft, name) != value:
            change: dict[str, Any] = {name: value}
            self.draft = replace(self.draft, **change)
            self.errors.pop(name, None)
            self.saved = ""
            self._tell()

    def save(self) -> None:
        """Keep the settings and make them hold."""
        if self.has_changes and self._is_right():
            before = self.office.station.settings()
            self._keep(settings_of(self.draft, before), before)
        self._tell()

    def discard(self) -> None:
        """Forget what was typed and not saved."""
        self.draft, self.errors, self.refusal = self.start, {}, ""
        self._tell()

    def take_back(self) -> None:
        """Keep the settings as they were before."""
        before, self._undo = self._undo, None
        if before is not None:
            # What another page changed meanwhile, such as the devices, stays.
            self._keep(settings_of(draft_of(before), self.office.station.settings()), None)
            self.saved = ""
            self._tell()

    def _is_right(self) -> bool:
        self.errors = problems(self.draft)
        self.refusal = "" if self.may_edit else NO_RIGHT
        return not (self.errors or self.refusal)

    def _keep(self, settings: Settings, before: Settings | None) -> None:
        try:
            self.office.station.keep(settings)
        except OSError as error:
            self.refusal = f"The settings cannot be written ({error.strerror}). Check the folder {settings.folder}."
            return
        self._undo, self.saved = before, "Settings saved"
        self.draft = self.start = draft_of(settings)

    def _tell(self) -> None:
        for listener in self.listeners:
            listener()
