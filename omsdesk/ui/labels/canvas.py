"""The drawing board: the label as it will be printed on a grid of millimetres, its fields moved by mouse and keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from omsdesk.documents.labels.layout import Laid
from omsdesk.documents.labels.model import LabelField
from omsdesk.documents.labels.preview import paint
from omsdesk.documents.labels.raster_rows import ink_rows
from omsdesk.ui import theme
from omsdesk.ui.labels import drawing
from omsdesk.ui.labels.session import LabelsSession

if TYPE_CHECKING:
    from omsdesk.ui.theme import Theme

_MARGIN = 28
_HANDLE = 10
_REACH = 9
"""How many pixels around a handle take hold of it."""
_INSIDE, _EDGE = 4, 48
"""Pixels inside of a field's edge from which on it is moved; and how long an edge is that has a grip of its own."""
_FALLING, _RISING = Qt.CursorShape.SizeFDiagCursor, Qt.CursorShape.SizeBDiagCursor
_ACROSS, _DOWN = Qt.CursorShape.SizeHorCursor, Qt.CursorShape.SizeVerCursor
_OVER_FIELD = Qt.CursorShape.SizeAllCursor
_CURSORS = {
    (1, 1): _FALLING, (-1, -1): _FALLING, (1, -1): _RISING, (-1, 1): _RISING,
    (1, 0): _ACROSS, (-1, 0): _ACROSS, (0, 1): _DOWN, (0, -1): _DOWN,
}  # fmt: skip
_MOST_SCALE = 2.4
"""Pixels for a tenth of a millimetre: a small label is not blown up further."""
_FINE = 1
_STEPS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip


class LabelCanvas(QWidget):
    """Shows the label on the board. A field is chosen by a click or Tab, moved by dragging or the arrows.

    Its corners and edges resize it, as Shift with the arrows does; Alt goes by tenths of a millimetre and leaves the
    grid. Emits ``words_wanted`` for a double click or Enter: what the field says is to be typed.
    """

    words_wanted = Signal()

    def __init__(self, session: LabelsSession) -> None:
        """Show what the session has."""
        super().__init__()
        self.session = session
        self._image = QImage()
        self._of: Laid | None = None
        self._drag: tuple[drawing.Grip | None, QPointF, LabelField] | None = None
        """The grip that is held, none where a whole field is; where that began, and the field as it was."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName("The label")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Room for a label."""
        return QSize(520, 420)

    def minimumSizeHint(self) -> QSize:
        """Room for a small one."""
        return QSize(280, 200)

    def follow(self) -> None:
        """Show what the session has now."""
        laid = self.session.laid
        if laid is not None and laid is not self._of:
            self._of, self._image = laid, image_of(laid)
        field = self.session.field
        self.setAccessibleDescription(f"{field.id} is chosen." if field else "Nothing is chosen. Tab chooses a field.")
        self.update()

    # ------------------------------------------------------------------------------ places

    @property
    def scale(self) -> float:
        """Pixels for a tenth of a millimetre."""
        label = self.session.label
        room = self.width() - 2 * _MARGIN, self.height() - 2 * _MARGIN
        return max(0.05, min(room[0] / label.width, room[1] / label.height, _MOST_SCALE))

    @property
    def sheet(self) -> QRectF:
        """Where the label lies."""
        label, scale = self.session.label, self.scale
        width, height = label.width * scale, label.height * scale
        return QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)

    def place_of(self, field: LabelField) -> QRectF:
        """Where a field lies."""
        sheet, scale = self.sheet, self.scale
        return QRectF(
            sheet.x() + field.x * scale, sheet.y() + field.y * scale, field.width * scale, field.height * scale
        )

    def _tenths(self, point: QPointF) -> tuple[int, int]:
        sheet, scale = self.sheet, self.scale
        return round((point.x() - sheet.x()) / scale), round((point.y() - sheet.y()) / scale)

    def grips(self, field: LabelField) -> dict[drawing.Grip, QPointF]:
        """Where a field can be taken hold of; edges that are short have no grip in their middle."""
        place = self.place_of(field)
        across, down = place.width() >= _EDGE, place.height() >= _EDGE
        middle, half = place.center(), (place.width() / 2, place.height() / 2)
        return {
            grip: QPointF(middle.x() + grip[0] * half[0], middle.y() + grip[1] * half[1])
            for grip in drawing.GRIPS
            if (grip[0] or across) and (grip[1] or down)
        }

    def _grip_at(self, point: QPointF) -> drawing.Grip | None:
        field = self.session.field
        if field is None or not self.session.may_edit:
            return None
        # A field that is lower than two grips is moved by its inside, and held by its edges from outside.
        inner = self.place_of(field).adjusted(_INSIDE, _INSIDE, -_INSIDE, -_INSIDE)
        near = {
            grip: (place - point).manhattanLength()
            for grip, place in self.grips(field).items()
            if abs(point.x() - place.x()) <= _REACH and abs(point.y() - place.y()) <= _REACH
        }
        return None if inner.contains(point) or not near else min(near, key=near.__getitem__)

    # ------------------------------------------------------------------------------ mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what is under the mouse, and take hold of it or of its corner."""
        point = event.position()
        grip = self._grip_at(point)
        if grip is None:
            self.session.select(drawing.at(self.session.label, *self._tenths(point)))
        field = self.session.field
        if field is not None and self.session.may_edit:
            self._drag = (grip, point, field)
            # A new step of its own to take back.
            self.session.history.note_end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag."""
        point = event.position()
        if self._drag is None:
            grip = self._grip_at(point)
            is_field = bool(drawing.at(self.session.label, *self._tenths(point)))
            self.setCursor(_CURSORS[grip] if grip else _OVER_FIELD if is_field else Qt.CursorShape.ArrowCursor)
            return
        grip, start, field = self._drag
        dx, dy = round((point.x() - start.x()) / self.scale), round((point.y() - start.y()) / self.scale)
        is_fine = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        to = (lambda length: length) if is_fine else drawing.snapped
        label = self.session.label
        if grip is None and (dx or dy):
            self.session.draw(drawing.moved(label, field.id, to(field.x + dx), to(field.y + dy)), f"drag {field.id}")
        elif grip is not None:
            edges = field.x + field.width * (grip[0] > 0) + dx, field.y + field.height * (grip[1] > 0) + dy
            self.session.draw(drawing.stretched(label, field, grip, (to(edges[0]), to(edges[1]))), f"size {field.id}")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._drag = None
        self.session.history.note_end()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Type what the field says."""
        if self.session.field is not None:
            self._drag = None
            self.words_wanted.emit()

    # ------------------------------------------------------------------------------ keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move or resize by the arrows, take away by Delete."""
        field, step = self.session.field, _STEPS.get(Qt.Key(event.key()))
        if field is not None and step is not None:
            length = _FINE if event.modifiers() & Qt.KeyboardModifier.AltModifier else drawing.GRID
            dx, dy = step[0] * length, step[1] * length
            label = self.session.label
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                done = drawing.resized(label, field.id, field.width + dx, field.height + dy)
                self.session.draw(done, f"size {field.id}")
            else:
                self.session.draw(drawing.moved(label, field.id, field.x + dx, field.y + dy), f"drag {field.id}")
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} and field is not None:
            self.session.remove()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and field is not None:
            self.words_wanted.emit()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Walk through the fields by Tab, and out of the board at their end."""
        ids = [field.id for field in self.session.label.fields]
        last = ids[-1 if is_next else 0] if ids else ""
        if not ids or self.session.selected == last:
            return super().focusNextPrevChild(is_next)
        self.session.select(drawing.next_to(self.session.label, self.session.selected, 1 if is_next else -1))
        return True

    # ------------------------------------------------------------------------------ painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the paper, its grid, what is printed on it and what is chosen."""
        painter, look, sheet = QPainter(self), theme.current(), self.sheet
        painter.fillRect(self.rect(), look.colour.sunken)
        painter.fillRect(sheet, QColor("white"))
        self._paint_grid(painter)
        if not self._image.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
            painter.drawImage(sheet, self._image)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        painter.setPen(QPen(look.colour.edge, 1))
        painter.drawRect(sheet)
        self._paint_fields(painter, look)
        painter.end()

    def _paint_grid(self, painter: QPainter) -> None:
        sheet, scale, label = self.sheet, self.scale, self.session.label
        step = 10 if scale * 10 >= 5 else 50
        for length, is_upright in ((label.width, True), (label.height, False)):
            for at in range(step, length, step):
                painter.setPen(QColor(0xE6EDF8 if at % 50 else 0xC4D3EE))
                if is_upright:
                    x = sheet.x() + at * scale
                    painter.drawLine(QPointF(x, sheet.y()), QPointF(x, sheet.bottom()))
                else:
                    y = sheet.y() + at * scale
                    painter.drawLine(QPointF(sheet.x(), y), QPointF(sheet.right(), y))

    def _paint_fields(self, painter: QPainter, look: Theme) -> None:
        for field in self.session.label.fields:
            if field.id != self.session.selected:
                painter.setPen(QPen(QColor(0x8FA3C8), 1, Qt.PenStyle.DotLine))
                painter.drawRect(self.place_of(field))
        chosen = self.session.field
        if chosen is None:
            return
        place = self.place_of(chosen)
        painter.setPen(QPen(QColor(0x2348D6), 2))
        painter.drawRect(place)
        if self.session.may_edit:
            for grip in self.grips(chosen).values():
                handle = QRect(0, 0, _HANDLE, _HANDLE)
                handle.moveCenter(grip.toPoint())
                painter.fillRect(handle, QColor("white"))
                painter.drawRect(handle.adjusted(1, 1, -1, -1))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.update()


def image_of(laid: Laid) -> QImage:
    """Make a label's dots a picture for the screen."""
    rows = ink_rows(paint(laid), is_black_set=False)
    image = QImage(rows.data, laid.width, laid.height, rows.width, QImage.Format.Format_Mono)
    return image.convertToFormat(QImage.Format.Format_RGB32)
