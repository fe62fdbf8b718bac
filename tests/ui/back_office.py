"""A back office to tell stories in: a real database, its one writing thread, and a window that hears keys."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from omsdesk.actions.clock import SystemClock
from omsdesk.actions.execute import Done, Executor
from omsdesk.actions.set_up import country_preset
from omsdesk.actions.writer import Writer
from omsdesk.domain.catalogue import PackCode, ProductEdit, SaveProducts
from omsdesk.domain.messages import Command
from omsdesk.domain.people import SYSTEM, Person, Role, SavePerson
from omsdesk.domain.shop import SaveShop, SaveTill, Till
from omsdesk.domain.stock import SUPPLIER, Move, MoveGoods
from omsdesk.domain.values import Money, Quantity, barcode_key
from omsdesk.store.database import Database, open_database
from omsdesk.store.journal import last_position
from omsdesk.ui import theme
from omsdesk.ui.background import Background
from omsdesk.ui.changes import ChangeFeed
from omsdesk.ui.keyboard import Keyboard
from omsdesk.ui.navigation import Screen
from omsdesk.ui.widgets.rail import Rail, RailEntry
from tests.ui.keys import burst

ANNA = Person("anna", "Anna Keller", Role.MANAGER)
BEN = Person("ben", "Ben Ito", Role.CASHIER)
OWNER = Person("olga", "Olga Berg", Role.OWNER)

GOODS = (
    ("guji", "Ethiopia Guji", "250 g", "Coffee", "12.90", "GUJI-250", "4006381333931", 24),
    ("espresso", "House espresso", "1 kg", "Coffee", "27.50", "HE-1000", "", 8),
    ("decaf", "Decaf Huila", "250 g", "Coffee", "11.40", "DH-250", "", 0),
    ("oat", "Oat milk", "1 L", "Drinks", "2.80", "OAT-1", "", 36),
    ("brew", "Cold brew can", "", "Drinks", "3.60", "CB-330", "", 48),
    ("croissant", "Butter croissant", "", "Bakery", "2.40", "", "", None),
    ("cake", "Carrot cake slice", "", "Bakery", "4.20", "", "", -1),
    ("grinder", "Hand grinder S2", "", "Equipment", "89.00", "S2", "", 5),
    ("dripper", "V60 dripper", "white", "Equipment", "18.00", "V60-W", "", 11),
    ("mug", "Travel mug", "350 ml", "Equipment", "24.00", "TM-350", "", 7),
    ("card", "Gift card", "", "Gift cards", None, "GC", "", None),
    ("bag", "Paper bag", "", "Bags", "0.20", "", "", 640),
)


def product(row: tuple[str, str, str, str, str | None, str, str, int | None]) -> ProductEdit:
    """Make a product of a row of ``GOODS``."""
    id, name, variant, category, price, sku, code, _ = row
    return ProductEdit(
        id,
        name=name,
        variant=variant,
        category=category,
        sku=sku,
        brand="Corner roasters" if category == "Coffee" else "",
        tax_category="zero" if category == "Bakery" else "standard",
        price=Money.of(price, "GBP") if price else None,
        barcodes=(PackCode(barcode_key(code)),) if code else None,
    )


@dataclass
class BackOffice:
    """The parts that an application puts together."""

    folder: Path
    clock: SystemClock = field(default_factory=SystemClock)

    def __post_init__(self) -> None:
        self.database: Database = open_database(self.folder / "shop.db", self.clock.new_id)
        self.executor = Executor(self.database, self.clock)
        self.writer = Writer(self.executor)
        self.reader = self.database.reader()
        self.work = Background(self.writer, self.database.reader)
        self.feed = ChangeFeed(self.reader)
        self.person: Person | None = ANNA

    def do(self, *commands: Command, actor: str = SYSTEM) -> Done:
        """Carry commands out at once; they must not be refused."""
        outcome = self.writer.submit(actor, *commands).result()
        assert isinstance(outcome, Done), outcome
        return outcome

    def set_up(self) -> None:
        """Make a British shop with one till, an owner, a manager and a cashier."""
        shop = country_preset("GB").shop("s1", "Corner Coffee")
        till = Till("t1", "s1", "1", "Till 1")
        self.do(SaveShop(shop), SaveTill(till), *(SavePerson(person) for person in (OWNER, ANNA, BEN)))
        self.database.become_till("t1")

    def stock(self) -> None:
        """Put the goods on the shelves."""
        self.do(SaveProducts("goods", tuple(product(row) for row in GOODS)))
        moves = tuple(Move(row[0], Quantity.of(row[7]), SUPPLIER, "shop:s1") for row in GOODS if row[7] is not None)
        self.do(MoveGoods("delivery", "delivery", moves))

    def another_program(self) -> BackOffice:
        """Start a second program on the same database, as another window of this station does."""
        return BackOffice(self.folder, self.clock)

    @property
    def facts(self) -> int:
        """How much was ever noted in the journal."""
        return last_position(self.reader)

    def close(self) -> None:
        """End the threads; what is still on its way arrives nowhere, as when a window was closed."""
        self.work.close()
        self.writer.close()
        QApplication.removePostedEvents(self.work)
        self.reader.close()
        self.database.close()


def until(condition: Callable[[], object], seconds: float = 20) -> None:
    """Let time pass in the window until something is so; sessions have no widget that a story could wait for."""
    end = monotonic() + seconds
    while not condition():
        assert monotonic() < end, "it never came to that"
        QApplication.processEvents()
        sleep(0.001)


class Stage(QWidget):
    """A window with a rail and one screen, whose keys and scans go where the real window sends them."""

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self.shown = screen
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        entries = (("sell", "scan-barcode", "Sell"), ("products", "package", "Products"))
        more = (("reports", "chart-column", "Reports"), ("settings", "settings", "Settings"))
        row.addWidget(Rail([RailEntry(*entry) for entry in (*entries, *more)]))
        row.addWidget(screen, 1)
        self.keyboard = Keyboard(self, lambda scan: screen.scanned(scan.code), self._keys, screen.typing_place)

    def go_deaf(self) -> None:
        """Hear no more keys: the story is over."""
        self.keyboard.go_deaf()

    def _keys(self, keys: QKeySequence) -> bool:
        for intent in self.shown.intents():
            if intent.keys and QKeySequence(intent.keys) == keys and intent.is_possible():
                intent.act()
                return True
        return False


def put_on_stage(qtbot: QtBot, screen: Screen, width: int = 1366, height: int = 768) -> Stage:
    """Show a screen in a window of a till's size."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(theme.load("light"), app)
    stage = Stage(screen)
    # The closure keeps the stage whole until it is closed: collected before, it would still be asked about its events.
    qtbot.addWidget(stage, before_close_func=lambda _: stage.go_deaf())
    stage.resize(width, height)
    stage.show()
    qtbot.waitExposed(stage)
    stage.activateWindow()
    screen.arrived()
    return stage


def press(keys: str) -> None:
    """Press a key in the window that is in front, as the system does."""
    combination = QKeySequence.fromString(keys)[0]  # type: ignore[index]  # its stub forgets that it is a sequence
    QTest.keyClick(_front(), combination.key(), combination.keyboardModifiers())


def _front() -> QWindow:
    window = QApplication.activeWindow()
    handle = window.windowHandle() if window else None
    assert handle is not None
    return handle


def type_into(widget: QWidget, text: str, stage: Stage) -> None:
    """Replace what is in a field by typing."""
    widget.setFocus()
    QTest.keyClick(widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(widget, Qt.Key.Key_Delete)
    QTest.keyClicks(widget, text)
    stage.keyboard.let_through()


def scan(stage: Stage, code: str) -> None:
    """Let a scanner type a code and Enter."""
    stage.activateWindow()
    burst(_front(), code)


def click(widget: QWidget, place: QPoint | None = None) -> None:
    """Press the left button on a widget."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place or widget.rect().center())


LOOKS = ("light", "dark", "contrast")


def take_pictures(stage: QWidget, name: str, *, settle: Callable[[], None] = lambda: None) -> None:
    """Take the picture of a state in every theme and at both sizes, if ``OMSDESK_SCREENSHOTS`` names a folder."""
    folder = os.environ.get("OMSDESK_SCREENSHOTS")
    app = QApplication.instance()
    if not folder or not isinstance(app, QApplication):
        return
    Path(folder).mkdir(parents=True, exist_ok=True)
    before = stage.size()
    for look, width in (*((look, 1366) for look in LOOKS), ("light", 1024)):
        theme.apply(theme.load(look), app)
        stage.resize(width, 768)
        settle()
        for _ in range(3):
            QApplication.processEvents()
        assert stage.grab().save(str(Path(folder) / f"{name}-{look}-{width}.png"))
    theme.apply(theme.load("light"), app)
    stage.resize(before)
