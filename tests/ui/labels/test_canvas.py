"""Labels are drawn by mouse and keyboard: fields are moved, made larger, typed and taken away."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit

from omsdesk.documents.labels.model import FieldKind
from omsdesk.documents.labels.ready import READY
from omsdesk.ui.labels.drawing import GRIPS
from omsdesk.ui.labels.screen import LabelsScreen
from tests.documents.samples import logo
from tests.ui.back_office import Stage, press, take_pictures, type_into, until
from tests.ui.labels.conftest import draw, drawn, is_said


def point(page: LabelsScreen, x: int, y: int) -> QPoint:
    """Where a place of the label lies on the board."""
    sheet, scale = page.canvas.sheet, page.canvas.scale
    return QPointF(sheet.x() + x * scale, sheet.y() + y * scale).toPoint()


def drag(page: LabelsScreen, start: QPoint, end: QPoint, modifier: Qt.KeyboardModifier | None = None) -> None:
    keys = modifier or Qt.KeyboardModifier.NoModifier
    QTest.mousePress(page.canvas, Qt.MouseButton.LeftButton, keys, start)
    QTest.mouseMove(page.canvas, (start + end) / 2)
    QTest.mouseMove(page.canvas, end)
    QTest.mouseRelease(page.canvas, Qt.MouseButton.LeftButton, keys, end)


class TestDrawing:
    def test_a_field_is_dragged_on_the_grid_and_that_is_taken_back_at_once(
        self, page: LabelsScreen, stage: Stage
    ) -> None:
        field = draw(page, "price")
        start = point(page, field.x + 20, field.y + 20)
        drag(page, start, point(page, field.x - 83, field.y + 20))
        moved = page.session.field
        assert moved is not None
        assert (moved.x % 10, moved.y % 10) == (0, 0)
        assert abs(moved.x - (field.x - 103)) <= 6
        press("Ctrl+Z")
        assert page.session.field == field
        press("Ctrl+Y")
        assert page.session.field == moved

    def test_its_corner_makes_it_larger(self, page: LabelsScreen, stage: Stage) -> None:
        field = draw(page, "sku")
        corner = point(page, field.x + field.width, field.y + field.height)
        drag(page, corner, corner + QPoint(round(50 * page.canvas.scale), 0))
        made = page.session.field
        assert made is not None
        assert abs(made.width - field.width - 50) <= 6
        assert (made.x, made.y) == (field.x, field.y)

    def test_so_does_every_edge_that_is_long_enough(self, page: LabelsScreen, stage: Stage) -> None:
        field = draw(page, "gtin")
        assert set(page.canvas.grips(field)) == set(GRIPS)
        left = page.canvas.grips(field)[-1, 0].toPoint()
        drag(page, left, left + QPoint(round(100 * page.canvas.scale), 40))
        made = page.session.field
        assert made is not None
        assert abs(made.x - field.x - 100) <= 6
        assert (made.x + made.width, made.y, made.height) == (field.x + field.width, field.y, field.height)
        low = draw(page, "sku")
        assert (-1, 0) not in page.canvas.grips(low)
        middle = page.canvas.place_of(low).center().toPoint()
        drag(page, middle, middle + QPoint(0, round(40 * page.canvas.scale)))
        moved = page.session.field
        assert moved is not None
        assert (moved.width, moved.height) == (low.width, low.height)
        assert moved.y > low.y

    def test_a_new_text_is_typed_at_once_and_an_old_one_after_a_double_click(
        self, page: LabelsScreen, stage: Stage
    ) -> None:
        page.pills.choose(1)
        page.tools[FieldKind.TEXT].click()
        words = page.form.card.editor("content")
        assert isinstance(words, QLineEdit)
        assert (words.selectedText(), words.hasFocus()) == ("Text", True)
        QTest.keyClicks(words, "Fresh today")
        stage.keyboard.let_through()
        assert page.session.field is not None
        assert page.session.field.content == "Fresh today"
        field = draw(page, "price")
        QTest.mouseDClick(page.canvas, Qt.MouseButton.LeftButton, pos=point(page, field.x + 30, field.y + 20))
        assert (words.hasFocus(), words.selectedText()) == (True, "{price}")
        page.canvas.setFocus()
        assert page.typing_place() is words
        QTest.keyClick(page.canvas, Qt.Key.Key_Return)
        assert words.hasFocus()
        words.setCursorPosition(1)
        insert = page.form.card.editor("insert")
        assert isinstance(insert, QComboBox)
        insert.setCurrentIndex(insert.findData("unit"))
        assert page.session.field.content == "{{unit}price}"
        page.session.select("")
        assert page.typing_place() is None

    def test_a_field_is_doubled_and_deleted_without_a_keyboard(self, page: LabelsScreen, stage: Stage) -> None:
        draw(page, "price")
        count = len(page.session.label.fields)
        page.form.double.click()
        assert len(page.session.label.fields) == count + 1
        page.form.remove.click()
        page.session.select("price")
        page.form.remove.click()
        assert len(page.session.label.fields) == count - 1
        assert page.form.remove.isHidden() or not page.form.card.isVisible()

    def test_drawing_is_thrown_away_and_brought_back(self, page: LabelsScreen, stage: Stage) -> None:
        draw(page, "price")
        assert not page.discard.isVisible()
        page.session.set(size=20)
        assert page.list.name_of(0).endswith("Not saved")
        take_pictures(stage, "labels_not_saved")
        page.discard.click()
        assert page.session.label == READY[0].label
        assert not page.discard.isVisible()
        press("Ctrl+Z")
        assert page.session.has_changes

    def test_the_keyboard_does_it_too(self, page: LabelsScreen, stage: Stage) -> None:
        field = draw(page, "sku")
        page.canvas.setFocus()
        QTest.keyClick(page.canvas, Qt.Key.Key_Right)
        QTest.keyClick(page.canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
        QTest.keyClick(page.canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
        made = page.session.field
        assert made is not None
        assert (made.x, made.y, made.width) == (field.x + 10, field.y + 1, field.width + 10)
        press("Ctrl+D")
        assert len(page.session.label.fields) == len(READY[0].label.fields) + 1
        QTest.keyClick(page.canvas, Qt.Key.Key_Delete)
        assert len(page.session.label.fields) == len(READY[0].label.fields)

    def test_tab_walks_through_the_fields_and_out(self, page: LabelsScreen, stage: Stage) -> None:
        page.pills.choose(1)
        page.canvas.setFocus()
        seen = []
        for _ in page.session.label.fields:
            QTest.keyClick(page.canvas, Qt.Key.Key_Tab)
            seen.append(page.session.selected)
        assert seen == [field.id for field in READY[0].label.fields]
        QTest.keyClick(page.canvas, Qt.Key.Key_Tab)
        assert not page.canvas.hasFocus()

    def test_a_click_beside_everything_chooses_nothing(self, page: LabelsScreen, stage: Stage) -> None:
        draw(page, "price")
        QTest.mouseClick(page.canvas, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
        assert page.session.field is None

    @pytest.mark.parametrize("kind", FieldKind)
    def test_every_kind_of_field_is_added(self, page: LabelsScreen, stage: Stage, kind: FieldKind) -> None:
        page.pills.choose(1)
        page.tools[kind].click()
        assert page.session.field is not None
        assert page.session.field.kind is kind
        drawn(page)

    def test_properties_are_typed(self, page: LabelsScreen, stage: Stage) -> None:
        draw(page, "price")
        card = page.form.card
        type_into(card.editor("size"), "3,2", stage)
        assert page.session.field is not None
        assert page.session.field.size == 32
        type_into(card.editor("size"), "x", stage)
        assert page.session.field.size == 32
        assert page.form.errors["size"] == "Type a length in millimetres."
        insert = card.editor("insert")
        assert isinstance(insert, QComboBox)
        insert.setCurrentIndex(insert.findData("unit"))
        assert page.session.field.content == "{price}{unit}"
        turn = card.editor("turn")
        assert isinstance(turn, QComboBox)
        turn.setCurrentIndex(turn.findData("180"))
        assert page.session.field.turn == 180

    def test_what_cannot_be_read_is_said_below_the_label(self, page: LabelsScreen, stage: Stage) -> None:
        draw(page, "gtin")
        page.session.set(width=200)
        drawn(page)
        until(lambda: "of width to be read" in page.notes.text())

    def test_a_picture_of_one_s_own_is_put_on_the_label(
        self, page: LabelsScreen, stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = tmp_path / "organic.png"
        file.write_bytes(logo())
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
        page.pills.choose(1)
        page.tools[FieldKind.PICTURE].click()
        page.form.picture.click()
        until(lambda: page.session.field is not None and len(page.session.field.content) > 100)
        drawn(page)
        assert page.form.picture.isVisible()
        page.form.logo.click()
        assert page.session.field is not None
        assert page.session.field.content == "{logo}"

    def test_what_is_no_picture_is_said(
        self, page: LabelsScreen, stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name, said in (("notes.txt", "is not a picture"), ("gone.png", "cannot be read")):
            file = tmp_path / name
            if name == "notes.txt":
                file.write_text("milk, bread")
            monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))  # noqa: B023 - asked at once
            page.pills.choose(1)
            page.tools[FieldKind.PICTURE].click()
            page.form.picture.click()
            until(partial(is_said, page, said))
