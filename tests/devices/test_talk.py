"""Question and answer over a wire."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from omsdesk.devices.ports import DeviceError, ErrorCode
from omsdesk.devices.talk import Talk
from omsdesk.devices.wires.serial_line import SerialPort
from tests.devices.wires.terminals import Cable


@pytest.fixture
def cable() -> Iterator[Cable]:
    made = Cable()
    yield made
    made.pull_out()


@pytest.fixture
def talk(cable: Cable) -> Iterator[Talk]:
    port = SerialPort(cable.name)
    port.open(time.monotonic() + 20)
    yield Talk(port, 0.2)
    port.close()


def test_an_answer_ends_where_it_ends_and_the_rest_stays(cable: Cable, talk: Talk) -> None:
    cable.say(b"one\rtwo\rthr")
    assert talk.hear(b"\r") == b"one\r"
    assert talk.hear(b"\r") == b"two\r"
    cable.say(b"ee\r")
    assert talk.hear(b"\r") == b"three\r"


def test_silence_is_told(cable: Cable, talk: Talk) -> None:
    talk.say(b"W")
    assert cable.said(1) == b"W"
    with pytest.raises(DeviceError) as fault:
        talk.hear(b"\r")
    assert fault.value.code is ErrorCode.TIMEOUT
    assert "switched on" in fault.value.sentence


def test_a_new_question_forgets_half_an_old_answer(cable: Cable, talk: Talk) -> None:
    cable.say(b"half\rof")
    assert talk.hear(b"\r") == b"half\r"
    talk.say(b"W")
    cable.say(b"new\r")
    assert talk.hear(b"\r") == b"new\r"


def test_what_never_ends_is_noise(cable: Cable, talk: Talk) -> None:
    cable.say(bytes(3000))
    with pytest.raises(DeviceError):
        talk.hear(b"\r")
