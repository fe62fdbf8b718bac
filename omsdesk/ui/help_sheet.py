"""The help: the page of what is in front with the keys that hold there, and beside it the list of all pages."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QImage, QPainter, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from omsdesk.ui import help_pages, theme
from omsdesk.ui.help_pages import HelpPage, as_html, key_picture
from omsdesk.ui.navigation import Intent
from omsdesk.ui.widgets.empty_state import EmptyState
from omsdesk.ui.widgets.flicking import widen_bar
from omsdesk.ui.widgets.layouts import column, row
from omsdesk.ui.widgets.painting import cap_size, key_cap
from omsdesk.ui.widgets.result_list import Result, ResultList
from omsdesk.ui.widgets.search_field import SearchField
from omsdesk.ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

_SIDE, _SIDE_SHARE = 320, 0.36
"""How wide the list of pages is: pixels at normal text size, and the share of the room that it takes at most."""
_WIDEST = 780
"""Pixels, at normal text size, of a line that is still read at a glance."""
_LINE, _BELOW = 28, 9
"""Height of a line, and what a key is lifted by so that it stands on it."""
_PAGING = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


def open_help(intents: Sequence[Intent], area: QWidget, page: str = "") -> HelpSheet:
    """Cover an area with the page of what is in front until Esc."""
    sheet = HelpSheet(HelpBody(intents, page), area)
    sheet.closed.connect(sheet.deleteLater)
    sheet.open_sheet()
    return sheet


class HelpSheet(Sheet):
    """Esc empties the search first, then goes back to the work."""

    def __init__(self, content: HelpBody, area: QWidget) -> None:
        """Cover the area with the help."""
        super().__init__("Help", content, area)
        self.content = content

    def back(self) -> None:
        """Go one step back."""
        if self.content.field.text():
            self.content.field.empty()
        else:
            self.close_sheet()


class HelpBody(QWidget):
    """The list of pages, and the one that is read."""

    def __init__(self, intents: Sequence[Intent], page: str) -> None:
        """Show a page, and below it what can be done."""
        super().__init__()
        self._intents, self._here = [intent for intent in intents if intent.keys], page
        self.field = _Search("Search the help")
        self.list, self.text = ResultList("Pages of the help"), HelpText()
        self.nothing = EmptyState("search", "")
        self.nothing.hide()
        self._pages: list[HelpPage] = []
        self._side = QWidget()
        inside = column(self.field, self.list, self.nothing, spacing=12)
        inside.setStretch(1, 1)
        self._side.setLayout(inside)
        whole = row(self._side, self.text, 0, spacing=28)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.field.textChanged.connect(self._find)
        self.field.stepped.connect(self.list.step)
        self.field.paged.connect(self.text.page)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show())
        self._find("")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave most of the room to the text, and none that makes its lines too long."""
        super().resizeEvent(event)
        look = theme.current()
        self._side.setFixedWidth(min(look.px(_SIDE), round(self.width() * _SIDE_SHARE)))
        self.text.setMaximumWidth(look.px(_WIDEST))

    def _find(self, typed: str) -> None:
        found = help_pages.find(typed)
        if not typed:
            found.sort(key=lambda page: page.name != self._here)
        self._pages = found
        self.list.show_results([Result(page.name, page.icon, page.title, page.place) for page in found], typed)
        self.list.setVisible(bool(found))
        self.nothing.setVisible(not found)
        self.nothing.set_content("search", f"No page speaks of “{typed}”. Try another word.")
        self._show()

    def _show(self) -> None:
        at = self.list.currentIndex().row()
        page = self._pages[at] if 0 <= at < len(self._pages) else None
        is_here = page is None or page.name == self._here or not self._here
        written = f'<p class="title">{escape(page.title)}</p>{as_html(page.text)}' if page else ""
        self.text.show_html(written + (self._keys() if is_here else ""))

    def _keys(self) -> str:
        """Write the keys of this place in two columns, those that do something now first."""
        width = theme.current().px(96)
        listed = sorted(self._intents, key=lambda intent: not intent.is_possible())
        cells = [
            f'<td width="{width}">{key_picture(intent.cap)}</td>'
            f'<td class="{"now" if intent.is_possible() else "later"}">{escape(intent.label)}</td>'
            for intent in listed
        ]
        half = -(-len(cells) // 2)
        left, right = cells[:half], [*cells[half:], *[""] * (2 * half - len(cells))]
        rows = "".join(f"<tr>{one}{other}</tr>" for one, other in zip(left, right, strict=True))
        return f'<p class="head">Keys here</p><table width="100%" cellpadding="3">{rows}</table>' if rows else ""


class _Search(SearchField):
    """Emits ``paged`` for the keys that turn a page."""

    paged = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the text be turned while words are typed."""
        if event.key() in _PAGING:
            self.paged.emit(_PAGING[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


class HelpText(QTextBrowser):
    """Text in the look of the theme, with keys as they look everywhere else."""

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self._written = ""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.setOpenLinks(False)
        self.setAccessibleName("Help")
        self.viewport().setAutoFillBackground(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        widen_bar(self)

    def show_html(self, written: str) -> None:
        """Show a text from its beginning."""
        self._written = written
        look = theme.current()
        self.document().setDefaultStyleSheet(_style(look))
        self.document().setIndentWidth(look.px(26))
        self.document().setDocumentMargin(0)
        self.setHtml(written)
        self._space_evenly(look.px(_LINE))
        self.verticalScrollBar().setValue(0)

    def _space_evenly(self, height: int) -> None:
        """Give every line the same height, whether a key stands in it or not."""
        form = QTextBlockFormat()
        form.setLineHeight(height, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(form)

    def page(self, count: int) -> None:
        """Turn so many pages down, or up if negative."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + count * bar.pageStep())

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Draw a key."""
        address = QUrl(name)
        if address.scheme() == help_pages.KEY_SCHEME:
            return _drawn(address.path(), self.devicePixelRatioF())
        return super().loadResource(kind, name)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a new theme or text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._written:
            self.show_html(self._written)


def _drawn(cap: str, ratio: float) -> QImage:
    look = theme.current()
    size = cap_size(look, cap)
    picture = QImage((size + QSize(2, 2 + look.px(_BELOW))) * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    key_cap(painter, look, QPoint(size.width(), size.height() // 2 + 1), cap)
    painter.end()
    return picture


def _style(look: theme.Theme) -> str:
    colour, px = look.colour, look.px
    return (
        f"p, li, td {{ font-size: {px(16)}px; color: {colour.text.name()}; }}"
        f"p {{ margin: 0 0 {px(8)}px 0; }} li {{ margin: 0 0 {px(4)}px 0; }} ol, ul {{ margin: 0 0 {px(8)}px 0; }}"
        f".title {{ font-size: {px(22)}px; font-weight: 600; }}"
        f".head {{ font-size: {px(16)}px; font-weight: 600; margin: {px(16)}px 0 {px(4)}px 0;"
        f" color: {colour.muted.name()}; }}"
        f"td.later {{ color: {colour.muted.name()}; }} img {{ vertical-align: middle; }}"
    )
