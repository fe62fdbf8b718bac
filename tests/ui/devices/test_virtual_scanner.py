"""A scanner to be clicked, over the products of a real shop."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from omsdesk.devices.scanner import Scan
from omsdesk.ui.devices.goods_to_scan import goods_to_scan
from omsdesk.ui.devices.virtual_scanner import VirtualScanner
from tests.ui.back_office import take_pictures
from tests.ui.till.bench import Bench
from tests.ui.till.shop import code_of, set_up


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(set_up(tmp_path))
    yield made
    made.close()


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def scanner(bench: Bench, parent: QWidget) -> VirtualScanner:
    counter = bench.counter
    made = VirtualScanner(lambda text: goods_to_scan(counter.reader, counter.day, text), parent)
    made.show()
    return made


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_shops_products_are_offered_with_their_barcodes(scanner: VirtualScanner) -> None:
    assert scanner.list.count() > 3
    scans: list[Scan] = []
    scanner.scanned.connect(scans.append)
    scanner.field.setText("oat milk")
    assert scanner.list.count() == 1
    scanner.list.chosen.emit(scanner.list.key_at(0))
    assert [(scan.text, scan.source) for scan in scans] == [(code_of("oat"), "virtual")]
    assert scanner.said.text() == f"Scanned: {code_of('oat')}"
    take_pictures(scanner, "virtual-scanner")


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_any_code_is_typed(scanner: VirtualScanner) -> None:
    scans: list[Scan] = []
    scanner.scanned.connect(scans.append)
    assert not scanner.button.isEnabled()
    scanner.field.setText("]C1010400638133393110A")
    QTest.keyClick(scanner.field, Qt.Key.Key_Return)
    assert scans[0].code == "]C1010400638133393110A"
    scanner.field.setText("  ")
    assert not scanner.button.isEnabled()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_it_is_closed_by_esc(parent: QWidget) -> None:
    scanner = VirtualScanner(lambda _: [], parent)
    scanner.show()
    QTest.keyClick(scanner.field, Qt.Key.Key_Escape)
    assert scanner.isHidden()
