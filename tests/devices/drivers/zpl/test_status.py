"""Answers of ZPL printers, as the manual writes them."""

from __future__ import annotations

import pytest

from omsdesk.devices.drivers.zpl import status
from omsdesk.devices.drivers.zpl.status import ZplDialect
from omsdesk.devices.ports import Condition, PrinterStatus


def answer(first: dict[int, str] | None = None, second: dict[int, str] | None = None) -> bytes:
    whole = ("030,0,0,1245,000,0,0,0,000,0,0,0", "000,0,0,0,0,2,4,0,00000000,1,000", "1234,0")
    lines = [line.split(",") for line in whole]
    for line, changes in zip(lines, (first or {}, second or {}), strict=False):
        for place, value in changes.items():
            line[place] = value
    return b"".join(b"\x02" + ",".join(line).encode() + b"\x03\r\n" for line in lines)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({}, {}, status.READY),
        ({1: "1"}, {}, status.LABELS_OUT),
        ({2: "1"}, {}, status.PAUSED),
        ({9: "1"}, {}, status.MEMORY_LOST),
        ({10: "1"}, {}, status.TOO_COLD),
        ({11: "1"}, {}, status.TOO_HOT),
        ({}, {2: "1"}, status.HEAD_OPEN),
        ({}, {3: "1"}, status.RIBBON_OUT),
        ({1: "1", 2: "1"}, {2: "1"}, status.HEAD_OPEN),
    ],
)
def test_the_cause_that_a_person_mends_first_is_named(
    first: dict[int, str], second: dict[int, str], expected: PrinterStatus
) -> None:
    read = ZplDialect().read(answer(first, second), b"")
    assert read is not None
    assert read.status == expected


def test_half_an_answer_is_none() -> None:
    whole = answer()
    for end in range(len(whole) - 2):
        assert ZplDialect().read(whole[:end], b"") is None
    assert ZplDialect().read(b"noise" + whole, b"") is not None


@pytest.mark.parametrize(
    ("formats", "remaining", "left"),
    [("000", "0", 0), ("000", "3", 3), ("001", "0", 5), ("002", "1", 8), ("003", "0", 10)],
)
def test_what_has_not_come_out_is_counted(formats: str, remaining: str, left: int) -> None:
    sent = b"^XA^PQ3,0,0,N^XZ^XA^PQ2^XZ^XA^PQ5,0^XZ"
    read = ZplDialect().read(answer({4: formats}, {8: remaining}), sent)
    assert read is not None
    assert read.labels_left == left
    assert ZplDialect().labels_in(sent) == 10


def test_half_a_format_and_a_label_that_nobody_took_are_labels_to_come() -> None:
    for first, second in (({7: "1"}, {}), ({}, {7: "1"})):
        read = ZplDialect().read(answer(first, second), b"")
        assert read is not None
        assert read.labels_left == 1


def test_another_language_is_named() -> None:
    read = ZplDialect().read(b"\x021\x03\x022\x03\x023\x03", b"")
    assert read is not None
    assert read.status.condition is Condition.ERROR
    assert "another language" in read.status.sentence


@pytest.mark.parametrize(("dots", "dpi", "fits"), [(8, 203, True), (12, 300, True), (24, 600, True), (12, 203, False)])
def test_dots_are_compared_with_what_labels_are_made_for(dots: int, dpi: int, *, fits: bool) -> None:
    identity = b"\x02ZT411-300dpi,V92.21.39Z,%d,65536KB,X\x03\r\n" % dots
    read = ZplDialect(dpi).read(identity + answer(), b"")
    assert read is not None
    assert read.status.can_print is fits
    assert ZplDialect(dpi).read(identity, b"") is None
