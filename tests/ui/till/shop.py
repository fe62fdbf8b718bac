"""A small shop with a till: a real database file, the real thread that writes, a real window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from omsdesk.actions.clock import SystemClock
from omsdesk.actions.execute import Done, Executor
from omsdesk.actions.people import hash_pin
from omsdesk.actions.writer import Writer
from omsdesk.domain.cash import OpenShift
from omsdesk.domain.catalogue import PackCode, ProductEdit, SaveProducts
from omsdesk.domain.messages import Command
from omsdesk.domain.people import SYSTEM, Person, Role, SavePerson
from omsdesk.domain.shop import SaveShop, SaveTill, Shop, Till
from omsdesk.domain.stock import Move, MoveGoods
from omsdesk.domain.tax import Tax, TaxRate
from omsdesk.domain.tender import TenderKind, TenderMethod
from omsdesk.domain.values import Money, Quantity, barcode_key, check_digit
from omsdesk.store.database import open_database
from omsdesk.store.queries import till as queries
from omsdesk.ui.background import Background
from omsdesk.ui.changes import ChangeFeed
from omsdesk.ui.navigation import Page
from omsdesk.ui.sounds import Sound, Speaker
from omsdesk.ui.till.counter import Counter
from omsdesk.ui.till.screen import Mode, TillScreen
from omsdesk.ui.till.state import TillState
from omsdesk.ui.window import Window
from tests.ui.keys import burst, strike

_View = TypeVar("_View", bound=QWidget)
EURO_NOTES = (500, 1000, 2000, 5000, 10000)
CASH = TenderMethod("cash", "Cash", TenderKind.CASH)
CARD = TenderMethod("card", "Card", TenderKind.CARD)
GIFT = TenderMethod("voucher", "Voucher", TenderKind.OTHER)
SHOP = Shop(
    "s1", "Kontor Kaffee", "EUR", "DE", "en-IE",
    address=("Hafenstraße 12", "20457 Hamburg"), tax_number="DE 123 456 789", footer=("Thank you, and come again!",),
    tax_rates=(TaxRate("standard", Tax("S", "VAT", 190_000)), TaxRate("food", Tax("R", "VAT", 70_000))),
    tender_methods=(CASH, CARD, GIFT),
)  # fmt: skip
TILL = Till("t1", "s1", "1", "Till 1")
PRODUCTS = (
    ("guji", "Ethiopia Guji 250 g", "12.90", "Coffee", "food"),
    ("house", "House espresso 1 kg", "27.50", "Coffee", "food"),
    ("decaf", "Decaf Huila 250 g", "11.40", "Coffee", "food"),
    ("filter", "Filter papers 02 ×100", "5.20", "Equipment", "standard"),
    ("oat", "Oat milk 1 L", "2.80", "Drinks", "food"),
    ("brew", "Cold brew can", "3.60", "Drinks", "food"),
    ("water", "Still water 0.5 L", "1.50", "Drinks", "standard"),
    ("croissant", "Butter croissant", "2.40", "Bakery", "food"),
    ("cookie", "Almond cookie", "1.90", "Bakery", "food"),
    ("cake", "Carrot cake slice", "4.20", "Bakery", "food"),
    ("grinder", "Hand grinder S2", "89.00", "Equipment", "standard"),
    ("v60", "V60 dripper, white", "18.00", "Equipment", "standard"),
    ("mug", "Travel mug 350 ml", "24.00", "Equipment", "standard"),
    ("card", "Gift card", "", "Gift cards", "standard"),
    ("bag", "Paper bag", "0.20", "Bags", "standard"),
    ("open", "Open item", "", "Other", "standard"),
)
STOCK = {"decaf": 3, "cake": 0, "grinder": 5, "oat": 34, "guji": 60}
PINS = {"anna": "4711", "ben": "2580"}


def barcode(number: int) -> str:
    """The EAN-13 of a product by its place in ``PRODUCTS``."""
    body = f"40012345{number:04d}"
    return f"{body}{check_digit(body)}"


def code_of(product: str) -> str:
    """The EAN-13 of a product."""
    return barcode([row[0] for row in PRODUCTS].index(product))


@cache
def hashed(pin: str) -> str:
    """A PIN's hash, made once: it takes a sixth of a second on purpose."""
    return hash_pin(pin)


class Listener(Speaker):
    """Remembers what it was asked to play."""

    def __init__(self) -> None:
        super().__init__(volume=0)
        self.heard: list[Sound] = []

    def play(self, sound: Sound) -> None:
        self.heard.append(sound)


def set_up(folder: Path, *, has_people: bool = True, has_products: bool = True, is_training: bool = False) -> Path:
    """Make the database of a shop with one till; tells where it is."""
    path = folder / "shop.db"
    path.write_bytes(_made(has_people, has_products, is_training))
    return path


@cache
def _made(has_people: bool, has_products: bool, is_training: bool) -> bytes:
    """Make the shop once; every story has a copy of it."""
    with TemporaryDirectory() as folder:
        path = _make(Path(folder), has_people=has_people, has_products=has_products, is_training=is_training)
        return path.read_bytes()


def _make(folder: Path, *, has_people: bool, has_products: bool, is_training: bool) -> Path:
    path, clock = folder / "shop.db", SystemClock()
    database = open_database(path, clock.new_id)
    commands: list[Command] = [SaveShop(SHOP), SaveTill(replace(TILL, is_training=is_training))]
    if has_people:
        commands += [
            SavePerson(Person("anna", "Anna Klein", Role.MANAGER, hashed(PINS["anna"]))),
            SavePerson(Person("ben", "Ben Okafor", Role.CASHIER, hashed(PINS["ben"]))),
        ]
    if has_products:
        commands += [SaveProducts("first", tuple(_edits())), _stock()]
    done = Executor(database, clock).execute(SYSTEM, *commands)
    assert isinstance(done, Done), done
    database.become_till("t1")
    # All of it in one file, so that it can be copied.
    database.writer.row("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return path


def _edits() -> list[ProductEdit]:
    return [
        ProductEdit(
            product,
            name=name,
            price=Money.of(price, "EUR") if price else None,
            category=category,
            tax_category=tax,
            sku=product.upper(),
            barcodes=(PackCode(barcode_key(barcode(number))),),
            favourite=number + 1,
        )
        for number, (product, name, price, category, tax) in enumerate(PRODUCTS)
    ]


def _stock() -> MoveGoods:
    moves = tuple(Move(product, Quantity.of(count), "supplier", "shop:s1") for product, count in STOCK.items())
    return MoveGoods("stock", "count", moves)


@dataclass
class Station:
    """A till that runs: everything app.py puts together, and a hand on its keyboard."""

    path: Path
    bot: QtBot
    clock: SystemClock = field(default_factory=SystemClock)
    speaker: Listener = field(default_factory=Listener)
    shop: Shop = SHOP
    till: Till = TILL
    who: str = "anna"

    def start(self, *, is_signed_in: bool = True, is_open: bool = True) -> Station:
        """Start the program on the database."""
        self.database = open_database(self.path, self.clock.new_id)
        self.writer = Writer(Executor(self.database, self.clock))
        if is_open and not queries.open_shift(self.database.writer, self.till.id):
            self.do(OpenShift(self.clock.new_id(), Money.of("150.00", self.shop.currency)))
        self.reader = self.database.reader()
        self.background = Background(self.writer, self.database.reader)
        self.feed = ChangeFeed(self.reader)
        counter = Counter(self.reader, self.background, self.clock, self.shop, self.till)
        counter.refresh()
        counter.person = queries.person(self.reader, self.who) if is_signed_in else None
        self.state = TillState(counter, EURO_NOTES, self.path.parent / "documents")
        self.window = Window([Page("till", "Sell", "scan-barcode", self._screen)])
        self._show_user(counter.person.name if counter.person else "")
        self.window.resize(1366, 768)
        self.window.show()
        self.bot.waitExposed(self.window)
        self.window.activateWindow()
        self.settle()
        return self

    def _screen(self) -> TillScreen:
        self.screen = TillScreen(self.state, self.feed, self.speaker)
        self.screen.user_changed.connect(self._show_user)
        return self.screen

    def _show_user(self, name: str) -> None:
        # The first name comes while the window is still being made.
        if hasattr(self, "window"):
            self.window.rail.set_user(name)

    def do(self, *commands: Command) -> Done:
        """Change something behind the till's back."""
        done = self.writer.submit(SYSTEM, *commands).result()
        assert isinstance(done, Done), done
        return done

    def stop(self) -> None:
        """End the program."""
        self.settle()
        self.window.close()
        self.background.close()
        self.writer.close()
        self.database.close()
        self.window.deleteLater()
        QApplication.processEvents()

    # What a person does.

    def scan(self, code: str) -> None:
        """Scan: a burst of keys, ended by Enter."""
        burst(self.handle, code)
        self.settle()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key."""
        QTest.keyClick(self.handle, key, modifier)
        self.settle()

    def type_in(self, text: str) -> None:
        """Type as people do: slower than a scanner. The last key has arrived, too: none waits for a scanner's next."""
        for letter in text:
            strike(self.handle, letter)
            QTest.qWait(45)
        self.until(lambda: not self.window._keyboard._burst.held)

    @property
    def handle(self) -> QWindow:
        """Where the system sends keys: the window itself, whatever has the focus in it."""
        handle = self.window.windowHandle()
        assert handle is not None
        return handle

    def settle(self) -> None:
        """Wait until everything that was asked is durable and shown."""
        for _ in range(2):
            self.writer.submit(SYSTEM).result()
            QTest.qWait(1)
            QApplication.processEvents()
        self.feed.look()
        QApplication.processEvents()

    def until(self, is_so: Callable[[], bool]) -> None:
        """Wait for what takes a while."""
        self.bot.waitUntil(is_so)

    def view(self, kind: type[_View]) -> _View:
        """The view of the work area, which has to be of this kind."""
        made = [view for view in self.screen._views.values() if isinstance(view, kind)]
        assert made, f"no {kind.__name__} was made"
        assert made[0].isVisible(), f"the {kind.__name__} is not shown"
        return made[0]

    def sheet(self, kind: type[_View]) -> _View:
        """The body of the open sheet, which has to be of this kind."""
        assert self.screen.sheet is not None, "no sheet is open"
        content = self.screen.sheet.content
        assert isinstance(content, kind), f"{type(content).__name__} is open"
        return content

    def is_in(self, mode: Mode) -> bool:
        """Whether the screen shows what this mode shows."""
        return self.screen.mode is mode

    @property
    def lines(self) -> Sequence[tuple[str, str]]:
        """Quantity and name of each line on the screen."""
        return [(line.quantity, line.title) for line in self.screen.cart.lines.lines()]

    @property
    def total(self) -> str:
        """The total on the screen."""
        return self.screen.cart.total.text()

    @property
    def said(self) -> str:
        """The sentence on the screen; empty where there is none."""
        return self.state.counter.notice.sentence if self.state.counter.notice else ""
