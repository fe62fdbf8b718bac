"""Setting a scanner up: the labels in their order, what was learnt from them, and where it is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from omsdesk.devices.address import Address, Bus
from omsdesk.devices.scanner import Reader, Scan, ScannerOptions
from omsdesk.devices.scanner_lesson import LABELS, Lesson
from omsdesk.documents.labels.symbology import Symbol, encode
from omsdesk.settings import DeviceSetting, Settings
from omsdesk.ui.devices.station_devices import SCANNER

_LEARNT = {"title", "prefix", "suffix", "mark", "group"}
_TYPED_ALONE = {"layout", "start_key", "end_key"}
"""Learnt, too, of a scanner that types."""
_WEDGE = "wedge"
_KEYBOARD = str(Address(Bus.KEYBOARD))
_ANOTHER = "This came from another scanner. Go on with the one you began with, or begin again."
_TITLE = "Set up a scanner"
_ADVICE = (
    "Scan these codes one after the other with the scanner that is to be set up, while “Set up a scanner” is open on "
    "the screen. The screen says which one is next."
)


class ScannerSetup:
    """What the sheet shows. ``listeners`` are called when it is something else."""

    def __init__(self, settings: Callable[[], Settings], keep: Callable[[Settings], None]) -> None:
        """Take what tells the settings of this station, and what keeps them."""
        self._settings, self._keep = settings, keep
        self.listeners: list[Callable[[], None]] = []
        self.begin()

    def begin(self) -> None:
        """Begin with the first label."""
        self.lesson = Lesson()
        self.role = ""
        """Which of the station's scanners it is; empty for one that types and has no role yet."""
        self.source = ""
        """``keyboard``, or the role of a scanner with a wire; empty until one was heard."""
        self.fault = ""
        self.is_saved = False
        self.tried: Scan | None = None
        """What was scanned last, after everything was learnt."""
        self._reader = Reader()
        self._tell()

    # ------------------------------------------------------------------------------ what is heard

    def heard_typed(self, raw: str, start_key: str, end_key: str) -> None:
        """Take what came by the keyboard."""
        self._heard(raw, "keyboard", start_key, end_key)

    def heard_scan(self, scan: Scan) -> None:
        """Take what came over a wire."""
        self._heard(scan.raw, scan.source, "", "Return")

    def _heard(self, raw: str, source: str, start_key: str, end_key: str) -> None:
        if self.lesson.is_done:
            self.tried = self._reader.read(raw, 0.0)
        elif self.source and source != self.source:
            self.fault = _ANOTHER
        else:
            self.fault = self.lesson.hear(raw, start_key, end_key)
            if not self.fault:
                self.source = source
            if self.lesson.is_done:
                self._reader = Reader(self.lesson.options())
        self._tell()

    # ------------------------------------------------------------------------------ what is shown

    @property
    def symbol(self) -> Symbol | None:
        """The label to be scanned now; None when all were."""
        if self.lesson.is_done:
            return None
        label = LABELS[self.lesson.step]
        return encode(label.symbology, label.content)

    @property
    def learnt(self) -> list[tuple[str, str]]:
        """What was learnt, in words: a thing, and how it is."""
        options = self.lesson.options()
        letters = len(options.layout) // 2
        end = {"Return": "Enter, or Tab", "": "Nothing: it just stops"}.get(options.end_key, options.end_key)
        rows = [("Before each code", " ".join(filter(None, (options.start_key, _shown(options.prefix)))) or "Nothing")]
        if options.mark:
            rows.append(("Its maker's mark of the kind of code", f"{options.mark} letters, taken off"))
        if self.source == "keyboard":
            keyboard = "The same as this computer's" if not letters else f"Another one: {letters} letters are put right"
            rows += [("After each code", f"{_shown(options.suffix)} {end}".strip()), ("Keyboard language", keyboard)]
        elif options.suffix:
            rows.append(("After each code", _shown(options.suffix)))
        rows.append(("Between the facts of a GS1 code", _shown(options.group) or self._what_parts()))
        return rows

    def _what_parts(self) -> str:
        return "As it should be" if self.lesson.parts_facts else "Nothing: it is left out"

    # ------------------------------------------------------------------------------ what is kept

    def save(self, title: str) -> None:
        """Keep what was learnt, under a name for people."""
        settings = self._settings()
        options = self.lesson.options(title.strip())
        role = self.source if self.source in settings.device else self._role_of(settings, options)
        setting = _with(settings.device.get(role, DeviceSetting(_WEDGE, _KEYBOARD)), options)
        try:
            self._keep(replace(settings, device={**settings.device, role: setting}))
        except OSError as failure:
            self.fault = f"The settings cannot be written ({failure.strerror}). Check the folder {settings.folder}."
        else:
            self.role, self.is_saved, self.fault = role, True, ""
        self._tell()

    def _role_of(self, settings: Settings, options: ScannerOptions) -> str:
        """Find the role of a scanner that begins its codes as this one does, else the next that is free."""
        for role, setting in settings.device.items():
            known = ScannerOptions.from_dict(setting.options)
            is_same = (known.start_key, known.prefix) == (options.start_key, options.prefix)
            if role.startswith(SCANNER) and setting.driver == _WEDGE and is_same:
                return role
        return next(role for number in range(1, 1000) if (role := f"{SCANNER}{number}") not in settings.device)

    def write_sheet(self) -> str:
        """Write the labels as a page to be printed; says where it lies, or why it does not."""
        from omsdesk.documents.scanner_sheet import SheetCode, render

        folder: Path = self._settings().pdf_path
        codes = [SheetCode(encode(label.symbology, label.content), label.purpose) for label in LABELS]
        try:
            folder.mkdir(parents=True, exist_ok=True)
            place = folder / "scanner-sheet.pdf"
            place.write_bytes(render(_TITLE, _ADVICE, codes))
        except OSError as failure:
            return f"The PDF could not be saved in {folder}: {failure.strerror}. Choose another folder in the settings."
        return f"It lies in {place}. Print it at its own size."

    def _tell(self) -> None:
        for listener in self.listeners:
            listener()


def _with(before: DeviceSetting, options: ScannerOptions) -> DeviceSetting:
    """Keep what a scanner is set to that it was not asked for, and put what was learnt in its place."""
    names = _LEARNT | _TYPED_ALONE if before.driver == _WEDGE else _LEARNT
    learnt = {name: value for name, value in options.to_dict().items() if name in names}
    kept = {name: value for name, value in before.options.items() if name not in names}
    return replace(before, options={**kept, **learnt})


def _shown(text: str) -> str:
    """Write characters so that a person sees them."""
    return "".join(letter if letter.isprintable() else f"[{ord(letter):02d}]" for letter in text)
