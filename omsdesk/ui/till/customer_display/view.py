"""The customer's screen as it is painted, on whatever screen there is: wide or high, small or large."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontDatabase, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from omsdesk.resource_files import resource
from omsdesk.ui import theme
from omsdesk.ui.till.customer_display.brush import Brush
from omsdesk.ui.till.customer_display.pages import paint_question, paint_shop, paint_thanks, paint_training
from omsdesk.ui.till.customer_display.shown import Shown, Stage
from omsdesk.ui.till.customer_display.ticket_page import paint_ticket
from omsdesk.ui.widgets.qr_view import Modules, modules_of

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QPaintEvent, QResizeEvent, QShowEvent

    from omsdesk.devices.customer_screen import CustomerScreen
    from omsdesk.ui.theme import Theme
    from omsdesk.ui.till.customer_display.slides import Slides, Worker

_FULL = 768
"""Pixels of the shorter side at which everything has the size it is named by."""
_LEAST = 0.72
"""A screen of 7 inches is as near as it is small."""
_NOT_SERVED = {Stage.IDLE, Stage.CLOSED}


class CustomerView(QWidget):
    """Paints what there is to see; it reads no keys, takes no focus, and knows no till."""

    def __init__(self, wanted: CustomerScreen, work: Worker, parent: QWidget | None = None) -> None:
        """Show nothing yet; ``work`` does what would take a moment."""
        super().__init__(parent)
        self._wanted, self._work = wanted, work
        self._shown = Shown(Stage.CLOSED, "")
        self._modules: Modules = ()
        self._logo = QPixmap()
        self._logo_text = ""
        self._slides: Slides | None = None
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.BlankCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._load_slides()
        _learn_letters()

    def show_to_customer(self, shown: Shown) -> None:
        """Show this from now on."""
        before, self._shown = self._shown, shown
        if shown == before:
            return
        self._read_logo(shown.logo)
        if shown.code != before.code:
            self._modules = ()
            if shown.code:
                self._work.work(lambda: modules_of(shown.code), lambda made: self._coded(shown.code, made))
        if (shown.stage in _NOT_SERVED) is not (before.stage in _NOT_SERVED):
            self._begin_slides()
        self.setAccessibleName(f"{shown.main.name}" if shown.main else shown.shop)
        self.update()

    def _coded(self, code: str, made: Modules) -> None:
        if code == self._shown.code:
            self._modules = made
            self.update()

    def _read_logo(self, logo: str) -> None:
        if logo != self._logo_text:
            from omsdesk.documents.logo import logo_png

            self._logo_text, self._logo = logo, QPixmap()
            self._logo.loadFromData(logo_png(logo) or b"")

    # ------------------------------------------------------------------------------ pictures between customers

    def _load_slides(self) -> None:
        folder = self._wanted.slides_folder
        if folder is not None:
            from omsdesk.ui.till.customer_display.slides import Slides

            self._slides = Slides(folder, self._wanted.seconds, self._work)
            self._slides.changed.connect(self.update)

    def _begin_slides(self) -> None:
        if self._slides is not None:
            if self.isVisible() and self._shown.stage in _NOT_SERVED:
                self._slides.begin(self.size() * self.devicePixelRatioF())
            else:
                self._slides.stop()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the pictures."""
        super().showEvent(event)
        self._begin_slides()

    def hideEvent(self, event: QHideEvent) -> None:
        """End them: nobody looks."""
        super().hideEvent(event)
        self._begin_slides()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Read pictures of another size."""
        super().resizeEvent(event)
        self._begin_slides()

    # ------------------------------------------------------------------------------ painting

    @property
    def look(self) -> Theme:
        """The theme of this screen, which is not the cashier's, in the size of this screen."""
        scale = max(_LEAST, min(self.width(), self.height()) / _FULL)
        return theme.load(self._wanted.theme, round(scale, 2))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the page of the stage."""
        painter = QPainter(self)
        brush = Brush(painter, self.look, self.rect(), self._shown.locale)
        if self._shown.is_training:
            paint_training(brush)
        self._paint_page(brush)
        painter.end()

    def _paint_page(self, brush: Brush) -> None:
        shown = self._shown
        if shown.stage is Stage.DONE:
            paint_thanks(brush, shown, self._modules)
        elif shown.rows:
            room = paint_ticket(brush, shown, shown.customer if self._wanted.names_customer else "")
            if shown.question is not None:
                paint_question(brush, room, shown.question)
        elif shown.question is not None:
            paint_question(brush, brush.area, shown.question)
        else:
            self._paint_between(brush)

    def _paint_between(self, brush: Brush) -> None:
        slides = self._slides
        if slides is None:
            paint_shop(brush, self._shown, self._logo)
            return
        for slide, share in ((slides.before, 1.0), (slides.now, slides.share)):
            brush.painter.setOpacity(share)
            if slide.picture is None:
                paint_shop(brush, self._shown, self._logo)
            else:
                self._paint_slide(brush, slide.picture)
        brush.painter.setOpacity(1.0)

    def _paint_slide(self, brush: Brush, picture: QImage) -> None:
        brush.painter.fillRect(brush.area, brush.look.colour.rail)
        ratio = self.devicePixelRatioF()
        size = (picture.size() / ratio).boundedTo(brush.area.size())
        target = QRect(QPoint(0, 0), size)
        target.moveCenter(brush.area.center())
        brush.painter.drawImage(target, picture)


@cache
def _learn_letters() -> None:
    """Make the bundled letters of Chinese, Japanese and Korean known where the system has none.

    Two fonts that both have some of them would be mixed within a word.
    """
    if not QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese):
        for path in resource("fonts").glob("*.otf"):
            QFontDatabase.addApplicationFont(str(path))
