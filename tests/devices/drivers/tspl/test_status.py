"""Answers of TSPL printers, as the manual writes them."""

from __future__ import annotations

import pytest

from omsdesk.devices.drivers.tspl import status
from omsdesk.devices.drivers.tspl.status import TsplDialect
from omsdesk.devices.ports import PrinterStatus


@pytest.mark.parametrize(
    ("byte", "expected", "left"),
    [
        (0x00, status.READY, 0),
        (0x20, status.READY, None),
        (0x01, status.HEAD_OPEN, None),
        (0x02, status.JAM, None),
        (0x04, status.LABELS_OUT, None),
        (0x05, status.HEAD_OPEN, None),
        (0x08, status.RIBBON_OUT, None),
        (0x10, status.PAUSED, None),
        (0x80, status.FAULT, None),
    ],
)
def test_each_bit_has_its_sentence(byte: int, expected: PrinterStatus, left: int | None) -> None:
    read = TsplDialect().read(bytes([byte]), b"")
    assert read is not None
    assert (read.status, read.labels_left) == (expected, left)


def test_no_byte_is_no_answer() -> None:
    assert TsplDialect().read(b"", b"") is None


def test_copies_are_counted() -> None:
    assert TsplDialect().labels_in(b"CLS\r\nPRINT 1,3\r\n\r\nCLS\r\nPRINT 1,2\r\n") == 5
