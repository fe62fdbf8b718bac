"""Question and answer over a wire that carries short frames, as scales and pole displays speak."""

from __future__ import annotations

import time

from omsdesk.devices.ports import DeviceError, ErrorCode, Port

SILENT = "The device does not answer. Check that it is switched on, and that its cable and its settings are right."
_MOST = 1024


class Talk:
    """Says something and hears the answer, or that there is none."""

    def __init__(self, port: Port, seconds: float = 0.5) -> None:
        """Take an open wire. ``seconds`` is how long an answer may take."""
        self._port = port
        self._seconds = seconds
        self._heard = b""

    def say(self, data: bytes) -> None:
        """Send bytes; what was heard before belongs to an older question.

        Raises:
            DeviceError: TIMEOUT, the wire takes nothing; FAILURE, it is lost.

        """
        self._heard = b""
        if self._port.write(data, time.monotonic() + self._seconds) < len(data):
            raise DeviceError(ErrorCode.TIMEOUT, SILENT)

    def hear(self, end: bytes) -> bytes:
        """Give everything up to and with ``end``; what follows stays to be heard.

        Raises:
            DeviceError: TIMEOUT, it did not come; FAILURE, the wire is lost.

        """
        deadline = time.monotonic() + self._seconds
        while end not in self._heard:
            data = self._port.read(deadline)
            if not data or len(self._heard) > _MOST:
                raise DeviceError(ErrorCode.TIMEOUT, SILENT)
            self._heard += data
        frame, found, self._heard = self._heard.partition(end)
        return frame + found
