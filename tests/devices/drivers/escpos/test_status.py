"""Status bytes as printers send them."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.devices.drivers.escpos.status import QUESTIONS, ask, begins_report, condition, is_barrier, is_status
from omsdesk.devices.ports import Condition
from tests.devices.foreign_printer import _emupos


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


@given(state=st.tuples(*[st.booleans()] * 5))
def test_the_bytes_of_a_foreign_printer_are_each_of_one_kind(state: tuple[bool, ...]) -> None:
    """Whatever its state, an answer is an answer, and the report that it sends by itself begins like nothing else."""
    foreign = _emupos("emupos.printer.escpos.status")
    names = ("cover_open", "paper_out", "paper_near_end", "is_offline", "drawer_pin3_high")
    now = SimpleNamespace(**dict(zip(names, state, strict=True)))
    first, *rest = foreign.asb(now)
    assert begins_report(first)
    assert not is_status(first)
    assert not is_barrier(first)
    assert all(is_barrier(byte) for byte in rest), "which is why they must be counted off"


def test_no_byte_is_of_two_kinds() -> None:
    kinds = (is_status, is_barrier, begins_report)
    assert all(sum(kind(byte) for kind in kinds) <= 1 for byte in range(256))


@given(answers=st.tuples(*[st.integers(0, 255)] * 4))
def test_any_four_bytes_are_some_condition_and_none_is_unknown(answers: tuple[int, ...]) -> None:
    found = condition(dict(zip(QUESTIONS, answers, strict=True)))
    assert found is not Condition.UNKNOWN
    if found is Condition.READY:
        assert not answers[0] & 0x08
        assert not answers[3] & 0x6C
