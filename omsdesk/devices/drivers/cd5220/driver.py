"""Recognises pole displays by their names: they say nothing of themselves."""

from __future__ import annotations

from omsdesk.devices.drivers.cd5220.dialect import Cd5220
from omsdesk.devices.line_display import PoleDriver

DRIVER = PoleDriver(("cd5220", "vfd", "pole", "pd-"), Cd5220())
