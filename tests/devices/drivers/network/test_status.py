"""Status bytes as printers send them."""

from __future__ import annotations

import pytest

from omsdesk.devices.drivers.network.status import QUESTIONS, ask, condition, is_barrier, is_status
from omsdesk.devices.ports import Condition


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ((0x12, 0x12, 0x12, 0x12), Condition.READY),
        ((0x16, 0x12, 0x12, 0x12), Condition.READY),  # the drawer is open
        ((0x12, 0x12, 0x12, 0x1E), Condition.PAPER_LOW),
        ((0x1A, 0x32, 0x12, 0x7E), Condition.PAPER_OUT),
        ((0x1A, 0x16, 0x12, 0x12), Condition.COVER_OPEN),
        ((0x1A, 0x36, 0x12, 0x7E), Condition.COVER_OPEN),
        ((0x1A, 0x52, 0x1A, 0x12), Condition.ERROR),
        ((0x1A, 0x12, 0x12, 0x12), Condition.OFFLINE),
    ],
)
def test_status_bytes_are_read_as_epson_wrote_them(answers: tuple[int, ...], expected: Condition) -> None:
    assert condition(dict(zip((1, 2, 3, 4), answers, strict=True))) is expected


def test_the_two_kinds_of_answers_never_look_alike() -> None:
    assert not any(is_status(byte) and is_barrier(byte) for byte in range(256))
    assert is_barrier(0x00)
    assert is_barrier(0x03)
    assert is_barrier(0x0C)
    assert all(is_status(byte) for byte in (0x12, 0x16, 0x1A, 0x1E, 0x32, 0x72, 0x7E))


def test_questions_are_the_four_that_every_printer_answers() -> None:
    asked = b"".join(ask(question) for question in QUESTIONS)
    assert asked == b"\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04"
