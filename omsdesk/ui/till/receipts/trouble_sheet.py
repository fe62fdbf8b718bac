"""What did not go out as it should, print or mail: in words, with what can be done about each."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from omsdesk.ui.till.sheets import Body
from omsdesk.ui.till.state import TillState
from omsdesk.ui.widgets.empty_state import EmptyState
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import column
from omsdesk.ui.widgets.primary_button import PrimaryButton
from omsdesk.ui.widgets.result_list import Result, ResultList

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_Trouble = TypeVar("_Trouble")


class TroubleSheet(Body, Generic[_Trouble]):
    """A list, why each is there, a button that settles the marked one, and one that does it again."""

    icon: ClassVar[str]
    none: ClassVar[str]
    """What is said where nothing waits."""

    def __init__(self, state: TillState, again: str) -> None:
        """List what wants a person; ``again`` is what Enter does."""
        super().__init__()
        self.state = state
        self._rows: Sequence[_Trouble] = ()
        self.list, self.reason = ResultList(self.title), Label("", 16)
        self.reason.setWordWrap(True)
        self.empty = EmptyState(self.icon, self.none)
        self.settle = KeyButton("", "check", height=68)
        self.again = PrimaryButton(again, self.icon, "Enter")
        self.settle.clicked.connect(self._settle)
        self.again.clicked.connect(self.confirm)
        self.list.chosen.connect(lambda _: self.enter())
        self.list.selectionModel().currentChanged.connect(lambda *_: self.explain(self.marked))
        self.setLayout(column(self.list, self.empty, self.reason, spacing=16))
        self.refresh()

    def buttons(self) -> Sequence[QWidget]:
        """What can be done with the marked one."""
        return (self.settle, self.again)

    def begin(self) -> None:
        """Let the arrows walk the list."""
        self.list.setFocus()

    def refresh(self) -> None:
        """Show what waits now."""
        self._rows = self.rows()
        self.list.show_results([self.result(row) for row in self._rows])
        self.list.setVisible(bool(self._rows))
        self.empty.setVisible(not self._rows)
        self.explain(self.marked)

    @property
    def marked(self) -> _Trouble | None:
        """The one that the buttons act on."""
        at = self.list.currentIndex().row()
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def confirm(self) -> None:
        """Do the marked one again."""
        row = self.marked
        if row is not None and self.again.isEnabled():
            self.do_again(row)

    def enter(self) -> None:
        """Do what Enter in the list means."""
        self.confirm()

    def _settle(self) -> None:
        row = self.marked
        if row is not None:
            self.give_up(row)

    # ------------------------------------------------------------------------------ what differs

    @abstractmethod
    def rows(self) -> Sequence[_Trouble]:
        """Ask what wants a person."""

    @abstractmethod
    def result(self, row: _Trouble) -> Result:
        """Write a row of the list."""

    @abstractmethod
    def explain(self, row: _Trouble | None) -> None:
        """Say why the marked one is there, and what the buttons do."""

    @abstractmethod
    def do_again(self, row: _Trouble) -> None:
        """Send it once more."""

    @abstractmethod
    def give_up(self, row: _Trouble) -> None:
        """Let it be."""
