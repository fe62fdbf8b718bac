"""Bytes to a printer through the spooler of Windows, past its driver. Written by the book; nobody has tried it yet.

Source: Microsoft, Print Spooler API (``EnumPrintersW``, ``StartDocPrinterW`` with the data type RAW, ``WritePrinter``).
"""

from __future__ import annotations

import ctypes
from typing import Any

from omsdesk.devices.ports import DeviceError, ErrorCode

_LOCAL, _CONNECTED = 0x2, 0x4
_LEVEL = 4


class _PrinterInfo(ctypes.Structure):
    """PRINTER_INFO_4."""

    _fields_ = (("name", ctypes.c_wchar_p), ("server", ctypes.c_wchar_p), ("attributes", ctypes.c_uint32))


class _DocInfo(ctypes.Structure):
    """DOC_INFO_1."""

    _fields_ = (("name", ctypes.c_wchar_p), ("file", ctypes.c_wchar_p), ("kind", ctypes.c_wchar_p))


def _library() -> Any:
    return ctypes.WinDLL("winspool.drv", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]


def queues() -> dict[str, str]:
    """List the queues of this computer, each with the server that has it; empty for its own."""
    library, needed, count = _library(), ctypes.c_uint32(), ctypes.c_uint32()
    flags = _LOCAL | _CONNECTED
    library.EnumPrintersW(flags, None, _LEVEL, None, 0, ctypes.byref(needed), ctypes.byref(count))
    if not needed.value:
        return {}
    room = ctypes.create_string_buffer(needed.value)
    if not library.EnumPrintersW(flags, None, _LEVEL, room, needed.value, ctypes.byref(needed), ctypes.byref(count)):
        return {}
    rows = ctypes.cast(room, ctypes.POINTER(_PrinterInfo))
    return {str(rows[number].name): str(rows[number].server or "") for number in range(count.value)}


def send(queue: str, payload: bytes, title: str) -> None:
    """Hand a job to a queue as it is.

    Raises:
        DeviceError: NO_HARDWARE, there is no such queue; FAILURE, the queue did not take it; none of it is printed.

    """
    library, handle = _library(), ctypes.c_void_p()
    if not library.OpenPrinterW(ctypes.c_wchar_p(queue), ctypes.byref(handle), None):
        raise DeviceError(ErrorCode.NO_HARDWARE, f"Windows has no printer “{queue}”. Choose another one.")
    try:
        document, written = _DocInfo(title, None, "RAW"), ctypes.c_uint32()
        if not library.StartDocPrinterW(handle, 1, ctypes.byref(document)):
            raise DeviceError(ErrorCode.FAILURE, f"The queue “{queue}” does not take the job. Look at it in Windows.")
        try:
            is_whole = library.WritePrinter(handle, payload, len(payload), ctypes.byref(written))
        finally:
            library.EndDocPrinter(handle)
        if not is_whole or written.value != len(payload):
            sentence = f"The queue “{queue}” took only a part of the job. Look at it in Windows."
            raise DeviceError(ErrorCode.FAILURE, sentence, written.value)
    finally:
        library.ClosePrinter(handle)
