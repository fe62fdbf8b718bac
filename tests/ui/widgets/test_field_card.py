"""Fields side by side, and one way to fill and to hear every kind of editor."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QPlainTextEdit, QSlider, QWidget
from pytestqt.qtbot import QtBot

from omsdesk.ui import theme
from omsdesk.ui.widgets.field_card import Field, FieldCard, Value, choices, combo, fill, hear, line, read

OFFERS = (("a", "First"), ("b", "Second"))


def editors() -> list[tuple[QWidget, Value]]:
    """One editor of each kind, with a value for it."""
    fixed, free = combo(), combo(is_editable=True, placeholder="or a new one")
    choices(fixed, OFFERS, "a")
    choices(free, OFFERS, "")
    return [
        (line("nothing yet"), "tea"),
        (QPlainTextEdit(), "two\nlines"),
        (QCheckBox("ticked"), True),
        (fixed, "b"),
        (free, "Third"),
    ]


def test_what_is_filled_is_read_and_nobody_hears_of_it(qtbot: QtBot) -> None:
    for editor, value in editors():
        qtbot.addWidget(editor)
        heard: list[Value] = []
        hear(editor, heard.append)
        fill(editor, value)
        assert read(editor) == value
        assert heard == [], "only people are heard"


def test_what_people_type_and_choose_is_heard(qtbot: QtBot) -> None:
    text, long, tick, fixed, free = (editor for editor, _ in editors())
    heard: list[Value] = []
    for editor in (text, long, tick, fixed, free):
        qtbot.addWidget(editor)
        hear(editor, heard.append)
    QTest.keyClicks(text, "t")
    QTest.keyClicks(long, "l")
    QTest.keyClick(tick, Qt.Key.Key_Space)
    QTest.keyClick(fixed, Qt.Key.Key_Down)
    QTest.keyClicks(free, "n")
    assert heard == ["t", "l", True, "b", "n"]


def test_filling_what_stands_there_already_keeps_the_cursor(qtbot: QtBot) -> None:
    editor = line(is_number=True)
    qtbot.addWidget(editor)
    QTest.keyClicks(editor, "12.90")
    QTest.keyClick(editor, Qt.Key.Key_Left)
    fill(editor, "12.90")
    assert editor.cursorPosition() == 4
    assert editor.alignment() & Qt.AlignmentFlag.AlignRight


def test_what_is_no_editor_is_a_fault(qtbot: QtBot) -> None:
    slider = QSlider()
    qtbot.addWidget(slider)
    with pytest.raises(TypeError, match="QSlider is no editor"):
        read(slider)


def test_errors_stand_at_their_field_and_the_first_is_named(qtbot: QtBot) -> None:
    name, price = line(), line()
    card = FieldCard("Product", [[Field("name", "Name", name), Field("price", "Price", price, "in pounds")]])
    qtbot.addWidget(card)
    card.show()
    assert card.show_errors({"price": "This is no price."}) is price
    assert price.accessibleDescription() == "This is no price."
    assert card.show_errors({"other": "Not here."}) is None
    assert price.accessibleDescription() == "in pounds"
    assert card.names == ["name", "price"]
    assert name.accessibleName() == "Name"


def test_a_field_is_left_out_with_its_label(qtbot: QtBot) -> None:
    host = QLineEdit()
    card = FieldCard("Printer", [[Field("host", "Address", host)]])
    qtbot.addWidget(card)
    card.show()
    card.show_field("host", is_shown=False)
    assert not host.isVisible()
    card.show_field("host", is_shown=True)
    assert card.editor("host") is host
    assert host.isVisible()


@pytest.mark.qt_log_ignore("does not support", extend=True)  # the offscreen platform, of windows over windows
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_a_choice_shows_all_that_can_be_chosen_in_rows_that_a_finger_hits(
    qtbot: QtBot, qapp: QApplication, scale: float
) -> None:
    theme.apply(theme.load("light", scale), qapp)
    editor = combo()
    qtbot.addWidget(editor)
    choices(editor, [("no", "No till"), ("1", "Till 1")], "1")
    editor.show()
    editor.showPopup()
    view = editor.view()
    qtbot.waitUntil(view.isVisible)
    assert view.verticalScrollBar().maximum() == 0
    assert view.sizeHintForRow(0) >= 40 * scale
    editor.hidePopup()
    theme.apply(theme.load("light"), qapp)
