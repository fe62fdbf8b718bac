"""A sale rung up without anybody at the keys: what a new machine without a screen shows of itself."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from omsdesk.actions.paper import receipt_of
from omsdesk.devices.drivers.simulator.printer import SimulatedPrinter
from omsdesk.documents import escpos, pdf
from omsdesk.documents.receipt import receipt_paper
from omsdesk.domain.printing import PrintState
from omsdesk.domain.sale import SaleCompleted
from omsdesk.domain.values import Money
from omsdesk.store.queries import till as queries
from omsdesk.ui.till.state import TillState

_PATIENCE_SECONDS = 30
_BASKET = (1, 2, 4, 1)
"""How many of each of the first favourites are sold."""


class TooSlow(TimeoutError):
    """Something that should happen in a moment did not."""


def wait_until(is_so: Callable[[], bool]) -> None:
    """Let the program work until something is so.

    Raises:
        TooSlow: it was not so in half a minute.

    """
    end = time.monotonic() + _PATIENCE_SECONDS
    while not is_so():
        if time.monotonic() > end:
            raise TooSlow("The till did not finish in time. Run “omsdesk doctor” to see what is missing.")
        QApplication.processEvents()
        time.sleep(0.002)


def ring_up(state: TillState) -> SaleCompleted:
    """Sign in, open the shift if need be, sell the first favourites for cash, and wait for the receipt to come out.

    Raises:
        TooSlow: a step was not done in half a minute.

    """
    counter = state.counter
    if state.sign_in.is_locked:
        state.sign_in.enter(state.sign_in.people()[0])
    if not state.shift.is_open:
        state.shift.open(Money.of(100, counter.shop.currency))
        wait_until(lambda: state.shift.is_open)
    if state.session.sale is None:
        _fill(state)
    notes = state.checkout.quick_cash()
    cash = state.checkout.cash
    if cash is not None:
        state.checkout.pay(cash, notes[-1] if notes else None)
    wait_until(lambda: state.checkout.completed is not None)
    completed = state.checkout.completed
    if completed is None:
        raise TooSlow("The sale was not completed.")
    wait_until(lambda: _is_printed(state, completed))
    return completed


def _fill(state: TillState) -> None:
    counter = state.counter
    tiles = queries.favourite_tiles(counter.reader, counter.shop, counter.day)
    for wanted, (tile, quantity) in enumerate(zip(tiles, _BASKET, strict=False), 1):
        if quantity > 1:
            state.session.intake.entered(f"{quantity}*")
        state.session.intake.chosen(tile.product)
        wait_until(lambda wanted=wanted: len(state.session.lines) == wanted)  # type: ignore[misc]


def _is_printed(state: TillState, sale: SaleCompleted) -> bool:
    return state.receipts.became_of(sale.sale) in {PrintState.PRINTED, PrintState.SENT, PrintState.CANCELLED}


def show_paper(state: TillState, sale: SaleCompleted, window: QWidget, folder: Path) -> list[str]:
    """Save the receipt as it comes out of the printer and as PDF, and a picture of the window; say where they lie.

    Raises:
        OSError: the folder cannot be written.

    """
    folder.mkdir(parents=True, exist_ok=True)
    paper = receipt_paper(receipt_of(state.counter.reader, sale.sale))
    printer = SimulatedPrinter()
    printer.print(escpos.render(paper).payload, sale.number)
    files = {
        "Receipt from the printer": (folder / f"{sale.number}.png", printer.sheets[0].png),
        "Receipt as PDF": (folder / f"{sale.number}.pdf", pdf.render(paper, title=sale.number).payload),
    }
    for file, data in files.values():
        file.write_bytes(data)
    screenshot = folder / "till.png"
    window.grab().save(str(screenshot))
    counter = state.counter
    said = [f"Sold {sale.item_count} items for {counter.money(sale.total)}, receipt {sale.number}."]
    said += [f"{what}: {file}" for what, (file, _) in files.items()]
    return [*said, f"Picture of the till: {screenshot}"]
