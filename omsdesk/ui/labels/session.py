"""The labels of a shop: the list, the one on the drawing board, and what it looks like. It knows no widget."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from omsdesk.actions.execute import Done
from omsdesk.actions.label_values import values_of_row, values_of_shop
from omsdesk.documents.labels.layout import Laid, lay_out
from omsdesk.documents.labels.model import FieldKind, Label, LabelField
from omsdesk.documents.labels.ready import READY
from omsdesk.documents.labels.values import SAMPLE, Values
from omsdesk.domain.body import from_body, to_body
from omsdesk.domain.label_design import LabelDesign, SaveDesign
from omsdesk.domain.labels import LabelRow, LabelValue
from omsdesk.store.engine import Connection
from omsdesk.store.queries.field_writes import left_at
from omsdesk.store.queries.label_design import design, designs
from omsdesk.ui.labels import drawing
from omsdesk.ui.labels.drawing import History
from omsdesk.ui.logo_file import LogoFile, read_logo
from omsdesk.ui.office import Office

NO_RIGHT = "You can print labels. To change what stands on them, ask a manager to sign in."
DPI = 203
"""Of the preview, which shows what the most common printers print dot by dot."""


class Entry(NamedTuple):
    """A label in the list."""

    id: str
    name: str
    label: Label
    is_own: bool


READY_ENTRIES = tuple(Entry(row.id, row.title, row.label, is_own=False) for row in READY)


class Listed(NamedTuple):
    """A row of the list, and whether what is drawn there is not saved."""

    entry: Entry
    is_changed: bool


class Sheet(NamedTuple):
    """A label as it was left before it was saved."""

    start: Entry
    base: int
    name: str
    label: Label
    history: History


class LabelsSession:
    """State and intents of the page."""

    def __init__(self, office: Office) -> None:
        """Begin with the first ready label."""
        self.office = office
        self.listeners: list[Callable[[], None]] = []
        self.own: list[Entry] = []
        self.selected = ""
        """The id of the field that is chosen; empty for none."""
        self.product = ""
        self.entered: tuple[LabelValue, ...] = ()
        """What is said on the label beside what is known of the product."""
        self.values: Values = SAMPLE
        self.laid: Laid | None = None
        self.refusal = self.saved = ""
        self.is_saving = False
        self._left: dict[str, Sheet] = {}
        self._thrown: Sheet | None = None
        """What was thrown away last, until something else is done."""
        self._taken: tuple[LabelDesign, int] | None = None
        """The label that was taken away last, as it is to be offered again, and its revision."""
        self._is_drawing = self._is_stale = False
        self._open(READY_ENTRIES[0], 0)

    # ------------------------------------------------------------------------------ what there is

    @property
    def may_edit(self) -> bool:
        """Whether whoever is here may change labels."""
        return self.office.may(SaveDesign.permission)

    @property
    def entries(self) -> list[Entry]:
        """The shop's own labels, then the ready ones."""
        return [*self.own, *READY_ENTRIES]

    @property
    def listed(self) -> list[Listed]:
        """All labels there are: above them those that were never saved."""
        known = {entry.id for entry in self.entries}
        drawn = {id: (sheet.name, sheet.label) for id, sheet in self._left.items()}
        if self.has_changes or self.chosen not in known:
            drawn[self.chosen] = self.name, self.label
        new = [Entry(id, *what, is_own=True) for id, what in drawn.items() if id not in known]
        return [Listed(entry, entry.id in drawn) for entry in [*new, *self.entries]]

    @property
    def can_undo(self) -> bool:
        """Whether anything can be taken back: a step of drawing, or that all of it or a label was thrown away."""
        return self.history.can_undo or self._thrown is not None or self._taken is not None

    @property
    def chosen(self) -> str:
        """The id of the label on the board."""
        return self._start.id

    @property
    def field(self) -> LabelField | None:
        """The field that is chosen."""
        return drawing.find(self.label, self.selected)

    @property
    def has_changes(self) -> bool:
        """Whether there is anything to save."""
        return (self.name, self.label) != (self._start.name, self._start.label)

    @property
    def is_own(self) -> bool:
        """Whether the label on the board is the shop's own."""
        return self._start.is_own

    @property
    def unsaved(self) -> list[tuple[str, str]]:
        """The ids and names of labels that are not saved, the one on the board last."""
        rows = [(id, sheet.name) for id, sheet in self._left.items()]
        return [*rows, (self.chosen, self.name)] if self.has_changes else rows

    @property
    def design(self) -> str:
        """The label on the board as JSON."""
        return design_of(self.label)

    # ------------------------------------------------------------------------------ looking

    def refresh(self) -> None:
        """Read again what there is, and what stands on the label of the chosen product."""
        shop, product, entered = self.office.shop, self.product, self.entered
        day = self.office.clock.now().day

        def read(reader: Connection) -> tuple[list[Entry], Values | None]:
            own = [Entry(row.id, row.name, label_of(row.label), is_own=True) for row in designs(reader)]
            if not product or shop is None:
                return own, None
            return own, values_of_row(reader, LabelRow(product, 1, entered), shop, values_of_shop(shop, day), day)

        self.office.work.ask(read, partial(self._told, product))

    def _told(self, product: str, found: tuple[list[Entry], Values | None]) -> None:
        self.own, values = found
        if product == self.product:
            self.values = SAMPLE if values is None else values
        self._draw()
        self._tell()

    def show_product(self, product: str, entered: tuple[LabelValue, ...] = ()) -> None:
        """Put another product on the label; none puts the sample back."""
        self.product, self.entered = product, entered
        self.refresh()

    def choose(self, id: str) -> None:
        """Put another label on the board; what was drawn and not saved waits there."""
        entry = next((row for row in self.entries if row.id == id), None)
        if id == self.chosen or (entry is None and id not in self._left):
            return
        self._leave()
        if id in self._left:
            self._show_sheet(self._left.pop(id))
        elif entry is not None:
            found = design(self.office.reader, id) if entry.is_own else None
            self._open(entry, found[1] if found else 0)
        self._changed()

    def _leave(self) -> None:
        if self.has_changes:
            self._left[self.chosen] = self._sheet()
        self.selected = self.refusal = self.saved = ""

    def _sheet(self) -> Sheet:
        return Sheet(self._start, self._base, self.name, self.label, self.history)

    def _show_sheet(self, sheet: Sheet) -> None:
        self._start, self._base, self.name, self.label, self.history = sheet

    def _open(self, entry: Entry, base: int) -> None:
        self._start, self._base = entry, base
        self.name, self.label = entry.name, entry.label
        self.history = History()

    # ------------------------------------------------------------------------------ drawing

    def select(self, id: str) -> None:
        """Choose a field, or none."""
        self.selected = id
        self._tell()

    def draw(self, label: Label, what: str = "") -> None:
        """Change what stands on the label; steps that are called alike are taken back together."""
        if label != self.label and self.may_edit:
            self.history.note(self.label, what)
            self.label = label
            self._changed()

    def set(self, **changes: object) -> None:
        """Change properties of the chosen field."""
        if self.field is not None:
            names = "+".join(sorted(changes))
            self.draw(drawing.put(self.label, replace(self.field, **changes)), f"{self.selected}:{names}")  # type: ignore[arg-type]

    def set_picture(self, file: Path) -> None:
        """Put a picture file into the chosen field, small and in few colours."""
        id = self.selected

        def made(picture: LogoFile) -> None:
            if picture.trouble:
                self._refused(picture.trouble)
            elif self.selected == id:
                self.set(content=picture.logo)

        self.office.work.work(lambda: read_logo(file), made)

    def set_label(self, **changes: object) -> None:
        """Change properties of the label itself."""
        self.draw(replace(self.label, **changes), "+".join(sorted(changes)))  # type: ignore[arg-type]

    def rename(self, name: str) -> None:
        """Call the label something else."""
        self.name = name
        self.saved = ""
        self._tell()

    def add(self, kind: FieldKind) -> None:
        """Put a new field on the label."""
        label, id = drawing.added(self.label, kind)
        if self.may_edit:
            self.selected = id
        self.draw(label)

    def double(self) -> None:
        """Put a copy of the chosen field beside it."""
        label, id = drawing.doubled(self.label, self.selected)
        if self.may_edit and self.field is not None:
            self.selected = id
        self.draw(label)

    def remove(self) -> None:
        """Take the chosen field away."""
        if self.field is not None:
            self.draw(drawing.removed(self.label, self.selected))

    def undo(self) -> None:
        """Take back what was drawn last, or that it was thrown away."""
        if self._taken is not None:
            self._offer_again(*self._taken)
            return
        if self._thrown is not None:
            self._show_sheet(self._thrown)
        else:
            self.label = self.history.undo(self.label)
        self._changed()

    def redo(self) -> None:
        """Do again what was taken back last."""
        self.label = self.history.redo(self.label)
        self._changed()

    def _changed(self) -> None:
        self._thrown = self._taken = None
        self.saved = self.refusal = ""
        self._draw()
        self._tell()

    def _draw(self) -> None:
        """Lay the label out in another thread; what was changed meanwhile is laid out after it."""
        if self._is_drawing:
            self._is_stale = True
            return
        self._is_drawing, self._is_stale = True, False
        label, values = self.label, self.values
        self.office.work.work(lambda: _laid(label, values), self._drawn)

    def _drawn(self, laid: Laid | str) -> None:
        self._is_drawing = False
        if isinstance(laid, str):
            self.refusal = laid
        else:
            self.laid = laid
        if self._is_stale:
            self._draw()
        self._tell()

    # ------------------------------------------------------------------------------ keeping

    def copy(self) -> None:
        """Begin a label of one's own from the one on the board."""
        if self.may_edit:
            entry = Entry(self.office.clock.new_id(), f"{self.name} (copy)", self.label, is_own=True)
            self._leave()
            self._open(entry._replace(name=""), 0)
            self.name = entry.name
            self._changed()

    def discard(self) -> None:
        """Throw away what was drawn and not saved; it can be taken back."""
        thrown = self._sheet()
        if not self._base and self.is_own:
            self._open(READY_ENTRIES[0], 0)
        else:
            self._open(self._start, self._base)
        self.selected = ""
        self._changed()
        self._thrown = thrown
        self._tell()

    def save(self) -> None:
        """Save the label; a ready one becomes one of the shop's own."""
        if self.is_saving or not self.has_changes:
            return
        if not self.may_edit:
            self.refusal = NO_RIGHT
            self._tell()
            return
        id = self.chosen if self.is_own else self.office.clock.new_id()
        sent = Entry(id, self.name.strip(), self.label, is_own=True)
        row = LabelDesign(id, sent.name, design_of(sent.label))
        names = (("name", sent.name != self._start.name), ("label", sent.label != self._start.label))
        said = tuple(name for name, is_said in names if is_said) if self._base else ()
        self.is_saving = True
        self.office.change(
            SaveDesign(row, said, self._base), then=lambda done: self._kept(sent, done), refused=self._refused
        )
        self._tell()

    def _kept(self, sent: Entry, done: Done) -> None:
        self.is_saving = False
        self._start, self._base = sent, left_at(self.office.reader, "label_design", sent.id, done.entries)
        self.name = sent.name
        self.saved = f"“{sent.name}” saved"
        self.refresh()

    def take_away(self) -> None:
        """Offer the label on the board no more."""
        if self.is_own and self._base and self.may_edit:
            row = LabelDesign(self.chosen, self._start.name, design_of(self._start.label), is_active=False)
            command = SaveDesign(row, ("is_active",), self._base)
            self.office.change(command, then=partial(self._taken_away, row), refused=self._refused)

    def _taken_away(self, row: LabelDesign, done: Done) -> None:
        self._open(READY_ENTRIES[0], 0)
        self.selected = ""
        self.refresh()
        self._changed()
        base = left_at(self.office.reader, "label_design", row.id, done.entries)
        self._taken = replace(row, is_active=True), base
        self.saved = f"“{row.name}” is not offered any more"
        self._tell()

    def _offer_again(self, row: LabelDesign, base: int) -> None:
        """Offer a label again that was taken away, and put it on the board."""

        def offered(done: Done) -> None:
            self._leave()
            entry = Entry(row.id, row.name, label_of(row.label), is_own=True)
            self._open(entry, left_at(self.office.reader, "label_design", row.id, done.entries))
            self.refresh()
            self._changed()

        command = SaveDesign(row, ("is_active",), base)
        self._taken = None
        self.office.change(command, then=offered, refused=self._refused)

    def _refused(self, sentence: str) -> None:
        self.is_saving, self.refusal = False, sentence
        self._tell()

    def _tell(self) -> None:
        for listener in self.listeners:
            listener()


def label_of(text: str) -> Label:
    """Read a label from JSON."""
    return from_body(Label, json.loads(text))


def design_of(label: Label) -> str:
    """Write a label as JSON."""
    return json.dumps(to_body(label), ensure_ascii=False, separators=(",", ":"))


def _laid(label: Label, values: Values) -> Laid | str:
    try:
        return lay_out(label, values, DPI)
    except ValueError as fault:
        return str(fault)
