"""Input reports, those of makers' manuals among them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.devices.drivers.hid_pos.report import Report, parse
from tests.devices.drivers.hid_pos.scripted_hid import report

# A boarding pass of 60 letters, as a manual shows it: two reports, and the first says that another follows.
FIRST = bytes.fromhex("02385d5130") + b"M1GATHERGOOD/MICHAEL YABCDEF LHRDURAK 3542 052Y003D23   " + b"s\x00\x01"
SECOND = bytes.fromhex("02045d5130") + b"0013" + bytes(52) + b"s\x00\x00"


def test_the_reports_of_a_manual_are_read() -> None:
    assert len(FIRST) == len(SECOND) == 64
    first, second = parse(FIRST), parse(SECOND)
    assert first == Report("]Q0", FIRST[5:61], goes_on=True)
    assert second == Report("]Q0", b"0013", goes_on=False)


@pytest.mark.parametrize("data", [b"", b"\x02", b"\x04\x01\x00\x00", b"\x01" + bytes(63)])
def test_what_brings_no_code_is_none(data: bytes) -> None:
    assert parse(data) is None


def test_a_scanner_may_name_no_symbology_and_send_no_more_than_it_has() -> None:
    assert parse(report(b"96385074", aim=b"\0\0\0")) == Report("", b"96385074", goes_on=False)
    assert parse(report(b"96385074")[:13]) == Report("]E0", b"96385074", goes_on=False)


@given(data=st.binary(max_size=56), goes_on=st.booleans())
def test_what_was_written_is_read(data: bytes, goes_on: bool) -> None:
    assert parse(report(data, goes_on=goes_on)) == Report("]E0", data, goes_on)


@given(st.binary(max_size=80))
def test_no_bytes_break_it(data: bytes) -> None:
    found = parse(data)
    assert found is None or len(found.data) <= 56
