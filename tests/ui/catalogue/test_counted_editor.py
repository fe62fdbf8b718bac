"""Things with how many of each, added from the scanner or the keyboard."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from omsdesk.ui.catalogue.counted_editor import CountedEditor, row_with_bin
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label

CODE, COUNT = ("code", "Add", "Scan"), ("count", "How many", "")


def shown(editor: CountedEditor) -> list[str]:
    return [label.text() for label in editor.findChildren(QLabel) if label.isVisibleTo(editor) and label.text()]


def test_what_could_be_added_leaves_the_fields_and_what_could_not_stays_to_be_mended(qtbot: QtBot) -> None:
    taken: list[tuple[str, str]] = []

    def add(code: str, count: str) -> bool:
        taken.append((code, count))
        return code == "known"

    editor = CountedEditor("Contents", "Nothing yet.", CODE, COUNT, add)
    qtbot.addWidget(editor)
    editor.code.setText("typo")
    editor.quantity.setText("6")
    editor.quantity.returnPressed.emit()
    assert (editor.code.text(), editor.quantity.text()) == ("typo", "6")
    editor.code.setText("known")
    editor.code.returnPressed.emit()
    assert (editor.code.text(), editor.quantity.text()) == ("", "1")
    assert taken == [("typo", "6"), ("known", "6")]


def test_rows_take_the_place_of_those_before_and_of_the_sentence_that_there_are_none(qtbot: QtBot) -> None:
    editor = CountedEditor(
        "Contents", "Nothing yet.", ("code", "Add", "Scan"), ("count", "How many", ""), lambda *_: True
    )
    qtbot.addWidget(editor)
    gone: list[str] = []
    row = row_with_bin([Label("six eggs")], "Take eggs out", lambda: gone.append("eggs"), may_edit=True)
    editor.show_rows([row], may_edit=True)
    assert "six eggs" in shown(editor)
    assert "Nothing yet." not in shown(editor)
    (button,) = row.findChildren(KeyButton)
    button.click()
    assert gone == ["eggs"]
    editor.show_rows([], may_edit=False)
    assert "Nothing yet." in shown(editor)
    assert not editor.code.isEnabled()
