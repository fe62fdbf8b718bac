"""Scrolling by finger: paper is dragged itself, and beside fields and buttons there is a bar as wide as a finger.

Where things are tapped and typed the page itself is not dragged: Qt holds every press back to see what becomes of it.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QScrollArea, QScrollBar, QScroller, QScrollerProperties, QWidget

from omsdesk.ui import theme
from omsdesk.ui.widgets.painted_view import DRAG

_FELT_AFTER = 0.02
"""Seconds until a press is felt. Not 0: Qt would not take the press back from a button that turns out to be dragged."""
_PIXELS_PER_METRE = 3780
"""At 96 pixels to the inch, which is what Qt takes a screen for that does not tell its size."""


_WIDE = 44


class WideBar(QScrollBar):
    """As wide as a finger; the style sheet paints a narrower grip into it."""

    def sizeHint(self) -> QSize:
        """Room for a finger."""
        return QSize(theme.current().px(_WIDE), super().sizeHint().height())


def widen_bar(area: QAbstractScrollArea) -> None:
    """Give an area a scroll bar that a finger can hold."""
    area.setVerticalScrollBar(WideBar())


def flick(area: QAbstractScrollArea) -> None:
    """Let a finger drag and flick an area. A tap reaches what it meant: only a drag is taken from it."""
    place = area.viewport()
    QScroller.grabGesture(place, QScroller.ScrollerGestureType.LeftMouseButtonGesture)
    scroller = QScroller.scroller(place)
    wanted, metric = scroller.scrollerProperties(), QScrollerProperties.ScrollMetric
    never = QScrollerProperties.OvershootPolicy.OvershootAlwaysOff
    for name, value in (
        (metric.MousePressEventDelay, _FELT_AFTER),
        (metric.DragStartDistance, DRAG / _PIXELS_PER_METRE),
        (metric.VerticalOvershootPolicy, never),
        (metric.HorizontalOvershootPolicy, never),
    ):
        wanted.setScrollMetric(name, value)
    scroller.setScrollerProperties(wanted)


def scrolling(view: QWidget) -> QScrollArea:
    """Let a view scroll where the largest text needs more than the smallest screen has."""
    frame = QScrollArea()
    frame.setFrameShape(QScrollArea.Shape.NoFrame)
    frame.setWidgetResizable(True)
    frame.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    frame.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    frame.viewport().setAutoFillBackground(False)
    frame.setWidget(view)
    view.setAutoFillBackground(False)
    widen_bar(frame)
    return frame
