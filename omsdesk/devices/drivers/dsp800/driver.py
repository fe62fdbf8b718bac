"""Recognises pole displays by their names: they say nothing of themselves."""

from __future__ import annotations

from omsdesk.devices.drivers.dsp800.dialect import Dsp800
from omsdesk.devices.line_display import PoleDriver

DRIVER = PoleDriver(("dsp-800", "dsp800"), Dsp800())
