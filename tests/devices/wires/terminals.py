"""A serial cable with both ends here: a pseudo-terminal, whose other end the test holds."""

from __future__ import annotations

import os
import select
import time
import tty


class Cable:
    """``name`` is the end that the program opens; the other one reads, writes and is pulled out here."""

    def __init__(self) -> None:
        self._end, device = os.openpty()
        tty.setraw(device)
        self.name = os.ttyname(device)
        # Held, because a terminal that nobody has open swallows what is written into it.
        self._device: int | None = device

    def said(self, count: int) -> bytes:
        """Read what came from the program, so many bytes."""
        data = b""
        end = time.monotonic() + 20
        while len(data) < count and time.monotonic() < end:
            if select.select([self._end], [], [], 0.05)[0]:
                data += os.read(self._end, count - len(data))
        return data

    def hear(self, seconds: float) -> bytes:
        """Read whatever comes from the program, for so long at most."""
        return os.read(self._end, 4096) if select.select([self._end], [], [], seconds)[0] else b""

    def say(self, data: bytes) -> None:
        """Send bytes to the program."""
        os.write(self._end, data)

    def pull_out(self) -> None:
        """Let the device be gone."""
        if self._device is not None:
            os.close(self._device)
            os.close(self._end)
            self._device = None
