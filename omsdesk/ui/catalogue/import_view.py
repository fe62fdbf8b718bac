"""The import page: its head says which file it is, below it stands the step one is at."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from omsdesk.documents.formats import format_money
from omsdesk.ui.catalogue.import_preview import PreviewStep
from omsdesk.ui.catalogue.import_session import ImportSession, Step
from omsdesk.ui.catalogue.import_steps import ChooseStep, DoneStep, MapStep, WaitStep
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.chip import Chip
from omsdesk.ui.widgets.field_card import choices, combo, read
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.page_head import PageHead
from omsdesk.ui.widgets.passing_banner import PassingBanner
from omsdesk.ui.widgets.primary_button import PrimaryButton

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent

_LOOK_MS = 100


class ImportView(QWidget):
    """Shows an import session; ``left`` when a person is done with it."""

    left = Signal()
    help_page = "import"

    def __init__(self, session: ImportSession) -> None:
        """Lay the steps out."""
        super().__init__()
        self.session = session
        session.listeners.append(self._follow)
        locale = session.office.shop.locale
        self.recognised = Chip("", "circle-check", Tone.OK)
        self.worksheet = combo()
        self.worksheet.setAccessibleName("Worksheet")
        self.worksheet.currentIndexChanged.connect(lambda _: session.choose_worksheet(str(read(self.worksheet))))
        self.change = KeyButton("Change the columns", "pencil")
        self.change.clicked.connect(session.change_columns)
        self.go = PrimaryButton("", "arrow-right", "Ctrl S")
        self.go.HEIGHT = 48
        self.go.clicked.connect(self.go_on)
        self.head = PageHead("Import products", [self.recognised, self.worksheet, self.change, self.go], has_back=True)
        self.head.went_back.connect(self.back)
        self.banner = PassingBanner()
        self.choose, self.map = ChooseStep(), MapStep(session)
        self.wait, self.done = WaitStep(session), DoneStep(session)
        self.preview = PreviewStep(session, lambda money: format_money(money, locale))
        self.wait.cancel.clicked.connect(self.back)
        self.choose.chosen.connect(lambda path: session.choose(Path(path)))
        self.done.again.connect(session.begin)
        self.done.left.connect(self.left)
        self._steps: dict[Step, QWidget] = {
            Step.CHOOSE: self.choose,
            Step.LOOK: self.wait,
            Step.MAP: self.map,
            Step.PREVIEW: self.preview,
            Step.IMPORT: self.wait,
            Step.DONE: self.done,
        }
        self._stack = QStackedWidget()
        for step in (self.choose, self.map, self.wait, self.preview, self.done):
            self._stack.addWidget(step)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.head, self.banner):
            column.addWidget(part)
        column.addWidget(self._stack, 1)
        app = QApplication.instance()
        if app is not None:
            # The program ends after the batch that is being written, not after the file.
            app.aboutToQuit.connect(session.stop)
        self._shown_step: Step | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)

    @property
    def step(self) -> Step:
        """Where the import is."""
        return self.session.step

    def go_on(self) -> None:
        """Take the next step."""
        if self.step is Step.MAP or (self.step is Step.PREVIEW and self.session.is_stale):
            self.session.try_out()
        elif self.step is Step.PREVIEW:
            self.session.run()

    def back(self) -> None:
        """Go one step back; from the first one to the list."""
        match self.step:
            case Step.CHOOSE | Step.DONE:
                self.left.emit()
            case Step.IMPORT:
                self.session.stop()
            case Step.PREVIEW if self.session.mapping is not None:
                self.session.change_columns()
            case _:
                self.session.begin()

    def _follow(self) -> None:
        session, step = self.session, self.step
        self._stack.setCurrentWidget(self._steps[step])
        self.head.say("Import products", session.file_name)
        self._show_tools()
        if session.trouble:
            self.banner.say(session.trouble, Tone.BAD, "circle-alert")
        else:
            self.banner.hide()
        if step is Step.MAP:
            self.map.show_values()
        elif step is Step.PREVIEW and session.preview is not None:
            self.preview.show_preview(session.preview)
        elif step is Step.DONE:
            self.done.show_values()
        if self._shown_step is not step and self.isVisible():
            self._shown_step = step
            self._focus()
        if step in {Step.LOOK, Step.IMPORT}:
            self._look()
            self._timer.start()
        else:
            self._timer.stop()

    def hideEvent(self, event: QHideEvent) -> None:
        """Forget where the focus was: it is given anew when the page is shown again."""
        super().hideEvent(event)
        self._shown_step = None

    def _focus(self) -> None:
        match self.step:
            case Step.CHOOSE:
                self.choose.state.button.setFocus()
            case Step.MAP:
                self.map.columns["name"].setFocus()
            case Step.DONE:
                self.done.back.setFocus()
            case Step.PREVIEW:
                self.preview.rows.setFocus()
            case _:
                self.wait.cancel.setFocus()

    def _show_tools(self) -> None:
        session, step = self.session, self.step
        is_open = step in {Step.MAP, Step.PREVIEW}
        # Where the columns were chosen, the page was, too: one goes back to change either.
        is_first = step is Step.MAP or (is_open and session.is_certain)
        self.recognised.setVisible(is_first)
        if session.is_certain:
            self.recognised.set_state(session.title, "circle-check", Tone.OK)
        else:
            self.recognised.set_state("Not a known export: columns guessed", "triangle-alert", Tone.WARN)
        names = session.sheet.names if session.sheet else ()
        self.worksheet.setVisible(is_first and len(names) > 1)
        if self.worksheet.isVisible() and session.sheet is not None:
            choices(self.worksheet, [(name, name) for name in names], session.sheet.name)
        self.change.setVisible(step is Step.PREVIEW and session.mapping is not None)
        self.go.setVisible(is_open)
        if step is Step.MAP:
            self.go.set_label("Preview")
        elif session.is_stale:
            self.go.set_label("Preview again")
        elif session.preview is not None:
            summary = session.preview.summary
            count = summary.new + summary.changed
            self.go.set_label(f"Import {self.session.count(count)}" if count else "Nothing to import")
        self.go.setEnabled(step is Step.MAP or session.is_stale or self._has_work)

    @property
    def _has_work(self) -> bool:
        preview = self.session.preview
        return preview is not None and bool(
            preview.summary.new + preview.summary.changed + preview.summary.problem_count
        )

    def _look(self) -> None:
        words = f"Importing “{self.session.file_name}”" if self.step is Step.IMPORT else "Reading the file"
        self.wait.show_progress(words)
