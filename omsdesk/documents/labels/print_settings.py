"""How a label printer is to print, beside what stands on the label; None leaves what is set at the printer."""

from __future__ import annotations

from enum import StrEnum

from omsdesk.domain.records import record


class Finish(StrEnum):
    """What happens to a label when it is printed."""

    TEAR = "tear"
    PEEL = "peel"
    """It is peeled off its backing, and the next one waits until a hand takes it."""
    CUT = "cut"


@record
class PrintSettings:
    """Settings that every dialect has in its own words."""

    darkness: int | None = None
    """From 0 to 100 per cent of what the printer can do."""
    speed: int | None = None
    """Inches in a second, as printers are sold by."""
    finish: Finish = Finish.TEAR


PLAIN_SETTINGS = PrintSettings()
