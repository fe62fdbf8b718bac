"""Paper as it will come out of the printer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from omsdesk.ui import theme
from omsdesk.ui.widgets.paper_view import PaperView
from tests.ui.widgets.compositions import paper

if TYPE_CHECKING:
    from tests.ui.widgets.conftest import Show


def test_paper_lies_on_a_desk_and_never_grows_beyond_its_size(show: Show) -> None:
    view = show(PaperView("Receipt"), 500, 300)
    view.show_pages([paper(), paper()])
    QApplication.processEvents()
    image = view.grab().toImage()
    desk = theme.current().colour.desk
    assert image.pixelColor(20, 100) == desk
    assert image.pixelColor(240, 30) == QColor("white")
    assert view._paper._places[0].width() == 280
    assert view.verticalScrollBar().maximum() > 400
    view.verticalScrollBar().setValue(9999)
    view.resize(200, 300)
    QApplication.processEvents()
    assert view._paper._places[0].width() < 200


def test_paper_with_the_focus_is_framed_wherever_one_has_scrolled(show: Show) -> None:
    view = show(PaperView("Receipt"), 500, 300)
    view.show_pages([paper(), paper()])
    accent = theme.current().colour.accent
    view.setFocus()
    QApplication.processEvents()
    for place in (0, 150, 400):
        view.verticalScrollBar().setValue(place)
        QApplication.processEvents()
        image = view.grab().toImage()
        column = [image.pixelColor(20, y) for y in range(image.height())]
        assert column[:4].count(accent) > 0, "the frame is at the top"
        assert column.count(accent) <= 8, "and leaves no trace behind"
    view.clearFocus()
    QApplication.processEvents()
    image = view.grab().toImage()
    assert accent not in [image.pixelColor(20, y) for y in range(image.height())]


def test_paper_that_is_no_picture_is_an_error_in_words(show: Show) -> None:
    view = show(PaperView("Receipt"))
    with pytest.raises(ValueError, match="no picture"):
        view.show_pages([b"%PDF-1.7"])
