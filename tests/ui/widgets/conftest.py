"""Widgets are shown for real, offscreen, in the light theme at normal text size."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

import pytest
from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget

from omsdesk.ui import theme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

W = TypeVar("W", bound=QWidget)


class Show(Protocol):
    """Show a widget at a size, and give it back when it is on the screen."""

    def __call__(self, widget: W, width: int = 400, height: int = 300) -> W: ...


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> Iterator[None]:
    theme.apply(theme.load("light"), qapp)
    yield
    theme.apply(theme.load("light"), qapp)


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    """Show widgets that end with the test."""

    def shown(widget: W, width: int = 400, height: int = 300) -> W:
        qtbot.addWidget(widget)
        widget.resize(width, height)
        widget.show()
        qtbot.waitExposed(widget)
        widget.activateWindow()
        QApplication.processEvents()
        # As a person finds it: no pointer over it yet, nothing tabbed to.
        parts: list[QWidget] = [widget, *widget.findChildren(QWidget)]
        for part in parts:
            part.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
        focused = widget.focusWidget()
        if focused is not None:
            focused.clearFocus()
        return widget

    return shown


class PaintWatch(QObject):
    """Keeps the areas that a widget painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.areas: list[QRect] = []
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note a paint event."""
        if event.type() == QEvent.Type.Paint:
            self.areas.append(event.region().boundingRect())  # type: ignore[attr-defined]
        return super().eventFilter(watched, event)


@pytest.fixture
def watch() -> type[PaintWatch]:
    """Watch what is painted."""
    return PaintWatch
