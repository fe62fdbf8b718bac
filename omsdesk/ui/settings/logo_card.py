"""The shop's logo in the settings: shown on paper's white, chosen from a file, removed again."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from omsdesk.documents.logo import logo_png
from omsdesk.ui import icons, theme
from omsdesk.ui.settings.shop_session import ShopSession
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.field_card import FieldCard
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.painting import box

_WIDTH, _HEIGHT = 176, 112
_MARGIN = 10
_HINT = "It stands above the name on receipts and reports, at every till. Dark on white prints best."


class LogoCard(FieldCard):
    """Shows the logo of the draft; it is saved with the rest of the shop."""

    def __init__(self, session: ShopSession) -> None:
        """Show nothing yet."""
        super().__init__("Logo")
        self._session = session
        self.picture = _Sheet()
        self.choose = KeyButton("Choose a picture…", "image", height=40)
        self.choose.clicked.connect(self._ask)
        self.remove = KeyButton("Remove the logo", "trash-2", height=40)
        self.remove.clicked.connect(lambda: session.set("logo", ""))
        hint = Label(_HINT, 14, 400, Tone.NEUTRAL)
        hint.setWordWrap(True)
        self.trouble = Label("", 14, 500, Tone.BAD)
        self.trouble.setWordWrap(True)
        side = QVBoxLayout()
        side.setSpacing(8)
        side.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignLeft)
        side.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignLeft)
        side.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(side, 1)
        self.column.addLayout(row)
        self.column.addWidget(self.trouble)
        self.column.addWidget(hint)

    def show_logo(self) -> None:
        """Show the logo of the draft, and what is wrong with the file that was tried."""
        session = self._session
        self.picture.show_logo(session.draft.logo)
        self.choose.setVisible(session.may_edit)
        self.remove.setVisible(session.may_edit and bool(session.draft.logo))
        self.trouble.setText(session.errors.get("logo", ""))
        self.trouble.setVisible("logo" in session.errors)

    def _ask(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self, "Choose a picture", str(Path.home()), "Pictures (*.png *.jpg *.jpeg *.webp *.gif *.bmp)"
        )
        if path:
            self._session.choose_logo(Path(path))


class _Sheet(QWidget):
    """The logo on white, or the sign of a missing picture."""

    def __init__(self) -> None:
        super().__init__()
        self._logo = ""
        self.image = QImage()
        self.setFixedSize(_WIDTH, _HEIGHT)
        self._name_it()

    def show_logo(self, logo: str) -> None:
        if logo != self._logo:
            self._logo = logo
            self.image = QImage.fromData(logo_png(logo) or b"")
            self._name_it()
            self.update()

    def _name_it(self) -> None:
        self.setAccessibleName("No logo" if self.image.isNull() else "Logo of the shop")

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look, rect = QPainter(self), theme.current(), self.rect()
        is_empty = self.image.isNull()
        box(painter, rect, look.colour.sunken if is_empty else QColor("white"), look.colour.line, 10)
        place = QRect(0, 0, 32, 32)
        if not is_empty:
            room = rect.size() - QSize(2 * _MARGIN, 2 * _MARGIN)
            place.setSize(self.image.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio))
        place.moveCenter(rect.center())
        if is_empty:
            icons.draw(painter, "image", place, look.colour.muted)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, self.image)
        painter.end()
