"""Four short sounds beside their visual twins, by the operating system's own player; silent where there is none."""

from __future__ import annotations

import sys
from enum import StrEnum
from functools import cache
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING

from omsdesk.resource_files import resource

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

LONGEST = 5
"""Seconds after which a player that hangs (a sound server that is gone) is stopped."""

_PLAYERS = (("pw-play",), ("paplay",), ("aplay", "-q"), ("afplay",))


class Sound(StrEnum):
    """What a person is told by ear."""

    OK = "ok"
    NOT_FOUND = "not_found"
    BLOCKED = "blocked"
    COMPLETE = "complete"


class Speaker:
    """Plays one sound at a time on a thread of its own, so that nobody ever waits for a sound card."""

    def __init__(self, volume: int = 80, player: tuple[str, ...] | None = None) -> None:
        """Set the volume in percent; 0 is silence. ``player`` replaces the operating system's own command."""
        self.volume = volume
        self._player = player
        self._wanted: SimpleQueue[tuple[Sound, int]] = SimpleQueue()
        self._thread: Thread | None = None

    def play(self, sound: Sound) -> None:
        """Play a sound soon and return at once."""
        if self.volume <= 0:
            return
        if self._thread is None:
            self._thread = Thread(target=self._run, name="sounds", daemon=True)
            self._thread.start()
        self._wanted.put((sound, min(self.volume, 100)))

    def _run(self) -> None:
        player = self._player or _system_player()
        while True:
            sound, volume = self._wanted.get()
            # A fast scanner must not leave a tail of ticks behind: the last sound is the one that counts.
            if self._wanted.empty() and player:
                _play(player, _at_volume(sound, volume))


def _play(player: tuple[str, ...], path: Path) -> None:
    if sys.platform == "win32":
        import winsound

        winsound.PlaySound(str(path), winsound.SND_FILENAME | winsound.SND_NODEFAULT)
        return
    # Imported on the thread that plays: together with what the files need they cost a start three milliseconds.
    import subprocess

    quiet = subprocess.DEVNULL
    try:
        # The command is one of _PLAYERS, the path our own.
        subprocess.run([*player, path], check=False, stdin=quiet, stdout=quiet, stderr=quiet, timeout=LONGEST)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return


def _system_player() -> tuple[str, ...]:
    if sys.platform == "win32":
        return ("winsound",)
    import shutil

    return next((command for command in _PLAYERS if shutil.which(command[0])), ())


@cache
def _folder() -> TemporaryDirectory[str]:
    from tempfile import TemporaryDirectory

    # Kept by the cache and removed when the program ends.
    return TemporaryDirectory(prefix="omsdesk-sounds-", ignore_cleanup_errors=True)


@cache
def _at_volume(sound: Sound, volume: int) -> Path:
    """Write the sound at this volume: not every system's player can turn itself down."""
    import array
    import wave

    path = Path(_folder().name) / f"{sound}-{volume}.wav"
    with wave.open(str(resource(f"sounds/{sound}.wav")), "rb") as full, wave.open(str(path), "wb") as scaled:
        scaled.setparams(full.getparams())
        samples = array.array("h", full.readframes(full.getnframes()))
        scaled.writeframes(array.array("h", (sample * volume // 100 for sample in samples)).tobytes())
    return path
