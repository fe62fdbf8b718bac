"""From the scanner's Enter to the painted line: the whole till at work, its disk and its printer included.

The till runs in a process of its own (``python -m tests.benchmarks.scanning FOLDER CODE…``), so that nothing it loads
weighs on what is measured after it.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from omsdesk.actions.execute import Executor
from omsdesk.domain.promotion_book import SavePromotion
from omsdesk.settings import DeviceSetting
from omsdesk.store.database import Database
from tests.benchmarks.measure import Row, Spread, no_collector, spread
from tests.benchmarks.promoting import Range, offers
from tests.benchmarks.shops import CLOCK, SHOP, Shops, do

if TYPE_CHECKING:
    from omsdesk.ui.till.screen import TillScreen

_TICKETS = 40
_LINES = 10
_PAUSE = 0.1
"""Seconds between two scans: no hand is faster, and what the one before set off has its time as at a counter."""
_FRAME = 16.0
"""Milliseconds between two pictures of a screen that shows sixty a second."""

_CASES = (
    ("scan until painted", False, False),
    ("scan until painted, customer screen", False, True),
    ("scan until painted, 500 promotions", True, False),
)
_SCREENS = {
    "screens": [
        {
            "name": name,
            "x": left,
            "y": 0,
            "width": 1366,
            "height": 768,
            "logicalDpi": 96,
            "logicalBaseDpi": 96,
            "dpr": 1,
        }
        for name, left in (("TILL", 0), ("CUSTOMER", 1366))
    ]
}
_CODES = """
SELECT DISTINCT barcode.code FROM barcode JOIN product ON product.no = barcode.product_no
JOIN price ON price.product_no = product.no LIMIT 200000
"""


def scanning(shops: Shops, size: int) -> list[Row]:
    """Scan tickets of ten lines, ten scans a second, articles from all over; each ticket is paid and printed."""
    rows = []
    for work, has_promotions, has_customer in _CASES:
        with shops.copy(shops.shop(size)) as database:
            if has_promotions:
                _promote(database)
            known = [code for (code,) in database.writer.rows(_CODES)]
            codes = random.Random(5).sample(known, _TICKETS * _LINES)
            took = _run(database.path.parent, codes, has_customer=has_customer)
        # The first ticket is for warming up.
        ours, frame = spread(took[_LINES:]), Spread(_FRAME, _FRAME)
        rows.append(Row(work, f"{size:,}", ours, "p99 < a frame", ours.p99 < _FRAME, frame))
    return rows


def _promote(database: Database) -> None:
    """Offer what a supermarket does, of products, categories and brands that are scanned."""

    def some(column: str) -> list[str]:
        question = f"SELECT DISTINCT {column} FROM product WHERE {column} != '' LIMIT 5000"  # noqa: S608 - a column of ours
        return [value for (value,) in database.writer.rows(question)]

    about = Range(some("id"), some("category"), some("brand") or some("category"))
    do(Executor(database, CLOCK), *map(SavePromotion, offers(random.Random(5), about, SHOP.currency)))


def _run(folder: Path, codes: list[str], *, has_customer: bool) -> list[float]:
    platform = "offscreen"
    if has_customer:
        screens = folder / "screens.json"
        screens.write_text(json.dumps(_SCREENS), encoding="utf-8")
        platform = f"offscreen:configfile={screens}"
    environment = {**os.environ, "QT_QPA_PLATFORM": platform}
    command = [sys.executable, "-m", __name__, str(folder), *codes]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    found: list[float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main(folder: Path, codes: list[str]) -> None:
    """Be the till, and write the seconds of each scan."""
    with till_on(folder, DeviceSetting("file", "file:receipts")) as till, no_collector():
        tickets = [codes[at : at + _LINES] for at in range(0, len(codes), _LINES)]
        print(json.dumps([seconds for ticket in tickets for seconds in _ticket(till, ticket)]), flush=True)


@contextmanager
def till_on(folder: Path, printer: DeviceSetting) -> Iterator[TillScreen]:
    """Start the desktop on a database, as a person does, with a receipt printer."""
    from omsdesk.app import Desktop
    from omsdesk.settings import Settings
    from omsdesk.ui.application import application
    from omsdesk.ui.till.screen import TillScreen

    settings = Settings(folder, sound_volume=0, device={"receipt": printer})
    app = application(settings)
    has_customer = len(app.screens()) > 1
    if has_customer:
        settings.device["customer-screen"] = DeviceSetting("customer_screen", "screen:CUSTOMER")
    desktop = Desktop(settings)
    desktop.window.setGeometry(0, 0, 1366, 768)
    desktop.window.show()
    desktop.start()
    app.processEvents()
    try:
        assert isinstance(desktop.window.shown, TillScreen)
        assert not has_customer or _is_shown_to_customer(desktop.window.shown)
        yield desktop.window.shown
    finally:
        desktop.window.close()
        desktop.close()


def _is_shown_to_customer(till: TillScreen) -> bool:
    return till.state.customer_side.windows["customer-screen"].view.isVisible()


def _ticket(till: TillScreen, codes: list[str]) -> Iterator[float]:
    yield from (_scan(till, code) for code in codes)
    till.state.checkout.pay_exactly()
    while till.state.session.sale is not None:
        _work()


def _scan(till: TillScreen, code: str) -> float:
    """Send a scanner's keys, and wait until the line is durable and on the screen."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    handle, before = till.window().windowHandle(), till.state.session.sale
    assert handle is not None
    _rest()
    for letter in code:
        QTest.keyClick(handle, Qt.Key(ord(letter)))
    began = time.perf_counter()
    QTest.keyClick(handle, Qt.Key.Key_Return)
    while till.state.session.sale is before:
        _work()
    _work(is_waiting=False)
    return time.perf_counter() - began


def _rest() -> None:
    end = time.perf_counter() + _PAUSE
    while time.perf_counter() < end:
        _work(is_waiting=False)
        time.sleep(0.001)


def _work(*, is_waiting: bool = True) -> None:
    from PySide6.QtCore import QEventLoop
    from PySide6.QtWidgets import QApplication

    flags = QEventLoop.ProcessEventsFlag
    QApplication.processEvents(flags.WaitForMoreEvents if is_waiting else flags.AllEvents)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
