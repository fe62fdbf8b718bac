"""Recognises pole displays by their names: they say nothing of themselves."""

from __future__ import annotations

from omsdesk.devices.drivers.escpos_display.dialect import EscPosDisplay
from omsdesk.devices.line_display import PoleDriver

DRIVER = PoleDriver(("dm-d", "epson display", "line display"), EscPosDisplay())
