"""Two lines for the customer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.devices import line_display
from omsdesk.devices.attendant import Attendant, Power
from omsdesk.devices.line_display import COLUMNS, PoleDisplay, pair
from omsdesk.devices.wires.serial_line import SerialPort
from tests.devices.wires.terminals import Cable
from tests.patience import until


class Plain:
    """The plainest dialect there can be."""

    def setup(self) -> bytes:
        return b"!"

    def lines(self, upper: bytes, lower: bytes) -> bytes:
        return b"<" + upper + b"|" + lower + b">"


FRAME = 2 * COLUMNS + 3


class Pole:
    """A display at the end of a cable, and whoever attends it."""

    def __init__(self, codec: str = "cp437") -> None:
        self.cable = Cable()
        self.display = PoleDisplay(SerialPort(self.cable.name), Plain(), codec)
        self.attendant = Attendant(self.display)

    def start(self) -> None:
        """Switch it on, and read past what it shows at first."""
        self.attendant.start()
        self.cable.said(1 + FRAME)

    @property
    def shown(self) -> str:
        """The next thing that it is told to show."""
        return self.cable.said(FRAME).decode(self.display._codec)


@pytest.fixture
def pole() -> Iterator[Pole]:
    made = Pole()
    yield made
    made.attendant.stop()
    made.cable.pull_out()


def test_what_is_to_be_shown_is_shown(pole: Pole) -> None:
    pole.start()
    pole.display.show("Croissant", pair("Total", "2.40"))
    assert pole.shown == "<Croissant           |Total           2.40>"


def test_what_stays_the_same_is_not_sent_again(pole: Pole) -> None:
    pole.start()
    pole.display.show("Welcome", "")
    assert "Welcome" in pole.shown
    pole.display.show("Welcome", "")
    assert pole.cable.hear(0.3) == b""


def test_a_display_that_lost_its_power_is_not_blank_for_long(pole: Pole, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_display, "_AGAIN_SECONDS", 0.1)
    pole.start()
    pole.display.show("Welcome", "")
    assert ["Welcome" in pole.shown for _ in range(2)] == [True, True]


def test_a_display_that_was_plugged_in_late_shows_what_is_wanted_now(pole: Pole) -> None:
    pole.display.show("Croissant", "2.40")
    pole.attendant.start()
    assert pole.cable.said(1) == b"!"
    assert "Croissant" in pole.shown


def test_a_display_that_takes_nothing_is_told(pole: Pole, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_display, "_WRITE_SECONDS", 0.0)
    monkeypatch.setattr(pole.display._port, "write", lambda _data, _deadline: 0)
    pole.attendant.start()
    until(lambda: pole.attendant.link.power is Power.OFFLINE)
    assert "does not answer" in pole.attendant.link.sentence


@given(text=st.text(max_size=40))
def test_any_text_is_twenty_letters_of_the_display(text: str) -> None:
    display = PoleDisplay(SerialPort("nowhere"), Plain(), "cp437")
    assert len(display._letters(text).encode("cp437")) == COLUMNS


@pytest.mark.parametrize(
    ("codec", "text", "shown"),
    [
        ("cp437", "Łódź Café", "  ódz Café"),
        ("cp852", "Łódź Café", "Łódź Café"),
        ("cp437", "日本 2.40", "   2.40"),
        ("cp858", "2.40 €", "2.40 €"),
        ("cp437", "a\x0cb?", "a b?"),
    ],
)
def test_a_letter_that_it_has_not_is_written_plainly(codec: str, text: str, shown: str) -> None:
    display = PoleDisplay(SerialPort("nowhere"), Plain(), codec)
    assert display._letters(text).split() == shown.split()


@given(name=st.text(st.characters(codec="ascii", min_codepoint=32)), amount=st.text("0123456789.,", max_size=30))
def test_name_and_amount_share_a_line(name: str, amount: str) -> None:
    line = pair(name, amount)
    assert len(line) <= COLUMNS
    assert line.endswith(amount[-COLUMNS:])
