"""Bytes taken apart into commands."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.devices.drivers.simulator.commands import Command, UnknownCommand, commands
from omsdesk.documents.escpos import render
from omsdesk.documents.receipt import receipt_paper
from tests.documents.samples import ORDINARY


@pytest.mark.parametrize("broken", [b"\x1dv0\x00\x40\x00\x10\x00abc", b"\x1bt", b"\x1d(k\x10\x00", b"\x1d", b"\x1dV"])
def test_a_command_cut_short_is_never_read_beyond_its_end(broken: bytes) -> None:
    with pytest.raises(UnknownCommand):
        list(commands(broken))


def test_text_and_commands_are_told_apart() -> None:
    assert list(commands(b"ab\n\x1bE\x01\xd5")) == [
        Command(b"", b"ab"),
        Command(b"\n", b""),
        Command(b"\x1bE", b"\x01"),
        Command(b"", b"\xd5"),
    ]


def test_every_byte_of_a_receipt_belongs_to_one_command() -> None:
    payload = render(receipt_paper(ORDINARY)).payload
    taken = list(commands(payload))
    assert sum(len(command.data) for command in taken) < len(payload)
    assert b"".join(command.data for command in taken if not command.name).count(b"TOTAL") == 1


@given(noise=st.binary(max_size=200))
def test_noise_is_read_or_refused_and_never_breaks_the_reader(noise: bytes) -> None:
    taken: list[Command] = []
    with suppress(UnknownCommand):
        taken.extend(commands(noise))
    assert sum(len(command.data) for command in taken) <= len(noise)
