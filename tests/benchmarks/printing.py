"""Receipts to a printer on the network: how many a second, and what the screen notices of it.

The till whose screen is watched runs in a process of its own (``python -m tests.benchmarks.printing FOLDER``).
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from omsdesk.actions.execute import Executor
from omsdesk.actions.print_queue import PrintQueue
from omsdesk.actions.writer import Writer
from omsdesk.devices.drivers.escpos.printer import EscPosPrinter
from omsdesk.devices.drivers.escpos.status import BARRIER, QUESTIONS, ask
from omsdesk.devices.spooler import Spooler
from omsdesk.devices.wires.tcp import TcpPort
from omsdesk.documents.printer_profile import EPSON_80
from omsdesk.domain.printing import AskPrint, PaperKind, PrintState
from omsdesk.settings import DeviceSetting
from omsdesk.store.database import Database
from omsdesk.store.queries.printing import state_of, unsettled
from omsdesk.store.queries.receipts import newest
from tests.benchmarks.measure import Row, Spread, no_collector, spread
from tests.benchmarks.scanning import till_on
from tests.benchmarks.shops import CLOCK, Shops

_RECEIPTS = 200
_WHILE = 50
"""Receipts that print while the screen is watched."""
_FRAME = 16.0
_FASTEST = 10.0
"""Receipts a second: no printer cuts more."""


def printing(shops: Shops, size: int) -> list[Row]:
    """Print receipts of ten lines, and watch the screen of a till that does."""
    with shops.copy(shops.shop(size)) as database, _printer() as port:
        floor = _raw(port)
        ours = _spooled(database, port)
        rates = Row(
            "receipts printed, each confirmed and durable", f"{size:,}", Spread(ours, ours), f"> {_FASTEST:.0f}/s",
            ours > _FASTEST, Spread(floor, floor), "/s",
        )  # fmt: skip
        frames = spread(_watched(database.path.parent, port))
    met = frames.p99 < _FRAME
    return [rates, Row(f"frame while {_WHILE} receipts print", f"{size:,}", frames, "p99 < a frame", met)]


@contextmanager
def _printer() -> Iterator[int]:
    """Be a printer that is always ready and prints at once; tells its port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_serve, args=(listener,), daemon=True).start()
        yield listener.getsockname()[1]


def _serve(listener: socket.socket) -> None:
    while True:
        try:
            client, _ = listener.accept()
        except OSError:
            return
        with client:
            _answer(client)


def _answer(client: socket.socket) -> None:
    questions = tuple(map(ask, QUESTIONS))
    while data := client.recv(65536):
        if data in questions:
            client.sendall(b"\x12")
        elif data.endswith(BARRIER):
            client.sendall(b"\x00")


def _raw(port: int) -> float:
    """The floor: as many bytes as a receipt has, with the question after it, and nothing kept of it."""
    payload = bytes(1500) + BARRIER
    began = time.perf_counter()
    for _ in range(_RECEIPTS):
        with socket.create_connection(("127.0.0.1", port)) as client:
            client.sendall(payload)
            client.recv(1)
    return _RECEIPTS / (time.perf_counter() - began)


def _spooled(database: Database, port: int) -> float:
    """Print what the shop's tickets asked for, from the queue on disk to the word that it came out."""
    executor = Executor(database, CLOCK)
    writer, reader = Writer(executor), database.reader()
    queue = PrintQueue(EPSON_80, database.reader, writer)
    spooler = Spooler(EscPosPrinter(TcpPort("127.0.0.1", port)), queue)
    waiting = len(unsettled(reader))
    began = time.perf_counter()
    spooler.start()
    while unsettled(reader):
        time.sleep(0.005)
    rate = waiting / (time.perf_counter() - began)
    spooler.stop()
    writer.close()
    reader.close()
    return rate


def _watched(folder: Path, port: int) -> list[float]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", __name__, str(folder), str(port)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    found: list[float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main(folder: Path, port: int) -> None:
    """Be the till, and write the seconds of each frame until the receipts have come out."""
    from PySide6.QtWidgets import QApplication

    setting = DeviceSetting("escpos", f"tcp:127.0.0.1:{port}")
    with till_on(folder, setting) as till, no_collector():
        counter = till.state.counter
        sales = [row.sale for row in newest(counter.reader, [counter.till.id], _WHILE)]
        asked = [AskPrint(CLOCK.new_id(), counter.till.id, PaperKind.RECEIPT, sale) for sale in sales]
        _frame(till.cart.repaint)
        counter.change(*asked, then=lambda _: None)
        frames: list[float] = []
        while any(state_of(counter.reader, row.job) != PrintState.PRINTED for row in asked):
            frames.append(_frame(till.cart.repaint))
            time.sleep(max(0.0, _FRAME / 1000 - frames[-1]))
        QApplication.processEvents()
        print(json.dumps(frames), flush=True)


def _frame(paint: Callable[[], None]) -> float:
    """Do what waits on the GUI thread, and paint."""
    from PySide6.QtWidgets import QApplication

    began = time.perf_counter()
    QApplication.processEvents()
    paint()
    return time.perf_counter() - began


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
