"""A sound is played by another program and never holds up the one who asked for it."""

from __future__ import annotations

import array
import sys
import time
import wave
from typing import TYPE_CHECKING

import pytest

from omsdesk.resource_files import resource
from omsdesk.ui.sounds import Sound, Speaker

if TYPE_CHECKING:
    from pathlib import Path

RECORDER = """
import shutil, sys, time
shutil.copy(sys.argv[-1], sys.argv[1])
time.sleep(float(sys.argv[2]))
"""


def loudness(path: Path) -> int:
    """Largest sample of a wave file."""
    with wave.open(str(path), "rb") as sound:
        return max(array.array("h", sound.readframes(sound.getnframes())))


def recorder(tmp_path: Path, seconds: float = 0.0) -> tuple[tuple[str, ...], Path]:
    """Make a player that keeps what it was asked to play, and takes its time."""
    script, heard = tmp_path / "player.py", tmp_path / "heard.wav"
    script.write_text(RECORDER, encoding="utf-8")
    return (sys.executable, str(script), str(heard), str(seconds)), heard


def wait_for(path: Path) -> None:
    """Wait until the other program has written its file."""
    end = time.monotonic() + 20
    while not (path.exists() and path.stat().st_size > 44) and time.monotonic() < end:
        time.sleep(0.01)
    assert path.exists()


@pytest.mark.parametrize(("sound", "longest"), [("ok", 0.05), ("not_found", 0.4), ("blocked", 0.6), ("complete", 0.4)])
def test_every_sound_is_short(sound: str, longest: float) -> None:
    with wave.open(str(resource(f"sounds/{sound}.wav")), "rb") as found:
        assert 0.03 < found.getnframes() / found.getframerate() < longest
    assert Sound(sound)


def test_the_player_gets_the_sound_at_the_volume_of_the_station(tmp_path: Path) -> None:
    player, heard = recorder(tmp_path)
    Speaker(volume=50, player=player).play(Sound.OK)
    wait_for(heard)
    full = loudness(resource("sounds/ok.wav"))
    assert loudness(heard) == pytest.approx(full / 2, abs=2)


def test_nobody_waits_for_a_slow_sound_card(tmp_path: Path) -> None:
    player, heard = recorder(tmp_path, seconds=1.0)
    speaker = Speaker(player=player)
    began = time.monotonic()
    for _ in range(20):
        speaker.play(Sound.BLOCKED)
    assert time.monotonic() - began < 0.9, "the end of one sound would have been waited for"
    wait_for(heard)


def test_volume_nought_is_silence(tmp_path: Path) -> None:
    player, heard = recorder(tmp_path)
    Speaker(volume=0, player=player).play(Sound.OK)
    time.sleep(0.2)
    assert not heard.exists()


def test_a_till_without_a_player_is_silent_and_well(tmp_path: Path) -> None:
    speaker = Speaker(player=(str(tmp_path / "no-such-player"),))
    speaker.play(Sound.OK)
    time.sleep(0.1)
    speaker.play(Sound.COMPLETE)
    time.sleep(0.1)
    assert speaker._thread is not None
    assert speaker._thread.is_alive()


def test_the_system_is_asked_for_its_player_when_none_is_given() -> None:
    speaker = Speaker(volume=1)
    speaker.play(Sound.OK)
    time.sleep(0.2)
    speaker.play(Sound.OK)
