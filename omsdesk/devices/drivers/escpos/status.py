"""Status bytes of ESC/POS printers (Epson ESC/POS Command Reference: DLE EOT, GS r, GS a)."""

from __future__ import annotations

from omsdesk.devices.ports import Condition

PRINTER, OFFLINE_CAUSE, ERROR_CAUSE, PAPER = 1, 2, 3, 4
QUESTIONS = (PRINTER, OFFLINE_CAUSE, ERROR_CAUSE, PAPER)

BARRIER = b"\x1dr\x01"
"""Asks for the paper sensor. It is done in order with printing, so its answer says that all before it came out."""

REPORT_REST = 3
"""How many bytes follow the first one of an unasked status (Automatic Status Back)."""


def ask(question: int) -> bytes:
    """Ask a question that is answered at once, even by a printer that cannot print (``DLE EOT``)."""
    return b"\x10\x04" + bytes([question])


def is_status(byte: int) -> bool:
    """Tell an answer to ``ask`` from one to the barrier: bits 1 and 4 are set, 0 and 7 are not."""
    return byte & 0x93 == 0x12


def is_barrier(byte: int) -> bool:
    """Tell whether a byte answers the barrier: bits 4 and 7 are not set."""
    return byte & 0x90 == 0


def begins_report(byte: int) -> bool:
    """Tell whether a byte begins a status that nobody asked for (``GS a``): bit 4 is set, 0, 1 and 7 are not.

    ``REPORT_REST`` more bytes belong to it. Alone they look like answers to the barrier.
    """
    return byte & 0x93 == 0x10


def is_pin_high(answer: int) -> bool:
    """Tell the level of the drawer connector's third pin from the answer to ``PRINTER``: the drawer's sensor."""
    return bool(answer & 0x04)


def condition(answers: dict[int, int]) -> Condition:
    """Read the answers to all four questions; the cause that a person can mend first comes first."""
    if answers[OFFLINE_CAUSE] & 0x04:
        return Condition.COVER_OPEN
    if answers[PAPER] & 0x60 or answers[OFFLINE_CAUSE] & 0x20:
        return Condition.PAPER_OUT
    if answers[ERROR_CAUSE] & 0x6C or answers[OFFLINE_CAUSE] & 0x40:
        return Condition.ERROR
    if answers[PRINTER] & 0x08:
        return Condition.OFFLINE
    return Condition.PAPER_LOW if answers[PAPER] & 0x0C else Condition.READY
