"""Screens put together from the parts alone: one like a till, one with what a till shows now and then, a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.action_bar import Action, ActionBar
from omsdesk.ui.widgets.amount_label import AmountLabel
from omsdesk.ui.widgets.banner import Banner, BannerLook
from omsdesk.ui.widgets.card import Card, Panel
from omsdesk.ui.widgets.card_button import CardButton
from omsdesk.ui.widgets.chip import Chip
from omsdesk.ui.widgets.chip_row import ChipRow
from omsdesk.ui.widgets.empty_state import EmptyState
from omsdesk.ui.widgets.form import Form
from omsdesk.ui.widgets.key_button import Face, KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.line_list import Line, LineList
from omsdesk.ui.widgets.number_pad import NumberPad
from omsdesk.ui.widgets.paper_view import PaperView
from omsdesk.ui.widgets.pill_bar import PillBar
from omsdesk.ui.widgets.pin_pad import PinPad
from omsdesk.ui.widgets.primary_button import PrimaryButton
from omsdesk.ui.widgets.rail import Rail, RailEntry
from omsdesk.ui.widgets.result_list import Result, ResultList
from omsdesk.ui.widgets.search_field import SearchField
from omsdesk.ui.widgets.sheet import Sheet
from omsdesk.ui.widgets.tile_grid import Tile, TileGrid
from omsdesk.ui.widgets.undo_chip import UndoChip

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayout

PRODUCTS = (
    ("Ethiopia Guji 250 g", "€12.90", "", 0),
    ("House espresso 1 kg", "€27.50", "", 0),
    ("Decaf Huila 250 g", "€11.40", "3 left", 0),
    ("Filter papers 02 ×100", "€5.20", "", 3),
    ("Oat milk 1 L", "€2.80", "", 1),
    ("Cold brew can", "€3.60", "", 1),
    ("Still water 0.5 L", "€1.50", "", 1),
    ("Butter croissant", "€2.40", "", 2),
    ("Almond cookie", "€1.90", "", 2),
    ("Carrot cake slice", "€4.20", "Sold out", 2),
    ("Hand grinder S2", "€89.00", "5 left", 3),
    ("V60 dripper, white", "€18.00", "", 3),
    ("Travel mug 350 ml with engraving", "€24.00", "", 3),
    ("Gift card", "any", "", 4),
    ("Paper bag", "€0.20", "", 5),
    ("Open item", "any", "", 7),
)
TILES = [
    Tile(number, title, price, badge, Tone.BAD if badge == "Sold out" else Tone.WARN, hue, badge == "Sold out")
    for number, (title, price, badge, hue) in enumerate(PRODUCTS)
]
LINES = (
    Line("guji", "2", "Ethiopia Guji 250 g", "€12.90 each · Lot 2611-A", "€25.80"),
    Line("v60", "1", "V60 dripper, white", "€18.00 each", "€16.20", "−10 %  Opening week"),
    Line("oat", "3", "Oat milk 1 L", "€2.80 each · 3 for €7.50", "€7.50", "Multi-buy"),
    Line("mug", "1", "Travel mug 350 ml", "€24.00 each · Engraving “Mia”", "€24.00"),
    Line("deposit", "1", "Deposit bottle", "Pfand", "€0.25"),
)
LINE_ACTIONS = (
    Action("discount", "Discount", "percent", "F9"),
    Action("note", "Note", "message-square"),
    Action("remove", "Remove", "trash-2", "Del", is_dangerous=True),
)
SCREEN_ACTIONS = (
    Action("hold", "Hold sale", "pause", "F6"),
    Action("return", "Return", "undo-2", "F7"),
    Action("receipt", "Last receipt", "receipt", "F8"),
    Action("more", "More", "layout-grid", "F10"),
)
PLACES = (
    RailEntry("sell", "scan-barcode", "Sell"),
    RailEntry("orders", "inbox", "Orders"),
    RailEntry("pack", "package-check", "Pack"),
    RailEntry("stock", "boxes", "Stock"),
    RailEntry("people", "users", "People"),
    RailEntry("reports", "chart-column", "Reports"),
)


def row(*parts: QWidget | int, spacing: int = 8) -> QHBoxLayout:
    """Put widgets side by side; a number is a stretch."""
    line = QHBoxLayout()
    line.setSpacing(spacing)
    for part in parts:
        if isinstance(part, int):
            line.addStretch(part)
        else:
            line.addWidget(part)
    return line


def column(parts: list[QWidget | QLayout | int], spacing: int, margins: tuple[int, int, int, int]) -> QVBoxLayout:
    """Put widgets below one another; a number is a stretch."""
    stack = QVBoxLayout()
    stack.setSpacing(spacing)
    stack.setContentsMargins(*margins)
    for part in parts:
        if isinstance(part, int):
            stack.addStretch(part)
        elif isinstance(part, QWidget):
            stack.addWidget(part, 1 if isinstance(part, TileGrid | LineList) else 0)
        else:
            stack.addLayout(part)
    return stack


def rail() -> Rail:
    """Make the rail of a shop."""
    made = Rail(PLACES)
    made.set_current("sell")
    made.set_badge("orders", "7")
    made.set_user("Anna Klein")
    return made


class TillScene(QWidget):
    """A till in the middle of a sale."""

    def __init__(self, cart_width: int) -> None:
        super().__init__()
        self.setWindowTitle("Till")
        self.search = SearchField("Scan or type a name, SKU, customer, order…", "F2")
        self.pills = PillBar("Categories")
        names = ("Favourites", "Coffee", "Drinks", "Bakery", "Equipment", "Gift cards")
        self.pills.set_pills([(name, name) for name in names])
        self.grid = TileGrid("Products")
        self.grid.set_tiles(TILES)
        self.bar = ActionBar(SCREEN_ACTIONS)
        self.undo = UndoChip()
        self.undo.offer("Almond cookie removed")
        screen = QHBoxLayout(self)
        screen.setContentsMargins(0, 0, 0, 0)
        screen.setSpacing(0)
        screen.addWidget(rail())
        work: list[QWidget | QLayout | int] = [self.search, self.pills, self.grid, self.bar, self._status()]
        screen.addLayout(column(work, 12, (16, 14, 16, 4)), 1)
        screen.addWidget(self._cart(cart_width))
        self.search.setFocus()

    def _status(self) -> QHBoxLayout:
        chips = [
            Chip("Synced", "cloud-check", Tone.OK),
            Chip("Printer", "printer", Tone.OK),
            Chip("Scanner", "scan-line", Tone.OK),
        ]
        return row(ChipRow(chips), 1, self.undo, 1, Label("Till 1 · 14:32", 14, 500, Tone.NEUTRAL))

    def _cart(self, width: int) -> Panel:
        cart = Panel(Qt.Edge.LeftEdge)
        cart.setFixedWidth(width)
        self.lines = LineList("Cart", LINE_ACTIONS)
        for line in LINES:
            self.lines.append(line)
        self.lines.select("oat")
        self.total = AmountLabel("€73.75", 44)
        quick = [KeyButton(label, face=Face.QUIET) for label in ("Exact cash", "€75", "€80", "€100")]
        self.pay = PrimaryButton("Pay", "credit-card", "F12")
        self.pay.set_amount("€73.75")
        foot = Panel(Qt.Edge.TopEdge)
        sums: list[QWidget | QLayout | int] = [
            row(Label("8 items", 16, 400, Tone.NEUTRAL), 1, Label("€76.45", 16, 500)),
            row(Label("Discounts", 16, 400, Tone.OK), 1, Label("−€2.70", 16, 500, Tone.OK)),
            Label("Includes VAT 7 % €2.18 · 19 % €6.45", 14, 400, Tone.NEUTRAL),
            row(Label("Total", 18, 500), self.total),
            row(*quick),
            self.pay,
        ]
        inside = column(sums, 6, (12, 10, 12, 0))
        foot.setLayout(inside)
        card = CardButton("Mia Schneider", "user", "Gold · 1 240 points · 2 open orders", "F4")
        top = row(card)
        top.setContentsMargins(12, 0, 12, 0)
        cart.setLayout(column([top, self.lines, foot], 8, (8, 14, 8, 16)))
        return cart


def paper() -> bytes:
    """Draw a small receipt as a PNG file."""
    image = QImage(280, 420, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setPen(QColor("black"))
    for number in range(14):
        painter.drawLine(24, 40 + number * 24, 256 - number % 3 * 30, 40 + number * 24)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub is wrong
    return bytes(data.data())


def form() -> Form:
    """Make a form with a field that is wrong."""
    made = Form()
    made.add_heading("Customer")
    made.add("name", "Name", QLineEdit("Mia Schneider"))
    mail = QLineEdit("mia@")
    made.add("mail", "E-mail", mail, "For receipts and order news.")
    group = QComboBox()
    group.addItems(["Gold", "Silver"])
    made.add("group", "Price group", group)
    agreed = QCheckBox("May receive news")
    agreed.setChecked(True)
    made.add_row(agreed)
    save = QPushButton("Save")
    save.setDefault(True)
    made.add_row(save, QPushButton("Cancel"))
    made.show_errors({"mail": "This address has no part after the @. Write it in full."})
    return made


class PartsScene(QWidget):
    """Everything else on one screen."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Parts")
        self.training = Banner(BannerLook.STRIPED)
        self.training.say("Training. Nothing is booked.", Tone.WARN, "graduation-cap", "End training")
        self.scan = Banner(BannerLook.LOUD, size=28, height=80)
        self.scan.say("Not in this order: Oat milk", Tone.BAD, "circle-x")
        self.offline = Banner()
        self.offline.say("Offline. 14 sales wait and will be sent later.", Tone.WARN, "cloud-off", "Try now")
        self.results = ResultList("Found")
        found = (
            Result("1", "package", "Oat milk 1 L", "SKU OAT-1000 · 34 in stock", "€2.80"),
            Result("2", "package", "Cold brew with oat milk", "SKU CB-OAT", "€3.90"),
            Result("3", "user", "Oatis, Milena", "Gold"),
        )
        self.results.show_results(found, "oat mil")
        self.pad, self.pin = NumberPad(), PinPad(4)
        self.pin.buttons["3"].click()
        self.pin.buttons["1"].click()
        self.paper = PaperView("Receipt")
        self.paper.show_pages([paper()])
        self.empty = EmptyState("inbox", "No open orders. New web orders appear here.", "Connect a shop")
        self.form = form()
        busy = PrimaryButton("Waiting for terminal", "credit-card")
        busy.set_busy(True)
        off = PrimaryButton("Print label", "lock", "P")
        off.setEnabled(False)
        chosen = KeyButton("Card", "credit-card", "2")
        chosen.setCheckable(True)
        chosen.setChecked(True)
        disabled = KeyButton("Gift card", "gift", "3")
        disabled.setEnabled(False)
        methods = Card()
        buttons: list[QWidget | QLayout | int] = [KeyButton("Cash", "banknote", "1"), chosen, disabled, off, busy]
        methods.setLayout(column(buttons, 8, (12, 12, 12, 12)))
        grid = QGridLayout()
        grid.setContentsMargins(16, 8, 16, 16)
        grid.setSpacing(16)
        for number, part in enumerate((self.pad, self.pin, methods, self.form, self.paper, self.empty)):
            grid.addWidget(part, *divmod(number, 3))
        strips: list[QWidget | QLayout | int] = [self.training, self.scan, self.offline]
        stack = column(strips, 0, (0, 0, 0, 0))
        stack.addWidget(self.results)
        self.results.setFixedHeight(self.results.content_size().height())
        stack.addLayout(grid, 1)
        self.setLayout(stack)


class SheetScene(QWidget):
    """A till with a sheet over its work area."""

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit(self)
        save = PrimaryButton("Save", "check", "F12")
        self.sheet = Sheet("Customer", form(), self, [KeyButton("Cancel"), save], body_width=560)
