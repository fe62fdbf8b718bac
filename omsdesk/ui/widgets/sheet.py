"""A panel that covers the work area instead of a dialog: the rest of the window stays alive, Esc goes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from omsdesk.ui.widgets.card import Panel
from omsdesk.ui.widgets.flicking import widen_bar
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

_MARGIN = 20


class Sheet(Panel):
    """Title, body and buttons over ``area``. Tab stays inside; focus returns to where it was."""

    closed = Signal()

    def __init__(
        self, title: str, body: QWidget, area: QWidget, buttons: Sequence[QWidget] = (), body_width: int = 0
    ) -> None:
        """Prepare the sheet; ``body_width`` limits how wide the body may grow, for forms."""
        super().__init__(None, area)
        self._area = area
        self._focus_before: QWidget | None = None
        self.setAccessibleName(title)
        self.title = Label(title, 22, 600)
        self.back_key = KeyButton("Back", "arrow-left", "Esc")
        self.back_key.clicked.connect(self.close_sheet)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self.back_key)
        head.addWidget(self.title, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 14, _MARGIN, 16)
        column.setSpacing(16)
        column.addLayout(head)
        column.addWidget(self._scrolled(body, body_width), 1)
        for button in buttons:
            button.installEventFilter(self)
        if buttons:
            column.addLayout(_foot(buttons))
        self.body = body
        self.hide()

    def _scrolled(self, body: QWidget, body_width: int) -> QScrollArea:
        room = QWidget()
        row = QHBoxLayout(room)
        row.setContentsMargins(0, 0, 0, 0)
        if body_width:
            body.setMaximumWidth(body_width)
        row.addWidget(body, 1)
        if body_width:
            row.addStretch(0)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.viewport().setAutoFillBackground(False)
        scroll.setWidget(room)
        room.setAutoFillBackground(False)
        widen_bar(scroll)
        return scroll

    def open_sheet(self) -> None:
        """Cover the area and take the focus."""
        self._focus_before = QApplication.focusWidget()
        self.setGeometry(self._area.rect())
        # Only while it is open, so that no filter outlives its sheet.
        self._area.installEventFilter(self)
        self.show()
        self.raise_()
        first = next(iter(self._stops(self.body)), self.body)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_sheet(self) -> None:
        """Uncover the area and give the focus back."""
        if self.isHidden():
            return
        self.hide()
        self._area.removeEventFilter(self)
        # The screen below may have been built anew meanwhile.
        if self._focus_before is not None and shiboken6.isValid(self._focus_before):
            self._focus_before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._focus_before = None
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover the area when it grows or shrinks, and take no button for pressed that a double click came upon."""
        if event.type() == QEvent.Type.MouseButtonDblClick:
            return True
        if watched is self._area and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._area.rect())
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back by Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_sheet()
            return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Keep Tab inside the sheet."""
        stops = list(self._stops(self))
        current = QApplication.focusWidget()
        if not stops:
            return False
        at = stops.index(current) if current in stops else -1 if is_next else 0
        stops[(at + (1 if is_next else -1)) % len(stops)].setFocus(
            Qt.FocusReason.TabFocusReason if is_next else Qt.FocusReason.BacktabFocusReason
        )
        return True

    def _stops(self, within: QWidget) -> list[QWidget]:
        """Widgets that Tab reaches, in order."""
        found: list[QWidget] = []
        widget = self.nextInFocusChain()
        while widget is not None and widget is not self:
            takes_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
            is_inside = widget is within or within.isAncestorOf(widget)
            if takes_tab and is_inside and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None:
                found.append(widget)
            widget = widget.nextInFocusChain()
        return found


def _foot(buttons: Sequence[QWidget]) -> QHBoxLayout:
    foot = QHBoxLayout()
    foot.setSpacing(12)
    foot.addStretch(1)
    for button in buttons:
        foot.addWidget(button)
    return foot
