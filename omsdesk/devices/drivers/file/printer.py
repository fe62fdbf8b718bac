"""Print jobs as files in a folder: for tests, for archives, and for programs that take the paper from there."""

from __future__ import annotations

import os
import re
import tempfile
from contextlib import suppress
from pathlib import Path

from omsdesk.devices.ports import AtOnce, Condition, Delivery, PrinterStatus
from omsdesk.domain.printing import PrintState

_UNSAFE = re.compile(r"[^\w.-]")


class FilePrinter(AtOnce):
    """Writes each job to ``<name>.bin``, whole or not at all; the same job again replaces itself."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def status(self) -> PrinterStatus:
        """Ready while files can be made in the folder."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self._folder):
                pass
        except (OSError, ValueError) as fault:
            return self._offline(fault)
        return PrinterStatus.of(Condition.READY)

    def print(self, payload: bytes, name: str) -> Delivery:
        """Write a job and make it durable."""
        path = self._folder / f"{_UNSAFE.sub('_', name)}.bin"
        unfinished = path.with_suffix(".part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with unfinished.open("wb") as file:
                file.write(payload)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(path)
            _sync_folder(self._folder)
        except (OSError, ValueError) as fault:
            with suppress(OSError, ValueError):
                unfinished.unlink(missing_ok=True)
            return Delivery(PrintState.FAILED, self._offline(fault).sentence, Condition.OFFLINE)
        return Delivery(PrintState.PRINTED, condition=Condition.READY)

    def _offline(self, fault: OSError | ValueError) -> PrinterStatus:
        why = getattr(fault, "strerror", None) or str(fault)
        sentence = f"The folder {self._folder} cannot be written to ({why}). Choose another one in the settings."
        return PrinterStatus(Condition.OFFLINE, sentence)


def _sync_folder(folder: Path) -> None:
    """Make the new name durable; Windows does so by itself and cannot open a folder."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
