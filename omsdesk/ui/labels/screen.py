"""The labels page: the list at the left, the label on its board, and beside it its properties or what is printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from omsdesk.actions.execute import Changes
from omsdesk.documents.labels.model import FieldKind
from omsdesk.domain.labels import LABEL
from omsdesk.ui.labels.canvas import LabelCanvas
from omsdesk.ui.labels.field_form import FieldForm
from omsdesk.ui.labels.lengths import mm_text
from omsdesk.ui.labels.print_card import PrintCard
from omsdesk.ui.labels.printing import LabelPrinting
from omsdesk.ui.labels.session import NO_RIGHT, LabelsSession, Listed
from omsdesk.ui.navigation import Intent, Screen, Unsaved
from omsdesk.ui.office import Office
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import column, row
from omsdesk.ui.widgets.page_head import MARGIN, PageHead
from omsdesk.ui.widgets.passing_banner import PassingBanner
from omsdesk.ui.widgets.pill_bar import PillBar
from omsdesk.ui.widgets.primary_button import PrimaryButton
from omsdesk.ui.widgets.result_list import Result, ResultList

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance

_LIST, _SIDE = 220, 336
PRINT, DRAW = "print", "draw"
_TOOLS = (
    (FieldKind.TEXT, "Text", "file-text"),
    (FieldKind.CODE, "Barcode", "barcode"),
    (FieldKind.LINE, "Line", "minus"),
    (FieldKind.BOX, "Box", "maximize"),
    (FieldKind.PICTURE, "Logo", "image"),
)


class LabelsScreen(Screen):
    """Prints labels, and lets whoever may change the catalogue draw them."""

    help_page = "labels"

    def __init__(
        self,
        office: Office,
        has_printer: Callable[[str], bool] = lambda _: True,
        label_printed: SignalInstance | None = None,
    ) -> None:
        """Show the first label.

        ``has_printer`` tells whether a printer is set up for a role, ``label_printed`` brings labels on the screen.
        """
        super().__init__()
        self.office, self.session = office, LabelsSession(office)
        self.printing = LabelPrinting(self.session, lambda: has_printer(LABEL))
        self.list = ResultList("Labels")
        self.canvas = LabelCanvas(self.session)
        self.notes = Label("", 14, 500, Tone.WARN)
        self.notes.setWordWrap(True)
        self.tools = {kind: KeyButton(word, icon) for kind, word, icon in _TOOLS}
        self.form, self.print_card = FieldForm(self.session), PrintCard(self.printing)
        self.pills = PillBar("What to do")
        self.pills.set_pills(((PRINT, "Print"), (DRAW, "Draw")))
        self.side = QStackedWidget()
        self.try_one = KeyButton("Print one", "printer", "Ctrl T")
        self.copy = KeyButton("Copy", "plus", "Ctrl N")
        self.away = KeyButton("Remove", "trash-2")
        self.discard = KeyButton("Discard", "x")
        self.undo = KeyButton("Undo", "undo-2", "Ctrl Z")
        self.save = PrimaryButton("Save", "check", "Ctrl S")
        self.save.HEIGHT = 48
        self.head = PageHead("Labels", [self.undo, self.discard, self.away, self.copy, self.try_one, self.save])
        self.banner = PassingBanner()
        self._lay_out()
        self._wire()
        if label_printed is not None:
            label_printed.connect(self.print_card.show_label)
        self.follow()

    def _lay_out(self) -> None:
        self.side.addWidget(self.print_card)
        self.side.addWidget(self.form)
        self.side.setFixedWidth(_SIDE)
        self.pills.setFixedWidth(_SIDE)
        self.list.setFixedWidth(_LIST)
        board = QWidget()
        self.toolbar = QWidget()
        self.toolbar.setLayout(row(*self.tools.values(), 1, spacing=8))
        board.setLayout(column(self.toolbar, self.canvas, self.notes, spacing=8))
        body = QHBoxLayout()
        body.setContentsMargins(MARGIN, 0, 16, MARGIN)
        body.setSpacing(12)
        body.addWidget(self.list)
        body.addWidget(board, 1)
        body.addLayout(column(self.pills, self.side, spacing=8))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.head)
        outer.addWidget(self.banner)
        outer.addLayout(body, 1)

    def _wire(self) -> None:
        session = self.session
        self.list.chosen.connect(lambda id: session.choose(str(id)))
        self.pills.chosen.connect(lambda key: self.show_side(str(key)))
        for kind, button in self.tools.items():
            button.clicked.connect(partial(self.add, kind))
        self.try_one.clicked.connect(self.printing.print_one)
        self.copy.clicked.connect(self.begin_copy)
        self.away.clicked.connect(session.take_away)
        self.discard.clicked.connect(session.discard)
        self.canvas.words_wanted.connect(self.type_words)
        self.undo.clicked.connect(session.undo)
        self.save.clicked.connect(session.save)
        self.banner.gone.connect(self._was_read)
        session.listeners.append(self.follow)
        self.printing.listeners.append(self._say)
        self.office.feed.changed.connect(self._changed)

    # ------------------------------------------------------------------------------ what can be done

    def arrived(self) -> None:
        """Show what there is now."""
        self.print_card.search.setFocus()
        self.session.refresh()
        self.printing.refresh()

    def show_side(self, what: str) -> None:
        """Show what is printed, or the properties of what is drawn."""
        self.side.setCurrentWidget(self.form if what == DRAW else self.print_card)
        self.follow()

    def add(self, kind: FieldKind) -> None:
        """Put a new field on the label and go to it."""
        self.session.add(kind)
        self.canvas.setFocus()
        if kind is FieldKind.TEXT:
            self.type_words()

    def type_words(self) -> None:
        """Go to where it is typed what the chosen field says; what is typed takes the place of what stands there."""
        words = self.form.words
        if words is not None:
            self.pills.choose(1)
            words.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def begin_copy(self) -> None:
        """Draw a label of one's own from the one that is shown."""
        self.session.copy()
        self.pills.move_to(1)
        self.show_side(DRAW)
        self.form.label_card.editor("name").setFocus()

    def take_products(self, products: Sequence[str]) -> None:
        """Have labels of some products printed: another page asks for it."""
        self.pills.choose(0)
        self.printing.want(products)

    def list_changes(self) -> None:
        """Have labels printed of what changed since the day that stands there."""
        self.pills.choose(0)
        self.printing.look_since("")

    def scanned(self, code: str) -> bool:
        """Take a product by its barcode."""
        return self.printing.scanned(code)

    def typing_place(self) -> QWidget | None:
        """Typing searches a product; while somebody draws it is what the chosen field says."""
        return self.print_card.search if self.side.currentWidget() is self.print_card else self.form.words

    def unsaved(self) -> Sequence[Unsaved]:
        """Tell which labels are not saved."""
        session = self.session
        return [
            Unsaved(name or "A label", partial(session.choose, id), session.save, lambda: session.is_saving)
            for id, name in session.unsaved
        ]

    def intents(self) -> Sequence[Intent]:
        """What can be done with labels."""
        session = self.session
        is_chosen = lambda: session.field is not None and session.may_edit  # noqa: E731 - asked in two places
        return (
            Intent("labels.print", "Print the labels", "printer", self.printing.print, "Ctrl+P", self._can_print),
            Intent("labels.one", "Print one", "printer", self.printing.print_one, "Ctrl+T"),
            Intent("labels.changed", "Labels for what changed", "list-filter", self.list_changes),
            Intent("labels.copy", "Draw a copy", "plus", self.begin_copy, "Ctrl+N", lambda: session.may_edit),
            Intent("labels.save", "Save the label", "check", session.save, "Ctrl+S", lambda: session.has_changes),
            Intent("labels.undo", "Undo", "undo-2", session.undo, "Ctrl+Z", lambda: session.can_undo),
            Intent("labels.redo", "Redo", "undo-2", session.redo, "Ctrl+Y", lambda: session.history.can_redo),
            Intent("labels.double", "Copy the field", "plus", session.double, "Ctrl+D", is_chosen),
        )

    def _can_print(self) -> bool:
        return self.printing.can_print

    # ------------------------------------------------------------------------------ what is shown

    def follow(self) -> None:
        """Show what the session has now."""
        session = self.session
        self._show_list()
        self.canvas.follow()
        self.form.show_values()
        is_drawing = self.side.currentWidget() is self.form
        self.toolbar.setVisible(is_drawing and session.may_edit)
        self.undo.setVisible(session.can_undo)
        self.away.setVisible(is_drawing and session.is_own and session.may_edit and not session.has_changes)
        self.discard.setVisible(is_drawing and session.may_edit and session.has_changes)
        self.copy.setVisible(session.may_edit)
        self.save.setVisible(session.may_edit and (is_drawing or session.has_changes))
        self.save.setEnabled(session.has_changes)
        self.save.set_busy(session.is_saving)
        self.notes.setText("\n".join(session.laid.notes) if session.laid else "")
        self.notes.setVisible(bool(self.notes.text()))
        self._say()

    def _show_list(self) -> None:
        session = self.session
        entries = session.listed
        results = [_result(row) for row in entries]
        shown = [self.list.name_of(at) for at in range(self.list.count())]
        if shown != [f"{result.title}, {result.detail}" for result in results]:
            self.list.show_results(results)
        at = next((at for at, row in enumerate(entries) if row.entry.id == session.chosen), -1)
        self.list.setCurrentIndex(self.list.rows.index(at))
        self.list.viewport().update()

    def _say(self) -> None:
        session, printing = self.session, self.printing
        if session.refusal or printing.refusal:
            self.banner.say(session.refusal or printing.refusal, Tone.BAD, "circle-alert")
        elif session.saved or printing.said:
            self.banner.say(f"{session.saved or printing.said}.", Tone.OK, "circle-check")
        elif not session.may_edit and self.side.currentWidget() is self.form:
            self.banner.say(NO_RIGHT, Tone.NEUTRAL, "lock")
        else:
            self.banner.hide()

    def _was_read(self) -> None:
        self.session.refusal = self.session.saved = self.printing.refusal = self.printing.said = ""

    def _changed(self, changes: Changes) -> None:
        if not self.isVisible():
            return
        if changes.touch("label_design", "product", "catalogue", "shop"):
            self.session.refresh()
        if changes.touch("print", "label"):
            self.printing.refresh()


def _result(row: Listed) -> Result:
    entry = row.entry
    size = f"{mm_text(entry.label.width)} × {mm_text(entry.label.height)} mm"
    icon = "pencil" if row.is_changed else "tag" if entry.is_own else "receipt-text"
    detail = "Not saved" if row.is_changed else f"{size} · own" if entry.is_own else size
    return Result(entry.id, icon, entry.name or "A new label", detail)
